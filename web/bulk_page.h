/* One step on many dossiers of a unit, each by an act of its own: chosen and written once, seen in full for
 * each with what stands in its way, confirmed once. What is chosen is kept as a draft meanwhile
 * (office/draft.h), so that nothing is lost between the pages. For steps that templates fill
 * (office/reply.h). */
#pragma once

#include "office/work.h"
#include "web/form.h"
#include "web/parts.h"
#include "web/req.h"

enum { BULK_MOST = 100 };

struct bulk_page {
	struct frame *frame;
	struct link back;
	struct str title;
	struct links templates;  /* each begins the form with its text */
	const struct form *form; /* NULL: there is nothing to choose from */
};

/* Who is told the same besides, each by a letter of his own. */
struct told_row {
	struct str code, about;
	struct url url;
	struct html text; /* how it reads, of one that is open to this reader; else empty */
};
struct told {
	struct {
		struct told_row *at;
		size_t n;
	} rows;
	struct str title; /* how many */
};

struct bulk_item {
	struct str code, id, about;
	struct url url;
	struct html text;
	struct told told;
	struct str fault; /* "": it can be done */
	bool keep;
};
struct bulk_preview {
	struct frame *frame;
	struct link back;
	struct str title, lede;
	struct kvs says; /* the rest of the form: the same for all */
	struct {
		struct bulk_item *at;
		size_t n;
	} items;
	const struct form *form;
};

/* GET and POST /don-vi/{code}/lam-nhieu/{kind}/{step} */
enum err bulk_show(struct req *r);
enum err bulk_keep(struct req *r);
enum err bulk_sender(struct req *r);
enum err bulk_post(struct req *r);
/* GET and POST /lam-nhieu/{code} */
enum err bulk_preview_show(struct req *r);
enum err bulk_preview_post(struct req *r);

/* Who hears of a step with the author of `d`; `form` as it was written, NULL while nothing is. */
MUST_USE enum err told_fill(struct req *r, const struct dossier *d, const struct step *s,
			    void *form, struct told *out);

/* What a list of work offers to do with many of the kind it is narrowed to, or of each kind in it, and its
 * templates. */
void bulk_ways(struct req *r, const struct unit *u, const struct work_filter *f,
	       const struct work_rows *rows, struct links *out);
/* The templates of a unit for a step, each leading to `here` with it; none, when the step takes none. */
MUST_USE enum err reply_links(struct req *r, int64_t unit, const struct kind *k,
			      const struct step *s, struct url here, struct links *out);
