/* The style sheet is sent as it is kept, without its comments. */
#include "web/statics.h"

#include "base/embed.h"
#include "crypto/hash.h"
#include "store/writer.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/metrics.h"
#include "web/req.h"

#include <pthread.h>
#include <string.h>

/* Made once, then only read. */
static struct {
	pthread_once_t once;
	struct str text;
	char address[32];
} style = { .once = PTHREAD_ONCE_INIT };

static void make_style(void)
{
	static char text[64 * 1024];
	const struct embedded *file = embedded_find("web/dinh.css");
	size_t n = 0;
	struct hash h;
	for (size_t i = 0; file && i < file->len && n < sizeof text; i++) {
		if (memcmp(file->at + i, "/*", 2) == 0) {
			const char *end = strstr((const char *)file->at + i, "*/");
			i = end ? (size_t)(end - (const char *)file->at) + 1 : file->len;
			continue;
		}
		if (file->at[i] == '\n' && n && text[n - 1] == '\n')
			continue;
		text[n++] = (char)file->at[i];
	}
	sha256(text, n, &h);
	style.text = (struct str){ text, n };
	memcpy(style.address, "/dinh-", 6);
	for (int i = 0; i < 4; i++) {
		style.address[6 + 2 * i] = "0123456789abcdef"[h.b[i] >> 4];
		style.address[7 + 2 * i] = "0123456789abcdef"[h.b[i] & 15];
	}
	memcpy(style.address + 14, ".css", 5);
}

struct url statics_style(void)
{
	pthread_once(&style.once, make_style);
	return (struct url){ str_of(style.address) };
}

static enum err show_style(struct req *r)
{
	r->reply.keep = str_eq(r->path, S("/dinh.css")) ? KEEP_HOUR : KEEP_FOREVER;
	return req_bytes(r, S("text/css; charset=utf-8"), style.text);
}

static enum err show_icon(struct req *r)
{
	static const char svg[] =
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\"><rect "
		"width=\"40\" "
		"height=\"40\" rx=\"5\" fill=\"#5f1a0f\"/><path d=\"M1 18Q3 22 9 22h22q6 0 8-4M9 "
		"22Q13 "
		"17 14 11h12q1 6 5 11M12 11q8-2.5 16 0M11 22v10m6-10v10m6-10v10m6-10v10M6 32h28\" "
		"fill=\"none\" stroke=\"#d9b564\" stroke-width=\"2\" "
		"stroke-linecap=\"round\"/></svg>";
	r->reply.keep = KEEP_HOUR;
	return req_bytes(r, S("image/svg+xml"), str_of(svg));
}

static enum err show_robots(struct req *r)
{
	r->reply.keep = KEEP_HOUR;
	return req_bytes(
		r, S("text/plain; charset=utf-8"),
		S("User-agent: *\nDisallow: /tim\nDisallow: /en/tim\nDisallow: /dang-nhap\n"
		  "Disallow: /viec\n"));
}

static enum err show_health(struct req *r)
{
	struct query q = db_query(&r->tx, "SELECT 1");
	enum err e = db_one(&q);
	if (e)
		return e;
	db_end(&q);
	r->reply.keep = KEEP_NEVER;
	return req_bytes(r, S("text/plain; charset=utf-8"), S("ok\n"));
}

static enum err show_metrics(struct req *r)
{
	struct buf b = { .a = r->mem };
	metrics_write(r->house->metrics, &b);
	if (r->house->writer) {
		struct writer_stats w = writer_stats(r->house->writer);
		metrics_line(&b, "dinh_writer_jobs", "counter", w.jobs);
		metrics_line(&b, "dinh_writer_commits", "counter", w.commits);
		metrics_line(&b, "dinh_writer_refused", "counter", w.refused);
		metrics_line(&b, "dinh_writer_waiting", "gauge", w.waiting);
	}
	r->reply.keep = KEEP_NEVER;
	return req_bytes(r, S("text/plain; version=0.0.4; charset=utf-8"), buf_str(&b));
}

static const struct route routes[] = {
	{ GET, style.address, show_style, ANYONE, NULL },
	{ GET, "/dinh.css", show_style, ANYONE, NULL },
	{ GET, "/favicon.svg", show_icon, ANYONE, NULL, .uncached = true },
	{ GET, "/favicon.ico", show_icon, ANYONE, NULL, .uncached = true },
	{ GET, "/robots.txt", show_robots, ANYONE, NULL, .uncached = true },
	{ GET, "/healthz", show_health, ANYONE, NULL, .uncached = true },
	{ GET, "/metrics", show_metrics, ANYONE, NULL, .loopback = true, .uncached = true },
	{ 0 },
};

void statics_add(struct router *r)
{
	pthread_once(&style.once, make_style);
	router_add(r, routes);
}
