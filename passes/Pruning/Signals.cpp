//===- Signals.cpp - how channels go together on calibration data ---------===//
#include "passes/Pruning/Signals.h"

#include "dialects/LLE/TensorTypes.h"
#include "passes/Analysis/Signals.h"
#include "passes/Pruning/LiquidSynapses.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// A signal, as an output of the copy of the network.
struct Probe {
  Value signal;
  ChannelPlace place;
  int64_t channels, window;
  SignalMoments moments = {};

  void add(ArrayRef<double> steps);
};

/// A liquid cell, and the products of the factors of its currents.
struct Cell {
  explicit Cell(ltc::LTCCellOp op) : op(op), synapses(op) {
    const int64_t size = synapses.getNeurons() + LiquidSynapses::kConstants;
    products.assign(synapses.getNeurons(), Eigen::MatrixXd::Zero(size, size));
  }

  void add(ArrayRef<double> values) {
    for (; !values.empty(); values = values.drop_front(synapses.getNeurons()), ++steps)
      synapses.addProducts(values.take_front(synapses.getNeurons()), products);
  }
  std::vector<Eigen::MatrixXd> getMeans() const {
    std::vector<Eigen::MatrixXd> means;
    for (const Eigen::MatrixXd &sums : products)
      means.push_back(Eigen::MatrixXd(sums.selfadjointView<Eigen::Lower>()) / std::max(steps, 1.0));
    return means;
  }

  ltc::LTCCellOp op;

private:
  LiquidSynapses synapses;
  std::vector<Eigen::MatrixXd> products;
  double steps = 0;
};
} // namespace

/// Adds what the signal was in all steps of a sample: each position of each window is one observation.
void Probe::add(ArrayRef<double> values) {
  RankedTensorType type = getTensorType(signal);
  const int64_t elements = type.getNumElements(), length = type.getDimSize(place.dim);
  int64_t after = place.inner;
  for (int64_t dim = place.dim + 1; dim < type.getRank(); ++dim)
    after *= type.getDimSize(dim);
  const int64_t before = elements / (length / place.inner * after);
  const int64_t steps = int64_t(values.size()) / elements, span = window > 0 ? std::min(window, steps) : steps;
  for (int64_t first = 0; first + span <= steps; first += span) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(elements);
    for (int64_t step = first; step < first + span; ++step)
      sum += Eigen::Map<const Eigen::VectorXd>(values.data() + step * elements, elements);
    // Rows are positions, columns channels.
    Eigen::MatrixXd observed(before * after, channels + 1);
    observed.rightCols(1).setConstant(double(span)); // A bias is added in each step.
    for (int64_t outer = 0; outer < before; ++outer)
      for (int64_t channel = 0; channel < channels; ++channel)
        observed.block(outer * after, channel, after, 1) = sum.segment((outer * channels + channel) * after, after);
    moments.products.selfadjointView<Eigen::Lower>().rankUpdate(observed.transpose());
    moments.magnitude += observed.leftCols(channels).cwiseAbs().colwise().sum().transpose();
    moments.count += double(before * after);
  }
}

static std::vector<Probe> collectProbes(ArrayRef<ChannelGroup> groups, const SignalRequest &request) {
  std::vector<Probe> probes;
  auto collect = [&](const ChannelGroup &group, Value signal) {
    if (llvm::any_of(probes, [&](const Probe &probe) { return probe.signal == signal; }))
      return;
    bool isReal = isa<FloatType>(getTensorType(signal).getElementType());
    int64_t channels = group.channels, window = request.window.value_or(isReal ? 1 : kSpikeWindow);
    probes.push_back({signal, group.signals.lookup(signal), channels, window});
    probes.back().moments = {Eigen::MatrixXd::Zero(channels + 1, channels + 1), Eigen::VectorXd::Zero(channels)};
  };
  for (const ChannelGroup &group : groups) {
    for (const ChannelReader &reader : group.readers)
      collect(group, reader.signal);
    if (ltc::LTCCellOp cell = group.cell)
      collect(group, cell.getState());
  }
  return probes;
}

llvm::Expected<Measured> lle::measureSignals(NetworkOp network, ArrayRef<ChannelGroup> groups, const Dataset &data,
                                             const SignalRequest &request) {
  std::vector<Probe> probes = collectProbes(groups, request);
  std::vector<Cell> cells;
  for (const ChannelGroup &group : groups)
    if (ltc::LTCCellOp cell = group.cell)
      cells.emplace_back(cell);
  SmallVector<Value> signals;
  for (const Probe &probe : probes)
    signals.push_back(probe.signal);
  for (Cell &cell : cells)
    signals.push_back(cell.op.getState());
  std::vector<Values> sequences(signals.size()); // Of the sample that is run.
  int64_t done = 0;
  std::optional<int64_t> notFinite;
  auto take = [&](int64_t sample, int64_t steps, SignalSteps values) {
    for (auto [sequence, part] : llvm::zip_equal(sequences, values)) {
      if (!notFinite && !llvm::all_of(part, [](double value) { return std::isfinite(value); }))
        notFinite = sample;
      llvm::append_range(sequence, part);
    }
    done += steps;
    if (done < getSampleSteps(network, data, sample))
      return;
    for (auto [index, sequence] : llvm::enumerate(sequences)) {
      if (!notFinite)
        index < probes.size() ? probes[index].add(sequence) : cells[index - probes.size()].add(sequence);
      sequence.clear();
    }
    done = 0;
  };
  if (llvm::Error error = runSignals(network, signals, data, request.engine, request.samples, take))
    return std::move(error);
  if (notFinite)
    return llvm::createStringError(data.getName() + ": sample " + Twine(*notFinite) +
                                   ": a signal of the network is not finite");
  Measured measured;
  for (Probe &probe : probes) {
    probe.moments.products = probe.moments.products.selfadjointView<Eigen::Lower>();
    measured.signals.insert({probe.signal, std::move(probe.moments)});
  }
  for (Cell &cell : cells)
    measured.currents.insert({cell.op, cell.getMeans()});
  return std::move(measured);
}
