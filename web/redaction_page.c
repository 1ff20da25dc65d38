/* The original of a redacted dossier is asked for as a personal matter is: the reason first, and the row that
 * records it is the permission. Whoever holds no office at the unit is told that there is no such page. */
#include "web/redaction_page.h"

#include "crypto/hash.h"
#include "gen/web_pages.h"
#include "office/access.h"
#include "office/file.h"
#include "office/gate.h"
#include "web/access_page.h"
#include "web/dossier_page.h"
#include "web/grid.h"
#include "web/markdown.h"
#include "web/sign_pages.h"

enum { BEFORE_BAR = 40, AFTER_BAR = 80 };

/* --- Notes beneath a dossier --- */

static struct str said(struct req *r, const struct act *act, const struct json *form, struct str by)
{
	struct buf b = { .a = r->mem };
	int64_t places = json_get_int(form, "places");
	int64_t acts = json_get_int(form, "sealed_acts");
	if (act->step->form == file_redaction_fields)
		msg_redaction_said_file(&b, r->lang, act->on, by);
	else if (!places)
		msg_redaction_said_before(&b, r->lang, act->on, by);
	else
		msg_redaction_said(&b, r->lang, places, act->on, by);
	if (places && acts) {
		buf_putc(&b, ' ');
		msg_redaction_said_sealed(&b, r->lang, acts);
	}
	return buf_str(&b);
}

void redaction_notes(struct req *r, const struct dossier *d, const struct acts *acts,
		     const struct str *doers, struct links *out)
{
	*out = (struct links){ NEW_N(r->mem, struct link, acts->n), 0 };
	for (size_t i = 0; i < acts->n && gate_may_see_content(&r->tx, d); i++) {
		struct buf why_words = { .a = r->mem };
		struct json form;
		struct str why;
		if (!acts->at[i].step->redacts ||
		    !json_parse(r->mem, acts->at[i].shown, &form, &why))
			continue;
		enum msg ground = redaction_ground_label(json_get_str(&form, "redaction_ground"));
		msg_redaction_said_why(&why_words, r->lang, msg_plain(r->lang, ground),
				       json_get_str(&form, "redaction_note"));
		const struct act *revealed = redaction_revealed(r->mem, d, acts, i);
		if (revealed) {
			buf_put(&why_words,
				str_ends(buf_str(&why_words), S(".")) ? S(" ") : S(". "));
			msg_redaction_said_revealed(&why_words, r->lang,
						    msg_plain(r->lang, revealed->step->done),
						    revealed->on, doers[revealed - acts->at]);
		}
		out->at[out->n++] = (struct link){ .text = said(r, &acts->at[i], &form, doers[i]),
						   .about = buf_str(&why_words) };
	}
}

bool redaction_may_open(struct req *r, const struct dossier *d, const struct acts *acts,
			const struct appointment **by)
{
	const struct appointment *held = NULL;
	for (size_t i = 0; i < acts->n && !held; i++) {
		const struct step *s = acts->at[i].step;
		if (s->redacts)
			held = member_may(r->tx.who, ACCESS_ROLES, s->at_home ? d->unit : d->holder,
					  str_of(d->kind->work));
	}
	if (held && by)
		*by = held;
	return held != NULL;
}

/* --- Before something is hidden --- */

bool redaction_previews(const struct step *s)
{
	return s->form == redaction_fields;
}

/* Around a bar, between blanks. */
static void put_around(struct buf *b, struct str text, size_t bar)
{
	size_t from = bar > BEFORE_BAR ? bar - BEFORE_BAR : 0;
	size_t to = bar + AFTER_BAR < text.len ? bar + AFTER_BAR : text.len;
	while (from && text.at[from - 1] != ' ' && text.at[from - 1] != '\n')
		from--;
	while (to < text.len && text.at[to] != ' ' && text.at[to] != '\n')
		to++;
	if (b->len)
		buf_put(b, S(" / "));
	buf_printf(b, "%s%.*s%s", from ? "…" : "",
		   STR_ARG(((struct str){ text.at + from, to - from })), to < text.len ? "…" : "");
}

/* Around each bar that would be new; of a list, around each. */
static struct str around_bars(struct arena *a, const struct redaction_place *p)
{
	struct buf b = { .a = a };
	if (p->field->type == FIELD_TEXT) {
		for (size_t i = 0; i < p->n && i < REDACTION_BARS; i++)
			put_around(&b, p->becomes, p->bars[i]);
		return buf_str(&b);
	}
	for (size_t from = 0, n = 0; n < REDACTION_BARS; n++, from += S(MASK_BAR).len) {
		from += mask_find(str_from(p->becomes, from));
		if (from >= p->becomes.len)
			break;
		put_around(&b, p->becomes, from);
	}
	return buf_str(&b);
}

static struct str where(struct req *r, const struct redaction_place *p)
{
	struct buf b = { .a = r->mem };
	struct str label = msg_plain(r->lang, p->field->label);
	if (!p->act)
		return label;
	msg_redaction_where_act(&b, r->lang, label, msg_plain(r->lang, p->act->step->done),
				p->act->on);
	return buf_str(&b);
}

static enum err count_files(struct req *r, const struct dossier *d, int64_t *out)
{
	struct file_uses uses;
	enum err e = file_use_list(&r->tx, d->id, &uses);
	*out = 0;
	for (size_t i = 0; !e && i < uses.n; i++)
		*out += uses.at[i].sealed == FILE_OPEN;
	return e;
}

enum err redaction_preview_part(struct req *r, const struct dossier *d, const void *form,
				struct redaction_preview **out)
{
	static const enum msg columns[] = { MSG_REDACTION_WHERE, MSG_REDACTION_BECOMES };
	struct redaction_places places;
	struct buf said = { .a = r->mem };
	struct hash mark;
	enum err e = redaction_preview(&r->tx, d, form, &places);
	if (e || !places.n)
		return e;
	struct redaction_preview *p = NEW(r->mem, struct redaction_preview);
	p->fields = (int64_t)places.n;
	p->table = grid_new(r, MSG_REDACTION_PREVIEW, places.n, columns, LENGTH(columns));
	for (size_t i = 0; i < places.n; i++) {
		struct cell *c = grid_row(r, p->table);
		c[0].text = where(r, &places.at[i]);
		p->n += (int64_t)places.at[i].n;
		c[1].text = around_bars(r->mem, &places.at[i]);
		buf_printf(&said, "%.*s\n%zu\n%.*s\n", STR_ARG(c[0].text), places.at[i].n,
			   STR_ARG(places.at[i].becomes));
	}
	p->table->named = true;
	sha256(said.at, said.len, &mark);
	p->mark = str_cut(hash_hex(r->mem, &mark), 16);
	*out = p;
	return count_files(r, d, &p->files);
}

/* --- The original --- */

struct reason_form {
	struct str reason;
};

static const struct field reason_fields[] = {
	FIELD(struct reason_form, reason, .min = ACCESS_REASON_MIN, .max = ACCESS_REASON_MAX,
	      .lines = true, .label = MSG_REDACTION_OPEN_REASON, .hint = MSG_REDACTION_OPEN_HINT),
	{ 0 },
};

static enum err find(struct req *r, struct dossier **d, struct acts *acts,
		     const struct appointment **by)
{
	enum err e = dossier_asked(r, d);
	if (e || (e = act_list(&r->tx, *d, acts)))
		return e;
	return redaction_may_open(r, *d, acts, by) ? OK : ERR_NOT_FOUND;
}

static enum err offer(struct req *r, const struct dossier *d)
{
	struct form *form;
	enum err e = form_show(r, reason_fields, NULL, NULL,
			       req_url(r, "/ho-so/%s/ban-goc", d->code), MSG_REDACTION_OPEN, &form);
	if (e)
		return e;
	struct str title = msg_plain(r->lang, MSG_REDACTION_ORIGINAL);
	page_sign(&r->out,
		  &(struct sign_page){ .frame = req_frame(r, title, DOOR_NONE),
				       .kicker = d->code,
				       .title = title,
				       .lede = msg_plain(r->lang, MSG_REDACTION_ORIGINAL_LEDE),
				       .form = form,
				       .note = msg_plain(r->lang, MSG_ACCESS_NOTE) });
	return OK;
}

static void *form_of(struct req *r, const struct step *s, struct str bytes)
{
	void *form = arena_get(r->mem, s->size);
	struct json j;
	struct str why;
	fields_init(s->form, form);
	if (json_parse(r->mem, bytes, &j, &why))
		fields_read(r->mem, s->form, &j, form);
	return form;
}

/* What the act said where it says something else today. */
static enum err fill_part(struct req *r, const struct dossier *d, const struct acts *acts, size_t i,
			  struct str bytes, struct original_part *out)
{
	const struct step *s = acts->at[i].step;
	struct buf title = { .a = r->mem };
	struct str shown;
	size_t n = 0;
	enum err e = content_shown(&r->tx, acts, i, &shown);
	if (e)
		return e;
	msg_redaction_original_act(&title, r->lang, acts->at[i].no, msg_plain(r->lang, s->done),
				   acts->at[i].on);
	out->title = buf_str(&title);
	const void *was = form_of(r, s, bytes), *is = form_of(r, s, shown);
	for (const struct field *f = s->form; f->type; f++)
		n++;
	out->fields.at = NEW_N(r->mem, struct kv, n);
	for (const struct field *f = s->form; f->type; f++) {
		const struct field one[] = { *f, { 0 } };
		if (fields_equal(one, was, is))
			continue;
		struct kv *kv = &out->fields.at[out->fields.n++];
		kv->label = msg_plain(r->lang, f->label);
		if (f->markdown)
			markdown_html(r->mem, *field_str(f, was), &kv->more);
		else
			kv->value = field_words(r, d, f, was);
	}
	return OK;
}

static enum err fill_parts(struct req *r, const struct dossier *d, const struct acts *acts,
			   struct original_page *p)
{
	enum err e = OK;
	p->parts.at = NEW_N(r->mem, struct original_part, acts->n);
	for (size_t i = 0; !e && i < acts->n; i++) {
		struct content c;
		e = content_load_whole(&r->tx, acts->at[i].id, &c);
		struct str bytes = { c.public_bytes.at, c.public_bytes.len };
		if (!e && c.redacted_by && !c.erased)
			e = fill_part(r, d, acts, i, bytes, &p->parts.at[p->parts.n++]);
	}
	return e;
}

/* The name under which an act gave the file, where today's name has bars. */
static struct str first_name(struct req *r, const struct acts *acts, const struct file_used *file)
{
	for (size_t i = 0; i < acts->n; i++) {
		const struct step *s = acts->at[i].step;
		if (s->redacts || !s->form || !str_has(acts->at[i].data, file->sha256))
			continue;
		const void *form = form_of(r, s, acts->at[i].data);
		for (const struct field *f = s->form; f->type; f++)
			for (size_t k = 0; f->type == FIELD_FILES && k < field_files(f, form)->n;
			     k++)
				if (str_eq(field_files(f, form)->at[k].sha256, file->sha256))
					return field_files(f, form)->at[k].name;
	}
	return file->name;
}

static enum err fill_files(struct req *r, const struct dossier *d, const struct acts *acts,
			   struct original_page *p)
{
	struct file_uses uses;
	enum err e = file_use_list(&r->tx, d->id, &uses);
	if (e)
		return e;
	p->files.at = NEW_N(r->mem, struct link, uses.n);
	for (size_t i = 0; i < uses.n; i++)
		if (uses.at[i].sealed == FILE_REDACTED)
			p->files.at[p->files.n++] =
				(struct link){ .text = first_name(r, acts, &uses.at[i]),
					       .url = req_url(r, "/ho-so/%s/tep/%s", d->code,
							      uses.at[i].sha256) };
	return OK;
}

static enum err original_show(struct req *r)
{
	const struct appointment *by;
	struct original_page p = { .r = r };
	struct dossier *d;
	struct acts acts;
	bool granted;
	enum err e = find(r, &d, &acts, &by);
	if (e || (e = access_granted_of(&r->tx, d->id, ACCESS_ORIGINAL, &granted)))
		return e;
	if (!granted || r->again)
		return offer(r, d);
	p.d = d;
	p.frame = req_frame(r, msg_plain(r->lang, MSG_REDACTION_ORIGINAL), DOOR_NONE);
	p.back.url = dossier_url(r, d->code);
	if ((e = dossier_heading(r, d, &p.back.text)) || (e = fill_parts(r, d, &acts, &p)) ||
	    (e = fill_files(r, d, &acts, &p)))
		return e;
	page_original(&r->out, &p);
	return r->tx.err;
}

void redaction_seen(struct page *out, const struct original_page *v)
{
	(void)out;
	if (!v->r->tx.err)
		v->r->tx.err = access_part(v->r, v->d);
}

static enum err original_open(struct req *r)
{
	const struct reason_form *f = r->form;
	const struct appointment *by;
	struct dossier *d;
	struct acts acts;
	enum err e = find(r, &d, &acts, &by);
	if (e || (e = access_record_of(&r->tx, d->id, ACCESS_ORIGINAL, by, f->reason)))
		return e;
	return req_redirect(r, req_url(r, "/ho-so/%s/ban-goc", d->code));
}

const struct route redaction_routes[] = {
	{ GET, "/ho-so/{code}/ban-goc", original_show, MEMBER, .uncached = true },
	{ POST, "/ho-so/{code}/ban-goc", original_open, MEMBER, reason_fields, original_show,
	  .quiet = true },
	{ 0 },
};
