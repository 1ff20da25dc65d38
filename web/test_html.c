/* Whatever a value holds, what is written is well-formed text that stays inside its place. */
#include "web/html.h"

#include "base/utf8.h"
#include "tests/test.h"

#include <string.h>

static struct page *new_page(enum lang lang)
{
	struct page *p = NEW(test_arena(), struct page);
	p->body.a = test_arena();
	p->lang = lang;
	return p;
}

static struct str escaped(struct str text)
{
	return html_of(test_arena(), text).s;
}

TEST(the_five_signs_of_markup_are_escaped)
{
	CHECK_STR(escaped(S("<a href=\"x\">'&'</a>")),
		  S("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"));
	CHECK_STR(escaped(S("")), S(""));
	CHECK_STR(escaped(S("Nghị quyết số 01 – “tốt” 👍")), S("Nghị quyết số 01 – “tốt” 👍"));
}

TEST(broken_utf8_becomes_the_replacement_sign)
{
	CHECK_STR(escaped(S("a\xff")), S("a\xef\xbf\xbd"));
	CHECK_STR(escaped(S("\xe1\xba")), S("\xef\xbf\xbd\xef\xbf\xbd")); /* cut short */
	CHECK_STR(escaped(S("\xc0\xbc")), S("\xef\xbf\xbd\xef\xbf\xbd")); /* overlong '<' */
	CHECK_STR(escaped(S("\xed\xa0\x80")),
		  S("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd")); /* surrogate */
	CHECK_STR(escaped(S("\xf4\x90\x80\x80<")),
		  S("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd&lt;"));
	CHECK_STR(escaped((struct str){ "a\0b", 3 }), S("a\xef\xbf\xbd"
							"b"));
}

TEST(no_bytes_at_all_leave_their_place)
{
	for (int round = 0; round < 2000; round++) {
		char bytes[40];
		static const char likely[] = "<>\"'&\xc3\xa1\xe1\xba\xbf\xf0\x9f\x91\x8d\xed\xa0";
		size_t n = test_below(sizeof bytes);
		for (size_t i = 0; i < n; i++)
			bytes[i] = test_below(2) ? likely[test_below(sizeof likely - 1)]
						 : (char)test_random();
		struct str out = escaped((struct str){ bytes, n });
		CHECK(utf8_valid(out));
		for (size_t i = 0; i < out.len; i++)
			CHECK(!memchr("<>\"'", out.at[i], 4));
	}
}

TEST(people_read_grouped_numbers_and_machines_plain_ones)
{
	struct page *p = new_page(LANG_VI);
	html_text(p, 4360);
	html_raw(p, " ", 1);
	html_text(p, (size_t)1234567);
	html_raw(p, " ", 1);
	html_attr(p, (int64_t)-4360);
	html_raw(p, " ", 1);
	html_attr(p, UINT64_MAX);
	CHECK_STR(buf_str(&p->body), S("4.360 1.234.567 -4360 18446744073709551615"));
}

TEST(dates_are_short_for_people_and_iso_for_machines)
{
	struct page *p = new_page(LANG_EN);
	html_text(p, test_date("2026-11-25"));
	html_attr(p, test_date("2026-11-25"));
	html_text(p, test_instant("2026-11-25T17:00"));
	html_attr(p, test_instant("2026-11-25T17:00"));
	html_text(p, NO_DATE);
	html_attr(p, NO_DATE);
	CHECK_STR(buf_str(&p->body),
		  S("25/11/20262026-11-2525/11/2026, 17:002026-11-25T17:00+07:00"));
}

TEST(a_message_is_escaped_after_its_arguments_are_in_it)
{
	struct page *p = new_page(LANG_EN);
	html_raw(p, "<p>", 3);
	buf_put(html_msg_begin(p), S("Tom & Jerry <b>\xff"));
	html_msg_end(p);
	html_raw(p, "</p>", 4);
	CHECK_STR(buf_str(&p->body), S("<p>Tom &amp; Jerry &lt;b&gt;\xef\xbf\xbd</p>"));
}
