//===- Flags.cpp - options that several tools have ------------------------===//
#include "tools/common/Flags.h"
#include "frontends/NIR/Profiles.h"

using namespace lle;
namespace cl = llvm::cl;

LoadFlags::LoadFlags(cl::OptionCategory &category)
    : profile("profile", cl::desc("How the framework of a .nir file steps its neurons"), cl::value_desc("NAME"),
              cl::cat(category)),
      dt("dt", cl::desc("Length of a step of a .nir file in seconds"), cl::value_desc("S"), cl::cat(category)),
      profiles("\n" + nir::describeProfiles()), help(profiles) {}

LoadOptions LoadFlags::get() const {
  LoadOptions options;
  options.profile = profile;
  if (dt.getNumOccurrences() != 0)
    options.dt = dt;
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
