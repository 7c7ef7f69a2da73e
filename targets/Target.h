//===- Target.h - machines that networks are compiled for -------*- C++ -*-===//
//
// A target is a file `<name>.mlir`: a module whose `dlti.target_system_spec` describes the device "CPU". The folder is
// that of the environment variable LLE_TARGETS_DIR, else the one installed with the running tool, else that of the
// source tree, else that of the configured prefix. The target `native` has no file: it is the machine that the compiler
// runs on.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_TARGET_H
#define LLE_TARGETS_TARGET_H

#include "passes/Analysis/CostModel.h"

#include "mlir/Support/LLVM.h"

#include <optional>
#include <string>
#include <vector>

namespace lle {

/// Memory that a program can use, as the board's linker sees it.
struct Memory {
  enum Kind { Flash, Ram }; ///< Flash is read and executed; RAM is written as well.
  std::string name;
  Kind kind = Ram;
  uint64_t origin = 0, bytes = 0;
};

/// What QEMU emulates a target with: a board of qemu-system-<program>, or Linux programs by qemu-<program>.
struct Emulator {
  bool isSystem = false;
  std::string program; ///< What follows `qemu-system-` or `qemu-`: "arm", "aarch64", "riscv32".
  std::string machine; ///< Of a system.
  std::string cpu;     ///< With properties, as QEMU writes them; a system may leave it to its machine.
};

/// What must be written to a register so that a device works: a clock, a pin.
struct RegisterSetting {
  uint32_t address = 0;
  uint32_t mask = 0; ///< The bits that change.
  uint32_t value = 0;
};

/// A serial line that firmware can talk on.
struct Uart {
  std::string driver; ///< What its registers are, one of getUartDrivers.
  uint64_t origin = 0;
  int64_t clockHz = 0; ///< What its baud rate is divided from; the target's clock unless the file says otherwise.
  /// Clocks and pins, in this order. A driver whose pins are chosen by registers of others needs them.
  std::vector<RegisterSetting> setup;
};

struct Target {
  std::string name;
  std::string triple;
  std::string cpu;                           ///< As LLVM calls it.
  std::string features;                      ///< On top of those of `cpu`, as LLVM writes them: "+avx2,-sse4a".
  int64_t lanes = 0;                         ///< f32 elements of one vector register.
  int64_t registers = 0;                     ///< Vector registers.
  std::vector<std::string> requiredFeatures; ///< What a machine must have to run the code, in LLVM's names.
  SynapseCosts synapseCosts;                 ///< Those of x86-64-v4 where its file has none.
  bool hasSynapseCosts = false;              ///< Its file has some.
  std::string abi;                           ///< As LLVM calls it ("ilp32f"); empty for the triple's own.
  bool isServedByC = false;                  ///< No machine code by LLVM: its vendor's compiler takes C.
  int64_t clockHz = 0;                       ///< 0 where the file has none.
  std::vector<Memory> memories;              ///< The first of a kind is used unless told otherwise.
  std::optional<Emulator> emulator;
  std::optional<Uart> uart;
  std::string standIn; ///< Where there is no emulator: the target with the same core that is emulated instead.
  std::vector<CostFigure> cycles; ///< Of one operation of a stream of independent ones.
  std::vector<CostFigure> energy; ///< In picojoules.
  UnitFigures unitCycles;         ///< Of a processor, of a unit of a network's work.
  bool isNeuromorphic = false;    ///< A chip that is described, and that nothing is compiled for.
  bool isBoard = false;           ///< Of such chips: the file names its chip, and has limits of its own.
  std::string arithmetic;         ///< How such a chip computes: "loihi", as spk.fixed_cuba_lif has it, or "spinnaker2".
  UnitFigures unitPj, unitNs;     ///< Of such a chip.
  std::vector<CostFigure> packetPj; ///< The same, of what only a placed network has: packets on their way.
  std::vector<CostFigure> packetNs; ///< As those: `link`, of a packet on a link.
  std::vector<CostFigure> limits;   ///< Of such a chip, see getLimitNames.
  WeightForm weights;
  std::vector<CostFigure> helpers; ///< Instructions of a call of a function of compilers, by its name.
  std::string notes;

  /// The target has no operating system: code and data are linked to fixed addresses.
  bool isBareMetal() const;
  /// The first memory of the kind, or null.
  const Memory *getMemory(Memory::Kind kind) const;
  /// The figure of `cycles`, `energy_pj` or `helpers` of that name, or null.
  const CostFigure *getCycles(llvm::StringRef what) const;
  const CostFigure *getEnergy(llvm::StringRef what) const;
  const CostFigure *getHelper(llvm::StringRef name) const;
  const CostFigure *getLimit(llvm::StringRef what) const;
  /// What the analytic cost model needs.
  DeviceCosts getDeviceCosts() const;
  VectorLanes getVectorLanes() const;
};

/// What the entry `driver` of a UART may be.
llvm::ArrayRef<llvm::StringLiteral> getUartDrivers();
/// What the entry `cycles` of a target may have figures of: operations; `instruction`, a mean one, for CPUs of which
/// LLVM has no scheduling model; and `memory_factor`, by which waiting for memory makes a program longer.
llvm::ArrayRef<llvm::StringLiteral> getCycleNames();
/// What the entry `energy_pj` of a target may have figures of.
llvm::ArrayRef<llvm::StringLiteral> getEnergyNames();

/// What the entry `limits` of a neuromorphic chip may have figures of.
llvm::ArrayRef<llvm::StringLiteral> getLimitNames();

/// An error in the context where nothing can be compiled for the target, which is then described for its costs only.
mlir::LogicalResult checkHasCode(const Target &target, mlir::MLIRContext &context);

/// Has passes read the descriptions of chips.
void registerTargetChips();

/// Registers the cost model "analytic" of all targets.
void registerAnalyticCostModel();

/// The target of that name. An unknown name, or what is wrong in the target's file, is an error in the context.
mlir::FailureOr<Target> getTarget(llvm::StringRef name, mlir::MLIRContext &context);

/// All names that `getTarget` knows, in alphabetical order.
std::vector<std::string> getTargetNames();

} // namespace lle

#endif
