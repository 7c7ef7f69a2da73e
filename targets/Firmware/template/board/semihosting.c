/* Semihosting of Arm ("Semihosting for AArch32 and AArch64"), and RISC-V's, which has the same operations. */
#include "host.h"

#include <stdint.h>

enum {
  SYS_OPEN = 0x01,
  SYS_CLOSE = 0x02,
  SYS_WRITE0 = 0x04,
  SYS_WRITE = 0x05,
  SYS_READ = 0x06,
  SYS_FLEN = 0x0c,
  SYS_GET_CMDLINE = 0x15,
  SYS_EXIT_EXTENDED = 0x20,
  MODE_READ = 1,  /* "rb" */
  MODE_WRITE = 5, /* "wb" */
};
static const uintptr_t kApplicationExit = 0x20026; /* ADP_Stopped_ApplicationExit */

/* What the host does with the operation; its parameters are read and written behind the compiler's back. */
static intptr_t call_host(uintptr_t operation, void *parameters) {
#if defined(__arm__)
  register uintptr_t r0 __asm__("r0") = operation;
  register void *r1 __asm__("r1") = parameters;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return (intptr_t)r0;
#elif defined(__aarch64__)
  register uintptr_t x0 __asm__("x0") = operation;
  register void *x1 __asm__("x1") = parameters;
  __asm__ volatile("hlt 0xf000" : "+r"(x0) : "r"(x1) : "memory");
  return (intptr_t)x0;
#elif defined(__riscv)
  register uintptr_t a0 __asm__("a0") = operation;
  register void *a1 __asm__("a1") = parameters;
  /* The three instructions are found by their encoding: none may be compressed, and no page may part them. */
  __asm__ volatile(".balign 16\n\t.option push\n\t.option norvc\n\t"
                   "slli x0, x0, 0x1f\n\tebreak\n\tsrai x0, x0, 7\n\t.option pop"
                   : "+r"(a0)
                   : "r"(a1)
                   : "memory");
  return (intptr_t)a0;
#else
#error "no semihosting is known for this processor"
#endif
}

static size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length] != '\0')
    ++length;
  return length;
}

int host_open(const char *name, int write) {
  uintptr_t parameters[3] = {(uintptr_t)name, write ? MODE_WRITE : MODE_READ, length_of(name)};
  return (int)call_host(SYS_OPEN, parameters);
}

long host_size(int file) {
  uintptr_t parameters[1] = {(uintptr_t)file};
  return (long)call_host(SYS_FLEN, parameters);
}

/* Both operations return the number of bytes that are left. */
int host_read(int file, void *data, size_t bytes) {
  uintptr_t parameters[3] = {(uintptr_t)file, (uintptr_t)data, bytes};
  return bytes == 0 ? 0 : (int)call_host(SYS_READ, parameters);
}

int host_write(int file, const void *data, size_t bytes) {
  uintptr_t parameters[3] = {(uintptr_t)file, (uintptr_t)data, bytes};
  return bytes == 0 ? 0 : (int)call_host(SYS_WRITE, parameters);
}

int host_close(int file) {
  uintptr_t parameters[1] = {(uintptr_t)file};
  return (int)call_host(SYS_CLOSE, parameters);
}

void host_print(const char *text) {
  union {
    const char *constant;
    void *parameter;
  } message = {.constant = text};
  call_host(SYS_WRITE0, message.parameter);
}

void host_arguments(char *text, size_t size) {
  uintptr_t parameters[2] = {(uintptr_t)text, size};
  if (size == 0)
    return;
  text[0] = '\0';
  if (call_host(SYS_GET_CMDLINE, parameters) != 0)
    text[0] = '\0';
  text[size - 1] = '\0';
  size_t from = 0, to = 0;
  while (text[from] != '\0' && text[from] != ' ')
    ++from;
  while (text[from] == ' ')
    ++from;
  while ((text[to++] = text[from++]) != '\0')
    continue;
}

_Noreturn void host_exit(int status) {
  uintptr_t parameters[2] = {kApplicationExit, (uintptr_t)status};
  call_host(SYS_EXIT_EXTENDED, parameters);
  for (;;)
    continue; /* no debugger listens */
}
