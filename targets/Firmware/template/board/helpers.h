/* The names under which compilers call functions for numbers that a processor has no instructions for. */
#ifndef BOARD_HELPERS_H
#define BOARD_HELPERS_H

#if defined(__ARM_EABI__)
/* Arm IHI 0043, "Run-time ABI for the Arm Architecture", section 4.1: numbers are passed as integers, also between
   functions that pass others in registers of an FPU. */
#define FUNCTIONS_OF_ARM
#define HELPER(gcc, arm) __attribute__((pcs("aapcs"))) __aeabi_##arm
#else
/* GCC internals, "Routines for floating point emulation". */
#define HELPER(gcc, arm) __##gcc
#endif

#endif
