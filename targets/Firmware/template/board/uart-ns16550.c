/* A UART compatible with the 16550, with registers of a byte; its baud rate is left as it is. */
#include "uart.h"

#define UART ((volatile uint8_t *)@UART_ORIGIN@u)
enum { DATA = 0, FIFO_CONTROL = 2, LINE_STATUS = 5, FIFO_ENABLE = 1, RECEIVED = 0x01, TRANSMIT_EMPTY = 0x20 };

void uart_start(void) { UART[FIFO_CONTROL] = FIFO_ENABLE; }

uint8_t uart_read(void) {
  while ((UART[LINE_STATUS] & RECEIVED) == 0u)
    continue;
  return UART[DATA];
}

void uart_write(uint8_t byte) {
  while ((UART[LINE_STATUS] & TRANSMIT_EMPTY) == 0u)
    continue;
  UART[DATA] = byte;
}
