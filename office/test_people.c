#include "office/test_office.h"

#include "office/access.h"
#include "office/person.h"
#include "office/site.h"

static const struct member system_member = { .system = true };

/* A province, its district, two communes, and a site rooted at the province; no lists needed. */
static const char units[] = "code\tparent\tlevel\ttype_vi\tname_vi\tname_en\n"
			    "37\t\t1\ttỉnh\tNinh Bình\t\n"
			    "374\t37\t2\thuyện\tHoa Lư\t\n"
			    "14536\t374\t3\txã\tNinh Vân\t\n"
			    "14539\t374\t3\txã\tNinh Hải\t\n";
static const char units_2025[] = "code\tparent\tlevel\ttype_vi\tname_vi\tname_en\n"
				 "37\t\t1\ttỉnh\tNinh Bình\t\n"
				 "14536\t37\t2\tphường\tTây Hoa Lư\t\n";
static const char moves[] = "old_code\tnew_code\tkind\tarea_share\tmethod\tcheck\n"
			    "14536\t14536\tfull\t0.990\tresolution\tok\n"
			    "14539\t14536\tfull\t0.980\tresolution\tok\n";

static struct tx *site(const char *now, int64_t *root, struct unit *commune)
{
	struct tx *tx = test_tx(now);
	struct unit_lists lists = { str_of(units), str_of(units_2025), str_of(moves),
				    S("old_code\tnew_code\n37\t37\n") };

	if (unit_load(tx, &lists, S("37"), test_date("2021-01-05"), root) ||
	    site_make(tx, &(struct site){ .root = *root,
					  .name = S("Ninh Bình"),
					  .origin = S("ninh-binh.example.invalid/log") }))
		FAIL("%s", tx->why);
	tx->who = &system_member;
	*commune = unit_at(tx, "14536", "2021-01-05");
	return tx;
}

static int64_t person(struct tx *tx, const char *name, int64_t unit)
{
	int64_t id;

	if (person_add(tx, str_of(name), unit, true, &id))
		FAIL("%s", tx->why);
	return id;
}

static struct date maybe(const char *iso)
{
	return iso ? test_date(iso) : NO_DATE;
}

static enum err try_appoint(struct tx *tx, int64_t who, int64_t unit, enum role role,
			    const char *from, const char *to, int64_t substitute_of, int64_t *id)
{
	return appointment_make(tx,
				&(struct appointment_new){ .person = who,
							   .unit = unit,
							   .role = role,
							   .from = maybe(from),
							   .to = maybe(to),
							   .substitute_of = substitute_of },
				id);
}

static int64_t appoint(struct tx *tx, int64_t who, int64_t unit, enum role role, const char *from,
		       const char *to, int64_t substitute_of)
{
	int64_t id = 0;

	if (try_appoint(tx, who, unit, role, from, to, substitute_of, &id))
		FAIL("%s", tx->why);
	return id;
}

static struct member member(struct tx *tx, int64_t id)
{
	struct member m;

	if (member_load(tx, id, &m))
		FAIL("%s", tx->why);
	return m;
}

static bool may_on(struct tx *tx, int64_t who, unsigned roles, int64_t unit, const char *day)
{
	test_now(tx, str_z(tx->mem, str_printf(tx->mem, "%sT10:00", day)));
	struct member m = member(tx, who);

	return member_may(&m, roles, unit, S("")) != NULL;
}

/* DESIGN 3, USERS 18: roles are bound to unit, field and period; former officials may nothing. */
TEST(an_appointment_is_in_force_between_its_days)
{
	struct unit commune;
	int64_t root;
	struct tx *tx = site("2021-01-05T08:00", &root, &commune);
	int64_t lan = person(tx, "Lan", commune.id);
	struct unit other = unit_at(tx, "14539", "2021-01-05");

	appoint(tx, lan, commune.id, CLERK, "2021-03-01", "2021-06-30", 0);
	appoint(tx, lan, other.id, LEADER, "2021-05-01", NULL, 0);
	static const struct {
		const char *day;
		bool clerk_here, leader_there;
	} cases[] = { { "2021-01-05", false, false }, { "2021-02-28", false, false },
		      { "2021-03-01", true, false },  { "2021-06-30", true, true },
		      { "2021-07-01", false, true },  { "2025-06-30", false, true } };
	for (size_t i = 0; i < LENGTH(cases); i++) {
		CHECK(may_on(tx, lan, CLERK, commune.id, cases[i].day) == cases[i].clerk_here);
		CHECK(may_on(tx, lan, LEADER, other.id, cases[i].day) == cases[i].leader_there);
		/* Never another role, never another unit: not above, not beneath. */
		CHECK(!may_on(tx, lan, LEADER | ADMIN | FRONT, commune.id, cases[i].day));
		CHECK(!may_on(tx, lan, CLERK, other.id, cases[i].day));
		CHECK(!may_on(tx, lan, CLERK | LEADER, root, cases[i].day));
	}
}

TEST(an_appointment_for_one_field_serves_that_field)
{
	struct unit commune;
	int64_t root, id;
	struct tx *tx = site("2021-01-05T08:00", &root, &commune);
	int64_t lan = person(tx, "Lan", commune.id);

	CHECK(!appointment_make(tx,
				&(struct appointment_new){ .person = lan,
							   .unit = commune.id,
							   .role = CLERK,
							   .field = S("know"),
							   .from = test_date("2021-01-01"),
							   .to = NO_DATE },
				&id));
	struct member m = member(tx, lan);

	CHECK(member_may(&m, CLERK, commune.id, S("know")));
	CHECK(!member_may(&m, CLERK, commune.id, S("inspect")));
	CHECK(!member_may(&m, CLERK, commune.id, S("")));
	CHECK(appointment_make(tx,
			       &(struct appointment_new){ .person = lan,
							  .unit = commune.id,
							  .role = CLERK,
							  .field = S("Know it"),
							  .from = test_date("2021-01-01"),
							  .to = NO_DATE },
			       &id) == ERR_INVALID);
}

TEST(a_substitute_acts_on_behalf_and_only_as_long_as_both_are_in_force)
{
	struct unit commune;
	int64_t root, id;
	struct tx *tx = site("2021-01-05T08:00", &root, &commune);
	int64_t chair = person(tx, "Chủ tịch", commune.id), vice = person(tx, "Phó", commune.id);
	int64_t third = person(tx, "Ba", commune.id);
	int64_t office = appoint(tx, chair, commune.id, LEADER, "2021-01-01", "2021-12-31", 0);
	int64_t leave = appoint(tx, vice, commune.id, LEADER, "2021-02-01", "2021-02-14", office);

	CHECK(!may_on(tx, vice, LEADER, commune.id, "2021-01-31"));
	CHECK(may_on(tx, vice, LEADER, commune.id, "2021-02-01"));
	CHECK(may_on(tx, chair, LEADER, commune.id, "2021-02-01"));
	CHECK(!may_on(tx, vice, LEADER, commune.id, "2021-02-15"));
	test_now(tx, "2021-02-03T08:00");
	struct member m = member(tx, vice);
	const struct appointment *by = member_may(&m, LEADER, commune.id, S("know"));
	CHECK(by);
	CHECK_INT(by->substitute_of, office);
	CHECK_INT(by->id, leave);

	/* One's own office before a substitution. */
	int64_t own = appoint(tx, vice, commune.id, LEADER, "2021-02-01", NULL, 0);
	m = member(tx, vice);
	CHECK_INT(member_may(&m, LEADER, commune.id, S(""))->id, own);
	CHECK(!appointment_end(tx, own, test_date("2021-02-03")));

	/* Within the principal's days; one at a time; not of oneself; not of a substitute. */
	CHECK(try_appoint(tx, third, 0, LEADER, "2020-12-31", "2021-01-02", office, &id) ==
	      ERR_INVALID);
	CHECK(try_appoint(tx, third, 0, LEADER, "2021-12-01", "2022-01-01", office, &id) ==
	      ERR_INVALID);
	CHECK(try_appoint(tx, third, 0, LEADER, "2021-02-14", "2021-02-20", office, &id) ==
	      ERR_CONFLICT);
	CHECK(try_appoint(tx, chair, 0, LEADER, "2021-03-01", "2021-03-02", office, &id) ==
	      ERR_INVALID);
	CHECK(try_appoint(tx, third, 0, LEADER, "2021-02-03", "2021-02-04", leave, &id) ==
	      ERR_INVALID);

	/* With no last day said, the principal's; and it ends when the principal's does. */
	int64_t long_one = appoint(tx, third, 0, CLERK, "2021-02-15", NULL, office);
	struct appointment a;
	CHECK(!appointment_find(tx, long_one, &a));
	CHECK_INT(a.role, LEADER);
	CHECK_INT(a.unit, commune.id);
	CHECK_INT(a.to.days, test_date("2021-12-31").days);
	test_now(tx, "2021-03-10T08:00");
	CHECK(may_on(tx, third, LEADER, commune.id, "2021-03-10"));
	CHECK(!appointment_end(tx, office, test_date("2021-03-10")));
	CHECK(may_on(tx, third, LEADER, commune.id, "2021-03-10"));
	CHECK(!may_on(tx, third, LEADER, commune.id, "2021-03-11"));
	CHECK(!may_on(tx, chair, LEADER, commune.id, "2021-03-11"));
}

TEST(appointments_of_one_person_do_not_overlap)
{
	struct unit commune;
	int64_t root, id;
	struct tx *tx = site("2021-01-05T08:00", &root, &commune);
	int64_t lan = person(tx, "Lan", commune.id);
	static const struct {
		const char *from, *to;
		enum err e;
	} cases[] = {
		{ "2021-01-01", "2021-03-31", OK },
		{ "2021-03-31", "2021-04-30", ERR_CONFLICT },
		{ "2020-01-01", "2021-01-01", ERR_CONFLICT },
		{ "2021-02-01", "2021-02-02", ERR_CONFLICT },
		{ "2020-01-01", NULL, ERR_CONFLICT },
		{ "2020-01-01", "2020-12-31", OK },
		{ "2021-04-01", NULL, OK },
		{ "2030-01-01", NULL, ERR_INVALID }, /* the unit has ended by then */
		{ "2019-06-01", "2019-05-31", ERR_INVALID },
		{ NULL, NULL, ERR_INVALID },
	};

	for (size_t i = 0; i < LENGTH(cases); i++)
		if (try_appoint(tx, lan, commune.id, CLERK, cases[i].from, cases[i].to, 0, &id) !=
		    cases[i].e)
			FAIL("case %zu: %s", i, tx->why);
	/* Another role or another field is another appointment. */
	appoint(tx, lan, commune.id, LEADER, "2021-02-01", NULL, 0);
	CHECK(try_appoint(tx, lan, commune.id, CITIZEN, "2021-01-01", NULL, 0, &id) == ERR_INVALID);
	CHECK(try_appoint(tx, lan, commune.id, SYSTEM, "2021-01-01", NULL, 0, &id) == ERR_INVALID);
	CHECK(try_appoint(tx, lan, commune.id, CLERK | LEADER, "2021-01-01", NULL, 0, &id) ==
	      ERR_INVALID);
	CHECK(try_appoint(tx, 999, commune.id, LEADER, "2021-01-01", NULL, 0, &id) ==
	      ERR_NOT_FOUND);
	CHECK(try_appoint(tx, lan, 999, LEADER, "2021-01-01", NULL, 0, &id) == ERR_INVALID);
}

TEST(an_end_does_not_reach_back_over_what_was_done)
{
	struct unit commune;
	int64_t root;
	struct tx *tx = site("2021-03-10T08:00", &root, &commune);
	int64_t lan = person(tx, "Lan", commune.id);
	int64_t office = appoint(tx, lan, commune.id, CLERK, "2021-01-01", NULL, 0);
	int64_t later = appoint(tx, lan, commune.id, LEADER, "2021-05-01", NULL, 0);

	CHECK(appointment_end(tx, office, test_date("2021-03-08")) == ERR_INVALID);
	CHECK(appointment_end(tx, office, NO_DATE) == ERR_INVALID);
	CHECK(!appointment_end(tx, office, test_date("2021-04-30")));
	CHECK(appointment_end(tx, office, test_date("2021-05-30")) == ERR_CONFLICT);
	CHECK(!appointment_end(tx, office, test_date("2021-03-09")));
	CHECK(!may_on(tx, lan, CLERK, commune.id, "2021-03-10"));
	/* One that has not begun is withdrawn whole, and its days are free again. */
	CHECK(!appointment_end(tx, later, test_date("2021-03-01")));
	CHECK(!may_on(tx, lan, LEADER, commune.id, "2021-05-01"));
	test_now(tx, "2021-03-10T08:00");
	appoint(tx, lan, commune.id, LEADER, "2021-04-01", NULL, 0);
	struct appointment_list list;
	CHECK(!appointment_list_person(tx, lan, &list));
	CHECK_INT((int64_t)list.n, 3);
	CHECK(!appointment_list_unit(tx, commune.id, test_date("2021-01-01"), &list));
	CHECK_INT((int64_t)list.n, 2);
}

/* Today's rights use today's tree: after the reform the heir's officials hold the open matters. */
TEST(the_officials_of_the_heir_hold_what_an_ended_unit_held)
{
	struct unit commune, heir, other, district;
	int64_t root;
	struct tx *tx = site("2021-03-10T08:00", &root, &commune);
	int64_t lan = person(tx, "Lan", commune.id), hoa = person(tx, "Hoa", commune.id);

	other = unit_at(tx, "14539", "2021-03-10");
	heir = unit_at(tx, "14536", "2025-07-01");
	district = unit_at(tx, "374", "2021-03-10");
	appoint(tx, lan, commune.id, CLERK, "2021-01-01", NULL, 0);
	CHECK(may_on(tx, lan, CLERK, commune.id, "2025-06-30"));
	CHECK(!may_on(tx, lan, CLERK, commune.id, "2025-07-01"));
	CHECK(!may_on(tx, lan, CLERK, heir.id, "2025-07-01"));

	test_now(tx, "2025-07-01T08:00");
	appoint(tx, hoa, heir.id, CLERK, "2025-07-01", NULL, 0);
	CHECK(may_on(tx, hoa, CLERK, heir.id, "2025-07-01"));
	CHECK(may_on(tx, hoa, CLERK, commune.id, "2025-07-01"));
	CHECK(may_on(tx, hoa, CLERK, other.id, "2025-07-01"));
	CHECK(!may_on(tx, hoa, CLERK, district.id, "2025-07-01"));
	/* The district ended without a successor: the province's. */
	struct unit province = unit_at(tx, "37", "2025-07-01");
	appoint(tx, lan, province.id, CLERK, "2025-07-01", NULL, 0);
	CHECK(may_on(tx, lan, CLERK, district.id, "2025-07-01"));
	CHECK(!may_on(tx, lan, CLERK, commune.id, "2025-07-01"));
}

TEST(an_administrator_appoints_at_and_beneath_his_unit_only)
{
	struct unit commune;
	int64_t root, id;
	struct tx *tx = site("2021-03-10T08:00", &root, &commune);
	struct unit other = unit_at(tx, "14539", "2021-03-10");
	struct unit district = unit_at(tx, "374", "2021-03-10");
	int64_t lan = person(tx, "Lan", commune.id), boss = person(tx, "Boss", root);
	bool may;

	appoint(tx, lan, commune.id, ADMIN, "2021-01-01", NULL, 0);
	appoint(tx, boss, root, ADMIN, "2021-01-01", NULL, 0);
	struct member m = member(tx, lan), top = member(tx, boss);

	tx->who = &m;
	CHECK(!try_appoint(tx, lan, commune.id, CLERK, "2021-03-10", NULL, 0, &id));
	CHECK(try_appoint(tx, lan, other.id, CLERK, "2021-03-10", NULL, 0, &id) == ERR_DENIED);
	CHECK(try_appoint(tx, lan, district.id, CLERK, "2021-03-10", NULL, 0, &id) == ERR_DENIED);
	CHECK(try_appoint(tx, lan, root, ADMIN, "2021-03-10", NULL, 0, &id) == ERR_DENIED);
	tx->err = OK;
	CHECK(!member_administers(tx, other.id, &may) && !may);
	CHECK(!tx->err); /* a question is no failure */
	tx->who = &top;
	CHECK(!try_appoint(tx, lan, other.id, CLERK, "2021-03-10", NULL, 0, &id));
	CHECK(!member_administers(tx, other.id, &may) && may);
	tx->who = NULL;
	CHECK(try_appoint(tx, lan, commune.id, LEADER, "2021-03-10", NULL, 0, &id) == ERR_DENIED);
	CHECK(!member_administers(tx, commune.id, &may) && !may);
}

TEST(people_at_the_counter_are_entered_and_verified_by_its_clerk)
{
	struct unit commune;
	int64_t root, id;
	struct tx *tx = site("2021-03-10T08:00", &root, &commune);
	struct unit other = unit_at(tx, "14539", "2021-03-10");
	int64_t lan = person(tx, "Lan", commune.id);
	struct person p;
	struct person_private mine;

	appoint(tx, lan, commune.id, CLERK, "2021-01-01", NULL, 0);
	struct member m = member(tx, lan);
	tx->who = &m;
	CHECK(!person_add(tx, S("  Bà Tư "), commune.id, false, &id));
	CHECK(!person_find(tx, id, &p));
	CHECK_STR(p.name, S("Bà Tư"));
	CHECK(!p.verified);
	CHECK(!person_verify(tx, id));
	CHECK(!person_find(tx, id, &p) && p.verified);
	CHECK(person_verify(tx, lan) == ERR_DENIED);
	CHECK(person_add(tx, S("X"), other.id, false, &id) == ERR_DENIED);
	CHECK(person_add(tx, S(" \n"), commune.id, false, &id) == ERR_INVALID);

	/* Who does it alone is not verified, whatever he says. */
	tx->who = NULL;
	CHECK(!person_add(tx, S("Anh Ba"), other.id, true, &id));
	CHECK(!person_find(tx, id, &p) && !p.verified);
	CHECK(person_verify(tx, id) == ERR_DENIED);

	/* Phone and address: the person, the counter of his unit, nobody else. */
	tx->who = &m;
	CHECK(person_private_load(tx, id, &mine) == ERR_DENIED);
	struct member self = member(tx, id);
	tx->who = &self;
	CHECK(!person_private_save(
		tx, id, &(struct person_private){ S("0912345678"), S("Xóm 1"), NO_DATE }));
	CHECK(!person_private_load(tx, id, &mine));
	CHECK_STR(mine.phone, S("0912345678"));
	tx->who = NULL;
	CHECK(person_private_load(tx, id, &mine) == ERR_DENIED);
	CHECK(person_private_erase(tx, id) == ERR_DENIED);
	tx->who = &self;
	CHECK(!person_private_erase(tx, id));
	CHECK(!person_private_load(tx, id, &mine));
	CHECK_STR(mine.phone, S(""));
	CHECK(!person_find(tx, id, &p)); /* what he did keeps its author */
}

/* DESIGN 9: personal data has retention dates. */
TEST(what_was_kept_for_a_time_is_erased_after_it)
{
	struct unit commune;
	int64_t root, erased;
	struct tx *tx = site("2021-03-10T08:00", &root, &commune);
	int64_t lan = person(tx, "Lan", commune.id), hoa = person(tx, "Hoa", commune.id);
	struct person_private p = { S("0912345678"), S("Xóm 1"), test_date("2021-06-30") };

	CHECK(!person_private_save(tx, lan, &p));
	p.keep_until = NO_DATE;
	CHECK(!person_private_save(tx, hoa, &p));
	test_now(tx, "2021-06-30T23:59");
	CHECK(!person_private_sweep(tx, 100, &erased));
	CHECK_INT(erased, 0);
	test_now(tx, "2021-07-01T00:00");
	CHECK(!person_private_sweep(tx, 100, &erased));
	CHECK_INT(erased, 1);
	CHECK(!person_private_load(tx, lan, &p));
	CHECK_STR(p.phone, S(""));
	CHECK(!person_private_load(tx, hoa, &p));
	CHECK_STR(p.phone, S("0912345678"));
	tx->who = NULL;
	CHECK(person_private_sweep(tx, 100, &erased) == ERR_DENIED);
}

/* DESIGN 1.7: people see who looked. */
TEST(opening_a_personal_matter_is_recorded_and_good_for_half_an_hour)
{
	struct unit commune;
	int64_t root;
	struct tx *tx = site("2021-03-10T08:00", &root, &commune);
	int64_t lan = person(tx, "Lan", commune.id), hoa = person(tx, "Hoa", commune.id);
	int64_t office = appoint(tx, lan, commune.id, CLERK, "2021-01-01", "2021-03-10", 0);
	struct access_list list;
	bool granted;

	appoint(tx, hoa, commune.id, CLERK, "2021-03-10", "2021-03-10", office);
	struct member m = member(tx, lan), h = member(tx, hoa);

	tx->who = &m;
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && !granted);
	CHECK(access_record(tx, 7, m.at, S("ngắn")) == ERR_INVALID);
	CHECK(access_record(tx, 7, m.at, S("   \n\n            ")) == ERR_INVALID);
	CHECK(access_record(tx, 7, NULL, S("Trả lời đơn của công dân")) == ERR_DENIED);
	CHECK(access_record(tx, 7, h.at, S("Trả lời đơn của công dân")) == ERR_DENIED);
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && !granted);
	CHECK(!access_record(tx, 7, m.at, S("Trả lời đơn của công dân")));
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && granted);
	CHECK(!access_granted(tx, 8, ACCESS_MINUTES, &granted) && !granted);
	test_now(tx, "2021-03-10T08:29");
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && granted);
	test_now(tx, "2021-03-10T08:30");
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && !granted);

	tx->who = &h;
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && !granted);
	CHECK(!access_record(tx, 7, h.at, S("Thay mặt trả lời đơn")));
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && granted);

	CHECK(!access_list(tx, 7, 10, &list));
	CHECK_INT((int64_t)list.n, 2);
	CHECK_STR(list.at[0].name, S("Hoa"));
	CHECK_STR(list.at[0].on_behalf, S("Lan"));
	CHECK_STR(list.at[1].on_behalf, S(""));
	CHECK_STR(list.at[1].reason, S("Trả lời đơn của công dân"));
	CHECK_INT(list.at[1].role, CLERK);
	CHECK_INT(list.at[1].unit, commune.id);
	tx->who = NULL;
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && !granted);
}

TEST(the_half_hour_ends_with_the_appointment)
{
	struct unit commune;
	int64_t root;
	struct tx *tx = site("2021-03-10T23:50", &root, &commune);
	int64_t lan = person(tx, "Lan", commune.id);
	bool granted;

	appoint(tx, lan, commune.id, CLERK, "2021-01-01", "2021-03-10", 0);
	struct member m = member(tx, lan);
	tx->who = &m;
	CHECK(!access_record(tx, 7, m.at, S("Trả lời đơn của công dân")));
	test_now(tx, "2021-03-11T00:05");
	struct member after = member(tx, lan);
	tx->who = &after;
	CHECK(!access_granted(tx, 7, ACCESS_MINUTES, &granted) && !granted);
}

TEST(a_site_is_made_once)
{
	struct unit commune;
	int64_t root;
	struct tx *tx = site("2021-03-10T23:50", &root, &commune);
	struct site s;

	CHECK(!site_load(tx, &s));
	CHECK_INT(s.root, root);
	CHECK_STR(s.name, S("Ninh Bình"));
	CHECK(!s.demo);
	CHECK(site_make(tx, &s) == ERR_CONFLICT);
	CHECK(site_set_clock(tx, tx->now) == ERR_DENIED);
	tx->who = NULL;
	CHECK(site_rename(tx, S("X")) == ERR_DENIED);
	tx = test_tx("2021-03-10T23:50");
	CHECK(site_load(tx, &s) == ERR_NOT_FOUND);
	CHECK(site_make(tx, &(struct site){ .root = 1, .name = S("X"), .origin = S("a b") }) ==
	      ERR_INVALID);
	CHECK(!site_make(
		tx,
		&(struct site){ .root = 1, .name = S("X"), .origin = S("a/log"), .demo = true }));
	CHECK(!site_set_clock(tx, tx->now));
	CHECK(!site_load(tx, &s));
	CHECK(s.demo && s.clock.ms == tx->now.ms);
}
