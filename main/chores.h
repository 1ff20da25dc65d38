/* What the writer does besides the steps that people take: indexes and signatures for the log, the
 * calendar's walk of a new day, sweeping up. */
#pragma once

#include "main/home.h"
#include "office/daily.h"
#include "store/writer.h"

struct touches;
struct views;
struct witnesses;

struct chores {
	struct home *home; /* its database is the writer's */
	struct log *log;
	struct witnesses *witnesses; /* who is told of each signature; NULL for nobody */
	/* After something was published that pages said was not; NULL. */
	void (*published)(void *context);
	void *context;
	struct arena *mem;
	struct daily walk;
	struct date walked; /* the day whose walk has begun */
	struct chore at[5];
	size_t n;
};

/* `s` stays where it is until the writer has stopped. */
void chores_init(struct chores *s, struct home *home, struct log *log, struct touches *touches,
		 struct views *views);
void chores_free(struct chores *s); /* accepts one that is all zero */
