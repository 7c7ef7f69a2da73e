//===- SynapseCode.h - sums over synapses as vector code --------*- C++ -*-===//
#ifndef LLE_LOWERING_LTCTOLINALG_SYNAPSECODE_H
#define LLE_LOWERING_LTCTOLINALG_SYNAPSECODE_H

#include "lowering/LTCToLinalg/Maths.h"
#include "lowering/LTCToLinalg/SynapseSlices.h"

namespace lle {

/// One value for each register: LLVM takes a wider vector that lives across blocks apart into scalars.
using Registers = llvm::SmallVector<mlir::Value>;

/// What synapses read: in registers, and in memory where slots need it.
struct Sources {
  Registers registers;
  mlir::Value memory; ///< A tensor of all lanes of the registers; null where nothing reads it.
};

/// For each register of targets: the sum of conductances, and of currents.
struct SynapseSums {
  Registers conductance, current;
};

/// The slots of synapses in read-only memory.
struct SlotTables {
  const SynapseSlices &synapses;
  mlir::Value coefficients; ///< Four rows for each slot.
  mlir::Value sources;      ///< The numbers of the sources, a row for each slot.
  mlir::Value firstRow;     ///< Of the coefficients: an index.
};

/// The code of a cell: vectors of f32 as wide as a register.
class CellCode : public Maths {
public:
  CellCode(StepBuilder &b)
      : Maths(b), b(b), lanes(b.machine.lanes), type(mlir::VectorType::get({lanes}, b.getF32Type())) {}

  mlir::VectorType getType() const { return type; }
  /// A table of constants, one for each lane; `padding` past the last.
  Registers table(llvm::ArrayRef<double> values, double padding);
  /// The elements of a tensor of rank 1 as f32. Lanes past the last repeat an element.
  Registers read(mlir::Value tensor);
  /// A tensor of the first lanes, in `destination`.
  mlir::Value write(llvm::ArrayRef<mlir::Value> registers, mlir::Value destination);
  /// Lane i is lane `lanes[i]` of the registers.
  Registers permute(llvm::ArrayRef<mlir::Value> registers, llvm::ArrayRef<int64_t> order);
  mlir::Value broadcast(mlir::Value scalar);
  Registers clamp(llvm::ArrayRef<mlir::Value> registers, double limit);
  /// Combines registers of the same number.
  Registers zip(llvm::ArrayRef<mlir::Value> x, llvm::ArrayRef<mlir::Value> y,
                llvm::function_ref<mlir::Value(mlir::Value, mlir::Value)> combine);

  /// Puts the registers where the synapses look. `memory` is a tensor that may be overwritten.
  Sources makeSources(const SynapseSlices &synapses, Registers registers, mlir::Value memory);
  mlir::Value emptyMemory(int64_t elements);

  /// Adds what the synapses conduct. The sources are within the synapses' limit.
  SynapseSums addSynapses(const SynapseSlices &synapses, const Sources &sources, SynapseSums sums);

  SlotTables makeTables(const SynapseSlices &synapses);
  /// Adds what the slots from `first` up to `last` conduct to the sums of one register of targets, in a loop. All look
  /// up their sources in memory.
  SynapseSums addSlotRange(const SlotTables &tables, mlir::Value first, mlir::Value last, const Sources &sources,
                           SynapseSums sums);

private:
  struct Slot;
  StepBuilder &b;
  const int64_t lanes;
  mlir::VectorType type;

  mlir::Value makeOpaqueZero();
  mlir::Value makeSourceTable(const SynapseSlices &synapses);
  mlir::Value readSource(const SlotTables &tables, const SlotRun &run, const Sources &sources, mlir::Value row,
                         std::optional<int64_t> known);
  Slot readSlot(const SlotTables &tables, const SlotRun &run, const Sources &sources, mlir::Value row,
                std::optional<int64_t> known, unsigned target);
  void addSlots(const SynapseSlices &synapses, llvm::ArrayRef<Slot> slots, Registers &conductance, Registers &current);
  mlir::Value lookUp(llvm::ArrayRef<mlir::Value> registers, mlir::Value index);
  mlir::Value call(llvm::StringRef intrinsic, mlir::ValueRange arguments);
};

} // namespace lle

#endif
