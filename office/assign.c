/* The act keeps the number of the person: names change, and who reads the dossier is told today's. */
#include "office/assign.h"

#include "office/person.h"

#define NOBODY "none"

/* A clerk and leader in one is listed as the first of the two. */
static bool is_among(const struct officers *all, int64_t person)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].person == person)
			return true;
	return false;
}

enum err officer_list(struct tx *tx, int64_t unit, struct str work, struct officers *out)
{
	struct appointment_list held;
	struct date today = tx_today(tx);
	enum err e = appointment_list_unit(tx, unit, today, &held);
	if (e)
		return e;
	*out = (struct officers){ NEW_N(tx->mem, struct officer, held.n), 0 };
	for (size_t i = 0; i < held.n; i++) {
		const struct appointment *a = &held.at[i].a;
		bool serves = (a->role & (CLERK | LEADER)) && date_cmp(a->from, today) <= 0 &&
			      (!work.at || !a->field.len || str_eq(a->field, work));
		if (serves && !is_among(out, a->person))
			out->at[out->n++] =
				(struct officer){ a->person, held.at[i].person_name, a->role };
	}
	return OK;
}

static enum err officer_options(struct tx *tx, const void *subject, enum lang lang,
				struct choices *out)
{
	const struct dossier *d = subject;
	struct officers all;
	enum err e = officer_list(tx, d->holder, str_of(d->kind->work), &all);
	if (e)
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, all.n), 0 };
	for (size_t i = 0; i < all.n; i++) {
		struct buf label = { .a = tx->mem };
		(all.at[i].role == LEADER ? msg_office_officer_leader
					  : msg_office_officer_clerk)(&label, lang, all.at[i].name);
		out->at[out->n++] =
			(struct choice){ str_printf(tx->mem, "%lld", (long long)all.at[i].person),
					 buf_str(&label) };
	}
	return OK;
}

static const struct field_choice nobody[] = { { NOBODY, MSG_OFFICE_OFFICER_NONE }, { 0 } };

const struct field assignment_fields[] = {
	FIELD(struct assignment, officer, .choices = nobody, .options = officer_options,
	      .label = MSG_OFFICE_OFFICER),
	FIELD(struct assignment, note, .optional = true, .max = 500, .lines = true,
	      .label = MSG_OFFICE_ASSIGN_NOTE),
	FIELD(struct assignment, person, .optional = true, .hidden = true,
	      .label = MSG_OFFICE_OFFICER),
	{ 0 },
};

enum err assign_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct assignment *x = form;
	(void)tx, (void)d;
	x->person = 0;
	if (!str_eq(x->officer, S(NOBODY)) && !str_int(x->officer, &x->person))
		x->person = 0;
	return OK;
}

enum err assign_check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
		      struct faults *faults)
{
	const struct assignment *x = form;
	(void)tx, (void)on;
	if (x->officer.len && x->person == d->officer)
		fault_add_msg(faults, "officer", MSG_OFFICE_FAULT_OFFICER_SAME);
	return OK;
}

void assign_apply(struct fold *f, const void *form)
{
	f->d->officer = ((const struct assignment *)form)->person;
}

bool assign_of_act(struct arena *a, const struct act *act, struct assignment *out)
{
	struct json said;
	struct str why;
	if (act->step->form != assignment_fields || !json_parse(a, act->shown, &said, &why))
		return false;
	*out = (struct assignment){ 0 };
	fields_init(assignment_fields, out);
	fields_read(a, assignment_fields, &said, out);
	return true;
}

const struct act *assign_last(const struct dossier *d, const struct acts *acts)
{
	for (size_t i = acts->n; d->officer && i > 0; i--)
		if (acts->at[i - 1].step->form == assignment_fields)
			return &acts->at[i - 1];
	return NULL;
}
