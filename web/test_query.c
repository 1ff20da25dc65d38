#include "web/query.h"

#include "tests/test.h"

static struct str canonical(const char *query)
{
	char out[QUERY_MAX];
	int n = query_canonical(str_of(query), out, sizeof out);
	return n < 0 ? S("refused") : str_dup(test_arena(), (struct str){ out, (size_t)n });
}

static struct str path(const char *raw)
{
	char out[QUERY_MAX];
	int n = path_canonical(str_of(raw), out, sizeof out);
	return n < 0 ? S("refused") : str_dup(test_arena(), (struct str){ out, (size_t)n });
}

TEST(one_filter_has_one_address_however_it_was_typed)
{
	CHECK_STR(canonical(""), S(""));
	CHECK_STR(canonical("nam=2020&don-vi=14431"), S("don-vi=14431&nam=2020"));
	CHECK_STR(canonical("q=d%e1%bb%b1+to%c3%a1n&nam="), S("q=d%E1%BB%B1%20to%C3%A1n"));
	CHECK_STR(canonical("a=2&&a=1&b"), S("a=2&a=1"));
	CHECK_STR(canonical("a=1=2"), S("a=1%3D2"));
}

TEST(what_no_browser_sends_is_refused)
{
	static const char *const bad[] = { "a=%",   "a=%4", "a=%zz",       "a=%00",   "a=%0a",
					   "a=%ff", "=1",   "a=%ed%a0%80", "a=%c0%af" };
	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK_STR(canonical(bad[i]), S("refused"));
}

TEST(too_many_or_too_long_pairs_are_refused)
{
	struct buf many = { .a = test_arena() }, big = many;
	for (int i = 0; i < QUERY_PAIRS_MAX + 1; i++)
		buf_put(&many, S("a=1&"));
	for (int i = 0; i < QUERY_MAX; i++)
		buf_putc(&big, 'a');
	CHECK_STR(canonical(str_z(test_arena(), buf_str(&many))), S("refused"));
	CHECK_STR(canonical(str_z(test_arena(), buf_str(&big))),
		  S("")); /* a name without a value */
	buf_put(&big, S("=1"));
	CHECK_STR(canonical(str_z(test_arena(), buf_str(&big))), S("refused"));
}

TEST(a_path_cannot_leave_its_folder)
{
	static const char *const bad[] = { "",        "a",           "//",  "/a//b",  "/..",
					   "/a/../b", "/a/%2e%2e/b", "/.",  "/a%2fb", "/a%5cb",
					   "/a%00",   "/a%0d%0ab",   "/%ff" };
	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK_STR(path(bad[i]), S("refused"));
	CHECK_STR(path("/"), S("/"));
	CHECK_STR(path("/ho-so/CK-7K3Q-92MV"), S("/ho-so/CK-7K3Q-92MV"));
	CHECK_STR(path("/h%6f-so/"), S("/ho-so/"));
	CHECK_STR(path("/%C3%AA"), S("/%C3%AA"));
}

TEST(pairs_keep_their_order_and_their_line_breaks_only_in_forms)
{
	struct pairs p;
	CHECK(pairs_parse(test_arena(), S("a=1&b=x%0D%0Ay&a=2"), true, 10, &p));
	CHECK_INT(p.n, 3);
	CHECK_STR(pairs_get(&p, S("b")), S("x\r\ny"));
	CHECK_STR(pairs_get(&p, S("c")), S(""));
	struct strs all = pairs_all(test_arena(), &p, S("a"));
	CHECK_INT(all.n, 2);
	CHECK_STR(all.at[1], S("2"));
	CHECK(!pairs_parse(test_arena(), S("b=x%0Ay"), false, 10, &p));
	CHECK(!pairs_parse(test_arena(), S("a=1&b=2&c=3"), true, 2, &p));
}

TEST(canonical_text_is_its_own_canonical)
{
	static const char signs[] = "ab%2Fe1BBb1&=+.~/?;";
	for (int round = 0; round < 3000; round++) {
		char raw[40], once[QUERY_MAX], twice[QUERY_MAX];
		size_t n = test_below(sizeof raw);
		for (size_t i = 0; i < n; i++)
			raw[i] = signs[test_below(sizeof signs - 1)];
		int a = query_canonical((struct str){ raw, n }, once, sizeof once);
		if (a < 0)
			continue;
		int b = query_canonical((struct str){ once, (size_t)a }, twice, sizeof twice);
		CHECK_INT(b, a);
		CHECK_STR(((struct str){ twice, (size_t)b }), ((struct str){ once, (size_t)a }));
	}
}
