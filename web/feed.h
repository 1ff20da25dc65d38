/* Atom feeds (RFC 4287), written entry by entry. */
#pragma once

#include "web/req.h"

struct feed_entry {
	struct str title;
	struct str id;     /* an address that never changes; "": the link */
	struct url link;   /* a path of this site */
	struct instant at; /* when it changed last */
	struct str summary, author;
};

/* The feed of the page that is asked for, without its ending; `title` of the whole. */
void feed_begin(struct req *r, struct buf *b, struct str title, struct instant newest);
void feed_put(struct req *r, struct buf *b, const struct feed_entry *entry);
enum err feed_end(struct req *r, struct buf *b);
