//===- CompareOnBoard.cpp - firmware in an emulator beside the reference --===//
#include "runtime/host/Npy.h"
#include "targets/Native/Describe.h"
#include "test/fuzz/Trial.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

#include <cstring>

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

namespace {
/// Gives, step by step, what a board gave.
class Recording : public Instance {
public:
  explicit Recording(std::vector<std::vector<Values>> steps) : steps(std::move(steps)) {}

  void reset() override { next = 0; }
  void step(ArrayRef<Values>, std::vector<Values> &outputs) override { outputs = steps.at(next++); }
  llvm::Expected<Values> readState(StringRef, StringRef) override { return refuse(); }
  llvm::Error writeState(StringRef, StringRef, ArrayRef<double>) override { return refuse(); }

private:
  static llvm::Error refuse() { return llvm::createStringError("a recording has no states"); }

  std::vector<std::vector<Values>> steps;
  size_t next = 0;
};
} // namespace

/// Writes the values of one input in all steps, as a single sample. The firmware has them in the type of the port.
static llvm::Error writeInput(const std::string &path, const Stimulus &stimulus, size_t input) {
  runtime::Array array;
  array.type = runtime::DType::F64;
  array.shape = {1, int64_t(stimulus.size()), int64_t(stimulus.front()[input].size())};
  for (const std::vector<Values> &step : stimulus) {
    auto *bytes = reinterpret_cast<const uint8_t *>(step[input].data());
    array.data.insert(array.data.end(), bytes, bytes + step[input].size() * sizeof(double));
  }
  runtime::Status written = runtime::writeNpy(path, array);
  return written ? llvm::Error::success() : llvm::createStringError(written.error().message);
}

/// Adds an output in all steps to `steps`.
static llvm::Error readOutput(const std::string &path, std::vector<std::vector<Values>> &steps) {
  runtime::Result<runtime::Array> array = runtime::readNpy(path);
  if (array)
    array = runtime::convertArray(*array, runtime::DType::F64, path);
  if (!array)
    return llvm::createStringError(array.error().message);
  size_t count = array->data.size() / sizeof(double) / steps.size();
  for (auto [index, step] : llvm::enumerate(steps)) {
    Values values(count);
    std::memcpy(values.data(), array->data.data() + index * count * sizeof(double), count * sizeof(double));
    step.push_back(std::move(values));
  }
  return llvm::Error::success();
}

/// Runs a program; its output is the error where it fails.
static llvm::Error runProgram(ArrayRef<StringRef> command, StringRef log) {
  std::optional<StringRef> redirects[] = {StringRef(""), log, log};
  if (llvm::sys::ExecuteAndWait(command.front(), command, std::nullopt, redirects) == 0)
    return llvm::Error::success();
  auto text = llvm::MemoryBuffer::getFile(log);
  return llvm::createStringError(text ? (*text)->getBuffer().trim() : command.front());
}

/// Runs the network as firmware of the board, which is emulated.
static llvm::Expected<std::unique_ptr<Instance>> record(NetworkOp network, const Stimulus &stimulus, StringRef board) {
  SmallString<128> folder;
  if (std::error_code error = llvm::sys::fs::createUniqueDirectory("lle-fuzz-board", folder))
    return llvm::errorCodeToError(error);
  llvm::scope_exit removeFolder([&] { llvm::sys::fs::remove_directories(folder); });
  std::string prefix = (folder + "/").str(), model = prefix + "network.mlir";
  OwningOpRef<ModuleOp> module = cloneWithOutputs(network, {});
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream);
  if (runtime::Status written = runtime::writeFile(model, text.data(), text.size()); !written)
    return llvm::createStringError(written.error().message);
  std::vector<std::string> command{LLE_FUZZ_SCRIPTS "/run-on-board.py", board.str(), model};
  for (auto [index, port] : llvm::enumerate(describeInputs(network))) {
    std::string path = prefix + "input" + std::to_string(index) + ".npy";
    if (llvm::Error error = writeInput(path, stimulus, index))
      return error;
    command.push_back("--input=" + port.name + "=" + path);
  }
  std::vector<std::string> outputs;
  for (auto [index, port] : llvm::enumerate(describeOutputs(network))) {
    outputs.push_back(prefix + "output" + std::to_string(index) + ".npy");
    command.push_back("--output=" + port.name + "=" + outputs.back());
  }
  if (llvm::Error error = runProgram(llvm::to_vector_of<StringRef>(command), prefix + "log"))
    return error;
  std::vector<std::vector<Values>> steps(stimulus.size());
  for (const std::string &path : outputs)
    if (llvm::Error error = readOutput(path, steps))
      return error;
  return std::make_unique<Recording>(std::move(steps));
}

Verdict lle::fuzz::compareOnBoard(NetworkOp network, const Stimulus &stimulus, const Board &board) {
  llvm::Expected<std::unique_ptr<Instance>> recording = record(network, stimulus, board.name);
  if (recording)
    return board.isExact ? compareOutputsExactly(network, stimulus, **recording)
                         : compareOutputsClosely(network, stimulus, **recording);
  std::string error = llvm::toString(recording.takeError());
  // What the board, or its emulator, cannot do.
  for (StringRef reason : {"does not fit", "fails to translate"})
    if (StringRef(error).contains(reason))
      return {true, false, error, /*ran=*/false};
  return {false, false, error};
}
