/* Who writes a part of the diary: chances and working days, from a stream of its own. */
#pragma once

#include "main/demo/demo.h"

#include <stdlib.h>

enum { HOUR = 60 };

struct pen {
	struct demo *d;
	const struct calendar *calendar;
	struct rng *rng;
	int paper;            /* news: who publishes */
	int unit, item;       /* disclosures: of whom, and which; requests: of whom */
	struct demo_unit *u;  /* disclosures: the same unit */
	struct date plan_day; /* disclosures: nothing is published before */
	int citizens; /* of a commune: where those who live there begin in d->citizens; -1: nobody */
};

/* Every commune in turn, with a stream of its own for what `word` names. */
void demo_each_commune(struct demo *d, const char *word, void (*write)(struct pen *p));
/* Where the citizens of a unit begin in d->citizens, DEMO_CITIZENS of them; -1: none live there. */
int demo_citizens_of(const struct demo *d, int unit);

/* From `least` to `most`, both possible. */
static inline int draw(struct pen *p, int least, int most)
{
	return least + (int)rng_below(p->rng, (uint64_t)most - (uint64_t)least + 1);
}

static inline bool chance(struct pen *p, int of_thousand)
{
	return draw(p, 1, 1000) <= of_thousand;
}

/* The day itself, or the next that is worked. */
static inline struct date working(const struct pen *p, struct date day)
{
	return calendar_next_working(p->calendar, day);
}

static inline struct date day_of(int month, int day)
{
	struct date d;
	if (!date_make(DEMO_YEAR, month, day, &d))
		abort(); /* a table that names a day that is none */
	return d;
}

/* How much of its work a unit neglects, of a thousand. */
static inline int sloth(const struct demo_unit *u)
{
	return 1000 - u->diligence;
}

/* An array with room for one more than n. */
static inline void *demo_room(struct demo *d, void *at, int n, int *cap, size_t size)
{
	if (n < *cap)
		return at;
	*cap = *cap ? *cap * 2 : 512;
	return arena_grow(d->mem, at, (size_t)n * size, (size_t)*cap * size);
}
