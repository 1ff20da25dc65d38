/* Released keys keep their names and their order of meaning; new ones go to the end of their
 * object. */
#include "office/dossier_json.h"

#include "base/json.h"

static void put_duty(struct buf *b, const struct duty *y, bool about, bool owes)
{
	static const char *const states[] = {
		[DUTY_OPEN] = "open", [DUTY_MET] = "met",         [DUTY_LATE] = "late",
		[DUTY_NIL] = "nil",   [DUTY_EXCUSED] = "excused", [DUTY_SUSPENDED] = "suspended",
	};
	json_comma(b);
	buf_putc(b, '{');
	json_key_str(b, "rule", y->rule);
	json_key_str(b, "row", y->row);
	if (about)
		json_key_str(b, "about", y->about);
	json_key_date(b, "from", y->from);
	json_key_date(b, "due", y->due);
	json_key_date(b, "due_before", y->due_before);
	json_key_str(b, "state", str_of(states[y->state]));
	json_key_date(b, "met", y->met);
	json_key_bool(b, "unverified", y->unverified);
	json_key_bool(b, "minimum", y->minimum);
	if (owes)
		json_key_int(b, "owes", y->unit);
	buf_putc(b, '}');
}

void duties_json(struct buf *b, const struct duties *duties, bool about, bool owes)
{
	json_key(b, "duties");
	buf_putc(b, '[');
	for (size_t i = 0; i < duties->n; i++)
		put_duty(b, &duties->at[i], about, owes);
	buf_putc(b, ']');
}

void dossier_json(struct buf *b, const struct dossier *d, struct str unit, bool content)
{
	json_key_str(b, "code", d->code);
	json_key_str(b, "kind", str_of(d->kind->name));
	json_key_str(b, "unit", unit);
	json_key_str(b, "state", str_of(dossier_state(d)->name));
	json_key_date(b, "shown_on", d->shown_on);
	json_key(b, "fields");
	buf_putc(b, '{');
	for (const struct field *f = d->kind->fields; content && f->type; f++) {
		const struct field one[] = { *f, { 0 } };
		if (!f->internal && !f->personal)
			fields_write(b, one, d->data, NULL);
	}
}

void act_json(struct buf *b, const struct act *act)
{
	json_key_int(b, "no", act->no);
	json_key_str(b, "step", str_of(act->step->name));
	json_key_date(b, "happened_on", act->on);
	json_key_str(b, "recorded_at", instant_iso(b->a, act->at));
}
