/* A small site whose log is signed with the key of the published vectors, with matters in the open and private
 * ones, and how its page of verification is asked. */
#pragma once

#include "base/encode.h"
#include "ledger/proof.h"
#include "office/added_day.h"
#include "office/step.h"
#include "tests/log_site.h"
#include "web/proof_routes.h"
#include "web/test_ask.h"

/* --- two kinds: one in the open, one private --- */

struct matter {
	struct str title, body;
};

enum { OPENED = 2, SHOWN = 4 };

static const struct field note_fields[] = {
	FIELD(struct matter, title, .min = 3, .max = 60, .label = MSG_KNOW_TITLE),
	FIELD(struct matter, body, .optional = true, .lines = true, .label = MSG_KNOW_BODY),
	{ 0 },
};
static const struct state note_states[] = {
	{ OPENED, "opened", MSG_EDITORIAL_STATE_RECORDED, TONE_WAIT, VISIBLE_INTERNAL },
	{ SHOWN, "shown", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ 0 },
};
static const struct step note_steps[] = {
	{ "open", NEW, OPENED, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct matter),
	  note_fields },
	{ "show", OPENED, SHOWN, CLERK, MSG_KNOW_PUBLISH, MSG_KNOW_PUBLISH_DONE,
	  sizeof(struct matter), note_fields, .starts = "disclosure.commune.publish",
	  .is_public = true, .version = true },
	{ 0 },
};
static const struct kind note_kind = {
	.name = "note",
	.code = "NT",
	.slug = "ghi-chu",
	.work = "notes",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.size = sizeof(struct matter),
	.fields = note_fields,
	.states = note_states,
	.steps = note_steps,
};
static const struct kind secret_kind = {
	.name = "secret",
	.code = "KN",
	.slug = "rieng",
	.work = "notes",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.is_private = true,
	.size = sizeof(struct matter),
	.fields = note_fields,
	.states = note_states,
	.steps = note_steps,
};
static const struct kind *const kinds[] = { &note_kind, &secret_kind, &added_day_kind, NULL };

/* --- the site --- */

static struct {
	struct tx *tx;
	struct log *log;
	struct asker *asker;
	struct office office;
	struct appointment held;
	struct member clerk;
} s;

static inline void make_unit(void)
{
	struct query u = db_query(s.tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
					" VALUES (1, '0001-01-01', '9999-12-31', 0)");
	CHECK_OK(db_exec(&u));
	struct query v = db_query(s.tx, "INSERT INTO unit_version (unit, code, type, name, name_en,"
					" parent, level, valid_from, valid_to, made_at) VALUES (1,"
					" '14464', 'xã', 'Mẫu', '', NULL, 3, '0001-01-01',"
					" '9999-12-31', 0)");
	CHECK_OK(db_exec(&v));
	struct query a = db_query(s.tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from,"
					" valid_to, depth, way) VALUES (1, 1, '0001-01-01',"
					" '9999-12-31', 0, 0)");
	CHECK_OK(db_exec(&a));
}

static inline void open_site(void)
{
	struct str why;
	memset(&s, 0, sizeof s);
	s.tx = site();
	CHECK_OK(law_builtin(test_arena(), &s.office.law, &why));
	s.office.calendar = calendar_of_law(test_arena(), s.office.law);
	s.office.kinds = kinds;
	s.tx->office = &s.office;
	make_unit();
	s.held = (struct appointment){ .id = 1,
				       .person = 1,
				       .unit = 1,
				       .role = CLERK,
				       .from = test_date("2020-01-01"),
				       .to = NO_DATE };
	s.clerk = (struct member){ .person = 1, .at = &s.held, .n = 1 };
	s.log = open_log(s.tx);
	s.asker = asker_new(s.tx, proof_routes);
	s.asker->house.log = s.log;
	test_commit(s.tx);
}

static inline void sign_all(void)
{
	int64_t given;
	CHECK_OK(log_sequence(s.tx, 1000, &given));
	test_commit(s.tx);
	CHECK_OK(log_sign(s.log, s.tx));
}

static inline struct dossier *open_one(const struct kind *k)
{
	struct dossier *d;
	struct matter form = { S("Dự toán thu chi"), S("Nội dung kín đáo") };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	s.tx->who = &s.clerk;
	CHECK_OK(dossier_open(s.tx, k, 1, "open", &form, &in, NULL, &d));
	return d;
}

static inline void show_one(struct dossier *d)
{
	struct matter form = { S("Dự toán thu chi"), S("Nội dung kín đáo") };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	CHECK_OK(step_take(s.tx, d, "show", &form, &in, NULL));
}

/* A public dossier with two acts, signed, among others so that proofs have a path. */
static inline struct dossier *published_one(void)
{
	open_site();
	for (int i = 0; i < 3; i++)
		open_one(&note_kind);
	struct dossier *d = open_one(&note_kind);
	show_one(d);
	open_one(&secret_kind);
	sign_all();
	return d;
}

static inline struct act act_of(struct dossier *d, size_t i)
{
	struct acts acts;
	CHECK_OK(act_list(s.tx, d, &acts));
	CHECK(i < acts.n);
	return acts.at[i];
}

static inline struct log_leaf leaf_of(struct dossier *d, size_t i)
{
	struct log_leaf leaf;
	CHECK_OK(log_leaf_find(s.tx, act_of(d, i).leaf, &leaf));
	return leaf;
}

static inline struct content content_of(struct dossier *d, size_t i)
{
	struct content c;
	CHECK_OK(content_load(s.tx, act_of(d, i).id, &c));
	return c;
}

static inline struct str receipt_of(struct dossier *d, size_t i)
{
	struct content c = content_of(d, i);
	struct str out, salt = { c.public_salt.at, c.public_salt.len };
	CHECK_OK(log_receipt(s.log, s.tx, act_of(d, i).leaf, salt, &out));
	return out;
}

static inline struct str value_of(struct dossier *d, size_t i)
{
	return check_value_text(test_arena(), leaf_of(d, i).hash.b);
}

static inline struct asked ask_for(struct str pasted)
{
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("/kiem-chung?ma="));
	percent_encode(&b, pasted);
	buf_putc(&b, 0);
	return asker_get(s.asker, b.at);
}

static inline struct asked paste(struct str receipt, struct str content)
{
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("bien_nhan="));
	percent_encode(&b, receipt);
	buf_put(&b, S("&noi_dung="));
	percent_encode(&b, content);
	return asker_post(s.asker, s.tx, "/kiem-chung", buf_str(&b));
}

static inline bool has(const struct asked *page, const char *text)
{
	return str_has(page->body, str_of(text));
}

static inline struct str replaced(struct str text, const char *what, const char *by)
{
	for (size_t i = 0; i + strlen(what) <= text.len; i++)
		if (str_starts(str_from(text, i), str_of(what)))
			return str_printf(test_arena(), "%.*s%s%.*s", (int)i, text.at, by,
					  STR_ARG(str_from(text, i + strlen(what))));
	FAIL("no %s in the text", what);
}

/* What a reader sees without opening a fold. */
static inline struct str outside_folds(struct str page)
{
	struct buf b = { .a = test_arena() };
	int depth = 0;
	for (size_t i = 0; i < page.len; i++) {
		struct str rest = str_from(page, i);
		depth += str_starts(rest, S("<details")) - str_starts(rest, S("</details>"));
		if (!depth)
			buf_putc(&b, page.at[i]);
	}
	return buf_str(&b);
}

#define GREEN "<section class=\"banner ok\""
#define RED "<section class=\"banner late\""
#define AMBER "<section class=\"banner soon\""

static inline void check_answer(const struct asked *page, const char *colour, const char *title)
{
	CHECK_INT(page->status, 200);
	if (!has(page, colour) || !has(page, title))
		FAIL("no %s in: %.*s", title, STR_ARG(outside_folds(page->body)));
	const char *first = memmem(page->body.at, page->body.len, "class=\"banner ", 14);
	struct str rest = { first + 1, page->body.len - (size_t)(first + 1 - page->body.at) };
	CHECK(!str_has(rest, S("class=\"banner "))); /* one answer */
}
