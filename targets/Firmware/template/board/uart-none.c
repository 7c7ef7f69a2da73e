/* Pins and clocks of a serial line are the board's own: write the three functions of uart.h for yours. */
#include "uart.h"

#ifdef FIRMWARE_UART
#error "board/uart.c: the description of the target @TARGET@ names no UART; write uart_start, uart_read and uart_write"
#endif
