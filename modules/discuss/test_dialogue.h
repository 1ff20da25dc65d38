/* Steps of a dialogue in one line each, at a commune and at an enterprise. */
#pragma once

#include "modules/discuss/dialogue_register.h"
#include "modules/discuss/dialogue_steps.h"
#include "modules/discuss/question.h"
#include "office/unit.h"
#include "tests/small_site.h"

enum { ENTERPRISE = 9, BOSS = 19, SENDER = 21 };

static struct small_site s;
static struct appointment boss_held;
static struct member boss; /* the enterprise's leader */
static const struct member sender = { .person = SENDER, .name = S_INIT("Nguyễn Văn Mẫu") };

static inline void run(struct tx *tx, struct query *q)
{
	if (db_exec(q))
		FAIL("%s", tx->why);
}

static inline struct tx *site(const char *now)
{
	struct tx *tx = small_site(&s, now);
	for (int64_t id = 11; id <= SENDER; id++) {
		struct query q = db_query(tx, "INSERT INTO person (id, name, made_at)"
					      " VALUES ($1, 'Người Mẫu', 0)");
		BIND(&q, id);
		run(tx, &q);
	}
	struct query u = db_query(tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
				      " VALUES (9, '0001-01-01', '9999-12-31', 0)");
	run(tx, &u);
	struct query v =
		db_query(tx, "INSERT INTO unit_version (unit, code, type, name, name_en, parent,"
			     " level, valid_from, valid_to, made_at) VALUES (9, 'DN-01', '',"
			     " 'Công ty Mẫu', '', NULL, $1, '0001-01-01', '9999-12-31', 0)");
	BIND(&v, (int64_t)LEVEL_ENTERPRISE);
	run(tx, &v);
	struct query a = db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from,"
				      " valid_to, depth, way) VALUES"
				      " (9, 9, '0001-01-01', '9999-12-31', 0, 0)");
	run(tx, &a);
	boss_held = (struct appointment){ .id = BOSS,
					  .person = BOSS,
					  .unit = ENTERPRISE,
					  .role = LEADER,
					  .field = S(""),
					  .from = test_date("2019-01-01"),
					  .to = NO_DATE };
	boss = (struct member){ .person = BOSS, .at = &boss_held, .n = 1 };
	return tx;
}

/* Every date not set, as a form begins. */
static inline struct dialogue blank(void)
{
	struct dialogue x = { 0 };
	fields_init(dialogue_kind.fields, &x);
	return x;
}

static inline enum err take_as(struct tx *tx, struct dossier *d, const struct member *who,
			       const char *step, const void *form, const char *on,
			       struct faults *faults)
{
	if (faults)
		*faults = (struct faults){ .a = tx->mem, .lang = LANG_VI };
	return small_site_take(tx, d, who, step, form, on, faults);
}

static inline void says(const struct faults *faults, const char *field, enum msg text)
{
	CHECK_INT(faults->n, 1);
	CHECK_STR(str_of(faults->at[0].field), str_of(field));
	CHECK_STR(faults->at[0].text, msg_plain(LANG_VI, text));
}

static inline struct dossier *reload(struct tx *tx, const struct dossier *d)
{
	struct dossier *now;
	if (dossier_load(tx, d->id, &now))
		FAIL("%s", tx->why);
	return now;
}

static inline struct dossier *planned(struct tx *tx, const char *day, const char *on)
{
	struct dossier *d = NULL;
	struct dialogue form = blank();
	form.title = S("Đối thoại về đường liên thôn Đông – Tây");
	form.body = S("Giải phóng mặt bằng và mức hỗ trợ.");
	form.day = test_date(day);
	form.hour = S("8 giờ 00");
	form.place = S("Nhà văn hóa xã");
	form.chair = S("Chủ tịch UBND xã");
	struct step_input in = { .on = test_date(on) };
	tx->who = &s.clerk;
	tx->err = OK;
	if (dossier_open(tx, &dialogue_kind, SMALL_COMMUNE, "plan", &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline struct dossier *announced(struct tx *tx, const char *day, const char *on)
{
	struct dossier *d = planned(tx, day, on);
	small_site_done(tx, d, &s.leader, "announce", NULL, on);
	return d;
}

static inline struct dialogue minutes(void)
{
	struct dialogue form = blank();
	form.people = 64;
	form.minutes = S("Chủ tịch UBND xã trình bày phương án; sáu ý kiến phát biểu.");
	return form;
}

static inline struct dossier *held(struct tx *tx, const char *day)
{
	struct dossier *d = announced(tx, day, day);
	struct dialogue form = minutes();
	small_site_done(tx, d, &s.clerk, "hold", &form, day);
	return d;
}

static inline struct dialogue_publish conclusions(void)
{
	return (struct dialogue_publish){
		.conclusions = S("Giữ nguyên hướng tuyến; niêm yết lại bảng giá hỗ trợ."),
		.no_secret = true,
		.nobody_named = true,
	};
}

static inline void promise(struct tx *tx, struct dossier *d, const char *due, const char *on)
{
	struct dialogue_promise form = { S("Niêm yết lại bảng giá hỗ trợ tại ba thôn"),
					 S("Công chức địa chính"), test_date(due) };
	small_site_done(tx, d, &s.clerk, "promise", &form, on);
}

static inline struct str due_of(const struct dossier *d, const char *rule)
{
	return date_iso(test_arena(), small_site_duty(d, rule)->due);
}

static inline int duties_of(const struct dossier *d, const char *rule)
{
	int n = 0;
	for (size_t i = 0; i < d->duties.n; i++)
		n += str_eq(d->duties.at[i].rule, str_of(rule));
	return n;
}
