/* A document and the assignments that hang on it. All of them are opened, moved or cancelled in the one
 * transaction of the act that says so, or none. */
#include "modules/know/document_steps.h"

#include "modules/know/assignment.h"
#include "modules/know/targets.h"
#include "office/redaction.h"
#include "office/step.h"

enum { GIVEN_MOST = 2000 };

struct given {
	struct assignment_row *at;
	size_t n;
};

static enum err given_of(struct tx *tx, const struct dossier *d, struct given *out)
{
	struct assignment_rows rows;
	enum err e = assignment_list(tx, d->id, ASSIGNMENTS_ALL, S(""), 0, GIVEN_MOST, &rows);
	if (!e)
		*out = (struct given){ rows.at, rows.n };
	return e;
}

static const struct assignment_row *given_to(const struct given *g, int64_t unit, unsigned states)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->at[i].unit == unit && (g->at[i].state & states))
			return &g->at[i];
	return NULL;
}

static int64_t id_of(struct str text)
{
	int64_t id;
	return str_int(text, &id) ? id : 0;
}

enum err document_targets(struct tx *tx, const struct dossier *d, const struct strs *groups,
			  struct str units, const char *field, struct strs *out,
			  struct faults *faults)
{
	struct buf b = { .a = tx->mem };
	struct str wrong;
	bool many;
	enum err e = targets_find(tx, d->holder, groups, units, out, &wrong, &many);
	if (e || !field)
		return e;
	if (wrong.len) {
		msg_targets_fault_unknown(&b, faults ? faults->lang : LANG_VI, wrong);
		fault_add(faults, field, buf_str(&b));
	} else if (many) {
		msg_targets_fault_many(&b, faults ? faults->lang : LANG_VI, TARGETS_MOST);
		fault_add(faults, field, buf_str(&b));
	}
	return OK;
}

/* --- Giving --- */

static enum err give(struct tx *tx, const struct dossier *d, int64_t unit, struct str asked,
		     struct date due, struct date on)
{
	const struct document *x = d->data;
	struct dossier *task;
	struct unit u;
	enum err e = unit_find(tx, unit, tx_today(tx), &u);
	if (e)
		return e;
	struct assignment_give form = {
		.title = x->title,
		.document = d->code,
		.issuer = x->issuer,
		.asked = asked,
		.level = assignment_level((int)u.level),
		.due_on = due,
		.document_id = d->id,
	};
	return step_follow_open(tx, &assignment_kind, unit, "assign", &form, on, &task);
}

enum err document_assign(struct tx *tx, struct dossier *d, const struct strs *ids, struct str asked,
			 struct date due, struct date on)
{
	struct given given;
	enum err e = ids->n ? given_of(tx, d, &given) : OK;
	for (size_t i = 0; !e && i < ids->n; i++) {
		int64_t unit = id_of(ids->at[i]);
		if (unit && !given_to(&given, unit, ASSIGNMENT_OPEN | ASSIGNMENT_DONE))
			e = give(tx, d, unit, asked, due, on);
	}
	return e;
}

enum err document_fulfil(struct tx *tx, struct dossier *d, struct date on)
{
	struct dossier *task;
	int64_t id = 0;
	enum err e = d->parent ? assignment_find(tx, d->parent, d->unit, S(""), &id) : OK;
	if (e || !id || (e = dossier_load(tx, id, &task)))
		return e;
	struct assignment_answer answer = { d->code };
	return step_follow(tx, task, "fulfil", &answer, on);
}

/* --- Steps of the document --- */

enum err document_prepare_cascade(struct tx *tx, const struct dossier *d, void *form)
{
	struct document_cascade *x = form;
	return document_targets(tx, d, &x->to_groups, x->to_units, NULL, &x->to_targets, NULL);
}

static enum err check_targets(struct tx *tx, const struct dossier *d,
			      const struct document_cascade *x, struct faults *faults)
{
	struct strs ids;
	return document_targets(tx, d, &x->to_groups, x->to_units, "to_units", &ids, faults);
}

static void check_due(const struct document_cascade *x, struct date on, struct faults *faults)
{
	if (date_is_set(x->to_due) && date_cmp(x->to_due, on) <= 0)
		fault_add_msg(faults, "to_due", MSG_DOCUMENT_FAULT_DUE_PAST);
}

enum err document_check_assign(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct document_cascade *x = form;
	struct given given;
	enum err e = check_targets(tx, d, x, faults);
	if (e || (e = given_of(tx, d, &given)))
		return e;
	check_due(x, on, faults);
	size_t fresh = 0;
	for (size_t i = 0; i < x->to_targets.n; i++)
		fresh += !given_to(&given, id_of(x->to_targets.at[i]),
				   ASSIGNMENT_OPEN | ASSIGNMENT_DONE);
	if (!x->to_groups.n && !x->to_units.len)
		fault_add_msg(faults, "to_groups", MSG_DOCUMENT_FAULT_NOBODY);
	else if (!fresh)
		fault_add_msg(faults, "to_groups", MSG_DOCUMENT_FAULT_GIVEN);
	return OK;
}

enum err document_stored_assign(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form)
{
	const struct document_cascade *x = form;
	return document_assign(tx, d, &x->to_targets, x->to_asked, x->to_due, act->on);
}

/* Those chosen, or all where nobody was, as far as they are open. */
static bool is_meant(const struct document_cascade *x, const struct assignment_row *row)
{
	if (!(row->state & ASSIGNMENT_OPEN))
		return false;
	for (size_t i = 0; i < x->to_targets.n; i++)
		if (id_of(x->to_targets.at[i]) == row->unit)
			return true;
	return !x->to_groups.n && !x->to_units.len;
}

static enum err check_open(struct tx *tx, const struct dossier *d, const struct document_cascade *x,
			   struct faults *faults)
{
	struct given given;
	size_t meant = 0;
	enum err e = check_targets(tx, d, x, faults);
	if (e || (e = given_of(tx, d, &given)))
		return e;
	for (size_t i = 0; i < given.n; i++)
		meant += is_meant(x, &given.at[i]);
	if (!meant)
		fault_add_msg(faults, "to_groups", MSG_DOCUMENT_FAULT_NONE_OPEN);
	return OK;
}

bool document_cascade_futile(struct tx *tx, const struct dossier *d)
{
	struct assignment_rows open;
	return !assignment_list(tx, d->id, ASSIGNMENTS_OPEN, S(""), 0, 1, &open) && !open.n;
}

enum err document_check_move(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	check_due(form, on, faults);
	return check_open(tx, d, form, faults);
}

enum err document_check_cancel(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	(void)on;
	return check_open(tx, d, form, faults);
}

static enum err change(struct tx *tx, struct dossier *d, const struct document_cascade *x,
		       const char *step, struct date on)
{
	struct assignment_change form = { x->to_due, x->reason };
	struct given given;
	enum err e = given_of(tx, d, &given);
	for (size_t i = 0; !e && i < given.n; i++) {
		struct dossier *task;
		if (is_meant(x, &given.at[i]) && !(e = dossier_load(tx, given.at[i].id, &task)))
			e = step_follow(tx, task, step, &form, on);
	}
	return e;
}

/* The day that the document itself names is that of all. */
void document_apply_move(struct fold *f, const void *form)
{
	const struct document_cascade *x = form;
	if (!x->to_groups.n && !x->to_units.len)
		((struct document *)f->d->data)->due_on = x->to_due;
}

enum err document_stored_move(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form)
{
	return change(tx, d, form, "move", act->on);
}

enum err document_stored_cancel(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form)
{
	return change(tx, d, form, "cancel", act->on);
}

enum err document_stored_redact(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form)
{
	struct given given;
	enum err e = redaction_stored(tx, d, act, form);
	if (!e)
		e = given_of(tx, d, &given);
	for (size_t i = 0; !e && i < given.n; i++) {
		struct dossier *task;
		e = dossier_load(tx, given.at[i].id, &task);
		if (!e)
			e = redaction_follow(tx, task, form);
	}
	return e;
}
