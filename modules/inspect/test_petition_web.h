/* Petitions through browsers: a commune with a clerk, a leader and a citizen, and what receipts show. */
#pragma once

#include "modules/inspect/petition_steps.h"
#include "office/receipt.h"
#include "office/step.h"
#include "web/access_page.h"
#include "web/interview.h"
#include "web/module.h"
#include "web/receipt_page.h"
#include "web/routes.h"
#include "web/test_house.h"

#include <string.h>

#define FORM                                                                                       \
	"type=feedback&title=Xe+t%E1%BA%A3i+l%C3%A0m+h%E1%BB%8Fng+%C4%91%C6%B0%E1%BB%9Dng&"        \
	"body=M%E1%BA%B7t+%C4%91%C6%B0%E1%BB%9Dng+v%E1%BB%A1+b%E1%BB%91n+m%C6%B0%C6%A1i+m%C3%A9t&" \
	"name=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu&address=Th%C3%B4n+%C4%90%C3%B4ng"
#define COUNTER "&channel=counter&happened_on=10%2F03%2F2021"
#define OPEN_FORM "/ghi-moi/kien-nghi/14536"

static struct member clerk, leader;

/* Until open_doors, `tx` acts as the commune's clerk. */
static inline void begin(void)
{
	office = (struct office){ .kinds = every_kind(test_arena()) };
	begin_site();
	int64_t id = user("can.bo", commune);
	appoint(id, commune, CLERK);
	int64_t chair = user("chu.tich", commune);
	appoint(chair, commune, LEADER);
	user("nguoi.dan", commune);
	CHECK_INT(member_load(tx, id, &clerk), OK);
	CHECK_INT(member_load(tx, chair, &leader), OK);
	tx->who = &clerk;
}

static inline void open_doors_on(const char *now, bool limits)
{
	static const struct route *tables[16] = { access_routes, office_routes, receipt_routes,
						  sign_routes, interview_routes };
	size_t n = 5;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->routes)
			tables[n++] = (*m)->routes;
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), now, limits, tables);
	site->house.office = &office;
}

static inline void open_doors(bool limits)
{
	open_doors_on("2021-03-10T08:00", limits);
}

static inline const char *z(const char *before, struct str s, const char *after)
{
	return str_printf(test_arena(), "%s%.*s%s", before, STR_ARG(s), after).at;
}

/* The code at the end of "/bien-nhan/DT-...". */
static inline struct str code_of(struct answer a)
{
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, S("/bien-nhan/DT-")));
	return str_from(a.location, strlen("/bien-nhan/"));
}

/* The secret as the receipt shows it. */
static inline struct str secret_in(struct answer page)
{
	static const char before[] = "Mã bí mật</dt><dd><span class=\"code\">";
	const char *at = memmem(page.body.at, page.body.len, before, strlen(before));
	if (!at)
		FAIL("the receipt shows no secret");
	return (struct str){ at + strlen(before), 9 };
}

/* One that the site holds. */
static inline struct file_ref a_file(void)
{
	struct file_ref file = { .sha256 = S("00112233445566778899aabbccddeeff"
					     "00112233445566778899aabbccddeeff"),
				 .name = S("cong-van.pdf"),
				 .type = S("application/pdf"),
				 .size = 5 };
	struct query q = db_query(tx, "INSERT INTO file (sha256, size, type, created_at)"
				      " VALUES ($1, 5, 'application/pdf', 0)");
	BIND(&q, file.sha256);
	CHECK_INT(db_exec(&q), OK);
	return file;
}

/* By an official, with a reason. */
static inline struct answer open_case(struct browser *b, struct str code)
{
	(void)browser_get(b, z("/ho-so/", code, ""));
	return browser_post(b, z("/ho-so/", code, "/mo"),
			    "reason=Xem+%C4%91%E1%BB%83+tr%E1%BA%A3+l%E1%BB%9Di");
}
