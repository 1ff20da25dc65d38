#include "web/reach.h"

#include <time.h>

enum { PAUSE_MS = 1000 };

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool reach_may_try(struct reach *r)
{
	int64_t again = atomic_load(&r->again_ms), now;
	if (!again)
		return true;
	now = now_ms();
	return now >= again && atomic_compare_exchange_strong(&r->again_ms, &again, now + PAUSE_MS);
}

void reach_set(struct reach *r, bool there)
{
	if (there && reach_is_there(r))
		return;
	atomic_store(&r->again_ms, there ? 0 : now_ms() + PAUSE_MS);
}

bool reach_is_there(const struct reach *r)
{
	return atomic_load(&r->again_ms) == 0;
}
