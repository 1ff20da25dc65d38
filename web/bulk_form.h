/* What the pages of web/bulk*.c share: the form of many, which is the choice, the reason, and the form of
 * the step. Used by them only. */
#pragma once

#include "office/unit.h"
#include "office/work.h"
#include "web/bulk_page.h"
#include "web/draft_page.h"

struct bulk {
	struct strs picks; /* codes */
	struct str reason; /* for which they are opened */
	struct str back;   /* the list of work, with its filters */
};

struct bulk_asked {
	struct unit unit;
	const struct kind *kind;
	const struct step *step;
	struct work_rows rows; /* what may be chosen */
	struct field *fields;  /* of struct bulk, then of the step */
	void *form, *step_form;
};

/* A step for many: templates fill it, and nothing of it is chosen dossier by dossier. */
bool bulk_takes(const struct step *s);
/* Makes the form of both, empty. */
void bulk_form(struct req *r, struct bulk_asked *b);
/* "bulk:petition.answer" */
struct str bulk_draft_kind(struct req *r, const struct bulk_asked *b);
/* Which kind and step a draft is of; false: no draft of many. */
bool bulk_of_draft(struct req *r, const struct draft *d, struct bulk_asked *out);
/* Throws away what the same person began before for the same step. */
MUST_USE enum err bulk_forget(struct req *r, const struct bulk_asked *b);
