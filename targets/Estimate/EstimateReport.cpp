//===- EstimateReport.cpp - costs of a network, for people ----------------===//
#include "targets/Estimate/EstimateReport.h"
#include "passes/Analysis/CostReport.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace mlir;
using namespace lle;
namespace json = llvm::json;

namespace {
/// A node by what it takes and what it does.
struct Row {
  StringRef name;
  StringRef operation;
  const NodeMemory *memory = nullptr;
  const NodeWork *work = nullptr;
};
} // namespace

static uint64_t getBytes(const NodeMemory &memory) {
  return memory.parameters + memory.states + memory.scratch + memory.code;
}

static std::vector<Row> joinNodes(const NetworkCosts &costs) {
  std::vector<Row> rows;
  for (const NodeMemory &memory : costs.memory.nodes)
    rows.push_back({memory.name, memory.operation, &memory, nullptr});
  for (const NodeWork &work : costs.estimate.nodes) {
    auto row = llvm::find_if(rows, [&](const Row &row) { return row.name == work.name; });
    if (row == rows.end())
      rows.push_back({work.name, "", nullptr, &work});
    else
      row->work = &work;
  }
  return rows;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// A value, or its limits: always those, where `showsLimits`, of what is no count.
static std::string formatFigure(const std::optional<Figure> &figure, bool isWhole, bool showsLimits = true) {
  if (!figure)
    return "-";
  auto print = [&](double number) {
    std::string text;
    llvm::raw_string_ostream os(text);
    os << (isWhole ? llvm::format("%.0f", number) : llvm::format("%.3g", number));
    return text;
  };
  if (figure->value && (isWhole || figure->low == figure->high || !showsLimits))
    return print(*figure->value);
  if (!std::isfinite(figure->high))
    return "at least " + print(figure->low);
  return print(figure->low) + " to " + print(figure->high);
}

static std::string printNumber(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", number);
  return text;
}

static std::vector<std::string> formatRow(StringRef name, StringRef operation, const Cost &cost, double share,
                                          std::optional<uint64_t> bytes) {
  bool isNode = share >= 0; // totals show the limits of time and energy
  return {name.str(),
          operation.str(),
          formatFigure(cost.instructions, true),
          isNode ? llvm::formatv("{0:P1}", share).str() : "",
          formatFigure(cost.cycles, true),
          formatFigure(cost.ms, false, !isNode),
          formatFigure(cost.mJ, false, !isNode),
          bytes ? llvm::formatv("{0:F1}", double(*bytes) / 1024).str() : ""};
}

static std::string printLimits(const CostFigure &figure) {
  return printNumber(figure.low) + " to " + printNumber(figure.high);
}

/// Of what a step executes; of its longest path where there was no profile.
static double getShare(const NodeWork &work, const Estimate &estimate) {
  Work NodeWork::*member = estimate.hasProfile ? &NodeWork::mean
                           : estimate.hasMost  ? &NodeWork::most
                                               : &NodeWork::least;
  double total = (estimate.total.*member).instructions;
  return total == 0 ? 0 : (work.*member).instructions / total;
}

static void printEvidence(raw_ostream &os, StringRef what, const Evidence &evidence) {
  os << "  " << what << ": " << (evidence.provenance.empty() ? "none" : evidence.provenance) << ", " << evidence.basis
     << '\n';
}

static void printLongest(raw_ostream &os, const NetworkCosts &costs, const EmittedCostModel &model) {
  const Estimate &estimate = costs.estimate;
  if (!estimate.hasMost) {
    os << "\nThe longest path of a step has no limit that is known: " << estimate.unbounded << ".\n";
    return;
  }
  Cost most = model.getMost(estimate.total);
  os << "\nNo step executes more than " << formatFigure(most.instructions, true) << " instructions";
  if (most.ms)
    os << " (" << formatFigure(most.ms, false) << " ms, with all loops at their limits)";
  os << ".\n";
  for (const EventLoop &loop : estimate.eventLoops)
    os << "  a loop of " << (loop.node.empty() ? "several nodes" : "'" + loop.node + "'") << " over " << loop.what
       << ": at most " << *loop.most << " times\n";
}

std::string lle::formatCosts(const NetworkCosts &costs, const Target &target) {
  std::string text;
  llvm::raw_string_ostream os(text);
  const Estimate &estimate = costs.estimate;
  EmittedCostModel model(estimate, target);
  os << "network " << costs.network << " on " << target.name << ", one step"
     << (estimate.hasProfile ? "" : ": between its shortest and its longest path") << "\n\n";
  std::vector<std::vector<std::string>> table;
  table.push_back({"node", "operation", "instructions", "share", "cycles", "ms", "mJ", "KB"});
  for (const Row &row : joinNodes(costs))
    table.push_back(formatRow(row.name.empty() ? "shared" : row.name, row.operation,
                              row.work ? model.getCost(*row.work) : Cost(),
                              row.work ? getShare(*row.work, estimate) : 0,
                              row.memory ? std::optional(getBytes(*row.memory)) : std::nullopt));
  Cost total = model.getCost(estimate.total);
  table.push_back(formatRow("total", "", total, -1, getBytes(costs.memory.total)));
  if (costs.steps != 0)
    table.push_back(formatRow("inference, " + printNumber(costs.steps) + (costs.endsEarly ? " mean steps" : " steps"),
                              "", scale(total, costs.steps), -1, {}));
  os << formatTable(table);
  os << "\nWhere figures come from:\n";
  printEvidence(os, "instructions", model.instructions);
  printEvidence(os, "cycles", model.cycles);
  printEvidence(os, "ms", model.ms);
  printEvidence(os, "mJ", model.mJ);
  os << "  KB: derived, sizes of parameters, states, scratch buffers and code in the object\n";
  for (const HelperCalls &helper : estimate.helpers)
    if (const CostFigure *figure = target.getHelper(helper.name))
      os << llvm::formatv("  of these {0:F1} calls of {1} a step, {2:F1} instructions each ({3}, {4}): {5}\n",
                          helper.calls, helper.name, figure->value, printLimits(*figure), figure->provenance,
                          figure->source);
    else
      os << llvm::formatv("  not counted: what {0:F1} calls of {1} a step execute\n", helper.calls, helper.name);
  printLongest(os, costs, model);
  if (!costs.suggestions.empty())
    os << "\nWhat would help:\n";
  for (const Suggestion &suggestion : costs.suggestions)
    os << "- " << (suggestion.node.empty() ? "" : "'" + suggestion.node + "': ") << suggestion.lever
       << llvm::formatv(": {0:F0} {1} less, {2:P1} ({3})", suggestion.gain,
                        suggestion.unit == "bytes" ? "bytes" : "instructions a step", suggestion.share,
                        suggestion.basis)
       << '\n';
  return text;
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static json::Value makeEntry(const std::optional<Figure> &figure, StringRef unit, const Evidence &evidence) {
  if (!figure)
    return nullptr;
  json::Object entry{{"unit", unit}, {"provenance", evidence.provenance}};
  if (figure->value)
    entry["value"] = *figure->value;
  if (!figure->value || figure->low != figure->high) {
    entry["low"] = figure->low;
    entry["high"] = std::isfinite(figure->high) ? json::Value(figure->high) : json::Value(nullptr);
  }
  return entry;
}

static json::Object makeCost(const Cost &cost, const EmittedCostModel &model) {
  return json::Object{{"instructions", makeEntry(cost.instructions, "instructions", model.instructions)},
                      {"cycles", makeEntry(cost.cycles, "cycles", model.cycles)},
                      {"time", makeEntry(cost.ms, "ms", model.ms)},
                      {"energy", makeEntry(cost.mJ, "mJ", model.mJ)}};
}

static json::Object makeBytes(uint64_t bytes) {
  return json::Object{{"value", int64_t(bytes)}, {"unit", "bytes"}, {"provenance", "derived"}};
}

static json::Object makeNode(const Row &row, const EmittedCostModel &model, const Estimate &estimate) {
  json::Object node = makeCost(row.work ? model.getCost(*row.work) : Cost(), model);
  node["name"] = row.name.empty() ? "shared" : row.name;
  node["operation"] = row.operation;
  if (row.work)
    node["share"] = getShare(*row.work, estimate);
  if (row.memory)
    node["memory"] = makeBytes(getBytes(*row.memory));
  return node;
}

void lle::addCosts(json::Object &report, const NetworkCosts &costs, const Target &target) {
  const Estimate &estimate = costs.estimate;
  EmittedCostModel model(estimate, target);
  json::Array nodes, loops, helpers, suggestions;
  for (const Row &row : joinNodes(costs))
    nodes.push_back(makeNode(row, model, estimate));
  Cost total = model.getCost(estimate.total);
  report["nodes"] = std::move(nodes);
  report["step"] = makeCost(total, model);
  report["step"].getAsObject()->insert({"memory", makeBytes(getBytes(costs.memory.total))});
  if (costs.steps != 0) {
    json::Object inference = makeCost(scale(total, costs.steps), model);
    inference["steps"] = costs.steps;
    inference["ends_early"] = costs.endsEarly;
    report["inference"] = std::move(inference);
  }
  json::Object longest = makeCost(model.getMost(estimate.total), model);
  if (!estimate.hasMost)
    longest["reason"] = estimate.unbounded;
  for (const EventLoop &loop : estimate.eventLoops)
    loops.push_back(json::Object{{"node", loop.node},
                                 {"over", loop.what},
                                 {"most", loop.most ? json::Value(int64_t(*loop.most)) : json::Value(nullptr)}});
  longest["loops"] = std::move(loops);
  report["longest_path"] = std::move(longest);
  for (const HelperCalls &helper : estimate.helpers)
    helpers.push_back(json::Object{
        {"name", helper.name}, {"calls", helper.calls}, {"is_counted", target.getHelper(helper.name) != nullptr}});
  report["helpers"] = std::move(helpers);
  report["basis"] = json::Object{{"instructions", model.instructions.basis},
                                 {"cycles", model.cycles.basis},
                                 {"time", model.ms.basis},
                                 {"energy", model.mJ.basis},
                                 {"memory", "sizes of parameters, states, scratch buffers and code in the object"}};
  for (const Suggestion &suggestion : costs.suggestions)
    suggestions.push_back(json::Object{{"node", suggestion.node},
                                       {"lever", suggestion.lever},
                                       {"gain", suggestion.gain},
                                       {"unit", suggestion.unit},
                                       {"share", suggestion.share},
                                       {"provenance", "derived"},
                                       {"basis", suggestion.basis}});
  report["suggestions"] = std::move(suggestions);
}
