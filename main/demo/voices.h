/* What people say and ask about what the units of the demonstration publish, and what comes of it. All
 * of it comes from a stream of its own; nobody in it exists. */
#pragma once

#include "main/demo/demo.h"

/* A remark, or a question with its answer; %s is a village. `ground`: it will be hidden for that. */
struct demo_saying {
	const char *text, *answer, *ground;
};
extern const struct demo_saying demo_questions[], demo_remarks[],
	demo_nuisances[];                  /* text NULL ends */
extern const char *const demo_pen_names[]; /* ended by NULL; "" is the one that nobody chose */

struct demo_voice {
	int item, news; /* what it is about: one of the two, the other -1 */
	int citizen;
	const struct demo_saying *saying;
	struct str name, text, answer;
	int64_t dossier; /* 0 until it is sent */
};

/* In the transaction of demo_settle, after its units: citizens with accounts that nobody can open. */
MUST_USE enum err demo_settle_voices(struct demo *d, struct tx *tx);
/* Pure: adds to the diary, after everything that is published stands in it. */
void demo_write_voices(struct demo *d);
/* The step of an entry of DEED_VOICE; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_voice(struct demo *d, struct tx *tx, const struct demo_entry *entry);
