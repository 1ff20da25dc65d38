/* Accounts and signing in, in one line each. */
#pragma once

#include "office/test_office.h"

#include "office/session.h"
#include "office/site.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct member system_member = { .system = true };
static const char units[] = "code\tparent\tlevel\ttype_vi\tname_vi\tname_en\n"
			    "37\t\t1\ttỉnh\tNinh Bình\t\n"
			    "374\t37\t2\thuyện\tHoa Lư\t\n"
			    "14536\t374\t3\txã\tNinh Vân\t\n"
			    "14539\t374\t3\txã\tNinh Hải\t\n";

static inline struct tx *site(int64_t *root, int64_t *commune)
{
	struct tx *tx = test_tx("2021-03-10T08:00");
	struct unit_lists lists = { .units_2020 = str_of(units) };

	if (unit_load(tx, &lists, S("37"), test_date("2021-01-05"), root) ||
	    site_make(tx, &(struct site){ .root = *root,
					  .name = S("Ninh Bình"),
					  .origin = S("ninh-binh.example.invalid/log") }))
		FAIL("%s", tx->why);
	tx->who = &system_member;
	*commune = unit_at(tx, "14536", "2021-01-05").id;
	return tx;
}

static inline struct password hashed(const char *text)
{
	struct password p;

	CHECK(!password_hash(password_normal(test_arena(), str_of(text)), &p));
	return p;
}

/* A person with an account; no password when NULL. */
static inline int64_t user(struct tx *tx, int64_t unit, const char *login, const char *password)
{
	const struct member *who = tx->who;
	int64_t id;

	tx->who = &system_member;
	if (person_add(tx, str_of(login), unit, true, &id) || account_add(tx, id, str_of(login)))
		FAIL("%s", tx->why);
	if (password) {
		struct password p = hashed(password);
		struct credential c;

		CHECK(!account_set_password(tx, id, &p));
		CHECK(!credential_of(tx, id, &c));
		CHECK(credential_check(tx->mem, &c, str_of(password)));
		CHECK(!account_change_password(tx, &c, &p)); /* it was the person's own choice */
	}
	tx->who = who;
	return id;
}

static inline int64_t appoint(struct tx *tx, int64_t who, int64_t unit, enum role role)
{
	int64_t id = 0;

	if (appointment_make(tx,
			     &(struct appointment_new){ .person = who,
							.unit = unit,
							.role = role,
							.from = tx_today(tx),
							.to = NO_DATE },
			     &id))
		FAIL("%s", tx->why);
	return id;
}

static inline struct member member(struct tx *tx, int64_t id)
{
	struct member m;

	CHECK(!member_load(tx, id, &m));
	return m;
}

static inline enum err sign_in(struct tx *tx, const char *login, const char *password,
			       struct str code, struct str *cookie)
{
	struct credential c;

	CHECK(!credential_load(tx, str_of(login), &c));
	credential_check(tx->mem, &c, str_of(password));
	return session_open(tx, &c, code, cookie);
}

static inline struct str signed_in(struct tx *tx, const char *login, const char *password)
{
	struct str cookie;

	if (sign_in(tx, login, password, S(""), &cookie))
		FAIL("%s", tx->why);
	return cookie;
}
