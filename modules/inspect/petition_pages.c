/* The answer comes first, in words: what happened, and what the reader can do until when. */
#include "modules/inspect/petition_pages.h"

#include "gen/inspect_pages.h"
#include "law/rule_words.h"
#include "modules/inspect/petition_steps.h"
#include "office/gate.h"
#include "office/reply.h"
#include "office/step.h"
#include "web/dossier_page.h"
#include "web/find_office.h"
#include "web/markdown.h"
#include "web/root.h"

/* --- On the dossier --- */

struct str petition_duty_words(struct str rule, enum lang lang)
{
	if (str_eq(rule, S(PETITION_ANSWER)))
		return msg_plain(lang, MSG_PETITION_PROMISED);
	return msg_plain(lang, rule_label(rule));
}

/* Whoever has it reads what he owes himself; its author, what is owed to him first. */
static const struct duty *owed_to(struct req *r, const struct dossier *d)
{
	const struct duty *own =
		gate_is_official_of(&r->tx, d->holder) ? dossier_open_duty(d, d->holder) : NULL;
	return own ? own : dossier_open_duty(d, 0);
}

static enum err owed(struct req *r, const struct dossier *d, struct banner *b)
{
	const struct duty *duty = owed_to(r, d);
	struct buf text = { .a = r->mem };
	struct str body;
	enum err e = duty ? req_body_words(r, duty->unit, &body) : OK;
	if (e || !duty)
		return e;
	bool again = d->state == PETITION_CONTESTED && str_eq(duty->rule, S(PETITION_ANSWER));
	struct str what = again ? msg_plain(r->lang, MSG_PETITION_ANSWER_AGAIN)
				: petition_duty_words(duty->rule, r->lang);
	if (duty_is_overdue(duty, tx_today(&r->tx))) {
		b->tone = TONE_LATE;
		b->title = msg_plain(r->lang, MSG_PETITION_BANNER_OVERDUE);
		msg_petition_overdue(&text, r->lang, body, duty->due, what);
	} else {
		msg_petition_due(&text, r->lang, body, duty->due, what);
	}
	b->text = buf_str(&text);
	return OK;
}

/* What the author can do now stands under the words as buttons. */
static void add_ways(struct req *r, const struct dossier *d, struct banner *b)
{
	static const char *const ways[] = { "confirm", "contest", "complain_again",
					    "ask_protection", "renew" };
	if (!dossier_is_author(&r->tx, d))
		return;
	b->ways.at = NEW_N(r->mem, struct link, LENGTH(ways));
	for (size_t i = 0; i < LENGTH(ways); i++) {
		const struct step *s = kind_step(d->kind, str_of(ways[i]));
		if (step_is_offered(&r->tx, d, s))
			b->ways.at[b->ways.n++] = (struct link){
				.text = msg_plain(r->lang, s->label),
				.url = req_url(r, "/ho-so/%s/lam/%s", d->code, str_of(ways[i])),
			};
	}
}

static void answered_words(struct req *r, const struct dossier *d, struct buf *text)
{
	const struct petition *x = d->data;
	struct str outcome = dossier_words(r, d, "outcome");
	if (petition_is_contested_out(x))
		msg_petition_answered_last(text, r->lang, outcome, x->answered_on,
					   PETITION_CONTESTS);
	else
		msg_petition_answered(text, r->lang, outcome, x->answered_on, x->contest_until,
				      PETITION_CONTESTS);
}

/* In force; but whoever got the decision late may still have time to complain again. */
static void final_words(struct req *r, const struct dossier *d, struct buf *text)
{
	const struct petition *x = d->data;
	struct str decision = dossier_words(r, d, "decision");
	if (date_is_set(x->appeal_until) && date_cmp(tx_today(&r->tx), x->appeal_until) <= 0)
		msg_petition_final(text, r->lang, decision, x->appeal_until);
	else
		msg_petition_final_last(text, r->lang, decision);
}

/* Whoever reads it must not be told that he may still go to court. */
static void judged_words(struct req *r, const struct dossier *d, struct banner *b, struct buf *text)
{
	const struct petition *x = d->data;
	b->title = msg_plain(r->lang, MSG_PETITION_JUDGE_DONE);
	msg_petition_judged(text, r->lang, x->court, x->judgment, x->judged_on);
	if (x->ruling.len) {
		buf_putc(text, ' ');
		msg_petition_judged_ruled(text, r->lang, dossier_words(r, d, "instance"),
					  dossier_words(r, d, "ruling"));
	}
	if (str_eq(x->instance, S(COMPLAINT_FIRST_INSTANCE)))
		buf_printf(text, " %.*s", STR_ARG(msg_plain(r->lang, MSG_PETITION_JUDGED_FIRST)));
}

static enum err fill_banner(struct req *r, const struct dossier *d, struct banner *b)
{
	const struct petition *x = d->data;
	struct buf text = { .a = r->mem };
	*b = (struct banner){ .tone = dossier_state(d)->tone,
			      .title = msg_plain(r->lang, dossier_state(d)->label),
			      .text = S("") };
	if (complaint_is_judged(d))
		judged_words(r, d, b, &text);
	else if (d->state & PETITION_ANSWERED)
		answered_words(r, d, &text);
	else if (d->state & PETITION_REFUSED)
		msg_petition_refused(&text, r->lang, dossier_words(r, d, "ground"));
	else if (d->state & (DENUNCIATION_REFUSED | DENUNCIATION_PASSED))
		msg_denunciation_left(
			&text, r->lang,
			dossier_words(r, d,
				      d->state & DENUNCIATION_PASSED ? "passed_to" : "refusal"));
	else if (d->state & COMPLAINT_SENT)
		msg_petition_sent(&text, r->lang, dossier_words(r, d, "decision"), x->appeal_until);
	else if (d->state & COMPLAINT_FINAL)
		final_words(r, d, &text);
	else
		return owed(r, d, b);
	b->text = buf_str(&text);
	add_ways(r, d, b);
	return OK;
}

enum err petition_head(struct req *r, const struct dossier *d)
{
	const struct petition *x = d->data;
	struct petition_part p = { .head = S("") };
	if (d->kind != &petition_kind)
		return OK;
	enum err e = fill_banner(r, d, &p.banner);
	if (e)
		return e;
	bool refused = d->state & (PETITION_REFUSED | DENUNCIATION_REFUSED | DENUNCIATION_PASSED);
	bool concluded = str_eq(x->type, S("denunciation"));
	p.head = msg_plain(r->lang, refused           ? MSG_PETITION_DETAIL
				    : concluded       ? MSG_DENUNCIATION_CONCLUSION_TEXT
				    : x->decision.len ? MSG_PETITION_DECISION_TEXT
						      : MSG_PETITION_ANSWER_TEXT);
	struct str text;
	if ((e = reply_named(&r->tx, d, refused ? x->detail : x->answer, r->lang, &text)))
		return e;
	markdown_html(r->mem, text, &p.text);
	part_petition(&r->out, &p);
	return OK;
}

/* --- How to send one --- */

static struct str law_words(struct req *r, const struct time_limit *row)
{
	return citation_words(r->mem, &row->cite, r->lang == LANG_EN);
}

static struct str intake_words(struct req *r)
{
	const struct time_limit *row =
		law_rule(r->tx.office->law, S("reception.intake_answer"), tx_today(&r->tx));
	struct buf b = { .a = r->mem };
	if (row)
		msg_petition_next_intake(&b, r->lang, row->days, law_words(r, row));
	return buf_str(&b);
}

/* Ten days until 30 June 2026, seven working days since. */
static struct str complaint_words(struct req *r)
{
	const struct law *law = r->tx.office->law;
	struct date today = tx_today(&r->tx);
	const struct time_limit *accept = law_rule(law, S("complaint.accept"), today);
	const struct time_limit *resolve = law_rule(law, S("complaint.resolve"), today);
	struct buf b = { .a = r->mem };
	if (!accept || !resolve)
		return S("");
	(accept->kind == LIMIT_WORKING ? msg_petition_next_complaint_working
				       : msg_petition_next_complaint)(
		&b, r->lang, accept->days, law_words(r, accept), resolve->days,
		complaint_days(resolve, true, false), law_words(r, resolve));
	return buf_str(&b);
}

/* The same offices, by the form that keeps secret who sends it. */
static void add_denounce(struct req *r, struct petition_page *p)
{
	p->denounce.at = NEW_N(r->mem, struct item, p->offices.n);
	for (size_t i = 0; i < p->offices.n; i++)
		p->denounce.at[p->denounce.n++] = (struct item){
			.title = p->offices.at[i].title,
			.url = url_with(r->mem, p->offices.at[i].url, S("buoc"), S("denounce")),
		};
}

enum err petition_show(struct req *r)
{
	struct petition_page p = { .typed = req_query(r, "co-quan") };
	p.asked = p.typed.len > 0;
	enum err e = find_offices(r, &petition_kind, p.typed, &p.offices);
	if (e)
		return e;
	add_denounce(r, &p);
	p.frame = req_frame(r, msg_plain(r->lang, MSG_PETITION_KIND), DOOR_INSPECT);
	p.find = req_url(r, "/kien-nghi");
	p.receipt = req_url(r, "/bien-nhan");
	p.begin = req_url(r, "/kien-nghi/gui");
	p.resume = req_url(r, "/nhap");
	p.intake = intake_words(r);
	p.complaint = complaint_words(r);
	page_petition(&r->out, &p);
	return OK;
}
