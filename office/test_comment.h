/* Comments on a matter as small as they come, each step in one line. */
#pragma once

#include "office/added_day.h"
#include "office/comment_list.h"
#include "office/gate.h"
#include "office/list.h"
#include "office/queue.h"
#include "office/tally.h"
#include "office/verify.h"
#include "tests/small_site.h"

/* --- A matter as small as they come: shown at once, over one day, taken down another --- */

struct matter {
	struct str title;
};

enum { STANDS = 2, OVER = 4, DOWN = 8 };

static const struct field matter_fields[] = {
	FIELD(struct matter, title, .min = 3, .max = 50, .label = MSG_KNOW_TITLE),
	{ 0 },
};
static const struct state matter_states[] = {
	{ STANDS, "stands", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ OVER, "over", MSG_EDITORIAL_STATE_WITHDRAWN, TONE_WAIT, VISIBLE_PUBLIC, .closed = true },
	{ DOWN, "down", MSG_EDITORIAL_STATE_TAKEN_DOWN, TONE_LATE, VISIBLE_PUBLIC, .stub = true },
	{ 0 },
};
static const struct step matter_steps[] = {
	{ "open", NEW, STANDS, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct matter),
	  matter_fields, .is_public = true, .version = true },
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
	.size = sizeof(struct matter),
	.fields = matter_fields,
	.states = matter_states,
	.steps = matter_steps,
};
static const struct kind *const kinds[] = { &matter_kind, &comment_kind, &added_day_kind, NULL };

static struct small_site s;
static struct tx *tx;
static struct dossier *matter;
static const struct member ann = { .person = 21, .name = S_INIT("Người Một") };
static const struct member ben = { .person = 22, .name = S_INIT("Người Hai") };

/* Friday, so that a working day later is Monday. */
static inline void begin(bool hold_all)
{
	static const struct member system = { .system = true };
	tx = small_site(&s, "2021-01-08T09:00");
	s.office.kinds = kinds;
	tx->who = &system;
	if (!hold_all)
		CHECK_INT(comment_hold_all(tx, false), OK);
	tx->who = &s.clerk;
	struct matter form = { S("Sửa kênh thôn Đông") };
	struct step_input in = { .on = NO_DATE };
	CHECK_INT(dossier_open(tx, &matter_kind, SMALL_COMMUNE, "open", &form, &in, NULL, &matter),
		  OK);
}

static inline enum err try_send(const struct member *who, const char *text, bool question,
				struct dossier **out, struct faults *faults)
{
	struct comment_form form = { .about = matter->code,
				     .text = str_of(text),
				     .question = question };
	struct step_input in = { .on = NO_DATE };
	tx->who = who;
	return dossier_open(tx, &comment_kind, SMALL_COMMUNE, "send", &form, &in, faults, out);
}

static inline struct dossier *send(const struct member *who, const char *text, bool question)
{
	struct dossier *d = NULL;
	if (try_send(who, text, question, &d, NULL))
		FAIL("%s", tx->why);
	return d;
}

static inline enum err take(const struct member *who, struct dossier *d, const char *step,
			    void *form)
{
	struct step_input in = { .on = NO_DATE };
	tx->who = who;
	return step_take(tx, d, step, form, &in, NULL);
}

static inline enum err hide(const struct member *who, struct dossier *d, const char *ground)
{
	struct {
		struct str ground, detail, hidden_role;
	} form = { str_of(ground), S("ghi chú"), S("") };
	return take(who, d, "hide", &form);
}

struct one_text {
	struct str text;
};
static inline enum err say(const struct member *who, struct dossier *d, const char *step,
			   const char *text)
{
	struct one_text form = { str_of(text) };
	return take(who, d, step, &form);
}

static inline bool is_offered(const struct member *who, const struct dossier *d, const char *step)
{
	tx->who = who;
	return step_is_offered(tx, d, kind_step(d->kind, str_of(step)));
}

static inline const struct comment *of(const struct dossier *d)
{
	return d->data;
}

static inline struct said_rows listed(void)
{
	struct said_rows rows;
	CHECK_INT(comment_list(tx, matter->id, NO_DATE, 0, 50, &rows), OK);
	return rows;
}

static inline int64_t total(void)
{
	int64_t n;
	CHECK_INT(comment_total(tx, matter->id, &n), OK);
	return n;
}

static inline bool bytes_have(int64_t dossier, const char *words)
{
	struct query q = db_query(tx, "SELECT c.public_bytes, c.sealed_bytes FROM act a"
				      " JOIN content c ON c.act = a.id WHERE a.dossier = $1");
	BIND(&q, dossier);
	bool found = false;
	while (db_next(&q))
		for (int i = 0; i < 2; i++) {
			struct bytes b = col_bytes(&q, i);
			found |= b.at && str_has((struct str){ b.at, b.len }, str_of(words));
		}
	CHECK_INT(q.err, OK);
	return found;
}

/* Does any column of the site's tables of dossiers and acts hold the words? */
static inline bool rows_have(const char *words)
{
	struct query q = db_query(tx, "SELECT data, title FROM dossier UNION ALL"
				      " SELECT data, '' FROM act");
	bool found = false;
	while (db_next(&q))
		found |= str_has(col_str(&q, 0), str_of(words)) ||
			 str_has(col_str(&q, 1), str_of(words));
	CHECK_INT(q.err, OK);
	return found;
}
