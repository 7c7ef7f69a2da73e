//===- CostReport.cpp - costs of a network, for people --------------------===//
#include "passes/Analysis/CostReport.h"

#include "llvm/Support/Format.h"

using namespace mlir;
using namespace lle;
namespace json = llvm::json;

std::string lle::formatTable(ArrayRef<std::vector<std::string>> rows) {
  std::vector<size_t> widths(rows.front().size());
  for (const auto &row : rows)
    for (auto [width, cell] : llvm::zip_equal(widths, row))
      width = std::max(width, cell.size());
  std::string table;
  for (const auto &row : rows) {
    std::string line;
    for (auto [index, cell] : llvm::enumerate(row)) {
      std::string padding(widths[index] - cell.size(), ' ');
      line += (index == 0 ? "" : "  ") + (index < 2 ? cell + padding : padding + cell);
    }
    table += StringRef(line).rtrim().str() + "\n";
  }
  return table;
}

static std::string print(double number, const char *format = "%.4g") {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(format, number);
  return text;
}

/// The value and its limits.
static std::string print(const std::optional<CostQuantity> &quantity, bool hasLimits = false) {
  if (!quantity)
    return "-";
  std::string text = print(quantity->value);
  if (hasLimits && quantity->low != quantity->high)
    text += " (" + print(quantity->low) + " to " + print(quantity->high) + ")";
  return text;
}

std::string lle::formatCost(NetworkOp network, const NetworkCost &cost) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "network " << network.getName() << " on " << cost.target << ", " << cost.model << " model\n";
  std::vector<std::vector<std::string>> rows{{"operation", "kind", "activity", "macs", "synaptic ops", "updates", "exp",
                                              "read B", "written B", "cycles", "time ms", "energy mJ"}};
  for (const OperationCost &each : cost.operations)
    rows.push_back({each.name, each.op->getName().getStringRef().str(),
                    print(each.activity, "%.3g") + (each.isMeasured ? "" : "?"), print(each.work.macs),
                    print(each.work.synapticOps), print(each.work.stateUpdates), print(each.work.transcendental),
                    print(each.work.bytesRead), print(each.work.bytesWritten), print(each.cycles), print(each.ms),
                    print(each.mJ)});
  os << formatTable(rows);
  if (cost.hasSteps)
    os << "an inference of " << print(cost.steps)
       << (cost.endsEarly ? " steps in the mean, measured: samples end early\n" : " steps\n");
  else
    os << "one step\n";
  auto printTotal = [&](StringRef name, const std::optional<CostQuantity> &quantity, StringRef unit) {
    os << "  " << name << ' ' << print(quantity, /*hasLimits=*/true);
    if (quantity)
      os << ' ' << unit << ", " << quantity->getProvenance();
    os << '\n';
  };
  if (cost.cycles)
    printTotal("a step", cost.cycles, "cycles");
  printTotal("energy", cost.mJ, "mJ");
  printTotal("time", cost.ms, "ms");
  printTotal("flash", cost.flashBytes, "bytes");
  printTotal("RAM", cost.ramBytes, "bytes");
  for (const CostFigure &figure : cost.figures) {
    os << "  " << figure.what << ": " << print(figure.value);
    if (figure.low != figure.high)
      os << " (" << print(figure.low) << " to " << print(figure.high) << ")";
    os << ", " << figure.provenance << ", " << figure.source << '\n';
  }
  for (const std::string &note : cost.notes)
    os << "  note: " << note << '\n';
  return text;
}

static json::Value makeQuantity(const std::optional<CostQuantity> &quantity, StringRef unit) {
  if (!quantity)
    return nullptr;
  return json::Object{{"value", quantity->value},
                      {"low", quantity->low},
                      {"high", quantity->high},
                      {"unit", unit},
                      {"provenance", quantity->getProvenance()}};
}

json::Object lle::makeCostReport(NetworkOp network, const NetworkCost &cost) {
  json::Array operations, figures;
  for (const OperationCost &each : cost.operations) {
    json::Object units;
    for (auto [name, count] : llvm::zip_equal(getWorkUnitNames(), each.units))
      if (count != 0)
        units[name] = count;
    operations.push_back(json::Object{{"name", each.name},
                                      {"operation", each.op->getName().getStringRef()},
                                      {"activity", each.activity},
                                      {"activity_is_measured", each.isMeasured},
                                      {"macs", each.work.macs},
                                      {"synaptic_operations", each.work.synapticOps},
                                      {"state_updates", each.work.stateUpdates},
                                      {"transcendental", each.work.transcendental},
                                      {"spikes", each.spikes},
                                      {"bytes_read", each.work.bytesRead},
                                      {"bytes_written", each.work.bytesWritten},
                                      {"bytes_far", each.farBytes},
                                      {"units", std::move(units)},
                                      {"parameter_bytes", int64_t(each.parameterBytes)},
                                      {"state_bytes", int64_t(each.stateBytes)},
                                      {"cycles", makeQuantity(each.cycles, "cycles")},
                                      {"time", makeQuantity(each.ms, "ms")},
                                      {"energy", makeQuantity(each.mJ, "mJ")}});
  }
  for (const CostFigure &figure : cost.figures)
    figures.push_back(json::Object{{"what", figure.what},
                                   {"value", figure.value},
                                   {"low", figure.low},
                                   {"high", figure.high},
                                   {"provenance", figure.provenance},
                                   {"source", figure.source}});
  return json::Object{{"network", network.getName()},
                      {"target", cost.target},
                      {"model", cost.model},
                      {"steps", cost.hasSteps ? json::Value(cost.steps) : json::Value(nullptr)},
                      {"ends_early", cost.endsEarly},
                      {"operations", std::move(operations)},
                      {"step", makeQuantity(cost.cycles, "cycles")},
                      {"energy", makeQuantity(cost.mJ, "mJ")},
                      {"time", makeQuantity(cost.ms, "ms")},
                      {"flash", makeQuantity(cost.flashBytes, "bytes")},
                      {"ram", makeQuantity(cost.ramBytes, "bytes")},
                      {"figures", std::move(figures)},
                      {"notes", json::Array(cost.notes)}};
}
