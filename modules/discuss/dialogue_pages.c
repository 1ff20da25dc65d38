/* The answer comes first, in words: when and where, or what came of it. */
#include "modules/discuss/dialogue_pages.h"

#include "gen/discuss_pages.h"
#include "modules/discuss/dialogue.h"
#include "modules/discuss/dialogue_register.h"
#include "modules/discuss/question.h"
#include "office/gate.h"
#include "office/list.h"
#include "office/step.h"
#include "web/dossier_page.h"
#include "web/duty_page.h"
#include "web/list_page.h"
#include "web/markdown.h"
#include "web/root.h"
#include "web/timing.h"

enum { LATEST = 3, OWED = 12 };

/* --- Duties in words --- */

bool dialogue_about(struct tx *tx, struct str rule, struct str about, enum lang lang,
		    struct str *out)
{
	struct buf b = { .a = tx->mem };
	int64_t no;
	if (str_eq(rule, S(DIALOGUE_YEARLY)) || str_eq(rule, S(WORKPLACE_PERIODIC)))
		msg_register_duty(&b, lang, register_period_words(tx->mem, lang, about));
	else if ((str_eq(rule, S(DIALOGUE_COMMITMENT)) || str_eq(rule, S(WORKPLACE_COMMITMENT))) &&
		 str_int(about, &no))
		msg_dialogue_commitment_no(&b, lang, no);
	else
		return false;
	*out = buf_str(&b);
	return true;
}

bool dialogue_duty(struct tx *tx, struct str rule, struct str about, enum lang lang,
		   struct str *out)
{
	static const struct {
		const char *rule;
		enum msg words;
	} ours[] = {
		{ DIALOGUE_HOLD, MSG_DIALOGUE_DUTY_HOLD },
		{ DIALOGUE_PUBLISH, MSG_DIALOGUE_DUTY_PUBLISH },
		{ DIALOGUE_COMMITMENT, MSG_DIALOGUE_DUTY_COMMITMENT },
		{ WORKPLACE_COMMITMENT, MSG_DIALOGUE_DUTY_COMMITMENT },
		{ QUESTION_ANSWER, MSG_DIALOGUE_DUTY_QUESTION },
	};
	for (size_t i = 0; i < LENGTH(ours); i++)
		if (str_eq(rule, str_of(ours[i].rule))) {
			*out = msg_plain(lang, ours[i].words);
			return true;
		}
	return dialogue_about(tx, rule, about, lang, out);
}

/* --- On the dossier --- */

struct kept {
	int64_t all, done, late;
};

static struct kept count_kept(const struct dossier *d, struct date today)
{
	struct kept k = { 0 };
	for (size_t i = 0; i < d->lines.n; i++) {
		if (d->lines.at[i].kind != &d->kind->lines[LINE_COMMITMENT])
			continue;
		const struct commitment *c = d->lines.at[i].data;
		k.all++;
		k.done += date_is_set(c->done_on);
		k.late += !date_is_set(c->done_on) && date_cmp(c->due, today) < 0;
	}
	return k;
}

static void held_words(struct req *r, const struct dossier *d, struct banner *b, struct buf *text)
{
	const struct dialogue *x = d->data;
	struct kept k = count_kept(d, tx_today(&r->tx));
	if (k.late) {
		b->tone = TONE_LATE;
		msg_dialogue_promised_late(text, r->lang, x->held_on, x->people, k.all, k.done,
					   k.late);
	} else if (k.all) {
		msg_dialogue_promised(text, r->lang, x->held_on, x->people, k.all, k.done);
	} else {
		msg_dialogue_held(text, r->lang, x->held_on, x->people);
	}
}

static enum err add_way(struct req *r, const struct dossier *d, struct banner *b)
{
	struct unit u;
	if (!dialogue_takes_questions(d, tx_today(&r->tx)))
		return OK;
	enum err e = unit_find(&r->tx, d->unit, tx_today(&r->tx), &u);
	if (e)
		return e;
	b->ways.at = NEW_N(r->mem, struct link, 1);
	b->ways.at[b->ways.n++] = (struct link){
		.text = msg_plain(r->lang, MSG_DIALOGUE_SEND_QUESTION),
		.url = req_url(r, "/ghi-moi/%s/%s", str_of(question_kind.slug), u.code),
	};
	return OK;
}

static enum err dialogue_banner(struct req *r, const struct dossier *d, struct banner *b,
				struct buf *text)
{
	const struct dialogue *x = d->data;
	if (d->state == DIALOGUE_ANNOUNCED) {
		msg_dialogue_announced(text, r->lang, x->day, x->hour, x->place,
				       x->day.days - x->announced_on.days);
		if (date_cmp(x->day, tx_today(&r->tx)) < 0) {
			b->tone = TONE_LATE;
			b->title = msg_plain(r->lang, MSG_DIALOGUE_BANNER_PASSED);
		}
		return add_way(r, d, b);
	}
	if (d->state & DIALOGUE_AFTER)
		held_words(r, d, b, text);
	else if (d->state & (DIALOGUE_CANCELLED | DIALOGUE_DROPPED | DIALOGUE_REFUSED))
		buf_put(text, x->reason);
	return OK;
}

static void question_banner(struct req *r, const struct dossier *d, struct buf *text)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].state == DUTY_OPEN)
			msg_question_banner_due(text, r->lang, d->duties.at[i].due);
}

enum err dialogue_head(struct req *r, const struct dossier *d)
{
	struct buf text = { .a = r->mem };
	struct banner b = { .tone = dossier_state(d)->tone,
			    .title = msg_plain(r->lang, dossier_state(d)->label) };
	enum err e = OK;
	if (is_dialogue(d))
		e = dialogue_banner(r, d, &b, &text);
	else if (d->kind == &question_kind)
		question_banner(r, d, &text);
	else
		return OK;
	if (e)
		return e;
	b.text = buf_str(&text);
	part_banner(&r->out, &b);
	return OK;
}

static void add_text(struct req *r, const char *id, enum msg head, struct str text,
		     struct dialogue_texts *out)
{
	struct dialogue_text t = { .id = str_of(id), .head = msg_plain(r->lang, head) };
	if (!text.len)
		return;
	markdown_html(r->mem, text, &t.text);
	out->at[out->n++] = t;
}

/* Minutes of a workplace stay there. */
enum err dialogue_on_dossier(struct req *r, const struct dossier *d)
{
	const struct dialogue *x = d->data;
	struct dialogue_texts p = { NEW_N(r->mem, struct dialogue_text, 2), 0 };
	if (!is_dialogue(d))
		return OK;
	bool commune = d->kind == &dialogue_kind;
	add_text(r, "ket-luan", commune ? MSG_DIALOGUE_CONCLUSIONS : MSG_WORKPLACE_CONCLUSIONS,
		 x->conclusions, &p);
	if (commune || gate_is_official_of(&r->tx, d->holder))
		add_text(r, "bien-ban", MSG_DIALOGUE_MINUTES, x->minutes, &p);
	if (p.n)
		part_dialogue_texts(&r->out, &p);
	return OK;
}

/* --- On the page of a unit --- */

static enum err fill_latest(struct req *r, const struct kind *kind, const struct unit *u,
			    struct items *out)
{
	struct list_filter f = { .kind = kind,
				 .under = u->id,
				 .limit = LATEST,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	struct list_rows rows;
	enum err e = list_dossiers(&r->tx, &f, &rows);
	return e ? e : list_items(r, rows.at, rows.n, out);
}

static enum err put_owed(struct req *r, const struct calendar *calendar, const struct duty_row *row,
			 struct table *t)
{
	struct dossier *d;
	struct buf day = { .a = r->mem };
	struct str what = duty_words(r, row);
	struct url url;
	enum err e = duty_url(r, row, &url);
	if (!e && row->shown && !(e = dossier_load(&r->tx, row->dossier, &d)) &&
	    row->duty.line > 0 && (size_t)row->duty.line <= d->lines.n)
		what = ((const struct commitment *)d->lines.at[row->duty.line - 1].data)->what;
	if (e)
		return e;
	struct row *out = &t->rows.at[t->rows.n++];
	out->at = NEW_N(r->mem, struct cell, t->columns.n);
	out->n = t->columns.n;
	lang_put_date(&day, r->lang, row->duty.due);
	out->at[0] = (struct cell){ .text = what, .url = url };
	out->at[1] = (struct cell){ .text = buf_str(&day) };
	out->at[2] = (struct cell){
		.text = S(""),
		.tag = duty_tag(r->mem, r->lang, calendar, &row->duty, tx_today(&r->tx)),
	};
	return OK;
}

static enum err fill_owed(struct req *r, const char *rule, const struct unit *u, struct table *t)
{
	static const enum msg heads[] = { MSG_DIALOGUE_WHAT, MSG_DIALOGUE_DUE, MSG_DIALOGUE_STATE };
	const struct calendar *calendar;
	struct duty_rows rows;
	struct duty_filter f = { .under = u->id,
				 .exactly = true,
				 .when = DUTIES_OPEN,
				 .rule = str_of(rule),
				 .limit = OWED,
				 .after_due = NO_DATE };
	enum err e = req_calendar(r, &calendar);
	if (e || (e = duty_list(&r->tx, &f, &rows)))
		return e;
	t->caption = msg_plain(r->lang, MSG_DIALOGUE_OPEN_COMMITMENTS);
	t->named = true;
	t->columns.at = arena_get_n(r->mem, LENGTH(heads), sizeof *t->columns.at);
	for (size_t i = 0; i < LENGTH(heads); i++)
		t->columns.at[t->columns.n++] =
			(struct table_column){ .label = msg_plain(r->lang, heads[i]) };
	t->rows.at = arena_get_n(r->mem, rows.n, sizeof *t->rows.at);
	for (size_t i = 0; !e && i < rows.n; i++)
		e = put_owed(r, calendar, &rows.at[i], t);
	return e;
}

enum err dialogue_on_unit(struct req *r, const struct unit *u)
{
	struct dialogue_unit_part p = { .none = msg_plain(r->lang, MSG_DIALOGUE_NONE) };
	bool commune = kind_lives_at(&dialogue_kind, (int)u->level);
	const struct kind *kind = commune ? &dialogue_kind : &workplace_kind;
	struct dossier *reg = NULL;
	if (!kind_lives_at(kind, (int)u->level) || !kind_lives_at(&register_kind, (int)u->level))
		return OK;
	enum err e = register_find(&r->tx, u->id, &reg);
	if (e && e != ERR_NOT_FOUND)
		return e;
	if (!e)
		p.reg = (struct link){ .text = msg_plain(r->lang, MSG_REGISTER_KIND),
				       .url = dossier_url(r, reg->code) };
	p.all = url_with(r->mem, req_url(r, "/%s", str_of(kind->slug)), S("don-vi"), u->code);
	if ((e = fill_latest(r, kind, u, &p.latest)) ||
	    (e = fill_owed(r, commune ? DIALOGUE_COMMITMENT : WORKPLACE_COMMITMENT, u, &p.owed)))
		return e;
	part_dialogue_unit(&r->out, &p);
	return OK;
}

enum err dialogue_questions(struct req *r)
{
	struct url to = req_url(r, "/%s", str_of(dialogue_kind.slug));
	struct str unit = req_query(r, "don-vi");
	return req_redirect(r, unit.len ? url_with(r->mem, to, S("don-vi"), unit) : to);
}
