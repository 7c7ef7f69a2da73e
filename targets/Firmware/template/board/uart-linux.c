/* Standard input and output in place of a serial line. The end of the input ends the program. */
#include "host.h"
#include "uart.h"

void uart_start(void) {}

uint8_t uart_read(void) {
  uint8_t byte;
  if (host_read(0, &byte, 1) != 0)
    host_exit(0);
  return byte;
}

void uart_write(uint8_t byte) {
  if (host_write(1, &byte, 1) != 0)
    host_exit(1);
}
