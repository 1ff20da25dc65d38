/* Who is too slow is cut off: a connection has until a moment to finish what it is sending. Sending
 * one byte now and then, as attackers do, moves nothing. */
#pragma once

#include "web/metrics.h"

struct watch;
struct watched;

struct watch *watch_new(struct metrics *m);
void watch_free(struct watch *w); /* every connection has been removed before; accepts NULL */

/* Milliseconds of this clock, which never jumps. */
int64_t watch_now(void);

/* `fd` must be open until watch_remove returns. */
struct watched *watch_add(struct watch *w, int fd, int64_t until);
void watch_remove(struct watch *w, struct watched *c);
void watch_until(struct watched *c, int64_t until); /* 0: for as long as it takes */
