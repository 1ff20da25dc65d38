/* The pages of a small site, asked by a visitor or by one of its officials. */
#pragma once

#include "modules/know/test_know.h"
#include "office/account.h"
#include "office/session.h"
#include "office/site.h"
#include "tests/browser.h"
#include "web/module.h"
#include "web/redaction_page.h"
#include "web/routes.h"

static struct browser_site *site;

static inline struct tx *begin(const char *now)
{
	struct tx *tx = small_site(&s, now);
	struct site facts = { .root = SMALL_COMMUNE,
			      .name = S("Mẫu"),
			      .origin = S("mau.example.invalid/log") };
	CHECK_INT(site_make(tx, &facts), OK);
	for (size_t i = 0; i < LENGTH(s.held); i++) { /* the pages name who did it */
		const struct appointment *a = &s.held[i];
		struct query p = db_query(tx, "INSERT INTO person (id, name, made_at)"
					      " VALUES ($1, 'Người Thử', 0)");
		BIND(&p, a->person);
		CHECK_INT(db_exec(&p), OK);
		struct query q =
			db_query(tx, "INSERT INTO appointment (id, person, unit, role, field,"
				     " valid_from, valid_to, made_at) VALUES ($1, $2, $3,"
				     " $4, '', '2019-01-01', '9999-12-31', 0)");
		BIND(&q, a->id, a->person, a->unit, role_word(a->role));
		CHECK_INT(db_exec(&q), OK);
	}
	return tx;
}

/* What was written so far is committed, and `tx` rests from here on. */
static inline struct browser visitor(struct tx *tx, const char *now)
{
	const struct route *know = NULL;
	for (const struct module *const *m = modules; *m; m++)
		if (str_eq(str_of((*m)->name), S("know")))
			know = (*m)->routes;
	const struct route *const tables[] = { office_routes, kind_routes(test_arena(), &s.office),
					       know, redaction_routes, NULL };
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), now, false, tables);
	site->house.office = &s.office;
	return browser_open(site);
}

/* The same for somebody who holds an office: signed in, without the form. */
static inline struct browser official(struct tx *tx, const struct member *who, const char *now)
{
	static const struct member system = { .system = true };
	struct credential c;
	struct str cookie;
	tx->who = &system;
	if (account_add(tx, who->person, str_printf(tx->mem, "nguoi.%d", (int)who->person)))
		FAIL("%s", tx->why);
	CHECK_INT(credential_of(tx, who->person, &c), OK);
	c.passed = true;
	CHECK_INT(session_open(tx, &c, S(""), &cookie), OK);
	cookie = str_dup(test_arena(), cookie);
	struct browser b = visitor(tx, now);
	b.cookies[b.n++] = (struct cookie){ S("phien"), cookie };
	return b;
}
