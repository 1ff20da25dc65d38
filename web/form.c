/* What a field looks like follows from its type and its choices; what stands in it is what was typed
 * last. Faults come from several checks; a field shows its first. */
#include "web/form.h"

#include "base/utf8.h"
#include "web/guard.h"
#include "web/house.h"

enum { RADIOS_MOST = 7 };

static struct str fault_of(const struct req *r, const char *name)
{
	for (size_t i = 0; i < r->faults.n; i++)
		if (str_eq(str_of(r->faults.at[i].field), str_of(name)))
			return r->faults.at[i].text;
	return S("");
}

static enum form_part part_of(const struct field *f, size_t choices)
{
	bool chosen = f->choices || f->options;
	switch (f->type) {
	case FIELD_INT:
		return PART_NUMBER;
	case FIELD_DATE:
		return PART_DATE;
	case FIELD_BOOL:
		return PART_TICK;
	case FIELD_LIST:
		return chosen ? PART_TICKS : PART_LINES;
	case FIELD_FILES:
		return PART_FILES;
	case FIELD_TEXT:
	case FIELD_END:
		break;
	}
	if (chosen && f->other && !f->picked)
		return PART_SUGGEST;
	if (chosen)
		return choices <= RADIOS_MOST ? PART_RADIOS : PART_SELECT;
	return f->lines ? PART_LINES : PART_TEXT;
}

/* The text of a value as it would be typed. */
static struct str typed_value(struct req *r, const struct field *f, const void *values)
{
	struct buf b = { .a = r->mem };
	switch (f->type) {
	case FIELD_TEXT:
		return *field_str(f, values);
	case FIELD_INT:
		if (*field_int(f, values))
			buf_put_int(&b, *field_int(f, values));
		break;
	case FIELD_DATE:
		lang_put_date(&b, r->lang, *field_date(f, values));
		break;
	case FIELD_BOOL:
		return *field_bool(f, values) ? S("1") : S("");
	case FIELD_LIST:
		for (size_t i = 0; i < field_list(f, values)->n; i++) {
			buf_put(&b, field_list(f, values)->at[i]);
			buf_putc(&b, '\n');
		}
		break;
	case FIELD_FILES:
	case FIELD_END:
		break;
	}
	return buf_str(&b);
}

static bool is_chosen(struct req *r, const struct field *f, const void *values, struct str value)
{
	struct strs all = { NULL, 0 };
	struct str one;
	if (r->again) {
		all = pairs_all(r->mem, &r->fields, str_of(f->name));
	} else if (values && f->type == FIELD_TEXT) {
		one = *field_str(f, values);
		all = (struct strs){ &one, 1 };
	} else if (values && f->type == FIELD_LIST) {
		all = *field_list(f, values);
	}
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.at[i], value))
			return true;
	return false;
}

static enum err fill_choices(struct req *r, const struct field *f, const void *values,
			     const void *subject, struct form_field *out)
{
	struct choices asked = { NULL, 0 };
	size_t fixed = 0;
	enum err e = f->options ? f->options(&r->tx, subject, r->lang, &asked) : OK;
	if (!e && f->notes)
		e = f->notes(&r->tx, subject, r->lang, &asked);
	if (e)
		return e;
	while (f->choices && f->choices[fixed].value)
		fixed++;
	out->choices.at = NEW_N(r->mem, struct form_choice, fixed + asked.n);
	for (size_t i = 0; i < fixed + asked.n; i++) {
		struct form_choice *c = &out->choices.at[out->choices.n++];
		c->value = i < fixed ? str_of(f->choices[i].value) : asked.at[i - fixed].value;
		c->label = i < fixed ? msg_plain(r->lang, f->choices[i].label)
				     : asked.at[i - fixed].label;
		c->id = i ? str_printf(r->mem, "%s-%zu", f->name, i) : out->name;
		c->note = i < fixed ? S("") : asked.at[i - fixed].note;
		c->note_id = str_printf(r->mem, "%.*s-%zu-h", STR_ARG(out->name), i);
		c->chosen = is_chosen(r, f, values, c->value);
	}
	return OK;
}

static void fill_files(struct req *r, const struct field *f, const void *values,
		       struct form_field *out)
{
	/* The table of a page that comes back may be another one of the same fields. */
	const struct field *read = r->again ? field_find(r->form_fields, out->name) : f;
	const void *owner = r->again ? r->form : values;
	const struct file_refs *have =
		read && read->type == FIELD_FILES && owner ? field_files(read, owner) : NULL;
	struct str tie = r->session.len ? r->session : r->visitor;
	out->files.at = NEW_N(r->mem, struct form_file, have ? have->n : 0);
	for (size_t i = 0; have && i < have->n; i++)
		out->files.at[out->files.n++] =
			(struct form_file){ kept_make(r->mem, r->house->secret, tie, &have->at[i]),
					    have->at[i].name, have->at[i].size };
}

static void describe(struct req *r, struct form_field *f)
{
	struct buf b = { .a = r->mem };
	if (f->hint.len)
		buf_printf(&b, "%.*s-h ", STR_ARG(f->name));
	if (f->fault.len)
		buf_printf(&b, "%.*s-e ", STR_ARG(f->name));
	if (f->max)
		buf_printf(&b, "%.*s-n ", STR_ARG(f->name));
	f->described_by = str_trim(buf_str(&b));
}

static enum err fill(struct req *r, const struct field *f, const void *values, const void *subject,
		     struct form_field *out)
{
	*out = (struct form_field){
		.field = f,
		.name = str_of(f->name),
		.label = msg_plain(r->lang, f->label),
		.hint = msg_plain(r->lang, f->hint),
		.fault = fault_of(r, f->name),
		.optional = f->optional && !f->sometimes,
	};
	enum err e = fill_choices(r, f, values, subject, out);
	if (e)
		return e;
	out->part = part_of(f, out->choices.n);
	if (r->again)
		out->text = pairs_get(&r->fields, out->name);
	else if (values)
		out->text = typed_value(r, f, values);
	out->on = out->text.len > 0;
	if (f->type == FIELD_FILES)
		fill_files(r, f, values, out);
	if (f->type == FIELD_TEXT && f->lines) {
		out->max = field_max(f);
		out->count = (int64_t)utf8_length(r->mem, out->text);
	}
	describe(r, out);
	return OK;
}

static void collect_faults(struct req *r, struct form *form)
{
	form->faults.at = NEW_N(r->mem, struct form_fault, r->faults.n);
	struct str whole = fault_of(r, "");
	if (whole.len)
		form->faults.at[form->faults.n++] = (struct form_fault){ url_none(), whole };
	for (size_t i = 0; i < form->fields.n; i++)
		if (form->fields.at[i].fault.len)
			form->faults.at[form->faults.n++] =
				(struct form_fault){ url_at(r->mem, url_none(),
							    form->fields.at[i].name),
						     form->fields.at[i].fault };
}

struct str form_token(struct req *r)
{
	req_tie(r);
	r->has_form = true;
	return token_make(r->mem, r->house->secret, r->session.len ? r->session : r->visitor,
			  r->tx.rng);
}

enum err form_show(struct req *r, const struct field *fields, const void *initial,
		   const void *subject, struct url action, enum msg submit, struct form **out)
{
	struct form *form = NEW(r->mem, struct form);
	size_t n = 0;
	for (const struct field *f = fields; f && f->type; f++)
		n += !f->hidden;
	*form = (struct form){
		.action = action,
		.submit = msg_plain(r->lang, submit),
		.token = form_token(r),
	};
	form->fields.at = NEW_N(r->mem, struct form_field, n);
	for (const struct field *f = fields; f && f->type; f++) {
		if (f->hidden)
			continue;
		enum err e = fill(r, f, initial, subject, &form->fields.at[form->fields.n++]);
		if (e)
			return e;
		form->has_files |= f->type == FIELD_FILES;
	}
	collect_faults(r, form);
	*out = form;
	return OK;
}

const struct form_field *form_field(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->fields.n; i++)
		if (str_eq(f->fields.at[i].name, str_of(name)))
			return &f->fields.at[i];
	return NULL;
}
