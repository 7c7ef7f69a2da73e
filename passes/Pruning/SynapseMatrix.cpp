//===- SynapseMatrix.cpp - synapses that may be removed one by one --------===//
#include "passes/Pruning/SynapseMatrix.h"
#include "passes/Precision/CellParameters.h"
#include "passes/Precision/TensorMoments.h"
#include "passes/Simplify/Weights.h"

#include <cmath>

using namespace mlir;
using namespace lle;

SynapseMatrix::SynapseMatrix(const WeightTensor &tensor)
    : tensor(tensor), cell(dyn_cast<ltc::LTCCellOp>(tensor.op)), name(tensor.name) {
  if (cell) {
    readLiquid();
    return;
  }
  std::vector<double> numbers = tensor.read();
  weights = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
      numbers.data(), tensor.rows, int64_t(numbers.size()) / tensor.rows);
}

void SynapseMatrix::readLiquid() {
  name = StringRef(name).rsplit('.').first.str(); // of the matrix in the cell
  LTCSynapses sides[] = {readSynapses(cell, false), readSynapses(cell, true)};
  weights.resize(sides[0].targets, sides[0].sources + sides[1].sources + kLeaks);
  int64_t column = 0;
  for (const LTCSynapses &side : sides)
    for (int64_t source = 0; source < side.sources; ++source, ++column)
      for (int64_t target = 0; target < side.targets; ++target)
        weights(target, column) = side.w[source * side.targets + target];
  std::vector<double> leak = readParameter(cell.getGleak()), rest = readParameter(cell.getVleak());
  for (int64_t target = 0; target < weights.rows(); ++target) {
    leak[target] = makePositive(cell.getPositivity(), leak[target]);
    weights.row(target).tail<kLeaks>() << leak[target], leak[target] * rest[target];
  }
}

Eigen::VectorXd SynapseMatrix::getLeast(int64_t row) const {
  constexpr double kLeastLeak = 0.1;
  const double none = -std::numeric_limits<double>::infinity();
  Eigen::VectorXd least = Eigen::VectorXd::Constant(weights.cols(), cell ? 0 : none);
  if (cell) {
    for (int64_t input = 0; input < getInputs(); ++input)
      if (weights(row, input) < 0)
        least[input] = none;
    least[getInputs()] = kLeastLeak * weights(row, getInputs());
    least[getInputs() + 1] = none;
  }
  return least;
}

void SynapseMatrix::write(const Eigen::MatrixXd &changed) const {
  if (cell)
    return writeLiquid(changed);
  std::vector<double> numbers;
  const double limit = std::ldexp(1.0, int(tensor.type.getElementTypeBitWidth()) - 1);
  for (int64_t row = 0; row < changed.rows(); ++row)
    for (int64_t input = 0; input < changed.cols(); ++input)
      numbers.push_back(tensor.isInteger() ? std::clamp(std::round(changed(row, input)), -limit, limit - 1)
                                           : changed(row, input));
  tensor.write(numbers);
}

void SynapseMatrix::writeLiquid(const Eigen::MatrixXd &changed) const {
  ltc::LTCCellOp cell = this->cell;
  const ltc::Positivity positivity = cell.getPositivity();
  Builder b(cell.getContext());
  int64_t column = 0;
  for (bool isSensory : {false, true}) {
    LTCSynapses side = readSynapses(cell, isSensory);
    auto stored = cell->getAttrOfType<ElementsAttr>((side.prefix + "w").str());
    std::vector<double> w = readParameter(stored);
    auto name = b.getStringAttr(side.prefix + "mask");
    auto mask = cell->getAttrOfType<ElementsAttr>(name);
    std::vector<double> kept = readParameter(mask, int64_t(w.size()), 1);
    for (int64_t source = 0; source < side.sources; ++source, ++column)
      for (int64_t target = 0; target < side.targets; ++target) {
        const int64_t synapse = source * side.targets + target;
        if (side.w[synapse] == 0)
          continue;
        if (changed(target, column) == 0)
          kept[synapse] = 0;
        else if (changed(target, column) != weights(target, column))
          w[synapse] = unmakePositive(positivity, changed(target, column) / std::abs(kept[synapse]));
      }
    cell->setAttr(side.prefix.str() + "w", makeElements(stored.getShapedType(), w));
    if (llvm::is_contained(kept, 0))
      cell->setAttr(name, makeElements(mask ? mask.getShapedType()
                                            : cast<ShapedType>(stored.getShapedType().clone(b.getI8Type())),
                                       kept));
  }
  std::vector<double> leak = readParameter(cell.getGleak()), rest = readParameter(cell.getVleak());
  for (int64_t target = 0; target < changed.rows(); ++target) {
    const double fitted = changed(target, column);
    if (!(fitted > 0) || changed.row(target).tail<kLeaks>() == weights.row(target).tail<kLeaks>())
      continue; // A neuron without a leak has no resting potential either.
    leak[target] = unmakePositive(positivity, fitted);
    rest[target] = changed(target, column + 1) / fitted;
  }
  cell.setGleakAttr(makeElements(cell.getGleak().getShapedType(), leak));
  cell.setVleakAttr(makeElements(cell.getVleak().getShapedType(), rest));
}

std::vector<SynapseMatrix> lle::findSynapseMatrices(NetworkOp network) {
  std::vector<SynapseMatrix> matrices;
  for (const WeightTensor &tensor : getWeightTensors(network))
    if (!isa<ltc::LTCCellOp>(tensor.op) || tensor.attribute == "w")
      matrices.emplace_back(tensor);
  return matrices;
}

llvm::Expected<std::vector<std::vector<Eigen::MatrixXd>>> lle::measureProducts(NetworkOp network,
                                                                               ArrayRef<SynapseMatrix> matrices,
                                                                               const Dataset &data, StringRef engine,
                                                                               int64_t samples) {
  auto tensors = llvm::map_to_vector(matrices, [](const SynapseMatrix &matrix) { return matrix.getTensor(); });
  auto createCell = [](Operation *op, double steps) {
    auto cell = dyn_cast<ltc::LTCCellOp>(op);
    return cell ? CellMoments::createForSynapses(cell, steps) : CellMoments::create(op, steps);
  };
  llvm::Expected<std::vector<TensorMoments>> moments =
      measureTensorMoments(network, tensors, data, engine, samples, createCell);
  if (!moments)
    return moments.takeError();
  const double steps = double(std::max<int64_t>(countSteps(network, data, samples), 1));
  std::vector<std::vector<Eigen::MatrixXd>> products(matrices.size());
  for (auto [index, parts] : llvm::enumerate(*moments))
    for (const std::vector<double> &part : parts) {
      const int64_t size = matrices[index].getWeights().cols();
      products[index].push_back(Eigen::Map<const Eigen::MatrixXd>(part.data(), size, size) / steps);
    }
  return std::move(products);
}
