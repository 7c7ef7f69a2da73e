/* Counts executed instructions of a network's code under QEMU.
 *
 *   qemu-... -plugin lle-count.so,out=FILE,begin=ADDRESS,end=ADDRESS,code=LOW-HIGH[,code=...][,helper=LOW-HIGH...]
 *
 * Only what runs between the first instruction of the function at `begin` and that at `end` counts. `code` are ranges
 * of addresses (the high one excluded) of the network; `helper` those of functions that it calls, for instance for
 * floats: they count where they were called from. FILE receives text:
 *
 *   steps N                         how often `begin` was reached
 *   block COUNT HELPERS ADDRESS...  a run of instructions without a branch in it: how often it was executed, how many
 *                                   instructions of helpers it called in all, and where its instructions are
 *
 * QEMU translates a program block by block, and executes a block from its first to its last instruction; so what is
 * counted are blocks. The numbers depend on nothing but the program and its input.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The part of QEMU's interface for plug-ins, version 1 (docs/devel/tcg-plugins.rst of QEMU), that is used here: the
   header belongs to QEMU's sources, and no package has it. */
typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };
typedef void (*tb_callback_t)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void (*exec_callback_t)(unsigned cpu, void *data);
typedef void (*exit_callback_t)(qemu_plugin_id_t id, void *data);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, tb_callback_t callback);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, exec_callback_t callback,
                                          enum qemu_plugin_cb_flags flags, void *data);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, exit_callback_t callback, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *instruction);

#define EXPORT __attribute__((visibility("default")))
EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int count, char **arguments);

typedef struct {
  uint64_t low, high;
} range_t;

enum { MAX_RANGES = 4096 };
typedef struct {
  range_t ranges[MAX_RANGES];
  size_t count;
} ranges_t;

typedef enum { OTHER, BEGIN, END, CODE, HELPER } kind_t;

/* A translated block. The same addresses may be translated more than once, for instance after QEMU has run out of room
   for translations. */
typedef struct block_t {
  struct block_t *next;
  kind_t kind;
  uint64_t executions, helpers;
  size_t size;
  uint64_t addresses[];
} block_t;

static uint64_t begin, end, steps;
static ranges_t code, helpers;
static const char *path;
static block_t *blocks;
static bool isActive;
static block_t *caller; /* The block of the network that was executed last; null where control has left it. */

static bool contains(const ranges_t *ranges, uint64_t address) {
  for (size_t i = 0; i < ranges->count; ++i)
    if (ranges->ranges[i].low <= address && address < ranges->ranges[i].high)
      return true;
  return false;
}

static kind_t classify(uint64_t address) {
  if (address == begin)
    return BEGIN;
  if (address == end)
    return END;
  return contains(&code, address) ? CODE : contains(&helpers, address) ? HELPER : OTHER;
}

static void execute(unsigned cpu, void *data) {
  (void)cpu;
  block_t *block = data;
  switch (block->kind) {
  case BEGIN:
    isActive = true;
    caller = NULL;
    ++steps;
    break;
  case END:
    isActive = false;
    break;
  case CODE:
    if (isActive) {
      ++block->executions;
      caller = block;
    }
    break;
  case HELPER:
    if (isActive && caller)
      caller->helpers += block->size;
    break;
  case OTHER:
    caller = NULL;
    break;
  }
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  (void)id;
  size_t size = qemu_plugin_tb_n_insns(tb);
  block_t *block = calloc(1, sizeof(block_t) + size * sizeof(uint64_t));
  if (!block || size == 0)
    abort(); /* a count that lacks something is worse than none */
  block->size = size;
  for (size_t i = 0; i < size; ++i)
    block->addresses[i] = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, i));
  block->kind = classify(block->addresses[0]);
  block->next = blocks;
  blocks = block;
  qemu_plugin_register_vcpu_tb_exec_cb(tb, execute, QEMU_PLUGIN_CB_NO_REGS, block);
}

static void finish(qemu_plugin_id_t id, void *data) {
  (void)id;
  (void)data;
  FILE *file = fopen(path, "w");
  if (!file) {
    perror(path);
    return;
  }
  fprintf(file, "steps %" PRIu64 "\n", steps);
  for (const block_t *block = blocks; block; block = block->next) {
    if (block->executions == 0)
      continue;
    fprintf(file, "block %" PRIu64 " %" PRIu64, block->executions, block->helpers);
    for (size_t i = 0; i < block->size; ++i)
      fprintf(file, " %" PRIx64, block->addresses[i]);
    fputc('\n', file);
  }
  if (fclose(file) != 0)
    perror(path);
}

static bool parse_range(const char *text, ranges_t *ranges) {
  char *rest;
  if (ranges->count == MAX_RANGES)
    return false;
  range_t *range = &ranges->ranges[ranges->count++];
  range->low = strtoull(text, &rest, 0);
  if (*rest != '-')
    return false;
  range->high = strtoull(rest + 1, &rest, 0);
  return *rest == '\0' && range->low < range->high;
}

static bool parse_address(const char *text, uint64_t *address) {
  char *rest;
  *address = strtoull(text, &rest, 0);
  return rest != text && *rest == '\0';
}

static bool parse(const char *argument) {
  const char *value = strchr(argument, '=');
  if (!value++)
    return false;
  size_t key = (size_t)(value - argument);
  if (strncmp(argument, "code=", key) == 0)
    return parse_range(value, &code);
  if (strncmp(argument, "helper=", key) == 0)
    return parse_range(value, &helpers);
  if (strncmp(argument, "begin=", key) == 0)
    return parse_address(value, &begin);
  if (strncmp(argument, "end=", key) == 0)
    return parse_address(value, &end);
  if (strncmp(argument, "out=", key) == 0)
    return (path = strdup(value)) != NULL;
  return false;
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int count, char **arguments) {
  (void)info;
  for (int i = 0; i < count; ++i)
    if (!parse(arguments[i])) {
      fprintf(stderr, "lle-count: bad argument '%s'\n", arguments[i]);
      return 1;
    }
  if (!path || !begin || !end || code.count == 0) {
    fprintf(stderr, "lle-count: out=, begin=, end= and code= are needed\n");
    return 1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  qemu_plugin_register_atexit_cb(id, finish, NULL);
  return 0;
}
