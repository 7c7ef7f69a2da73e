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

int main(void);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

static inline _Noreturn void run_program(void) {
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
