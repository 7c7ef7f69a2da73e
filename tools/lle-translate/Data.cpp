//===- Data.cpp - recordings to arrays and back ---------------------------===//
#include "tools/lle-translate/Data.h"
#include "tools/common/NIRData.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace lle;

static llvm::Error makeError(const llvm::Twine &message) { return llvm::createStringError(message); }

static void list(llvm::ArrayRef<nir::Observable> observables) {
  static constexpr const char *kinds[] = {"TimeGriddedData", "EventData", "ValuedEventData"};
  for (const nir::Observable &each : observables) {
    llvm::outs() << llvm::formatv("{0}: {1}, {2} samples, {3} neurons, ", nir::describe(each),
                                  kinds[unsigned(each.kind)], each.samples, each.neurons);
    if (each.kind == nir::ObservableKind::TimeGridded)
      llvm::outs() << llvm::formatv("{0} steps of {1} s\n", each.data.getShape()[1], nir::toString(each.dt));
    else
      llvm::outs() << llvm::formatv("up to {0} events in {1} s\n", each.idx.getShape()[1], nir::toString(each.tMax));
  }
}

static llvm::Error readRecording(const DataOptions &options) {
  llvm::Expected<std::vector<nir::Observable>> observables = readNIRData(options.input);
  if (!observables)
    return observables.takeError();
  if (options.output == "-") {
    list(*observables);
    return llvm::Error::success();
  }
  llvm::Expected<nir::Observable> selected =
      selectObservable(std::move(*observables), options.node, options.observable, options.input);
  if (!selected)
    return selected.takeError();
  bool isGrid = selected->kind == nir::ObservableKind::TimeGridded;
  if (!isGrid && !options.dt)
    return makeError(options.input + ": " + nir::describe(*selected) +
                     " is a list of events; --dt says how long a step is that they are counted in");
  llvm::Expected<nir::Observable> grid =
      nir::toTimeGrid(*selected, options.dt.value_or(selected->dt), nir::EventMerge::Count);
  if (!grid)
    return makeError(options.input + ": " + llvm::toString(grid.takeError()));
  llvm::Expected<runtime::Array> array = toArray(*grid, options.input);
  if (!array)
    return array.takeError();
  if (runtime::Status status = runtime::writeNpy(options.output, *array); !status)
    return makeError(status.error().message);
  return llvm::Error::success();
}

static llvm::Error writeRecording(const DataOptions &options) {
  if (options.output == "-" || options.node.empty() || !options.dt)
    return makeError(options.input + ": to write NIRData give -o FILE, --node=NAME and --dt=SECONDS");
  runtime::Result<runtime::Array> array = runtime::readNpy(options.input);
  if (!array)
    return makeError(array.error().message);
  std::string name = options.observable.empty() ? "spikes" : options.observable;
  llvm::Expected<nir::Observable> grid = toTimeGrid(*array, *options.dt, options.node, name, options.input);
  if (!grid)
    return grid.takeError();
  return nir::writeData(options.asEvents ? nir::toEvents(*grid) : *grid, options.output);
}

llvm::Error lle::convertData(const DataOptions &options) {
  if (options.dt && !(*options.dt > 0 && std::isfinite(*options.dt)))
    return makeError("--dt must be above 0");
  runtime::Result<runtime::Bytes> bytes = runtime::readFile(options.input, size_t(1) << 40);
  if (!bytes)
    return makeError(bytes.error().message);
  return isHDF5(*bytes) ? readRecording(options) : writeRecording(options);
}
