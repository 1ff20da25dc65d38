/* A few threads for work that takes long and holds nobody up: checking a password costs tens of
 * milliseconds and 19 MiB, so no more than a few run at once. */
#pragma once

#include "base/def.h"
#include "base/err.h"

struct pool;

struct pool *pool_new(int threads, int waiting); /* `waiting`: how many jobs may queue */
void pool_free(struct pool *p);                  /* finishes what was taken; accepts NULL */
/* ERR_BUSY when too many wait; then `run` is never called. */
MUST_USE enum err pool_run(struct pool *p, void (*run)(void *what), void *what);
