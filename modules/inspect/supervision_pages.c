/* On the pages of dossiers and in lists; /giam-sat and the pages of units are supervision_list_pages.c. */
#include "modules/inspect/supervision_pages.h"

#include "gen/inspect_pages.h"
#include "modules/inspect/board.h"
#include "modules/inspect/check.h"
#include "modules/inspect/criticism.h"
#include "modules/inspect/programme.h"
#include "modules/inspect/recommendation.h"
#include "office/list.h"
#include "web/dossier_page.h"
#include "web/markdown.h"
#include "web/root.h"
#include "web/timing.h"

/* --- Duties in words --- */

bool supervision_about(struct tx *tx, struct str rule, struct str about, enum lang lang,
		       struct str *out)
{
	struct buf b = { .a = tx->mem };
	int64_t year, quarter;
	if (str_eq(rule, S(BOARD_TERM)))
		buf_put(&b, msg_plain(lang, MSG_BOARD_DUTY_TERM));
	else if (str_eq(rule, S(BOARD_REFILL)))
		buf_put(&b, msg_plain(lang, MSG_BOARD_DUTY_REFILL));
	else if (str_eq(rule, S(PROGRAMME_PLAN)))
		msg_programme_duty(&b, lang, about);
	else if (str_eq(rule, S("pib.commune.report")) && about.len == 7 &&
		 str_int(str_cut(about, 4), &year) && str_int(str_from(about, 6), &quarter))
		msg_board_duty_report(&b, lang, quarter, year);
	else
		return false;
	*out = buf_str(&b);
	return true;
}

bool supervision_duty(struct tx *tx, struct str rule, struct str about, enum lang lang,
		      struct str *out)
{
	static const struct {
		const char *rule;
		enum msg words;
	} ours[] = {
		{ CHECK_HOLD, MSG_CHECK_DUTY_HOLD },
		{ RECOMMENDATION_ANSWER, MSG_RECOMMENDATION_DUTY_ANSWER },
		{ RECOMMENDATION_PROMISE, MSG_RECOMMENDATION_DUTY_PROMISE },
		{ CRITICISM_ANSWER, MSG_CRITICISM_DUTY_ANSWER },
	};
	for (size_t i = 0; i < LENGTH(ours); i++)
		if (str_eq(rule, str_of(ours[i].rule))) {
			*out = msg_plain(lang, ours[i].words);
			return true;
		}
	return supervision_about(tx, rule, about, lang, out);
}

static const struct duty *open_duty(const struct dossier *d, const char *rule)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].state == DUTY_OPEN &&
		    (!rule || str_eq(d->duties.at[i].rule, str_of(rule))))
			return &d->duties.at[i];
	return NULL;
}

/* --- Under the title --- */

enum { SOON_DAYS = 90 };

static void board_banner(struct req *r, const struct dossier *d, struct banner *b, struct buf *text)
{
	const struct people_board *x = d->data;
	struct date today = tx_today(&r->tx);
	const struct duty *term = open_duty(d, BOARD_TERM), *seat = open_duty(d, BOARD_REFILL);
	int64_t n = (int64_t)board_sitting(d, today);
	if (d->state != BOARD_SITS)
		return;
	if (term && duty_is_overdue(term, today)) {
		b->tone = TONE_LATE;
		msg_supervision_term_over(text, r->lang, x->term_to);
	} else if (seat) {
		b->tone = duty_is_overdue(seat, today) ? TONE_LATE : TONE_SOON;
		msg_supervision_vacant(text, r->lang, n, seat->due);
	} else if (term && x->term_to.days - today.days <= SOON_DAYS) {
		b->tone = TONE_SOON;
		msg_supervision_term_ends(text, r->lang, x->term_to, x->term_to.days - today.days);
	} else {
		msg_supervision_sits(text, r->lang, n);
	}
}

static void check_banner(struct req *r, const struct dossier *d, struct buf *text)
{
	const struct check *x = d->data;
	const struct overseer *o = overseer_of(x->by);
	if (d->state & (CHECK_CANCELLED | CHECK_DROPPED)) {
		buf_put(text, x->reason);
		return;
	}
	msg_supervision_check_day(text, r->lang, x->day, x->place);
	for (size_t i = d->duties.n; o && o->notice && i > 0; i--) {
		const struct duty *y = &d->duties.at[i - 1];
		if (!str_eq(y->rule, str_of(o->notice)))
			continue;
		if (y->state == DUTY_LATE) {
			buf_putc(text, ' ');
			msg_supervision_notice_late(text, r->lang, y->met.days - y->due.days);
		}
		break;
	}
}

static void recommendation_banner(struct req *r, const struct dossier *d, struct banner *b,
				  struct buf *text)
{
	const struct recommendation *x = d->data;
	const struct duty *y = open_duty(d, NULL);
	bool late = y && duty_is_overdue(y, tx_today(&r->tx));
	bool promise = y && str_eq(y->rule, S(RECOMMENDATION_PROMISE));
	if (late)
		b->tone = TONE_LATE;
	if (y && promise && late)
		msg_supervision_promise_late(text, r->lang, y->due);
	else if (y && promise)
		msg_supervision_promise_due(text, r->lang, y->due);
	else if (y && late)
		msg_supervision_answer_late(text, r->lang, y->due);
	else if (y)
		msg_supervision_answer_due(text, r->lang, y->due);
	if (x->pressed) {
		buf_putc(text, ' ');
		msg_supervision_pressed(text, r->lang, x->pressed);
	}
}

static void criticism_banner(struct req *r, const struct dossier *d, struct banner *b,
			     struct buf *text)
{
	const struct criticism *x = d->data;
	const struct duty *y = open_duty(d, CRITICISM_ANSWER);
	if (y && duty_is_overdue(y, tx_today(&r->tx))) {
		b->tone = TONE_LATE;
		msg_supervision_answer_late(text, r->lang, y->due);
	} else if (y) {
		msg_supervision_answer_due(text, r->lang, y->due);
	} else if (d->state == CRITICISM_WITHDRAWN) {
		buf_put(text, x->reason);
	}
}

enum err supervision_head(struct req *r, const struct dossier *d)
{
	struct buf text = { .a = r->mem };
	struct banner b = { .tone = dossier_state(d)->tone,
			    .title = msg_plain(r->lang, dossier_state(d)->label) };
	if (d->kind == &board_kind)
		board_banner(r, d, &b, &text);
	else if (d->kind == &check_kind)
		check_banner(r, d, &text);
	else if (d->kind == &recommendation_kind)
		recommendation_banner(r, d, &b, &text);
	else if (d->kind == &criticism_kind)
		criticism_banner(r, d, &b, &text);
	else
		return OK;
	b.text = str_trim(buf_str(&text));
	part_banner(&r->out, &b);
	return OK;
}

/* --- After what it says --- */

static const struct {
	const char *code;
	enum msg words;
} law_words[] = {
	{ "BD-01", MSG_SUPERVISION_LAW_BD01 }, { "BD-02", MSG_SUPERVISION_LAW_BD02 },
	{ "BD-03", MSG_SUPERVISION_LAW_BD03 }, { "BD-04", MSG_SUPERVISION_LAW_BD04 },
	{ "BD-11", MSG_SUPERVISION_LAW_BD11 },
};

static void board_law(struct req *r, const struct dossier *d)
{
	const struct people_board *x = d->data;
	const struct body *body = board_body(r->tx.office->law, x, x->elected_on);
	struct board_law_part p = { .words = msg_plain(r->lang, MSG_SUPERVISION_NO_ROW),
				    .cite = S("") };
	if (body) {
		p.unverified = body->basis.unverified;
		p.cite = citation_words(r->mem, &body->cite, r->lang == LANG_EN);
		for (size_t i = 0; i < LENGTH(law_words); i++)
			if (str_eq(body->code, str_of(law_words[i].code)))
				p.words = msg_plain(r->lang, law_words[i].words);
	}
	part_board_law(&r->out, &p);
}

static void add_text(struct req *r, const char *id, enum msg head, struct str text,
		     struct supervision_texts *out)
{
	struct supervision_text t = { .id = str_of(id), .head = msg_plain(r->lang, head) };
	if (!text.len)
		return;
	markdown_html(r->mem, text, &t.text);
	out->at[out->n++] = t;
}

static void put_texts(struct req *r, const struct dossier *d)
{
	struct supervision_texts p = { NEW_N(r->mem, struct supervision_text, 4), 0 };
	if (d->kind == &check_kind) {
		const struct check *x = d->data;
		add_text(r, "ket-luan", MSG_CHECK_CONCLUSION, x->conclusion, &p);
		add_text(r, "bao-cao", MSG_CHECK_REPORT_TEXT, x->report, &p);
		add_text(r, "bien-ban", MSG_CHECK_MINUTES, x->minutes, &p);
		add_text(r, "bao-cao-cua-noi-duoc-giam-sat", MSG_CHECK_SUBJECT_REPORT,
			 x->subject_report, &p);
	} else if (d->kind == &criticism_kind) {
		const struct criticism *x = d->data;
		add_text(r, "noi-dung-tra-loi", MSG_RECOMMENDATION_ANSWER, x->answer, &p);
		add_text(r, "phan-bien", MSG_CRITICISM_OPINION, x->opinion, &p);
		add_text(r, "bien-ban", MSG_CHECK_MINUTES, x->minutes, &p);
	} else if (d->kind == &recommendation_kind) {
		const struct recommendation *x = d->data;
		add_text(r, "noi-dung-tra-loi", MSG_RECOMMENDATION_ANSWER, x->answer, &p);
		add_text(r, "ket-qua", MSG_RECOMMENDATION_RESULT, x->result, &p);
	}
	if (p.n)
		part_supervision_texts(&r->out, &p);
}

static void put_item(struct req *r, const struct dossier *d, struct items *out)
{
	out->at[out->n++] = (struct item){
		.title = dossier_title(d),
		.url = dossier_url(r, d->code),
		.tag = { .tone = dossier_state(d)->tone,
			 .text = msg_plain(r->lang, dossier_state(d)->label) },
	};
}

enum { CHILDREN = 50 };

/* What was recommended from it, oldest first. */
static enum err put_children(struct req *r, const struct dossier *d)
{
	struct supervision_list l = { .id = S("kien-nghi"),
				      .head = msg_plain(r->lang, MSG_SUPERVISION_FROM_CHECK),
				      .none = msg_plain(r->lang, MSG_SUPERVISION_FROM_CHECK_NONE) };
	int64_t ids[CHILDREN];
	size_t n = 0;
	enum err e = OK;
	struct query q = db_query(&r->tx, "SELECT id FROM dossier WHERE parent = $1 AND parent > 0"
					  " AND kind = 'recommendation' ORDER BY id LIMIT $2");
	BIND(&q, d->id, (int64_t)CHILDREN);
	while (db_next(&q))
		ids[n++] = col_int(&q, 0);
	if (q.err || !(d->state & (CHECK_HELD | CHECK_REPORTED)))
		return q.err;
	l.items.at = NEW_N(r->mem, struct item, n + 1);
	for (size_t i = 0; !e && i < n; i++) {
		struct dossier *child;
		if ((e = dossier_load(&r->tx, ids[i], &child)))
			return e;
		put_item(r, child, &l.items);
	}
	part_supervision_list(&r->out, &l);
	return e;
}

/* From what it comes; a check that was recommended from is public for good. */
static enum err put_parent(struct req *r, const struct dossier *d)
{
	struct supervision_list l = { .id = S("tu-cuoc"),
				      .head = msg_plain(r->lang, MSG_SUPERVISION_OF_CHECK) };
	struct dossier *check;
	enum err e = d->parent ? dossier_load(&r->tx, d->parent, &check) : OK;
	if (e || !d->parent)
		return e;
	l.items.at = NEW_N(r->mem, struct item, 1);
	put_item(r, check, &l.items);
	part_supervision_list(&r->out, &l);
	return OK;
}

enum err supervision_on_dossier(struct req *r, const struct dossier *d)
{
	if (d->kind == &board_kind)
		board_law(r, d);
	put_texts(r, d);
	if (d->kind == &recommendation_kind)
		return put_parent(r, d);
	return d->kind == &check_kind ? put_children(r, d) : OK;
}

/* --- In lists --- */

static struct str with_unit(struct req *r, struct str unit, const struct buf *words)
{
	return str_printf(r->mem, "%.*s · %.*s", STR_ARG(unit), STR_ARG(buf_str(words)));
}

static void board_meta(struct req *r, const struct dossier *d, struct buf *b)
{
	const struct people_board *x = d->data;
	int64_t n = (int64_t)board_sitting(d, tx_today(&r->tx));
	if (x->project.len)
		msg_supervision_board_meta_project(b, r->lang, n, x->project);
	else
		msg_supervision_board_meta(b, r->lang, n, x->term_to);
}

static enum err recommendation_tag(struct req *r, const struct dossier *d, struct item *out)
{
	const struct calendar *calendar;
	const struct duty *y = open_duty(d, NULL);
	enum err e = req_calendar(r, &calendar);
	if (!e && y)
		out->tag = duty_tag(r->mem, r->lang, calendar, y, tx_today(&r->tx));
	return e;
}

enum err supervision_item(struct req *r, const struct list_row *row, struct item *out)
{
	struct dossier *d;
	struct str unit;
	struct buf b = { .a = r->mem };
	if (row->kind != &board_kind && row->kind != &check_kind &&
	    row->kind != &recommendation_kind)
		return OK;
	enum err e = dossier_load(&r->tx, row->id, &d);
	if (e || (e = req_body_words(r, row->unit, &unit)))
		return e;
	const struct state *state = dossier_state(d);
	out->tag = (struct tag){ .tone = state->tone, .text = msg_plain(r->lang, state->label) };
	if (d->kind == &recommendation_kind)
		return recommendation_tag(r, d, out);
	if (d->kind == &board_kind && d->state == BOARD_SITS) {
		board_meta(r, d, &b);
		out->meta = with_unit(r, unit, &b);
	} else if (d->kind == &check_kind) {
		const struct check *x = d->data;
		const struct overseer *o = overseer_of(x->by);
		msg_supervision_check_meta(&b, r->lang, msg_plain(r->lang, o ? o->label : MSG_NONE),
					   x->day);
		out->meta = with_unit(r, unit, &b);
	}
	return OK;
}
