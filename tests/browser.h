/* A browser without a network: it goes the same way as the server, from what was asked to what is
 * answered, keeps cookies, and takes the token of a form from the page it saw last. A POST is
 * committed before it is answered. */
#pragma once

#include "tests/test_db.h"
#include "web/house.h"

/* One site, for as long as the test runs. */
struct browser_site {
	struct house house; /* routes, name and office may be set before the first request */
	struct router *router;
	const char *dir;
	struct db *read, *write;
	struct rng rng;
	struct instant now;
};

struct cookie {
	struct str name, value;
};
struct browser {
	struct browser_site *site;
	struct cookie cookies[8];
	size_t n;
	struct str token;   /* of the last page that held a form */
	struct str address; /* who asks; "" is 203.0.113.5 */
};

struct answer {
	int status;
	struct str location; /* of a redirect; "" otherwise */
	struct str body;
};

/* A site on a data directory as test_site or test_tx_dir gives it; the tables of routes end with
 * NULL. Limits on how often somebody may ask are off (`limits` false) or as they are. */
struct browser_site *browser_site(const char *dir, const char *now, bool limits,
				  const struct route *const *tables);
struct browser browser_open(struct browser_site *site);
struct answer browser_get(struct browser *b, const char *path);
/* Fields as "name=value&..." percent-encoded; the token is added. */
struct answer browser_post(struct browser *b, const char *path, const char *fields);
/* The same as multipart/form-data, with one file. */
struct answer browser_upload(struct browser *b, const char *path, const char *fields,
			     const char *file_field, struct str file);
struct str browser_cookie(const struct browser *b, const char *name); /* "": none */
void browser_forget(struct browser *b, const char *name);
bool answer_has(struct answer a, const char *text);
