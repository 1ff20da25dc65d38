/* On the page of an open petition, for who works at its office: which others may be the same, and the
 * button that merges it with one of them. */
#pragma once

#include "office/dossier.h"
#include "web/form.h"
#include "web/parts.h"
#include "web/req.h"

struct petition_like_row {
	struct str code, about;
	struct url url;
	const struct form *merge; /* NULL: that one cannot lead */
	struct str note;          /* why it cannot, and what to do first; "": it can */
};
struct petition_alike_part {
	struct {
		struct petition_like_row *at;
		size_t n;
	} rows;
};
enum err petition_alike_show(struct req *r, const struct dossier *d);
/* At the counter, before one is entered: those in hand that may be the same. */
extern const struct same_matter petition_same;
