/* The receipt of a matter that was sent: the paper that proves it, with the code, the secret, the day by
 * which the office has to act and how that day was counted; and the page where whoever has one on paper
 * comes back with it. Design mockup 04d. */
#pragma once

#include "web/form.h"
#include "web/parts.h"

struct dossier;

struct receipt_page {
	const struct frame *frame;
	struct str kind, office, code;
	struct str secret; /* "": it was shown before, and nobody knows it any more */
	const struct banner *banner;
	struct kvs facts;
	struct {
		struct day_count *at;
		size_t n;
	} counts;
	struct html qr;
	struct str sms; /* short enough for one message, without diacritics */
	struct url follow, print;
	struct table *notices;    /* NULL: none */
	const struct form *close; /* NULL: not read by receipt */
};

/* Once the dossier stands: makes the secret and leads to the receipt, which shows it to its sender for ten
 * minutes in this browser. A form that is sent twice gives him the same receipt twice, whose first answer
 * may have been lost, unless another secret stands by now. Whoever enters it for somebody sees the secret
 * once, to hand it over on paper. */
MUST_USE enum err receipt_give(struct req *r, const struct dossier *d);
/* After a step that makes a new secret: seen once, the one before is dead. A form that is `again` the one
 * already taken makes none. */
MUST_USE enum err receipt_renew(struct req *r, const struct dossier *d, bool again);

extern const struct route receipt_routes[];
