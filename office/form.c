/* The checks every form shares, in the order in which a person would ask them. */
#include "office/form.h"

#include "base/utf8.h"

void fault_add(struct faults *faults, const char *field, struct str text)
{
	if (!faults)
		return;
	if (faults->n == faults->cap) {
		size_t cap = faults->cap ? faults->cap * 2 : 8;
		faults->at = arena_grow(faults->a, faults->at, faults->n * sizeof *faults->at,
					cap * sizeof *faults->at);
		faults->cap = cap;
	}
	faults->at[faults->n++] = (struct fault){ field, text };
}

void fault_add_msg(struct faults *faults, const char *field, enum msg text)
{
	if (faults)
		fault_add(faults, field, msg_plain(faults->lang, text));
}

static struct buf sentence(struct tx *tx)
{
	return (struct buf){ .a = tx->mem };
}

static void fault_buf(struct faults *faults, const struct field *f, struct buf *b)
{
	fault_add(faults, f->name, buf_str(b));
}

/* The label as it stands inside a sentence: "Nhập tên văn bản", not "Nhập Tên văn bản". Only the
 * first letter of plain ASCII words moves; a label such as "UBND" keeps its capitals. */
static struct str label_inside(struct arena *a, struct str label)
{
	bool one = label.len > 1 && label.at[0] >= 'A' && label.at[0] <= 'Z' &&
		   !(label.at[1] >= 'A' && label.at[1] <= 'Z');
	if (!one)
		return label;
	char *z = str_z(a, label);
	z[0] = (char)(z[0] + 32);
	return (struct str){ z, label.len };
}

static void fault_missing(struct tx *tx, const struct field *f, struct faults *faults)
{
	struct buf b = sentence(tx);
	struct str label = label_inside(tx->mem, msg_plain(faults->lang, f->label));
	if (f->type == FIELD_BOOL)
		msg_office_fault_tick(&b, faults->lang, msg_plain(faults->lang, f->label));
	else if (f->choices || f->options)
		msg_office_fault_choose(&b, faults->lang, label);
	else if (f->imperative)
		buf_put(&b, msg_plain(faults->lang, f->label));
	else
		msg_office_fault_required(&b, faults->lang, label);
	fault_buf(faults, f, &b);
}

static void check_text(struct tx *tx, const struct field *f, const void *form,
		       struct faults *faults)
{
	int64_t n = (int64_t)utf8_length(tx->mem, *field_str(f, form)), most = field_max(f);
	struct buf b = sentence(tx);
	if (n > most)
		msg_office_fault_too_long(&b, faults->lang, n - most, n, most);
	else if (n < f->min)
		msg_office_fault_too_short(&b, faults->lang, n, f->min);
	if (b.len)
		fault_buf(faults, f, &b);
}

static void check_number(struct tx *tx, const struct field *f, const void *form,
			 struct faults *faults)
{
	int64_t n = *field_int(f, form);
	struct buf b = sentence(tx);
	if (n < f->min)
		msg_office_fault_too_small(&b, faults->lang, f->min);
	else if (n > field_max(f))
		msg_office_fault_too_large(&b, faults->lang, field_max(f));
	if (b.len)
		fault_buf(faults, f, &b);
}

static void check_count(struct tx *tx, const struct field *f, size_t n, struct faults *faults)
{
	struct buf b = sentence(tx);
	if ((int64_t)n > field_max(f))
		msg_office_fault_too_many(&b, faults->lang, field_max(f));
	else if ((int64_t)n < f->min)
		msg_office_fault_too_few(&b, faults->lang, f->min);
	if (b.len)
		fault_buf(faults, f, &b);
}

static bool offered(const struct field *f, const struct choices *choices, struct str value)
{
	for (const struct field_choice *c = f->choices; c && c->value; c++)
		if (str_eq(str_of(c->value), value))
			return true;
	for (size_t i = 0; i < choices->n; i++)
		if (str_eq(choices->at[i].value, value))
			return true;
	return false;
}

static enum err check_choices(struct tx *tx, const struct field *f, const void *form,
			      const void *subject, struct faults *faults)
{
	struct choices choices = { NULL, 0 };
	struct str label;
	if (f->label_of && f->type == FIELD_TEXT &&
	    f->label_of(tx, subject, faults->lang, *field_str(f, form), &label))
		return OK;
	enum err e = f->options ? f->options(tx, subject, faults->lang, &choices) : OK;
	if (e)
		return e;
	struct strs chosen = { NULL, 0 };
	if (f->type == FIELD_TEXT)
		chosen = (struct strs){ field_str(f, form), 1 };
	else if (f->type == FIELD_LIST)
		chosen = *field_list(f, form);
	for (size_t i = 0; i < chosen.n; i++) {
		if (offered(f, &choices, chosen.at[i]))
			continue;
		struct buf b = sentence(tx);
		msg_office_fault_not_offered(&b, faults->lang,
					     utf8_ellipsis(tx->mem, chosen.at[i], 60));
		fault_buf(faults, f, &b);
		break;
	}
	return OK;
}

enum err form_check(struct tx *tx, const struct field *table, const void *form, const void *subject,
		    struct faults *faults)
{
	for (const struct field *f = table; f && f->type; f++) {
		if (field_is_empty(f, form)) {
			bool zero = f->type == FIELD_INT && f->min <= 0;
			if (!f->optional && !f->hidden && !zero)
				fault_missing(tx, f, faults);
			continue;
		}
		size_t before = faults->n;
		if (f->type == FIELD_TEXT)
			check_text(tx, f, form, faults);
		else if (f->type == FIELD_INT)
			check_number(tx, f, form, faults);
		else if (f->type == FIELD_DATE && f->past &&
			 date_cmp(*field_date(f, form), tx_today(tx)) > 0)
			fault_add_msg(faults, f->name, MSG_OFFICE_FAULT_FUTURE);
		else if (f->type == FIELD_LIST)
			check_count(tx, f, field_list(f, form)->n, faults);
		else if (f->type == FIELD_FILES)
			check_count(tx, f, field_files(f, form)->n, faults);
		if (faults->n > before || f->other || !(f->choices || f->options))
			continue;
		enum err e = check_choices(tx, f, form, subject, faults);
		if (e)
			return e;
	}
	return OK;
}
