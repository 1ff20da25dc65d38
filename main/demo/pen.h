/* Who writes a part of the diary: chances and working days, from a stream of its own. */
#pragma once

#include "main/demo/demo.h"

enum { HOUR = 60 };

struct pen {
	struct demo *d;
	const struct calendar *calendar;
	struct rng rng;
	int paper;          /* news: who publishes */
	int unit, citizens; /* requests: where those who live there begin in d->citizens */
};

/* From `least` to `most`, both possible. */
static inline int draw(struct pen *p, int least, int most)
{
	return least + (int)rng_below(&p->rng, (uint64_t)most - (uint64_t)least + 1);
}

static inline bool chance(struct pen *p, int of_thousand)
{
	return draw(p, 1, 1000) <= of_thousand;
}

/* The day itself, or the next that is worked. */
static inline struct date working(struct pen *p, struct date day)
{
	return calendar_next_working(p->calendar, day);
}
