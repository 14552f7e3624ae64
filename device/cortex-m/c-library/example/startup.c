/* What a program of bare C begins with: the vector table, and main with its result as the exit code (semihosting). */

#include <stdint.h>

extern uint32_t stack_top[], bss_begin[], bss_end[];

int main(void);
void reset(void);

void reset(void)
{
    for (volatile uint32_t *word = bss_begin; word < bss_end; word++) *word = 0;
    uint32_t block[2] = {0x20026, (uint32_t)main()};
    register int r0 __asm__("r0") = 0x20;
    register const void *r1 __asm__("r1") = block;
    for (;;) __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

static void fault(void)
{
    for (;;) {}
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {stack_top, reset, fault, fault, fault, fault, fault};
