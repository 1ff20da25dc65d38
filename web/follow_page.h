/* What a member follows and what is new of it, as a page and as a private feed; the feeds of a unit and
 * of a dossier, which need no account. */
#pragma once

#include "web/follow_part.h"
#include "web/form.h"
#include "web/parts.h"

struct unit;

struct news_day {
	struct date day;
	struct items items;
};
struct follow_row {
	struct str title, about;
	struct url url; /* "": it is not public any more */
	struct follow_part part;
};
struct follow_page {
	const struct frame *frame;
	struct str title;
	const struct banner *banner;
	struct {
		struct news_day *at;
		size_t n;
	} days;
	struct {
		struct follow_row *at;
		size_t n;
	} rows;
	struct pager pager;
	struct str feed; /* the private address, whole */
	const struct form *renew;
};

struct news_item;
/* What happened, in one line. */
struct str news_title(struct req *r, const struct news_item *n);
/* GET /don-vi/{code}.atom: what has been published at and under a unit, of every kind. */
enum err unit_feed(struct req *r, const struct unit *u);
/* GET /ho-so/{code}.atom: what was done with it and said of it. */
enum err dossier_feed(struct req *r, const struct dossier *d);

extern const struct route follow_routes[];
