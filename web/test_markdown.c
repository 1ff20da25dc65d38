#include "tests/test.h"
#include "web/markdown.h"

#include <time.h>

static struct str html(struct str text)
{
	struct html out;

	markdown_html(test_arena(), text, &out);
	return out.s;
}

static struct str plain(struct str text)
{
	return markdown_text(test_arena(), text);
}

TEST(words_lists_and_headings_become_elements)
{
	CHECK_STR(html(S("Một *hai* **ba** `bốn`")),
		  S("<p>Một <em>hai</em> <strong>ba</strong> <code>bốn</code></p>\n"));
	CHECK_STR(html(S("- một\n- hai")), S("<ul>\n<li>một</li>\n<li>hai</li>\n</ul>\n"));
	CHECK_STR(html(S("3. ba\n\n4. bốn")),
		  S("<ol start=\"3\">\n<li><p>ba</p>\n</li>\n<li><p>bốn</p>\n</li>\n</ol>\n"));
	CHECK_STR(html(S("> trích\n\n---\n\n    mã <b>")),
		  S("<blockquote>\n<p>trích</p>\n</blockquote>\n<hr>\n"
		    "<pre><code>mã &lt;b&gt;\n</code></pre>\n"));
	CHECK_STR(html(S("")), S(""));
}

TEST(headings_stand_below_the_heading_of_the_page)
{
	CHECK_STR(html(S("# a\n## b\n### c\n###### d")),
		  S("<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n<h4>d</h4>\n"));
}

TEST(a_new_line_stays_a_new_line)
{
	CHECK_STR(html(S("Kính gửi xã\nTôi tên là A")),
		  S("<p>Kính gửi xã<br>\nTôi tên là A</p>\n"));
}

TEST(markup_of_strangers_is_shown_as_text)
{
	CHECK_STR(html(S("a <b onclick=x>b</b> <script>")),
		  S("<p>a &lt;b onclick=x&gt;b&lt;/b&gt; &lt;script&gt;</p>\n"));
	CHECK_STR(html(S("<script>alert(1)</script>")),
		  S("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"));
	CHECK_STR(html(S("```\"><script>\nx\n```")), S("<pre><code>x\n</code></pre>\n"));
}

TEST(links_lead_only_where_links_may)
{
	CHECK_STR(html(S("[a](https://ninhbinh.gov.vn/?a=1&b=2)")),
		  S("<p><a href=\"https://ninhbinh.gov.vn/?a=1&amp;b=2\" rel=\"nofollow noopener\">"
		    "a</a></p>\n"));
	CHECK_STR(html(S("[a](/ho-so/CK-7K3Q-92MV) [b](#b) <mailto:a@b.vn>")),
		  S("<p><a href=\"/ho-so/CK-7K3Q-92MV\" rel=\"nofollow noopener\">a</a> "
		    "<a href=\"#b\" rel=\"nofollow noopener\">b</a> "
		    "<a href=\"mailto:a@b.vn\" rel=\"nofollow noopener\">mailto:a@b.vn</a></p>\n"));
}

TEST(a_figure_leads_to_a_record_by_its_code)
{
	CHECK_STR(html(S("[4.360](CK-7K3Q-92MV) [5](ck-7k3q-92mv)")),
		  S("<p><a href=\"/ho-so/CK-7K3Q-92MV\" rel=\"nofollow noopener\">4.360</a> "
		    "<a href=\"/ho-so/CK-7K3Q-92MV\" rel=\"nofollow noopener\">5</a></p>\n"));
	CHECK_STR(html(S("[4.360](CK-7K3Q-92MW)")), S("<p>4.360</p>\n")); /* a slip is no link */
}

TEST(links_that_lead_elsewhere_leave_their_words)
{
	static const char *const targets[] = {
		"javascript:alert(1)",
		"JaVaScRiPt:alert(1)",
		"&#106;avascript:alert(1)",
		"data:text/html,x",
		"//evil.example",
		"/\\\\evil.example",
		"vbscript:x",
		"ftp://a",
		"a.html",
		"file:///etc",
		"<java script:a>",
		"<java&#9;script:a>",
		"<&#1;javascript:a>",
		"/%5C&#92;evil",
		"</\"onclick=\"x>",
	};

	for (size_t i = 0; i < LENGTH(targets); i++)
		CHECK_STR(html(str_printf(test_arena(), "x [a](%s) y", targets[i])),
			  S("<p>x a y</p>\n"));
}

TEST(a_picture_becomes_its_description)
{
	CHECK_STR(html(S("![ảnh *cống*](https://x.vn/a.png)")), S("<p>ảnh <em>cống</em></p>\n"));
}

TEST(broken_text_becomes_replacement_signs)
{
	CHECK_STR(html(S("a\xFF\xC0 b")), S("<p>a\uFFFD\uFFFD b</p>\n"));
}

TEST(deep_nesting_is_flattened)
{
	struct buf b = { .a = test_arena() };
	size_t quotes = 0, marks = 0;

	for (int i = 0; i < 1000; i++)
		buf_put(&b, S("> "));
	buf_put(&b, S("đáy\n\n"));
	for (int i = 0; i < 100; i++)
		buf_printf(&b, "%*s- a\n", 2 * i, "");
	for (int i = 0; i < 100; i++)
		buf_put(&b, i % 2 ? S("\n\n**a ") : S("*b "));
	for (int i = 0; i < 100; i++)
		buf_put(&b, i % 2 ? S(" b*") : S(" a**"));
	struct str out = html(buf_str(&b));
	for (size_t i = 0; i < out.len; i++) {
		quotes += str_starts(str_from(out, i), S("<blockquote>"));
		marks += str_starts(str_from(out, i), S("<em><em>"));
	}
	CHECK_INT((int64_t)quotes, 16);
	CHECK_INT((int64_t)marks, 0);
	CHECK(str_has(out, S("đáy")));
}

TEST(plain_text_has_no_marks)
{
	CHECK_STR(plain(S("# Họp thôn\n\nMời *bà con* dự [họp](https://x.vn) & góp ý.\n\n"
			  "- một\n- hai\n\n1. a\n2. b\n\n<b>x</b>\n\n    mã\n\n> trích")),
		  S("Họp thôn\nMời bà con dự họp & góp ý.\nmột\nhai\n1. a\n2. "
		    "b\n<b>x</b>\nmã\ntrích"));
}

TEST(a_text_beyond_the_limit_is_shown_as_paragraphs)
{
	struct buf b = { .a = test_arena() };

	while (b.len <= MARKDOWN_MAX)
		buf_put(&b, S("*một* <b>\nhai\n\n"));
	struct str out = html(buf_str(&b));
	CHECK(str_starts(out, S("<p>*một* &lt;b&gt;<br>\nhai</p>\n<p>")));
	CHECK(str_ends(out, S("hai</p>\n")));
	CHECK(str_starts(plain(buf_str(&b)), S("*một* <b>\nhai\n*một*")));
}

TEST(an_address_repeated_a_thousand_times_does_not_fill_the_memory)
{
	for (size_t size = 8000; size < MARKDOWN_MAX; size *= 3) {
		struct buf b = { .a = test_arena() };
		buf_put(&b, S("[a]: /"));
		while (b.len < size / 2)
			buf_put(&b, S("dài"));
		buf_put(&b, S("\n\n"));
		while (b.len + 10 < size)
			buf_put(&b, S("[a]"));
		CHECK(html(buf_str(&b)).len < (size_t)8 << 20);
	}
	CHECK_STR(html(S("[a]\n\n[a]: /b")),
		  S("<p><a href=\"/b\" rel=\"nofollow noopener\">a</a></p>\n"));
}

/* Texts that make careless parsers take quadratic time (from the pathological tests of cmark). */
TEST(no_text_within_the_limit_takes_long)
{
	static const char *const pieces[] = {
		"[",      "![",   "> ",        "*a ",   "_a ",       "**a *a ",  "[a](",
		"[a](b",  "<!--", "<?",        "`a ``", "[[]",       "- ",       "1. ",
		"&",      "\\",   "<a ",       "a\n",   "|",         "![[]()",   "[a]: b\n",
		"* * ",   "<<",   "<a@",       "[a][",  "***",       "~~~\n",    "a**b",
		"c* d",   "\t",   "]",         "<!A ",  "<![CDATA[", "[]: \n",   "*_",
		"**_*__", " - ",  "<a href='", "\"",    "![a](<b",   "[a](b \"",
	};

	for (size_t i = 0; i < LENGTH(pieces); i++) {
		struct buf b = { .a = test_arena() };
		while (b.len + 20 < MARKDOWN_MAX)
			buf_put(&b, str_of(pieces[i]));
		clock_t begun = clock();
		html(buf_str(&b));
		long ms = (long)((clock() - begun) * 1000 / CLOCKS_PER_SEC);
		if (ms >= 3000)
			FAIL("%s: %ld ms", pieces[i], ms);
	}
}
