//===- Helpers.cpp - functions that every compiler brings -----------------===//
#include "targets/Native/Helpers.h"

#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;

/// GCC internals, chapter "The GCC low-level runtime library": routines for integers of one (si) and two (di) words,
/// and for floats (sf, df).
static constexpr StringRef kGeneric[] = {
    // f32
    "__addsf3", "__subsf3", "__mulsf3", "__divsf3", "__negsf2", "__eqsf2", "__nesf2", "__ltsf2", "__lesf2", "__gtsf2",
    "__gesf2", "__unordsf2", "__fixsfsi", "__fixsfdi", "__fixunssfsi", "__fixunssfdi", "__floatsisf", "__floatdisf",
    "__floatunsisf", "__floatundisf",
    // f64
    "__adddf3", "__subdf3", "__muldf3", "__divdf3", "__negdf2", "__eqdf2", "__nedf2", "__ltdf2", "__ledf2", "__gtdf2",
    "__gedf2", "__unorddf2", "__fixdfsi", "__fixdfdi", "__fixunsdfsi", "__fixunsdfdi", "__floatsidf", "__floatdidf",
    "__floatunsidf", "__floatundidf", "__extendsfdf2", "__truncdfsf2",
    // Integers
    "__mulsi3", "__divsi3", "__udivsi3", "__modsi3", "__umodsi3", "__muldi3", "__divdi3", "__udivdi3", "__moddi3",
    "__umoddi3", "__ashldi3", "__ashrdi3", "__lshrdi3"};

/// Arm IHI 0043, "Run-time ABI for the Arm Architecture", sections 4.1 to 4.3: without division by zero and memory.
static constexpr StringRef kArm[] = {
    // f32
    "__aeabi_fadd", "__aeabi_fsub", "__aeabi_frsub", "__aeabi_fmul", "__aeabi_fdiv", "__aeabi_fcmpeq", "__aeabi_fcmplt",
    "__aeabi_fcmple", "__aeabi_fcmpge", "__aeabi_fcmpgt", "__aeabi_fcmpun", "__aeabi_f2iz", "__aeabi_f2uiz",
    "__aeabi_f2lz", "__aeabi_f2ulz", "__aeabi_i2f", "__aeabi_ui2f", "__aeabi_l2f", "__aeabi_ul2f",
    // f64
    "__aeabi_dadd", "__aeabi_dsub", "__aeabi_drsub", "__aeabi_dmul", "__aeabi_ddiv", "__aeabi_dcmpeq", "__aeabi_dcmplt",
    "__aeabi_dcmple", "__aeabi_dcmpge", "__aeabi_dcmpgt", "__aeabi_dcmpun", "__aeabi_d2iz", "__aeabi_d2uiz",
    "__aeabi_d2lz", "__aeabi_d2ulz", "__aeabi_i2d", "__aeabi_ui2d", "__aeabi_l2d", "__aeabi_ul2d", "__aeabi_f2d",
    "__aeabi_d2f",
    // Integers
    "__aeabi_lmul", "__aeabi_ldivmod", "__aeabi_uldivmod", "__aeabi_llsl", "__aeabi_llsr", "__aeabi_lasr",
    "__aeabi_idiv", "__aeabi_uidiv", "__aeabi_idivmod", "__aeabi_uidivmod"};

bool lle::isCompilerHelper(const llvm::Triple &triple, StringRef name) {
  if (triple.isARM() || triple.isThumb())
    return llvm::is_contained(kArm, name);
  return triple.isRISCV() && llvm::is_contained(kGeneric, name);
}

StringRef lle::getHelperType(StringRef name) {
  bool isArm = name.consume_front("__aeabi_");
  if (isArm ? name.starts_with("d") || name.ends_with("2d") : name.contains("df"))
    return "double";
  return (isArm ? name.starts_with("f") || name.ends_with("2f") : name.contains("sf")) ? "float" : "";
}
