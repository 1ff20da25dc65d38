/* The real program on a real site. */
#include "tests/program.h"
#include "tests/test_db.h"

#include <stdio.h>
#include <stdlib.h>

static struct str run(const char *arguments)
{
	const char *dinh = getenv("DINH");
	struct buf b = { .a = test_arena() };
	size_t n;
	if (!dinh)
		SKIP("DINH does not name the program");
	struct str told = program_told(str_of(arguments));
	FILE *out = popen(
		str_printf(test_arena(), "%.*s'%s' due %s", STR_ARG(told), dinh, arguments).at,
		"r");
	CHECK(out);
	while ((n = fread(buf_reserve(&b, 4096), 1, 4096, out)) > 0)
		b.len += n;
	CHECK_INT(pclose(out), 0);
	return buf_str(&b);
}

static void insert(struct query q)
{
	CHECK_INT(db_exec(&q), OK);
}

TEST(a_day_off_added_on_the_site_moves_the_due_date)
{
	struct tx *tx = test_tx("2024-01-02T08:00");
	insert(db_query(tx, "INSERT INTO dossier (id, code, kind, unit, holder, state, visibility,"
			    " channel, title, number, facet, opened_on, changed_at, unverified,"
			    " acts, versions, data) VALUES (1, 'LV-00000000', 'calendar', 1, 1, 2,"
			    " 0, 0, '', '', '', '2024-01-02', 0, 0, 1, 0, '{}')"));
	insert(db_query(tx, "INSERT INTO act (id, dossier, no, step, happened_on, recorded_at,"
			    " from_state, to_state, appointment, person, substitute_of, channel,"
			    " data, leaf) VALUES (1, 1, 1, 'declare', '2024-01-02', 0, 1, 2, 1, 1,"
			    " 0, 0, '{}', 0)"));
	insert(db_query(tx, "INSERT INTO calendar_day (act, day, name, kind, recorded_at)"
			    " VALUES (1, '2024-01-03', 'Nghỉ đột xuất', 'off', 0)"));
	test_commit(tx);
	const char *site = test_tx_dir(tx);
	struct str with =
		run(str_printf(test_arena(), "TL-001 2023-12-27 --json --data '%s'", site).at);
	CHECK(str_has(with, S("\"due\":\"2024-01-05\"")));
	CHECK(str_has(with, S("{\"date\":\"2024-01-03\",\"counted\":false,\"why\":\"Nghỉ đột "
			      "xuất\"}")));
	CHECK(str_has(run("TL-001 2023-12-27 --json"), S("\"due\":\"2024-01-04\"")));
}
