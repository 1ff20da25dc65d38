/* Three questions, each a page of links: what was answered stands in the address, so that going back is
 * nothing but going back. */
#include "modules/inspect/petition_ask_pages.h"

#include "gen/inspect_pages.h"
#include "law/due.h"
#include "modules/inspect/petition.h"
#include "office/alike.h"
#include "web/list_page.h"
#include "web/root.h"

/* --- Which type --- */

struct answer {
	enum msg says, example;
	const char *to;           /* the next address ... */
	const char *name, *value; /* ... with this answer */
};

struct triage {
	const char *name, *value; /* the answer to the question before; NULL: the first */
	enum msg asks, lede;
	struct answer answers[3];
};

#define HERE "/kien-nghi/gui"
#define OFFICE "/gui/kien-nghi"

/* The last question first: the first of them whose answer stands in the address is asked. */
static const struct triage questions[] = {
	{ "vi-pham",
	  "khong",
	  MSG_PETITION_ASK_WHAT,
	  MSG_PETITION_ASK_WHAT_LEDE,
	  {
		  { MSG_PETITION_ASK_FEEDBACK, MSG_PETITION_ASK_FEEDBACK_EXAMPLE, OFFICE, "type",
		    "feedback" },
		  { MSG_PETITION_ASK_PROPOSAL, MSG_PETITION_ASK_PROPOSAL_EXAMPLE, OFFICE, "type",
		    "proposal" },
	  } },
	{ "quyen-loi",
	  "khong",
	  MSG_PETITION_ASK_WRONG,
	  MSG_PETITION_ASK_WRONG_LEDE,
	  {
		  { MSG_PETITION_ASK_WRONG_YES, MSG_PETITION_ASK_WRONG_EXAMPLE, PETITION_DENOUNCE,
		    NULL, NULL },
		  { MSG_PETITION_ASK_WRONG_NO, MSG_PETITION_ASK_WRONG_NO_EXAMPLE, HERE, "vi-pham",
		    "khong" },
	  } },
	{ NULL,
	  NULL,
	  MSG_PETITION_ASK_RIGHTS,
	  MSG_PETITION_ASK_RIGHTS_LEDE,
	  {
		  { MSG_PETITION_ASK_RIGHTS_YES, MSG_PETITION_ASK_RIGHTS_EXAMPLE, OFFICE, "type",
		    "complaint" },
		  { MSG_PETITION_ASK_RIGHTS_NO, MSG_PETITION_ASK_RIGHTS_NO_EXAMPLE, HERE,
		    "quyen-loi", "khong" },
	  } },
};

static struct url local(struct req *r, const char *path)
{
	return url_local(r->mem, str_printf(r->mem, "%s%s", r->lang == LANG_EN ? "/en" : "", path));
}

static const struct triage *asked(struct req *r, const struct triage **before)
{
	const struct triage *t = questions;
	while (t->name && !str_eq(req_query(r, t->name), str_of(t->value)))
		t++;
	*before = t->name ? t + 1 : NULL;
	return t;
}

enum err petition_ask_show(struct req *r)
{
	const struct triage *before, *t = asked(r, &before);
	struct petition_ask_page p = { .title = msg_plain(r->lang, t->asks),
				       .lede = msg_plain(r->lang, t->lede) };
	p.answers.at = NEW_N(r->mem, struct item, LENGTH(t->answers));
	for (size_t i = 0; i < LENGTH(t->answers) && t->answers[i].to; i++) {
		const struct answer *a = &t->answers[i];
		struct url to = local(r, a->to);
		p.answers.at[p.answers.n++] = (struct item){
			.title = msg_plain(r->lang, a->says),
			.lead = msg_plain(r->lang, a->example),
			.url = a->name ? url_with(r->mem, to, str_of(a->name), str_of(a->value))
				       : to,
		};
	}
	p.back.text = msg_plain(r->lang, MSG_DRAFT_BACK);
	p.back.url = !before        ? req_url(r, "/kien-nghi")
		     : before->name ? url_with(r->mem, local(r, HERE), str_of(before->name),
					       str_of(before->value))
				    : local(r, HERE);
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	p.frame->index = false;
	page_petition_ask(&r->out, &p);
	return OK;
}

enum err petition_denounce_show(struct req *r)
{
	struct petition_ask_page p = { .title = msg_plain(r->lang, MSG_PETITION_DENOUNCE) };
	p.back = (struct link){ .text = msg_plain(r->lang, MSG_DRAFT_BACK),
				.url = url_with(r->mem, local(r, HERE), S("quyen-loi"),
						S("khong")) };
	p.online = (struct link){ .text = msg_plain(r->lang, MSG_PETITION_DENOUNCE_CHOOSE),
				  .url = req_url(r, "/kien-nghi") };
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	page_petition_denounce(&r->out, &p);
	return OK;
}

/* --- The interview --- */

static const struct interview_question asks[] = {
	{ "loai", MSG_PETITION_ASK_TYPE, MSG_PETITION_ASK_TYPE_HELP, { "type" }, .aside = true },
	{ "anh", MSG_PETITION_ASK_PHOTO, MSG_PETITION_ASK_PHOTO_HELP, { "papers" } },
	{ "tom-tat", MSG_PETITION_ASK_TITLE, MSG_NONE, { "title" }, .similar = true },
	{ "noi-xay-ra", MSG_PETITION_ASK_PLACE, MSG_NONE, { "place" } },
	{ "su-viec", MSG_PETITION_ASK_BODY, MSG_NONE, { "body", "wish" } },
	{ "nguoi-gui",
	  MSG_PETITION_ASK_WHO,
	  MSG_PETITION_ASK_WHO_HELP,
	  { "name", "address", "identity", "contact" } },
	{ 0 },
};

/* What is owed first, if it is sent today; the words differ by what the law owes. */
static enum err promise(struct req *r, const void *form, struct str *out)
{
	const struct petition *x = form;
	const struct law *law = r->tx.office->law;
	struct date today = tx_today(&r->tx);
	bool complaint = str_eq(x->type, S("complaint"));
	const struct time_limit *first = law_rule(
		law, complaint ? S("complaint.accept") : S("reception.intake_answer"), today);
	const struct time_limit *resolve = law_rule(law, S("complaint.resolve"), today);
	const struct calendar *calendar;
	struct buf b = { .a = r->mem };
	struct due due;
	enum err e = req_calendar(r, &calendar);
	*out = S("");
	if (e || !first || !resolve || !due_compute(NULL, calendar, first, today, &due))
		return e;
	if (complaint)
		msg_petition_ask_complaint_due(&b, r->lang, due.due, resolve->days,
					       complaint_days(resolve, true, false));
	else
		msg_petition_ask_due(&b, r->lang, due.due);
	*out = buf_str(&b);
	return OK;
}

/* Petitions are private: a stranger is shown what is public, and everybody what he sent himself. */
static enum err similar(struct req *r, int64_t unit, const void *form, struct items *out)
{
	enum { SHOWN = 5 };
	const struct petition *x = form;
	struct list_rows own, open;
	struct items first = { NULL, 0 }, rest = { NULL, 0 };
	enum err e = alike_own(&r->tx, &petition_kind, PETITION_OPEN, x->title, SHOWN, &own);
	if (e || (e = alike_public(&r->tx, unit, x->title, SHOWN, &open)) ||
	    (e = list_items(r, own.at, own.n, &first)) ||
	    (e = list_items(r, open.at, open.n, &rest)))
		return e;
	*out = (struct items){ NEW_N(r->mem, struct item, first.n + rest.n), 0 };
	for (size_t i = 0; i < first.n; i++)
		out->at[out->n++] = first.at[i];
	for (size_t i = 0; i < rest.n; i++)
		out->at[out->n++] = rest.at[i];
	return OK;
}

const struct interview petition_interview = {
	.kind = &petition_kind,
	.step = "send",
	.start = HERE,
	.title = MSG_PETITION_ASK_CHECK,
	.office = MSG_PETITION_ASK_OFFICE,
	.questions = asks,
	.promise = promise,
	.similar = similar,
};
