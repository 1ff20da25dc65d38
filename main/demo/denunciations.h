/* Denunciations of the demonstration: a few, under their seal, and every way on which the law sends them. Their codes are
 * those of petitions, and none of their words stands anywhere else. From streams of its own; nobody in it exists. */
#pragma once

#include "main/demo/demo.h"

/* Somebody reports a breach. */
struct demo_breach {
	const char *office, *title, *body; /* office: what the accused is */
	const char *decision, *answer;     /* what is found */
	const char *measures;              /* what is done about it */
	const char *published;             /* of what is found, without anybody's name */
	const char *sphere;                /* what the office says it is about */
};
extern const struct demo_breach demo_breaches[]; /* office NULL ends */

struct demo_denunciation {
	int unit;
	const struct demo_breach *what;
	struct str accused, name, address; /* name "": a letter without one */
	bool counter; /* entered by a clerk; else sent by whoever has no account */
	int64_t dossier;
};

/* Pure: adds to the diary. */
void demo_write_denunciations(struct demo *d);
/* The step of an entry of DEED_DENUNCIATION; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_denunciation(struct demo *d, struct tx *tx,
					 const struct demo_entry *entry);
