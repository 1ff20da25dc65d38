/* Which function answers an address. Modules bring tables; the router turns them into a tree of
 * segments once, at the start, and then only reads it. */
#pragma once

#include "base/err.h"
#include "base/field.h"
#include "web/query.h"

struct req;

enum method { GET, POST, METHOD_OTHER };

/* Who may ask: ANYONE, MEMBER (whoever is signed in), or roles (bits of enum role): one of them, at
 * any unit; whether it is the right unit the handler's own question decides. */
enum { ANYONE = 0, MEMBER = 1 << 30 };

/* Forms of a GET beyond HTML: /cong-khai.csv is /cong-khai with r->format set. */
enum format {
	FORMAT_HTML = 0,
	FORMAT_CSV = 1,
	FORMAT_JSON = 2,
	FORMAT_ATOM = 4,
	FORMAT_ICS = 8, /* a calendar */
};

/* What somebody who has signed in may have to do before he is more than a visitor. */
enum unsettled {
	UNSETTLED_PASSWORD = 1, /* change a password that somebody else set */
	UNSETTLED_FACTOR = 2,   /* set up the authenticator that the site asks of him */
	UNSETTLED = UNSETTLED_PASSWORD | UNSETTLED_FACTOR,
};

struct route {
	enum method method;
	const char *path; /* "/ho-so/{code}": literal segments and {names}; see also route_add */
	enum err (*run)(struct req *r);
	unsigned who;
	/* A POST with `fields` has its form read and checked before it runs: r->form. When something is
	 * wrong, `show` (or the GET of the same path) shows the page again, with r->faults. */
	const struct field *fields;
	enum err (*show)(struct req *r);
	/* What a POST needs before the writer and without holding it up, on a thread of a small pool:
	 * a password check. No transaction that writes; it may leave something in r->prepared. */
	enum err (*prepare)(struct req *r);
	unsigned formats; /* of a GET: bits of enum format */
	int throttle; /* 1 + enum throttle_rule taken before anything else; 0: a POST's own rule */
	/* A POST without `fields` that reads its own form: files may come with it. When some did, `keep`
	 * runs where `prepare` does, and before it, to keep those of the form (form_keep). */
	bool uploads;
	/* Asked before anything of a body with files is read, where `who` does not settle who may send. */
	enum err (*sender)(struct req *r);
	enum err (*keep)(struct req *r);
	bool quiet;         /* a POST that changes nothing visitors see: signing in */
	unsigned unsettled; /* bits of enum unsettled: also for who has still to do that first */
	bool loopback;      /* only for clients on this machine */
	bool uncached;      /* a GET whose page is made anew each time */
	bool away;          /* answers without a database too: then tx.db is NULL */
	bool newest;        /* what it reads belongs to what is published: never from a replica */
	bool secret;        /* whoever knows the address may read: no log says it */
	int raw; /* a POST of programs: its body as it comes, at most so many bytes, in r->raw;
		  * without a form, a token or anybody signed in */
};

struct router;

struct router *router_new(struct arena *a);
/* Adds a table ended by { 0 }. Two routes of one method and path, a malformed path, or two names for
 * one place are our own mistakes: the process ends with a message. A path ending in "/{rest*}" takes
 * everything below it, slashes included. */
void router_add(struct router *r, const struct route *table);

struct match {
	const struct route *route; /* NULL: none for this method */
	const char *allow; /* when the path is known: "GET, HEAD", "GET, HEAD, POST", "POST" */
	enum format format;
	struct pairs params; /* decoded, in the order of the path */
};

/* `path` is canonical (web/query.h), without /en. false: no such path. */
MUST_USE bool router_find(const struct router *r, struct arena *a, enum method method,
			  struct str path, struct match *out);

/* Every route, in the order added: a test asks each as each role. NULL at the end. */
const struct route *router_at(const struct router *r, size_t i);
