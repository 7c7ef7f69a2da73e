/* A serial line, for main.c with -DFIRMWARE_UART. */
#ifndef BOARD_UART_H
#define BOARD_UART_H

#include <stdint.h>

void uart_start(void);
uint8_t uart_read(void); /* waits for a byte */
void uart_write(uint8_t byte);

#endif
