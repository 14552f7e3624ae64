/* Runs the self-test of each model file that the command line names, and prints a hash per operator. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int edgecnn_verify(uint8_t *model, int length);
int edgecnn_arena_bytes(uint8_t *model);
int edgecnn_operators(uint8_t *model);
int edgecnn_self_test(uint8_t *model, uint8_t *arena, uint8_t *report);

static int run(const char *path)
{
    static uint8_t report[1024 * 24];
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) { fprintf(stderr, "%s: cannot be read\n", path); return 1; }
    long length = ftell(file);
    uint8_t *model = aligned_alloc(64, (length + 63) / 64 * 64);
    rewind(file);
    if (!model || fread(model, 1, length, file) != (size_t)length) { fprintf(stderr, "%s: cannot be read\n", path); return 1; }
    fclose(file);
    int error = edgecnn_verify(model, (int)length);
    if (error) { printf("%s: refused with error %d\n", path, error); free(model); return 1; }
    uint8_t *arena = aligned_alloc(64, (edgecnn_arena_bytes(model) + 63) / 64 * 64);
    int result = edgecnn_self_test(model, arena, report);
    for (int i = 0; i < edgecnn_operators(model); i++)
        printf("%s: operator %d hash %016llx\n", path, i, *(unsigned long long *)(report + 24 * i));
    if (result != -1) printf("%s: operator %d differs\n", path, result);
    free(arena);
    free(model);
    return result != -1;
}

int main(int count, char **paths)
{
    int failures = 0;
    for (int i = 1; i < count; i++) failures += run(paths[i]);
    return failures > 0;
}
