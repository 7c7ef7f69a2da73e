/* Start-up of an Arm Cortex-M: vector table, floating point, caches, and the memory of C. */
#include "run.h"

#include <stdint.h>

/* Registers of the System Control Block. */
#define SCB_CCR (*(volatile uint32_t *)0xe000ed14u)
#define SCB_CLIDR (*(const volatile uint32_t *)0xe000ed78u)
#define SCB_CPACR (*(volatile uint32_t *)0xe000ed88u)
#define SCB_ICIALLU (*(volatile uint32_t *)0xe000ef50u)
#define CCR_STKOFHFNMIGN (1u << 10) /* no stack limit in the handler of a fault */
#define CCR_IC (1u << 17)           /* instruction cache */
#define CCR_BP (1u << 18)           /* branch prediction */
#define CCR_LOB (1u << 19)          /* loops without branches, Armv8.1-M */

static void barrier(void) { __asm__ volatile("dsb\n\tisb" ::: "memory"); }

static void enable_features(void) {
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
  SCB_CPACR |= 0xfu << 20; /* full access to coprocessors 10 and 11: floating point, vectors */
#endif
  /* Data caches are left to the application, which knows what else reads and writes memory. */
  if ((SCB_CLIDR & 1u) != 0) {
    barrier();
    SCB_ICIALLU = 0;
    barrier();
    SCB_CCR |= CCR_IC | CCR_BP;
  }
#if defined(__ARM_FEATURE_MVE)
  SCB_CCR |= CCR_BP | CCR_LOB;
#endif
#if __ARM_ARCH >= 8
  SCB_CCR |= CCR_STKOFHFNMIGN;
  __asm__ volatile("msr msplim, %0" : : "r"(stack_bottom)); /* below it, a push is a fault */
#endif
  barrier();
}

_Noreturn void reset_handler(void);
_Noreturn void reset_handler(void) {
  enable_features();
  run_program();
}

_Noreturn void handle_fault(void);
__attribute__((used)) _Noreturn void handle_fault(void) { give_up(); }

/* It does not return, and the stack may be what failed: it starts anew. */
__attribute__((naked)) static void fault_handler(void) {
  __asm__ volatile("ldr r0, =stack_top\n\tmov sp, r0\n\tldr r0, =handle_fault\n\tbx r0");
}

/* The exceptions of the core. A device's interrupts follow behind them. */
typedef union {
  void (*handler)(void);
  void *stack;
} vector_t;
__attribute__((section(".vectors"), used)) static const vector_t vectors[16] = {
    {.stack = stack_top},
    {.handler = reset_handler},
    {.handler = fault_handler} /* NMI */,
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.handler = 0},
    {.handler = 0},
    {.handler = 0},
    {.handler = fault_handler} /* SVCall */,
    {.handler = fault_handler},
    {.handler = 0},
    {.handler = fault_handler} /* PendSV */,
    {.handler = fault_handler} /* SysTick */};
