/* The UART of Arm's Cortex-M System Design Kit, as on the MPS2 and MPS3 boards. */
#include "uart.h"

typedef struct {
  volatile uint32_t data, state, control, interrupt, divider;
} cmsdk_uart_t;
#define UART ((cmsdk_uart_t *)@UART_ORIGIN@u)
enum { TRANSMIT_FULL = 1, RECEIVE_FULL = 2, TRANSMIT_ENABLE = 1, RECEIVE_ENABLE = 2 };

void uart_start(void) {
  UART->divider = @UART_DIVIDER@u; /* 115200 baud */
  UART->control = TRANSMIT_ENABLE | RECEIVE_ENABLE;
}

uint8_t uart_read(void) {
  while ((UART->state & RECEIVE_FULL) == 0u)
    continue;
  return (uint8_t)UART->data;
}

void uart_write(uint8_t byte) {
  while ((UART->state & TRANSMIT_FULL) != 0u)
    continue;
  UART->data = byte;
}
