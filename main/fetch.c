#include "main/fetch.h"

#include "base/buf.h"

#include <curl/curl.h>

enum { CONNECT_SECONDS = 10, ANSWER_MS = 60000, SLOW_SECONDS = 20 };

struct fetcher {
	CURL *curl;
	const atomic_bool *stop;
	char reason[CURL_ERROR_SIZE];
	/* of the answer under way */
	struct buf body;
	size_t max;
	bool too_much;
};

static size_t take(char *bytes, size_t size, size_t n, void *of)
{
	struct fetcher *f = of;
	if (n * size > f->max - f->body.len) {
		f->too_much = true;
		return 0;
	}
	buf_put_bytes(&f->body, bytes, n * size);
	return n * size;
}

static int is_over(void *of, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct fetcher *f = of;
	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return f->stop && atomic_load(f->stop);
}

enum err fetcher_open(struct arena *a, struct fetcher **out, struct str *why)
{
	struct fetcher *f = NEW(a, struct fetcher);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (!(f->curl = curl_easy_init())) {
		curl_global_cleanup();
		*why = S("libcurl does not start");
		return ERR_IO;
	}
	curl_easy_setopt(f->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(f->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(f->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(f->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(f->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(f->curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
	curl_easy_setopt(f->curl, CURLOPT_USERAGENT, "dinh/" DINH_VERSION);
	curl_easy_setopt(f->curl, CURLOPT_ERRORBUFFER, f->reason);
	curl_easy_setopt(f->curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(f->curl, CURLOPT_WRITEDATA, f);
	curl_easy_setopt(f->curl, CURLOPT_XFERINFOFUNCTION, is_over);
	curl_easy_setopt(f->curl, CURLOPT_XFERINFODATA, f);
	curl_easy_setopt(f->curl, CURLOPT_NOPROGRESS, 0L);
	*out = f;
	return OK;
}

void fetcher_close(struct fetcher *f)
{
	if (!f)
		return;
	curl_easy_cleanup(f->curl);
	curl_global_cleanup();
}

void fetcher_stop_by(struct fetcher *f, const atomic_bool *stop)
{
	f->stop = stop;
}

static void ask(struct fetcher *f, const struct fetch *what)
{
	curl_easy_setopt(f->curl, CURLOPT_TIMEOUT_MS, what->ms ? what->ms : (long)ANSWER_MS);
	if (what->post.at) {
		curl_easy_setopt(f->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)what->post.len);
		curl_easy_setopt(f->curl, CURLOPT_POSTFIELDS, what->post.at);
	} else {
		curl_easy_setopt(f->curl, CURLOPT_HTTPGET, 1L);
	}
}

enum err fetch(struct fetcher *f, const struct fetch *what, struct arena *a, struct fetched *out,
	       struct str *why)
{
	/* A form is what curl would call it, and Expect costs a round trip. */
	char plain[] = "Content-Type: text/plain; charset=utf-8", unasked[] = "Expect:";
	struct curl_slist type_line = { .data = plain },
			  headers = { .data = unasked, .next = &type_line };
	char *type = NULL, *elsewhere = NULL;
	f->body = (struct buf){ .a = a };
	f->max = what->max;
	f->too_much = false;
	f->reason[0] = '\0';
	curl_easy_setopt(f->curl, CURLOPT_URL, str_z(a, what->url));
	curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, what->post.at ? &headers : NULL);
	ask(f, what);
	CURLcode code = curl_easy_perform(f->curl);
	curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, NULL);
	if (f->too_much) {
		*why = str_printf(a, "%.*s: more than %zu bytes", STR_ARG(what->url), f->max);
		return ERR_CORRUPT;
	}
	if (code) {
		*why = str_printf(a, "%.*s: %s", STR_ARG(what->url),
				  f->reason[0] ? f->reason : curl_easy_strerror(code));
		return ERR_IO;
	}
	*out = (struct fetched){ .body = buf_str(&f->body) };
	curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &out->status);
	curl_easy_getinfo(f->curl, CURLINFO_CONTENT_TYPE, &type);
	curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &elsewhere);
	out->type = str_dup(a, str_of(type));
	out->elsewhere = str_dup(a, str_of(elsewhere));
	return OK;
}

struct str fetch_refusal(struct arena *a, struct str url, const struct fetched *got)
{
	if (got->elsewhere.len && got->status / 100 == 3)
		return str_printf(a, "%.*s: leads to %.*s; give the right address", STR_ARG(url),
				  STR_ARG(str_cut(got->elsewhere, 200)));
	return str_printf(a, "%.*s: HTTP status %ld", STR_ARG(url), got->status);
}
