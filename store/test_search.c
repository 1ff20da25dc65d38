#include "store/search.h"

#include "tests/test_db.h"

#include <stdlib.h>
#include <string.h>

static void put(struct tx *tx, int64_t id, const char *title, const char *body, const char *codes)
{
	if (search_put(tx, id, str_of(title), str_of(body), str_of(codes)))
		FAIL("%s", tx->why);
}

static void hits_of(struct tx *tx, const struct search *s, enum search_tier tier, struct buf *out)
{
	struct query q =
		search_query(tx, s, tier, "SELECT id FROM ", " ORDER BY id DESC LIMIT 1000");

	while (db_next(&q))
		buf_printf(out, "%s%d", out->len ? " " : "", (int)col_int(&q, 0));
	if (q.err)
		FAIL("%s", tx->why);
}

/* The ids found, in order; "-" for a query without words. */
static struct str find(struct tx *tx, const char *typed, enum search_option option)
{
	struct buf ids = { .a = test_arena() };
	struct search s;

	if (!search_parse(test_arena(), str_of(typed), option, &s))
		return S("-");
	hits_of(tx, &s, SEARCH_IN_TITLE, &ids);
	hits_of(tx, &s, SEARCH_ELSEWHERE, &ids);
	return buf_str(&ids);
}

#define FOUND(typed, ids) CHECK_STR(find(tx, typed, SEARCH_WORDS), S(ids))
#define FOUND_TYPING(typed, ids) CHECK_STR(find(tx, typed, SEARCH_PREFIX), S(ids))

TEST(words_are_found_without_regard_to_case_diacritics_and_order)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	put(tx, 1, "Công khai dự toán", "Ngân sách của xã năm 2026", "");
	put(tx, 2, "Đường làng", "Hoà giải ở thôn", "");
	FOUND("DỰ TOÁN", "1");
	FOUND("toan du", "1");
	FOUND("duong", "2");
	FOUND("hòa giải", "2");
	FOUND("giai hoa", "2");
	FOUND("khai 2026", "1"); /* one word in the title, one in the body */
	FOUND("kha", "");        /* whole words only */
	FOUND("khai thon", "");
	FOUND("Đ\xC6\xB0\xE1\xBB\x9Dng", "2");
	FOUND("du\xCC\x9Bo\xCC\x9B\xCC\x80ng", "2"); /* combining spelling */
}

TEST(a_hit_in_the_title_comes_first_then_the_newest)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	put(tx, 1, "Họp thôn", "", "");
	put(tx, 2, "Khác", "họp ở thôn", "");
	put(tx, 3, "Họp ở thôn", "họp", "");
	put(tx, 4, "Họp", "thôn", "");
	FOUND("họp thôn", "3 1 4 2");
}

TEST(a_phrase_in_quotation_marks_stands_together)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	put(tx, 1, "", "nhân dân xã", "");
	put(tx, 2, "", "dân nhân xã", "");
	put(tx, 3, "xã nhân", "dân", "");
	FOUND("nhan dan", "3 2 1");
	FOUND("\"nhân dân\"", "1");
	FOUND("“nhân dân” xã", "1");
	FOUND("xã \"nhân dân", "3 2 1"); /* not closed: words */
	FOUND("\"xã nhân\" \"dân\"", "3");
	FOUND("\"\"", "-");
}

TEST(while_someone_types_the_last_word_may_go_on)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	put(tx, 1, "Tiếp công dân", "", "");
	put(tx, 2, "Tiếp nhận", "", "");
	FOUND_TYPING("tiếp cô", "1");
	FOUND_TYPING("tiep", "2 1");
	FOUND_TYPING("ti", "2 1");
	FOUND_TYPING("t", "");        /* one letter is no question yet */
	FOUND_TYPING("tiếp cô ", ""); /* the word has ended */
	FOUND_TYPING("ti công", "");  /* only the last one */
	FOUND_TYPING("\"tiếp cô\"", "");
	FOUND("tiep co", "");
}

TEST(a_code_is_found_with_and_without_its_dashes)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	put(tx, 1, "Dự toán", "", "CK-7K3Q-92MV 12/QĐ-UBND");
	put(tx, 2, "Khác", "", "CK-7K3Q-92MW");
	FOUND("CK-7K3Q-92MV", "1");
	FOUND("ck7k3q92mv", "1");
	FOUND("ck 7k3q 92mv", "1");
	FOUND("12/QĐ-UBND", "1");
	FOUND("12qdubnd", "1");
	FOUND("7K3Q", "2 1");
}

TEST(a_text_that_changes_or_goes_is_found_as_it_is_now)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	put(tx, 1, "cũ", "xưa", "");
	put(tx, 2, "cũ", "", "");
	put(tx, 1, "mới", "nay", "");
	FOUND("cu", "2");
	FOUND("xua", "");
	FOUND("moi nay", "1");
	CHECK_INT(search_remove(tx, 1), OK);
	CHECK_INT(search_remove(tx, 1), OK);
	CHECK_INT(search_remove(tx, 99), OK);
	FOUND("moi", "");
	test_commit(tx);
	if (test_on_postgres())
		return;
	struct query q = db_query(tx, "INSERT INTO search_index (search_index)"
				      " VALUES ('integrity-check')");
	CHECK_INT(db_exec(&q), OK);
}

TEST(the_index_follows_what_is_kept_and_what_is_taken_back)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	put(tx, 1, "một", "", "");
	CHECK_INT(tx_savepoint(tx), OK);
	put(tx, 2, "hai", "", "");
	put(tx, 1, "khác", "", "");
	FOUND("khac", "1"); /* a transaction finds what it has put itself */
	CHECK_INT(tx_savepoint(tx), OK);
	put(tx, 3, "ba", "", "");
	CHECK_INT(tx_savepoint_end(tx, OK), OK);
	CHECK_INT(tx_savepoint_end(tx, ERR_INVALID), ERR_INVALID);
	CHECK_INT(tx_savepoint(tx), OK);
	put(tx, 4, "bốn", "", "");
	CHECK_INT(tx_savepoint_end(tx, OK), OK);
	test_commit(tx);
	FOUND("mot", "1");
	FOUND("khac", "");
	FOUND("hai", "");
	FOUND("ba", "");
	FOUND("bon", "4");
	put(tx, 5, "năm", "", "");
	test_rollback(tx);
	FOUND("nam", "");
	CHECK_INT(search_remove(tx, 1), OK);
	test_commit(tx);
	FOUND("mot", "");
}

TEST(nothing_typed_is_ever_syntax)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	static const char *const hostile[] = {
		"title:thôn",     "thôn*",        "thôn NOT họp",       "NEAR(thôn họp)", "^thôn",
		"{title} : thôn", "thôn\" OR \"", "'; DROP TABLE unit", "a AND",          "(((",
		"\"thôn\" *",     "-thôn",        "thôn + họp",         "\\\"",           "%s%n",
	};

	put(tx, 1, "", "thôn", "");
	put(tx, 2, "title", "thôn, not near or and họp", "");
	for (size_t i = 0; i < LENGTH(hostile); i++)
		(void)find(tx, hostile[i], i % 2 ? SEARCH_PREFIX : SEARCH_WORDS);
	FOUND("title:thôn", "2"); /* two words */
	FOUND("thôn NOT họp", "2");
	FOUND("thôn OR khác", "");
	FOUND("thôn*", "2 1");
	FOUND("(((", "-");
	FOUND("", "-");
	FOUND("\xff\xfe", "-");

	/* And whatever else people type. */
	for (int i = 0; i < 2000; i++) {
		static const char signs[] =
			"ab \"'*:^(){}+-|,.\\;AND OR NOT NEAR \xC4\x91\xE2\x80\x9C";
		char text[40];
		size_t n = test_below(sizeof text);
		for (size_t k = 0; k < n; k++)
			text[k] = signs[test_below(sizeof signs - 1)];
		text[n < sizeof text ? n : n - 1] = '\0';
		(void)find(tx, text, i % 2 ? SEARCH_PREFIX : SEARCH_WORDS);
	}
}

TEST(a_very_long_question_is_cut_and_not_refused)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct buf words = { .a = test_arena() }, long_word = { .a = test_arena() };

	for (int i = 0; i < 1000; i++) {
		buf_printf(&words, "w%d ", i);
		buf_put(&long_word, S("đường"));
	}
	buf_putc(&words, '\0');
	buf_putc(&long_word, '\0');
	put(tx, 1, words.at, long_word.at, "");
	CHECK_STR(find(tx, words.at, SEARCH_WORDS), S("1"));
	CHECK_STR(find(tx, long_word.at, SEARCH_WORDS), S("1"));
}

TEST(rights_apply_before_the_limit)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct query make = db_query(tx, "CREATE TABLE may_read (id BIGINT PRIMARY KEY)");

	CHECK_INT(db_exec(&make), OK);
	for (int64_t id = 1; id <= 100; id++) {
		put(tx, id, "thôn", "", "");
		if (id % 10)
			continue;
		struct query q = db_query(tx, "INSERT INTO may_read (id) VALUES ($1)");
		BIND(&q, id);
		CHECK_INT(db_exec(&q), OK);
	}
	struct search s;
	CHECK(search_parse(test_arena(), S("thôn"), SEARCH_WORDS, &s));
	struct query q =
		search_query(tx, &s, SEARCH_IN_TITLE, "SELECT r.id FROM ",
			     " CROSS JOIN may_read AS r WHERE r.id = hit.id AND hit.id < $2"
			     " ORDER BY hit.id DESC LIMIT 3");
	struct buf ids = { .a = test_arena() };
	BIND(&q, (int64_t)90);
	while (db_next(&q))
		buf_printf(&ids, "%d ", (int)col_int(&q, 0));
	CHECK_INT(q.err, OK);
	CHECK_STR(buf_str(&ids), S("80 70 60 "));

	/* The order is the index's own: nothing is gathered to be sorted. */
	if (test_on_postgres())
		return;
	struct query plan =
		search_query(tx, &s, SEARCH_IN_TITLE, "EXPLAIN QUERY PLAN SELECT r.id FROM ",
			     " CROSS JOIN may_read AS r WHERE r.id = hit.id AND hit.id < $2"
			     " ORDER BY hit.id DESC LIMIT 3");
	BIND(&plan, (int64_t)90);
	while (db_next(&plan))
		CHECK(!str_has(col_str(&plan, 3), S("TEMP B-TREE")));
	CHECK_INT(plan.err, OK);
}

/* Engines may answer in two ways, by how often words stand together. */
TEST(words_that_often_stand_together_and_words_that_seldom_do_are_found_alike)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct buf often = { .a = test_arena() }, seldom = { .a = test_arena() };

	for (int64_t id = 1; id <= 100; id++)
		put(tx, id, "Nghị quyết", id % 10 ? "họp thôn" : "họp xã", "");
	for (int64_t id = 100; id >= 1; id--)
		buf_printf(id % 10 ? &often : &seldom, "%s%d",
			   (id % 10 ? &often : &seldom)->len ? " " : "", (int)id);
	CHECK_STR(find(tx, "thôn họp", SEARCH_WORDS), buf_str(&often));
	CHECK_STR(find(tx, "\"họp thôn\" nghị", SEARCH_WORDS), buf_str(&often));
	CHECK_STR(find(tx, "xã họp", SEARCH_WORDS), buf_str(&seldom));
	CHECK_STR(find(tx, "\"họp xã\"", SEARCH_WORDS), buf_str(&seldom));
	FOUND("thôn xã", "");
}

/* The corpus writes line breaks as two characters. */
static struct str unescape(struct str text)
{
	struct buf b = { .a = test_arena() };

	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == '\\' && i + 1 < text.len && text.at[i + 1] == 'n') {
			buf_putc(&b, '\n');
			i++;
		} else {
			buf_putc(&b, text.at[i]);
		}
	return buf_str(&b);
}

static size_t cells(struct str line, struct str *out, size_t most)
{
	size_t n = 0;

	for (struct str rest = line, cell; n < most && str_next(&rest, '\t', &cell);)
		out[n++] = cell;
	return n;
}

static int64_t count_hits(struct tx *tx, struct str typed)
{
	struct search s;
	int64_t n = 0;

	CHECK(search_parse(test_arena(), typed, SEARCH_WORDS, &s));
	for (int tier = SEARCH_IN_TITLE; tier <= SEARCH_ELSEWHERE; tier++) {
		struct query q =
			search_query(tx, &s, (enum search_tier)tier, "SELECT count(*) FROM ", "");
		CHECK_INT(db_one(&q), OK);
		n += col_int(&q, 0);
	}
	return n;
}

TEST(real_vietnamese_texts_are_found_exactly)
{
	if (test_on_postgres() && !getenv("TORTURE"))
		SKIP("nine megabytes take PostgreSQL minutes: ./dev torture");
	struct str corpus = test_shared("data/text/corpus.tsv"), line;
	struct str queries = test_shared("data/text/queries.tsv");
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct str cell[5];
	int checked = 0;

	str_next(&corpus, '\n', &line);
	while (str_next(&corpus, '\n', &line)) {
		int64_t id;
		if (cells(line, cell, 4) < 4)
			continue;
		CHECK(str_int(cell[0], &id));
		CHECK_INT(search_put(tx, id, cell[2], unescape(cell[3]), S("")), OK);
	}
	str_next(&queries, '\n', &line);
	while (str_next(&queries, '\n', &line)) {
		int64_t all, phrase;
		if (cells(line, cell, 5) < 5)
			continue;
		CHECK(str_int(cell[2], &all) && str_int(cell[3], &phrase));
		struct str quoted = str_printf(test_arena(), "\"%.*s\"", STR_ARG(cell[0]));
		int64_t found = count_hits(tx, cell[0]), found_phrase = count_hits(tx, quoted);
		if (found != all || found_phrase != phrase)
			FAIL("%.*s: %d and %d found, should be %d and %d", STR_ARG(cell[0]),
			     (int)found, (int)found_phrase, (int)all, (int)phrase);
		checked++;
	}
	CHECK(checked > 50);
}
