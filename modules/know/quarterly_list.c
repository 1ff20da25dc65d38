#include "modules/know/quarterly_list.h"

#include "modules/know/disclosure.h"
#include "modules/know/plan.h"
#include "office/list.h"

enum err quarterly_list_options(struct tx *tx, const void *subject, enum lang lang,
				struct choices *out)
{
	const struct dossier *d = subject;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, d->duties.n), 0 };
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (y->state == DUTY_OPEN && str_eq(y->rule, S(QUARTERLY_LIST)))
			out->at[out->n++] =
				(struct choice){ y->about, period_words(tx->mem, lang, y->about) };
	}
	return OK;
}

/* "CK-7K3Q-92MV 2024-02-01 WEB,NIEMYET"; "-" when no form was used. */
static struct str entry_of(struct arena *a, const struct dossier *d)
{
	struct buf b = { .a = a };
	const struct disclosure *x = d->data;
	bool any = false;
	buf_put(&b, d->code);
	buf_putc(&b, ' ');
	buf_put_date(&b, d->shown_on);
	buf_putc(&b, ' ');
	for (size_t i = 0; i < x->owed.n; i++) {
		if (!date_is_set(disclosure_form_used_on(d, x->owed.at[i])))
			continue;
		if (any)
			buf_putc(&b, ',');
		buf_put(&b, x->owed.at[i]);
		any = true;
	}
	if (!any)
		buf_putc(&b, '-');
	return buf_str(&b);
}

/* What the unit itself disclosed from the first day of the quarter to its last. */
enum err quarterly_list_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct quarterly_list *x = form;
	const struct duty *y = NULL;
	for (size_t i = 0; i < d->duties.n; i++)
		if (str_eq(d->duties.at[i].about, x->quarter) &&
		    str_eq(d->duties.at[i].rule, S(QUARTERLY_LIST)))
			y = &d->duties.at[i];
	if (!y)
		return OK;
	struct list_filter filter = { .kind = &disclosure_kind,
				      .under = d->unit,
				      .limit = 200,
				      .from = y->from,
				      .to = y->due,
				      .after_on = NO_DATE };
	struct list_rows rows;
	enum err e = list_dossiers(tx, &filter, &rows);
	if (e)
		return e;
	x->entries = (struct strs){ NEW_N(tx->mem, struct str, rows.n), 0 };
	for (size_t i = 0; !e && i < rows.n; i++) {
		struct dossier *listed;
		if (rows.at[i].unit != d->unit)
			continue;
		e = dossier_load(tx, rows.at[i].id, &listed);
		if (!e)
			x->entries.at[x->entries.n++] = entry_of(tx->mem, listed);
	}
	return e;
}

void quarterly_list_apply(struct fold *f, const void *form)
{
	const struct quarterly_list *x = form;
	struct duty *y = fold_duty(f, S(QUARTERLY_LIST), 0, x->quarter);
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}
