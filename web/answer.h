/* From what was asked to what is answered, step by step and without any HTTP library, so that tests
 * go the same way as the server. Every function leaves r->reply ready when it says so; nothing that
 * fails goes without an answer. */
#pragma once

#include "web/metrics.h"
#include "web/req.h"

enum answer_next {
	ANSWER_READY,   /* r->reply is to be sent */
	ANSWER_BODY,    /* more of the body is wanted */
	ANSWER_PREPARE, /* answer_prepare is to run, on a thread that may take its time */
	ANSWER_WRITE,   /* answer_write is to run, in the writer */
};

/* Reads the address; `ask` and `rng` must outlive the request. Never NULL. */
struct req *answer_new(struct arena *mem, const struct house *house, const struct ask *ask,
		       struct rng *rng);

/* A GET from beginning to end. `db` reads, and is used only during the call. */
void answer_get(struct req *r, struct db *db);

/* A POST: after its headers (BODY or READY), with each piece of its body (BODY or READY), and when
 * all has come (PREPARE, WRITE or READY). Nothing is kept of the files of whoever may not send it. */
enum answer_next answer_post(struct req *r, struct db *db);
enum answer_next answer_body(struct req *r, struct str bytes);
enum answer_next answer_form(struct req *r, struct db *db);
enum answer_next answer_prepare(struct req *r, struct db *db); /* WRITE or READY */
/* In the writer's transaction, whose mem, now, rng and office are r->tx's. */
MUST_USE enum err answer_write(struct req *r, struct tx *tx);
/* After the commit; `e` is what became of it. */
void answer_written(struct req *r, enum err e, struct db *db);

/* Replaces whatever was prepared by a page that says what happened, and logs the story once. */
void answer_error(struct req *r, enum err e);
void answer_status(struct req *r, int status);

/* What it was asked for, once it is answered: for web/metrics.h. */
enum request_class answer_class(const struct req *r);

/* Every header of the reply, the security headers among them; at most ANSWER_HEADERS. */
enum { ANSWER_HEADERS = 16 + REPLY_HEADERS_MAX };
size_t answer_headers(struct req *r, struct pair out[ANSWER_HEADERS]);
/* May the page be kept for other visitors? */
bool answer_is_shared(const struct req *r);
