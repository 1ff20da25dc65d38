/* Reviewing many at once is still one act for each, with its reason, and never without having seen
 * them. */
#include "web/comment_review.h"

#include "base/utf8.h"
#include "gen/web_pages.h"
#include "office/site.h"
#include "office/step.h"
#include "web/admin_pages.h"
#include "web/comment_page.h"
#include "web/dossier_page.h"
#include "web/grid.h"
#include "web/root.h"

enum { PAGE_ROWS = 20, AUTHOR_ROWS = 100, YEARS = 3 };

static struct str number(struct req *r, int64_t n)
{
	return str_printf(r->mem, "%lld", (long long)n);
}

static void fill_pager(struct req *r, const struct said_rows *rows, int64_t after, struct pager *p)
{
	if (after)
		p->first = url_query(r->mem, r->path, &r->query, S("sau"), S(""));
	if (rows->more && rows->n)
		p->next = url_query(r->mem, r->path, &r->query, S("sau"),
				    number(r, rows->at[rows->n - 1].id));
}

/* --- One's own --- */

enum err comment_mine_show(struct req *r)
{
	struct comment_review_page p = { .title = msg_plain(r->lang, MSG_SAY_MINE),
					 .lede = msg_plain(r->lang, MSG_SAY_MINE_LEDE),
					 .empty = msg_plain(r->lang, MSG_SAY_MINE_NONE) };
	int64_t after = req_query_int(r, "sau", 1, INT64_MAX, 0);
	struct said_rows rows;
	enum err e = comment_list_author(&r->tx, r->tx.who->person, after, PAGE_ROWS, &rows);
	if (e || (e = comment_rows_fill(r, &rows, true, &p.rows)))
		return e;
	p.frame = req_frame(r, p.title, DOOR_NONE);
	p.back = (struct link){ .text = msg_plain(r->lang, MSG_SAY_RULES),
				.url = req_url(r, "/quy-tac-y-kien") };
	fill_pager(r, &rows, after, &p.pager);
	page_comment_review(&r->out, &p);
	return OK;
}

/* --- The rules, and what came of them --- */

static int64_t count_of(const struct comment_counts *all, struct str what, int year)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].year == year && str_eq(all->at[i].what, what))
			return all->at[i].n;
	return 0;
}

static void put_counts(struct req *r, struct table *t, const struct comment_counts *all,
		       struct str what, struct str label, int last)
{
	struct cell *c = grid_row(r, t);
	c[0].text = label;
	for (int i = 0; i < YEARS; i++) {
		struct buf b = { .a = r->mem };
		lang_put_int(&b, r->lang, count_of(all, what, last - i));
		c[1 + i] = (struct cell){ .text = buf_str(&b), .number = true };
	}
}

static enum err year_table(struct req *r, struct table **out)
{
	static const struct {
		struct str what;
		enum msg label;
	} rows[] = {
		{ S_INIT("send"), MSG_SAY_COUNT_SENT },
		{ S_INIT("enter"), MSG_SAY_COUNT_ENTERED },
		{ S_INIT("approve"), MSG_SAY_COUNT_APPROVED },
		{ S_INIT("answer"), MSG_SAY_COUNT_ANSWERED },
		{ S_INIT("withdraw"), MSG_SAY_COUNT_WITHDRAWN },
		{ S_INIT("hide"), MSG_SAY_COUNT_HIDDEN },
	}, ends[] = {
		{ S_INIT("appeal"), MSG_SAY_COUNT_APPEALED },
		{ S_INIT("uphold"), MSG_SAY_COUNT_UPHELD },
		{ S_INIT("restore"), MSG_SAY_COUNT_RESTORED },
	};
	static const enum msg columns[1 + YEARS] = { MSG_SAY_RULES_WHAT };
	struct comment_counts all;
	int last = date_ymd(tx_today(&r->tx)).year;
	enum err e = comment_count_years(&r->tx, last - YEARS + 1, last, &all);
	if (e || !all.n)
		return e;
	struct table *t = grid_new(r, MSG_SAY_RULES_YEARS, 40, columns, LENGTH(columns));
	for (int i = 0; i < YEARS; i++) {
		struct buf b = { .a = r->mem };
		msg_say_rules_year(&b, r->lang, last - i);
		t->columns.at[1 + i] = (struct table_column){ buf_str(&b), true };
	}
	for (size_t i = 0; i < LENGTH(rows); i++)
		put_counts(r, t, &all, rows[i].what, msg_plain(r->lang, rows[i].label), last);
	for (const struct field_choice *g = comment_grounds; g->value; g++) {
		struct buf b = { .a = r->mem };
		struct str ground = str_of(g->value);
		msg_say_count_ground(&b, r->lang, comment_ground_number(ground),
				     msg_plain(r->lang, g->label));
		put_counts(r, t, &all, str_printf(r->mem, "hide.%s", g->value), buf_str(&b), last);
	}
	for (size_t i = 0; i < LENGTH(ends); i++)
		put_counts(r, t, &all, ends[i].what, msg_plain(r->lang, ends[i].label), last);
	t->named = t->tight = true;
	*out = t;
	return OK;
}

enum err comment_rules_show(struct req *r)
{
	struct comment_rules_page p = { .title = msg_plain(r->lang, MSG_SAY_RULES_TITLE) };
	bool all;
	size_t n = 0;
	enum err e = comment_holds_all(&r->tx, &all);
	if (e || (e = year_table(r, &p.years)))
		return e;
	p.wait = msg_plain(r->lang, all ? MSG_SAY_RULES_HOLD_ALL : MSG_SAY_RULES_HOLD_SOME);
	while (comment_grounds[n].value)
		n++;
	p.grounds.at = NEW_N(r->mem, struct str, n);
	for (size_t i = 0; i < n; i++)
		p.grounds.at[p.grounds.n++] =
			utf8_capital(r->mem, msg_plain(r->lang, comment_grounds[i].label));
	p.frame = req_frame(r, p.title, DOOR_KNOW);
	page_comment_rules(&r->out, &p);
	return OK;
}

/* --- What waits at a unit --- */

static enum err unit_asked(struct req *r, struct unit *u)
{
	enum err e = unit_by_code(&r->tx, req_param(r, "code"), tx_today(&r->tx), u);
	if (e)
		return e;
	if (!member_may(r->tx.who, CLERK | LEADER, u->id, str_of(comment_kind.work)))
		return tx_fail(&r->tx, ERR_DENIED, "no clerk or leader of unit %.*s",
			       STR_ARG(u->code));
	return OK;
}

static struct url author_url(struct req *r, const struct unit *u, int64_t person)
{
	return req_url(r, "/don-vi/%s/y-kien/nguoi-gui/%s", u->code, number(r, person));
}

/* Why each was held, and the way to everything its author has waiting. */
static void add_notes(struct req *r, const struct unit *u, const struct said_rows *said,
		      struct comment_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct said *s = &said->at[i];
		struct comment_row *row = &rows->at[i];
		row->note = comment_why_words(r, &s->x->held);
		size_t others = 0;
		for (size_t k = 0; k < said->n; k++)
			others += k != i && s->author && said->at[k].author == s->author;
		if (!others)
			continue;
		struct link *ways = NEW_N(r->mem, struct link, row->ways.n + 1);
		for (size_t k = 0; k < row->ways.n; k++)
			ways[k] = row->ways.at[k];
		ways[row->ways.n] = (struct link){
			.text = msg_plain(r->lang, MSG_REVIEW_OF_AUTHOR),
			.about = row->ways.n ? row->ways.at[0].about : S(""),
			.url = author_url(r, u, s->author),
		};
		row->ways = (struct links){ ways, row->ways.n + 1 };
	}
}

static const struct banner *done(struct req *r)
{
	int64_t n = req_query_int(r, "xong", 1, AUTHOR_ROWS, 0);
	struct buf b = { .a = r->mem };
	if (!n)
		return NULL;
	struct banner *out = NEW(r->mem, struct banner);
	msg_review_done(&b, r->lang, n);
	*out = (struct banner){ .tone = TONE_OK, .title = buf_str(&b) };
	return out;
}

enum err comment_review_show(struct req *r)
{
	struct comment_review_page p = { .title = msg_plain(r->lang, MSG_REVIEW_TITLE),
					 .lede = msg_plain(r->lang, MSG_REVIEW_LEDE),
					 .empty = msg_plain(r->lang, MSG_REVIEW_NONE) };
	int64_t after = req_query_int(r, "sau", 1, INT64_MAX, 0);
	struct said_rows rows;
	struct unit u;
	enum err e = unit_asked(r, &u);
	if (e || (e = comment_list_waiting(&r->tx, u.id, 0, after, PAGE_ROWS, &rows)) ||
	    (e = comment_rows_fill(r, &rows, true, &p.rows)))
		return e;
	add_notes(r, &u, &rows, &p.rows);
	p.frame = req_frame(r, p.title, DOOR_NONE);
	p.back = (struct link){ .text = unit_heading(r->mem, &u, r->lang),
				.url = req_url(r, "/don-vi/%s", u.code) };
	p.banner = done(r);
	fill_pager(r, &rows, after, &p.pager);
	page_comment_review(&r->out, &p);
	return OK;
}

/* --- Several of one author --- */

struct picked {
	struct strs pick; /* codes */
	struct str ground;
};

struct of_author {
	struct unit unit;
	int64_t person;
	struct said_rows rows;
};

static enum err author_asked(struct req *r, struct of_author *a)
{
	enum err e = unit_asked(r, &a->unit);
	if (e || (e = req_id(r, "person", &a->person)))
		return e;
	return comment_list_waiting(&r->tx, a->unit.id, a->person, 0, AUTHOR_ROWS, &a->rows);
}

/* The choices are the comments themselves, by their first words. */
static enum err pick_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	enum { WORDS = 80 };
	const struct of_author *a = subject;
	(void)lang;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, a->rows.n), 0 };
	for (size_t i = 0; i < a->rows.n; i++)
		out->at[out->n++] =
			(struct choice){ a->rows.at[i].code,
					 utf8_ellipsis(tx->mem, a->rows.at[i].text, WORDS) };
	return OK;
}

static const struct field pick_fields[] = {
	FIELD(struct picked, pick, .min = 1, .max = AUTHOR_ROWS, .label = MSG_REVIEW_PICK,
	      .options = pick_options),
	FIELD(struct picked, ground, .label = MSG_COMMENT_GROUND, .choices = comment_grounds,
	      .hint = MSG_COMMENT_GROUND_HINT),
	{ 0 },
};

enum err comment_author_show(struct req *r)
{
	struct comment_review_page p = { .title = msg_plain(r->lang, MSG_REVIEW_AUTHOR_TITLE),
					 .lede = msg_plain(r->lang, MSG_REVIEW_AUTHOR_LEDE),
					 .empty = msg_plain(r->lang, MSG_REVIEW_NONE) };
	struct of_author *a = NEW(r->mem, struct of_author);
	struct picked all = { .ground = S("repeated") };
	struct form *form = NULL;
	enum err e = author_asked(r, a);
	if (e || (e = comment_rows_fill(r, &a->rows, true, &p.rows)))
		return e;
	all.pick.at = NEW_N(r->mem, struct str, a->rows.n);
	for (size_t i = 0; i < a->rows.n; i++)
		all.pick.at[all.pick.n++] = a->rows.at[i].code;
	if (a->rows.n && (e = form_show(r, pick_fields, &all, a, author_url(r, &a->unit, a->person),
					MSG_REVIEW_AUTHOR_BUTTON, &form)))
		return e;
	p.form = form;
	p.frame = req_frame(r, p.title, DOOR_NONE);
	p.back = (struct link){ .text = msg_plain(r->lang, MSG_REVIEW_TITLE),
				.url = req_url(r, "/don-vi/%s/y-kien", a->unit.code) };
	page_comment_review(&r->out, &p);
	return OK;
}

static bool is_picked(const struct strs *pick, struct str code)
{
	for (size_t i = 0; i < pick->n; i++)
		if (str_eq(pick->at[i], code))
			return true;
	return false;
}

struct hiding {
	struct str ground, detail, hidden_role;
};

/* Each by an act of its own, all of them or none. The form counts once by its token, which stands with
 * the first act. */
static enum err hide_picked(struct req *r, const struct of_author *a, const struct picked *f,
			    int64_t *n)
{
	enum err e = OK;
	for (size_t i = 0; !e && i < a->rows.n; i++) {
		struct step_input in = { .on = NO_DATE,
					 .channel = CHANNEL_WEB,
					 .token = *n ? S("") : r->token };
		struct hiding form = { .ground = f->ground };
		struct dossier *d;
		if (!is_picked(&f->pick, a->rows.at[i].code))
			continue;
		if ((e = dossier_load(&r->tx, a->rows.at[i].id, &d)))
			return e;
		e = step_take(&r->tx, d, "hide", &form, &in, &r->faults);
		++*n;
	}
	return e;
}

static enum err back_to_review(struct req *r, const struct unit *u, int64_t n)
{
	struct url to = req_url(r, "/don-vi/%s/y-kien", u->code);
	return req_redirect(r, url_with_int(r->mem, to, S("xong"), n));
}

enum err comment_author_post(struct req *r)
{
	struct of_author *a = NEW(r->mem, struct of_author);
	struct picked *f = NEW(r->mem, struct picked);
	int64_t n = 0;
	enum err e = author_asked(r, a);
	if (e)
		return e;
	form_read(r, pick_fields, f);
	if (!a->rows.n && f->pick.n) /* sent again: it is done */
		return back_to_review(r, &a->unit, (int64_t)f->pick.n);
	if ((e = form_check(&r->tx, pick_fields, f, a, &r->faults)))
		return e;
	if (r->faults.n)
		return ERR_INVALID;
	e = hide_picked(r, a, f, &n);
	return e ? e : back_to_review(r, &a->unit, n);
}

/* --- The setting of the site --- */

struct setting {
	struct str hold;
};

static const struct field_choice holds[] = {
	{ "all", MSG_REVIEW_SETTING_ALL },
	{ "rules", MSG_REVIEW_SETTING_RULES },
	{ 0 },
};

const struct field comment_setting_fields[] = {
	FIELD(struct setting, hold, .label = MSG_REVIEW_SETTING_LABEL, .choices = holds),
	{ 0 },
};

enum err comment_setting_show(struct req *r)
{
	struct str title = msg_plain(r->lang, MSG_REVIEW_SETTING);
	struct form *form;
	struct unit u;
	bool all;
	enum err e = admin_find_root(r, &u);
	if (e || (e = comment_holds_all(&r->tx, &all)))
		return e;
	struct setting now = { all ? S("all") : S("rules") };
	if ((e = form_show(r, comment_setting_fields, &now, NULL, req_url(r, "/quan-tri/y-kien"),
			   MSG_REVIEW_SETTING_SAVE, &form)))
		return e;
	struct admin_page page = { .frame = admin_frame(r, &u, title),
				   .kicker = unit_heading(r->mem, &u, r->lang),
				   .title = title,
				   .lede = msg_plain(r->lang, MSG_REVIEW_SETTING_LEDE),
				   .form = form };
	if (req_query(r, "xong").len) {
		struct banner *b = NEW(r->mem, struct banner);
		*b = (struct banner){ .tone = TONE_OK,
				      .title = msg_plain(r->lang, MSG_REVIEW_SETTING_DONE) };
		page.banner = b;
	}
	page_admin(&r->out, &page);
	return OK;
}

enum err comment_setting_post(struct req *r)
{
	const struct setting *f = r->form;
	enum err e = comment_hold_all(&r->tx, str_eq(f->hold, S("all")));
	return e ? e
		 : req_redirect(r, url_with(r->mem, req_url(r, "/quan-tri/y-kien"), S("xong"),
					    S("luu")));
}
