//===- Sequences.h - arrays in files as inputs and results ------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_SEQUENCES_H
#define LLE_TOOLS_COMMON_SEQUENCES_H

#include "passes/Analysis/Engine.h"
#include "runtime/host/Npy.h"
#include "runtime/host/Package.h"

#include "llvm/Support/Error.h"

namespace lle {

/// `name=path`, or only a path where there is one port to choose from.
struct NamedPath {
  size_t port;
  std::string path;
};

/// Which of `ports` an argument of `option` means.
llvm::Expected<NamedPath> parseNamedPath(llvm::StringRef option, llvm::StringRef argument,
                                         llvm::ArrayRef<runtime::Port> ports);

/// The inputs of some samples: for each port an array (samples, steps, shape of the port...).
class Sequences {
public:
  /// Reads the arguments of --input, and that of --timespans, which is the input of that name. `steps` is the length of
  /// a sample, 0 where there is none; longer sequences run to their own length, shorter ones are refused. An input of
  /// one element may lack its own dimension.
  static llvm::Expected<Sequences> read(llvm::ArrayRef<std::string> arguments, const std::string &timespans,
                                        llvm::ArrayRef<runtime::Port> ports, int64_t steps);

  int64_t getSamples() const { return samples; }
  int64_t getSteps() const { return steps; }

  /// The inputs of one step. An element that the port cannot carry is an error.
  llvm::Error getStep(int64_t sample, int64_t step, std::vector<Values> &inputs) const;

private:
  struct Source {
    runtime::Port port;
    std::string path;
    runtime::Array array;
  };
  llvm::Error add(const runtime::Port &port, const std::string &path);

  std::vector<Source> sources; ///< In the order of the ports.
  int64_t samples = 0, steps = 0;
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

/// "(2, 3)".
std::string formatShape(llvm::ArrayRef<int64_t> shape);
/// Enough digits to tell two f32 apart.
std::string formatNumber(double value);

} // namespace lle

#endif
