/* What an operator watches: valid to the letter, true, told in the papers, and nobody else's. */
#include "tests/demo.h"
#include "tests/prometheus.h"
#include "tests/test_db.h"

#include "office/fold.h"

#include <string.h>
#include <unistd.h>

static struct str metrics(const struct served *s)
{
	struct http_reply r = get(s, "/metrics");
	CHECK_INT(r.status, 200);
	CHECK_STR(http_header(&r, "Content-Type", 0),
		  S("text/plain; version=0.0.4; charset=utf-8"));
	CHECK_STR(http_header(&r, "Cache-Control", 0), S("no-store"));
	return r.body;
}

static int post(const struct served *s, const char *path)
{
	return http_ask(test_arena(), s->port,
			z("POST %s HTTP/1.1\r\nHost: a.vn\r\nContent-Type: "
			  "application/x-www-form-urlencoded\r\nContent-Length: 0\r\n"
			  "Connection: close\r\n\r\n",
			  path),
			false)
		.status;
}

/* An answer is counted when its last byte has gone, which its reader may be told before. */
static void becomes(const struct served *s, const char *sample, double value)
{
	double is = 0;
	for (int i = 0; i < 40 && (is = prometheus_value(metrics(s), sample)) < value; i++)
		usleep(50000);
	if (is != value)
		FAIL("%s is %g instead of %g", sample, is, value);
}

TEST(what_is_answered_is_counted_by_what_was_asked_for_and_how_it_ended)
{
	static const struct {
		const char *path, *sample;
	} cases[] = {
		{ "/", "dinh_requests_total{class=\"page\",status=\"2xx\"}" },
		{ "/", "dinh_requests_total{class=\"page\",status=\"2xx\"}" }, /* kept */
		{ "/cong-khai.csv", "dinh_requests_total{class=\"data\",status=\"2xx\"}" },
		{ "/cong-khai.atom", "dinh_requests_total{class=\"data\",status=\"2xx\"}" },
		{ "/log/checkpoint", "dinh_requests_total{class=\"log\",status=\"2xx\"}" },
		{ "/log/tile/9/999", "dinh_requests_total{class=\"log\",status=\"4xx\"}" },
		{ "/favicon.svg", "dinh_requests_total{class=\"other\",status=\"2xx\"}" },
		{ "/nowhere", "dinh_requests_total{class=\"none\",status=\"4xx\"}" },
	};
	struct served s = serve(demo());
	for (size_t i = 0; i < LENGTH(cases); i++) {
		double before = prometheus_value(metrics(&s), cases[i].sample);
		get(&s, cases[i].path);
		becomes(&s, cases[i].sample, before + 1);
	}
	CHECK(post(&s, "/dang-nhap") >= 400);
	becomes(&s, "dinh_request_seconds_count{class=\"form\"}", 1);
	/* Who looks is counted apart, and does not stand among the pages. */
	CHECK(prometheus_value(metrics(&s), "dinh_request_seconds_count{class=\"operator\"}") > 5);
	CHECK(prometheus_value(metrics(&s), "dinh_page_cache_hits_total") >= 1);
	CHECK_INT(stop(&s), 0);
}

/* Counted, and on no list. */
static int64_t sealed_overdue(const char *dir)
{
	struct db *db = test_open(dir, DB_READ);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q =
		db_query(&tx, "SELECT COUNT(*) FROM duty y JOIN dossier d ON d.id = y.dossier"
			      " WHERE d.visibility = $1 AND y.state = $2"
			      " AND y.due_on < '2021-01-05'");
	BIND(&q, (int64_t)VISIBLE_SEALED, (int64_t)DUTY_OPEN);
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	return n;
}

TEST(what_is_said_of_the_site_is_so)
{
	const char *dir = demo();
	struct json v = verify(dir, 0);
	struct served s = serve(dir);
	struct str m = metrics(&s);
	double size = (double)json_get_int(json_get(&v, "log"), "size");
	for (int i = 0; i < 50 && prometheus_value(m, "dinh_log_queued") > 0; i++, usleep(100000))
		m = metrics(&s);
	CHECK(prometheus_value(m, "dinh_log_size") >= size);
	CHECK(prometheus_value(m, "dinh_log_signed_size") == prometheus_value(m, "dinh_log_size"));
	CHECK(prometheus_value(m, "dinh_log_queued") == 0);
	CHECK(prometheus_value(m, "dinh_log_read_only") == 0);
	CHECK(prometheus_value(m, "dinh_database_bytes") > 500000);
	CHECK(prometheus_value(m, "dinh_disk_free_bytes") > 0);
	CHECK(prometheus_value(m, "dinh_disk_size_bytes") >=
	      prometheus_value(m, "dinh_disk_free_bytes"));
	CHECK(prometheus_value(m, "process_resident_memory_bytes") > 1000000);
	CHECK(prometheus_value(m, "process_open_fds") > 5);
	CHECK(prometheus_value(m, "dinh_connections") >= 1);
	CHECK(prometheus_value(m, "dinh_requests_underway") == 1);
	/* As the list of what is overdue says. */
	struct str rest = get(&s, "/han.csv?xem=qua-han").body, line;
	int rows = -1; /* the header */
	while (rest.len && str_next(&rest, '\n', &line))
		rows += line.len > 0;
	CHECK_INT((int64_t)prometheus_value(m, "dinh_duties_overdue"), rows + sealed_overdue(dir));
	CHECK(prometheus_value(m, "dinh_verify_ok") == 1);
	must(z("backup --data %s --to %s/copy", dir, test_dir()));
	double now = (double)instant_now().ms / 1000;
	CHECK(prometheus_value(metrics(&s), "dinh_backup_timestamp_seconds") > now - 60);
	CHECK_INT(stop(&s), 0);
}

TEST(a_site_that_may_not_sign_says_so)
{
	const char *dir = demo();
	CHECK_INT(unlink(z("%s/checkpoint", dir).at), 0);
	struct served s = serve(dir);
	CHECK(prometheus_value(metrics(&s), "dinh_log_read_only") == 1);
	CHECK_INT(stop(&s), 0);
}

TEST(only_this_machine_may_look_and_only_without_a_proxy)
{
	struct served s = serve(demo());
	CHECK_INT(get(&s, "/metrics").status, 200);
	struct http_reply r =
		http_ask(test_arena(), s.port,
			 S("GET /metrics HTTP/1.1\r\nHost: a.vn\r\nX-Forwarded-For: 127.0.0.1\r\n"
			   "Connection: close\r\n\r\n"),
			 false);
	CHECK_INT(r.status, 404);
	CHECK_INT(stop(&s), 0);
}

/* Everything that can be said: the two stamps, and a witness that is never there. */
static struct str all_metrics(void)
{
	const char *dir = demo();
	verify(dir, 0);
	must(z("backup --data %s --to %s/copy", dir, test_dir()));
	struct served s = serve(dir);
	struct str m = metrics(&s);
	CHECK_INT(stop(&s), 0);
	return m;
}

TEST(the_format_is_valid_to_the_letter)
{
	prometheus_check(all_metrics());
}

/* --- Papers --- */

static bool is_witness(struct str name)
{
	return str_starts(name, S("dinh_witness_")); /* only where there are witnesses */
}

/* The names in backquotes at the beginning of the rows of a table. */
static struct strs documented(const char *path)
{
	struct strs out = { NEW_N(test_arena(), struct str, 500), 0 };
	for (struct str rest = test_file(path), line; str_next(&rest, '\n', &line);)
		if (str_starts(line, S("| `dinh_")) || str_starts(line, S("| `process_"))) {
			struct str name = str_from(line, 3);
			size_t n = 0;
			while (n < name.len && name.at[n] != '`' && name.at[n] != '{')
				n++;
			out.at[out.n++] = str_cut(name, n);
		}
	return out;
}

static bool holds(const struct strs *list, struct str name)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->at[i], name))
			return true;
	return false;
}

TEST(every_number_is_told_in_the_papers_and_no_other)
{
	static const char *const papers[] = { "docs/operating/metrics.md",
					      "docs/van-hanh/so-do.md" };
	struct strs said = prometheus_names(all_metrics());
	for (size_t p = 0; p < LENGTH(papers); p++) {
		struct strs told = documented(papers[p]);
		for (size_t i = 0; i < said.n; i++)
			if (!holds(&told, said.at[i]))
				FAIL("%s does not tell %.*s", papers[p], STR_ARG(said.at[i]));
		for (size_t i = 0; i < told.n; i++)
			if (!holds(&said, told.at[i]) && !is_witness(told.at[i]))
				FAIL("%s tells %.*s, which is not said", papers[p],
				     STR_ARG(told.at[i]));
	}
}

/* Rules that would never fire because a name was misspelt. */
TEST(the_rules_for_alerts_ask_for_numbers_that_are_said)
{
	struct strs said = prometheus_names(all_metrics());
	struct str text = test_file("docs/operating/alerts.yml");
	int rules = 0, names = 0;
	for (struct str rest = text, line; str_next(&rest, '\n', &line);) {
		rules += str_has(line, S("- alert:"));
		const char *at =
			str_has(line, S("expr:")) ? memmem(line.at, line.len, "dinh_", 5) : NULL;
		while (at) {
			size_t n = 0, left = line.len - (size_t)(at - line.at);
			while (n < left && (at[n] == '_' || (at[n] >= 'a' && at[n] <= 'z')))
				n++;
			struct str name = { at, n };
			/* A histogram is asked by its samples. */
			struct str plain = str_ends(name, S("_bucket"))  ? str_cut(name, n - 7)
					   : str_ends(name, S("_count")) ? str_cut(name, n - 6)
									 : name;
			if (!holds(&said, plain) && !holds(&said, name) && !is_witness(name))
				FAIL("%.*s", STR_ARG(line));
			names++;
			at = memmem(at + n, left - n, "dinh_", 5);
		}
	}
	CHECK(rules >= 5);
	CHECK(names >= rules);
}
