/* What start-up code of every core does once the core has a stack: the memory of C, the program, and its end. */
#ifndef BOARD_RUN_H
#define BOARD_RUN_H

#include <stddef.h>

#ifndef FIRMWARE_UART
#include "host.h"
#endif

/* From the linker script. */
extern unsigned char data_start[], data_end[], bss_start[], bss_end[];
extern const unsigned char data_load[];
extern unsigned char stack_bottom[], stack_top[];
/* The last bytes of the stack, of which linkers learn that it is written. */
__attribute__((section(".stack"), aligned(16), used)) static unsigned char stack_end[16];

int main(void);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

/* How much of the stack is used at most, with -DFIRMWARE_PAINT_STACK: what was never written keeps its paint. */
#if defined(FIRMWARE_PAINT_STACK) && !defined(FIRMWARE_UART)
enum { STACK_PAINT = 0xa5, STACK_IN_USE = 32 /* what the compiler may push after the pointer is read */ };

__attribute__((always_inline)) static inline void paint_stack(void) {
  unsigned char *end;
#ifdef __riscv
  __asm__ volatile("mv %0, sp" : "=r"(end));
#else
  __asm__ volatile("mov %0, sp" : "=r"(end));
#endif
  for (volatile unsigned char *byte = stack_bottom; byte < end - STACK_IN_USE; ++byte)
    *byte = STACK_PAINT;
}

static inline void print_stack(void) {
  const volatile unsigned char *byte = stack_bottom;
  while (byte < stack_top && *byte == STACK_PAINT)
    ++byte;
  host_print("stack: ");
  host_print_number((size_t)(stack_top - byte));
  host_print(" of ");
  host_print_number((size_t)(stack_top - stack_bottom));
  host_print(" bytes used\n");
}
#else
static inline void paint_stack(void) {}
static inline void print_stack(void) {}
#endif

static inline _Noreturn void run_program(void) {
  memmove(data_start, data_load, (size_t)(data_end - data_start)); /* in place where there is only one memory */
  memset(bss_start, 0, (size_t)(bss_end - bss_start));
  paint_stack();
#ifndef FIRMWARE_UART
  const int status = main();
  print_stack();
  host_exit(status);
#else
  (void)main();
  for (;;)
    continue;
#endif
}

/* An exception that nothing handles: give up where someone listens, else stay for the debugger. */
static inline _Noreturn void give_up(void) {
#ifndef FIRMWARE_UART
  host_print("error: processor exception\n");
  host_exit(3);
#else
  for (;;)
    continue;
#endif
}

#endif
