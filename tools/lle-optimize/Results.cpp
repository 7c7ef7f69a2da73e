//===- Results.cpp - what lle-optimize writes -----------------------------===//
#include "tools/lle-optimize/Results.h"
#include "passes/Tuning/Passes.h"
#include "tools/lle-optimize/Plot.h"

#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace lle;

namespace {
/// A figure of `before` and `after`.
struct Quantity {
  StringRef attribute, unit;
};
} // namespace

static constexpr Quantity kCosts[] = {{"energy_mj", "mJ"}, {"latency_ms", "ms"}, {"memory_kb", "KB"}};

static DictionaryAttr getFacts(NetworkOp network) { return network->getAttrOfType<DictionaryAttr>(kOptimizedAttr); }

static StringRef getText(DictionaryAttr facts, StringRef name) { return facts.getAs<StringAttr>(name).getValue(); }

static std::optional<double> getNumber(DictionaryAttr figures, StringRef name) {
  if (auto number = figures.getAs<FloatAttr>(name))
    return number.getValueAsDouble();
  return std::nullopt;
}

static std::string getFileName(size_t index) { return "network_" + std::to_string(index + 1) + ".mlir"; }

std::string Results::formatNetwork(size_t index) const {
  NetworkOp network = networks[index];
  OwningOpRef<ModuleOp> alone = ModuleOp::create(network.getLoc());
  (*alone)->setAttrs(ModuleOp(module)->getAttrDictionary());
  auto copy = network.clone();
  copy.setSymName(name);
  alone->getBody()->push_back(copy);
  std::string text;
  llvm::raw_string_ostream stream(text);
  (*alone)->print(stream); // the operator << leaves resources out
  return text;
}

static llvm::json::Object formatFigures(DictionaryAttr facts, StringRef when) {
  auto figures = facts.getAs<DictionaryAttr>(when), provenances = facts.getAs<DictionaryAttr>("provenance");
  auto entry = [](double value, StringRef unit, StringRef provenance) {
    return llvm::json::Object{{"value", value}, {"unit", unit}, {"provenance", provenance}};
  };
  llvm::json::Object object{{getText(facts, "metric"), entry(*getNumber(figures, "metric"), "1", "measured")}};
  for (const Quantity &quantity : kCosts)
    if (std::optional<double> value = getNumber(figures, quantity.attribute))
      object[quantity.attribute.split('_').first] =
          entry(*value, quantity.unit, getText(provenances, quantity.attribute));
  return object;
}

static llvm::json::Array formatMoves(ArrayAttr moves) {
  llvm::json::Array texts;
  for (auto move : moves.getAsRange<StringAttr>())
    texts.push_back(move.getValue());
  return texts;
}

std::string Results::formatIndex() const {
  llvm::json::Object root{{"network", name}, {"source", source}};
  llvm::json::Array entries, refused;
  for (auto [index, network] : llvm::enumerate(networks)) {
    DictionaryAttr facts = getFacts(network);
    root["dataset"] = getText(facts, "dataset");
    root["engine"] = getText(facts, "engine");
    root["target"] = getText(facts, "target");
    root["metric"] = getText(facts, "metric");
    root["samples"] = facts.getAs<IntegerAttr>("samples").getInt();
    root["required"] = facts.getAs<FloatAttr>("required").getValueAsDouble();
    root["before"] = formatFigures(facts, "before");
    llvm::json::Object entry = formatFigures(facts, "after");
    entry["file"] = getFileName(index);
    entry["chosen"] = facts.contains("chosen");
    entry["moves"] = formatMoves(facts.getAs<ArrayAttr>("moves"));
    entries.push_back(std::move(entry));
    if (auto refusals = facts.getAs<ArrayAttr>("refused"))
      for (auto refusal : refusals.getAsRange<DictionaryAttr>())
        refused.push_back(llvm::json::Object{{"moves", formatMoves(refusal.getAs<ArrayAttr>("moves"))},
                                             {"reason", getText(refusal, "reason")}});
  }
  root["networks"] = std::move(entries);
  root["refused"] = std::move(refused);
  return llvm::formatv("{0:2}\n", llvm::json::Value(std::move(root)));
}

std::string Results::formatPlot() const {
  DictionaryAttr facts = getFacts(networks.front());
  auto before = facts.getAs<DictionaryAttr>("before"), provenances = facts.getAs<DictionaryAttr>("provenance");
  std::vector<std::string> panels;
  SmallVector<Quantity> shown;
  for (const Quantity &quantity : kCosts)
    if (getNumber(before, quantity.attribute)) {
      shown.push_back(quantity);
      panels.push_back((quantity.attribute.split('_').first + ", " + quantity.unit + " (" +
                        getText(provenances, quantity.attribute) + ")")
                           .str());
    }
  std::vector<PlotPoint> points;
  auto add = [&](DictionaryAttr figures, const std::string &title) {
    PlotPoint point;
    point.title = title;
    point.metric = *getNumber(figures, "metric");
    for (const Quantity &quantity : shown)
      point.costs.push_back(getNumber(figures, quantity.attribute).value_or(0));
    points.push_back(std::move(point));
  };
  add(before, "as it was");
  points.back().isOriginal = true;
  for (auto [index, network] : llvm::enumerate(networks)) {
    std::vector<std::string> moves;
    for (auto move : getFacts(network).getAs<ArrayAttr>("moves").getAsRange<StringAttr>())
      moves.push_back(move.getValue().str());
    add(getFacts(network).getAs<DictionaryAttr>("after"), getFileName(index) + ": " + llvm::join(moves, ", "));
    points.back().isChosen = getFacts(network).contains("chosen");
  }
  return plotFront(name + " on " + getText(facts, "target").str(), getText(facts, "metric"), panels, points);
}

std::vector<FolderFile> Results::makeFolder() const {
  std::vector<FolderFile> files;
  for (size_t index = 0; index < networks.size(); ++index)
    files.push_back({getFileName(index), formatNetwork(index)});
  files.push_back({"index.json", formatIndex()});
  files.push_back({"front.svg", formatPlot()});
  return files;
}
