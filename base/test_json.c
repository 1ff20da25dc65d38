#include "base/json.h"
#include "tests/test.h"

#include <string.h>

static struct json read_tree(const char *text)
{
	struct json j;
	struct str why = S("");

	if (!json_parse(test_arena(), str_of(text), &j, &why))
		FAIL("%s: %.*s", text, STR_ARG(why));
	return j;
}

static struct str refused(struct str text)
{
	struct json j;
	struct str why = S("");

	if (json_parse(test_arena(), text, &j, &why))
		FAIL("accepted: %.*s", STR_ARG(text));
	return why;
}

TEST(a_tree_holds_what_was_written)
{
	struct json j = read_tree(" {\"a\" : [1, -2, 3.5e+2, \"\"], \"b\":{\"c\":null},"
				  "\"d\":true,\n\"e\":false, \"f\":\"2026-11-25\"} ");
	const struct json *a = json_get(&j, "a");

	CHECK_INT(j.count, 5);
	CHECK_INT(a->count, 4);
	CHECK_INT(a->items[0].n, 1);
	CHECK_INT(a->items[1].n, -2);
	CHECK_INT(a->items[2].kind, J_REAL);
	CHECK_STR(a->items[3].s, S(""));
	CHECK_INT(json_get(json_get(&j, "b"), "c")->kind, J_NULL);
	CHECK(json_get_bool(&j, "d") && !json_get_bool(&j, "e"));
	CHECK_INT(json_get_date(&j, "f").days, test_date("2026-11-25").days);
	CHECK_INT(json_get(&j, "g")->kind, J_NULL);
	CHECK_INT(json_get(a, "a")->kind, J_NULL);
	CHECK_INT(read_tree("0").n, 0);
	CHECK_INT(read_tree("-9223372036854775808").n, INT64_MIN);
	CHECK_INT(read_tree("[]").count, 0);
	CHECK_INT(read_tree("{}").count, 0);
}

TEST(escapes_become_the_signs_they_stand_for)
{
	struct json j =
		read_tree("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u1ed9\\uD83D\\uDE00 Đình\"");

	CHECK_STR(j.s, S("\"\\/\b\f\n\r\tAộ\xF0\x9F\x98\x80 Đình"));
}

TEST(what_is_no_json_is_refused)
{
	static const char *const bad[] = {
		"",
		" ",
		"nul",
		"True",
		"01",
		"-",
		"-01",
		"1.",
		".5",
		"1e",
		"+1",
		"0x1",
		"[1,]",
		"[,1]",
		"[1 2]",
		"{\"a\":1,}",
		"{\"a\"}",
		"{a:1}",
		"{\"a\" 1}",
		"[1]]",
		"1 2",
		"\"",
		"\"\\\"",
		"\"\\x\"",
		"\"\\u12\"",
		"\"\\uD800\"",
		"\"\\uDC00\"",
		"\"\\uD800\\u0041\"",
		"\"\\u0000\"",
		"\"a\nb\"",
		"\"a\tb\"",
		"[",
		"{",
		"{\"a\":",
		"'a'",
		"NaN",
		"Infinity",
		"9223372036854775808",
		"-9223372036854775809",
		"\xEF\xBB\xBF{}",
		"\"\xC3\"",
		"\"\xED\xA0\x80\"",
		"[1}",
		"{\"a\":1]",
		"\"\\",
		"//\n1",
	};

	for (size_t i = 0; i < LENGTH(bad); i++)
		refused(str_of(bad[i]));
	refused((struct str){ "1\0", 2 });
	refused((struct str){ "\"a\0b\"", 5 });
}

TEST(a_key_that_stands_twice_is_refused_among_few_and_many)
{
	struct buf b = { .a = test_arena() };

	refused(S("{\"a\":1,\"b\":2,\"a\":3}"));
	refused(S("{\"a\":1,\"\\u0061\":2}"));
	read_tree("{\"a\":{\"a\":1},\"b\":{\"a\":1}}");
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "%c\"key%d\":%d", i ? ',' : '{', i * 7919 % 1000, i);
	struct str open = buf_str(&b);
	struct json j = read_tree(str_printf(test_arena(), "%.*s}", STR_ARG(open)).at);
	CHECK_INT(j.count, 1000);
	CHECK_STR(j.members[1].key, S("key919"));
	refused(str_printf(test_arena(), "%.*s,\"key500\":0}", STR_ARG(open)));
}

TEST(trees_are_at_most_64_deep)
{
	char text[131] = "";

	memset(text, '[', 64);
	memset(text + 64, ']', 64);
	read_tree(text);
	memset(text, '[', 65);
	memset(text + 65, ']', 65);
	refused(str_of(text));
}

TEST(a_refusal_says_where)
{
	CHECK_STR(refused(S("{\"a\":\"\\n\\n\",\n \"b\":x}")),
		  S("line 2, column 6: no value stands here"));
	CHECK_STR(refused(S("[1,2")), S("line 1, column 5: a comma or ] is missing"));
}

/* The text may go once it was read. */
TEST(a_tree_outlives_its_text)
{
	char text[] = "{\"key\":\"value\"}";
	struct json j = read_tree(text);

	memset(text, '!', sizeof text - 1);
	CHECK_STR(json_get_str(&j, "key"), S("value"));
}
