/* Document (văn bản): a directive, plan, letter, decision of a unit, and how it was made concrete beneath.
 * It goes the way of editorial.h. A document may stand beneath another, and may name units that must
 * take note of it or issue one of their own by a day: each of them gets an assignment
 * (assignment.h). So a chain from the province to its communes can be read as a tree, with what is
 * missing in it. Whether a document is in force is a question of the calendar: from the day it takes
 * effect to the last one, which `replace` may bring nearer. */
#pragma once

#include "modules/know/editorial.h"

extern const struct kind document_kind;

struct document {
	struct str type; /* "directive", "plan", ... */
	struct str title;
	struct str number; /* "12/CT-UBND" */
	struct str issuer;
	struct date issued_on;
	struct date effective_from,
		effective_until; /* inclusive; NO_DATE: from the day of issue, open */
	struct str parent;       /* the code of the document it carries out; may be empty */
	struct str body;         /* Markdown */
	struct file_refs files;
	/* Whom it asks to act (targets.h), to do what, by when. */
	struct strs groups;
	struct str units;
	struct str asked; /* "acknowledge", "issue" */
	struct date due_on;
	struct str replaced_by; /* a code */
	/* Facts of the day it was entered, kept with the act. */
	int64_t parent_id;
	struct strs targets; /* ids of units */
	struct str reason;   /* of a correction */
};

/* The last day before it is out of force; NO_DATE while none is set. */
static inline bool document_is_over(const struct document *x, struct date today)
{
	return date_is_set(x->effective_until) && date_cmp(x->effective_until, today) < 0;
}

/* The documents above it, the highest first, those everybody may read. */
struct document_line {
	struct dossier **at;
	size_t n;
};
MUST_USE enum err document_ancestors(struct tx *tx, const struct dossier *d,
				     struct document_line *out);
