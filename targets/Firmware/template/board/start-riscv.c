/* Start-up of a RISC-V core in machine mode: stack, floating point and vectors, traps, and the memory of C. */
#include "run.h"

/* mstatus.FS and mstatus.VS: 1 switches floating point and vectors on; both fields ignore it where there are none. An
   emulator of programs (qemu-riscv32), not of boards, has no such registers. */
#ifndef FIRMWARE_USER_MODE
#define ENABLE_FEATURES "  li t0, 0x2200\n  csrs mstatus, t0\n  lla t0, trap_entry\n  csrw mtvec, t0\n"
#else
#define ENABLE_FEATURES ""
#endif

__asm__(".section .vectors, \"ax\"\n.globl _start\n_start:\n"
        "  .option push\n  .option norelax\n  lla gp, __global_pointer$\n  .option pop\n"
        "  lla sp, stack_top\n" ENABLE_FEATURES "  tail start_c\n"
        /* It does not return, and the stack may be what failed: it starts anew. */
        ".balign 4\ntrap_entry:\n  lla sp, stack_top\n  tail handle_trap\n");

_Noreturn void start_c(void);
_Noreturn void start_c(void) { run_program(); }

_Noreturn void handle_trap(void);
_Noreturn void handle_trap(void) { give_up(); }
