/* What has been said of a dossier, as pages show it: a section of the dossier's own page, its list, and
 * the pages of those who review. */
#pragma once

#include "office/comment_list.h"
#include "web/form.h"
#include "web/parts.h"

struct comment_row {
	struct str id;    /* of the element: the code */
	struct url url;   /* of its own page */
	struct str name;  /* whom it shows as having said it */
	struct str when;  /* with the day, and how it reached the office */
	struct str text;  /* "" of a stub */
	struct str about; /* of lists over many dossiers: the title of its parent; else "" */
	struct url about_url;
	struct tag tag;     /* without text: none */
	struct url history; /* of a stub that stands for one: its own page */
	struct str stub;    /* instead of the text: that it is hidden, since when and why */
	struct str answerer, answered, answer; /* "" while there is none */
	struct str note;   /* for who reviews: why it was held; for its author: what follows */
	struct links ways; /* what this reader may do with it */
};
struct comment_rows {
	struct comment_row *at;
	size_t n;
};

/* The section of a dossier's page. */
struct comment_part {
	struct str title;             /* "Ý kiến (2)" */
	struct comment_rows own;      /* the reader's that wait for review */
	struct comment_rows answered; /* the official answers, first */
	struct comment_rows rows;
	bool more;                             /* the list has others */
	struct url all, sign_in, rules, enter; /* "": not offered */
	const struct form *form;               /* NULL: not offered */
	bool closed, holds_all;
};

/* Rows as parts; consecutive stubs of one ground are one. `over` many
 * dossiers: each says about which, and none is only a stub. */
MUST_USE enum err comment_rows_fill(struct req *r, const struct said_rows *said, bool over,
				    struct comment_rows *out);
/* The section whole; and without its rows, for a page that brings them. */
MUST_USE enum err comment_part_fill(struct req *r, const struct dossier *d, struct comment_part *p);
MUST_USE enum err comment_part_frame(struct req *r, const struct dossier *d,
				     struct comment_part *p);

/* "Giữ lại vì: ...": why a rule held it; "" for none. */
struct str comment_why_words(struct req *r, const struct strs *held);
/* "Ý kiến về “…”": of a comment whose parent may be shown, else that it is hidden. */
MUST_USE enum err comment_heading(struct req *r, const struct dossier *d, struct str *out);
/* The same by the id of its parent, for rows of lists. */
MUST_USE enum err comment_about(struct req *r, int64_t parent, struct str *out);
/* Of the page of a comment itself: that it is hidden, why, and what its author can do. */
MUST_USE enum err comment_banner(struct req *r, const struct dossier *d, struct banner *out);

/* What the template of the dossier's page calls. */
struct dossier_page;
void dossier_comments(struct page *out, const struct dossier_page *p);

/* Fields of the form that people fill in. */
struct comment_web {
	struct str text;
	bool question;
	struct str name;
};
extern const struct field comment_web_fields[];
MUST_USE enum err comment_form_show(struct req *r, const struct dossier *d, struct form **out);
