/* What the kinds of the editorial flow share besides their rows: its forms, and the approval that
 * repeats what was recorded. */
#include "modules/know/editorial.h"

const struct field editorial_checklist[] = {
	EDITORIAL_CHECKS(struct checklist),
	EDITORIAL_REMARK(struct checklist),
	{ 0 },
};

const struct field editorial_return[] = {
	FIELD(struct reason, reason, .min = 5, .max = 1000, .lines = true, .internal = true,
	      .label = MSG_EDITORIAL_REASON),
	{ 0 },
};

const struct field editorial_reason[] = {
	FIELD(struct reason, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_EDITORIAL_REASON, .hint = MSG_EDITORIAL_REASON_PUBLIC),
	{ 0 },
};

static const struct field_choice grounds[] = {
	{ "secret", MSG_EDITORIAL_GROUND_SECRET },
	{ "personal", MSG_EDITORIAL_GROUND_PERSONAL },
	{ "unlawful", MSG_EDITORIAL_GROUND_UNLAWFUL },
	{ "wrong", MSG_EDITORIAL_GROUND_WRONG },
	{ 0 },
};

const struct field editorial_takedown[] = {
	FIELD(struct takedown, ground, .label = MSG_EDITORIAL_GROUND, .choices = grounds),
	FIELD(struct takedown, detail, .optional = true, .internal = true, .lines = true,
	      .max = 2000, .label = MSG_EDITORIAL_DETAIL),
	{ 0 },
};

enum err editorial_prepare_publish(struct tx *tx, const struct dossier *d, void *form)
{
	fields_copy(d->kind->fields, d->data, form);
	for (const struct field *f = d->kind->fields; f->type; f++) {
		enum err e =
			f->personal ? dossier_personal(tx, d, f->name, field_str(f, form)) : OK;
		if (e)
			return e;
	}
	return OK;
}

void editorial_check_content(struct str body, const struct file_refs *files, struct faults *faults)
{
	if (!body.len && !files->n)
		fault_add_msg(faults, "body", MSG_EDITORIAL_FAULT_NO_CONTENT);
}
