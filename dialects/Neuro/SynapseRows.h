//===- SynapseRows.h - synapses in rows that sources share ------*- C++ -*-===//
#ifndef LLE_DIALECTS_NEURO_SYNAPSEROWS_H
#define LLE_DIALECTS_NEURO_SYNAPSEROWS_H

#include "dialects/Neuro/NeuroOps.h"

#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace lle::neuro {

/// What `neuro.synapses` holds, see there.
struct SynapseRows {
  std::vector<int32_t> rows, bases;    ///< Of each source.
  std::vector<int64_t> rowBegin = {0}; ///< One more than there are rows.
  std::vector<int32_t> offsets;
  std::vector<int16_t> weights;
  std::vector<int8_t> delays;

  size_t countSynapses() const { return offsets.size(); }
};

/// One synapse of a source.
struct Synapse {
  int32_t target;
  int16_t weight;
  int8_t delay;
};

/// Puts rows together; equal ones are stored once.
class SynapseRowsBuilder {
public:
  /// The synapses of the next source, in ascending order of targets.
  void addSource(llvm::ArrayRef<Synapse> synapses);
  uint32_t countSources() const { return uint32_t(result.rows.size()); }
  SynapseRows take() { return std::move(result); }

private:
  SynapseRows result;
  /// Rows by a hash of their contents; those with equal hashes are compared.
  llvm::DenseMap<uint64_t, llvm::SmallVector<int32_t, 1>> rowsOfHash;
};

SynapseRows readSynapses(SynapsesOp op);

/// Makes the operation; large arrays become resources, which are named after the ends.
SynapsesOp createSynapses(mlir::OpBuilder &builder, mlir::Location loc, mlir::StringAttr source,
                          mlir::StringAttr target, const SynapseRows &rows);

/// The pairs (core, count) of a population.
struct CoreRun {
  int32_t core, count;
};
std::vector<CoreRun> readCores(PopulationOp population);
mlir::ElementsAttr makeCores(mlir::MLIRContext *context, llvm::StringRef population, llvm::ArrayRef<CoreRun> runs);

/// Elements of i8, i16, i32, i64 or f32 that are dense or a resource.
template <typename T>
std::vector<T> readArray(mlir::ElementsAttr elements);

/// The other way round; a large array becomes a resource of that name.
template <typename T>
mlir::ElementsAttr makeArray(mlir::MLIRContext *context, const llvm::Twine &name, llvm::ArrayRef<T> values,
                             llvm::ArrayRef<int64_t> shape);

} // namespace lle::neuro

#endif
