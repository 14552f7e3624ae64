/* EdgeCnn for Cortex-M: runs and teaches models of integers. No heap, no C library, no floating point, no static memory.

   A model is a .ecnn file in flash or RAM, at a multiple of 16. An arena is RAM at a multiple of 16 that the model computes in; functions
   with a model and an arena may be called for several of them in turn. Nothing but edgecnn_verify and edgecnn_delta_verify checks its
   arguments: they come first, once, and the others cannot fail afterwards. */

#ifndef EDGECNN_H
#define EDGECNN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Checks every rule of the file format. 0, or the number of a ModelError (runtime/Model/ModelError.cs), and in *where, unless it is null, the
   byte at fault. bytes are readable at model; arena_bytes is what the caller will give as the arena. */
int32_t edgecnn_verify(const void *model, int32_t bytes, int32_t arena_bytes, int32_t *where);

/* Bytes of arena that running the model takes. */
int32_t edgecnn_arena_bytes(const void *model);

/* Bytes of arena that learning takes besides; 0 when the model has no plan to learn. */
int32_t edgecnn_learning_bytes(const void *model);

int32_t edgecnn_input_count(const void *model);
int32_t edgecnn_output_count(const void *model);

/* Where an input goes, and an output is found: int8 or int16 numbers, row by row with channels innermost. */
void *edgecnn_input(const void *model, void *arena, int32_t index);
const void *edgecnn_output(const void *model, const void *arena, int32_t index);
int32_t edgecnn_input_bytes(const void *model, int32_t index);
int32_t edgecnn_output_bytes(const void *model, int32_t index);

/* Runs the model: inputs are in the arena, and may be gone afterwards; outputs are there afterwards. */
void edgecnn_run(const void *model, void *arena);

/* Learning, for models with a plan ('edgecnn plan-learning') and an arena of edgecnn_arena_bytes + edgecnn_learning_bytes.
   edgecnn_learn_reset comes first, and again to forget everything. edgecnn_learn learns the sample in the arena, of class label, and
   returns the class that the model took it for. edgecnn_run_learned runs the model with what it has learned; edgecnn_learn_hash is the
   same number on every machine that has learned the same samples. */
void edgecnn_learn_reset(const void *model, void *arena);
int32_t edgecnn_learn(const void *model, void *arena, int32_t label);
void edgecnn_run_learned(const void *model, void *arena);
uint64_t edgecnn_learn_hash(const void *model, const void *arena);

/* What was learned, as a small file at a multiple of 4. edgecnn_delta_write returns its bytes; when they are more than room, there is no
   file, and so much is needed. A delta from anywhere is verified (0, or the number of a DeltaError), then applied after
   edgecnn_learn_reset. */
int32_t edgecnn_delta_write(const void *model, const void *arena, void *delta, int32_t room);
int32_t edgecnn_delta_verify(const void *model, const void *delta, int32_t bytes, int32_t *where);
void edgecnn_delta_apply(const void *model, void *arena, const void *delta);

#ifdef __cplusplus
}
#endif

#endif
