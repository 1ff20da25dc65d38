/* The heart, tried with a kind of its own: what a step needs, what it writes, what a retry finds, and
 * that folding again from the first act gives what is stored. */
#include "ledger/log.h"
#include "office/added_day.h"
#include "office/gate.h"
#include "office/list.h"
#include "office/queue.h"
#include "office/step.h"
#include "office/tally.h"
#include "office/verify.h"
#include "tests/test_db.h"

/* --- A kind as small as they come: a note that a leader answers within the law's ten days. --- */

struct slip {
	struct str title, body;
};
struct answer {
	struct str body;
};

enum { OPENED = 2, ANSWERED = 4 };

static const struct field note_fields[] = {
	FIELD(struct slip, title, .min = 3, .max = 20, .label = MSG_KNOW_TITLE),
	FIELD(struct slip, body, .optional = true, .lines = true, .label = MSG_KNOW_BODY),
	{ 0 },
};
static const struct field answer_fields[] = {
	FIELD(struct answer, body, .min = 2, .lines = true, .label = MSG_KNOW_BODY),
	{ 0 },
};
static const struct state note_states[] = {
	{ OPENED, "opened", MSG_EDITORIAL_STATE_RECORDED, TONE_WAIT, VISIBLE_INTERNAL,
	  .waits = true },
	{ ANSWERED, "answered", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ 0 },
};
static const struct step note_steps[] = {
	{ "open", NEW, OPENED, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct slip),
	  note_fields, .starts = "reception.intake_answer" },
	{ "answer", OPENED, ANSWERED, LEADER, MSG_KNOW_PUBLISH, MSG_KNOW_PUBLISH_DONE,
	  sizeof(struct answer), answer_fields, .meets = "reception.intake_answer",
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
	.size = sizeof(struct slip),
	.fields = note_fields,
	.states = note_states,
	.steps = note_steps,
};

static const struct kind *const kinds[] = { &note_kind, &added_day_kind, NULL };

/* --- A site of two communes, a clerk and a leader --- */

enum { HERE = 1, THERE = 2 };

static struct office office;
static struct appointment held[4];
static struct member clerk, leader, stranger, chief;

static void insert_unit(struct tx *tx, int64_t id, const char *code, const char *name)
{
	struct query u = db_query(tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
				      " VALUES ($1, '0001-01-01', '9999-12-31', 0)");
	BIND(&u, id);
	CHECK_INT(db_exec(&u), OK);
	struct query v =
		db_query(tx, "INSERT INTO unit_version (unit, code, type, name, name_en, parent,"
			     " level, valid_from, valid_to, made_at) VALUES ($1, $2, 'xã', $3,"
			     " '', NULL, 3, '0001-01-01', '9999-12-31', 0)");
	BIND(&v, id, str_of(code), str_of(name));
	CHECK_INT(db_exec(&v), OK);
	struct query a =
		db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from, valid_to,"
			     " depth, way) VALUES ($1, $1, '0001-01-01', '9999-12-31', 0, 0)");
	BIND(&a, id);
	CHECK_INT(db_exec(&a), OK);
}

static struct member member_of(struct appointment *a, int64_t id, enum role role, int64_t unit)
{
	*a = (struct appointment){ .id = id,
				   .person = id,
				   .unit = unit,
				   .role = role,
				   .from = test_date("2020-01-01"),
				   .to = NO_DATE };
	return (struct member){ .person = id, .at = a, .n = 1 };
}

static struct tx *site(const char *now)
{
	struct tx *tx = test_tx(now);
	struct str why;
	CHECK_INT(law_builtin(test_arena(), &office.law, &why), OK);
	office.calendar = calendar_of_law(test_arena(), office.law);
	office.kinds = kinds;
	tx->office = &office;
	CHECK_INT(log_init(tx, S("xa-mau.example.invalid/nhat-ky"),
			   S("xa-mau.example.invalid/nhat-ky+04ccf484+AQOhB7/"
			     "zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")),
		  OK);
	insert_unit(tx, HERE, "14464", "Đây");
	insert_unit(tx, THERE, "14465", "Kia");
	clerk = member_of(&held[0], 11, CLERK, HERE);
	leader = member_of(&held[1], 12, LEADER, HERE);
	stranger = member_of(&held[2], 13, LEADER, THERE);
	chief = member_of(&held[3], 14, ADMIN, HERE);
	tx->who = &clerk;
	return tx;
}

static struct dossier *open_note(struct tx *tx, const char *title, const char *on,
				 const char *token)
{
	struct dossier *d = NULL;
	struct slip form = { str_of(title), S("Nội dung") };
	struct step_input in = { .on = test_date(on),
				 .channel = CHANNEL_PAPER,
				 .token = str_of(token) };
	tx->who = &clerk;
	CHECK_INT(dossier_open(tx, &note_kind, HERE, "open", &form, &in, NULL, &d), OK);
	return d;
}

static enum err answer(struct tx *tx, struct dossier *d, const struct member *who, const char *on)
{
	struct answer form = { S("Đã xong") };
	struct step_input in = { .on = test_date(on), .channel = CHANNEL_WEB };
	tx->who = who;
	return step_take(tx, d, "answer", &form, &in, NULL);
}

static void verify_clean(struct tx *tx)
{
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	for (size_t i = 0; i < result.problems.n; i++)
		FAIL("%.*s", STR_ARG(result.problems.at[i]));
	CHECK_INT(result.dossiers_different + result.duties_different + result.tallies_different,
		  0);
}

static int64_t count(struct tx *tx, struct query q)
{
	(void)tx;
	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}

TEST(a_step_opens_a_dossier_a_duty_a_tally_and_a_leaf)
{
	struct tx *tx = site("2020-06-01T09:00");
	struct dossier *d = open_note(tx, "Một việc", "2020-06-01", "");
	CHECK_INT(d->state, OPENED);
	CHECK_INT(d->duties.n, 1);
	/* Law 42/2013 art. 28.1: ten working days after 1 June 2020, a Monday. */
	CHECK_STR(date_iso(tx->mem, d->duties.at[0].due), S("2020-06-15"));
	CHECK_INT(count(tx, db_query(tx, "SELECT n FROM tally WHERE tally_key = 'note.open'")), 1);
	CHECK_INT(count(tx, db_query(tx, "SELECT COUNT(*) FROM log_leaf")), 1);
	CHECK_INT(count(tx, db_query(tx, "SELECT leaf FROM act")),
		  count(tx, db_query(tx, "SELECT id FROM log_leaf")));
	verify_clean(tx);
}

TEST(meeting_a_duty_after_its_day_is_late_by_the_day_it_took_effect_not_by_the_day_of_entry)
{
	struct tx *tx = site("2020-07-20T09:00"); /* entered from paper weeks after */
	struct dossier *d = open_note(tx, "Một việc", "2020-06-01", "");
	CHECK_INT(answer(tx, d, &leader, "2020-06-15"), OK);
	CHECK_INT(d->duties.at[0].state, DUTY_MET);
	struct dossier *late = open_note(tx, "Việc khác", "2020-06-01", "");
	CHECK_INT(answer(tx, late, &leader, "2020-06-16"), OK);
	CHECK_INT(late->duties.at[0].state, DUTY_LATE);
	int64_t n;
	CHECK_INT(tally_sum(tx, HERE, S("reception.intake_answer.late"), 202001, 202012, &n), OK);
	CHECK_INT(n, 1);
	verify_clean(tx);
}

TEST(nobody_acts_without_an_appointment_at_the_unit_that_holds_the_dossier)
{
	struct tx *tx = site("2020-06-01T09:00");
	struct dossier *d = open_note(tx, "Một việc", "2020-06-01", "");
	CHECK_INT(answer(tx, d, &stranger, "2020-06-01"), ERR_DENIED); /* leader of another unit */
	CHECK_INT(answer(tx, d, &clerk, "2020-06-01"), ERR_DENIED);    /* another role */
	CHECK_INT(answer(tx, d, NULL, "2020-06-01"), ERR_DENIED);      /* a visitor */
	held[1].field = S("know");                                     /* another field of work */
	CHECK_INT(answer(tx, d, &leader, "2020-06-01"), ERR_DENIED);
	CHECK_INT(d->acts, 1);
}

TEST(a_step_starts_only_from_its_state)
{
	struct tx *tx = site("2020-06-01T09:00");
	struct dossier *d = open_note(tx, "Một việc", "2020-06-01", "");
	CHECK_INT(answer(tx, d, &leader, "2020-06-01"), OK);
	CHECK_INT(answer(tx, d, &leader, "2020-06-01"), ERR_CONFLICT);
	CHECK_INT(count(tx, db_query(tx, "SELECT COUNT(*) FROM act")), 2);
}

TEST(a_retry_with_the_same_token_finds_the_first_result)
{
	struct tx *tx = site("2020-06-01T09:00");
	struct dossier *first = open_note(tx, "Một việc", "2020-06-01", "token-1");
	struct dossier *again = open_note(tx, "Một việc", "2020-06-01", "token-1");
	CHECK_INT(first->id, again->id);
	CHECK_INT(count(tx, db_query(tx, "SELECT COUNT(*) FROM dossier")), 1);
	CHECK_INT(count(tx, db_query(tx, "SELECT COUNT(*) FROM log_leaf")), 1);
}

TEST(what_is_wrong_with_a_form_is_said_field_by_field_and_nothing_is_written)
{
	struct tx *tx = site("2020-06-01T09:00");
	struct slip form = { S("A"), S("") };
	struct faults faults = { .a = test_arena() };
	struct step_input in = { .on = test_date("2020-06-02") }; /* tomorrow */
	struct dossier *d;
	CHECK_INT(dossier_open(tx, &note_kind, HERE, "open", &form, &in, &faults, &d), ERR_INVALID);
	CHECK_INT(faults.n, 2);
	CHECK_STR(str_of(faults.at[0].field), S("title"));
	CHECK_STR(str_of(faults.at[1].field), S("happened_on"));
	CHECK_INT(count(tx, db_query(tx, "SELECT COUNT(*) FROM act")), 0);
}

TEST(a_holiday_added_later_moves_open_terms_and_keeps_the_day_before)
{
	struct tx *tx = site("2020-06-03T09:00");
	struct dossier *open = open_note(tx, "Đang chạy", "2020-06-01", "");
	struct dossier *done = open_note(tx, "Đã xong", "2020-06-01", "");
	CHECK_INT(answer(tx, done, &leader, "2020-06-02"), OK);
	struct added_day day = { test_date("2020-06-05"), S("Nghỉ đột xuất"), S("off") };
	struct step_input in = { .channel = CHANNEL_WEB, .on = NO_DATE };
	struct dossier *added;
	tx->who = &chief;
	CHECK_INT(dossier_open(tx, &added_day_kind, HERE, "declare", &day, &in, NULL, &added), OK);
	CHECK_INT(dossier_load(tx, open->id, &open), OK);
	CHECK_STR(date_iso(tx->mem, open->duties.at[0].due), S("2020-06-16"));
	CHECK_STR(date_iso(tx->mem, open->duties.at[0].due_before), S("2020-06-15"));
	CHECK(str_has(open->duties.at[0].skipped, S("2020-06-05 Nghỉ đột xuất")));
	CHECK_INT(dossier_load(tx, done->id, &done), OK);
	CHECK_STR(date_iso(tx->mem, done->duties.at[0].due), S("2020-06-15"));
	struct dossier *after = open_note(tx, "Việc sau", "2020-06-01", "");
	CHECK_STR(date_iso(tx->mem, after->duties.at[0].due), S("2020-06-16"));
	verify_clean(tx);
}

TEST(the_gate_hides_what_is_internal_from_visitors_and_neighbours)
{
	struct tx *tx = site("2020-06-01T09:00");
	struct dossier *d = open_note(tx, "Một việc", "2020-06-01", ""), *seen;
	struct list_filter all = { .kind = &note_kind,
				   .under = HERE,
				   .limit = 10,
				   .from = NO_DATE,
				   .to = NO_DATE,
				   .after_on = NO_DATE };
	struct list_rows rows;
	tx->who = NULL;
	CHECK_INT(gate_read(tx, d->code, &seen), ERR_NOT_FOUND);
	tx->who = &stranger;
	CHECK_INT(gate_read(tx, d->code, &seen), ERR_NOT_FOUND);
	CHECK_INT(list_dossiers(tx, &all, &rows), OK);
	CHECK_INT(rows.n, 0);
	tx->who = &leader;
	CHECK_INT(gate_read(tx, d->code, &seen), OK);
	CHECK_INT(answer(tx, d, &leader, "2020-06-01"), OK);
	tx->who = NULL;
	CHECK_INT(gate_read(tx, d->code, &seen), OK);
	CHECK_INT(list_dossiers(tx, &all, &rows), OK);
	CHECK_INT(rows.n, 1);
	struct search_filter words = { .words = S("mot viec"), .limit = 5 };
	struct search_rows found;
	CHECK_INT(list_search(tx, &words, &found), OK);
	CHECK_INT(found.n, 1);
}

TEST(each_item_of_the_queue_is_in_exactly_one_part)
{
	struct tx *tx = site("2020-06-15T09:00");
	open_note(tx, "Quá hạn", "2020-05-20", "");
	open_note(tx, "Hôm nay", "2020-06-01", "");
	open_note(tx, "Còn hạn", "2020-06-10", "");
	struct queue q;
	tx->who = &leader;
	CHECK_INT(queue_load(tx, 50, &q), OK);
	CHECK_INT(q.overdue.n, 1);
	CHECK_INT(q.today.n, 1);
	CHECK_INT(q.waiting.n, 1);
	CHECK_INT(q.later.n, 0); /* it waits for a step of his */
	tx->who = &clerk;        /* no step waits for a clerk; the duties are his as well */
	CHECK_INT(queue_load(tx, 50, &q), OK);
	CHECK_INT(q.waiting.n, 0);
	CHECK_INT(q.overdue.n, 1);
	CHECK_INT(q.later.n, 1);
}

TEST(verify_finds_what_was_changed_on_the_side)
{
	static const char *const tampered[] = { "state",   "data",    "duty", "tally",
						"content", "missing", "act",  "title",
						"leaf",    "timing",  "list" };
	for (size_t i = 0; i < LENGTH(tampered); i++) {
		struct tx *tx = site("2020-06-01T09:00");
		struct dossier *d = open_note(tx, "Một việc", "2020-06-01", "");
		CHECK_INT(answer(tx, d, &leader, "2020-06-01"), OK);
		struct query q =
			i == 0   ? db_query(tx, "UPDATE dossier SET state = 2")
			: i == 1 ? db_query(tx, "UPDATE dossier SET data = '{\"title\":\"Khác\"}'")
			: i == 2 ? db_query(tx, "UPDATE duty SET due_on = '2020-06-30'")
			: i == 3 ? db_query(tx, "UPDATE tally SET n = n + 1")
			: i == 4 ? db_query(tx, "UPDATE content SET public_bytes = sealed_bytes")
			: i == 5 ? db_query(tx, "DELETE FROM content")
			: i == 6 ? db_query(tx, "UPDATE act SET person = person + 1")
			: i == 7 ? db_query(tx, "UPDATE dossier SET title = 'Khác'")
			: i == 8 ? db_query(tx, "UPDATE act SET leaf = 1")
			: i == 9 ? db_query(tx, "UPDATE dossier_under SET timing = timing + 1")
				 : db_query(tx, "DELETE FROM dossier_under");
		CHECK_INT(db_exec(&q), OK);
		struct verify_result result;
		CHECK_INT(verify_office(tx, NULL, &result), OK);
		if (!result.problems.n)
			FAIL("a changed %s went unnoticed", tampered[i]);
	}
}
