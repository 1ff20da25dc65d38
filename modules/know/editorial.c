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
	return dossier_personal(tx, d, d->kind->fields, form);
}

void editorial_check_content(struct str body, const struct file_refs *files, struct faults *faults)
{
	if (!body.len && !files->n)
		fault_add_msg(faults, "body", MSG_EDITORIAL_FAULT_NO_CONTENT);
}

/* Once published it is never a draft again: there is one such act. */
enum err editorial_times(struct tx *tx, int64_t dossier, struct editorial_times *out)
{
	struct editorial_times t = { .on = NO_DATE, .corrected_on = NO_DATE };
	struct query q = db_query(tx, "SELECT step, happened_on, recorded_at FROM act"
				      " WHERE dossier = $1 AND step IN ('publish', 'correct')"
				      " ORDER BY no LIMIT 1000");
	BIND(&q, dossier);
	while (db_next(&q)) {
		if (str_eq(col_str(&q, 0), S("correct"))) {
			t.corrected_on = col_date(&q, 1);
			continue;
		}
		t.on = col_date(&q, 1);
		t.at = col_instant(&q, 2);
		t.timed = date_cmp(instant_date(t.at), t.on) == 0;
	}
	if (!q.err)
		*out = t;
	return q.err;
}
