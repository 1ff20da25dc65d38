/* What of a dialogue is printed: the notice that calls to it, and its minutes, to be signed. */
#include "modules/discuss/dialogue_pages.h"

#include "gen/discuss_pages.h"
#include "modules/discuss/dialogue.h"
#include "office/gate.h"
#include "web/dossier_page.h"
#include "web/markdown.h"
#include "web/paper.h"

enum { CALLED = DIALOGUE_ANNOUNCED | DIALOGUE_AFTER };

/* Those of a workplace stay there. */
static bool may_print_minutes(struct req *r, const struct dossier *d)
{
	return is_dialogue(d) && (d->state & DIALOGUE_AFTER) &&
	       (d->kind == &dialogue_kind || gate_is_official_of(&r->tx, d->holder));
}

enum err dialogue_on_side(struct req *r, const struct dossier *d)
{
	struct papers_part p = { msg_plain(r->lang, MSG_PAPER_PRINT), { NULL, 0 } };
	p.ways.at = NEW_N(r->mem, struct link, 2);
	if (is_dialogue(d) && (d->state & CALLED))
		p.ways.at[p.ways.n++] = (struct link){
			.text = msg_plain(r->lang, MSG_DIALOGUE_PAPER_NOTICE),
			.url = req_url(r, "/ho-so/%s/thong-bao-doi-thoai", d->code),
		};
	if (may_print_minutes(r, d))
		p.ways.at[p.ways.n++] = (struct link){
			.text = msg_plain(r->lang, MSG_DIALOGUE_PAPER_MINUTES),
			.url = req_url(r, "/ho-so/%s/bien-ban-doi-thoai", d->code),
		};
	if (p.ways.n)
		part_papers(&r->out, &p);
	return OK;
}

static struct str day_words(struct req *r, struct date day, struct str hour)
{
	struct buf b = { .a = r->mem };
	if (hour.len)
		buf_printf(&b, "%.*s, ", STR_ARG(hour));
	lang_put_date(&b, r->lang, day);
	return buf_str(&b);
}

enum err dialogue_notice_show(struct req *r)
{
	struct dossier *d;
	struct paper p;
	enum err e = dossier_asked(r, &d);
	if (e)
		return e;
	if (!is_dialogue(d) || !(d->state & CALLED))
		return ERR_NOT_FOUND;
	const struct dialogue *x = d->data;
	if ((e = paper_begin(r, d, MSG_DIALOGUE_PAPER_NOTICE, 0, &p)) ||
	    (e = paper_dated(r, d, x->announced_on, &p)) ||
	    (e = paper_checked(r, d, x->reason.len ? "postpone" : "announce", &p)))
		return e;
	p.head = msg_plain(r->lang, MSG_DIALOGUE_NOTICE_HEAD);
	p.title = x->title;
	paper_fact(r, &p, MSG_DIALOGUE_TIME, day_words(r, x->day, x->hour));
	paper_fact(r, &p, MSG_DIALOGUE_PLACE, x->place);
	paper_fact(r, &p, MSG_DIALOGUE_CHAIR, x->chair);
	paper_fact(r, &p, MSG_DIALOGUE_POSTPONED_BECAUSE, x->reason);
	markdown_html(r->mem, x->body, &p.body);
	p.close = msg_plain(r->lang, MSG_DIALOGUE_NOTICE_CLOSE);
	p.right = p.body_name;
	page_paper(&r->out, &p);
	return OK;
}

static void add_questions(struct req *r, const struct dossier *d, struct paper *p)
{
	struct paper_part *part = paper_add_part(r, p, MSG_DIALOGUE_QUESTIONS, 2 * d->lines.n);
	struct kvs *out = &part->lines;
	int no = 0;
	for (size_t i = 0; i < d->lines.n; i++) {
		if (d->lines.at[i].kind != &d->kind->lines[LINE_QUESTION])
			continue;
		no++;
		const struct dialogue_question *q = d->lines.at[i].data;
		out->at[out->n++] =
			(struct kv){ .label = str_printf(r->mem, "%d", no), .value = q->text };
		out->at[out->n++] = (struct kv){
			.label = msg_plain(r->lang, MSG_DIALOGUE_ANSWER),
			.value = q->answer.len ? q->answer : S("…"),
		};
	}
}

static void add_commitments(struct req *r, const struct dossier *d, struct paper *p)
{
	struct paper_part *part = paper_add_part(r, p, MSG_DIALOGUE_COMMITMENTS, d->lines.n);
	struct kvs *out = &part->lines;
	for (size_t i = 0; i < d->lines.n; i++) {
		struct buf no = { .a = r->mem }, what = { .a = r->mem };
		if (d->lines.at[i].kind != &d->kind->lines[LINE_COMMITMENT])
			continue;
		const struct commitment *c = d->lines.at[i].data;
		msg_dialogue_commitment_no(&no, r->lang, d->lines.at[i].no);
		msg_dialogue_minutes_commitment(&what, r->lang, c->what, c->who, c->due);
		out->at[out->n++] = (struct kv){ .label = buf_str(&no), .value = buf_str(&what) };
	}
}

enum err dialogue_minutes_show(struct req *r)
{
	struct dossier *d;
	struct paper p;
	struct buf people = { .a = r->mem };
	enum err e = dossier_asked(r, &d);
	if (e)
		return e;
	if (!may_print_minutes(r, d))
		return ERR_NOT_FOUND;
	const struct dialogue *x = d->data;
	if ((e = paper_begin(r, d, MSG_DIALOGUE_PAPER_MINUTES, 0, &p)))
		return e;
	lang_put_int(&people, r->lang, x->people);
	p.head = msg_plain(r->lang, MSG_DIALOGUE_MINUTES_HEAD);
	p.title = x->title;
	paper_fact(r, &p, MSG_DIALOGUE_TIME, day_words(r, x->held_on, x->hour));
	paper_fact(r, &p, MSG_DIALOGUE_PLACE, x->place);
	paper_fact(r, &p, MSG_DIALOGUE_CHAIR, x->chair);
	paper_fact(r, &p, MSG_DIALOGUE_PEOPLE, buf_str(&people));
	markdown_html(r->mem, x->minutes, &p.body);
	add_questions(r, d, &p);
	add_commitments(r, d, &p);
	p.left = msg_plain(r->lang, MSG_DIALOGUE_SIGNED_SECRETARY);
	p.right = msg_plain(r->lang, MSG_DIALOGUE_SIGNED_CHAIR);
	page_paper(&r->out, &p);
	return OK;
}
