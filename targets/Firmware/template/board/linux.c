/* The entry of the program and its files under Linux, by system calls: no C library is linked. */
#include "host.h"

#include <stdint.h>

int main(void);

#if defined(__aarch64__)
__asm__(".text\n.globl _start\n_start:\n  mov x29, #0\n  mov x30, #0\n  mov x0, sp\n  b start_linux\n");
#elif defined(__riscv) && __riscv_xlen == 64
__asm__(".text\n.globl _start\n_start:\n  .option push\n  .option norelax\n  lla gp, __global_pointer$\n  .option pop\n"
        "  mv a0, sp\n  tail start_linux\n");
#elif defined(__x86_64__)
__asm__(".text\n.globl _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call start_linux\n");
#else
#error "this processor's system calls are not known"
#endif

#if defined(__x86_64__)
enum { NR_openat = 257, NR_close = 3, NR_lseek = 8, NR_read = 0, NR_write = 1, NR_exit_group = 231 };
#else
enum { NR_openat = 56, NR_close = 57, NR_lseek = 62, NR_read = 63, NR_write = 64, NR_exit_group = 94 };
#endif
enum { AT_FDCWD = -100, O_WRONLY = 01, O_CREAT = 0100, O_TRUNC = 01000, SEEK_SET = 0, SEEK_END = 2 };

static long call_kernel(long number, long a, long b, long c, long d) {
#if defined(__aarch64__)
  register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c,
                   x3 __asm__("x3") = d;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return x0;
#elif defined(__riscv)
  register long a7 __asm__("a7") = number, a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c,
                   a3 __asm__("a3") = d;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3) : "memory");
  return a0;
#else
  register long r10 __asm__("r10") = d;
  __asm__ volatile("syscall" : "+a"(number) : "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
  return number;
#endif
}

static char **words; /* of the command line, ended by a null pointer */

_Noreturn void start_linux(long *stack);
_Noreturn void start_linux(long *stack) { /* the number of words, then the words */
  words = (char **)(stack + 1);
  host_exit(main());
}

int host_open(const char *name, int write) {
  long flags = write ? O_WRONLY | O_CREAT | O_TRUNC : 0;
  long file = call_kernel(NR_openat, AT_FDCWD, (long)name, flags, 0644);
  return file < 0 ? -1 : (int)file;
}

long host_size(int file) {
  long size = call_kernel(NR_lseek, file, 0, SEEK_END, 0);
  return call_kernel(NR_lseek, file, 0, SEEK_SET, 0) == 0 ? size : -1;
}

static int transfer(long number, int file, uintptr_t data, size_t bytes) {
  while (bytes != 0) {
    long done = call_kernel(number, file, (long)data, (long)bytes, 0);
    if (done <= 0)
      return 1;
    data += (uintptr_t)done;
    bytes -= (size_t)done;
  }
  return 0;
}

int host_read(int file, void *data, size_t bytes) { return transfer(NR_read, file, (uintptr_t)data, bytes); }
int host_write(int file, const void *data, size_t bytes) { return transfer(NR_write, file, (uintptr_t)data, bytes); }
int host_close(int file) { return (int)call_kernel(NR_close, file, 0, 0, 0); }

void host_print(const char *text) {
  size_t length = 0;
  while (text[length] != '\0')
    ++length;
  (void)host_write(2, text, length);
}

void host_arguments(char *text, size_t size) {
  size_t length = 0;
  if (size == 0)
    return;
  for (char **word = words + 1; words[0] != 0 && *word != 0; ++word) {
    if (length != 0 && length + 1 < size)
      text[length++] = ' ';
    for (const char *c = *word; *c != '\0' && length + 1 < size; ++c)
      text[length++] = *c;
  }
  text[length] = '\0';
}

_Noreturn void host_exit(int status) {
  for (;;)
    call_kernel(NR_exit_group, status, 0, 0, 0);
}
