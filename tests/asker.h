/* Asks a site what a browser would ask, on the way of web/answer.h and without a socket: every
 * question of the server is put, in its order, and the answer can be taken back. */
#pragma once

#include "tests/walk.h"
#include "web/answer.h"
#include "web/house.h"

struct asker {
	const struct walk_site *s;
	struct house house;
	struct metrics metrics;
	struct db *read, *write;
	struct log *log;
	struct rng rng;
	struct instant now;
};

/* On a copy of the site at `dir`, at that time. Ends with asker_close. */
void asker_open(struct asker *a, const struct walk_site *s, const char *dir, struct instant now);
void asker_close(struct asker *a);

/* Signs a person in without a password: the cookie of the session. */
struct str asker_sign_in(struct asker *a, struct arena *mem, int64_t person);

struct question {
	enum method method;
	struct str path;    /* with its query */
	struct str session; /* "": a visitor */
	/* Of a POST: what is sent besides the token. */
	struct str body;
	struct str token; /* of the form; TOKEN_OWN: a fresh one of this browser */
	struct str origin, fetch_site;
	bool keep; /* commit; else everything is taken back after the answer is known */
};
#define TOKEN_OWN S("own")
#define TOKEN_NONE S("")

struct reply_seen {
	int status;
	struct str location; /* "" when it leads nowhere */
	struct str body;     /* a whole stream as well */
	bool reached;        /* its handler ran, in the transaction of the writer */
	bool wrote;          /* ... which it would have committed, with changes */
};
struct reply_seen asker_ask(struct asker *a, struct arena *mem, const struct question *q);
/* The same in memory of its own, as the server's requests have; what was seen is the test's. */
struct reply_seen asker_see(struct asker *a, const struct question *q);

/* A fresh one-time token for this browser. */
struct str asker_token(struct asker *a, struct arena *mem, struct str session);
/* The form of a step, as it is sent: with evidence, if it has any. */
struct str asker_form(struct asker *a, struct arena *mem, struct str session,
		      const struct walk_act *act);
