//===- Sequences.h - arrays in files as inputs and results ------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_SEQUENCES_H
#define LLE_TOOLS_COMMON_SEQUENCES_H

#include "passes/Analysis/Dataset.h"
#include "passes/Analysis/Text.h"
#include "runtime/host/Events.h"
#include "runtime/host/Npy.h"
#include "runtime/host/Package.h"
#include "tools/common/NIRData.h"

#include "llvm/Support/Error.h"

#include <limits>

namespace lle {

/// `name=path`, or only a path where there is one port to choose from.
struct NamedPath {
  size_t port;
  std::string path;
};

/// Which of `ports` an argument of `option` means.
llvm::Expected<NamedPath> parseNamedPath(llvm::StringRef option, llvm::StringRef argument,
                                         llvm::ArrayRef<runtime::Port> ports);

/// Which files are the inputs of a model, and how they become sequences.
struct InputOptions {
  std::string name = "input";         ///< Of the flag, for messages.
  std::vector<std::string> arguments; ///< Of that flag.
  std::string timespans;              ///< Of --timespans, the input of that name; empty: none.
  /// Of recordings of events: length of a step, or number of equal steps; both 0: there is none.
  uint64_t binMicroseconds = 0;
  int64_t bins = 0;
  std::vector<int64_t> shape; ///< Channels, rows and columns of the sensor; empty: those of the port.
  nir::EventMerge merge = nir::EventMerge::Count;
  std::string steps; ///< Of --steps: how many to run of each sample, a number or "model"; empty: all.
  /// Of --downsample: steps of the files that are one of the model; 0: as the model says.
  int64_t downsample = 0;
};

/// What there is to know of a model to read its inputs.
struct InputModel {
  llvm::ArrayRef<runtime::Port> ports;
  int64_t steps = 0; ///< Length of a sample; 0: there is none.
  double dt = 0;     ///< Seconds of a step.
  /// Steps of a recording that are one of the model: their mean, or where the port says so their sum.
  int64_t downsampling = 1;
};

/// The inputs of some samples: for each port an array (samples, steps, shape of the port...), which may come from a
/// NIRData file, or a recording of an event sensor for each sample.
class Sequences {
public:
  /// Sequences that are longer than a sample of the model run to their own length or as long as --steps says, shorter
  /// arrays are refused, shorter recordings of events are followed by silence, and so is an array that ends within the
  /// steps that are one of the model. An input of one element may lack its own
  /// dimension.
  static llvm::Expected<Sequences> read(const InputOptions &options, const InputModel &model);

  int64_t getSamples() const { return samples; }
  /// Of the longest sample.
  int64_t getSteps() const { return countGroups(std::min(steps, limit)); }
  /// Of one sample: recordings may differ in length.
  int64_t getSteps(int64_t sample) const;
  int64_t getTotalSteps() const;

  /// The inputs of one step. An element that the port cannot carry is an error.
  llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const;

private:
  struct Recording {
    std::string path;
    runtime::EventFrames frames;
  };
  struct Source {
    runtime::Port port;
    std::string path; ///< The first one's, of recordings.
    runtime::Array array;
    std::vector<Recording> recordings; ///< Of the samples; empty: there is an array.
    nir::EventMerge merge = nir::EventMerge::Count;
    int64_t samples = 0, steps = 0;
    bool usesBins = false; ///< --bin or --bins said how long its steps are.

    llvm::Error addArray(runtime::Result<runtime::Array> read);
    llvm::Error addNIRData(const std::string &file, const InputOptions &options, double dt);
    llvm::Error addRecording(const std::string &file, const runtime::Bytes &bytes, const InputOptions &options);
    llvm::Expected<Values> getStep(int64_t sample, int64_t step) const;
    int64_t getSteps(int64_t sample) const;
  };
  static llvm::Expected<Source> readSource(const runtime::Port &port, llvm::ArrayRef<std::string> paths,
                                           const InputOptions &options, double dt);
  llvm::Error add(Source source);
  llvm::Error setLimit(llvm::StringRef argument);
  int64_t countGroups(int64_t steps) const { return (steps + downsample - 1) / downsample; }

  std::vector<Source> sources;    ///< In the order of the ports.
  int64_t samples = 0, steps = 0; ///< In the files; so are the following.
  int64_t downsample = 1;
  int64_t leastSteps = 0;                              ///< The model's.
  int64_t limit = std::numeric_limits<int64_t>::max(); ///< Of --steps.
};

/// Sequences as data to measure a network on.
class SequenceData final : public Dataset {
public:
  SequenceData(Sequences sequences, std::string name) : sequences(std::move(sequences)), name(std::move(name)) {}
  std::string getName() const override { return name; }
  int64_t getSamples() const override { return sequences.getSamples(); }
  int64_t getSteps(int64_t sample) const override { return sequences.getSteps(sample); }
  llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const override {
    return sequences.getStep(sample, step, inputs);
  }

private:
  Sequences sequences;
  std::string name;
};

/// What one output or state was in all steps of all samples.
struct Trace {
  lle_element element = LLE_F32;
  std::vector<int64_t> shape; ///< Of one step.
  std::vector<double> values; ///< (samples, steps, shape...) in row-major order.
};

/// The dimensions before those of the port in what is recorded of an output: (samples, steps), or (samples) where only
/// the last step counts.
std::vector<int64_t> getRecordedShape(const runtime::Port &port, int64_t samples, int64_t steps);

/// `leading` are the dimensions before those of the trace.
llvm::Expected<runtime::Array> toArray(const Trace &trace, llvm::ArrayRef<int64_t> leading, const std::string &name);

/// The elements of an array as doubles.
llvm::Expected<Values> toValues(const runtime::Array &array, const std::string &name);

llvm::Error toError(const runtime::Error &error);

} // namespace lle

#endif
