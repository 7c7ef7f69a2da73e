//===- Firmware.h - folders that build into a program -----------*- C++ -*-===//
#ifndef LLE_TARGETS_FIRMWARE_FIRMWARE_H
#define LLE_TARGETS_FIRMWARE_FIRMWARE_H

#include "targets/Firmware/Folder.h"
#include "targets/Native/Compile.h"

namespace lle {

/// The files of a program that runs the network on the target: library and header of the network, main program,
/// start-up, linker script, and what builds them. `compiled` was made of `source` with the options. Errors go to the
/// context: of a target whose processor or memories are not known, and of a network that does not fit, with remedies.
mlir::FailureOr<std::vector<FolderFile>> makeFirmware(NetworkOp source, const CompileOptions &options,
                                                      const CompiledNetwork &compiled, const Target &target);

} // namespace lle

#endif
