/* Open petitions at the same office that may be of the same matter: by the words of the summary, the place,
 * the sender. For who works there, to be read and merged; a hint and nothing more. */
#pragma once

#include "modules/inspect/petition.h"

enum { PETITION_ALIKE_MOST = 5, PETITION_ALIKE_SEEN = 300 };

struct petition_like {
	int64_t id;
	struct str code;
	struct date opened_on;
	unsigned state;
	bool words, place, sender; /* what is alike */
	int score;
};
struct petition_likes {
	struct petition_like *at;
	size_t n;
};
/* The most alike first. The caller has made sure that the reader works at the office. */
MUST_USE enum err petition_alike(struct tx *tx, const struct dossier *d,
				 struct petition_likes *out);
/* May others be merged with one in that state? */
bool petition_may_lead(unsigned state);
/* Of the form that enters one: it is none of those that are alike, or the same as one that leads. `subject`: a
 * dossier that says already what the form says. */
enum err petition_same_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out);
