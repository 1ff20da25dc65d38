/* A draft (office/draft.h) in a browser: who may go on with it, how its code and secret are shown, how one
 * comes back to it, how it is thrown away. */
#pragma once

#include "office/draft.h"
#include "web/form.h"
#include "web/parts.h"

/* Stands on every page of a draft. */
struct draft_strip {
	struct str code;
	struct str secret; /* "": shown before, or not needed: the draft is in an account */
	struct str kept;   /* how long it is kept */
	struct url back;   /* where the two codes are typed */
};

/* Begins a draft of `d`'s kind and unit. The form that begins it, sent again, finds the same one. */
MUST_USE enum err draft_give(struct req *r, struct draft *d, const struct field *fields,
			     const void *says);
/* The draft of the {code} of the address, if this browser or this account may go on with it.
 * ERR_NOT_FOUND otherwise, and when its days are over. */
MUST_USE enum err draft_asked(struct req *r, struct draft *out);
/* Erases it and makes the browser forget it. */
MUST_USE enum err draft_close(struct req *r, const struct draft *d);
struct draft_strip *draft_strip(struct req *r, const struct draft *d);
struct url draft_url(struct req *r, const struct draft *d, struct str part); /* part "": itself */
/* The drafts of the account, as items of a list. */
MUST_USE enum err draft_items(struct req *r, struct items *out);

struct draft_page {
	struct frame *frame;
	struct str title;
	const struct draft_strip *strip;
	struct url on; /* to go on writing */
	const struct form *form;
};

/* GET and POST /nhap: both codes. */
enum err draft_ask_show(struct req *r);
enum err draft_ask_post(struct req *r);
extern const struct field draft_ask_fields[];
/* GET and POST /nhap/{code}/dung: stopping here; the draft is kept, or thrown away at once. */
enum err draft_stop_show(struct req *r);
enum err draft_stop_post(struct req *r);
