/* The fields are looked for in the text as it stands: a bracket that closes nothing is a bracket, and one
 * with "(" behind it is a link of Markdown. */
#include "office/reply.h"

#include "base/encode.h"
#include "base/utf8.h"
#include "office/gate.h"
#include "office/office.h"
#include "office/sealed.h"
#include "office/step.h"

#include <string.h>

/* --- What may be filled in --- */

enum merge { MERGE_SENDER, MERGE_CODE, MERGE_TITLE, MERGE_RECEIVED, MERGE_TODAY, MERGES };

static const char *const names[MERGES] = { "nguoi gui", "ma", "viec", "ngay nhan", "hom nay" };

/* The next "[...]" on one line; false: there is none. `before` is what stands in front of it. */
static bool next_field(struct str *rest, struct str *before, struct str *inside)
{
	for (size_t i = 0; i < rest->len; i++) {
		if (rest->at[i] != '[')
			continue;
		size_t k = i + 1;
		while (k < rest->len && rest->at[k] != ']' && rest->at[k] != '[' &&
		       rest->at[k] != '\n')
			k++;
		if (k == rest->len || rest->at[k] != ']' ||
		    (k + 1 < rest->len && rest->at[k + 1] == '('))
			continue;
		*before = str_cut(*rest, i);
		*inside = (struct str){ rest->at + i + 1, k - i - 1 };
		*rest = str_from(*rest, k + 1);
		return true;
	}
	return false;
}

static enum merge merge_of(struct arena *a, struct str inside)
{
	struct str folded = utf8_fold(a, str_trim(inside));
	enum merge m = MERGE_SENDER;
	while (m < MERGES && !str_eq(folded, str_of(names[m])))
		m++;
	return m;
}

struct str reply_unknown(struct arena *a, struct str text)
{
	struct str before, inside;
	while (next_field(&text, &before, &inside))
		if (merge_of(a, inside) == MERGES)
			return inside;
	return S("");
}

/* Whose it is, as far as its acts still say so and the reader may know. */
static enum err sender_of(struct tx *tx, const struct dossier *d, struct str *out)
{
	const struct field *f = field_find(d->kind->fields, S("name"));
	void *personal = arena_get(tx->mem, d->kind->size);
	*out = S("");
	if (d->sealed && !sealed_identity_shown(tx, d))
		return OK;
	if (!f || f->type != FIELD_TEXT || !f->personal)
		return OK;
	fields_init(d->kind->fields, personal);
	enum err e = dossier_personal(tx, d, d->kind->fields, personal);
	if (!e)
		*out = str_some(*field_str(f, personal));
	return e;
}

/* What somebody wrote as his name or as the title comes out as he wrote it: no mark of Markdown is one. */
static void put_plain(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		bool first = !b->len || b->at[b->len - 1] == '\n';
		if (c == '\n' || c == '\r')
			c = ' ';
		/* Of a number at the beginning of a line the dot behind it would make a list. */
		bool dot = (c == '.' || c == ')') && i && text.at[i - 1] >= '0' &&
			   text.at[i - 1] <= '9';
		if (str_has(S("\\`*_[]<&!"), (struct str){ &c, 1 }) || dot ||
		    (first && str_has(S("#>+-=~|"), (struct str){ &c, 1 })))
			buf_putc(b, '\\');
		buf_putc(b, c);
	}
}

struct str reply_fill(struct tx *tx, const struct dossier *d, const struct field *f,
		      struct str text)
{
	struct buf b = { .a = tx->mem };
	struct str before, inside;
	while (next_field(&text, &before, &inside)) {
		buf_put(&b, before);
		switch (merge_of(tx->mem, inside)) {
		case MERGE_SENDER:
			if (f->nameless)
				buf_put(&b, msg_plain(LANG_VI, MSG_REPLY_SENDER));
			else
				buf_put(&b, S("[người gửi]"));
			break;
		case MERGE_CODE:
			buf_put(&b, d->code);
			break;
		case MERGE_TITLE:
			if (f->nameless)
				buf_put(&b, dossier_title(d));
			else
				put_plain(&b, dossier_title(d));
			break;
		case MERGE_RECEIVED:
			lang_put_date(&b, LANG_VI, d->opened_on);
			break;
		case MERGE_TODAY:
			lang_put_date(&b, LANG_VI, tx_today(tx));
			break;
		case MERGES:
			buf_printf(&b, "[%.*s]", STR_ARG(inside));
			break;
		}
	}
	buf_put(&b, text);
	return buf_str(&b);
}

void *reply_form(struct tx *tx, const struct dossier *d, const struct step *s, void *form)
{
	const struct field *f = reply_field(s);
	if (!f)
		return form;
	void *copy = arena_get(tx->mem, s->size);
	memcpy(copy, form, s->size);
	*field_str(f, copy) = reply_fill(tx, d, f, *field_str(f, form));
	return copy;
}

enum err reply_named(struct tx *tx, const struct dossier *d, struct str text, enum lang lang,
		     struct str *out)
{
	struct buf b = { .a = tx->mem };
	struct str before, inside, sender;
	enum err e = sender_of(tx, d, &sender);
	if (e)
		return e;
	while (next_field(&text, &before, &inside)) {
		buf_put(&b, before);
		if (merge_of(tx->mem, inside) != MERGE_SENDER)
			buf_printf(&b, "[%.*s]", STR_ARG(inside));
		else if (sender.len)
			put_plain(&b, sender);
		else
			buf_put(&b, msg_plain(lang, MSG_REPLY_SENDER));
	}
	buf_put(&b, text);
	*out = buf_str(&b);
	return OK;
}

/* --- The kind --- */

enum { REPLY_USED = 1 << 1, REPLY_ENDED = 1 << 2 };

struct reply {
	struct str title, matter;
	struct str use; /* "petition.answer": of which step */
	struct str body;
};

const struct field *reply_field(const struct step *s)
{
	for (const struct field *f = s->form; f && f->type; f++)
		if (f->merges && f->type == FIELD_TEXT)
			return f;
	return NULL;
}

/* No step: of every one. */
static struct str use_of(struct arena *a, const struct kind *k, const struct step *s)
{
	return !k || !s ? S("") : str_printf(a, "%s.%s", k->name, s->name);
}

static bool is_templated(const struct step *s)
{
	return reply_field(s) && !s->follows;
}

/* Two steps of a kind that are called the same are told apart by where they start. */
static struct str use_label(struct arena *a, const struct kind *k, const struct step *s,
			    enum lang lang)
{
	struct buf label = { .a = a }, from = { .a = a };
	bool twice = false;
	for (const struct step *o = k->steps; o->name; o++)
		twice |= o != s && is_templated(o) && o->label == s->label;
	msg_reply_use_of(&label, lang, msg_plain(lang, k->title), msg_plain(lang, s->label));
	if (!twice)
		return buf_str(&label);
	struct buf states = { .a = a };
	for (const struct state *st = k->states; st->bit; st++)
		if (s->from & st->bit)
			buf_printf(&states, "%s%.*s", states.len ? ", " : "",
				   STR_ARG(msg_plain(lang, st->label)));
	msg_reply_use_from(&from, lang, buf_str(&label), buf_str(&states));
	return buf_str(&from);
}

static enum err use_options(struct tx *tx, const void *subject, enum lang lang, struct choices *out)
{
	size_t n = 0;
	(void)subject;
	for (const struct kind *const *k = tx->office->kinds; *k; k++)
		for (const struct step *s = (*k)->steps; s->name; s++)
			n += is_templated(s);
	*out = (struct choices){ NEW_N(tx->mem, struct choice, n), 0 };
	for (const struct kind *const *k = tx->office->kinds; *k; k++)
		for (const struct step *s = (*k)->steps; s->name; s++) {
			if (!is_templated(s))
				continue;
			out->at[out->n++] = (struct choice){ use_of(tx->mem, *k, s),
							     use_label(tx->mem, *k, s, lang) };
		}
	return OK;
}

#define SAYS                                                                              \
	FIELD(struct reply, title, .min = 5, .max = 120, .label = MSG_REPLY_TITLE),       \
		FIELD(struct reply, use, .label = MSG_REPLY_USE, .options = use_options), \
		FIELD(struct reply, matter, .optional = true, .max = 100,                 \
		      .label = MSG_REPLY_MATTER, .hint = MSG_REPLY_MATTER_HINT),          \
		FIELD(struct reply, body, .min = 10, .max = 20000, .lines = true,         \
		      .markdown = true, .label = MSG_REPLY_BODY, .hint = MSG_REPLY_BODY_HINT)

static const struct field fields[] = { SAYS, { 0 } };

static const struct state states[] = {
	{ REPLY_USED, "used", MSG_REPLY_STATE_USED, TONE_OK, VISIBLE_INTERNAL },
	{ REPLY_ENDED, "ended", MSG_REPLY_STATE_ENDED, TONE_WAIT, VISIBLE_INTERNAL },
	{ 0 },
};

static enum err check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
		      struct faults *faults)
{
	const struct reply *x = form;
	struct str unknown = reply_unknown(tx->mem, x->body);
	struct buf b = { .a = tx->mem };
	(void)d, (void)on;
	if (unknown.len) {
		msg_reply_fault_field(&b, faults ? faults->lang : LANG_VI, unknown);
		fault_add(faults, "body", buf_str(&b));
	}
	return OK;
}

static const struct step steps[] = {
	{ "write", NEW, REPLY_USED, CLERK | LEADER, MSG_REPLY_WRITE, MSG_REPLY_WRITE_DONE,
	  sizeof(struct reply), fields, .version = true, .check = check },
	{ "edit", REPLY_USED, 0, CLERK | LEADER, MSG_REPLY_EDIT, MSG_REPLY_EDIT_DONE,
	  sizeof(struct reply), fields, .version = true, .check = check },
	{ "end", REPLY_USED, REPLY_ENDED, CLERK | LEADER, MSG_REPLY_END, MSG_REPLY_END_DONE },
	{ 0 },
};

const struct kind reply_kind = {
	.name = "reply",
	.code = "MT",
	.slug = "mau-tra-loi",
	.work = "",
	.title = MSG_REPLY_KIND,
	.titles = MSG_REPLY_KINDS,
	.no_clock = true,
	.mute = true,
	.size = sizeof(struct reply),
	.fields = fields,
	.facet = "use",
	.states = states,
	.steps = steps,
};

/* --- Looked for --- */

enum err reply_list(struct tx *tx, int64_t unit, const struct kind *k, const struct step *step,
		    struct reply_rows *out)
{
	*out = (struct reply_rows){ NEW_N(tx->mem, struct reply_row, REPLIES_MOST), 0 };
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE holder = $1"
				      " AND visibility = $2 AND kind = 'reply' AND state = $3"
				      " AND ($4 = '' OR facet = $4) ORDER BY title, id LIMIT $5");
	BIND(&q, unit, (int64_t)VISIBLE_INTERNAL, (int64_t)REPLY_USED, use_of(tx->mem, k, step),
	     (int64_t)REPLIES_MOST);
	int64_t ids[REPLIES_MOST];
	size_t n = 0;
	while (db_next(&q))
		ids[n++] = col_int(&q, 0);
	if (q.err)
		return q.err;
	for (size_t i = 0; i < n; i++) {
		struct dossier *d;
		enum err e = dossier_load_text(tx, ids[i], &d);
		if (e)
			return e;
		const struct reply *x = d->data;
		out->at[out->n++] = (struct reply_row){ d->code, x->title, str_some(x->matter) };
	}
	return OK;
}

enum err reply_text(struct tx *tx, int64_t unit, const struct kind *k, const struct step *step,
		    struct str code, struct str *out)
{
	struct str canonical;
	struct dossier *d;
	int64_t id;
	if (!code_read(tx->mem, code, &canonical))
		return ERR_NOT_FOUND;
	enum err e = dossier_by_code(tx, canonical, &id);
	if (e || (e = dossier_load_text(tx, id, &d)))
		return e;
	const struct reply *x = d->data;
	if (d->kind != &reply_kind || d->holder != unit || d->state != REPLY_USED ||
	    !str_eq(x->use, use_of(tx->mem, k, step)) || !gate_may_read(tx, d))
		return ERR_NOT_FOUND;
	*out = x->body;
	return OK;
}
