/* Files, messages and the end of the program on the machine behind the board: by semihosting through a debugger or an
   emulator (semihosting.c), or by system calls of Linux (linux.c). */
#ifndef BOARD_HOST_H
#define BOARD_HOST_H

#include <stddef.h>

/* Opens a file, to write it from its beginning or to read it: a handle, or -1. */
int host_open(const char *name, int write);
/* Bytes of an open file, or -1. */
long host_size(int file);
/* 0 if all bytes were read or written. */
int host_read(int file, void *data, size_t bytes);
int host_write(int file, const void *data, size_t bytes);
int host_close(int file);
void host_print(const char *text);
/* The words behind the program's name, with blanks between them; empty where there are none. */
void host_arguments(char *text, size_t size);
_Noreturn void host_exit(int status);

static inline void host_print_number(size_t number) {
  char text[24];
  size_t at = sizeof(text) - 1u;
  text[at] = '\0';
  do {
    text[--at] = (char)('0' + (int)(number % 10u));
    number /= 10u;
  } while (number != 0u);
  host_print(text + at);
}

#endif
