//===- QuantizeWeights.cpp - networks with weights of few bits ------------===//
#include "passes/Precision/QuantizeWeights.h"
#include "dialects/LTC/LTCOps.h"
#include "passes/Precision/TensorMoments.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

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
  auto createCell = [&](Operation *op, double steps) {
    return options.skipsLTC && isa<ltc::LTCCellOp>(op) ? nullptr : CellMoments::create(op, steps);
  };
  llvm::Expected<std::vector<TensorMoments>> totals =
      measureTensorMoments(network, where, data, options.engine, options.samples, createCell);
  if (!totals)
    return totals.takeError();
  for (auto [index, total] : llvm::enumerate(*totals))
    if (!total.empty()) {
      // A width belongs to inputs, not to ranks, so the order stays that of the network as it was.
      bool isKnown = !this->moments.empty() && this->moments[first + index];
      moments[index] = std::make_unique<InputMoments>(
          where[index].getElements() / where[index].rows, total,
          isKnown ? this->moments[first + index]->getOrder() : ArrayRef<int64_t>(), where[index].getAbsent());
    }
  return std::move(moments);
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
      if (own && isSequential && isRounded && readsOperations(tensor)) {
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
