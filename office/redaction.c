/* Everything is computed from acts: what a dossier says under its bars, which earlier bytes are sealed, and
 * what a page may show of an act. Stored is only what would be asked on every reading. */
#include "office/redaction.h"

#include "office/file.h"
#include "office/step.h"

#include <inttypes.h>

/* --- What acts have hidden --- */

static bool hides_files(const struct step *s)
{
	return s->form == file_redaction_fields;
}

static void add_file(struct arena *a, const struct file_redaction *x, struct redactions *out)
{
	if (!x->redaction_rendition.n)
		return;
	out->files = arena_grow(a, out->files, out->n_files * sizeof *out->files,
				(out->n_files + 1) * sizeof *out->files);
	out->files[out->n_files++] =
		(struct redacted_file){ x->redaction_file, x->redaction_rendition.at[0] };
}

static void add_act(struct arena *a, const struct step *s, struct str data, struct redactions *out)
{
	struct file_redaction file = { .reviewed = false };
	struct redaction text = { .reviewed = false };
	struct json j;
	struct str why;
	if (!s || !s->redacts || !json_parse(a, data, &j, &why))
		return;
	if (hides_files(s)) {
		fields_read(a, file_redaction_fields, &j, &file);
		add_file(a, &file, out);
	} else {
		fields_read(a, redaction_fields, &j, &text);
		passages_add(a, text.passages, &out->passages);
	}
}

void redactions_from(struct arena *a, const struct acts *acts, size_t i, struct redactions *out)
{
	*out = (struct redactions){ .files = NULL };
	for (; i < acts->n; i++)
		add_act(a, acts->at[i].step, acts->at[i].data, out);
}

enum err redactions_of(struct tx *tx, const struct dossier *d, int64_t act, struct redactions *out)
{
	struct redactions all = { .files = NULL };
	struct query q =
		db_query(tx, "SELECT step, data FROM act WHERE dossier = $1 AND"
			     " id > $2 AND step IN ('redact', 'redact_after', 'redact_file')"
			     " ORDER BY no");
	BIND(&q, d->id, act);
	while (db_next(&q))
		add_act(tx->mem, kind_step(d->kind, col_str(&q, 0)), col_str(&q, 1), &all);
	if (!q.err)
		*out = all;
	return q.err;
}

static size_t replace_files(struct arena *a, const struct redactions *r, struct file_refs *files)
{
	size_t places = 0, all = r->n_files * r->n_files; /* a rendition may have one of its own */
	for (size_t k = 0; k < all; k++)
		for (size_t i = 0; i < files->n; i++) {
			const struct redacted_file *one = &r->files[k % r->n_files];
			if (!str_eq(files->at[i].sha256, one->was))
				continue;
			struct file_ref *at = NEW_N(a, struct file_ref, files->n);
			for (size_t m = 0; m < files->n; m++)
				at[m] = files->at[m];
			at[i] = one->now;
			files->at = at;
			places++;
		}
	return places;
}

size_t redactions_hide(struct arena *a, const struct redactions *r, const struct field *table,
		       void *owner)
{
	size_t places = 0;
	for (const struct field *f = table; f && f->type && r->n_files; f++)
		if (f->type == FIELD_FILES)
			places += replace_files(a, r, field_files(f, owner));
	return places + mask_fields(a, &r->passages, table, owner);
}

size_t redactions_hide_all(struct arena *a, const struct redactions *r, struct dossier *d)
{
	size_t places = redactions_hide(a, r, d->kind->fields, d->data);
	for (size_t i = 0; i < d->lines.n; i++) {
		struct line *l = &d->lines.at[i];
		size_t n = redactions_hide(a, r, l->kind->fields, l->data);
		l->changed |= n > 0;
		places += n;
	}
	/* What a duty is about is a key its kind looks up again ("XA07-05-01|2020-Q4"), never words: whatever
	 * a page says of a duty, it says from the lines and fields above. */
	return places;
}

void redaction_apply(struct fold *f, const void *form)
{
	struct redactions r = { .files = NULL };
	(void)form;
	add_act(f->mem, f->act->step, f->act->data, &r);
	(void)redactions_hide_all(f->mem, &r, f->d);
}

/* --- Acts as they may be read --- */

static void *form_of(struct arena *a, const struct step *s, const struct json *j)
{
	void *form = arena_get(a, s->size);
	fields_init(s->form, form);
	fields_read(a, s->form, j, form);
	return form;
}

/* May anything of an act be hidden? Asked of its JSON as it stands, which costs less than to read it: what JSON
 * escapes, but by number, stands between words. */
static bool may_hide(struct arena *scratch, const struct redactions *r, struct str json)
{
	if (str_has(json, S("\"sha256\"")) || str_has(json, S("\\u")))
		return true;
	char *plain = arena_get(scratch, json.len);
	for (size_t i = 0; i < json.len; i++) {
		plain[i] = json.at[i] == '\\' ? ' ' : json.at[i];
		if (json.at[i] == '\\' && i + 1 < json.len)
			plain[++i] = ' ';
	}
	return mask_may_find(&r->passages, (struct str){ plain, json.len });
}

/* Read in `scratch`; only what says something else than before stays in `a`. */
static struct str show(struct arena *a, struct arena *scratch, const struct redactions *r,
		       const struct step *s, struct str json)
{
	struct json j;
	struct str why;
	struct buf b = { .a = scratch };
	if (!redactions_any(r) || !s->form || !may_hide(scratch, r, json) ||
	    !json_parse(scratch, json, &j, &why))
		return json;
	void *form = form_of(scratch, s, &j);
	if (!redactions_hide(scratch, r, s->form, form))
		return json;
	buf_putc(&b, '{');
	fields_write(&b, s->form, form, NULL);
	buf_putc(&b, '}');
	return str_dup(a, buf_str(&b));
}

struct str redactions_show(struct arena *a, const struct redactions *r, const struct step *s,
			   struct str json)
{
	struct arena *scratch = arena_new(0);
	struct str out = show(a, scratch, r, s, json);
	arena_free(scratch);
	return out;
}

/* Pages ask for acts several times over: those of which nothing is hidden are not even parsed, and of the others
 * only what they say now stays in `a`, at most about the bytes they had. */
void redaction_show_acts(struct arena *a, const struct acts *acts)
{
	size_t last = acts->n;
	for (size_t i = 0; i < acts->n; i++) {
		acts->at[i].shown = acts->at[i].data;
		if (acts->at[i].step->redacts)
			last = i;
	}
	if (last == acts->n)
		return;
	struct redactions later = { .files = NULL };
	struct arena *kept = arena_new(0);
	for (size_t i = last + 1; i > 0; i--) {
		struct act *act = &acts->at[i - 1];
		add_act(kept, act->step, act->data, &later);
		act->shown = redactions_show(a, &later, act->step, act->data);
	}
	arena_free(kept);
}

/* --- Sealing --- */

static bool holds(struct arena *scratch, const struct passages *p, const struct step *s,
		  struct str bytes)
{
	struct json j;
	struct str why;
	if (!p->n || !s->form || !bytes.len || !json_parse(scratch, bytes, &j, &why))
		return false;
	return mask_fields(scratch, p, s->form, form_of(scratch, s, &j)) > 0;
}

int64_t redaction_seals(const struct acts *acts, size_t i, struct str bytes)
{
	int64_t by = 0;
	for (size_t k = i + 1; k < acts->n && !by; k++) {
		if (!acts->at[k].step->redacts)
			continue;
		struct arena *scratch = arena_new(0);
		struct redactions r = { .files = NULL };
		add_act(scratch, acts->at[k].step, acts->at[k].data, &r);
		by = holds(scratch, &r.passages, acts->at[i].step, bytes) ? acts->at[k].id : 0;
		arena_free(scratch);
	}
	return by;
}

static struct str text_of(struct bytes b)
{
	return (struct str){ b.at, b.len };
}

static enum err seal_content(struct tx *tx, const struct acts *acts, size_t i)
{
	struct content c;
	enum err e = content_load_whole(tx, acts->at[i].id, &c);
	if (e || c.erased)
		return e == ERR_NOT_FOUND ? OK : e;
	int64_t by = redaction_seals(acts, i, text_of(c.public_bytes));
	if (by == c.redacted_by)
		return OK;
	struct query q = db_query(tx, "UPDATE content SET redacted_by = $1 WHERE act = $2");
	BIND(&q, by, acts->at[i].id);
	return db_exec(&q);
}

enum err redaction_keep_files(struct tx *tx, const struct dossier *d)
{
	struct redactions r;
	struct file_uses uses = { NULL, 0 };
	enum err e = redactions_of(tx, d, 0, &r);
	if (!e && redactions_any(&r))
		e = file_use_list(tx, d->id, &uses);
	for (size_t i = 0; !e && i < uses.n; i++) {
		struct str name = uses.at[i].name;
		enum file_seal sealed = uses.at[i].sealed;
		for (size_t k = 0; k < r.n_files; k++)
			if (str_eq(r.files[k].was, uses.at[i].sha256))
				sealed = FILE_REDACTED;
		(void)mask_file_name(tx->mem, &r.passages, &name);
		if (sealed != uses.at[i].sealed || !str_eq(name, uses.at[i].name))
			e = file_use_change(tx, d->id, uses.at[i].sha256, name, sealed);
	}
	return e;
}

enum err redaction_stored(struct tx *tx, struct dossier *d, const struct act *act, const void *form)
{
	struct acts acts;
	(void)act, (void)form;
	enum err e = act_list(tx, d, &acts);
	for (size_t i = 0; !e && i < acts.n; i++)
		e = seal_content(tx, &acts, i);
	return e ? e : redaction_keep_files(tx, d);
}

enum err redaction_follow(struct tx *tx, struct dossier *d, const struct redaction *form)
{
	struct redaction same = *form;
	struct redaction_places found;
	enum err e = redaction_preview(tx, d, &same, &found);
	return e || !found.n ? e : step_follow(tx, d, "redact_after", &same, NO_DATE);
}

enum err redaction_rebuild(struct tx *tx, const struct dossier *d, const struct acts *acts)
{
	struct query q = db_query(tx, "UPDATE content SET redacted_by = 0 WHERE redacted_by <> 0"
				      " AND act IN (SELECT id FROM act WHERE dossier = $1)");
	bool any = false;
	BIND(&q, d->id);
	enum err e = db_exec(&q);
	for (size_t i = 0; i < acts->n; i++)
		any |= acts->at[i].step->redacts;
	for (size_t i = 0; !e && any && i < acts->n; i++)
		e = seal_content(tx, acts, i);
	return e || !any ? e : redaction_keep_files(tx, d);
}

enum err redaction_verify_files(struct tx *tx, const struct dossier *d, const struct acts *acts,
				struct str *problem)
{
	struct redactions r;
	struct file_uses uses;
	redactions_from(tx->mem, acts, 0, &r);
	*problem = S("");
	enum err e = r.n_files ? file_use_list(tx, d->id, &uses) : OK;
	for (size_t i = 0; !e && r.n_files && i < uses.n; i++)
		for (size_t k = 0; k < r.n_files; k++)
			if (str_eq(r.files[k].was, uses.at[i].sha256) &&
			    uses.at[i].sealed != FILE_REDACTED)
				*problem = str_printf(tx->mem,
						      "%.*s: file %.16s... was redacted by an act, "
						      "and is not sealed",
						      STR_ARG(d->code), uses.at[i].sha256.at);
	return e;
}
