/* The style sheet and the script are sent as they are kept, without their comments, each at an address
 * of its own content. */
#include "web/statics.h"

#include "base/embed.h"
#include "crypto/hash.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/metrics_page.h"
#include "web/req.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* Made once, then only read. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct fixed {
	struct str text;
	char address[32];
} style, script;

/* `text` has room for the whole file. */
static void make(struct fixed *f, const char *name, char *text, size_t room, const char *stem,
		 const char *ending)
{
	const struct embedded *file = embedded_find(name);
	size_t n = 0;
	struct hash h;
	for (size_t i = 0; file && i < file->len && n < room; i++) {
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
	f->text = (struct str){ text, n };
	snprintf(f->address, sizeof f->address, "/%s-%02x%02x%02x%02x%s", stem, h.b[0], h.b[1],
		 h.b[2], h.b[3], ending);
}

static void make_all(void)
{
	static char style_text[64 * 1024], script_text[4 * 1024];
	make(&style, "web/dinh.css", style_text, sizeof style_text, "dinh", ".css");
	make(&script, "web/count.js", script_text, sizeof script_text, "dem", ".js");
}

struct url statics_style(void)
{
	pthread_once(&once, make_all);
	return (struct url){ str_of(style.address) };
}

struct url statics_script(void)
{
	pthread_once(&once, make_all);
	return (struct url){ str_of(script.address) };
}

struct str statics_style_text(void)
{
	pthread_once(&once, make_all);
	return style.text;
}

static enum err show_style(struct req *r)
{
	r->reply.keep = str_eq(r->path, S("/dinh.css")) ? KEEP_HOUR : KEEP_FOREVER;
	return req_bytes(r, S("text/css; charset=utf-8"), style.text);
}

static enum err show_script(struct req *r)
{
	r->reply.keep = KEEP_FOREVER;
	return req_bytes(r, S("text/javascript; charset=utf-8"), script.text);
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

static const struct route routes[] = {
	{ GET, style.address, show_style, ANYONE, NULL, .away = true },
	{ GET, "/dinh.css", show_style, ANYONE, NULL, .away = true },
	{ GET, script.address, show_script, ANYONE, NULL, .away = true },
	{ GET, "/favicon.svg", show_icon, ANYONE, NULL, .uncached = true, .away = true },
	{ GET, "/favicon.ico", show_icon, ANYONE, NULL, .uncached = true, .away = true },
	{ GET, "/robots.txt", show_robots, ANYONE, NULL, .uncached = true, .away = true },
	{ GET, "/healthz", show_health, ANYONE, NULL, .uncached = true, .newest = true },
	{ GET, "/metrics", metrics_show, ANYONE, NULL, .loopback = true, .uncached = true,
	  .away = true, .newest = true },
	{ 0 },
};

void statics_add(struct router *r)
{
	pthread_once(&once, make_all);
	router_add(r, routes);
}
