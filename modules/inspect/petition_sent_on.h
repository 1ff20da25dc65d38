/* What an office that sent a petition on still knows of it: when, where to and why it sent it, and the replies
 * it got for that (petition_elsewhere.c). Nothing of what became of it besides: that belongs to the office
 * that has it. Of a sealed matter only leaders of the office know, and not who was shut out of the case. */
#pragma once

#include "modules/inspect/petition_steps.h"

/* A hop of the office and the one it led to. */
struct petition_passing {
	const struct petition_hop *from, *to;
	int to_line; /* the number of the latter */
};
struct petition_passings {
	struct petition_passing *at;
	size_t n;
};
/* `by`: the appointment of tx->who at an office that sent it on; NULL: none, or none that may know. Who holds
 * several is answered for the office that had it first. */
MUST_USE enum err petition_sent_on(struct tx *tx, const struct dossier *d,
				   const struct appointment **by, struct petition_passings *out);

struct petition_reply_act {
	const struct act *act;
	size_t no; /* its place among the acts */
	struct petition_reply said;
};
struct petition_reply_acts {
	struct petition_reply_act *at;
	size_t n;
};
/* What was replied to this unit, the oldest first, as it may be read today. */
MUST_USE enum err petition_replies(struct tx *tx, const struct dossier *d, const struct acts *acts,
				   int64_t unit, struct petition_reply_acts *out);

/* Replies to offices of tx->who of the last days, those of one office after those of another, the latest first. */
enum { PETITION_NEWS_DAYS = 90, PETITION_NEWS_MOST = 30 };
struct petition_news {
	struct dossier *d;
	struct date on;
	int64_t from; /* the unit that replied */
};
struct petition_newses {
	struct petition_news *at;
	size_t n;
};
MUST_USE enum err petition_news(struct tx *tx, struct petition_newses *out);
