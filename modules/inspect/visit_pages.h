/* What only visits show: where a booking stands in words, the book of a day, the papers to print and sign,
 * and the receipt of a petition that was made of a visit. */
#pragma once

#include "web/form.h"
#include "web/parts.h"
#include "web/req.h"

struct dossier;

struct visit_part {
	const struct banner *banner; /* NULL: none */
	struct links petitions;
	struct links papers;
	struct {
		struct receipt_way *at;
		size_t n;
	} receipts;
};
struct receipt_way {
	struct url action;
	struct str token, label;
};

struct book_page {
	struct frame *frame;
	struct link back;
	struct str title, when;
	struct facts sums;
	struct link enter;
	struct table table;
};

/* Hooks of struct module. */
enum err visit_head(struct req *r, const struct dossier *d);
enum err visit_on_dossier(struct req *r, const struct dossier *d);
void visit_receipt(struct req *r, const struct dossier *d, struct str office, struct str secret,
		   struct kvs *facts, struct str *sms);

/* GET /ho-so/{code}/so-tiep-dan, of a reception day */
enum err visit_book_show(struct req *r);
/* GET /ho-so/{code}/bien-ban-tiep, /ho-so/{code}/tu-choi-tiep, of a visit */
enum err visit_minutes_show(struct req *r);
enum err visit_refusal_show(struct req *r);
/* POST /ho-so/{code}/bien-nhan-don/{petition} */
enum err visit_receipt_post(struct req *r);
