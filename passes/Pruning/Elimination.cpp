//===- Elimination.cpp - leave out channels, and make up for them ---------===//
//
// What a reader delivers is W x, and with A the second moments of x, a change of its weights costs tr(dW A dW^T). To
// make column j zero costs |w_j|^2 / [A^-1]_jj at least, with the change -w_j [A^-1]_j / [A^-1]_jj of all columns. A
// step of Gaussian elimination takes j out of A^-1. So one sweep gives the errors of all channels, and the best weights
// of those that are left. The current into a neuron of a liquid cell is linear in the weights of its synapses, so that
// each neuron is a reader, which goes when it is removed itself; its weights must then be fitted without negative ones.
//
//===----------------------------------------------------------------------===//
#include "passes/Pruning/Elimination.h"
#include "passes/Pruning/LiquidSynapses.h"
#include "passes/Simplify/Weights.h"

#include <Eigen/Cholesky>

#include <limits>

using namespace mlir;
using namespace lle;

namespace {
/// The weights of a reader as a matrix with one column for each channel, and a last one for what is constant.
class ReaderWeights {
public:
  ReaderWeights(const ChannelReader &reader, int64_t channels);

  void write(const ChannelReader &reader, int64_t channels) const;

  Eigen::MatrixXd matrix;

private:
  std::vector<double> numbers;
  int64_t rows = 1, length, after = 1;

  /// Calls `visit` with the place of each number that belongs to a channel, its row and its channel.
  template <typename Visit>
  void forEach(const ChannelAxis &axis, int64_t channels, Visit visit) const {
    int64_t row = 0;
    for (int64_t outer = 0; outer < rows; ++outer)
      for (int64_t i = 0; i < axis.inner; ++i)
        for (int64_t rest = 0; rest < after; ++rest, ++row)
          for (int64_t channel = 0; channel < channels; ++channel)
            visit((outer * length + axis.offset + channel * axis.inner + i) * after + rest, row, channel);
  }
};

/// What is delivered by one signal, or to one neuron of a cell.
struct System {
  Eigen::MatrixXd inverse; ///< Of the moments; behind the channels what is constant, where it can be changed.
  struct Delivery {
    Eigen::MatrixXd *weights;
    double scale; ///< Errors are multiplied with it.
  };
  SmallVector<Delivery> deliveries = {};
  int64_t target = -1; ///< The channel with which it goes, if any.
};
} // namespace

ReaderWeights::ReaderWeights(const ChannelReader &reader, int64_t channels) {
  const ChannelAxis &axis = reader.axis;
  ElementsAttr elements = axis.parameter.get();
  numbers = *readNumbers(elements);
  ArrayRef<int64_t> shape = elements.getShapedType().getShape();
  length = shape[axis.dim];
  for (int64_t size : shape.take_front(axis.dim))
    rows *= size;
  for (int64_t size : shape.drop_front(axis.dim + 1))
    after *= size;
  matrix = Eigen::MatrixXd::Zero(rows * axis.inner * after, channels + 1);
  forEach(axis, channels, [&](int64_t place, int64_t row, int64_t channel) { matrix(row, channel) = numbers[place]; });
}

void ReaderWeights::write(const ChannelReader &reader, int64_t channels) const {
  std::vector<double> changed = numbers;
  forEach(reader.axis, channels,
          [&](int64_t place, int64_t row, int64_t channel) { changed[place] = matrix(row, channel); });
  reader.axis.parameter.set(makeElements(reader.axis.parameter.get().getShapedType(), changed));
  if (!reader.bias)
    return;
  std::vector<double> bias = *readNumbers(reader.bias->get());
  const int64_t each = matrix.rows() / int64_t(bias.size());
  for (auto [index, number] : llvm::enumerate(bias))
    number += matrix.col(channels).segment(int64_t(index) * each, each).sum();
  reader.bias->set(makeElements(reader.bias->get().getShapedType(), bias));
}

static void addRidge(Eigen::MatrixXd &products, int64_t channels, double ridge) {
  double mean = products.diagonal().head(channels).mean();
  if (!(mean > 0))
    mean = 1; // A silent signal: all channels are alike.
  products.diagonal().head(channels).array() += ridge * mean;
}

/// The inverse of mean products, with the ridge at the channels.
static Eigen::MatrixXd invert(Eigen::MatrixXd products, int64_t channels, double ridge) {
  addRidge(products, channels, ridge);
  return products.ldlt().solve(Eigen::MatrixXd::Identity(products.rows(), products.cols()));
}

/// One over the mean square of what is delivered, so that errors are shares of it.
static double getScale(const Eigen::MatrixXd &weights, const Eigen::MatrixXd &products, int64_t channels) {
  const Eigen::MatrixXd w = weights.leftCols(channels);
  const double energy = (w * products.topLeftCorner(channels, channels)).cwiseProduct(w).sum();
  return energy > 0 ? 1 / energy : 0;
}

/// Numbers that are larger for channels that matter more, and do not depend on which ones are left.
static Eigen::VectorXd getFixedImportance(const ChannelGroup &group, const Measured &measured,
                                          ChannelImportance importance) {
  Eigen::VectorXd result = Eigen::VectorXd::Zero(group.channels);
  if (importance == ChannelImportance::Spikes) {
    for (const ChannelReader &reader : group.readers)
      result += measured.signals.find(reader.signal)->second.magnitude;
    if (ltc::LTCCellOp cell = group.cell)
      result += measured.signals.find(cell.getState())->second.magnitude;
    return result;
  }
  if (group.cell) { // What makes a neuron are the synapses that lead to it.
    LiquidSynapses synapses(group.cell);
    for (int64_t neuron = 0; neuron < group.channels; ++neuron)
      result[neuron] = synapses.getWeights(neuron).head(group.channels).squaredNorm();
    return result;
  }
  for (const ChannelAxis &axis : group.own) {
    ArrayRef<int64_t> shape = axis.parameter.get().getShapedType().getShape();
    if (axis.dim != 0 || shape.size() < 2)
      continue;
    std::vector<double> numbers = *readNumbers(axis.parameter.get());
    const size_t each = numbers.size() / size_t(group.channels);
    for (auto [place, number] : llvm::enumerate(numbers))
      result[int64_t(place / each)] += number * number;
  }
  return result;
}

/// One system for each signal that is read.
static std::vector<System> makeSystems(const ChannelGroup &group, const Measured &measured, double ridge,
                                       std::vector<ReaderWeights> &weights) {
  const int64_t channels = group.channels;
  llvm::MapVector<Value, SmallVector<unsigned>> readers;
  for (auto [index, reader] : llvm::enumerate(group.readers)) {
    readers[reader.signal].push_back(index);
    weights.emplace_back(reader, channels);
  }
  std::vector<System> systems;
  for (auto &[signal, indices] : readers) {
    const SignalMoments &moments = measured.signals.find(signal)->second;
    bool hasConstant = llvm::all_of(indices, [&](unsigned index) { return group.readers[index].bias.has_value(); });
    const int64_t size = channels + hasConstant;
    Eigen::MatrixXd means = moments.products.topLeftCorner(size, size) / std::max(moments.count, 1.0);
    systems.push_back({invert(means, channels, ridge)});
    for (unsigned index : indices)
      systems.back().deliveries.push_back({&weights[index].matrix, getScale(weights[index].matrix, means, channels)});
  }
  return systems;
}

/// One system for each neuron of a cell. All neurons together count like one reader.
static void addCurrents(const ChannelGroup &group, const Measured &measured, double ridge,
                        std::vector<Eigen::MatrixXd> &weights, std::vector<System> &systems) {
  LiquidSynapses synapses(group.cell);
  const int64_t channels = group.channels;
  for (int64_t target = 0; target < channels; ++target)
    weights.push_back(synapses.getWeights(target));
  for (auto [target, products] : llvm::enumerate(measured.currents.find(group.cell)->second)) {
    double scale = getScale(weights[target], products, channels) / double(channels);
    systems.push_back({invert(products, channels, ridge), {{&weights[target], scale}}, int64_t(target)});
  }
}

static void correctCell(const ChannelGroup &group, const Measured &measured, double ridge, ArrayRef<int64_t> kept) {
  std::vector<Eigen::MatrixXd> products = measured.currents.find(group.cell)->second;
  for (Eigen::MatrixXd &each : products)
    addRidge(each, group.channels, ridge);
  LiquidSynapses(group.cell).correct(kept, products);
}

Elimination lle::eliminateChannels(ChannelGroup &group, int64_t count, const Measured &measured,
                                   const EliminationOptions &options) {
  const int64_t channels = group.channels;
  std::vector<ReaderWeights> readers;
  readers.reserve(group.readers.size()); // Systems point to them.
  std::vector<System> systems = makeSystems(group, measured, options.ridge, readers);
  std::vector<Eigen::MatrixXd> currents;
  if (group.cell)
    addCurrents(group, measured, options.ridge, currents, systems);

  const bool isFixed = options.importance != ChannelImportance::OutputChange;
  const Eigen::VectorXd fixed = isFixed ? getFixedImportance(group, measured, options.importance) : Eigen::VectorXd();
  std::vector<bool> gone(channels, false);
  auto isLeft = [&](const System &system) { return system.target < 0 || !gone[system.target]; };
  auto getChange = [&](int64_t channel) {
    double change = 0;
    for (const System &system : systems)
      if (isLeft(system) && system.target != channel)
        for (const System::Delivery &delivery : system.deliveries)
          change += delivery.weights->col(channel).squaredNorm() * delivery.scale / system.inverse(channel, channel);
    return change;
  };

  Elimination result;
  const double parts = double(std::max<size_t>(readers.size() + bool(group.cell), 1));
  for (int64_t removed = 0; removed < count; ++removed) {
    int64_t least = -1;
    double leastImportance = std::numeric_limits<double>::infinity();
    for (int64_t channel = group.fixed; channel < channels; ++channel) {
      double importance = gone[channel] ? 0 : isFixed ? fixed[channel] : getChange(channel);
      if (!gone[channel] && (least < 0 || importance < leastImportance)) {
        least = channel;
        leastImportance = importance;
      }
    }
    result.error += getChange(least) / parts;
    gone[least] = true;
    for (System &system : systems) {
      if (!isLeft(system))
        continue;
      const int64_t size = system.inverse.rows();
      const Eigen::VectorXd column = system.inverse.col(least);
      for (const System::Delivery &delivery : system.deliveries) {
        const Eigen::VectorXd lost = delivery.weights->col(least) / column[least];
        delivery.weights->leftCols(size).noalias() -= lost * column.transpose();
        delivery.weights->col(least).setZero();
      }
      system.inverse.noalias() -= column * (column.transpose() / column[least]);
    }
  }

  for (int64_t channel = 0; channel < channels; ++channel)
    if (!gone[channel])
      result.kept.push_back(channel);
  if (options.correct)
    for (auto [weights, reader] : llvm::zip_equal(readers, group.readers))
      weights.write(reader, channels);
  if (options.correct && group.cell)
    correctCell(group, measured, options.ridge, result.kept);
  keepChannels(group, result.kept);
  return result;
}
