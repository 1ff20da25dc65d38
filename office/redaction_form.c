/* The forms of the two steps: what may be typed, where it would be found, and what is refused. */
#include "office/redaction.h"

#include "office/file.h"
#include "office/redaction_limit.h"
#include "office/step.h"

/* In the order of a page. */
const struct field_choice redaction_grounds[] = {
	{ "personal", MSG_REDACTION_PERSONAL },
	{ "honour", MSG_REDACTION_HONOUR },
	{ "business", MSG_REDACTION_BUSINESS },
	{ "secret", MSG_REDACTION_SECRET },
	{ 0 },
};

enum msg redaction_ground_label(struct str ground)
{
	for (const struct field_choice *c = redaction_grounds; c->value; c++)
		if (str_eq(ground, str_of(c->value)))
			return c->label;
	return MSG_NONE;
}

#define REASON(owner)                                                             \
	FIELD(owner, redaction_ground, .choices = redaction_grounds,              \
	      .label = MSG_REDACTION_GROUND),                                     \
		FIELD(owner, redaction_note, .min = 5, .max = 500, .lines = true, \
		      .label = MSG_REDACTION_NOTE, .hint = MSG_REDACTION_NOTE_HINT)

const struct field redaction_fields[] = {
	FIELD(struct redaction, passages, .max = 2000, .lines = true, .internal = true,
	      .sealed = true, .label = MSG_REDACTION_PASSAGES, .hint = MSG_REDACTION_PASSAGES_HINT),
	REASON(struct redaction),
	/* Asked by redaction_check, where there is something to have seen. */
	FIELD(struct redaction, reviewed, .optional = true, .sometimes = true, .internal = true,
	      .sealed = true, .label = MSG_REDACTION_REVIEWED),
	FIELD(struct redaction, places, .optional = true, .hidden = true,
	      .label = MSG_REDACTION_PLACES),
	FIELD(struct redaction, sealed_acts, .optional = true, .hidden = true,
	      .label = MSG_REDACTION_ACTS),
	{ 0 },
};

/* --- Where a passage stands --- */

struct looking {
	struct arena *a;
	const struct passages *p;
	struct redaction_places *out;
	size_t cap;
	size_t *sum; /* of places as the dossier stands */
	const struct act *act;
	bool sealed;
};

static struct str words_of(struct arena *a, const struct field *f, const void *owner)
{
	struct buf b = { .a = a };
	if (f->type == FIELD_TEXT)
		return *field_str(f, owner);
	for (size_t i = 0; f->type == FIELD_LIST && i < field_list(f, owner)->n; i++) {
		buf_put(&b, i ? S(", ") : S(""));
		buf_put(&b, field_list(f, owner)->at[i]);
	}
	for (size_t i = 0; f->type == FIELD_FILES && i < field_files(f, owner)->n; i++) {
		buf_put(&b, i ? S(", ") : S(""));
		buf_put(&b, field_files(f, owner)->at[i].name);
	}
	return buf_str(&b);
}

static void look(struct looking *l, const struct field *table, size_t size, const void *owner)
{
	for (const struct field *f = table; f && f->type; f++) {
		const struct field one[] = { *f, { 0 } };
		if (f->sealed)
			continue;
		void *copy = arena_get(l->a, size);
		fields_init(table, copy);
		fields_copy(one, owner, copy);
		size_t n = mask_fields(l->a, l->p, one, copy);
		if (!n)
			continue;
		struct redaction_places *out = l->out;
		if (out->n == l->cap) {
			size_t cap = l->cap ? l->cap * 2 : 8;
			out->at = arena_grow(l->a, out->at, l->cap * sizeof *out->at,
					     cap * sizeof *out->at);
			l->cap = cap;
		}
		struct redaction_place *place = &out->at[out->n++];
		*place = (struct redaction_place){ .act = l->act,
						   .sealed = l->sealed,
						   .field = f,
						   .was = words_of(l->a, f, owner),
						   .becomes = words_of(l->a, f, copy),
						   .n = n };
		struct str text = place->was;
		if (f->type == FIELD_TEXT)
			(void)mask_text_at(l->a, l->p, &text, place->bars, REDACTION_BARS);
		*l->sum += l->act ? 0 : n;
	}
}

/* Everything that the public reads: what is sealed already, under the bars it has. */
static enum err look_everywhere(struct tx *tx, const struct dossier *d, const struct acts *acts,
				const struct passages *p, struct redaction_places *out, size_t *sum)
{
	struct looking l = { .a = tx->mem, .p = p, .out = out, .sum = sum };
	void *personal = arena_get(tx->mem, d->kind->size);
	enum err e = OK;
	*out = (struct redaction_places){ NULL, 0 };
	*sum = 0;
	fields_init(d->kind->fields, personal);
	fields_copy(d->kind->fields, d->data, personal);
	if ((e = dossier_personal(tx, d, d->kind->fields, personal)))
		return e;
	look(&l, d->kind->fields, d->kind->size, personal);
	for (size_t i = 0; i < d->lines.n; i++)
		look(&l, d->lines.at[i].kind->fields, d->lines.at[i].kind->size,
		     d->lines.at[i].data);
	for (size_t i = 0; !e && i < acts->n; i++) {
		const struct step *s = acts->at[i].step;
		struct content c;
		struct json j;
		struct str why;
		struct str bytes = S("");
		if (!(e = content_load(tx, acts->at[i].id, &c)))
			e = content_shown(tx, acts, i, &bytes);
		if (e || !bytes.len || !s->form || !json_parse(tx->mem, bytes, &j, &why))
			continue;
		void *form = arena_get(tx->mem, s->size);
		fields_init(s->form, form);
		fields_read(tx->mem, s->form, &j, form);
		l.act = &acts->at[i];
		l.sealed = c.redacted_by != 0;
		look(&l, s->form, s->size, form);
	}
	return e;
}

enum err redaction_preview(struct tx *tx, const struct dossier *d, const struct redaction *form,
			   struct redaction_places *out)
{
	struct passages p = { NULL, 0 };
	struct acts acts;
	size_t sum;
	passages_add(tx->mem, form->passages, &p);
	enum err e = act_list(tx, d, &acts);
	return e ? e : look_everywhere(tx, d, &acts, &p, out, &sum);
}

/* --- redact --- */

enum err redaction_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct redaction *x = form;
	struct redaction_places found;
	struct passages p = { NULL, 0 };
	struct acts acts;
	const struct act *last = NULL;
	size_t sum;
	passages_add(tx->mem, x->passages, &p);
	enum err e = act_list(tx, d, &acts);
	if (e || (e = look_everywhere(tx, d, &acts, &p, &found, &sum)))
		return e;
	x->places = (int64_t)sum;
	x->sealed_acts = 0;
	for (size_t i = 0; i < found.n; i++) {
		x->sealed_acts += found.at[i].act != last && !found.at[i].sealed;
		last = found.at[i].act;
	}
	return OK;
}

/* Fields in which something was found, without reading every version once more for each passage. */
static bool stands(struct arena *a, const struct redaction_places *found, struct passage *p)
{
	struct passages one = { p, 1 };
	for (size_t i = 0; i < found->n; i++) {
		struct str words = found->at[i].was;
		const struct field *f = found->at[i].field;
		bool files = !f || f->type == FIELD_FILES;
		if (files ? mask_file_name(a, &one, &words) : mask_text(a, &one, &words))
			return true;
	}
	return false;
}

enum err redaction_check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			 struct faults *faults)
{
	const struct redaction *x = form;
	struct passages p = { NULL, 0 };
	struct str note = x->redaction_note;
	struct acts acts;
	(void)on;
	passages_add(tx->mem, x->passages, &p);
	struct redaction_places found = { NULL, 0 };
	size_t sum;
	enum err e = act_list(tx, d, &acts);
	if (!e && p.n && p.n <= PASSAGES_MOST)
		e = look_everywhere(tx, d, &acts, &p, &found, &sum);
	struct arena *scratch = arena_new(0);
	if (!p.n && x->passages.len) /* blanks alone */
		fault_add_msg(faults, "passages", MSG_REDACTION_FAULT_NONE);
	if (p.n > PASSAGES_MOST)
		fault_add_msg(faults, "passages", MSG_REDACTION_FAULT_MANY);
	/* One fault of all the passages that cannot be: a field shows one. */
	struct buf unfit = { .a = tx->mem };
	for (size_t i = 0; !e && i < p.n && p.n <= PASSAGES_MOST; i++) {
		bool is_short = passage_is_short(&p.at[i]);
		if (is_short || !stands(scratch, &found, &p.at[i])) {
			buf_put(&unfit, unfit.len ? S(" ") : S(""));
			(is_short ? msg_redaction_fault_short : msg_redaction_fault_nowhere)(
				&unfit, faults->lang, p.at[i].text);
		}
		arena_clear(scratch);
	}
	arena_free(scratch);
	if (unfit.len)
		fault_add(faults, "passages", buf_str(&unfit));
	if (found.n && !x->reviewed)
		fault_add_msg(faults, "reviewed", MSG_REDACTION_FAULT_UNSEEN);
	redaction_limit(tx, d, &p, faults);
	if (mask_text(tx->mem, &p, &note))
		fault_add_msg(faults, "redaction_note", MSG_REDACTION_FAULT_NOTE);
	return e;
}

/* --- Every other step --- */

/* Is what this field says read by everybody: in the act's public bytes, or from the dossier? */
static bool is_read_by_all(const struct dossier *d, const struct step *s, const struct field *f)
{
	const struct field *kept = field_find(d->kind->fields, str_of(f->name));
	return !f->hidden && !f->sealed &&
	       ((s->is_public && !f->internal) || (kept && !kept->internal && !kept->sealed));
}

/* May tx->who hide something of it? */
static bool may_hide(struct tx *tx, const struct dossier *d)
{
	const struct step *hides = kind_step(d->kind, S("redact"));
	return hides && step_rightful(tx, d, hides, NULL);
}

/* Says this field of a form something that was hidden? */
static bool says_hidden(struct arena *a, const struct redactions *hidden, const struct step *s,
			const struct field *f, const void *form)
{
	const struct field one[] = { *f, { 0 } };
	void *copy = arena_get(a, s->size);
	fields_init(s->form, copy);
	fields_copy(one, form, copy);
	return redactions_hide(a, hidden, one, copy) > 0;
}

enum err redaction_refuse(struct tx *tx, const struct dossier *d, const struct step *s,
			  const void *form, bool reveals, struct faults *faults)
{
	struct redactions hidden;
	bool may = may_hide(tx, d), asked = false;
	if (!s->form || s->redacts || s->follows)
		return OK;
	enum err e = redactions_of(tx, d, 0, &hidden);
	for (const struct field *f = s->form; !e && redactions_any(&hidden) && f->type; f++) {
		if (!is_read_by_all(d, s, f) || !says_hidden(tx->mem, &hidden, s, f, form))
			continue;
		struct buf b = { .a = tx->mem };
		if (f->type == FIELD_FILES) {
			fault_add_msg(faults, f->name, MSG_REDACTION_FAULT_FILE_AGAIN);
		} else if (!may) {
			fault_add_msg(faults, f->name, MSG_REDACTION_FAULT_AGAIN);
		} else if (!reveals && !asked) {
			msg_redaction_fault_reveals(&b, faults->lang,
						    msg_plain(faults->lang, f->label));
			fault_add(faults, "reveals", buf_str(&b));
			asked = true;
		}
	}
	return e;
}

enum err redaction_refuse_text(struct tx *tx, const struct dossier *d, struct str text,
			       const char *field, struct faults *faults)
{
	struct redactions hidden;
	enum err e = redactions_of(tx, d, 0, &hidden);
	if (!e && mask_text(tx->mem, &hidden.passages, &text))
		fault_add_msg(faults, field, MSG_REDACTION_FAULT_AGAIN);
	return e;
}

static bool says_openly(struct arena *scratch, const struct dossier *d, const struct act *act,
			const struct redactions *hidden)
{
	const struct step *s = act->step;
	struct json j;
	struct str why;
	if (!s->form || s->redacts || !json_parse(scratch, act->shown, &j, &why))
		return false;
	void *form = arena_get(scratch, s->size);
	fields_init(s->form, form);
	fields_read(scratch, s->form, &j, form);
	for (const struct field *f = s->form; f->type; f++)
		if (is_read_by_all(d, s, f) && says_hidden(scratch, hidden, s, f, form))
			return true;
	return false;
}

const struct act *redaction_revealed(struct arena *a, const struct dossier *d,
				     const struct acts *acts, size_t i)
{
	struct redactions hidden;
	const struct act *found = NULL;
	struct arena *scratch = arena_new(0);
	redactions_from(a, &(struct acts){ .at = &acts->at[i], .n = 1 }, 0, &hidden);
	for (size_t k = i + 1; k < acts->n && hidden.passages.n && !found; k++) {
		found = says_openly(scratch, d, &acts->at[k], &hidden) ? &acts->at[k] : NULL;
		arena_clear(scratch);
	}
	arena_free(scratch);
	return found;
}

/* --- redact_file --- */

/* Files that acts gave openly, under the names by which they are in use; those that list people go when
 * the posting ends and are not among them. */
static enum err open_files(struct tx *tx, const struct dossier *d, struct file_uses *out)
{
	struct acts acts;
	struct file_uses all;
	enum err e = act_list(tx, d, &acts);
	if (e || (e = file_use_list(tx, d->id, &all)))
		return e;
	*out = (struct file_uses){ NEW_N(tx->mem, struct file_used, all.n), 0 };
	for (size_t i = 0; i < all.n; i++) {
		bool given = false;
		for (size_t k = 0; k < acts.n && !given; k++)
			given = str_has(acts.at[k].data, all.at[i].sha256);
		if (given && all.at[i].sealed == FILE_OPEN)
			out->at[out->n++] = all.at[i];
	}
	return OK;
}

static enum err file_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	const struct dossier *d = subject;
	struct file_uses files;
	(void)lang;
	enum err e = open_files(tx, d, &files);
	if (e)
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, files.n), 0 };
	for (size_t i = 0; i < files.n; i++)
		out->at[out->n++] = (struct choice){ files.at[i].sha256, files.at[i].name, S("") };
	return OK;
}

static bool file_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
		       struct str *out)
{
	const struct dossier *d = subject;
	struct file_ref file;
	(void)lang;
	if (file_find(tx, d->id, value, FILE_REDACTED, &file)) {
		tx->err = OK;
		return false;
	}
	*out = file.name;
	return true;
}

const struct field file_redaction_fields[] = {
	FIELD(struct file_redaction, redaction_file, .options = file_options,
	      .label_of = file_label, .label = MSG_REDACTION_FILE_GOES),
	FIELD(struct file_redaction, redaction_rendition, .min = 1, .max = 1,
	      .label = MSG_REDACTION_RENDITION, .hint = MSG_REDACTION_RENDITION_HINT),
	REASON(struct file_redaction),
	FIELD(struct file_redaction, reviewed, .internal = true, .sealed = true,
	      .label = MSG_REDACTION_FILE_REVIEWED),
	{ 0 },
};

/* "Danh sách.pdf" becomes "Danh sách (đã che).pdf", whatever the rendition was called. */
static struct str rendition_name(struct arena *a, struct str was, const struct file_ref *file)
{
	size_t stem = was.len;
	for (size_t i = was.len; i > 0 && stem == was.len; i--)
		if (was.at[i - 1] == '.')
			stem = i - 1;
	struct buf b = { .a = a };
	msg_redaction_file_name(&b, LANG_VI, str_cut(was, stem));
	return file_clean_name(a, buf_str(&b), file->type);
}

enum err file_redaction_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct file_redaction *x = form;
	struct file_ref was;
	if (!x->redaction_rendition.n || file_find(tx, d->id, x->redaction_file, FILE_OPEN, &was)) {
		tx->err = OK; /* the checks of the form say so */
		return OK;
	}
	struct file_ref *now = NEW(tx->mem, struct file_ref);
	*now = x->redaction_rendition.at[0];
	now->name = rendition_name(tx->mem, was.name, now);
	x->redaction_rendition = (struct file_refs){ now, 1 };
	return OK;
}

enum err file_redaction_check(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct file_redaction *x = form;
	struct file_uses open, all;
	bool there = false, sealed = false;
	(void)on;
	enum err e = open_files(tx, d, &open);
	if (e || (e = file_use_list(tx, d->id, &all)))
		return e;
	for (size_t i = 0; i < open.n && !there; i++)
		there = str_eq(open.at[i].sha256, x->redaction_file);
	if (!there && x->redaction_file.len)
		fault_add_msg(faults, "redaction_file", MSG_REDACTION_FAULT_FILE);
	if (!x->redaction_rendition.n)
		return OK;
	struct str rendition = x->redaction_rendition.at[0].sha256;
	for (size_t i = 0; i < all.n && !sealed; i++)
		sealed = all.at[i].sealed == FILE_REDACTED && str_eq(all.at[i].sha256, rendition);
	if (sealed || str_eq(rendition, x->redaction_file))
		fault_add_msg(faults, "redaction_rendition",
			      sealed ? MSG_REDACTION_FAULT_SEALED : MSG_REDACTION_FAULT_SAME);
	return OK;
}

bool file_redaction_futile(struct tx *tx, const struct dossier *d)
{
	struct file_uses files;
	return !open_files(tx, d, &files) && !files.n;
}
