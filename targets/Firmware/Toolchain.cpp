//===- Toolchain.cpp - how other compilers call a target ------------------===//
#include "targets/Firmware/Toolchain.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/TargetParser/RISCVISAInfo.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;
using namespace lle;

/// The features as the ISA string of RISC-V. The start-up code writes control registers, which is an extension as well.
static std::string getArchString(const Target &target, unsigned bits) {
  std::vector<std::string> features;
  for (StringRef feature : split(target.features, ','))
    if (!feature.empty())
      features.push_back(feature.str());
  features.push_back("+zicsr");
  auto isa = RISCVISAInfo::parseFeatures(bits, features);
  if (!isa) {
    consumeError(isa.takeError());
    return "rv" + std::to_string(bits) + "i_zicsr";
  }
  // Versions of extensions are left to the compiler.
  std::string name = "rv" + std::to_string(bits);
  for (const auto &extension : (*isa)->getExtensions())
    name += (extension.first.size() > 1 ? "_" : "") + extension.first;
  return name;
}

static Toolchain getRISCVToolchain(const Target &target, const Triple &triple) {
  Toolchain toolchain;
  toolchain.gccPrefix = triple.isOSLinux() ? "riscv64-linux-gnu-" : "riscv64-unknown-elf-";
  toolchain.clangFlags = "-march=" + getArchString(target, triple.isArch64Bit() ? 64 : 32) + " -mcmodel=medany";
  if (!target.abi.empty())
    toolchain.clangFlags += " -mabi=" + target.abi;
  toolchain.gccFlags = toolchain.clangFlags;
  return toolchain;
}

static Toolchain getArmToolchain(const Target &target, const Triple &triple) {
  Toolchain toolchain;
  toolchain.gccPrefix = "arm-none-eabi-";
  std::string cpu = "-mcpu=" + target.cpu;
  StringRef floats = triple.getEnvironment() == Triple::EABIHF ? "hard" : "soft";
  toolchain.clangFlags = cpu + " -mfloat-abi=" + floats.str();
  toolchain.gccFlags = cpu + " -mthumb -mfloat-abi=" + floats.str();
  return toolchain;
}

Toolchain lle::getToolchain(const Target &target) {
  Triple triple(Triple::normalize(target.triple));
  Toolchain toolchain;
  if (triple.isRISCV())
    return getRISCVToolchain(target, triple);
  if (triple.isARM() || triple.isThumb())
    toolchain = getArmToolchain(target, triple);
  else if (triple.isAArch64())
    toolchain = {"-mcpu=" + target.cpu, triple.isOSLinux() ? "aarch64-linux-gnu-" : "aarch64-none-elf-",
                 "-mcpu=" + target.cpu};
  else
    toolchain = {"-march=" + target.cpu, "", "-march=" + target.cpu};
  // What LLE adds to a CPU is clang's to know; gcc would need names of its own.
  if (!triple.isX86())
    for (StringRef feature : split(target.features, ','))
      if (!feature.empty())
        toolchain.clangFlags += " -Xclang -target-feature -Xclang " + feature.str();
  return toolchain;
}
