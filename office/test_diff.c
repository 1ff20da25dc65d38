#include "office/diff.h"
#include "tests/test.h"

/* "same[-removed-]{+added+}" */
static struct str shown(struct str before, struct str after)
{
	static const char *const open[] = { "", "[-", "{+" }, *const close[] = { "", "-]", "+}" };
	struct buf b = { .a = test_arena() };
	struct diff d;

	diff_texts(test_arena(), before, after, &d);
	for (size_t i = 0; i < d.n; i++)
		buf_printf(&b, "%s%.*s%s", open[d.at[i].what], STR_ARG(d.at[i].text),
			   close[d.at[i].what]);
	return buf_str(&b);
}

static void check_promises(struct str before, struct str after)
{
	struct buf x = { .a = test_arena() }, y = { .a = test_arena() };
	struct diff d;

	diff_texts(test_arena(), before, after, &d);
	for (size_t i = 0; i < d.n; i++) {
		CHECK(d.at[i].text.len > 0);
		CHECK(!i || d.at[i].what != d.at[i - 1].what);
		CHECK(!i || d.at[i].what != DIFF_REMOVED || d.at[i - 1].what != DIFF_ADDED);
		if (d.at[i].what != DIFF_ADDED)
			buf_put(&x, d.at[i].text);
		if (d.at[i].what != DIFF_REMOVED)
			buf_put(&y, d.at[i].text);
	}
	CHECK_STR(buf_str(&x), before);
	CHECK_STR(buf_str(&y), after);
}

TEST(equal_texts_have_no_difference)
{
	struct diff d;

	diff_texts(test_arena(), S("một\nhai\n"), S("một\nhai\n"), &d);
	CHECK_INT((int64_t)d.n, 1);
	CHECK_INT(d.at[0].what, DIFF_SAME);
	diff_texts(test_arena(), S(""), S(""), &d);
	CHECK_INT((int64_t)d.n, 0);
}

TEST(a_changed_word_is_shown_within_its_line)
{
	CHECK_STR(shown(S("Mức đóng góp: 200.000 đồng một hộ."),
			S("Mức đóng góp: 150.000 đồng một hộ.")),
		  S("Mức đóng góp: [-200-]{+150+}.000 đồng một hộ."));
	CHECK_STR(shown(S("Họp tại nhà văn hóa thôn vào buổi sáng"),
			S("Họp tại nhà văn hóa xã vào buổi tối")),
		  S("Họp tại nhà văn hóa [-thôn-]{+xã+} vào buổi [-sáng-]{+tối+}"));
}

TEST(neighbouring_words_change_together)
{
	CHECK_STR(shown(S("Giao ban chỉ đạo lập dự toán trước ngày họp"),
			S("Giao trưởng thôn kiểm lập dự toán trước ngày họp")),
		  S("Giao [-ban chỉ đạo-]{+trưởng thôn kiểm+} lập dự toán trước ngày họp"));
}

TEST(lines_that_have_nothing_in_common_are_replaced_whole)
{
	CHECK_STR(shown(S("đầu\nMột hai ba bốn\ncuối\n"), S("đầu\nNăm sáu bảy tám\ncuối\n")),
		  S("đầu\n[-Một hai ba bốn\n-]{+Năm sáu bảy tám\n+}cuối\n"));
}

TEST(an_inserted_line_leaves_the_others_alone)
{
	CHECK_STR(shown(S("a\nb\n"), S("a\nx\nb\n")), S("a\n{+x\n+}b\n"));
	CHECK_STR(shown(S("a\nx\nb\n"), S("a\nb\n")), S("a\n[-x\n-]b\n"));
	CHECK_STR(shown(S(""), S("a\n")), S("{+a\n+}"));
	CHECK_STR(shown(S("a"), S("")), S("[-a-]"));
}

static struct str random_text(void)
{
	static const char *const words[] = { "xã", "thôn", "dân", "biết", "bàn", " ",  " ",
					     "\n", "\n",   ",",   ".",    "12",  "họp" };
	struct buf b = { .a = test_arena() };

	for (uint64_t n = test_below(120); n; n--)
		buf_put(&b, str_of(words[test_below(LENGTH(words))]));
	return buf_str(&b);
}

static struct str random_edit(struct str s)
{
	size_t from = (size_t)test_below(s.len + 1), n = (size_t)test_below(s.len - from + 1) / 2;
	struct str put = test_below(2) ? S("mới ") : S("");

	return str_printf(test_arena(), "%.*s%.*s%.*s", (int)from, s.at, STR_ARG(put),
			  (int)(s.len - from - n), s.at + from + n);
}

TEST(applying_a_difference_gives_the_new_text)
{
	for (int i = 0; i < 3000; i++) {
		struct str before = random_text();
		struct str after = random_text();
		if (i % 2) {
			after = before;
			for (uint64_t n = test_below(5); n; n--)
				after = random_edit(after);
		}
		check_promises(before, after);
	}
}

TEST(texts_too_different_or_too_large_are_replaced_whole)
{
	struct buf x = { .a = test_arena() }, y = { .a = test_arena() };

	for (int i = 0; i < 60000; i++) {
		buf_printf(&x, "%d a\n", i);
		buf_printf(&y, "%d b\n", i);
	}
	check_promises(buf_str(&x), buf_str(&y));
	while (x.len <= (size_t)1 << 20)
		buf_put(&x, S("thêm một dòng nữa cho đủ dài\n"));
	check_promises(buf_str(&x), buf_str(&y));
}

TEST(one_long_line_of_other_words_stays_within_the_limits)
{
	struct buf x = { .a = test_arena() }, y = { .a = test_arena() };

	for (int i = 0; i < 20000; i++) {
		buf_printf(&x, "%d ", i);
		buf_printf(&y, "%d ", 3 * i + 1);
	}
	check_promises(buf_str(&x), buf_str(&y));
}
