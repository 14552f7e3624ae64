/* Runs a model over inputs that lie in flash behind it, and prints the class it takes each for, through semihosting. */

#include "edgecnn.h"

extern const uint8_t model_begin[], model_end[], inputs_begin[], inputs_end[];

static uint8_t arena[64 * 1024] __attribute__((aligned(16)));

static void semihosting(int operation, const void *argument)
{
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

static void print_number(int value)
{
    char text[12], *digit = text + sizeof text - 1;
    *digit = 0;
    *--digit = '\n';
    do *--digit = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    semihosting(0x04, digit);
}

static int largest(const int8_t *scores, int count)
{
    int best = 0;
    for (int i = 1; i < count; i++)
        if (scores[i] > scores[best]) best = i;
    return best;
}

int main(void)
{
    int32_t error = edgecnn_verify(model_begin, model_end - model_begin, sizeof arena, 0);
    if (error != 0)
    {
        semihosting(0x04, "the model is refused: error ");
        print_number(error);
        return 1;
    }
    int32_t bytes = edgecnn_input_bytes(model_begin, 0), classes = edgecnn_output_bytes(model_begin, 0);
    for (const uint8_t *input = inputs_begin; input + bytes <= inputs_end; input += bytes)
    {
        int8_t *place = edgecnn_input(model_begin, arena, 0);
        for (int i = 0; i < bytes; i++) place[i] = (int8_t)input[i];
        edgecnn_run(model_begin, arena);
        print_number(largest(edgecnn_output(model_begin, arena, 0), classes));
    }
    return 0;
}
