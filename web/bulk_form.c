#include "web/bulk_form.h"

#include "office/access.h"
#include "office/assign.h"
#include "office/office.h"
#include "office/reply.h"
#include "office/step.h"

#include <stdalign.h>

#define PREFIX S("bulk:")

/* Whose work many are, in one go: asked of the unit alone, so that one form serves all of them. */
static bool assigns(const struct step *s)
{
	return s->form == assignment_fields;
}

bool bulk_takes(const struct step *s)
{
	if (assigns(s))
		return true;
	for (const struct field *f = s->form; f && f->type; f++)
		if (f->options || (f->personal && !f->hidden))
			return false;
	return !s->follows && !(s->from & NEW) && reply_field(s);
}

/* By its code; what it is about only where it was opened already. */
static struct str label_of(struct tx *tx, const struct work_row *row, enum lang lang)
{
	struct buf b = { .a = tx->mem };
	struct dossier *d;
	bool open = false;
	struct str state = msg_plain(lang, kind_state(row->kind, row->state)->label);
	msg_bulk_row(&b, lang, row->code, row->opened_on, state);
	if (!row->personal)
		buf_printf(&b, ": %.*s", STR_ARG(row->title));
	else if (!access_granted(tx, row->id, ACCESS_MINUTES, &open) && open &&
		 !dossier_load_text(tx, row->id, &d))
		buf_printf(&b, ": %.*s", STR_ARG(dossier_title(d)));
	return buf_str(&b);
}

static enum err pick_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	const struct bulk_asked *b = subject;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, b->rows.n), 0 };
	for (size_t i = 0; i < b->rows.n; i++)
		out->at[out->n++] =
			(struct choice){ b->rows.at[i].code, label_of(tx, &b->rows.at[i], lang) };
	return OK;
}

static enum err officer_options(struct tx *tx, const void *subject, enum lang lang,
				struct choices *out)
{
	const struct bulk_asked *b = subject;
	const struct field *f = field_find(b->step->form, S("officer"));
	return f->options(tx, dossier_blank(tx->mem, b->kind, b->unit.id), lang, out);
}

static const struct field bulk_fields[] = {
	FIELD(struct bulk, picks, .min = 1, .max = BULK_MOST, .label = MSG_BULK_PICKS,
	      .hint = MSG_BULK_PICKS_HINT, .options = pick_options),
	FIELD(struct bulk, reason, .min = ACCESS_REASON_MIN, .max = ACCESS_REASON_MAX,
	      .label = MSG_ACCESS_REASON, .hint = MSG_BULK_REASON_HINT),
	FIELD(struct bulk, back, .optional = true, .hidden = true, .max = 2000,
	      .label = MSG_WORK_TITLE),
	{ 0 },
};

void bulk_form(struct req *r, struct bulk_asked *b)
{
	size_t to = alignof(max_align_t), n = 0, used = 0;
	size_t offset = (sizeof(struct bulk) + to - 1) / to * to;
	for (const struct field *f = b->step->form; f && f->type; f++)
		n++;
	b->fields = NEW_N(r->mem, struct field, LENGTH(bulk_fields) + n);
	for (const struct field *f = bulk_fields; f->type; f++)
		b->fields[used++] = *f;
	for (const struct field *f = b->step->form; f && f->type; f++) {
		b->fields[used] = *f;
		b->fields[used].offset += (uint32_t)offset;
		if (f->merges)
			b->fields[used].hint = MSG_REPLY_BODY_HINT;
		if (f->options)
			b->fields[used].options = officer_options;
		used++;
	}
	b->form = arena_get(r->mem, offset + b->step->size);
	b->step_form = (char *)b->form + offset;
	fields_init(b->fields, b->form);
}

struct str bulk_draft_kind(struct req *r, const struct bulk_asked *b)
{
	return str_printf(r->mem, "bulk:%s.%s", b->kind->name, b->step->name);
}

bool bulk_of_draft(struct req *r, const struct draft *d, struct bulk_asked *out)
{
	struct str rest = d->kind, kind;
	if (!str_starts(rest, PREFIX))
		return false;
	rest = str_from(rest, PREFIX.len);
	if (!str_next(&rest, '.', &kind))
		return false;
	out->kind = office_kind(r->tx.office, kind);
	out->step = out->kind ? kind_step(out->kind, rest) : NULL;
	return out->step && bulk_takes(out->step);
}

enum err bulk_forget(struct req *r, const struct bulk_asked *b)
{
	struct draft_rows mine;
	enum err e = draft_mine(&r->tx, &mine);
	for (size_t i = 0; !e && i < mine.n; i++)
		if (str_eq(mine.at[i].kind, bulk_draft_kind(r, b)))
			e = draft_end(&r->tx, &mine.at[i]);
	return e;
}
