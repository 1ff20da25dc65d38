/* Sending is a step like any other; what is special is that a stranger's words come with it, so that how
 * often is asked as well, and nothing typed is lost whatever the answer. */
#include "web/comment_page.h"

#include "base/csv.h"
#include "base/json.h"
#include "gen/web_pages.h"
#include "office/gate.h"
#include "office/step.h"
#include "web/comment_review.h"
#include "web/dossier_page.h"
#include "web/house.h"

enum { PAGE_ROWS = 30, PIECE_ROWS = 200 };

/* The dossier of the address, if it is one that is commented on at all. */
static enum err matter_asked(struct req *r, struct dossier **d)
{
	enum err e = dossier_asked(r, d);
	if (e)
		return e;
	bool may = !(*d)->kind->mute && !(*d)->kind->is_private &&
		   dossier_visibility(*d) == VISIBLE_PUBLIC && !dossier_state(*d)->stub;
	return may ? OK : ERR_NOT_FOUND;
}

static struct link back_to(struct req *r, const struct dossier *d)
{
	return (struct link){ .text = dossier_title(d), .url = dossier_url(r, d->code) };
}

static struct str list_title(struct req *r, const struct dossier *d)
{
	struct buf b = { .a = r->mem };
	msg_say_list_title(&b, r->lang, dossier_title(d));
	return buf_str(&b);
}

/* --- The list --- */

/* "2020-12-25.431": the row after which to go on. */
static void read_cursor(struct str text, struct date *day, int64_t *id)
{
	struct str rest = text, first = S(""), second = S("");
	struct date on;
	*day = NO_DATE;
	*id = 0;
	if (str_next(&rest, '.', &first) && str_next(&rest, '.', &second) &&
	    date_parse(first, &on) && str_int(second, id))
		*day = on;
}

static const struct banner *done(struct req *r)
{
	static const struct {
		struct str word;
		enum msg title, text;
	} all[] = {
		{ S_INIT("cho-duyet"), MSG_SAY_SENT_HELD, MSG_SAY_SENT_HELD_TEXT },
		{ S_INIT("da-hien"), MSG_SAY_SENT_SHOWN, MSG_NONE },
		{ S_INIT("da-ghi"), MSG_SAY_ENTERED, MSG_NONE },
	};
	struct str word = req_query(r, "xong");
	for (size_t i = 0; i < LENGTH(all); i++) {
		if (!str_eq(all[i].word, word))
			continue;
		struct banner *b = NEW(r->mem, struct banner);
		*b = (struct banner){ .tone = TONE_OK,
				      .title = msg_plain(r->lang, all[i].title),
				      .text = msg_plain(r->lang, all[i].text) };
		return b;
	}
	return NULL;
}

static void fill_pager(struct req *r, const struct said_rows *rows, bool first, struct pager *p)
{
	if (!first)
		p->first = url_query(r->mem, r->path, &r->query, S("sau"), S(""));
	if (!rows->more || !rows->n)
		return;
	const struct said *last = &rows->at[rows->n - 1];
	struct str cursor =
		str_printf(r->mem, "%.*s.%lld", STR_ARG(date_iso(r->mem, last->shown_on)),
			   (long long)last->id);
	p->next = url_query(r->mem, r->path, &r->query, S("sau"), cursor);
}

static struct links format_links(struct req *r)
{
	static const struct {
		const char *ending;
		enum msg label;
	} formats[] = { { ".csv", MSG_LIST_CSV }, { ".json", MSG_LIST_JSON } };
	struct links out = { NEW_N(r->mem, struct link, LENGTH(formats)), 0 };
	for (size_t i = 0; i < LENGTH(formats); i++) {
		struct str path = str_printf(r->mem, "%.*s%s", STR_ARG(r->path), formats[i].ending);
		out.at[out.n++] =
			(struct link){ .text = msg_plain(r->lang, formats[i].label),
				       .url = url_query(r->mem, path, &r->query, S("sau"), S("")) };
	}
	return out;
}

static enum err show_page(struct req *r, const struct dossier *d)
{
	struct comment_page p = { .back = back_to(r, d), .title = list_title(r, d) };
	struct said_rows rows;
	struct date day;
	int64_t id;
	read_cursor(r->again ? S("") : req_query(r, "sau"), &day, &id);
	enum err e = comment_part_frame(r, d, &p.part);
	if (e || (e = comment_list(&r->tx, d->id, day, id, PAGE_ROWS, &rows)) ||
	    (e = comment_rows_fill(r, &rows, false, &p.part.rows)))
		return e;
	fill_pager(r, &rows, !date_is_set(day), &p.pager);
	p.formats = format_links(r);
	struct frame *f = req_frame(r, p.title, kind_door(d->kind));
	if (p.part.form)
		req_script(r, f);
	p.frame = f;
	p.banner = done(r);
	page_comments(&r->out, &p);
	return OK;
}

/* --- CSV and JSON: every row, a piece at a time --- */

struct comment_export {
	int64_t parent;
	struct date day;
	int64_t id;
	bool begun;
};

static const char *const columns[] = { "code",        "state",  "said_on",  "shown_on",
				       "name",        "text",   "question", "answer",
				       "answered_on", "ground", "hidden_on" };
enum { TEXTS = 4, QUESTION = 6 };

static void row_cells(struct arena *a, const struct said *s, struct str *cells)
{
	cells[0] = s->code;
	cells[1] = str_of(kind_state(&comment_kind, s->state)->name);
	cells[2] = date_iso(a, s->on);
	cells[3] = date_iso(a, s->shown_on);
	cells[4] = s->name;
	cells[5] = s->text;
	cells[6] = s->x->question ? S("1") : S("0");
	cells[7] = s->state & COMMENT_READABLE ? s->x->answer : S("");
	cells[8] = date_iso(a, s->x->answered_on);
	cells[9] = s->x->ground;
	cells[10] = date_iso(a, s->x->hidden_on);
}

static void put_json(struct buf *out, const struct str *cells)
{
	buf_putc(out, '{');
	for (size_t i = 0; i < LENGTH(columns); i++) {
		bool empty_day = !cells[i].len && (i == 8 || i == 10);
		json_key(out, columns[i]);
		if (empty_day)
			buf_put(out, S("null"));
		else if (i == QUESTION)
			buf_put(out, str_eq(cells[i], S("1")) ? S("true") : S("false"));
		else
			json_str(out, cells[i]);
	}
	buf_putc(out, '}');
}

static void put_csv(struct csv_writer *csv, const struct str *cells)
{
	for (size_t i = 0; i < LENGTH(columns); i++)
		csv_put(csv, cells ? cells[i] : str_of(columns[i]));
	csv_end_row(csv);
}

static enum err next_piece(struct req *r, void *state, struct buf *out, bool *more)
{
	struct comment_export *x = state;
	struct said_rows rows;
	struct csv_writer csv = { .out = out, .delimiter = ',' };
	bool first = !x->begun, json = r->format == FORMAT_JSON;
	enum err e = comment_list(&r->tx, x->parent, x->day, x->id, PIECE_ROWS, &rows);
	if (e)
		return e;
	if (first && json)
		buf_putc(out, '[');
	else if (first)
		csv_begin(&csv, out, ',', true), put_csv(&csv, NULL);
	x->begun = true;
	for (size_t i = 0; i < rows.n; i++) {
		struct str cells[LENGTH(columns)];
		row_cells(r->tx.mem, &rows.at[i], cells);
		if (!json) {
			put_csv(&csv, cells);
			continue;
		}
		buf_put(out, first && i == 0 ? S("\n") : S(",\n"));
		put_json(out, cells);
	}
	if (rows.n) {
		x->day = rows.at[rows.n - 1].shown_on;
		x->id = rows.at[rows.n - 1].id;
	}
	*more = rows.more;
	if (!rows.more && json)
		buf_put(out, S("\n]\n"));
	return OK;
}

static enum err comment_page_show(struct req *r)
{
	struct dossier *d;
	enum err e = matter_asked(r, &d);
	if (e)
		return e;
	if (r->format == FORMAT_HTML)
		return show_page(r, d);
	struct comment_export *x = NEW(r->mem, struct comment_export);
	*x = (struct comment_export){ .parent = d->id, .day = NO_DATE };
	struct stream stream = { next_piece, x };
	if (r->format == FORMAT_JSON)
		return req_stream(r, S("application/json; charset=utf-8"), S(""), stream);
	return req_stream(r, S("text/csv; charset=utf-8"),
			  str_printf(r->mem, "y-kien-%.*s.csv", STR_ARG(d->code)), stream);
}

/* --- Sending --- */

static enum err not_too_often(struct req *r)
{
	struct buf b = { .a = r->mem };
	int wait = req_account_wait(r, THROTTLE_COMMENT);
	if (!wait)
		return OK;
	msg_say_fault_soon(&b, r->lang, wait);
	fault_add(&r->faults, "", buf_str(&b));
	return ERR_INVALID;
}

static enum err comment_sent(struct req *r, const struct dossier *d, const struct dossier *made,
			     const char *word)
{
	struct url to =
		url_with(r->mem, req_url(r, "/ho-so/%s/y-kien", d->code), S("xong"), str_of(word));
	return req_redirect(r, made->state == COMMENT_HELD ? to : url_at(r->mem, to, made->code));
}

static enum err send(struct req *r, const struct dossier *d, const char *step,
		     struct comment_form *form, const struct step_input *in, const char *word)
{
	struct dossier *made;
	if (!comment_is_open(d))
		return req_fault(r, "", MSG_COMMENT_FAULT_CLOSED);
	form->about = d->code;
	enum err e =
		dossier_open(&r->tx, &comment_kind, d->holder, step, form, in, &r->faults, &made);
	if (!e && made->state == COMMENT_HELD)
		word = "cho-duyet";
	return e ? e : comment_sent(r, d, made, word);
}

static enum err comment_post(struct req *r)
{
	const struct comment_web *f = r->form;
	struct comment_form form = { .text = f->text, .name = f->name, .question = f->question };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB, .token = r->token };
	struct dossier *d;
	enum err e = matter_asked(r, &d);
	if (e || (e = not_too_often(r)))
		return e;
	return send(r, d, "send", &form, &in, "da-hien");
}

/* --- Entering what was said elsewhere --- */

struct entered {
	struct str text;
	bool question;
	struct str name;
	struct date said_on;
	struct str channel;
};

static const struct field_choice channels[] = {
	{ "paper", MSG_OFFICE_CHANNEL_PAPER },
	{ "counter", MSG_OFFICE_CHANNEL_COUNTER },
	{ "meeting", MSG_OFFICE_CHANNEL_MEETING },
	{ 0 },
};

static const struct field entered_fields[] = {
	FIELD(struct entered, text, .min = 1, .max = COMMENT_MOST, .lines = true,
	      .label = MSG_COMMENT_TEXT, .hint = MSG_COMMENT_TEXT_HINT),
	FIELD(struct entered, question, .label = MSG_COMMENT_IS_QUESTION, .optional = true),
	FIELD(struct entered, name, .optional = true, .max = COMMENT_NAME_MOST,
	      .label = MSG_COMMENT_NAME, .hint = MSG_COMMENT_NAME_HINT),
	FIELD(struct entered, said_on, .past = true, .label = MSG_DOSSIER_HAPPENED_ON,
	      .hint = MSG_DOSSIER_HAPPENED_ON_HINT),
	FIELD(struct entered, channel, .label = MSG_DOSSIER_CHANNEL, .choices = channels),
	{ 0 },
};

static enum err matter_of_official(struct req *r, struct dossier **d)
{
	enum err e = matter_asked(r, d);
	if (e)
		return e;
	if (!member_may(r->tx.who, CLERK | LEADER, (*d)->holder, str_of(comment_kind.work)))
		return tx_fail(&r->tx, ERR_DENIED, "no clerk or leader of the holder");
	return OK;
}

static enum err comment_enter_show(struct req *r)
{
	struct entered now = { .said_on = tx_today(&r->tx), .channel = S("paper") };
	struct comment_enter_page p = { .title = msg_plain(r->lang, MSG_SAY_ENTER) };
	struct dossier *d;
	struct form *form;
	enum err e = matter_of_official(r, &d);
	if (e ||
	    (e = form_show(r, entered_fields, &now, NULL,
			   req_url(r, "/ho-so/%s/y-kien/ghi", d->code), MSG_COMMENT_ENTER, &form)))
		return e;
	struct frame *f = req_frame(r, p.title, kind_door(d->kind));
	req_script(r, f);
	p.frame = f;
	p.back = back_to(r, d);
	p.form = form;
	page_comment_enter(&r->out, &p);
	return OK;
}

static enum channel channel_of(struct str word)
{
	return str_eq(word, S("counter"))   ? CHANNEL_COUNTER
	       : str_eq(word, S("meeting")) ? CHANNEL_MEETING
					    : CHANNEL_PAPER;
}

static enum err comment_enter_post(struct req *r)
{
	const struct entered *f = r->form;
	struct comment_form form = { .text = f->text, .name = f->name, .question = f->question };
	struct step_input in = { .on = f->said_on,
				 .channel = channel_of(f->channel),
				 .token = r->token };
	struct dossier *d;
	enum err e = matter_of_official(r, &d);
	return e ? e : send(r, d, "enter", &form, &in, "da-ghi");
}

const struct route comment_routes[] = {
	{ GET, "/ho-so/{code}/y-kien", comment_page_show, ANYONE,
	  .formats = FORMAT_CSV | FORMAT_JSON },
	{ POST, "/ho-so/{code}/y-kien", comment_post, MEMBER, comment_web_fields },
	{ GET, "/ho-so/{code}/y-kien/ghi", comment_enter_show, CLERK | LEADER },
	{ POST, "/ho-so/{code}/y-kien/ghi", comment_enter_post, CLERK | LEADER, entered_fields },
	{ GET, "/y-kien-cua-toi", comment_mine_show, MEMBER },
	{ GET, "/quy-tac-y-kien", comment_rules_show, ANYONE },
	{ GET, "/don-vi/{code}/y-kien", comment_review_show, CLERK | LEADER },
	{ GET, "/don-vi/{code}/y-kien/nguoi-gui/{person}", comment_author_show, CLERK | LEADER },
	{ POST, "/don-vi/{code}/y-kien/nguoi-gui/{person}", comment_author_post, CLERK | LEADER,
	  .show = comment_author_show },
	{ GET, "/quan-tri/y-kien", comment_setting_show, ADMIN },
	{ POST, "/quan-tri/y-kien", comment_setting_post, ADMIN, comment_setting_fields },
	{ 0 },
};
