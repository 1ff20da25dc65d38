#include "modules/inspect/visit_pages.h"

#include "gen/inspect_pages.h"
#include "modules/inspect/petition.h"
#include "modules/inspect/visit.h"
#include "office/access.h"
#include "office/gate.h"
#include "office/receipt.h"
#include "office/step.h"
#include "web/dossier_page.h"
#include "web/paper.h"
#include "web/receipt_page.h"
#include "web/root.h"

enum { TURNED_AWAY = VISIT_REFUSED | VISIT_NOTIFIED };

static struct str words_of(struct req *r, const struct dossier *d, const char *field)
{
	return field_words(r, d, field_find(d->kind->fields, str_of(field)), d->data);
}

/* --- Where a booking stands --- */

static void add_cancel(struct req *r, const struct dossier *d, struct banner *b)
{
	const struct step *s = kind_step(d->kind, S("cancel"));
	if (!dossier_is_author(&r->tx, d) || !step_is_offered(&r->tx, d, s))
		return;
	b->ways.at = NEW(r->mem, struct link);
	b->ways.at[b->ways.n++] = (struct link){
		.text = msg_plain(r->lang, s->label),
		.url = req_url(r, "/ho-so/%s/lam/%s", d->code, str_of(s->name)),
	};
}

static enum err fill_booked(struct req *r, const struct dossier *d, struct banner *b)
{
	const struct visit *x = d->data;
	struct buf text = { .a = r->mem };
	struct dossier *session;
	enum err e = dossier_load_text(&r->tx, d->parent, &session);
	if (e)
		return e;
	const struct reception *day = session->data;
	if (session->state == RECEPTION_CANCELLED) {
		b->tone = TONE_LATE;
		b->title = msg_plain(r->lang, MSG_VISIT_CALLED_OFF);
		msg_visit_called_off_why(&text, r->lang, day->reason);
	} else if (date_cmp(day->day, x->day) != 0) {
		b->tone = TONE_SOON;
		b->title = msg_plain(r->lang, MSG_VISIT_MOVED);
		msg_visit_moved_to(&text, r->lang, reception_when(r->mem, r->lang, day),
				   day->place);
	} else {
		b->tone = TONE_INFO;
		b->title = msg_plain(r->lang, MSG_VISIT_STATE_BOOKED);
		msg_visit_booked_for(&text, r->lang, x->hour, x->day, day->place);
	}
	b->text = buf_str(&text);
	add_cancel(r, d, b);
	return OK;
}

enum err visit_head(struct req *r, const struct dossier *d)
{
	struct banner b = { .text = S("") };
	if (d->kind != &visit_kind || d->state != VISIT_BOOKED)
		return OK;
	enum err e = fill_booked(r, d, &b);
	if (!e)
		part_visit(&r->out, &(struct visit_part){ .banner = &b });
	return e;
}

/* Short enough for one message of 160 signs, if the office's name is not too long. */
void visit_receipt(struct req *r, const struct dossier *d, struct str office, struct str secret,
		   struct kvs *facts, struct str *sms)
{
	const struct visit *x = d->data;
	struct buf text = { .a = r->mem };
	struct dossier *session;
	if (d->kind != &visit_kind || dossier_load_text(&r->tx, d->parent, &session))
		return;
	facts->at[facts->n++] = (struct kv){
		.label = msg_plain(r->lang, MSG_VISIT_PLACE),
		.value = reception_where(r->mem, r->lang, session->data),
	};
	if (!secret.len || !x->hour.len)
		return;
	msg_visit_sms(&text, r->lang, x->hour, x->day, office, d->code, secret,
		      req_absolute(r, req_url(r, "/bien-nhan")).s);
	*sms = buf_str(&text);
}

/* --- What was made of it, what can be printed --- */

static struct str petition_words(struct req *r, const struct dossier *d, const struct line *l)
{
	const struct visit_petition *p = l->data;
	return str_printf(r->mem, "%.*s · %.*s", STR_ARG(p->code),
			  STR_ARG(field_words(r, d, &l->kind->fields[1], l->data)));
}

/* The receipt of a petition taken here is made once, by whoever serves at the counter. */
static void add_receipt(struct req *r, const struct dossier *d, struct str code,
			struct visit_part *p)
{
	struct instant made;
	struct buf label = { .a = r->mem };
	int64_t id;
	if (!r->tx.who || !member_may(r->tx.who, CLERK, d->holder, str_of(d->kind->work)) ||
	    receipt_of(&r->tx, code, &id, &made) != ERR_NOT_FOUND)
		return;
	msg_visit_give_receipt(&label, r->lang, code);
	p->receipts.at[p->receipts.n++] = (struct receipt_way){
		.action = req_url(r, "/ho-so/%s/bien-nhan-don/%s", d->code, code),
		.token = form_token(r),
		.label = buf_str(&label),
	};
}

static void add_petitions(struct req *r, const struct dossier *d, struct visit_part *p)
{
	p->petitions.at = NEW_N(r->mem, struct link, d->lines.n);
	p->receipts.at = arena_get_n(r->mem, d->lines.n, sizeof *p->receipts.at);
	if (!gate_is_official_of(&r->tx, d->holder))
		return;
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct line *l = &d->lines.at[i];
		struct str code = ((const struct visit_petition *)l->data)->code;
		p->petitions.at[p->petitions.n++] = (struct link){ .text = petition_words(r, d, l),
								   .url = dossier_url(r, code) };
		add_receipt(r, d, code, p);
	}
}

static void add_paper(struct req *r, const struct dossier *d, enum msg text, const char *path,
		      struct links *out)
{
	out->at[out->n++] = (struct link){
		.text = msg_plain(r->lang, text),
		.url = req_url(r, "/ho-so/%s/%s", d->code, str_of(path)),
	};
}

enum err visit_on_dossier(struct req *r, const struct dossier *d)
{
	struct visit_part p = { .papers = { NEW_N(r->mem, struct link, 2), 0 } };
	if (d->kind != &visit_kind || !(d->state & VISIT_CAME))
		return OK;
	add_petitions(r, d, &p);
	add_paper(r, d, MSG_VISIT_PAPER, "bien-ban-tiep", &p.papers);
	if (d->state & TURNED_AWAY)
		add_paper(r, d, MSG_VISIT_REFUSAL_PAPER, "tu-choi-tiep", &p.papers);
	part_visit_papers(&r->out, &p);
	return OK;
}

static bool was_made_here(const struct dossier *d, struct str code)
{
	for (size_t i = 0; i < d->lines.n; i++)
		if (str_eq(((const struct visit_petition *)d->lines.at[i].data)->code, code))
			return true;
	return false;
}

enum err visit_receipt_post(struct req *r)
{
	struct dossier *d, *petition;
	struct str code = req_param(r, "petition");
	const struct appointment *by;
	int64_t id;
	enum err e = dossier_asked(r, &d);
	if (e)
		return e;
	if (d->kind != &visit_kind || !was_made_here(d, code))
		return ERR_NOT_FOUND;
	if ((e = dossier_by_code(&r->tx, code, &id)) || (e = dossier_load(&r->tx, id, &petition)))
		return e;
	if (petition->sealed)
		return ERR_NOT_FOUND; /* who holds its secret reads whose it is */
	by = member_may(r->tx.who, CLERK, petition->holder, str_of(petition->kind->work));
	if (!by)
		return tx_fail(&r->tx, ERR_DENIED, "a receipt for %.*s", STR_ARG(code));
	if (!gate_may_read(&r->tx, petition) &&
	    (e = access_record(&r->tx, id, by, msg_plain(LANG_VI, MSG_ACCESS_ENTERED))))
		return e;
	return receipt_give(r, petition);
}

/* --- The book of a day --- */

enum column {
	COLUMN_HOUR,
	COLUMN_CODE,
	COLUMN_PEOPLE,
	COLUMN_TYPE,
	COLUMN_ROUND,
	COLUMN_BY,
	COLUMN_STATE,
	COLUMN_PETITIONS,
	COLUMNS
};

static void set_columns(struct req *r, struct table *t)
{
	static const enum msg heads[COLUMNS] = {
		[COLUMN_HOUR] = MSG_VISIT_COLUMN_HOUR,
		[COLUMN_CODE] = MSG_VISIT_COLUMN_CODE,
		[COLUMN_PEOPLE] = MSG_VISIT_COLUMN_PEOPLE,
		[COLUMN_TYPE] = MSG_VISIT_TYPE,
		[COLUMN_ROUND] = MSG_VISIT_ROUND,
		[COLUMN_BY] = MSG_RECEPTION_BY,
		[COLUMN_STATE] = MSG_VISIT_COLUMN_STATE,
		[COLUMN_PETITIONS] = MSG_VISIT_COLUMN_PETITIONS,
	};
	t->columns.at = arena_get_n(r->mem, COLUMNS, sizeof *t->columns.at);
	for (size_t i = 0; i < COLUMNS; i++)
		t->columns.at[t->columns.n++] =
			(struct table_column){ msg_plain(r->lang, heads[i]),
					       i == COLUMN_PEOPLE || i == COLUMN_PETITIONS };
}

static struct str number(struct req *r, int64_t n)
{
	struct buf b = { .a = r->mem };
	lang_put_int(&b, r->lang, n);
	return buf_str(&b);
}

static struct str or_dash(struct str words)
{
	return words.len ? words : S("–");
}

static void put_row(struct req *r, const struct dossier *d, struct table *t)
{
	const struct visit *x = d->data;
	const struct state *state = dossier_state(d);
	struct row *row = &t->rows.at[t->rows.n++];
	*row = (struct row){ NEW_N(r->mem, struct cell, COLUMNS), COLUMNS };
	struct cell *c = row->at;
	c[COLUMN_HOUR].text = x->hour.len ? x->hour : msg_plain(r->lang, MSG_VISIT_WALKED_IN);
	c[COLUMN_CODE] = (struct cell){ .text = d->code, .url = dossier_url(r, d->code) };
	c[COLUMN_PEOPLE] = (struct cell){ .text = number(r, x->people), .number = true };
	c[COLUMN_TYPE].text = or_dash(words_of(r, d, "type"));
	c[COLUMN_ROUND].text = or_dash(words_of(r, d, "round"));
	c[COLUMN_BY].text = or_dash(words_of(r, d, "by"));
	c[COLUMN_STATE] = (struct cell){
		.text = S(""),
		.tag = { .tone = state->tone, .text = msg_plain(r->lang, state->label) },
	};
	c[COLUMN_PETITIONS] =
		(struct cell){ .text = number(r, (int64_t)d->lines.n), .number = true };
}

static void fill_sums(struct req *r, const struct visits *book, struct facts *out)
{
	int64_t came = 0, people = 0, groups = 0, booked = 0;
	for (size_t i = 0; i < book->n; i++) {
		const struct visit *x = book->at[i]->data;
		bool here = book->at[i]->state & (VISIT_CAME | VISIT_SEALED);
		came += here;
		people += here ? x->people : 0;
		groups += here && x->people >= VISIT_GROUP;
		booked += book->at[i]->state == VISIT_BOOKED;
	}
	const struct {
		enum msg label;
		int64_t n;
	} sums[] = {
		{ MSG_VISIT_SUM_CAME, came },
		{ MSG_VISIT_SUM_PEOPLE, people },
		{ MSG_VISIT_SUM_GROUPS, groups },
		{ MSG_VISIT_SUM_BOOKED, booked },
	};
	*out = (struct facts){ NEW_N(r->mem, struct fact, LENGTH(sums)), 0 };
	for (size_t i = 0; i < LENGTH(sums); i++)
		out->at[out->n++] = (struct fact){ msg_plain(r->lang, sums[i].label),
						   number(r, sums[i].n), url_none() };
}

enum err visit_book_show(struct req *r)
{
	struct dossier *d;
	struct visits book;
	struct str unit;
	struct buf title = { .a = r->mem };
	struct book_page p = { 0 };
	enum err e = dossier_asked(r, &d);
	if (e)
		return e;
	if (d->kind != &reception_kind)
		return ERR_NOT_FOUND;
	if (!member_may(r->tx.who, CLERK | LEADER, d->holder, str_of(visit_kind.work)))
		return tx_fail(&r->tx, ERR_DENIED, "the book of %.*s", STR_ARG(d->code));
	if ((e = visit_book(&r->tx, d->id, &book)) ||
	    (e = unit_code(&r->tx, d->unit, tx_today(&r->tx), &unit)))
		return e;
	const struct reception *x = d->data;
	msg_visit_book_title(&title, r->lang, x->day);
	p.title = buf_str(&title);
	p.when = str_printf(r->mem, "%.*s · %.*s", STR_ARG(reception_when(r->mem, r->lang, x)),
			    STR_ARG(reception_where(r->mem, r->lang, x)));
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	p.back = (struct link){ .text = x->title, .url = dossier_url(r, d->code) };
	p.enter = (struct link){
		.text = msg_plain(r->lang, MSG_VISIT_ENTER),
		.url = req_url(r, "/ghi-moi/%s/%s", str_of(visit_kind.slug), unit),
	};
	fill_sums(r, &book, &p.sums);
	p.table = (struct table){ .caption = p.title, .named = true };
	set_columns(r, &p.table);
	p.table.rows.at = arena_get_n(r->mem, book.n, sizeof *p.table.rows.at);
	for (size_t i = 0; i < book.n; i++)
		if (!book.at[i]->sealed) /* counted above, and not listed */
			put_row(r, book.at[i], &p.table);
	page_book(&r->out, &p);
	return OK;
}

/* --- Papers --- */

/* What both papers begin with. */
static enum err fill_paper(struct req *r, unsigned states, enum msg name, struct dossier **d,
			   struct visit *whose, struct paper *p)
{
	enum err e = dossier_asked(r, d);
	if (e)
		return e;
	if ((*d)->kind != &visit_kind || !((*d)->state & states))
		return ERR_NOT_FOUND;
	fields_init(visit_kind.fields, whose);
	if ((e = dossier_personal(&r->tx, *d, visit_kind.fields, whose)) ||
	    (e = paper_begin(r, *d, name, (*d)->lines.n, p)))
		return e;
	p->title = dossier_title(*d);
	paper_fact(r, p, MSG_VISIT_NAME, whose->name);
	paper_fact(r, p, MSG_VISIT_ADDRESS, whose->address);
	paper_fact(r, p, MSG_VISIT_IDENTITY, whose->identity);
	return OK;
}

enum err visit_minutes_show(struct req *r)
{
	struct dossier *d;
	struct visit whose = { 0 };
	struct paper p;
	enum err e = fill_paper(r, VISIT_CAME, MSG_VISIT_PAPER, &d, &whose, &p);
	if (e)
		return e;
	const struct visit *x = d->data;
	p.head = msg_plain(r->lang, MSG_VISIT_MINUTES_HEAD);
	paper_fact(r, &p, MSG_VISIT_PEOPLE, number(r, x->people));
	paper_fact(r, &p, MSG_RECEPTION_BY, words_of(r, d, "by"));
	paper_fact(r, &p, MSG_VISIT_TYPE, words_of(r, d, "type"));
	paper_fact(r, &p, MSG_VISIT_ROUND, words_of(r, d, "round"));
	paper_fact(r, &p, MSG_VISIT_STORY, x->story);
	paper_fact(r, &p, MSG_VISIT_GUIDED, x->guided);
	for (size_t i = 0; i < d->lines.n; i++)
		paper_fact(r, &p, MSG_VISIT_PETITION, petition_words(r, d, &d->lines.at[i]));
	p.text = x->minutes;
	p.left = msg_plain(r->lang, MSG_VISIT_SIGNED_VISITOR);
	p.right = msg_plain(r->lang, MSG_VISIT_SIGNED_RECEIVER);
	page_paper(&r->out, &p);
	return OK;
}

/* Form 01/TCD: Decree 154/2026 art. 4. */
enum err visit_refusal_show(struct req *r)
{
	struct dossier *d;
	struct visit whose = { 0 };
	struct paper p;
	struct str body;
	struct buf lede = { .a = r->mem }, no = { .a = r->mem };
	enum err e = fill_paper(r, TURNED_AWAY, MSG_VISIT_REFUSAL_PAPER, &d, &whose, &p);
	if (e || (e = req_body_words(r, d->unit, &body)))
		return e;
	const struct visit *x = d->data;
	msg_visit_form_no(&no, r->lang, x->number.len ? x->number : S("…"));
	msg_visit_refusal_text(&lede, r->lang, body);
	p.number = buf_str(&no);
	p.lede = buf_str(&lede);
	p.head = msg_plain(r->lang, MSG_VISIT_REFUSAL_HEAD);
	paper_fact(r, &p, MSG_VISIT_GROUND, words_of(r, d, "ground"));
	paper_fact(r, &p, MSG_VISIT_DETAIL, x->detail);
	p.close = msg_plain(r->lang, MSG_VISIT_REFUSAL_RIGHTS);
	p.right = msg_plain(r->lang, MSG_VISIT_SIGNED_HEAD);
	page_paper(&r->out, &p);
	return OK;
}
