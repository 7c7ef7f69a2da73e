/* Start-up of a RISC-V core in machine mode: stack, floating point and vectors, traps, and the memory of C. */
#include <stddef.h>
#include <stdint.h>

#ifndef FIRMWARE_UART
#include "host.h"
#endif

/* From the linker script. */
extern unsigned char data_start[], data_end[], bss_start[], bss_end[];
extern const unsigned char data_load[];

int main(void);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

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
        ".balign 4\ntrap_entry:\n  tail handle_trap\n");

_Noreturn void start_c(void);
_Noreturn void start_c(void) {
  memmove(data_start, data_load, (size_t)(data_end - data_start)); /* in place where there is only one memory */
  memset(bss_start, 0, (size_t)(bss_end - bss_start));
#ifndef FIRMWARE_UART
  host_exit(main());
#else
  (void)main();
  for (;;)
    continue;
#endif
}

/* A trap that nothing handles: give up where someone listens, else stay for the debugger. */
_Noreturn void handle_trap(void);
_Noreturn void handle_trap(void) {
#ifndef FIRMWARE_UART
  host_print("error: processor exception\n");
  host_exit(3);
#else
  for (;;)
    continue;
#endif
}
