/* Is a database there? After it was not, one request a second tries it and the others are answered at once,
 * so that threads do not all wait for what does not answer. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct reach {
	_Atomic int64_t again_ms; /* on the monotonic clock: when to try; 0: it is there */
};

/* From any thread. */
bool reach_may_try(struct reach *r);
void reach_set(struct reach *r, bool there);
bool reach_is_there(const struct reach *r);
