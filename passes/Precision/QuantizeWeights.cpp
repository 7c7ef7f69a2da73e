//===- QuantizeWeights.cpp - networks with weights of few bits ------------===//
#include "passes/Precision/QuantizeWeights.h"
#include "dialects/LTC/LTCOps.h"
#include "passes/Analysis/Signals.h"
#include "passes/Precision/CellMoments.h"
#include "passes/Precision/LayerInputs.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

/// Observations of a layer's input that are taken, spread over the data.
static constexpr double kMostObservations = 16384;
/// Layers of more inputs are rounded to the nearest level: their matrix would take 128 MiB.
static constexpr int64_t kMostInputs = 4096;

WeightQuantizer::WeightQuantizer(NetworkOp network, const Dataset &data, const QuantizeOptions &options)
    : network(network), data(data), options(options), tensors(getWeightTensors(network)) {}

llvm::Expected<std::unique_ptr<WeightQuantizer>> WeightQuantizer::create(NetworkOp network, const Dataset &data,
                                                                         const QuantizeOptions &options) {
  std::unique_ptr<WeightQuantizer> quantizer(new WeightQuantizer(network, data, options));
  llvm::Expected<std::vector<Moments>> moments = quantizer->measure(network, quantizer->tensors, 0);
  if (!moments)
    return moments.takeError();
  quantizer->moments = std::move(*moments);
  for (auto [index, tensor] : llvm::enumerate(quantizer->tensors)) {
    const int64_t inputs = tensor.getElements() / tensor.rows;
    const InputMoments *own = quantizer->moments[index].get();
    ArrayRef<int64_t> order = own ? own->getOrder() : ArrayRef<int64_t>();
    const int64_t count = order.empty() ? 1 : std::clamp<int64_t>(options.inputGroups, 1, inputs);
    std::vector<unsigned> groups;
    if (count > 1) {
      groups.resize(inputs);
      for (int64_t rank = 0; rank < inputs; ++rank)
        groups[order[rank]] = unsigned(rank * count / inputs);
    }
    for (int64_t group = 0; group < count; ++group) {
      int64_t elements = count == 1 ? tensor.countStored() : llvm::count(groups, group) * tensor.rows;
      std::string name = tensor.name + (count == 1 ? "" : "[" + std::to_string(group) + "]");
      quantizer->groups.push_back(
          {unsigned(index), unsigned(group), elements, options.grid.perChannel ? tensor.rows : 1, std::move(name)});
    }
    quantizer->inputGroups.push_back(std::move(groups));
  }
  return std::move(quantizer);
}

const InputMoments *WeightQuantizer::getMoments(Operation *op, StringRef attribute, int64_t index) const {
  for (auto [tensor, own] : llvm::zip_equal(tensors, moments))
    if (tensor.op == op && tensor.attribute == attribute && tensor.index == index)
      return own.get();
  return nullptr;
}

int64_t WeightQuantizer::getGroupTableBits(unsigned tensor) const {
  const std::vector<unsigned> &groups = inputGroups[tensor];
  if (groups.empty())
    return 0;
  return int64_t(groups.size()) * llvm::Log2_64_Ceil(*llvm::max_element(groups) + 1);
}

llvm::Expected<std::vector<WeightQuantizer::Moments>>
WeightQuantizer::measure(NetworkOp network, ArrayRef<WeightTensor> where, size_t first) const {
  std::vector<Moments> moments(where.size());
  if (!options.isCorrected)
    return std::move(moments);
  const double steps = double(countSteps(network, data, options.samples));
  SmallVector<Value> signals;
  std::vector<std::pair<size_t, MomentSums>> sums;                  // Of each signal.
  llvm::MapVector<Operation *, std::unique_ptr<CellMoments>> cells; // Of the signals behind these.
  for (auto [index, tensor] : llvm::enumerate(where)) {
    int64_t inputs = tensor.getElements() / tensor.rows;
    for (SynapseOpInterface reader : tensor.readers) {
      std::optional<Windows> windows = getWindows(reader);
      if (!windows || inputs > kMostInputs)
        continue;
      double share = kMostObservations / (steps * double(windows->getPositions()));
      signals.push_back(reader.getSignal());
      int64_t elements = cast<RankedTensorType>(reader.getSignal().getType()).getNumElements();
      sums.emplace_back(std::piecewise_construct, std::forward_as_tuple(index),
                        std::forward_as_tuple(std::move(*windows), elements, share));
    }
  }
  for (const WeightTensor &tensor : where)
    if (tensor.readers.empty() && !(options.skipsLTC && isa<ltc::LTCCellOp>(tensor.op)) &&
        tensor.getElements() / tensor.rows <= kMostInputs && !cells.count(tensor.op))
      if (std::unique_ptr<CellMoments> cell = CellMoments::create(tensor.op, steps)) {
        llvm::append_range(signals, cell->getSignals());
        cells[tensor.op] = std::move(cell);
      }
  if (signals.empty())
    return std::move(moments);
  auto take = [&](int64_t sample, int64_t steps, SignalSteps values) {
    for (auto &each : sums) {
      each.second.add(values.front());
      values = values.drop_front();
    }
    for (auto &[op, cell] : cells) {
      cell->add(sample, steps, values.take_front(cell->getSignals().size()));
      values = values.drop_front(cell->getSignals().size());
    }
  };
  if (llvm::Error error = runSignals(network, signals, data, options.engine, options.samples, take))
    return std::move(error);
  std::vector<std::vector<std::vector<double>>> totals(where.size());
  for (auto &[index, sum] : sums) {
    std::vector<std::vector<double>> matrices = sum.get();
    if (totals[index].empty()) {
      totals[index] = std::move(matrices);
      continue;
    }
    for (auto [total, matrix] : llvm::zip_equal(totals[index], matrices))
      for (auto [a, b] : llvm::zip_equal(total, matrix))
        a += b;
  }
  for (auto [index, tensor] : llvm::enumerate(where))
    if (auto cell = cells.find(tensor.op); cell != cells.end())
      totals[index] = cell->second->get(tensor.attribute, tensor.index);
  for (auto [index, total] : llvm::enumerate(totals))
    if (!total.empty()) {
      // A width belongs to inputs, not to ranks, so the order stays that of the network as it was.
      bool isKnown = !this->moments.empty() && this->moments[first + index];
      moments[index] =
          std::make_unique<InputMoments>(where[index].getElements() / where[index].rows, total,
                                         isKnown ? this->moments[first + index]->getOrder() : ArrayRef<int64_t>());
    }
  return std::move(moments);
}

/// Whether what it is multiplied with comes from operations before.
static bool seesOthers(const WeightTensor &tensor) {
  if (tensor.readers.empty())
    return !isa<BlockArgument>(tensor.op->getOperand(0));
  return llvm::any_of(tensor.readers,
                      [](SynapseOpInterface reader) { return !isa<BlockArgument>(reader.getSignal()); });
}

llvm::Expected<OwningOpRef<ModuleOp>> WeightQuantizer::apply(ArrayRef<unsigned> bits, bool isSequential,
                                                             std::vector<TensorRounding> *roundings) const {
  NetworkOp network = this->network;
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  auto copy = cast<NetworkOp>(network->clone());
  module->push_back(copy);
  SmallVector<WeightTensor> copies = getWeightTensors(copy);
  bool isRounded = false;
  size_t group = 0, firstMeasured = 0;
  Operation *measuredOp = nullptr;
  std::vector<Moments> measured; // Of the tensors of that operation.
  for (auto [index, tensor] : llvm::enumerate(copies)) {
    TensorRounding rounding;
    rounding.widths.group = inputGroups[index];
    rounding.widths.isAbsent = tensor.getAbsent();
    for (; group < groups.size() && groups[group].tensor == index; ++group)
      rounding.widths.bits.push_back(bits[group]);
    if (llvm::any_of(rounding.widths.bits, [](unsigned bits) { return bits != 0; })) {
      const InputMoments *own = moments[index].get();
      if (own && isSequential && isRounded && seesOthers(tensor)) {
        if (tensor.op != measuredOp) { // all tensors of a cell at once
          size_t count = 1;
          while (index + count < copies.size() && copies[index + count].op == tensor.op)
            ++count;
          llvm::Expected<std::vector<Moments>> again = measure(copy, ArrayRef(copies).slice(index, count), index);
          if (!again)
            return again.takeError();
          measured = std::move(*again);
          measuredOp = tensor.op;
          firstMeasured = index;
        }
        own = measured[index - firstMeasured].get();
      }
      WeightGridOptions grid = options.grid;
      grid.integerBits = tensor.isInteger() ? tensor.type.getElementTypeBitWidth() : 0;
      RoundedWeights rounded = roundWeights(tensor.read(), tensor.rows, own, rounding.widths, grid);
      tensor.write(rounded.values);
      rounding.grids = std::move(rounded.grids);
      isRounded = true;
    }
    if (roundings)
      roundings->push_back(std::move(rounding));
  }
  return std::move(module);
}
