/* What only documents and assignments show: whether a document is in force, the chain it stands in with
 * what is missing, and the list behind each figure. */
#pragma once

#include "web/parts.h"
#include "web/req.h"

struct dossier;
struct list_row;

struct chain_figure {
	struct str text;
	struct url url; /* the list it was counted from; "": nothing to list */
	enum tone tone;
};
struct chain_figures {
	struct chain_figure *at;
	size_t n;
};
struct chain_node {
	struct link document;
	struct str meta;
	struct chain_figures figures;
};
struct chain_nodes {
	struct chain_node *at;
	size_t n;
};
struct chain_part {
	struct chain_nodes above;     /* the highest first */
	struct chain_figures figures; /* what this one asks */
	struct chain_nodes below;
	struct str more;    /* "và 12 văn bản nữa"; "" when all are shown */
	struct str vacancy; /* which of those asked have nobody to take it; "": none */
};

struct force_part { /* under the title */
	const struct banner *banner;
	struct link by; /* without text: none */
};
enum err document_head(struct req *r, const struct dossier *d);
enum err document_chain(struct req *r, const struct dossier *d);
enum err document_item(struct req *r, const struct list_row *row, struct item *out);
/* Of an assignment: the document, and what to do next. */
enum err assignment_head(struct req *r, const struct dossier *d);

struct tasks_page {
	struct frame *frame;
	struct link back;
	struct links tabs;
	struct table table;
	struct pager pager;
};
/* GET /ho-so/{code}/giao-viec?xem=...&cap=... */
enum err tasks_show(struct req *r);
