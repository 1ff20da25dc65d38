/* The calendar's walk: everybody whose day has come is visited once, in pieces, and one who fails
 * stands in nobody's way. */
#include "office/daily.h"
#include "office/fold.h"
#include "tests/small_site.h"

struct alarm {
	struct str title;
	struct date rings;
};

enum { SET = 2, RUNG = 4 };

static void apply_set(struct fold *f, const void *form)
{
	f->d->wake_on = ((const struct alarm *)form)->rings;
}

static void apply_ring(struct fold *f, const void *form)
{
	(void)form;
	f->d->wake_on = NO_DATE;
}

static const struct field fields[] = {
	FIELD(struct alarm, title, .label = MSG_KNOW_TITLE),
	FIELD(struct alarm, rings, .label = MSG_KNOW_FROM),
	{ 0 },
};
static const struct state states[] = {
	{ SET, "set", MSG_EDITORIAL_STATE_RECORDED, TONE_WAIT, VISIBLE_INTERNAL },
	{ RUNG, "rung", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_INTERNAL },
	{ 0 },
};
static const struct step steps[] = {
	{ "set", NEW, SET, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct alarm),
	  fields, .apply = apply_set },
	{ "ring", SET, RUNG, SYSTEM, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct alarm),
	  fields, .follows = true, .apply = apply_ring },
	{ 0 },
};

/* One that is broken rings first and then fails: what it did must not stay. */
static enum err wake(struct tx *tx, struct dossier *d)
{
	struct alarm form = *(struct alarm *)d->data;
	enum err e = step_follow(tx, d, "ring", &form, tx_today(tx));
	if (!e && str_eq(form.title, S("hỏng")))
		return tx_fail(tx, ERR_CORRUPT, "as asked");
	return e;
}

static const struct kind alarm_kind = {
	.name = "alarm",
	.code = "BT",
	.slug = "bao-thuc",
	.work = "alarms",
	.title = MSG_KNOW_TITLE,
	.titles = MSG_KNOW_TITLE,
	.size = sizeof(struct alarm),
	.fields = fields,
	.states = states,
	.steps = steps,
	.wake = wake,
};
static const struct kind *const kinds[] = { &alarm_kind, NULL };

static struct small_site s;

static struct tx *site(void)
{
	struct tx *tx = small_site(&s, "2020-03-02T08:00");
	s.office.kinds = kinds;
	return tx;
}

static int64_t set(struct tx *tx, const char *title, const char *rings)
{
	struct alarm form = { str_of(title), test_date(rings) };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	CHECK_INT(dossier_open(tx, &alarm_kind, SMALL_COMMUNE, "set", &form, &in, NULL, &d), OK);
	return d->id;
}

static unsigned state_of(struct tx *tx, int64_t id)
{
	struct dossier *d;
	CHECK_INT(dossier_load(tx, id, &d), OK);
	return d->state;
}

static struct daily walk_all(struct tx *tx, int limit)
{
	struct daily walk = { 0 };
	do
		CHECK_INT(daily_run(tx, limit, &walk), OK);
	while (walk.more);
	return walk;
}

TEST(who_waits_for_today_is_visited_and_who_waits_for_tomorrow_is_not)
{
	struct tx *tx = site();
	int64_t past = set(tx, "qua", "2020-03-01"), today = set(tx, "nay", "2020-03-03");
	int64_t tomorrow = set(tx, "mai", "2020-03-04");
	test_now(tx, "2020-03-03T00:01");
	CHECK_INT(walk_all(tx, 100).visited, 2);
	CHECK_INT(state_of(tx, past), RUNG);
	CHECK_INT(state_of(tx, today), RUNG);
	CHECK_INT(state_of(tx, tomorrow), SET);
	CHECK_INT(walk_all(tx, 100).visited, 0);
	small_site_verify(tx);
}

TEST(a_walk_in_small_pieces_visits_everybody_once)
{
	struct tx *tx = site();
	for (int i = 0; i < 25; i++)
		set(tx, "đều", "2020-03-03");
	test_now(tx, "2020-03-03T00:01");
	struct daily walk = { 0 };
	CHECK_INT(daily_run(tx, 10, &walk), OK);
	CHECK_INT(walk.visited, 10);
	CHECK(walk.more);
	test_commit(tx);
	while (walk.more)
		CHECK_INT(daily_run(tx, 10, &walk), OK);
	CHECK_INT(walk.visited, 25);
	CHECK_INT(walk.failed, 0);
	CHECK_INT(walk_all(tx, 10).visited, 0);
}

TEST(one_that_fails_leaves_nothing_behind_and_stands_in_nobodys_way)
{
	struct tx *tx = site();
	int64_t before = set(tx, "trước", "2020-03-03"), broken = set(tx, "hỏng", "2020-03-03");
	int64_t after = set(tx, "sau", "2020-03-03");
	test_now(tx, "2020-03-03T00:01");
	for (int limit = 1; limit <= 3; limit += 2) {
		struct daily walk = walk_all(tx, limit);
		CHECK_INT(walk.failed, 1);
		CHECK(str_has(str_of(walk.why), S("as asked")));
		test_commit(tx);
	}
	CHECK_INT(state_of(tx, before), RUNG);
	CHECK_INT(state_of(tx, broken), SET);
	CHECK_INT(state_of(tx, after), RUNG);
	small_site_verify(tx);
}
