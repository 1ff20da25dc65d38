/* One request, as its handler sees it: who asks for what, and what is answered. Everything in it
 * belongs to the request and dies with it; a handler frees nothing.
 *
 * A GET runs on a worker, in a transaction that only reads. A POST runs in the writer: its form has
 * been read and checked, and what it answers is sent only after the commit is on disk. */
#pragma once

#include "office/form.h"
#include "office/member.h"
#include "office/session.h"
#include "web/body.h"
#include "web/frame.h"
#include "web/route.h"
#include "web/url.h"

struct house;

/* What came over the wire, before any of it is believed. Missing headers are "". */
struct ask {
	enum method method;
	bool head;
	struct str path, query; /* as sent, up to '#' */
	struct str host, cookie, origin, fetch_site, type, none_match;
	struct str peer; /* the address of the other end, as inet_ntop writes it */
	struct str forwarded_for, forwarded_proto;
	int64_t length; /* Content-Length, or -1 */
};

/* The next piece of a long reply is added to `out` (some 64 KB are a good size); `more` is set false
 * after the last. Each piece has a short transaction of its own, and r->tx.mem dies with it; what
 * `state` points to lives in r->mem. An error breaks the connection, so that nobody takes half a
 * file for a whole one. */
struct stream {
	enum err (*next)(struct req *r, void *state, struct buf *out, bool *more);
	void *state;
};

enum reply_kind { REPLY_PAGE, REPLY_BYTES, REPLY_FILE, REPLY_STREAM };
enum keep {
	KEEP_AUTO, /* a visitor's page is checked again each time, a member's never kept */
	KEEP_NEVER,
	KEEP_CHECK, /* asked for again each time, by members too, and never from our own cache */
	KEEP_HOUR,
	KEEP_FOREVER, /* what never changes at its address */
};
enum { REPLY_HEADERS_MAX = 12 };

struct reply {
	int status; /* 200 when the handler says nothing else */
	enum reply_kind kind;
	struct str type; /* of bytes, files and streams */
	struct str bytes;
	int fd; /* of a file; the server closes it */
	int64_t size;
	struct stream stream;
	enum keep keep;
	bool sandbox; /* somebody's file: may not act as a page of ours */
	struct pair headers[REPLY_HEADERS_MAX];
	size_t n;
};

struct req {
	struct tx tx; /* begun; tx.who is NULL for a visitor */
	struct arena *mem;
	const struct house *house;
	const struct ask *ask;
	const struct route *route;
	enum lang lang;
	enum format format;
	struct str path;    /* canonical, without /en and without the ending of a format */
	struct str address; /* canonical, whole: what a link to this page says */
	struct pairs params, query;
	struct str client; /* the address of who asks, by the word of trusted proxies */
	bool https;
	struct str session; /* the cookie of who signed in; "" for visitors */
	struct str receipt; /* the cookie of who told the secret of a receipt; "": none */
	struct str
		visitor; /* the cookie that ties a visitor's forms to a browser; "" when none yet */

	/* Of a POST. */
	struct pairs fields;
	struct uploads uploads;
	struct buf raw;                  /* the body, of a route that takes it as it comes */
	void *form;                      /* the struct of route->fields, read and checked */
	const struct field *form_fields; /* its table; set by form_read as well */
	bool gone;                       /* what is not found was public once: 410 */
	bool again;                      /* the page is being shown again, with what was typed */
	struct faults faults; /* what is wrong with it; the page is shown again with these */
	struct str token;     /* one-time: the idempotency key of the act */
	void *prepared;       /* what route->prepare left */

	struct page out;
	struct reply reply;
	int wait;               /* seconds: when asked too often */
	bool has_form;          /* the page holds a form: never kept, never shared */
	bool has_script;        /* the page names a script of ours */
	int64_t viewed;         /* the dossier whose page this is, to be counted (web/views.h) */
	struct str ref;         /* "R-7K3Q-92": of an error page */
	struct session sign_in; /* of who signed in */
	struct member member;
	bool away;         /* there was no database to ask who sends this */
	int refused;       /* the status of a request that reaches no handler, or 0 */
	const char *allow; /* with 405 */
	struct body *body;
	struct arena *pieces; /* of a stream */
	/* What several parts of one page ask for (web/root.h); NULL: not asked yet. */
	const struct unit *root;
	const struct calendar *calendar;
	/* What fields last offered, so that a table asks once and not in every row. */
	struct offered {
		const struct field *field;
		const void *subject;
		struct choices choices;
	} offered[4];
	size_t offers;
};

/* --- What was asked --- */
struct str req_param(const struct req *r, const char *name); /* of the path; "" when none */
/* A {name} of digits: ERR_NOT_FOUND when it is none, so that the page says 404. */
MUST_USE enum err req_id(struct req *r, const char *name, int64_t *out);
/* Cleaned text of the query; "" when missing. */
struct str req_query(const struct req *r, const char *name);
/* What is no number or out of bounds is `otherwise`: an address cut short still shows a page. */
int64_t req_query_int(const struct req *r, const char *name, int64_t least, int64_t most,
		      int64_t otherwise);
struct date req_query_date(const struct req *r, const char *name, struct date otherwise);

/* --- What is answered: each returns OK, for `return req_redirect(...)` --- */
enum err req_redirect(struct req *r, struct url to); /* 303 */
enum err req_bytes(struct req *r, struct str type, struct str bytes);
/* `name`: offered as a file of this name; "" to show it. The descriptor is the reply's from now on. */
enum err req_file(struct req *r, struct str type, struct str name, int fd, int64_t size);
enum err req_stream(struct req *r, struct str type, struct str name, struct stream stream);
void req_header(struct req *r, struct str name, struct str value);

/* One more thing wrong with the form, which is then shown again; returns ERR_INVALID. `field` "" is
 * the form as a whole. */
enum err req_fault(struct req *r, const char *field, enum msg text);

/* Takes a token for the address of who asks, and `key` besides; ERR_BUSY (429) when there is none.
 * Pages that did not work because of it say when to try again. */
MUST_USE enum err req_throttle(struct req *r, int rule, struct str key);
/* The same by the account that asks, so that whoever goes from network to network gains nothing: the seconds
 * to wait, or 0. */
int req_account_wait(struct req *r, int rule);

/* Makes sure that forms can be tied to this browser: a visitor without a cookie gets one. */
void req_tie(struct req *r);

/* Signs in (seconds 0: until the browser closes) and out, with the reply. */
void req_session_start(struct req *r, struct str value, int seconds);
void req_session_end(struct req *r);

/* The frame of a page: handlers add the crumbs they know. */
struct frame *req_frame(struct req *r, struct str title, enum door door);
/* The page counts signs while they are typed, where the browser runs scripts. */
void req_script(struct req *r, struct frame *f);
/* This site's address with its scheme and host, for feeds, receipts and codes to scan. */
struct url req_absolute(const struct req *r, struct url path);
#define req_url(r, ...) url_path((r)->mem, (r)->lang, __VA_ARGS__)
