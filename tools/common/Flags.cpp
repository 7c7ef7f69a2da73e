//===- Flags.cpp - options that several tools have ------------------------===//
#include "tools/common/Flags.h"
#include "frontends/NIR/Profiles.h"
#include "frontends/NetX/Profile.h"

#include "llvm/ADT/StringExtras.h"

using namespace lle;
namespace cl = llvm::cl;

LoadFlags::LoadFlags(cl::OptionCategory &category)
    : profile("profile", cl::desc("How the framework of a .nir file steps its neurons"), cl::value_desc("NAME"),
              cl::cat(category)),
      dt("dt", cl::desc("Length of a step of a .nir file in seconds"), cl::value_desc("S"), cl::cat(category)),
      profiles("\n" + nir::describeProfiles() + netx::describeProfile()), help(profiles) {}

LoadOptions LoadFlags::get() const {
  LoadOptions options;
  options.profile = profile;
  if (dt.getNumOccurrences() != 0)
    options.dt = dt;
  return options;
}

InputFlags::InputFlags(cl::OptionCategory &category, llvm::StringRef name, llvm::StringRef description)
    : inputs(name, cl::desc(description), cl::value_desc("[NAME=]FILE"), cl::cat(category)),
      timespans("timespans", cl::desc("Elapsed time of each sample and step (samples, steps)"), cl::value_desc("FILE"),
                cl::cat(category)),
      bin("bin", cl::desc("Recordings of events: length of a step, as 250us, 1ms, 0.5s, counted from the first event"),
          cl::value_desc("DURATION"), cl::cat(category)),
      bins("bins", cl::desc("Recordings of events: divide each into N equal steps instead"), cl::value_desc("N"),
           cl::cat(category)),
      shape("shape",
            cl::desc("Recordings of events: channels, rows and columns of the sensor (default: those of the input)"),
            cl::value_desc("CxHxW"), cl::cat(category)),
      events("events", cl::init(nir::EventMerge::Count),
             cl::desc("Recordings of events: what several events of a pixel in one step are"), cl::cat(category),
             cl::values(clEnumValN(nir::EventMerge::Count, "count", "their number (default)"),
                        clEnumValN(nir::EventMerge::Binary, "binary", "1"))) {}

static llvm::Expected<std::vector<int64_t>> parseShape(llvm::StringRef text) {
  std::vector<int64_t> shape;
  for (llvm::StringRef part : llvm::split(text, 'x')) {
    int64_t dim;
    if (part.getAsInteger(10, dim) || dim < 1 || dim > (1 << 20))
      break;
    shape.push_back(dim);
  }
  if (shape.size() != 3 || text.count('x') != 2)
    return llvm::createStringError("--shape=" + text + ": expected channels, rows and columns, as in 2x34x34");
  return shape;
}

llvm::Expected<InputOptions> InputFlags::get() const {
  InputOptions options;
  options.name = inputs.ArgStr.str();
  options.arguments.assign(inputs.begin(), inputs.end());
  options.timespans = timespans;
  options.merge = events;
  if (!bin.empty() && bins.getNumOccurrences())
    return llvm::createStringError("--bin and --bins exclude each other");
  if (!bin.empty()) {
    runtime::Result<uint64_t> duration = runtime::parseDuration(bin.getValue(), "--bin");
    if (!duration)
      return toError(duration.error());
    options.binMicroseconds = *duration;
  }
  if (bins.getNumOccurrences() && bins < 1)
    return llvm::createStringError("--bins=" + llvm::Twine(bins) + ": must be above 0");
  options.bins = bins;
  if (!shape.empty()) {
    llvm::Expected<std::vector<int64_t>> parsed = parseShape(shape);
    if (!parsed)
      return parsed.takeError();
    options.shape = std::move(*parsed);
  }
  if (!options.binMicroseconds && !options.bins && !shape.empty())
    return llvm::createStringError("--shape is for recordings of event sensors, which need --bin or --bins");
  return options;
}

EngineFlag::EngineFlag(llvm::StringRef name, llvm::StringRef description, cl::OptionCategory &category)
    : opt(name, cl::init(EngineKind::Native), cl::desc(description), cl::cat(category),
          cl::values(clEnumValN(EngineKind::Native, "native", "compiled code (default)"),
                     clEnumValN(EngineKind::Reference, "reference", "the interpreter of definitions"),
                     clEnumValN(EngineKind::Emulator, "emulator", "a chip's core map"))) {}

PrecisionFlag::PrecisionFlag(cl::OptionCategory &category)
    : opt("precision", cl::init(Precision::f32), cl::desc("Arithmetic of the reference engine"), cl::cat(category),
          cl::values(clEnumValN(Precision::f32, "f32", "single (default)"),
                     clEnumValN(Precision::f64, "f64", "double"))) {}
