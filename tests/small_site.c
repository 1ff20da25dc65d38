#include "tests/small_site.h"

#include "ledger/log.h"
#include "office/daily.h"
#include "office/unit_edit.h"
#include "office/verify.h"
#include "web/module.h"

#include <string.h>

static void run(struct query *q)
{
	CHECK_INT(db_exec(q), OK);
}

static void insert_unit(struct tx *tx, int64_t id, const char *code, const char *name,
			int64_t level, bool equipped)
{
	struct query u = db_query(tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
				      " VALUES ($1, '0001-01-01', '9999-12-31', 0)");
	BIND(&u, id);
	run(&u);
	struct query v =
		db_query(tx, "INSERT INTO unit_version (unit, code, type, name, name_en, parent,"
			     " level, valid_from, valid_to, made_at) VALUES ($1, $2, 'xã', $3,"
			     " '', NULL, $4, '0001-01-01', '9999-12-31', 0)");
	BIND(&v, id, str_of(code), str_of(name), level);
	run(&v);
	struct query a =
		db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from, valid_to,"
			     " depth, way) VALUES ($1, $1, '0001-01-01', '9999-12-31', 0, 0)");
	BIND(&a, id);
	run(&a);
	if (!equipped)
		return;
	const struct member system = { .system = true };
	const struct member *who = tx->who;
	tx->who = &system;
	struct unit_facts facts = { .has_web = true, .has_loudspeaker = true, .households = 200 };
	CHECK_INT(unit_declare(tx, id, test_date("2019-01-01"), &facts), OK);
	tx->who = who;
}

static struct member member_of(struct appointment *a, int64_t id, enum role role, int64_t unit)
{
	*a = (struct appointment){ .id = id,
				   .person = id,
				   .unit = unit,
				   .role = role,
				   .field = S(""),
				   .from = test_date("2019-01-01"),
				   .to = NO_DATE };
	return (struct member){ .person = id, .name = S("Người Thử"), .at = a, .n = 1 };
}

struct tx *small_site(struct small_site *s, const char *now)
{
	struct tx *tx = test_tx(now);
	struct str why;
	*s = (struct small_site){ .office = { .kinds = every_kind(test_arena()),
					      .files = test_tx_dir(tx) } };
	CHECK_INT(law_builtin(test_arena(), &s->office.law, &why), OK);
	s->office.calendar = calendar_of_law(test_arena(), s->office.law);
	tx->office = &s->office;
	CHECK_INT(log_init(tx, S("xa-mau.example.invalid/nhat-ky"),
			   S("xa-mau.example.invalid/nhat-ky+04ccf484+"
			     "AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")),
		  OK);
	insert_unit(tx, SMALL_COMMUNE, "14464", "Mẫu", LEVEL_COMMUNE, true);
	insert_unit(tx, SMALL_NEIGHBOUR, "14465", "Bên", LEVEL_COMMUNE, false);
	insert_unit(tx, SMALL_AGENCY, "SO-01", "Sở Mẫu", LEVEL_AGENCY, false);
	s->clerk = member_of(&s->held[0], 11, CLERK, SMALL_COMMUNE);
	s->leader = member_of(&s->held[1], 12, LEADER, SMALL_COMMUNE);
	s->neighbour = member_of(&s->held[2], 13, LEADER, SMALL_NEIGHBOUR);
	s->admin = member_of(&s->held[3], 14, ADMIN, SMALL_COMMUNE);
	s->official = member_of(&s->held[4], 15, LEADER, SMALL_AGENCY);
	tx->who = &s->clerk;
	return tx;
}

void small_site_day(struct tx *tx, const char *day)
{
	const struct member *who = tx->who;
	test_now(tx, day);
	struct daily walk = { .more = true };
	while (walk.more)
		CHECK_INT(daily_run(tx, 100, &walk), OK);
	if (walk.failed)
		FAIL("the calendar failed: %s", walk.why);
	tx->who = who;
}

enum err small_site_take(struct tx *tx, struct dossier *d, const struct member *who,
			 const char *step, const void *form, const char *on, struct faults *faults)
{
	const struct step *is = kind_step(d->kind, str_of(step));
	struct step_input in = { .on = test_date(on) };
	void *copy = step_form(tx->mem, is);
	if (form)
		memcpy(copy, form, is->size);
	tx->who = who;
	tx->err = OK;
	return step_take(tx, d, step, copy, &in, faults);
}

void small_site_done(struct tx *tx, struct dossier *d, const struct member *who, const char *step,
		     const void *form, const char *on)
{
	if (small_site_take(tx, d, who, step, form, on, NULL))
		FAIL("%s: %s", step, tx->why);
}

struct file_refs small_site_file(struct tx *tx, const char *name)
{
	static const char sha[] = "00112233445566778899aabbccddeeff"
				  "00112233445566778899aabbccddeeff";
	struct file_refs files = { NEW(tx->mem, struct file_ref), 1 };
	struct query q = db_query(tx, "INSERT INTO file (sha256, size, type, created_at)"
				      " VALUES ($1, 5, 'application/pdf', 0)"
				      " ON CONFLICT (sha256) DO NOTHING");
	BIND(&q, str_of(sha));
	CHECK_INT(db_exec(&q), OK);
	files.at[0] = (struct file_ref){ str_of(sha), str_of(name), S("application/pdf"), 5 };
	return files;
}

const struct duty *small_site_duty(const struct dossier *d, const char *rule)
{
	for (size_t i = d->duties.n; i > 0; i--)
		if (str_eq(d->duties.at[i - 1].rule, str_of(rule)))
			return &d->duties.at[i - 1];
	FAIL("%.*s owes nothing by %s", STR_ARG(d->code), rule);
}

void small_site_verify(struct tx *tx)
{
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	if (result.problems.n)
		FAIL("%.*s", STR_ARG(result.problems.at[0]));
}
