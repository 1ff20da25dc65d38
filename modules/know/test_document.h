/* Documents and tasks at a province, a district and its communes, each step in one line. */
#pragma once

#include "modules/know/assignment.h"
#include "modules/know/document_steps.h"
#include "modules/know/targets.h"

#include "ledger/log.h"
#include "office/gate.h"
#include "office/list.h"
#include "office/queue.h"
#include "office/step.h"
#include "office/tally.h"
#include "office/test_office.h"
#include "office/unit_edit.h"
#include "tests/small_site.h"
#include "web/module.h"

static const char units[] = "code\tparent\tlevel\ttype_vi\tname_vi\tname_en\n"
			    "37\t\t1\ttỉnh\tNinh Bình\t\n"
			    "370\t37\t2\tthành phố\tTam Điệp\t\n"
			    "374\t37\t2\thuyện\tHoa Lư\t\n"
			    "14362\t370\t3\tphường\tBắc Sơn\t\n"
			    "14536\t374\t3\txã\tNinh Vân\t\n"
			    "14539\t374\t3\txã\tNinh Hải\t\n"
			    "14542\t374\t3\txã\tNinh An\t\n";

static const struct member program = { .system = true };
static struct office office;
static int64_t province, district, city, ninh_van, ninh_hai, agency;

/* Somebody who is clerk and leader of one unit. */
struct official {
	struct appointment held[2];
	struct member m;
};
static struct official of_province, of_district, of_ninh_van, of_ninh_hai;

static inline void appoint(struct official *o, int64_t person, int64_t unit)
{
	for (int i = 0; i < 2; i++)
		o->held[i] = (struct appointment){ .id = person * 10 + i,
						   .person = person,
						   .unit = unit,
						   .role = i ? LEADER : CLERK,
						   .field = S(""),
						   .from = test_date("2020-01-01"),
						   .to = NO_DATE };
	o->m = (struct member){ .person = person, .at = o->held, .n = 2 };
}

static inline struct tx *site(const char *now)
{
	struct unit_lists lists = { .units_2020 = str_of(units) };
	struct tx *tx = test_tx(now);
	struct str why;
	int64_t root;
	CHECK_INT(law_builtin(test_arena(), &office.law, &why), OK);
	office.calendar = calendar_of_law(test_arena(), office.law);
	office.kinds = every_kind(test_arena());
	tx->office = &office;
	tx->who = &program;
	CHECK_INT(log_init(tx, S("xa-mau.example.invalid/nhat-ky"),
			   S("xa-mau.example.invalid/nhat-ky+04ccf484+AQOhB7/"
			     "zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")),
		  OK);
	CHECK_INT(unit_load(tx, &lists, S("37"), test_date("2020-01-01"), &root), OK);
	struct unit_new office_of = { .parent = root,
				      .level = LEVEL_AGENCY,
				      .code = S("CQ-01"),
				      .type = S("sở"),
				      .name = S("Nội vụ"),
				      .from = NO_DATE,
				      .to = NO_DATE };
	CHECK_INT(unit_add(tx, &office_of, &agency), OK);
	province = root;
	district = unit_at(tx, "374", "2020-06-01").id;
	city = unit_at(tx, "370", "2020-06-01").id;
	ninh_van = unit_at(tx, "14536", "2020-06-01").id;
	ninh_hai = unit_at(tx, "14539", "2020-06-01").id;
	appoint(&of_province, 1, province);
	appoint(&of_district, 2, district);
	appoint(&of_ninh_van, 3, ninh_van);
	appoint(&of_ninh_hai, 4, ninh_hai);
	return tx;
}

static inline struct document plan(const char *title, const char *on)
{
	return (struct document){
		.type = S("plan"),
		.title = str_of(title),
		.number = S("12/KH-UBND"),
		.issuer = S("UBND"),
		.issued_on = test_date(on),
		.effective_from = NO_DATE,
		.effective_until = NO_DATE,
		.due_on = NO_DATE,
		.body = S("Thực hiện quy chế dân chủ ở cơ sở."),
		.parent = S(""),
	};
}

static inline struct strs *list(const char *one)
{
	struct strs *l = NEW(test_arena(), struct strs);
	l->at = NEW(test_arena(), struct str);
	*l->at = str_of(one);
	l->n = 1;
	return l;
}

static inline enum err take_with(struct tx *tx, struct dossier *d, const struct official *who,
				 const char *step, void *form, const char *on,
				 struct faults *faults)
{
	struct step_input in = { .on = test_date(on) };
	tx->who = &who->m;
	tx->err = OK;
	return step_take(tx, d, step, form, &in, faults);
}

static inline enum err take(struct tx *tx, struct dossier *d, const struct official *who,
			    const char *step, void *form, const char *on)
{
	return take_with(tx, d, who, step, form, on, NULL);
}

static inline enum err record(struct tx *tx, const struct official *who, struct document form,
			      const char *on, struct faults *faults, struct dossier **d)
{
	struct step_input in = { .on = test_date(on) };
	tx->who = &who->m;
	tx->err = OK;
	return dossier_open(tx, &document_kind, who->held[0].unit, "record", &form, &in, faults, d);
}

static inline void publish(struct tx *tx, struct dossier *d, const struct official *who,
			   const char *on)
{
	struct checklist ticks = { true, true, S("") };
	CHECK_INT(take(tx, d, who, "submit", &ticks, on), OK);
	if (take(tx, d, who, "publish", step_form(tx->mem, kind_step(d->kind, S("publish"))), on))
		FAIL("%s", tx->why);
}

static inline struct dossier *issued(struct tx *tx, const struct official *who,
				     struct document form, const char *on)
{
	struct dossier *d = NULL;
	if (record(tx, who, form, on, NULL, &d))
		FAIL("%s", tx->why);
	publish(tx, d, who, on);
	return d;
}

/* The province's plan asks all communes and districts to issue their own by the end of March. */
static inline struct dossier *directive(struct tx *tx)
{
	struct document form = plan("Kế hoạch năm 2021 của tỉnh", "2021-02-01");
	form.groups = *list("communes");
	form.asked = S("issue");
	form.due_on = test_date("2021-03-31");
	return issued(tx, &of_province, form, "2021-02-01");
}

static inline struct dossier *task_of(struct tx *tx, const struct dossier *d, int64_t unit)
{
	struct assignment_rows rows;
	struct dossier *task;
	CHECK_INT(assignment_list(tx, d->id, ASSIGNMENTS_ALL, S(""), 0, 100, &rows), OK);
	for (size_t i = rows.n; i > 0; i--)
		if (rows.at[i - 1].unit == unit) {
			CHECK_INT(dossier_load(tx, rows.at[i - 1].id, &task), OK);
			return task;
		}
	FAIL("no task for unit %lld", (long long)unit);
}

static inline struct assignment_counts counts(struct tx *tx, const struct dossier *d,
					      const char *level)
{
	struct assignment_count_list l;
	CHECK_INT(assignment_count(tx, d->id, &l), OK);
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.at[i].level, str_of(level)))
			return l.at[i];
	return (struct assignment_counts){ .level = S("") };
}

static inline void says(const struct faults *faults, const char *field, enum msg text)
{
	CHECK(faults->n >= 1);
	CHECK_STR(str_of(faults->at[0].field), str_of(field));
	CHECK_STR(faults->at[0].text, msg_plain(LANG_VI, text));
}
