/* What a citizen sends himself: anybody signed in begins it, its author reads it and goes on with it,
 * and nobody else does because of it. */
#include "ledger/log.h"
#include "office/access.h"
#include "office/added_day.h"
#include "office/gate.h"
#include "office/step.h"
#include "office/verify.h"
#include "tests/test_db.h"

/* --- A kind as small as they come: a wish that its author may add to and take back. --- */

struct wish {
	struct str title, body;
};
struct more {
	struct str body;
};

enum { SENT = 2, TAKEN_BACK = 4, ANSWERED = 8 };

static const struct field wish_fields[] = {
	FIELD(struct wish, title, .min = 3, .max = 50, .label = MSG_KNOW_TITLE),
	FIELD(struct wish, body, .lines = true, .label = MSG_KNOW_BODY),
	{ 0 },
};
static const struct field more_fields[] = {
	FIELD(struct more, body, .lines = true, .label = MSG_KNOW_BODY),
	{ 0 },
};
static const struct state wish_states[] = {
	{ SENT, "sent", MSG_EDITORIAL_STATE_RECORDED, TONE_WAIT, VISIBLE_PERSONAL, .waits = true },
	{ TAKEN_BACK, "taken_back", MSG_EDITORIAL_STATE_RECORDED, TONE_WAIT, VISIBLE_PERSONAL },
	{ ANSWERED, "answered", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PERSONAL },
	{ 0 },
};
static const struct step wish_steps[] = {
	{ "send", NEW, SENT, CITIZEN, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct wish),
	  wish_fields, .is_public = true },
	{ "enter", NEW, SENT, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct wish),
	  wish_fields },
	{ "add", SENT, 0, CITIZEN | CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE,
	  sizeof(struct more), more_fields },
	{ "take_back", SENT, TAKEN_BACK, CITIZEN, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE,
	  sizeof(struct more), more_fields },
	{ "answer", SENT, ANSWERED, LEADER, MSG_KNOW_PUBLISH, MSG_KNOW_PUBLISH_DONE,
	  sizeof(struct more), more_fields },
	{ 0 },
};
static const struct kind wish_kind = {
	.name = "wish",
	.code = "UM",
	.slug = "uoc-muon",
	.work = "wishes",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.is_private = true,
	.size = sizeof(struct wish),
	.fields = wish_fields,
	.states = wish_states,
	.steps = wish_steps,
};
static const struct kind *const kinds[] = { &wish_kind, &added_day_kind, NULL };

/* --- A commune with a clerk, and two people who live there --- */

enum { HERE = 1, THERE = 2, AUTHOR = 31, NEIGHBOUR = 32, CLERK_HERE = 33 };

static struct office office;
static struct appointment held;
static const struct member author = { .person = AUTHOR }, neighbour = { .person = NEIGHBOUR };
static const struct member program = { .system = true };
static struct member clerk;

static void insert_unit(struct tx *tx, int64_t id, const char *code)
{
	struct query u = db_query(tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
				      " VALUES ($1, '0001-01-01', '9999-12-31', 0)");
	BIND(&u, id);
	CHECK_INT(db_exec(&u), OK);
	struct query v =
		db_query(tx, "INSERT INTO unit_version (unit, code, type, name, name_en, parent,"
			     " level, valid_from, valid_to, made_at) VALUES ($1, $2, 'xã', 'Mẫu',"
			     " '', NULL, 3, '0001-01-01', '9999-12-31', 0)");
	BIND(&v, id, str_of(code));
	CHECK_INT(db_exec(&v), OK);
	struct query a =
		db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from, valid_to,"
			     " depth, way) VALUES ($1, $1, '0001-01-01', '9999-12-31', 0, 0)");
	BIND(&a, id);
	CHECK_INT(db_exec(&a), OK);
}

static void insert_person(struct tx *tx, int64_t id)
{
	struct query q =
		db_query(tx, "INSERT INTO person (id, name, made_at) VALUES ($1, 'Mẫu', 0)");
	BIND(&q, id);
	CHECK_INT(db_exec(&q), OK);
}

static struct tx *site(void)
{
	struct tx *tx = test_tx("2021-03-10T08:00");
	struct str why;
	CHECK_INT(law_builtin(test_arena(), &office.law, &why), OK);
	office.calendar = calendar_of_law(test_arena(), office.law);
	office.kinds = kinds;
	tx->office = &office;
	CHECK_INT(log_init(tx, S("xa-mau.example.invalid/nhat-ky"),
			   S("xa-mau.example.invalid/nhat-ky+04ccf484+AQOhB7/"
			     "zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")),
		  OK);
	insert_unit(tx, HERE, "14464");
	insert_unit(tx, THERE, "14465");
	for (int64_t id = AUTHOR; id <= CLERK_HERE; id++)
		insert_person(tx, id);
	struct query q = db_query(tx, "INSERT INTO appointment (person, unit, role, field,"
				      " valid_from, valid_to, made_at) VALUES ($1, $2, 'clerk', '',"
				      " '2021-01-05', '9999-12-31', 0) RETURNING id");
	BIND(&q, (int64_t)CLERK_HERE, (int64_t)HERE);
	CHECK_INT(db_one(&q), OK);
	held = (struct appointment){ .id = col_int(&q, 0),
				     .person = CLERK_HERE,
				     .unit = HERE,
				     .role = CLERK,
				     .from = test_date("2021-01-05"),
				     .to = NO_DATE };
	db_end(&q);
	clerk = (struct member){ .person = CLERK_HERE, .at = &held, .n = 1 };
	return tx;
}

static enum err open_wish(struct tx *tx, const struct member *who, const char *step,
			  struct dossier **d)
{
	struct wish form = { S("Đèn đường thôn"), S("Xin xem lại đèn") };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	tx->who = who;
	return dossier_open(tx, &wish_kind, HERE, step, &form, &in, NULL, d);
}

static struct dossier *sent(struct tx *tx)
{
	struct dossier *d = NULL;
	if (open_wish(tx, &author, "send", &d))
		FAIL("%s", tx->why);
	return d;
}

static enum err take(struct tx *tx, const struct member *who, struct dossier *d, const char *step)
{
	struct more form = { S("Thêm một câu") };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	tx->who = who;
	tx->err = OK;
	return step_take(tx, d, step, &form, &in, NULL);
}

static bool reads(struct tx *tx, const struct member *who, const struct dossier *d)
{
	tx->who = who;
	return gate_may_read(tx, d);
}

static void verify_clean(struct tx *tx)
{
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	for (size_t i = 0; i < result.problems.n; i++)
		FAIL("%.*s", STR_ARG(result.problems.at[i]));
	CHECK_INT(result.dossiers_different, 0);
}

TEST(a_citizen_opens_a_dossier_and_is_its_author_for_good)
{
	struct tx *tx = site();
	struct dossier *d = sent(tx), *stored;
	struct acts acts;
	CHECK_INT(d->author, AUTHOR);
	CHECK_INT(take(tx, &clerk, d, "add"), OK);
	CHECK_INT(dossier_load(tx, d->id, &stored), OK);
	CHECK_INT(stored->author, AUTHOR);
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(acts.at[0].person, AUTHOR);
	CHECK_INT(acts.at[0].appointment, 0);
	CHECK_INT(acts.at[1].person, CLERK_HERE);
	verify_clean(tx);
}

TEST(verification_finds_an_author_that_was_changed_on_the_side)
{
	struct tx *tx = site();
	struct verify_result result;
	struct dossier *d = sent(tx);
	struct query q = db_query(tx, "UPDATE dossier SET author = $1 WHERE id = $2");
	BIND(&q, (int64_t)NEIGHBOUR, d->id);
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.dossiers_different, 1);
}

TEST(only_its_author_goes_on_with_it_besides_the_office_that_holds_it)
{
	struct tx *tx = site();
	struct dossier *d = sent(tx);
	CHECK_INT(take(tx, &neighbour, d, "add"), ERR_DENIED);
	CHECK_INT(take(tx, NULL, d, "add"), ERR_DENIED);
	CHECK_INT(take(tx, &program, d, "add"), ERR_DENIED);
	CHECK_INT(take(tx, &clerk, d, "take_back"), ERR_DENIED);
	CHECK_INT(take(tx, &author, d, "answer"), ERR_DENIED);
	CHECK_INT(take(tx, &author, d, "add"), OK);
	CHECK_INT(take(tx, &clerk, d, "add"), OK);
	CHECK_INT(take(tx, &author, d, "take_back"), OK);
	CHECK_INT(take(tx, &author, d, "take_back"), ERR_CONFLICT);
	CHECK_INT(take(tx, &neighbour, d, "take_back"), ERR_DENIED);
	verify_clean(tx);
}

TEST(who_holds_an_office_is_in_his_own_matter_its_author_and_nothing_else)
{
	struct tx *tx = site();
	struct member both = { .person = AUTHOR, .at = &held, .n = 1 };
	struct appointment lead = held;
	lead.role = LEADER;
	struct member leads = { .person = AUTHOR, .at = &lead, .n = 1 };
	struct dossier *d = sent(tx);
	struct acts acts;
	CHECK_INT(take(tx, &both, d, "add"), OK);
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(acts.at[1].appointment, 0);
	CHECK_INT(take(tx, &leads, d, "answer"), ERR_DENIED);
	CHECK_INT(take(tx, &leads, d, "take_back"), OK);
	verify_clean(tx);
}

TEST(what_a_citizen_may_not_open_is_refused_and_so_is_whoever_is_not_signed_in)
{
	struct tx *tx = site();
	struct dossier *d = NULL;
	CHECK_INT(open_wish(tx, NULL, "send", &d), ERR_DENIED);
	tx->err = OK;
	CHECK_INT(open_wish(tx, &program, "send", &d), ERR_DENIED);
	tx->err = OK;
	CHECK_INT(open_wish(tx, &author, "enter", &d), ERR_DENIED);
	CHECK(!d);
}

TEST(what_a_clerk_enters_has_no_author_and_the_clerk_reads_it_by_his_office_alone)
{
	struct tx *tx = site();
	struct dossier *d = NULL;
	bool granted;
	if (open_wish(tx, &clerk, "enter", &d))
		FAIL("%s", tx->why);
	CHECK_INT(d->author, 0);
	CHECK(!reads(tx, &clerk, d));
	tx->who = &clerk;
	CHECK_INT(access_record(tx, d->id, &held, S("Thụ lý theo phân công")), OK);
	CHECK_INT(access_granted(tx, d->id, ACCESS_MINUTES, &granted), OK);
	CHECK(granted && reads(tx, &clerk, d));
	/* Nobody is the author of what has none: neither a visitor nor the program. */
	CHECK(!reads(tx, NULL, d));
	tx->who = &program;
	CHECK(!dossier_is_author(tx, d));
	struct member former = { .person = CLERK_HERE }; /* his appointment is over */
	CHECK(!reads(tx, &former, d));
}

TEST(its_author_reads_a_personal_matter_and_no_other_citizen_does)
{
	struct tx *tx = site();
	struct dossier *d = sent(tx), *found;
	CHECK(reads(tx, &author, d));
	CHECK(!reads(tx, &neighbour, d));
	CHECK(!reads(tx, NULL, d));
	CHECK(!reads(tx, &clerk, d)); /* not before he has given a reason */
	tx->who = &neighbour;
	CHECK_INT(gate_read(tx, d->code, &found), ERR_NOT_FOUND);
	tx->who = &author;
	CHECK_INT(gate_read(tx, d->code, &found), OK);
	/* A transfer takes it from one office to another, never from its author. */
	d->holder = THERE;
	CHECK(reads(tx, &author, d));
}

TEST(what_somebody_writes_into_a_private_matter_is_in_no_public_bytes)
{
	struct tx *tx = site();
	struct dossier *d = sent(tx);
	struct acts acts;
	struct content c;
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(content_load(tx, acts.at[0].id, &c), OK);
	CHECK(!str_has((struct str){ c.public_bytes.at, c.public_bytes.len }, S("đường")));
	CHECK(str_has((struct str){ c.sealed_bytes.at, c.sealed_bytes.len }, S("đường")));
}
