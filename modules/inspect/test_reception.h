/* A commune's schedule and reception days in one line each. */
#pragma once

#include "modules/inspect/reception.h"
#include "modules/inspect/reception_plan.h"
#include "tests/small_site.h"

#include <string.h>

static struct small_site s;

static inline struct tx *site(const char *now)
{
	struct tx *tx = small_site(&s, now);
	for (int64_t id = 11; id <= 21; id++) {
		struct query q = db_query(tx, "INSERT INTO person (id, name, made_at)"
					      " VALUES ($1, 'Người Mẫu', 0)");
		BIND(&q, id);
		CHECK_INT(db_exec(&q), OK);
	}
	return tx;
}

static inline struct reception_plan schedule(struct tx *tx, const char *since)
{
	struct reception_plan x = { .title = S("Lịch tiếp công dân"),
				    .posts = { NEW_N(tx->mem, struct str, 4), 1 },
				    .since = test_date(since),
				    .place = S("Phòng tiếp công dân UBND xã"),
				    .body = S("") };
	x.posts.at[0] = S("Chủ tịch UBND cấp xã");
	return x;
}

static inline enum err open_plan(struct tx *tx, const char *since, struct dossier **d)
{
	struct reception_plan form = schedule(tx, since);
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.leader;
	tx->err = OK;
	return dossier_open(tx, &reception_plan_kind, SMALL_COMMUNE, "issue", &form, &in, NULL, d);
}

static inline struct dossier *issued(struct tx *tx, const char *since)
{
	struct dossier *d = NULL;
	if (open_plan(tx, since, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline struct reception session(struct tx *tx, const char *way, const char *day)
{
	struct reception x = { 0 };
	(void)tx;
	fields_init(reception_kind.fields, &x);
	x.way = str_of(way);
	x.post = S("Chủ tịch UBND cấp xã");
	x.day = test_date(day);
	x.opens = S("07:30");
	x.closes = S("11:00");
	x.place = S("Phòng tiếp công dân UBND xã");
	x.every = S("30");
	x.notice = S("Bảng tin trụ sở UBND xã");
	return x;
}

static inline enum err open_session(struct tx *tx, struct reception form, const char *on,
				    struct dossier **d)
{
	struct step_input in = { .on = test_date(on) };
	tx->who = &s.clerk;
	tx->err = OK;
	return dossier_open(tx, &reception_kind, SMALL_COMMUNE, "plan", &form, &in, NULL, d);
}

static inline struct dossier *planned(struct tx *tx, const char *way, const char *day,
				      const char *on)
{
	struct dossier *d = NULL;
	if (open_session(tx, session(tx, way, day), on, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline void announce(struct tx *tx, struct dossier *d, const char *way, const char *day,
			    const char *on)
{
	struct reception form = session(tx, way, day);
	small_site_done(tx, d, &s.clerk, "announce", &form, on);
}

/* The forms of reception.c as its tables describe them. */
static inline void *form_of(struct tx *tx, const char *step)
{
	return step_form(tx->mem, kind_step(&reception_kind, str_of(step)));
}

static inline void put(const char *step, void *form, const char *field, struct str value)
{
	const struct step *is = kind_step(&reception_kind, str_of(step));
	*field_str(field_find(is->form, str_of(field)), form) = value;
}

static inline enum err hold(struct tx *tx, struct dossier *d, const char *by, const char *on)
{
	void *form = form_of(tx, "hold");
	put("hold", form, "by", str_of(by));
	return small_site_take(tx, d, &s.clerk, "hold", form, on, NULL);
}

static inline enum err postpone(struct tx *tx, struct dossier *d, const char *day, const char *on)
{
	void *form = form_of(tx, "postpone");
	const struct step *is = kind_step(&reception_kind, S("postpone"));
	*field_date(field_find(is->form, S("day")), form) = test_date(day);
	put("postpone", form, "opens", S("8:00"));
	put("postpone", form, "closes", S("10:00"));
	put("postpone", form, "place", S("Nhà văn hóa thôn Đông"));
	put("postpone", form, "reason", S("Trùng kỳ họp HĐND xã"));
	put("postpone", form, "notice", S("Bảng tin trụ sở UBND xã"));
	return small_site_take(tx, d, &s.clerk, "postpone", form, on, NULL);
}

static inline int64_t figure(struct tx *tx, const char *key)
{
	struct query q = db_query(tx, "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM figure"
				      " WHERE figure_key = $1");
	BIND(&q, str_of(key));
	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}
