/* What is counted of acts and duties: in which month, when it moves, when it goes, and that counting anew
 * from the acts gives the same. */
#include "office/added_day.h"
#include "office/recount.h"
#include "office/tally.h"
#include "office/verify.h"
#include "tests/small_site.h"

/* --- A matter with a term of ten working days (Law 42/2013 art. 28.1) and all that can befall it --- */

#define RULE "reception.intake_answer"

struct words {
	struct str title;
};
struct moved {
	struct date until;
};
struct matter {
	struct date seen;
};

enum { RUNS = 2, DONE = 4 };

static const struct field word_fields[] = {
	FIELD(struct words, title, .label = MSG_OFFICE_DAY_NAME),
	{ 0 },
};
static const struct field moved_fields[] = {
	FIELD(struct moved, until, .label = MSG_OFFICE_DAY_DATE),
	{ 0 },
};

static struct duty *term(struct fold *f)
{
	return &f->d->duties.at[0];
}

static void apply_nil(struct fold *f, const void *form)
{
	(void)form;
	fold_close(f, term(f), DUTY_NIL, f->act->on);
}

static void apply_drop(struct fold *f, const void *form)
{
	(void)form;
	fold_close(f, term(f), DUTY_EXCUSED, f->act->on);
}

static void apply_again(struct fold *f, const void *form)
{
	(void)form;
	fold_reopen(f, term(f));
}

static void apply_extend(struct fold *f, const void *form)
{
	fold_extend(f, term(f), ((const struct moved *)form)->until);
}

static void apply_longer(struct fold *f, const void *form)
{
	(void)form;
	CHECK(fold_extend_by(f, term(f), S(RULE), 20, term(f)->from));
	CHECK(!fold_extend_by(f, term(f), S("no.such.rule"), 0, term(f)->from));
}

static void apply_show(struct fold *f, const void *form)
{
	(void)form;
	fold_figure(f, S("matter.shown"));
}

/* First seen on a day that may turn out earlier. */
static void apply_spot(struct fold *f, const void *form)
{
	const struct moved *x = form;
	struct matter *known = f->d->data;
	fold_figure_on(f, S("matter.seen"), known->seen, 0, -1);
	fold_figure_on(f, S("matter.seen"), x->until, 0, 1);
	known->seen = x->until;
}

static const struct state states[] = {
	{ RUNS, "runs", MSG_OFFICE_DAY_DECLARED, TONE_WAIT, VISIBLE_PUBLIC },
	{ DONE, "done", MSG_OFFICE_DAY_DECLARED, TONE_OK, VISIBLE_PUBLIC },
	{ 0 },
};
#define STEP(step, start, end) step, start, end, CLERK, MSG_OFFICE_DAY_DECLARE, MSG_OFFICE_DAY_DONE
static const struct step steps[] = {
	{ STEP("open", NEW, RUNS), sizeof(struct words), word_fields, .starts = RULE },
	{ STEP("answer", RUNS, DONE), sizeof(struct words), word_fields, .meets = RULE },
	{ STEP("nil", RUNS, DONE), sizeof(struct words), word_fields, .apply = apply_nil },
	{ STEP("drop", RUNS, DONE), sizeof(struct words), word_fields, .apply = apply_drop },
	{ STEP("again", DONE, RUNS), sizeof(struct words), word_fields, .apply = apply_again },
	{ STEP("extend", RUNS, 0), sizeof(struct moved), moved_fields, .apply = apply_extend },
	{ STEP("longer", RUNS, 0), sizeof(struct words), word_fields, .apply = apply_longer },
	{ STEP("show", RUNS, 0), sizeof(struct words), word_fields, .apply = apply_show },
	{ STEP("spot", RUNS, 0), sizeof(struct moved), moved_fields, .apply = apply_spot },
	{ 0 },
};
static const struct field matter_fields[] = {
	FIELD(struct matter, seen, .label = MSG_OFFICE_DAY_DATE),
	{ 0 },
};
static const struct kind matter_kind = {
	.name = "matter",
	.code = "VX",
	.slug = "viec",
	.work = "know",
	.title = MSG_OFFICE_DAY_KIND,
	.titles = MSG_OFFICE_DAY_KINDS,
	.size = sizeof(struct matter),
	.fields = matter_fields,
	.states = states,
	.steps = steps,
};
static const struct kind *const kinds[] = { &matter_kind, &added_day_kind, NULL };

static struct small_site s;

static struct tx *site(const char *now)
{
	struct tx *tx = small_site(&s, now);
	s.office.kinds = kinds;
	return tx;
}

static struct dossier *opened(struct tx *tx, const char *on)
{
	struct dossier *d = NULL;
	struct step_input in = { .on = test_date(on) };
	tx->who = &s.clerk;
	CHECK_INT(dossier_open(tx, &matter_kind, SMALL_COMMUNE, "open",
			       &(struct words){ S("Việc") }, &in, NULL, &d),
		  OK);
	return d;
}

static void take(struct tx *tx, struct dossier *d, const char *step, void *form, const char *on)
{
	struct step_input in = { .on = test_date(on) };
	tx->who = &s.clerk;
	CHECK_INT(step_take(tx, d, step, form, &in, NULL), OK);
}

static void take_words(struct tx *tx, struct dossier *d, const char *step, const char *on)
{
	take(tx, d, step, &(struct words){ S("Việc") }, on);
}

static void take_day(struct tx *tx, struct dossier *d, const char *step, const char *day,
		     const char *on)
{
	take(tx, d, step, &(struct moved){ test_date(day) }, on);
}

static int64_t counted(struct tx *tx, const char *key, int month)
{
	int64_t n;
	CHECK_INT(tally_sum(tx, SMALL_COMMUNE, str_of(key), month, month, &n), OK);
	return n;
}

/* due, met, late, nil of a month, as "3 1 1 0". */
static struct str outcomes(struct tx *tx, int month)
{
	return str_printf(tx->mem, "%d %d %d %d", (int)counted(tx, RULE ".due", month),
			  (int)counted(tx, RULE ".due.met", month),
			  (int)counted(tx, RULE ".due.late", month),
			  (int)counted(tx, RULE ".due.nil", month));
}

#define CHECK_OUTCOMES(month, text) CHECK_STR(outcomes(tx, (month)), S(text))

static int64_t rows(struct tx *tx, const char *key, const char *day)
{
	struct query q = db_query(tx, "SELECT COUNT(*) FROM figure WHERE figure_key = $1"
				      " AND counted_on = $2");
	BIND(&q, str_of(key), str_of(day));
	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}

TEST(a_duty_is_counted_in_the_month_in_which_it_falls_due_whenever_it_was_answered)
{
	struct tx *tx = site("2020-08-03T09:00");
	struct dossier *met = opened(tx, "2020-06-17"); /* due 1 July */
	CHECK_STR(date_iso(tx->mem, met->duties.at[0].due), S("2020-07-01"));
	CHECK_OUTCOMES(202006, "0 0 0 0");
	CHECK_OUTCOMES(202007, "1 0 0 0");
	take_words(tx, met, "answer", "2020-06-20");
	CHECK_OUTCOMES(202007, "1 1 0 0");
	take_words(tx, opened(tx, "2020-06-17"), "answer", "2020-08-01");
	take_words(tx, opened(tx, "2020-06-17"), "nil", "2020-07-01");
	opened(tx, "2020-06-17"); /* silent */
	CHECK_OUTCOMES(202007, "4 1 1 1");
	CHECK_OUTCOMES(202008, "0 0 0 0");
	small_site_verify(tx);
}

TEST(what_is_excused_leaves_the_counts_and_comes_back_when_it_is_owed_again)
{
	struct tx *tx = site("2020-08-03T09:00");
	struct dossier *d = opened(tx, "2020-06-17");
	take_words(tx, d, "drop", "2020-06-18");
	CHECK_OUTCOMES(202007, "0 0 0 0");
	take_words(tx, d, "again", "2020-06-19");
	CHECK_OUTCOMES(202007, "1 0 0 0");
	take_words(tx, d, "answer", "2020-07-09");
	CHECK_OUTCOMES(202007, "1 0 1 0");
	take_words(tx, d, "again", "2020-07-10");
	CHECK_OUTCOMES(202007, "1 0 0 0");
	small_site_verify(tx);
}

TEST(an_extended_term_is_counted_where_it_ends_now_and_keeps_the_day_before)
{
	struct tx *tx = site("2020-08-03T09:00");
	struct dossier *d = opened(tx, "2020-06-17");
	take_day(tx, d, "extend", "2020-08-20", "2020-06-30");
	CHECK_OUTCOMES(202007, "0 0 0 0");
	CHECK_OUTCOMES(202008, "1 0 0 0");
	CHECK_STR(date_iso(tx->mem, d->duties.at[0].due_before), S("2020-07-01"));
	CHECK_INT(d->duties.at[0].extended.by, 2);
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->duties.at[0].extended.by, 2);
	take_words(tx, d, "answer", "2020-07-30");
	CHECK_INT(d->duties.at[0].state, DUTY_MET);
	CHECK_OUTCOMES(202008, "1 1 0 0");
	small_site_verify(tx);
}

static void add_day_off(struct tx *tx, const char *day)
{
	struct added_day form = { test_date(day), S("Nghỉ đột xuất"), S("off") };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	tx->who = &s.admin;
	CHECK_INT(dossier_open(tx, &added_day_kind, SMALL_COMMUNE, "declare", &form, &in, NULL, &d),
		  OK);
}

TEST(a_day_off_added_later_moves_what_is_counted_but_not_a_day_that_was_given)
{
	struct tx *tx = site("2020-06-18T09:00");
	opened(tx, "2020-06-16"); /* due 30 June: moves into July */
	take_day(tx, opened(tx, "2020-06-16"), "extend", "2020-06-29", "2020-06-17");
	struct dossier *longer = opened(tx, "2020-06-16"); /* twenty working days: 14 July */
	take_words(tx, longer, "longer", "2020-06-17");
	CHECK_STR(date_iso(tx->mem, longer->duties.at[0].due), S("2020-07-14"));
	CHECK_OUTCOMES(202006, "2 0 0 0");
	CHECK_OUTCOMES(202007, "1 0 0 0");
	add_day_off(tx, "2020-06-19");
	CHECK_OUTCOMES(202006, "1 0 0 0");
	CHECK_OUTCOMES(202007, "2 0 0 0");
	CHECK_INT(dossier_load(tx, longer->id, &longer), OK);
	CHECK_STR(date_iso(tx->mem, longer->duties.at[0].due), S("2020-07-15"));
	small_site_verify(tx);
}

TEST(a_duty_that_is_opened_again_knows_the_days_off_that_were_added_meanwhile)
{
	struct tx *tx = site("2020-06-18T09:00");
	struct dossier *d = opened(tx, "2020-06-16"); /* due 30 June */
	take_words(tx, d, "answer", "2020-06-17");
	add_day_off(tx, "2020-06-19");
	tx->who = &s.clerk;
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_STR(date_iso(tx->mem, d->duties.at[0].due), S("2020-06-30"));
	take_words(tx, d, "again", "2020-06-18");
	CHECK_STR(date_iso(tx->mem, d->duties.at[0].due), S("2020-07-01"));
	CHECK_OUTCOMES(202006, "0 0 0 0");
	CHECK_OUTCOMES(202007, "1 0 0 0");
	small_site_verify(tx);
}

TEST(a_figure_keeps_a_row_for_each_thing_it_counts_and_moves_it)
{
	struct tx *tx = site("2020-08-03T09:00");
	struct dossier *d = opened(tx, "2020-06-17");
	take_words(tx, d, "show", "2020-06-18");
	take_words(tx, d, "show", "2020-06-18");
	CHECK_INT(counted(tx, "matter.shown", 202006), 2);
	CHECK_INT(rows(tx, "matter.shown", "2020-06-18"), 2);
	take_day(tx, d, "spot", "2020-07-02", "2020-07-02");
	take_day(tx, d, "spot", "2020-06-25", "2020-07-03");
	CHECK_INT(counted(tx, "matter.seen", 202007), 0);
	CHECK_INT(rows(tx, "matter.seen", "2020-07-02"), 0);
	CHECK_INT(counted(tx, "matter.seen", 202006), 1);
	CHECK_INT(rows(tx, "matter.seen", "2020-06-25"), 1);
	small_site_verify(tx);
}

static int64_t different(struct tx *tx, const char *first_problem)
{
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK(result.problems.n > 0);
	CHECK(str_has(result.problems.at[0], str_of(first_problem)));
	return result.figures_different;
}

/* From an export that was edited a site can be made whose acts are more than its log. */
TEST(verification_finds_an_act_that_stands_once_in_the_log_and_twice_in_its_dossier)
{
	struct tx *tx = site("2020-08-03T09:00");
	struct dossier *d = opened(tx, "2020-06-17");
	take_words(tx, d, "show", "2020-06-18");
	struct query act = db_query(
		tx, "INSERT INTO act (id, dossier, no, step, happened_on, recorded_at, from_state,"
		    " to_state, appointment, person, substitute_of, channel, data, leaf)"
		    " SELECT id + 1, dossier, 3, step, happened_on, recorded_at, from_state,"
		    " to_state, appointment, person, substitute_of, channel, data, leaf FROM act"
		    " WHERE no = 2");
	CHECK_INT(db_exec(&act), OK);
	struct query content = db_query(
		tx, "INSERT INTO content (act, public_salt, public_bytes, sealed_salt,"
		    " sealed_bytes) SELECT c.act + 1, c.public_salt, c.public_bytes, c.sealed_salt,"
		    " c.sealed_bytes FROM content c JOIN act a ON a.id = c.act WHERE a.no = 2");
	CHECK_INT(db_exec(&content), OK);
	struct query acts = db_query(tx, "UPDATE dossier SET acts = 3");
	CHECK_INT(db_exec(&acts), OK);
	CHECK_INT(recount(tx, NULL), OK);
	CHECK_INT(counted(tx, "matter.shown", 202006), 2);
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.problems.n, 2);
	CHECK(str_has(result.problems.at[0], S("act 3 stands in another order than in the log")));
	CHECK(str_has(result.problems.at[1], S("is that of several acts")));
}

/* So that its counts are those of a neighbour. */
TEST(verification_finds_a_dossier_that_was_moved_to_another_unit)
{
	struct tx *tx = site("2020-08-03T09:00");
	opened(tx, "2020-06-17");
	struct query moves[] = {
		db_query(tx, "UPDATE dossier SET unit = 2, holder = 2"),
		db_query(tx, "UPDATE duty SET unit = 2"),
		db_query(tx, "UPDATE dossier_under SET ancestor = 2"),
	};
	for (size_t i = 0; i < LENGTH(moves); i++)
		CHECK_INT(db_exec(&moves[i]), OK);
	CHECK_INT(recount(tx, NULL), OK);
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.problems.n, 1);
	CHECK(str_has(result.problems.at[0], S("act 1 was another unit's")));
}

TEST(verification_finds_a_row_that_was_changed_taken_away_or_slipped_in)
{
	struct tx *tx = site("2020-08-03T09:00");
	struct dossier *d = opened(tx, "2020-06-17");
	take_words(tx, d, "show", "2020-06-18");
	struct verify_result clean;
	CHECK_INT(verify_office(tx, NULL, &clean), OK);
	CHECK_INT(clean.figures, 1);
	CHECK_INT(clean.figures_different, 0);
	struct query more =
		db_query(tx, "INSERT INTO figure (unit, figure_key, counted_on, dossier,"
			     " item, n) VALUES (1, 'matter.shown', '2020-06-19', 1, 0, 1)");
	CHECK_INT(db_exec(&more), OK);
	CHECK_INT(different(tx, "matter.shown counts it, and no act of it says so"), 1);
	struct query less = db_query(tx, "DELETE FROM figure WHERE item = 2");
	CHECK_INT(db_exec(&less), OK);
	CHECK_INT(different(tx, "matter.shown does not count it on its day"), 2);
	struct query sum = db_query(tx, "UPDATE figure SET n = 5, item = 2,"
					" counted_on = '2020-06-18'");
	CHECK_INT(db_exec(&sum), OK);
	CHECK_INT(different(tx, "matter.shown does not count it on its day"), 1);
}

TEST(counting_anew_gives_what_was_counted_bit_by_bit)
{
	struct tx *tx = site("2020-06-18T09:00");
	struct dossier *d = opened(tx, "2020-06-16");
	take_words(tx, d, "show", "2020-06-17");
	take_day(tx, d, "spot", "2020-06-10", "2020-06-17");
	add_day_off(tx, "2020-06-19");
	/* A site of an earlier program: it counted no due days and no figures. */
	struct query tallies = db_query(tx, "DELETE FROM tally WHERE tally_key <> 'matter.open'");
	struct query figures = db_query(tx, "DELETE FROM figure");
	CHECK_INT(db_exec(&tallies), OK);
	CHECK_INT(db_exec(&figures), OK);
	bool needed = false;
	CHECK_INT(recount_needed(tx, &needed), OK);
	CHECK(needed);
	CHECK_INT(recount(tx, NULL), OK);
	CHECK_INT(recount_needed(tx, &needed), OK);
	CHECK(!needed);
	CHECK_OUTCOMES(202007, "1 0 0 0");
	CHECK_INT(counted(tx, "matter.open", 202006), 1);
	CHECK_INT(counted(tx, "matter.seen", 202006), 1);
	small_site_verify(tx);
}
