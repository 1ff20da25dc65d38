/* Steps of boards, checks and recommendations in one line each. The commune is on small_site, with the Front's
 * officer; an agency with its inspector; an enterprise. */
#pragma once

#include "modules/inspect/board_steps.h"
#include "modules/inspect/check_steps.h"
#include "modules/inspect/recommendation_steps.h"
#include "office/redaction.h"
#include "office/unit.h"
#include "tests/small_site.h"

#include <string.h>

enum { SMALL_ENTERPRISE = 9 };

static struct small_site s;
static struct appointment front_held, agency_held, enterprise_held, manager_held;
static struct member front, agency_board, enterprise_board, manager;

static inline struct member made(struct appointment *a, int64_t id, enum role role, int64_t unit)
{
	*a = (struct appointment){ .id = id,
				   .person = id,
				   .unit = unit,
				   .role = role,
				   .field = S(""),
				   .from = test_date("2015-01-01"),
				   .to = NO_DATE };
	return (struct member){ .person = id, .name = S("Người Thử"), .at = a, .n = 1 };
}

static inline void run(struct query *q)
{
	CHECK_INT(db_exec(q), OK);
}

static inline struct tx *site(const char *now)
{
	struct tx *tx = small_site(&s, now);
	struct query u = db_query(tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
				      " VALUES (9, '0001-01-01', '9999-12-31', 0)");
	run(&u);
	struct query v =
		db_query(tx, "INSERT INTO unit_version (unit, code, type, name, name_en, parent,"
			     " level, valid_from, valid_to, made_at) VALUES (9, 'DN-01', '',"
			     " 'Công ty Mẫu', '', NULL, $1, '0001-01-01', '9999-12-31', 0)");
	BIND(&v, (int64_t)LEVEL_ENTERPRISE);
	run(&v);
	struct query a = db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from,"
				      " valid_to, depth, way) VALUES"
				      " (9, 9, '0001-01-01', '9999-12-31', 0, 0)");
	run(&a);
	front = made(&front_held, 21, FRONT, SMALL_COMMUNE);
	agency_board = made(&agency_held, 22, INSPECTOR, SMALL_AGENCY);
	enterprise_board = made(&enterprise_held, 23, INSPECTOR, SMALL_ENTERPRISE);
	manager = made(&manager_held, 24, LEADER, SMALL_ENTERPRISE);
	return tx;
}

static inline enum err take_as(struct tx *tx, struct dossier *d, const struct member *who,
			       const char *step, const void *form, const char *on,
			       struct faults *faults)
{
	if (faults)
		*faults = (struct faults){ .a = tx->mem, .lang = LANG_VI };
	return small_site_take(tx, d, who, step, form, on, faults);
}

static inline enum err open_as(struct tx *tx, const struct kind *kind, int64_t unit,
			       const struct member *who, const char *step, void *form,
			       const char *on, struct faults *faults, struct dossier **out)
{
	struct step_input in = { .on = test_date(on) };
	if (faults)
		*faults = (struct faults){ .a = tx->mem, .lang = LANG_VI };
	tx->who = who;
	tx->err = OK;
	return dossier_open(tx, kind, unit, step, form, &in, faults, out);
}

static inline struct people_board board_form(const char *by, const char *members)
{
	struct people_board x = { 0 };
	fields_init(board_kind.fields, &x);
	x.by = str_of(by);
	x.title = S("Ban nhiệm kỳ mới của đơn vị");
	x.project = str_eq(x.by, S("cisb")) ? S("Đường trục thôn Đông") : S("");
	x.elected_by = S("Hội nghị các thôn, tháng 3");
	x.members = str_of(members);
	x.compatible = true;
	return x;
}

#define FIVE                                                                                    \
	"Nguyễn Văn Mẫu; trưởng ban; thôn Đông\nTrần Thị Mẫu; phó trưởng " \
	"ban; thôn Tây\nLê Văn Mẫu; thành viên; Mặt trận\nPhạm Thị Mẫu; "     \
	"thành viên; Ban TTND\nĐỗ Văn Mẫu; thành viên; thôn Bắc"
#define THREE                                                                              \
	"Nguyễn Văn Mẫu; trưởng ban; phòng Một\nTrần Thị Mẫu; phó ban; " \
	"phòng Hai\nLê Văn Mẫu; thành viên; phòng Ba"

static inline struct dossier *elected(struct tx *tx, const char *by, int64_t unit,
				      const struct member *who, const char *members, const char *on)
{
	struct dossier *d = NULL;
	struct people_board x = board_form(by, members);
	if (open_as(tx, &board_kind, unit, who, "elect", &x, on, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline void recognise(struct tx *tx, struct dossier *d, const struct member *who,
			     const char *from, const char *to)
{
	struct people_board x = { 0 };
	fields_init(board_kind.fields, &x);
	x.number = S("12/QĐ-MTTQ");
	x.term_from = test_date(from);
	x.term_to = to ? test_date(to) : NO_DATE;
	small_site_done(tx, d, who, "recognise", &x, from);
}

static inline struct check check_form(const char *by, const char *subject, const char *day)
{
	struct check x = { 0 };
	fields_init(check_kind.fields, &x);
	x.by = str_of(by);
	x.title = S("Giám sát làm đường trục thôn Đông");
	x.subject = str_of(subject);
	x.body = S("Khối lượng, chất lượng và quyết toán.");
	x.day = test_date(day);
	x.place = S("Trụ sở");
	x.team = S("Nguyễn Văn Mẫu, trưởng đoàn");
	x.outline = S("Tiến độ, vốn, nghiệm thu.");
	return x;
}

static inline struct dossier *planned(struct tx *tx, const char *by, int64_t unit,
				      const struct member *who, const char *day, const char *on)
{
	struct dossier *d = NULL;
	struct check x = check_form(by,
				    unit == SMALL_AGENCY       ? "SO-01"
				    : unit == SMALL_ENTERPRISE ? "DN-01"
							       : "14464",
				    day);
	if (open_as(tx, &check_kind, unit, who, "plan", &x, on, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline void hold(struct tx *tx, struct dossier *d, const struct member *who, const char *on)
{
	struct check x = { 0 };
	fields_init(check_kind.fields, &x);
	x.minutes = S("Đo lại ba đoạn, đối chiếu với hồ sơ nghiệm thu.");
	small_site_done(tx, d, who, "hold", &x, on);
}

static inline struct check found(void)
{
	struct check x = { 0 };
	fields_init(check_kind.fields, &x);
	x.report = S("Hai đoạn mỏng hơn thiết kế hai phân.");
	x.violations = 2;
	x.money = 48000000;
	x.conclusion = S("Đề nghị thu hồi phần thi công thiếu.");
	return x;
}

static inline struct dossier *reported(struct tx *tx, const char *by, const char *day)
{
	struct dossier *d = planned(tx, by, SMALL_COMMUNE, &front, day, day);
	struct check x = found();
	small_site_done(tx, d, &front, "announce", NULL, day);
	hold(tx, d, &front, day);
	small_site_done(tx, d, &front, "report", &x, day);
	return d;
}

static inline struct redaction hiding(const char *passages)
{
	return (struct redaction){ .passages = str_of(passages),
				   .redaction_ground = S("personal"),
				   .redaction_note = S("Có thông tin của một người."),
				   .reviewed = true };
}

static inline struct recommendation ask_form(const char *by, const char *to, const char *received)
{
	struct recommendation x = { 0 };
	fields_init(recommendation_kind.fields, &x);
	x.by = str_of(by);
	x.check = S("none");
	x.title = S("Thu hồi tiền thi công thiếu khối lượng");
	x.body = S("Thu hồi 48 triệu đồng và công khai kết quả.");
	x.to_kind = S("government");
	x.to = str_of(to);
	x.received_on = test_date(received);
	return x;
}

static inline struct dossier *asked(struct tx *tx, const char *by, int64_t unit,
				    const struct member *who, const char *to, const char *on)
{
	struct dossier *d = NULL;
	struct recommendation x = ask_form(by, to, on);
	if (open_as(tx, &recommendation_kind, unit, who, "send", &x, on, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline struct recommendation answer_form(const char *outcome, const char *promised)
{
	struct recommendation x = { 0 };
	fields_init(recommendation_kind.fields, &x);
	x.outcome = str_of(outcome);
	x.answer = S("UBND xã đã giao địa chính đo lại và thu hồi.");
	x.promised = promised ? test_date(promised) : NO_DATE;
	return x;
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

static inline bool said(const struct faults *f, const char *field)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->at[i].field, field) == 0)
			return true;
	return false;
}

static inline struct dossier *reload(struct tx *tx, const struct dossier *d)
{
	struct dossier *now;
	if (dossier_load(tx, d->id, &now))
		FAIL("%s", tx->why);
	return now;
}

/* What has been counted under a key, whatever the month. */
static inline int64_t counted(struct tx *tx, const char *key)
{
	struct query q = db_query(tx, "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM figure"
				      " WHERE figure_key = $1");
	BIND(&q, str_of(key));
	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}
