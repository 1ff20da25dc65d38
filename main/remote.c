/* What others serve of their log is fetched and believed for nothing. */
#include "main/remote.h"

#include "main/fetch.h"
#include "main/options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct remote {
	struct fetcher *fetcher;
	struct str prefix; /* without a slash at the end */
};

/* The same address however it is typed: with or without /log and slashes at the end. */
static struct str prefix_of(struct arena *a, struct str url)
{
	while (str_ends(url, S("/")))
		url.len--;
	return str_ends(url, S("/log")) ? str_dup(a, url) : str_printf(a, "%.*s/log", STR_ARG(url));
}

enum err remote_open(struct arena *a, struct str url, struct remote **out, struct str *why)
{
	if (!str_starts(url, S("https://")) && !str_starts(url, S("http://"))) {
		*why = str_printf(a, "%.*s: give the whole address, beginning with https://",
				  STR_ARG(url));
		return ERR_INVALID;
	}
	struct remote *r = NEW(a, struct remote);
	r->prefix = prefix_of(a, url);
	*out = r;
	return fetcher_open(a, &r->fetcher, why);
}

void remote_close(struct remote *r)
{
	if (r)
		fetcher_close(r->fetcher);
}

static enum err fetch_file(void *self, struct str path, size_t max, struct arena *a,
			   struct str *out, struct str *why)
{
	struct remote *r = self;
	struct str url = str_printf(a, "%.*s/%.*s", STR_ARG(r->prefix), STR_ARG(path));
	struct fetched got;
	enum err e = fetch(r->fetcher, &(struct fetch){ .url = url, .max = max }, a, &got, why);
	if (e)
		return e;
	if (got.status != 200) {
		*why = fetch_refusal(a, url, &got);
		return got.status == 404 ? ERR_NOT_FOUND : ERR_IO;
	}
	*out = got.body;
	return OK;
}

static void progress(void *self, uint64_t done, uint64_t size)
{
	char line[64];
	(void)self;
	int n = snprintf(line, sizeof line, "%" PRIu64 " / %" PRIu64, done, size);
	cli_progress((struct str){ line, n > 0 ? (size_t)n : 0 });
}

struct log_source remote_source(struct remote *r)
{
	return (struct log_source){ .fetch = fetch_file, .progress = progress, .self = r };
}

/* --- What is remembered --- */

static enum err folder_make(struct arena *a, struct str path, struct str *why)
{
	char *z = str_z(a, path);
	for (char *at = z + 1;; at++) {
		if (*at != '/' && *at)
			continue;
		char was = *at;
		*at = '\0';
		if (mkdir(z, 0700) && errno != EEXIST) {
			*why = str_printf(a, "%s: %s; name a file with --state", z,
					  strerror(errno));
			return ERR_IO;
		}
		if (!(*at = was))
			return OK;
	}
}

enum err remote_state_path(struct arena *a, struct str url, struct str given, struct str *out,
			   struct str *why)
{
	const char *base = getenv("XDG_STATE_HOME"), *user = getenv("HOME");
	struct str prefix = prefix_of(a, url), folder;
	struct hash name;
	if (given.len) {
		*out = str_of(str_z(a, given));
		return OK;
	}
	if (base && *base == '/')
		folder = str_printf(a, "%s/dinh", base);
	else if (user && *user == '/')
		folder = str_printf(a, "%s/.local/state/dinh", user);
	else {
		*why = S("no place to remember what was seen: name a file with --state");
		return ERR_INVALID;
	}
	enum err e = folder_make(a, folder, why);
	sha256(prefix.at, prefix.len, &name);
	*out = str_printf(a, "%.*s/%.16s.log", STR_ARG(folder), hash_hex(a, &name).at);
	return e;
}
