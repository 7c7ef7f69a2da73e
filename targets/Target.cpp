//===- Target.cpp - machines that networks are compiled for ---------------===//
#include "targets/Target.h"
#include "lowering/Simd.h"
#include "passes/Analysis/Chip.h"
#include "runtime/host/CpuFeatures.h"
#include "targets/TargetFile.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace mlir;
using namespace lle;

static constexpr StringLiteral kNative = "native";

/// The folder of target files; empty if there is none.
static std::string findTargetsFolder() {
  if (auto folder = llvm::sys::Process::GetEnv("LLE_TARGETS_DIR"))
    return *folder;
  std::string tool = llvm::sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&findTargetsFolder));
  SmallString<128> installed = llvm::sys::path::parent_path(llvm::sys::path::parent_path(tool));
  llvm::sys::path::append(installed, LLE_TARGETS_RELATIVE_DIR);
  for (StringRef folder : {StringRef(installed), StringRef(LLE_TARGETS_SOURCE_DIR), StringRef(LLE_TARGETS_PREFIX_DIR)})
    if (llvm::sys::fs::is_directory(folder))
      return folder.str();
  return {};
}

std::vector<std::string> lle::getTargetNames() {
  std::vector<std::string> names{kNative.str()};
  std::error_code error;
  for (llvm::sys::fs::directory_iterator file(findTargetsFolder(), error), end; !error && file != end;
       file.increment(error))
    if (llvm::sys::path::extension(file->path()) == ".mlir")
      names.push_back(llvm::sys::path::stem(file->path()).str());
  llvm::sort(names);
  return names;
}

bool Target::isBareMetal() const { return llvm::Triple(triple).getOS() == llvm::Triple::UnknownOS; }

const Memory *Target::getMemory(Memory::Kind kind) const {
  auto memory = llvm::find_if(memories, [&](const Memory &candidate) { return candidate.kind == kind; });
  return memory == memories.end() ? nullptr : &*memory;
}

static const CostFigure *findFigure(ArrayRef<CostFigure> figures, StringRef what) {
  auto figure = llvm::find_if(figures, [&](const CostFigure &candidate) { return candidate.what == what; });
  return figure == figures.end() ? nullptr : &*figure;
}

const CostFigure *Target::getCycles(StringRef what) const { return findFigure(cycles, what); }
const CostFigure *Target::getEnergy(StringRef what) const { return findFigure(energy, what); }
const CostFigure *Target::getHelper(StringRef name) const { return findFigure(helpers, name); }
const CostFigure *Target::getLimit(StringRef what) const { return findFigure(limits, what); }

DeviceCosts Target::getDeviceCosts() const {
  DeviceCosts costs;
  costs.name = name;
  costs.isNeuromorphic = isNeuromorphic;
  costs.cycles = unitCycles;
  costs.pj = unitPj;
  costs.ns = unitNs;
  if (hasSynapseCosts)
    costs.synapses = synapseCosts;
  costs.lanes = getVectorLanes();
  costs.clockHz = double(clockHz);
  if (const CostFigure *memory = getCycles("memory_factor"))
    costs.memoryFactor = *memory;
  if (const CostFigure *near = getCycles("near_bytes"))
    costs.nearBytes = *near;
  if (const CostFigure *far = getCycles("far_byte"))
    costs.farByte = *far;
  if (const CostFigure *cycle = getEnergy("cycle"))
    costs.energyPerCycle = *cycle;
  if (const CostFigure *neurons = getLimit("core_neurons"))
    costs.coreNeurons = neurons->value;
  costs.weights = weights;
  return costs;
}

VectorLanes Target::getVectorLanes() const {
  auto has = [&](StringRef feature) { return llvm::is_contained(requiredFeatures, feature); };
  const int64_t most = std::max<int64_t>(lanes, 1);
  return {most, llvm::Triple(triple).isX86() ? getMathsLanes(getX86Simd(has), most) : most};
}

/// The machine of the compiler. The code uses no feature that the runtime cannot test for.
static Target getNativeTarget() {
  Target target;
  target.name = kNative;
  target.triple = llvm::sys::getDefaultTargetTriple();
  target.cpu = llvm::sys::getHostCPUName();
  std::vector<std::string> changes;
  for (const auto &feature : llvm::sys::getHostCPUFeatures()) {
    std::string name = feature.first().str();
    bool use = feature.second && runtime::checkCpuFeatures({name});
    changes.push_back((use ? "+" : "-") + name);
    if (use)
      target.requiredFeatures.push_back(name);
  }
  llvm::sort(changes); // a StringMap has no order of its own
  llvm::sort(target.requiredFeatures);
  target.features = llvm::join(changes, ",");
  auto has = [&](StringRef feature) { return llvm::is_contained(target.requiredFeatures, feature); };
  bool wide = has("avx512f") && has("avx512vl");
  target.lanes = wide ? 16 : has("avx2") ? 8 : 4;
  target.registers = wide || has("neon") ? 32 : 16;
  return target;
}

/// The file of a target; empty where there is none.
static std::string findTargetFile(StringRef name) {
  SmallString<128> path(findTargetsFolder());
  llvm::sys::path::append(path, name + ".mlir");
  return llvm::sys::fs::exists(path) ? path.str().str() : "";
}

/// What synapses cost here is taken from the level of x86-64 that has the same vectors.
static FailureOr<Target> completeNativeTarget(MLIRContext &context) {
  Target target = getNativeTarget();
  bool isX86 = StringRef(target.triple).starts_with("x86_64");
  std::string path = findTargetFile(target.lanes == 16 ? "x86-64-v4" : target.lanes == 8 ? "x86-64-v3" : "x86-64-v2");
  if (!isX86 || path.empty())
    return target;
  FailureOr<Target> level = readTargetFile(path, context);
  if (failed(level))
    return failure();
  target.synapseCosts = level->synapseCosts;
  target.hasSynapseCosts = true;
  target.unitCycles = level->unitCycles;
  return target;
}

FailureOr<Target> lle::getTarget(StringRef name, MLIRContext &context) {
  if (name == kNative)
    return completeNativeTarget(context);
  SmallString<128> path(findTargetsFolder());
  llvm::sys::path::append(path, name + ".mlir");
  // A name is no path: `../x` would leave the folder.
  if (llvm::sys::path::filename(name) != name || !llvm::sys::fs::exists(path))
    return emitError(UnknownLoc::get(&context))
           << "unknown target '" << name << "'; known: " << llvm::join(getTargetNames(), ", ");
  return readTargetFile(path, context);
}

LogicalResult lle::checkHasCode(const Target &target, MLIRContext &context) {
  if (!target.isNeuromorphic)
    return success();
  return emitError(UnknownLoc::get(&context))
         << "nothing is compiled for the target '" << target.name
         << "', a neuromorphic chip: it gets core maps from lle-compile, and lle-report-map says what its cores hold";
}

void lle::registerTargetChips() {
  registerChipReader([](StringRef name, MLIRContext &context) -> FailureOr<ChipDescription> {
    FailureOr<Target> target = getTarget(name, context);
    if (failed(target))
      return failure();
    if (!target->isNeuromorphic)
      return emitError(UnknownLoc::get(&context)) << "the target '" << name << "' is no neuromorphic chip";
    return ChipDescription{target->name, target->arithmetic, target->limits, target->unitPj};
  });
}

void lle::registerAnalyticCostModel() {
  registerCostModel("analytic", [](StringRef name, MLIRContext &context) -> llvm::Expected<std::unique_ptr<CostModel>> {
    FailureOr<Target> target = getTarget(name, context);
    if (failed(target))
      return std::unique_ptr<CostModel>();
    return createAnalyticCostModel(target->getDeviceCosts());
  });
}
