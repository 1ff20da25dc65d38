/* Requests for information of the demonstration: who asks which office for what, on paper or by an account,
 * and every way it can end. All of it comes from streams of its own; nobody in it exists. */
#pragma once

#include "main/demo/demo.h"

/* Something a commune can be asked. */
struct demo_question {
	const char *title, *body, *purpose;
	const char *answer; /* Markdown */
	const char *shown;  /* the question as the office writes it for everybody */
	bool complex;
};
extern const struct demo_question demo_asked[]; /* title NULL ends */

struct demo_request {
	int unit;    /* asked: an index of d->units */
	int citizen; /* who sends it; -1: entered at the counter */
	const struct demo_question *question;
	const char *way;                     /* "office", "post", "online" */
	const char *ground, *where, *detail; /* of a refusal */
	struct str name, address;
	bool part;
	int64_t dossier;
};

/* Pure: adds to the diary. */
void demo_write_requests(struct demo *d);
/* The step of an entry of DEED_REQUEST; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_request(struct demo *d, struct tx *tx, const struct demo_entry *entry);
