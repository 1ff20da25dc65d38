/* Memory that dies whole: a request, a job and a test each own one arena. */
#pragma once

#include "base/def.h"

#include <stdbool.h>

struct arena;

/* A new arena. Allocation in it never fails and never returns NULL (when the machine has no memory
 * the process ends). `budget` in bytes, 0 for none: going over it only raises a flag. */
struct arena *arena_new(size_t budget);
void arena_free(struct arena *a);  /* runs what was deferred, last first; accepts NULL */
void arena_clear(struct arena *a); /* as free and new, keeping the first block */

/* Zeroed memory aligned for any type; size 0 gives a valid pointer. */
void *arena_get(struct arena *a, size_t size);
/* As arena_get for n * size bytes; an overflow ends the process. */
void *arena_get_n(struct arena *a, size_t n, size_t size);
/* Memory of at least `size` beginning with the old bytes; grows in place when it was the last. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size);

/* True once more than the budget has been asked for: stop growing and answer with an error. */
bool arena_over(const struct arena *a);
size_t arena_used(const struct arena *a);
/* Lowers or raises the budget from here on. */
void arena_budget(struct arena *a, size_t budget);

/* Calls `run(what)` when the arena is cleared or freed; last registered runs first. */
void arena_defer(struct arena *a, void (*run)(void *), void *what);

#define NEW(arena, type) ((type *)arena_get((arena), sizeof(type)))
#define NEW_N(arena, type, n) ((type *)arena_get_n((arena), (size_t)(n), sizeof(type)))
