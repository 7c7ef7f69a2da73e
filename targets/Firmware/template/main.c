/* Runs the network @NAME@. Written by LLE @VERSION@ for @TARGET@; yours to change.
 *
 * As built by default, it reads inputs from files of the machine behind the board and writes outputs to such files:
 * input0.bin, input1.bin, ... hold the steps of a port one after the other, without a header, in the board's order of
 * bytes; output0.bin, ... are written likewise. Words of the command line change that:
 *   folder=PATH   where the files are
 *   sample=STEPS  states are set to their initial values after so many steps (default @SAMPLE_TEXT@)
 *   steps=STEPS   how many steps to run; needed only where the network has no input
 * With -DFIRMWARE_UART it serves a serial line: `i` sets the states to their initial values and is answered by `i`,
 * `s` and the inputs of one step are answered by its outputs.
 */
#include "model/@NAME@.h"

#include <stddef.h>
#include <stdint.h>

#ifdef FIRMWARE_UART
#include "board/uart.h"
#else
#include "board/host.h"
#endif

/* The linker script knows where there is room for the states. */
__attribute__((section(".network_state"))) static @NAME@_state_t state;
@BUFFERS@
typedef struct {
  void *data;
  size_t bytes; /* of one step */
} port_t;
enum { INPUTS = @INPUTS@, OUTPUTS = @OUTPUTS@ };
static const port_t inputs[INPUTS + 1] = {@INPUT_TABLE@{0, 0}};
static const port_t outputs[OUTPUTS + 1] = {@OUTPUT_TABLE@{0, 0}};

/* Functions of their own: breakpoints, and ends of what a profiler or an emulator counts. */
__attribute__((noinline)) void begin_step(void);
__attribute__((noinline)) void begin_step(void) { __asm__ volatile("" ::: "memory"); }
__attribute__((noinline)) void end_step(void);
__attribute__((noinline)) void end_step(void) { __asm__ volatile("" ::: "memory"); }

static void step(void) {
  begin_step();
  @NAME@_step(@ARGUMENTS@);
  end_step();
}

#ifdef FIRMWARE_UART

int main(void) {
  uart_start();
  @NAME@_init(&state);
  for (;;) {
    uint8_t command = uart_read();
    if (command == 'i') {
      @NAME@_init(&state);
      uart_write(command);
    } else if (command == 's') {
      for (size_t i = 0; i < INPUTS; ++i)
        for (size_t byte = 0; byte < inputs[i].bytes; ++byte)
          ((uint8_t *)inputs[i].data)[byte] = uart_read();
      step();
      for (size_t i = 0; i < OUTPUTS; ++i)
        for (size_t byte = 0; byte < outputs[i].bytes; ++byte)
          uart_write(((const uint8_t *)outputs[i].data)[byte]);
    } else {
      uart_write('?');
    }
  }
}

#else

static char arguments[512];

/* What follows `key` (with its `=`) on the command line, up to a blank; null where it is not there. */
static const char *find_argument(const char *key) {
  const char *word = arguments;
  while (*word != '\0') {
    size_t i = 0;
    while (key[i] != '\0' && word[i] == key[i])
      ++i;
    if (key[i] == '\0')
      return word + i;
    while (*word != '\0' && *word != ' ')
      ++word;
    while (*word == ' ')
      ++word;
  }
  return 0;
}

static size_t find_number(const char *key, size_t otherwise) {
  const char *text = find_argument(key);
  size_t number = 0;
  if (text == 0)
    return otherwise;
  for (; *text >= '0' && *text <= '9'; ++text)
    number = number * 10u + (size_t)(*text - '0');
  return number;
}

static void print_number(size_t number) {
  char text[24];
  size_t at = sizeof(text) - 1u;
  text[at] = '\0';
  do {
    text[--at] = (char)('0' + (int)(number % 10u));
    number /= 10u;
  } while (number != 0u);
  host_print(text + at);
}

static char path[256];

/* Makes `<folder>/<kind><index>.bin`. */
static void make_path(const char *kind, size_t index) {
  const char *folder = find_argument("folder=");
  size_t at = 0;
  if (folder != 0) {
    while (*folder != '\0' && *folder != ' ' && at + 32u < sizeof(path))
      path[at++] = *folder++;
    path[at++] = '/';
  }
  while (*kind != '\0')
    path[at++] = *kind++;
  if (index >= 10u)
    path[at++] = (char)('0' + (int)(index / 10u % 10u));
  path[at++] = (char)('0' + (int)(index % 10u));
  for (const char *c = ".bin"; *c != '\0'; ++c)
    path[at++] = *c;
  path[at] = '\0';
}

static int fail(const char *reason) {
  host_print("error: ");
  host_print(path);
  host_print(reason);
  host_print("\n");
  return 1;
}

int main(void) {
  int in[INPUTS + 1], out[OUTPUTS + 1];
  host_arguments(arguments, sizeof(arguments));
  size_t steps = find_number("steps=", 0);
  const size_t sample = find_number("sample=", @SAMPLE_STEPS@);
  for (size_t i = 0; i < INPUTS; ++i) {
    make_path("input", i);
    in[i] = host_open(path, 0);
    if (in[i] < 0)
      return fail(": cannot be opened");
    const long size = host_size(in[i]);
    if (size < 0 || (size_t)size % inputs[i].bytes != 0u)
      return fail(": does not hold a whole number of steps");
    const size_t found = (size_t)size / inputs[i].bytes;
    if (i != 0u && found != steps)
      return fail(": has not as many steps as the input before it");
    steps = found;
  }
  for (size_t i = 0; i < OUTPUTS; ++i) {
    make_path("output", i);
    out[i] = host_open(path, 1);
    if (out[i] < 0)
      return fail(": cannot be written");
  }
  for (size_t t = 0; t < steps; ++t) {
    if (t == 0u || (sample != 0u && t % sample == 0u))
      @NAME@_init(&state);
    for (size_t i = 0; i < INPUTS; ++i)
      if (host_read(in[i], inputs[i].data, inputs[i].bytes) != 0)
        return make_path("input", i), fail(": cannot be read");
    step();
    for (size_t i = 0; i < OUTPUTS; ++i)
      if (host_write(out[i], outputs[i].data, outputs[i].bytes) != 0)
        return make_path("output", i), fail(": cannot be written");
  }
  for (size_t i = 0; i < INPUTS; ++i)
    (void)host_close(in[i]);
  for (size_t i = 0; i < OUTPUTS; ++i)
    if (host_close(out[i]) != 0)
      return make_path("output", i), fail(": cannot be written");
  host_print("@NAME@: steps: ");
  print_number(steps);
  host_print("\n");
  return 0;
}

#endif
