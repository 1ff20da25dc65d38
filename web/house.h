/* What every request of a running site shares. main/ fills it before the server starts; afterwards
 * it is only read, except for what guards itself (cache, metrics, throttle). */
#pragma once

#include "office/member.h"
#include "store/db.h"
#include "web/metrics.h"
#include "web/route.h"
#include "web/throttle.h"

struct cache;
struct log;
struct log_key;
struct req;
struct touches;
struct upload;
struct views;
struct writer;

struct house {
	struct str name[LANGS]; /* "Xã Ninh Vân, huyện Hoa Lư" */
	struct str base;     /* "https://ninhvan.example": addresses in feeds and on receipts; "":
				  * by the Host header, which only a site without a name should trust */
	struct strs proxies; /* addresses whose X-Forwarded-* headers are believed */
	bool demo;
	struct str db;      /* for db_open */
	struct str replica; /* the same, for visitors who only read; "": none */
	const char *dir;    /* the data directory: uploads wait in its folder "tam" */
	uint8_t secret[32]; /* of the tokens in forms; the same after a restart */
	const struct office *office;
	const struct router *router;
	struct writer *writer;
	struct log *log; /* the public log; NULL only in tests without one */
	/* Only programs ask here: nobody signs in, and what is refused is a line of text. */
	bool programs;
	const struct log_key *witness; /* its key, in the house of a witness */
	struct cache *cache;           /* NULL: pages are made anew each time */
	struct throttle *throttle;
	struct metrics *metrics;
	struct touches *touches; /* NULL: sessions end by their life alone */
	struct views *views;     /* NULL: nobody counts */

	/* The site's clock; a demo's runs on its own. NULL: the system's. */
	struct instant (*now)(void *clock);
	void *clock;
	/* Keeps an upload under its hash, looks inside, and says what it is; may take a second, so only
	 * form_keep calls it. ERR_INVALID with `why` in
	 * the reader's language when such a file is not taken. NULL: files are refused. */
	enum err (*upload_keep)(struct req *r, const struct upload *u, struct file_ref *out,
				struct str *why);
};

struct instant house_now(const struct house *h);
