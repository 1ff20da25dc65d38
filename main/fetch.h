/* Asking other servers, held short: two protocols, no redirects, a limit on every answer and on every
 * wait. One fetcher for one thread at a time; it keeps its connection. */
#pragma once

#include "base/err.h"
#include "base/str.h"

#include <stdatomic.h>

struct fetcher;

MUST_USE enum err fetcher_open(struct arena *a, struct fetcher **out, struct str *why);
void fetcher_close(struct fetcher *f); /* accepts NULL */
/* Ends what is under way, within a second, once `stop` is true. */
void fetcher_stop_by(struct fetcher *f, const atomic_bool *stop);

struct fetch {
	struct str url;
	struct str post; /* at == NULL: a GET */
	size_t max;      /* bytes of the answer */
	long ms;         /* for all of it; 0: a minute */
};
struct fetched {
	long status;
	struct str type, body; /* in the arena */
	struct str elsewhere;  /* where a redirect leads; "" */
};
/* OK with whatever was answered. ERR_IO when nobody did in time, ERR_CORRUPT when it was more than
 * `max`; `why` says so. */
MUST_USE enum err fetch(struct fetcher *f, const struct fetch *what, struct arena *a,
			struct fetched *out, struct str *why);
/* What an answer other than 200 means, as a sentence. */
struct str fetch_refusal(struct arena *a, struct str url, const struct fetched *got);
