/* Pages and messages from their sources to the bytes a reader gets. */
#include "gen/sample_pages.h"

#include "tests/test.h"

static const struct reply replies[] = {
	{ .author = S_INIT("An"), .body = { S_INIT("<b>1</b>") }, .link = { S_INIT("/a?b=1&c") } },
	{ .author = S_INIT("Bình"),
	  .body = { S_INIT("2") },
	  .link = { S_INIT("/b") },
	  .official = true },
};

static struct topic_page topic(void)
{
	return (struct topic_page){
		.title = S("<script>'&\""),
		.label = MSG_TOPIC_TITLE,
		.closes = test_date("2026-11-25"),
		.seen = test_instant("2026-11-26T17:00"),
		.views = 4360,
		.replies = { replies, LENGTH(replies) },
		.list = { S("/doi-thoai") },
		.page = 3,
	};
}

static struct str render(enum lang lang, const struct topic_page *v)
{
	struct page out = { .body = { .a = test_arena() }, .lang = lang };
	sample_topic(&out, v);
	return buf_str(&out.body);
}

TEST(a_page_in_vietnamese_is_written_to_the_byte)
{
	struct topic_page v = topic();
	v.open = true;
	CHECK_STR(render(LANG_VI, &v), test_file("tests/sample/topic.vi.html"));
}

TEST(a_page_in_english_is_written_to_the_byte)
{
	struct topic_page v = topic();
	CHECK_STR(render(LANG_EN, &v), test_file("tests/sample/topic.en.html"));
	v.views = 1;
	v.closes = NO_DATE;
	CHECK(str_has(render(LANG_EN, &v), S("<hr>\n")));
	CHECK(str_has(render(LANG_EN, &v), S("<p>1 reply (87.5%) in 2026: ")));
	CHECK(str_has(render(LANG_EN, &v), S("<time datetime=\"\"></time>")));
}

TEST(no_value_can_leave_its_place)
{
	static const struct str nasty[] = {
		S_INIT("\"><script>"),
		S_INIT("' onclick='x"),
		S_INIT("&quot;"),
		S_INIT("</title>"),
	};
	for (size_t i = 0; i < LENGTH(nasty); i++) {
		struct topic_page v = topic(), plain = topic();
		v.title = nasty[i];
		plain.title = S("x");
		for (int lang = LANG_VI; lang < LANGS; lang++) {
			size_t signs[2][3] = { 0 };
			struct str pages[] = { render(lang, &v), render(lang, &plain) };
			for (int p = 0; p < 2; p++) {
				for (size_t at = 0; at < pages[p].len; at++) {
					signs[p][0] += pages[p].at[at] == '<';
					signs[p][1] += pages[p].at[at] == '>';
					signs[p][2] += pages[p].at[at] == '"';
				}
			}
			for (int sign = 0; sign < 3; sign++)
				CHECK_INT((int64_t)signs[0][sign], (int64_t)signs[1][sign]);
			CHECK(!str_has(pages[0], S("'")));
		}
	}
}
