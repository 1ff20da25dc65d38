/* Hands letters to a mail server, held short: one protocol, a limit on every wait. The connection is kept for
 * the next letter. Without encryption only on this machine. */
#pragma once

#include "base/err.h"
#include "base/mail.h"
#include "office/notice_queue.h"

#include <stdatomic.h>

struct postman_setup {
	struct str url;      /* "smtp://host:port", "smtps://host:port" */
	struct str user;     /* "": without signing in */
	struct str password; /* a file */
	struct str ca;       /* a file of certificates to trust; "": the system's */
	struct str from;     /* an address */
};

struct postman;
/* ERR_INVALID: `why` says which of them is wrong; never the password. */
MUST_USE enum err postman_open(struct arena *a, const struct postman_setup *setup,
			       struct postman **out, struct str *why);
void postman_close(struct postman *p); /* accepts NULL */
/* Ends what is under way, within a second, once `stop` is true. */
void postman_stop_by(struct postman *p, const atomic_bool *stop);

/* `why` is for operators and says neither to whom nor what the server said about him. */
enum notice_outcome postman_send(struct postman *p, const struct mail *m, struct arena *a,
				 struct str *why);
