//===- Evaluator.cpp - how good candidate networks are --------------------===//
#include "passes/Analysis/Evaluator.h"
#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Signals.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/Threading.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

#include <cmath>
#include <mutex>
#include <random>

using namespace mlir;
using namespace lle;

/// The samples of the first look; each look doubles what was run.
static constexpr int64_t kFirstLook = 64;

/// A hash of the operations and weights of a network. How long a sample is, and where the text was, does not change its
/// code.
static llvm::Expected<std::string> getKey(NetworkOp network) {
  OwningOpRef<NetworkOp> copy = network.clone();
  copy->removeStepsAttr();
  Location nowhere = UnknownLoc::get(network.getContext());
  (*copy)->walk([&](Operation *op) { op->setLoc(nowhere); });
  for (BlockArgument argument : copy->getBody().getArguments())
    argument.setLoc(nowhere);
  std::string bytes;
  llvm::raw_string_ostream stream(bytes);
  if (failed(writeBytecodeToFile(*copy, stream)))
    return llvm::createStringError("network '" + network.getName() + "' could not be written");
  return llvm::toHex(llvm::SHA256::hash(llvm::arrayRefFromStringRef(bytes)));
}

/// A permutation that is the same everywhere: std::shuffle's is the library's own.
static std::vector<int64_t> shuffle(int64_t count, uint64_t seed) {
  std::vector<int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::mt19937_64 random(seed);
  for (int64_t i = count - 1; i > 0; --i)
    std::swap(order[i], order[random() % uint64_t(i + 1)]);
  return order;
}

llvm::Expected<std::unique_ptr<Evaluator>> Evaluator::create(NetworkOp original, std::unique_ptr<Dataset> data,
                                                             const EvaluatorOptions &options) {
  std::unique_ptr<Evaluator> evaluator(new Evaluator(std::move(data), options));
  unsigned count = original.getResultTypes().size();
  while (evaluator->output < count && !options.output.empty() &&
         original.getOutputName(evaluator->output) != options.output)
    ++evaluator->output;
  if (evaluator->output == count)
    return llvm::createStringError("output: the network has no output '" + options.output + "'");
  evaluator->facts = getOutputFacts(original, evaluator->output);
  evaluator->downsampling = getDownsampling(original);
  int64_t samples = evaluator->data->getSamples();
  if (options.samples > 0)
    samples = std::min(samples, options.samples);
  evaluator->order = shuffle(samples, options.seed);
  evaluator->steps = std::numeric_limits<int64_t>::max();
  for (int64_t sample = 0; sample < samples; ++sample)
    evaluator->steps = std::min(evaluator->steps, evaluator->data->getSteps(sample));
  if (llvm::Error error = evaluator->readLabels(original))
    return std::move(error);
  const auto kept = evaluator->order.end() - int64_t(options.heldOut * double(samples));
  evaluator->heldOut.assign(kept, evaluator->order.end());
  evaluator->order.erase(kept, evaluator->order.end());
  return std::move(evaluator);
}

llvm::Error Evaluator::readLabels(NetworkOp original) {
  if (!options.labels.empty()) {
    llvm::Expected<runtime::Array> array = readArrayFile(options.labels);
    if (!array)
      return array.takeError();
    // Of more samples than are run, those of the first ones.
    llvm::Expected<Labels> read =
        Labels::read(options.metric, facts, data->getSamples(), data->getSteps(0), *array, options.labels);
    if (!read)
      return read.takeError();
    labels = std::move(*read);
    return llvm::Error::success();
  }
  llvm::Expected<std::string> key = getKey(original);
  if (!key)
    return key.takeError();
  std::vector<Values> outputs(getSamples());
  auto take = [&](int64_t position, ArrayRef<Values> values) { outputs[order[position]] = values[output]; };
  if (llvm::Error error = run(original, *key, order, ExitRule(), take))
    return error;
  llvm::Expected<Labels> imitated = Labels::imitate(options.metric, facts, outputs);
  if (!imitated)
    return imitated.takeError();
  labels = std::move(*imitated);
  return llvm::Error::success();
}

llvm::Expected<Engine *> Evaluator::compile(NetworkOp candidate, const std::string &key, const Dataset &steps) {
  if (!compiled || key != compiledKey) {
    compiled.reset();
    llvm::Expected<std::unique_ptr<Engine>> engine =
        createRegisteredEngine(options.engine, candidate, double(countSteps(candidate, steps, options.samples)));
    if (!engine)
      return engine.takeError();
    compiled = std::move(*engine);
    compiledKey = key;
  }
  return compiled.get();
}

/// What the outputs are in the first `length` steps of a sample.
static llvm::Expected<std::vector<Values>> runSample(Instance &instance, const Dataset &data, int64_t sample,
                                                     int64_t length) {
  std::vector<Values> frame, inputs, outputs;
  for (int64_t step = 0; step < length; ++step) {
    if (llvm::Error error = data.getStep(sample, step, frame))
      return std::move(error);
    inputs.resize(frame.size());
    for (auto [sequence, values] : llvm::zip_equal(inputs, frame))
      llvm::append_range(sequence, values);
  }
  instance.reset();
  instance.run(length, inputs, outputs);
  return std::move(outputs);
}

/// Leaves of the outputs those of the steps that the sample runs.
static void endSample(ExitRule exit, std::vector<Values> &outputs, int64_t steps) {
  if (std::optional<int64_t> end = exit.findEnd(outputs, steps))
    for (Values &values : outputs)
      values.resize(values.size() / steps * *end);
}

llvm::Error Evaluator::run(NetworkOp network, const std::string &key, ArrayRef<int64_t> samples, const ExitRule &exit,
                           llvm::function_ref<void(int64_t, ArrayRef<Values>)> take) {
  llvm::Expected<DownsampledView> view = getData(network);
  if (!view)
    return view.takeError();
  llvm::Expected<Engine *> engine = compile(network, key, *view);
  if (!engine)
    return engine.takeError();
  const int64_t limit = network.getSteps().value_or(std::numeric_limits<int64_t>::max());
  const int64_t count = int64_t(samples.size());
  const int64_t workers = std::clamp<int64_t>(network.getContext()->getNumThreads(), 1, std::max<int64_t>(count, 1));
  std::vector<llvm::Error> errors;
  for (int64_t worker = 0; worker < workers; ++worker)
    errors.push_back(llvm::Error::success());
  parallelFor(network.getContext(), 0, workers, [&](size_t worker) {
    std::unique_ptr<Instance> instance = (*engine)->instantiate();
    for (int64_t position = int64_t(worker); position < count && !errors[worker]; position += workers) {
      int64_t sample = samples[position];
      llvm::Expected<std::vector<Values>> outputs =
          runSample(*instance, *view, sample, std::min(limit, view->getSteps(sample)));
      if (outputs) {
        endSample(exit, *outputs, std::min(limit, view->getSteps(sample)));
        take(position, *outputs);
      } else
        errors[worker] = llvm::joinErrors(std::move(errors[worker]), outputs.takeError());
    }
  });
  llvm::Error all = llvm::Error::success();
  for (llvm::Error &error : errors)
    all = llvm::joinErrors(std::move(all), std::move(error));
  return all;
}

bool Evaluator::isHopeless(const Record &record, double required) const {
  const double total = double(order.size()), done = double(record.done);
  if (options.metric == Metric::MeanSquaredError) // Errors only add up: as if all others were right.
    return record.score.squaredError / (record.score.items * total / done) > required;
  if (options.metric != Metric::Accuracy)
    return false;
  // Each look at 64, 128, ... samples may err with its share.
  const double looks = std::max(1.0, std::ceil(std::log2(total / double(kFirstLook))));
  const double share = (1 - options.confidence) / looks;
  const double margin = std::sqrt((1 - (done - 1) / total) * std::log(1 / share) / (2 * done));
  return record.score.get(Metric::Accuracy) + margin < required;
}

llvm::Expected<Evaluation> Evaluator::evaluate(NetworkOp candidate) {
  bool accepted = !isError(options.metric);
  return evaluate(candidate, accepted ? 0 : std::numeric_limits<double>::infinity());
}

llvm::Expected<Evaluation> Evaluator::evaluate(NetworkOp candidate, double required) {
  llvm::Expected<std::string> key = getKey(candidate);
  if (!key)
    return key.takeError();
  Record &record = records[*key + ":" + std::to_string(candidate.getSteps().value_or(0))];
  while (record.done < getSamples() && (record.done == 0 || !isHopeless(record, required))) {
    int64_t count = std::min(getSamples() - record.done, std::max(kFirstLook, record.done));
    std::vector<Score> scores(count);
    ArrayRef<int64_t> samples = ArrayRef(order).slice(record.done, count);
    auto take = [&](int64_t position, ArrayRef<Values> outputs) {
      scores[position] = labels->score(samples[position], outputs[output]);
    };
    if (llvm::Error error = run(candidate, *key, samples, getExitRule(candidate), take))
      return std::move(error);
    for (const Score &score : scores)
      record.score += score;
    record.done += count;
  }
  double metric = record.score.get(options.metric);
  bool isComplete = record.done == getSamples();
  return Evaluation{metric, record.done, isComplete && isAtLeast(metric, required)};
}

llvm::Expected<Activity> Evaluator::measureActivity(NetworkOp candidate, ActivityScope scope) const {
  llvm::Expected<DownsampledView> view = getData(candidate);
  if (!view)
    return view.takeError();
  return lle::measureActivity(candidate, *view, {options.engine, getSamples() + getHeldOutSamples(), scope});
}

std::vector<double> lle::getMetricOfEachLength(ArrayRef<Beginnings> samples, Metric metric) {
  std::vector<double> metrics;
  for (size_t length = 0, lengths = samples.front().scores.size(); length < lengths; ++length) {
    Score sum;
    for (const Beginnings &sample : samples)
      sum += sample.scores[length];
    metrics.push_back(sum.get(metric));
  }
  return metrics;
}

llvm::Expected<std::vector<Beginnings>> Evaluator::runEachLength(NetworkOp candidate) {
  if (!labels->arePerSample())
    return llvm::createStringError("labels of each step do not say what shorter samples should give");
  llvm::Expected<std::string> key = getKey(candidate);
  if (!key)
    return key.takeError();
  const int64_t all = steps * downsampling / getDownsampling(candidate);
  const int64_t lengths = std::min<int64_t>(all, candidate.getSteps().value_or(all));
  std::vector<Beginnings> samples(getSamples());
  auto take = [&](int64_t position, ArrayRef<Values> outputs) {
    ArrayRef<double> values = outputs[output];
    const size_t elements = facts.getElements();
    Decision decision(elements, facts.isSpike);
    for (int64_t length = 1; length <= lengths; ++length) {
      ArrayRef<double> beginning = values.take_front(length * elements);
      samples[position].scores.push_back(labels->score(order[position], beginning));
      samples[position].margins.push_back(decision.add(beginning.take_back(elements)));
    }
  };
  if (llvm::Error error = run(candidate, *key, order, ExitRule(), take))
    return std::move(error);
  return std::move(samples);
}

llvm::Expected<std::vector<double>> Evaluator::evaluateEachLength(NetworkOp candidate) {
  llvm::Expected<std::vector<Beginnings>> samples = runEachLength(candidate);
  if (!samples)
    return samples.takeError();
  return getMetricOfEachLength(*samples, options.metric);
}

llvm::Expected<SampleRun> Evaluator::runSamples(NetworkOp candidate, Part part) {
  llvm::Expected<std::string> key = getKey(candidate);
  if (!key)
    return key.takeError();
  const std::vector<int64_t> &samples = part == Part::Tuning ? order : heldOut;
  SampleRun result;
  result.scores.resize(samples.size());
  SmallVector<int64_t> elements;
  for (Type type : candidate.getResultTypes()) {
    elements.push_back(cast<RankedTensorType>(type).getNumElements());
    result.spikes.emplace_back(isSpikeElement(getElementTypeOrSelf(type)) ? elements.back() : 0);
  }
  const size_t perStep = size_t(elements[output]);
  std::mutex mutex;
  auto take = [&](int64_t position, ArrayRef<Values> outputs) {
    result.scores[position] = labels->score(samples[position], outputs[output]);
    // Sums of integers are the same in any order.
    std::lock_guard<std::mutex> lock(mutex);
    result.steps += double(outputs[output].size() / perStep);
    for (auto [total, values, size] : llvm::zip(result.spikes, outputs, elements))
      if (!total.empty())
        for (auto [index, value] : llvm::enumerate(values))
          total[index % size] += value;
  };
  if (llvm::Error error = run(candidate, *key, samples, getExitRule(candidate), take))
    return std::move(error);
  return std::move(result);
}
