/* How often something was how large: counts in doubling steps, added to without waiting. */
#pragma once

#include "base/def.h"

#include <stdatomic.h>

enum { HISTOGRAM_STEPS = 16 };

struct histogram {
	/* Values up to `unit` << i; the last: all others. */
	_Atomic uint64_t steps[HISTOGRAM_STEPS];
	_Atomic uint64_t sum;
};

static inline void histogram_add(struct histogram *h, int64_t unit, int64_t value)
{
	int i = 0;
	if (value < 0)
		value = 0;
	while (i < HISTOGRAM_STEPS - 1 && value > unit << i)
		i++;
	atomic_fetch_add_explicit(&h->steps[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&h->sum, (uint64_t)value, memory_order_relaxed);
}
