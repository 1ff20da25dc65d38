/* Addresses in links: the only maker of struct url, so that what stands in an href is a path of this
 * site or an http(s) address, never a script. */
#pragma once

#include "base/msg.h"
#include "web/html.h"
#include "web/query.h"

/* A path of this site made of a literal with one %s for each of the segments, each of which is
 * escaped: url_path(a, lang, "/ho-so/%s", code). English pages begin with /en. */
struct url url_path_n(struct arena *a, enum lang lang, const char *literal,
		      const struct str *segments, size_t n);
#define url_path(a, lang, ...) url_path_((a), (lang), __VA_ARGS__, S(""))
#define url_path_(a, lang, literal, ...)                                   \
	url_path_n((a), (lang), "" literal, (struct str[]){ __VA_ARGS__ }, \
		   LENGTH(((struct str[]){ __VA_ARGS__ })))

/* The same address with ?name=value added (or &name=value); an empty value adds nothing. */
struct url url_with(struct arena *a, struct url base, struct str name, struct str value);
struct url url_with_int(struct arena *a, struct url base, struct str name, int64_t value);
/* #id within the page, or at the end of an address. */
struct url url_at(struct arena *a, struct url base, struct str id);
struct url url_none(void); /* "": this page */

/* "/cong-khai?nam=2020" with one pair taken out or put in: what a chip or a filter links to. `path`
 * is canonical and stays as it is. */
struct url url_query(struct arena *a, struct str path, const struct pairs *query, struct str name,
		     struct str value);

/* An address typed by somebody: http or https, a host of letters, digits, dots and dashes, at most
 * 2,000 bytes. */
MUST_USE bool url_external(struct arena *a, struct str text, struct url *out);
/* A path of ours at a site's address, as url_external accepts one: "https://ninhvan.example". */
struct url url_on(struct arena *a, struct url site, struct url path);
/* A path that came with a request (where to go after signing in): one that begins with exactly one
 * '/' and is canonical; anything else is "/". */
struct url url_local(struct arena *a, struct str text);
struct url url_tel(struct arena *a, struct str number); /* digits and a leading + are kept */
