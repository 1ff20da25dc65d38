/* libcurl, held short: two protocols, no redirects (an address that redirects is told to the user, who
 * gives the right one), a limit on every answer and on every wait. */
#include "main/remote.h"

#include "main/options.h"

#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CONNECT_SECONDS = 10, ANSWER_SECONDS = 60, SLOW_SECONDS = 20 };

struct remote {
	CURL *curl;
	struct str prefix; /* without a slash at the end */
	char reason[CURL_ERROR_SIZE];
	/* of the answer under way */
	struct buf body;
	size_t max;
	bool too_much;
};

static size_t take(char *bytes, size_t size, size_t n, void *of)
{
	struct remote *r = of;
	if (n * size > r->max - r->body.len) {
		r->too_much = true;
		return 0;
	}
	buf_put_bytes(&r->body, bytes, n * size);
	return n * size;
}

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
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (!(r->curl = curl_easy_init())) {
		*why = S("libcurl does not start");
		return ERR_IO;
	}
	curl_easy_setopt(r->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(r->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(r->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(r->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(r->curl, CURLOPT_TIMEOUT, (long)ANSWER_SECONDS);
	curl_easy_setopt(r->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(r->curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
	curl_easy_setopt(r->curl, CURLOPT_USERAGENT, "dinh/" DINH_VERSION);
	curl_easy_setopt(r->curl, CURLOPT_ERRORBUFFER, r->reason);
	curl_easy_setopt(r->curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(r->curl, CURLOPT_WRITEDATA, r);
	*out = r;
	return OK;
}

void remote_close(struct remote *r)
{
	if (!r)
		return;
	curl_easy_cleanup(r->curl);
	curl_global_cleanup();
}

static enum err answer_of(struct remote *r, CURLcode code, struct str url, struct arena *a,
			  struct str *why)
{
	long status = 0;
	char *elsewhere = NULL;
	if (r->too_much) {
		*why = str_printf(a, "%.*s: more than %zu bytes", STR_ARG(url), r->max);
		return ERR_CORRUPT;
	}
	if (code) {
		*why = str_printf(a, "%.*s: %s", STR_ARG(url),
				  r->reason[0] ? r->reason : curl_easy_strerror(code));
		return ERR_IO;
	}
	curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status == 200)
		return OK;
	curl_easy_getinfo(r->curl, CURLINFO_REDIRECT_URL, &elsewhere);
	*why = elsewhere && status / 100 == 3
		       ? str_printf(a, "%.*s: leads to %.200s; give the right address",
				    STR_ARG(url), elsewhere)
		       : str_printf(a, "%.*s: HTTP status %ld", STR_ARG(url), status);
	return status == 404 ? ERR_NOT_FOUND : ERR_IO;
}

static enum err fetch(void *self, struct str path, size_t max, struct arena *a, struct str *out,
		      struct str *why)
{
	struct remote *r = self;
	struct str url = str_printf(a, "%.*s/%.*s", STR_ARG(r->prefix), STR_ARG(path));
	r->body = (struct buf){ .a = a };
	r->max = max;
	r->too_much = false;
	r->reason[0] = '\0';
	curl_easy_setopt(r->curl, CURLOPT_URL, url.at);
	enum err e = answer_of(r, curl_easy_perform(r->curl), url, a, why);
	if (!e)
		*out = buf_str(&r->body);
	return e;
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
	return (struct log_source){ .fetch = fetch, .progress = progress, .self = r };
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
