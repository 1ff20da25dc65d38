/* What tests of comments and of following begin with: a matter of the commune, its clerk and its leader,
 * a clerk elsewhere, one who was clerk, and two citizens. */
#pragma once

#include "office/comment_list.h"
#include "office/step.h"
#include "web/access_page.h"
#include "web/comment_page.h"
#include "web/follow_page.h"
#include "web/proof_routes.h"
#include "web/routes.h"
#include "web/test_house.h"

struct matter {
	struct str title, sort;
};

enum { STANDS = 2, OVER = 4, DOWN = 8, DRAFT = 16 };

static const struct field matter_fields[] = {
	FIELD(struct matter, title, .min = 3, .max = 50, .label = MSG_KNOW_TITLE),
	FIELD(struct matter, sort, .optional = true, .label = MSG_KNOW_MATTER),
	{ 0 },
};
static const struct state matter_states[] = {
	{ DRAFT, "draft", MSG_EDITORIAL_STATE_RECORDED, TONE_WAIT, VISIBLE_INTERNAL },
	{ STANDS, "stands", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ OVER, "over", MSG_EDITORIAL_STATE_WITHDRAWN, TONE_WAIT, VISIBLE_PUBLIC, .closed = true },
	{ DOWN, "down", MSG_EDITORIAL_STATE_TAKEN_DOWN, TONE_LATE, VISIBLE_PUBLIC, .stub = true },
	{ 0 },
};
static const struct step matter_steps[] = {
	{ "open", NEW, STANDS, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct matter),
	  matter_fields, .is_public = true, .version = true },
	{ "draft", NEW, DRAFT, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct matter),
	  matter_fields },
	{ "end", STANDS, OVER, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE },
	{ "take_down", STANDS, DOWN, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE },
	{ 0 },
};
static const struct kind matter_kind = {
	.name = "matter",
	.code = "VC",
	.slug = "viec-chung",
	.work = "know",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.facet = "sort",
	.size = sizeof(struct matter),
	.fields = matter_fields,
	.states = matter_states,
	.steps = matter_steps,
};
static const struct kind *const voices_kinds[] = { &matter_kind, &comment_kind, &added_day_kind,
						   NULL };

static int64_t ann, ben;
static struct str matter; /* its code */

static inline struct str open_matter_by(const char *step, const char *title)
{
	struct matter form = { str_of(title), S("kenh") };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	if (dossier_open(tx, &matter_kind, commune, step, &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	return d->code;
}

/* Everything before the doors open; `tx` acts as the commune's clerk. */
static inline void begin_voices(void)
{
	static struct member clerk;
	office = (struct office){ .kinds = voices_kinds };
	begin_site();
	int64_t id = user("can.bo", commune), was = user("da.nghi", commune);
	appoint(id, commune, CLERK);
	appoint(user("lanh.dao", commune), commune, LEADER);
	appoint(user("xa.ben", other), other, CLERK);
	appoint(user("quan.tri", root), root, ADMIN);
	appoint(user("quan.tri.xa", commune), commune, ADMIN);
	CHECK_INT(appointment_end(tx, appoint(was, commune, CLERK), test_date("2021-03-09")), OK);
	ann = user("nguoi.mot", commune);
	ben = user("nguoi.hai", commune);
	CHECK_INT(member_load(tx, id, &clerk), OK);
	tx->who = &clerk;
	matter = open_matter_by("open", "Sửa kênh thôn Đông");
}

static inline void open_doors(bool limits)
{
	const struct route *const tables[] = {
		access_routes, admin_routes, comment_routes, follow_routes,
		office_routes, proof_routes, sign_routes,    kind_routes(test_arena(), &office),
		NULL
	};
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), "2021-03-10T08:00", limits, tables);
	site->house.office = &office;
}

static inline const char *at(const char *format, struct str code)
{
	struct str rest = str_of(format), head;
	CHECK(str_next(&rest, '*', &head));
	return str_printf(test_arena(), "%.*s%.*s%.*s", STR_ARG(head), STR_ARG(code), STR_ARG(rest))
		.at;
}

static inline const char *encoded(const char *text)
{
	struct buf b = { .a = test_arena() };
	percent_encode(&b, str_of(text));
	buf_putc(&b, 0);
	return b.at;
}

static inline struct answer post_comment(struct browser *b, const char *text, bool question)
{
	browser_get(b, at("/ho-so/*/y-kien", matter));
	return browser_post(
		b, at("/ho-so/*/y-kien", matter),
		str_printf(test_arena(), "text=%s%s", encoded(text), question ? "&question=1" : "")
			.at);
}

/* The newest comment. */
static inline struct str newest(void)
{
	struct tx read = { .mem = test_arena(), .office = &office };
	CHECK_INT(tx_begin(&read, site->read, DB_READ), OK);
	struct query q = db_query(&read, "SELECT code FROM dossier WHERE kind = 'comment'"
					 " ORDER BY id DESC LIMIT 1");
	CHECK_INT(db_one(&q), OK);
	struct str code = col_str(&q, 0);
	CHECK_INT(tx_end(&read, OK), OK);
	return code;
}

static inline int64_t comments(void)
{
	struct tx read = { .mem = test_arena(), .office = &office };
	CHECK_INT(tx_begin(&read, site->read, DB_READ), OK);
	struct query q = db_query(&read, "SELECT COUNT(*) FROM dossier WHERE kind = 'comment'");
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	CHECK_INT(tx_end(&read, OK), OK);
	return n;
}

/* A step by its page; the answer to the form. */
static inline struct answer take(struct browser *b, struct str code, const char *step,
				 const char *fields)
{
	const char *path = str_printf(test_arena(), "/ho-so/%.*s/lam/%s", STR_ARG(code), step).at;
	browser_get(b, path);
	return browser_post(
		b, path,
		str_printf(test_arena(), "happened_on=10/03/2021&channel=web&%s", fields).at);
}

static inline struct str sent_and_shown(struct browser *author, struct browser *official,
					const char *text, bool question)
{
	CHECK_INT(post_comment(author, text, question).status, 303);
	struct str code = newest();
	CHECK_INT(take(official, code, "approve", "").status, 303);
	return code;
}
