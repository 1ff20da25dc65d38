/* Every step of every kind, tried by every role in every situation in which somebody might believe to
 * hold it. Acting needs an appointment in force today, at the very unit that holds the matter, for its
 * field of work or for all: the table says which roles, and nothing else gives the right. */
#include "office/person.h"
#include "tests/walk.h"

static const struct member system_member = { .system = true };

static struct site {
	struct walk_site s;
	struct tx tx;
	struct db *db;
	struct rng rng;
} t;

static void close_site(void *unused)
{
	(void)unused;
	db_close(t.db);
	t.db = NULL;
}

static void open_site(void)
{
	t = (struct site){ .db = NULL };
	walk_site_make(&t.s);
	t.db = test_open(t.s.dir, DB_WRITE);
	arena_defer(test_arena(), close_site, NULL);
	rng_seeded(&t.rng, 3);
	t.tx = (struct tx){ .mem = test_arena(),
			    .now = t.s.begins,
			    .rng = &t.rng,
			    .who = &system_member,
			    .office = &t.s.office };
	if (tx_begin(&t.tx, t.db, DB_WRITE))
		FAIL("%s", t.tx.why);
}

/* --- Situations --- */

enum situation {
	OWN_UNIT,
	OWN_FIELD,   /* appointed for the kind's field of work alone */
	OTHER_FIELD, /* ... for another one */
	OTHER_UNIT,
	PARENT_UNIT,
	CHILD_UNIT,
	ENDED, /* yesterday */
	TO_COME,
	SUBSTITUTE,
	SUBSTITUTE_ENDED,
	SUBSTITUTE_TO_COME,
	SITUATIONS
};

static const char *const words[SITUATIONS] = {
	"at the unit",
	"for its field",
	"for another field",
	"at another unit",
	"above the unit",
	"beneath the unit",
	"until yesterday",
	"from tomorrow",
	"as substitute",
	"as substitute until yesterday",
	"as substitute from tomorrow",
};

static bool gives_the_right(enum situation s)
{
	return s == OWN_UNIT || s == OWN_FIELD || s == SUBSTITUTE;
}

static int64_t add_person(void)
{
	int64_t id = 0;
	t.tx.who = &system_member;
	if (person_add(&t.tx, S("Phạm Văn Thử"), t.s.unit[AT_COMMUNE], true, &id))
		FAIL("%s", t.tx.why);
	return id;
}

static int64_t appoint(int64_t person, int64_t unit, enum role role, struct str field, int from,
		       int to, int64_t substitute_of)
{
	struct date today = tx_today(&t.tx);
	struct appointment_new n = { .person = person,
				     .unit = unit,
				     .role = role,
				     .field = field,
				     .from = date_add(today, from),
				     .to = to > 900 ? NO_DATE : date_add(today, to),
				     .substitute_of = substitute_of };
	int64_t id = 0;
	if (appointment_make(&t.tx, &n, &id))
		FAIL("%s", t.tx.why);
	return id;
}

/* Somebody in that situation towards the commune. */
static int64_t somebody(enum situation how, enum role role, struct str work)
{
	enum { OPEN = 1000 };
	int64_t here = t.s.unit[AT_COMMUNE], who = add_person(), principal;
	switch (how) {
	case OWN_UNIT:
		appoint(who, here, role, S(""), -10, OPEN, 0);
		break;
	case OWN_FIELD:
		appoint(who, here, role, work, -10, OPEN, 0);
		break;
	case OTHER_FIELD:
		appoint(who, here, role, S("khac"), -10, OPEN, 0);
		break;
	case OTHER_UNIT:
		appoint(who, t.s.unit[AT_OTHER], role, S(""), -10, OPEN, 0);
		break;
	case PARENT_UNIT:
		appoint(who, t.s.unit[AT_ROOT], role, S(""), -10, OPEN, 0);
		break;
	case CHILD_UNIT:
		appoint(who, t.s.unit[AT_VILLAGE], role, S(""), -10, OPEN, 0);
		break;
	case ENDED:
		appoint(who, here, role, S(""), -10, -1, 0);
		break;
	case TO_COME:
		appoint(who, here, role, S(""), 1, OPEN, 0);
		break;
	case SUBSTITUTE:
	case SUBSTITUTE_ENDED:
	case SUBSTITUTE_TO_COME:
		principal = appoint(add_person(), here, role, S(""), -20, OPEN, 0);
		appoint(who, here, role, S(""), how == SUBSTITUTE_TO_COME ? 1 : -10,
			how == SUBSTITUTE_ENDED ? -1 : 10, principal);
		break;
	case SITUATIONS:
		break;
	}
	return who;
}

/* --- Trying --- */

static int64_t rows(void)
{
	struct query q = db_query(&t.tx, "SELECT (SELECT COUNT(*) FROM act) + (SELECT COUNT(*) FROM"
					 " dossier) + (SELECT COUNT(*) FROM log_leaf)");
	if (db_one(&q))
		FAIL("%s", t.tx.why);
	return col_int(&q, 0);
}

static struct dossier *standing_in(const struct kind *k, unsigned state)
{
	struct dossier *d = dossier_blank(t.tx.mem, k, t.s.unit[AT_COMMUNE]);
	d->state = state;
	d->id = state == NEW ? 0 : 1;
	d->code = S("CK-0000-0000");
	return d;
}

static enum err take(const struct kind *k, const struct step *s, unsigned state)
{
	struct step_input in = { .on = NO_DATE };
	struct dossier *d = standing_in(k, state), *opened;
	void *form = step_form(t.tx.mem, s);
	t.tx.err = OK;
	return state == NEW ? dossier_open(&t.tx, k, d->unit, s->name, form, &in, NULL, &opened)
			    : step_take(&t.tx, d, s->name, form, &in, NULL);
}

/* Anybody signed in begins what is meant for citizens, whatever office he holds elsewhere; what is sent by
 * receipt, anybody at all. */
static bool anybody_may(const struct kind *k, const struct step *s, unsigned state)
{
	bool one = t.tx.who ? t.tx.who->person != 0 : k->by_receipt;
	return state == NEW && (s->may & CITIZEN) && !s->follows && one;
}

/* From each state in which the step begins: refused, and nothing written. */
static void refused(const struct kind *k, const struct step *s, const char *who, const char *how)
{
	for (unsigned state = 1; state && state <= s->from; state <<= 1) {
		if (!(s->from & state) || anybody_may(k, s, state))
			continue;
		int64_t before = rows();
		const struct appointment *by = NULL;
		if (step_allowed(&t.tx, standing_in(k, state), s, &by))
			FAIL("%s.%s is allowed to %s %s", k->name, s->name, who, how);
		enum err e = take(k, s, state);
		if (e != ERR_DENIED && !(s->follows && e == ERR_NOT_FOUND))
			FAIL("%s.%s by %s %s is answered with %s", k->name, s->name, who, how,
			     err_name(e));
		CHECK_INT(rows(), before);
	}
}

static void allowed(const struct kind *k, const struct step *s, enum role role, const char *how)
{
	for (unsigned state = 1; state && state <= s->from; state <<= 1) {
		const struct appointment *by = NULL;
		if (!(s->from & state))
			continue;
		if (!step_allowed(&t.tx, standing_in(k, state), s, &by))
			FAIL("%s.%s is refused to %.*s %s", k->name, s->name,
			     STR_ARG(role_word(role)), how);
		CHECK(by && (by->role & s->may));
	}
}

static const struct member *loaded(int64_t person)
{
	struct member *m = NEW(t.tx.mem, struct member);
	if (member_load(&t.tx, person, m))
		FAIL("%s", t.tx.why);
	return m;
}

/* Every kind with the same field of work meets the same people. */
static void try_kinds(struct str work, enum situation how, enum role role)
{
	const struct member *who = loaded(somebody(how, role, work));
	for (const struct kind *const *k = t.s.office.kinds; *k; k++)
		for (const struct step *s = (*k)->steps; s->name; s++) {
			if (!str_eq(str_of((*k)->work), work))
				continue;
			t.tx.who = who;
			if ((s->may & (unsigned)role) && !s->follows && gives_the_right(how))
				allowed(*k, s, role, words[how]);
			else
				refused(*k, s, role_word(role).at, words[how]);
		}
}

static bool first_of_its_work(const struct kind *const *k)
{
	for (const struct kind *const *i = t.s.office.kinds; i < k; i++)
		if (str_eq(str_of((*i)->work), str_of((*k)->work)))
			return false;
	return true;
}

TEST(a_step_is_taken_only_by_a_role_of_its_table_at_the_unit_for_its_field_and_in_its_days)
{
	open_site();
	for (const struct kind *const *k = t.s.office.kinds; *k; k++) {
		if (!first_of_its_work(k))
			continue;
		for (unsigned role = CLERK; role <= ADMIN; role <<= 1)
			for (int how = 0; how < SITUATIONS; how++)
				try_kinds(str_of((*k)->work), (enum situation)how, (enum role)role);
	}
}

/* What is meant for citizens: everybody begins it, and only who began it goes on with it. */
static void tried_as_citizen(const struct kind *k, const struct step *s)
{
	refused(k, s, "a citizen who is not its author", "");
	for (unsigned state = 1; state && state <= s->from; state <<= 1) {
		struct dossier *d = standing_in(k, state);
		bool begins = s->from & state;
		const struct appointment *by = NULL;
		d->author = t.tx.who->person;
		if (step_allowed(&t.tx, d, s, &by) != (begins && !s->follows))
			FAIL("%s.%s and its author in state %u", k->name, s->name, state);
		CHECK(!by);
	}
}

TEST(nobody_who_holds_no_office_takes_a_step_of_officials_and_nobody_at_all_one_of_the_calendars)
{
	static const struct member clock = { .system = true };
	open_site();
	const struct member *citizen = loaded(add_person());
	for (const struct kind *const *k = t.s.office.kinds; *k; k++)
		for (const struct step *s = (*k)->steps; s->name; s++) {
			t.tx.who = NULL;
			refused(*k, s, "a visitor", "");
			t.tx.who = citizen;
			if (s->may & CITIZEN)
				tried_as_citizen(*k, s);
			else
				refused(*k, s, "a citizen", "");
			t.tx.who = &clock; /* not by a form: only step_follow */
			if (!s->follows)
				refused(*k, s, "the program", "");
		}
}

TEST(a_substitute_is_nobody_once_the_principals_own_time_is_over)
{
	open_site();
	for (unsigned role = CLERK; role <= ADMIN; role <<= 1) {
		int64_t principal = add_person(), who = add_person();
		int64_t held = appoint(principal, t.s.unit[AT_COMMUNE], (enum role)role, S(""), -9,
				       1000, 0);
		appoint(who, t.s.unit[AT_COMMUNE], (enum role)role, S(""), -5, 5, held);
		CHECK(member_may(loaded(who), role, t.s.unit[AT_COMMUNE], S("")) != NULL);
		t.tx.who = &system_member;
		if (appointment_end(&t.tx, held, date_add(tx_today(&t.tx), -1)))
			FAIL("%s", t.tx.why);
		CHECK(member_may(loaded(who), role, t.s.unit[AT_COMMUNE], S("")) == NULL);
	}
}
