/* What tests of signing in and administration begin with: a province, a district and two communes,
 * people with one password, and browsers. */
#pragma once

#include "ledger/log.h"
#include "office/added_day.h"
#include "office/site.h"
#include "office/test_office.h"
#include "tests/browser.h"
#include "web/admin.h"
#include "web/sign.h"
#include "web/sign_pages.h"

static const struct member system_member = { .system = true };
static const char units[] = "code\tparent\tlevel\ttype_vi\tname_vi\tname_en\n"
			    "37\t\t1\ttỉnh\tNinh Bình\t\n"
			    "374\t37\t2\thuyện\tHoa Lư\t\n"
			    "14536\t374\t3\txã\tNinh Vân\t\n"
			    "14539\t374\t3\txã\tNinh Hải\t\n";

#define GOOD "mot cau ngan de nho"

static struct tx *tx;
static struct browser_site *site;
static int64_t root, commune, other;
static struct office office;

/* One hash for every password of a test. */
static inline const struct password *hashed(void)
{
	static struct password p;
	if (!p.text[0])
		CHECK_INT(password_hash(S(GOOD), &p), OK);
	return &p;
}

static inline int64_t user(const char *login, int64_t unit)
{
	int64_t id;
	if (person_add(tx, str_of(login), unit, true, &id) || account_add(tx, id, str_of(login)))
		FAIL("%s", tx->why);
	struct query q =
		db_query(tx, "UPDATE account SET password = $2, generation = 2 WHERE person = $1");
	BIND(&q, id, str_of(hashed()->text));
	CHECK_INT(db_exec(&q), OK);
	return id;
}

static inline int64_t appoint(int64_t who, int64_t unit, enum role role)
{
	int64_t id = 0;
	struct appointment_new n = { .person = who,
				     .unit = unit,
				     .role = role,
				     .from = test_date("2021-01-05"),
				     .to = NO_DATE };
	if (appointment_make(tx, &n, &id))
		FAIL("%s", tx->why);
	return id;
}

static inline void begin_site(void)
{
	struct unit_lists lists = { .units_2020 = str_of(units) };
	tx = test_tx("2021-03-10T08:00");
	if (unit_load(tx, &lists, S("37"), test_date("2021-01-05"), &root) ||
	    site_make(tx, &(struct site){ .root = root,
					  .name = S("Ninh Bình"),
					  .origin = S("ninh-binh.example.invalid/log") }))
		FAIL("%s", tx->why);
	static const struct kind *const kinds[] = { &added_day_kind, NULL };
	struct str why;
	CHECK_INT(law_builtin(test_arena(), &office.law, &why), OK);
	office.calendar = calendar_of_law(test_arena(), office.law);
	if (!office.kinds)
		office.kinds = kinds;
	tx->office = &office;
	CHECK_INT(log_init(tx, S("xa-mau.example.invalid/nhat-ky"),
			   S("xa-mau.example.invalid/nhat-ky+04ccf484+AQOhB7/"
			     "zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")),
		  OK);
	tx->who = &system_member;
	commune = unit_at(tx, "14536", "2021-01-05").id;
	other = unit_at(tx, "14539", "2021-01-05").id;
}

/* What was written so far is what the browsers find; `tx` itself must rest meanwhile. The last table
 * may be NULL. */
static inline void open_site(bool limits, const struct route *more)
{
	const struct route *const tables[] = { sign_routes, admin_routes, more, NULL };
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), "2021-03-10T08:00", limits, tables);
	site->house.office = &office;
}

static inline struct answer try_sign_in(struct browser *b, const char *login, const char *password)
{
	browser_get(b, "/dang-nhap");
	return browser_post(b, "/dang-nhap",
			    str_printf(test_arena(), "login=%s&password=%s", login, password).at);
}

static inline struct browser signed_in(const char *login)
{
	struct browser b = browser_open(site);
	struct answer a = try_sign_in(&b, login, "mot+cau+ngan+de+nho");
	CHECK_INT(a.status, 303);
	CHECK_INT(browser_cookie(&b, "phien").len, 64);
	return b;
}
