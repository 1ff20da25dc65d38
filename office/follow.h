/* What somebody follows with an account: units, matters of a kind at a unit, dossiers; and what is new
 * of it. Nobody else is told what somebody follows. Without an account the feeds of the same things do. */
#pragma once

#include "office/list.h"

enum { FOLLOWS_MOST = 500 };

/* Exactly one sort of thing: a unit (kind NULL), a matter (unit, kind and facet), or a dossier. */
struct follow {
	int64_t unit;
	const struct kind *kind;
	struct str facet;
	int64_t dossier;
	/* As lists show it; of a dossier that is not public any more "". */
	struct str code, title;
};
struct follows {
	struct follow *at;
	size_t n;
};

/* By a person for himself (ERR_DENIED without). Twice is once. ERR_INVALID: FOLLOWS_MOST already. What
 * is followed must be public; the caller has found it through the gate. */
MUST_USE enum err follow_add(struct tx *tx, const struct follow *f);
MUST_USE enum err follow_drop(struct tx *tx, const struct follow *f);
MUST_USE enum err follow_has(struct tx *tx, const struct follow *f, bool *out);
/* The latest first; all of them. */
MUST_USE enum err follow_list(struct tx *tx, int64_t person, struct follows *out);

/* Something that happened: a dossier that became public, a comment shown, an act on a dossier. */
struct news_item {
	struct date day; /* of an act the day it was recorded, else the day it became public */
	bool act;
	int64_t id; /* of the act, or of the dossier */
	struct str code, title;
	const struct kind *kind;
	int64_t unit;
	/* Of an act. */
	const struct step *step;
	struct instant at;
	int no;
	/* Of a comment: at what. */
	struct str about_code, about_title;
};
struct news {
	struct news_item *at;
	size_t n;
	bool more;
};
/* The last item of the page before; NO_DATE: the first page. */
struct news_after {
	struct date day;
	bool act;
	int64_t id;
};

/* What is new of everything a person follows, newest first, each thing once; only what a visitor may
 * read. `limit` 1..100. */
MUST_USE enum err news_list(struct tx *tx, int64_t person, const struct news_after *after,
			    int limit, struct news *out);

/* The number that stands in the address of the person's private feed; 0 when no such person has an
 * account. Renewing makes the address before open nothing. */
MUST_USE enum err follow_feed(struct tx *tx, int64_t person, int64_t *generation);
MUST_USE enum err follow_feed_renew(struct tx *tx);
