//===- Channels.h - channels that can only be removed together --*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_CHANNELS_H
#define LLE_PASSES_PRUNING_CHANNELS_H

#include "dialects/LTC/LTCOps.h"
#include "passes/Pruning/ParameterRef.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <optional>
#include <vector>

namespace lle {

/// A dimension of a parameter that counts channels: index `offset + i` belongs to channel `i / inner`, what is before
/// and after them to none.
struct ChannelAxis {
  ParameterRef parameter;
  unsigned dim;
  int64_t offset = 0, inner = 1;
};

/// Weights that are applied to the channels.
struct ChannelReader {
  ChannelAxis axis;
  mlir::Value signal;
  std::optional<ParameterRef> bias; ///< One number for each index of the first dimension of the weights.
};

/// Where the channels are in a signal.
struct ChannelPlace {
  unsigned dim;
  int64_t inner = 1;
};

/// The channels of a population of neurons, of an activation or of a cell, and all that has the same ones.
struct ChannelGroup {
  std::string name;
  mlir::Operation *population = nullptr; ///< The operation of that name.
  int64_t channels = 0;
  llvm::MapVector<mlir::Value, ChannelPlace> signals;
  llvm::SmallVector<ChannelAxis> own; ///< Of what makes the channels.
  llvm::SmallVector<ChannelReader> readers;
  ltc::LTCCellOp cell;                 ///< Whose neurons they are, and read each other through its synapses; or null.
  int64_t fixed = 0;                   ///< The first ones, which stay: the motor neurons of a cell that has others.
  mlir::Operation *obstacle = nullptr; ///< Why they cannot be removed, and the operation at which to say so.
  std::string reason;
};

/// The groups of a network, in an order in which values flow within a step.
std::vector<ChannelGroup> findChannelGroups(NetworkOp network);

/// Leaves these channels of a group without obstacle; shapes shrink.
void keepChannels(ChannelGroup &group, llvm::ArrayRef<int64_t> kept);

} // namespace lle

#endif
