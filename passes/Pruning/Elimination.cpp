//===- Elimination.cpp - leave out channels, and make up for them ---------===//
//
// What a reader delivers is W x, and with A the second moments of x, a change of its weights costs tr(dW A dW^T). To
// make column j zero costs |w_j|^2 / [A^-1]_jj at least, with the change -w_j [A^-1]_j / [A^-1]_jj of all columns. A
// step of Gaussian elimination takes j out of A^-1. So one sweep gives the errors of all channels, and the best weights
// of those that are left.
//
//===----------------------------------------------------------------------===//
#include "passes/Pruning/Elimination.h"
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
  double energy = 0; ///< Of what it delivers: errors are shares of it.

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

/// A signal, and those who read it.
struct System {
  Eigen::MatrixXd
      inverse; ///< Of the moments; the last row and column are the constant's, where all readers have a bias.
  SmallVector<unsigned> readers;
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

static Eigen::MatrixXd invert(const SignalMoments &moments, bool hasConstant, double ridge) {
  const int64_t channels = moments.magnitude.size(), size = channels + hasConstant;
  Eigen::MatrixXd products = moments.products.topLeftCorner(size, size) / std::max(moments.count, 1.0);
  double mean = products.diagonal().head(channels).mean();
  if (!(mean > 0))
    mean = 1; // A silent signal: all channels are alike.
  products.diagonal().head(channels).array() += ridge * mean;
  return products.ldlt().solve(Eigen::MatrixXd::Identity(size, size));
}

/// Numbers that are larger for channels that matter more, and do not depend on which ones are left.
static Eigen::VectorXd getFixedImportance(const ChannelGroup &group,
                                          const llvm::DenseMap<Value, SignalMoments> &moments,
                                          ChannelImportance importance) {
  Eigen::VectorXd result = Eigen::VectorXd::Zero(group.channels);
  if (importance == ChannelImportance::Spikes) {
    for (const ChannelReader &reader : group.readers)
      result += moments.find(reader.signal)->second.magnitude;
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

Elimination lle::eliminateChannels(ChannelGroup &group, int64_t count,
                                   const llvm::DenseMap<Value, SignalMoments> &moments,
                                   const EliminationOptions &options) {
  const int64_t channels = group.channels;
  std::vector<ReaderWeights> readers;
  llvm::MapVector<Value, System> systems;
  for (auto [index, reader] : llvm::enumerate(group.readers)) {
    systems[reader.signal].readers.push_back(index);
    readers.emplace_back(reader, channels);
  }
  for (auto &[signal, system] : systems) {
    const SignalMoments &measured = moments.find(signal)->second;
    bool hasConstant =
        llvm::all_of(system.readers, [&](unsigned reader) { return group.readers[reader].bias.has_value(); });
    system.inverse = invert(measured, hasConstant, options.ridge);
    for (unsigned reader : system.readers) {
      const Eigen::MatrixXd weights = readers[reader].matrix.leftCols(channels);
      double energy = (weights * measured.products.topLeftCorner(channels, channels)).cwiseProduct(weights).sum();
      readers[reader].energy = energy / std::max(measured.count, 1.0);
    }
  }

  const bool isFixed = options.importance != ChannelImportance::OutputChange;
  const Eigen::VectorXd fixed = isFixed ? getFixedImportance(group, moments, options.importance) : Eigen::VectorXd();
  auto getChange = [&](int64_t channel) {
    double change = 0;
    for (auto &[signal, system] : systems)
      for (unsigned reader : system.readers)
        if (readers[reader].energy > 0)
          change += readers[reader].matrix.col(channel).squaredNorm() /
                    (system.inverse(channel, channel) * readers[reader].energy);
    return change;
  };

  Elimination result;
  std::vector<bool> gone(channels, false);
  for (int64_t removed = 0; removed < count; ++removed) {
    int64_t least = -1;
    double leastImportance = std::numeric_limits<double>::infinity();
    for (int64_t channel = 0; channel < channels; ++channel) {
      double importance = gone[channel] ? 0 : isFixed ? fixed[channel] : getChange(channel);
      if (!gone[channel] && (least < 0 || importance < leastImportance)) {
        least = channel;
        leastImportance = importance;
      }
    }
    result.error += getChange(least) / double(std::max<size_t>(readers.size(), 1));
    gone[least] = true;
    for (auto &[signal, system] : systems) {
      const int64_t size = system.inverse.rows();
      const Eigen::VectorXd column = system.inverse.col(least);
      for (unsigned reader : system.readers) {
        Eigen::MatrixXd &weights = readers[reader].matrix;
        const Eigen::VectorXd lost = weights.col(least) / column[least];
        weights.leftCols(size).noalias() -= lost * column.transpose();
        weights.col(least).setZero();
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
  keepChannels(group, result.kept);
  return result;
}
