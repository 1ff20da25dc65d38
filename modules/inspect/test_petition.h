/* Steps of a petition in one line each, at a commune of a district. */
#pragma once

#include "modules/inspect/petition_steps.h"
#include "office/unit.h"
#include "tests/small_site.h"

enum { DISTRICT = 9, SENDER = 21 };

static struct small_site s;
static struct appointment above_held;
static struct member above; /* the district's leader */
static const struct member sender = { .person = SENDER, .name = S_INIT("Nguyễn Văn Mẫu") };

static inline void run(struct tx *tx, struct query *q)
{
	if (db_exec(q))
		FAIL("%s", tx->why);
}

static inline void insert_district(struct tx *tx)
{
	struct query u = db_query(tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
				      " VALUES (9, '0001-01-01', '9999-12-31', 0)");
	run(tx, &u);
	struct query v =
		db_query(tx, "INSERT INTO unit_version (unit, code, type, name, name_en, parent,"
			     " level, valid_from, valid_to, made_at) VALUES (9, '374', 'huyện',"
			     " 'Trên', '', NULL, $1, '0001-01-01', '9999-12-31', 0)");
	BIND(&v, (int64_t)LEVEL_DISTRICT);
	run(tx, &v);
	struct query p = db_query(tx, "UPDATE unit_version SET parent = 9 WHERE unit IN (1, 2)");
	run(tx, &p);
	struct query a = db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from,"
				      " valid_to, depth, way) VALUES"
				      " (9, 9, '0001-01-01', '9999-12-31', 0, 0),"
				      " (1, 9, '0001-01-01', '9999-12-31', 1, 0),"
				      " (2, 9, '0001-01-01', '9999-12-31', 1, 0)");
	run(tx, &a);
}

/* A commune with nothing above it. */
static inline struct tx *lone_site(const char *now)
{
	struct tx *tx = small_site(&s, now);
	for (int64_t id = 11; id <= SENDER; id++) {
		struct query q = db_query(tx, "INSERT INTO person (id, name, made_at)"
					      " VALUES ($1, 'Người Mẫu', 0)");
		BIND(&q, id);
		run(tx, &q);
	}
	return tx;
}

static inline struct tx *site(const char *now)
{
	struct tx *tx = lone_site(now);
	insert_district(tx);
	above_held = (struct appointment){ .id = 19,
					   .person = 19,
					   .unit = DISTRICT,
					   .role = LEADER,
					   .field = S(""),
					   .from = test_date("2019-01-01"),
					   .to = NO_DATE };
	above = (struct member){ .person = 19, .at = &above_held, .n = 1 };
	return tx;
}

/* Every date not set, as a form begins. */
static inline struct petition blank(void)
{
	struct petition x = { 0 };
	fields_init(petition_kind.fields, &x);
	return x;
}

static inline struct petition matter(const char *type)
{
	struct petition x = blank();
	x.type = str_of(type);
	x.title = S("Xe tải chở đá làm hỏng đường trục thôn Đông");
	x.body = S("Từ đầu tháng xe quá tải chạy qua vào ban đêm.");
	x.name = S("Nguyễn Văn Mẫu");
	x.address = S("Thôn Đông, xã Mẫu");
	return x;
}

static inline enum err open_as(struct tx *tx, const struct member *who, const char *step,
			       const char *type, const char *on, struct dossier **d)
{
	struct petition form = matter(type);
	struct step_input in = { .on = test_date(on) };
	tx->who = who;
	tx->err = OK;
	return dossier_open(tx, &petition_kind, SMALL_COMMUNE, step, &form, &in, NULL, d);
}

static inline struct dossier *sent(struct tx *tx, const char *type, const char *on)
{
	struct dossier *d = NULL;
	if (open_as(tx, &sender, "send", type, on, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline void handle(struct tx *tx, struct dossier *d, const char *by, const char *on)
{
	struct petition form = blank();
	form.answer_by = test_date(by);
	small_site_done(tx, d, &s.clerk, "handle", &form, on);
}

static inline void answer(struct tx *tx, struct dossier *d, const char *on)
{
	struct petition form = blank();
	form.outcome = S("done");
	form.answer = S("Đã vá đoạn đường hỏng và cắm biển hạn chế tải trọng.");
	form.files = small_site_file(tx, "bien-ban.pdf");
	small_site_done(tx, d, &s.clerk, "answer", &form, on);
}
