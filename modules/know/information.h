/* Request for information (yêu cầu cung cấp thông tin): somebody asks an office for what it holds, and
 * the office must answer by a day. Law 104/2016 on access to information, arts. 23-31.
 *
 *     received -> accepted -> answered -> answer made public
 *      |   ^  \        \----> refused, with a ground of art. 28
 *      v   |   \---> transferred: received by another office, on a clock of its own
 *     waits for more
 *
 * The clock follows how the request came and how hard it is to answer: at the office at once, or 10
 * working days (art. 29); online 3 (30.3) and by post 5 (31.1), or 15 (30.4, 31.2). It counts from
 * the day the request is complete; while the office waits for its author it stands still.
 *
 * Who asks is nobody's business, and stays so: the kind is private (its leaves in the public log say
 * a day and a commitment, LOG.md 5), no state of it is public, and what is made public of an answer
 * is a dossier of its own, information_answer.h, with another code, in the office's words. Had the
 * request itself become public, its code would have tied the publication to the instants of its
 * earlier acts, and with them to who stood at the counter then. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind information_kind;

enum information_state {
	INFORMATION_RECEIVED = 2,
	INFORMATION_WAITS = 4, /* for its author */
	INFORMATION_ACCEPTED = 8,
	INFORMATION_ANSWERED = 16,
	INFORMATION_REFUSED = 32,
	INFORMATION_WITHDRAWN = 64,
	INFORMATION_SHOWN = 128, /* answered, and the answer was made public */
	INFORMATION_OPEN = INFORMATION_RECEIVED | INFORMATION_WAITS | INFORMATION_ACCEPTED,
};

/* What the dossier says, and the form of every step that only adds to it. */
struct information {
	struct str title;      /* what is asked for, in a line */
	struct str body;       /* more exactly: names of documents, years */
	struct str wanted;     /* "read", "copy", "online", "post": how it is to be given */
	struct str way;        /* "office", "online", "post": how the request came */
	struct str complexity; /* "simple", "complex": the office says */
	struct date valid_on;  /* the day the request was complete: the clock counts from it */
	struct file_refs papers;
	struct str asked; /* what is missing, while it waits for its author */
	struct str place; /* of the notice of art. 27 */
	struct date ready_on;
	int64_t cost; /* đồng */
	struct date extended_to;
	struct date answered_on; /* or refused */
	struct str extent;       /* "full", "part" */
	struct str answer;       /* Markdown */
	struct str withheld;     /* of an answer in part: what is not given, and why */
	struct file_refs files;
	struct str ground, where, detail; /* of a refusal */
	/* Whose it is: stored in the acts' sealed content and nowhere else. */
	struct str name, address, identity, contact, purpose;
};

/* The rule of time_limits by which it must be answered. */
struct str information_rule(const struct information *x);
/* The duty to answer that is still open; NULL: none. */
const struct duty *information_clock(const struct dossier *d);

/* By how many days, and of which kind, a term may be extended: by the row's own words ("plus up to 10
 * working days with notice"). False: it may not. */
bool information_extension(const struct law *law, const struct duty *clock, int *days,
			   enum limit_kind *kind);
