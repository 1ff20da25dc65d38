/* The words of a comment: what is counted, what is cleaned, what a rule sees. */
#include "base/utf8.h"
#include "office/comment_text.h"
#include "tests/test.h"

static size_t length(const char *typed)
{
	return utf8_length(test_arena(), comment_clean(test_arena(), str_of(typed)));
}

TEST(signs_are_counted_as_people_see_them_whichever_way_a_keyboard_spells_them)
{
	CHECK_INT(length("Tiếng Việt"), 10);                                 /* precomposed */
	CHECK_INT(length("Tie\xcc\x82\xcc\x81ng Vie\xcc\xa3\xcc\x82t"), 10); /* letter and marks */
	CHECK_INT(length("Vie\xcc\x82\xcc\xa3t"), 4); /* marks the other way round */
	CHECK_INT(length("\xf0\x9f\x91\x8d"), 1);     /* one code point, two UTF-16 units */
	CHECK_INT(
		length("\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"),
		5);
	CHECK_INT(length("x\xcc\xa3"), 2); /* no letter of its own: two code points also in NFC */
	CHECK_INT(length("đ"), 1);
}

TEST(a_line_break_is_one_sign_however_it_was_sent)
{
	CHECK_INT(length("a\r\nb"), 3);
	CHECK_INT(length("a\nb"), 3);
	CHECK_INT(length("a\rb"), 3);
	CHECK_INT(length("a\r\n\r\nb"), 4);
	CHECK_INT(length("a\n\rb"), 4);
	CHECK_STR(comment_clean(test_arena(), S("một\r\nhai\rba")), S("một\nhai\nba"));
}

TEST(five_hundred_signs_are_five_hundred_in_either_spelling)
{
	struct buf nfc = { .a = test_arena() }, nfd = { .a = test_arena() };
	for (int i = 0; i < COMMENT_MOST; i++) {
		buf_put(&nfc, S("ộ"));
		buf_put(&nfd, S("o\xcc\x82\xcc\xa3"));
	}
	struct str x = comment_clean(test_arena(), buf_str(&nfc));
	struct str y = comment_clean(test_arena(), buf_str(&nfd));
	CHECK_INT(utf8_length(test_arena(), x), COMMENT_MOST);
	CHECK(str_eq(x, y));
}

TEST(only_white_space_of_any_script_is_empty)
{
	static const char *const blank[] = {
		"",
		" ",
		"\n\r\n\t ",
		"\xc2\xa0",
		"\xe3\x80\x80 \xe2\x80\x83",
		"\xe2\x80\x8b",
		"\xef\xbb\xbf",
		"\xe2\x80\xae \xe2\x81\xa9",
		"\xe2\xa0\x80",
		"\xe3\x85\xa4",
		"\xe2\x80\xa8",
	};
	for (size_t i = 0; i < LENGTH(blank); i++)
		if (comment_clean(test_arena(), str_of(blank[i])).len)
			FAIL("blank %zu is not empty", i);
	CHECK_STR(comment_clean(test_arena(), S("\xc2\xa0 có chữ \xe3\x80\x80")), S("có chữ"));
}

TEST(marks_that_turn_the_direction_around_are_gone_and_a_name_is_one_line)
{
	CHECK_STR(comment_clean(test_arena(), S("a\xe2\x80\xae"
						"b\xe2\x81\xa6"
						"c")),
		  S("abc"));
	CHECK_STR(comment_clean_name(test_arena(), S("  Một \n người\xc2\xa0 dân\t")),
		  S("Một người dân"));
	CHECK_STR(comment_clean_name(test_arena(), S("\xe2\x80\x8b\n")), S(""));
}

static unsigned why(const char *text)
{
	struct comment_past past = { .shown = true };
	return comment_why(test_arena(), S(""), str_of(text), &past);
}

TEST(an_address_a_number_or_an_e_mail_is_seen_however_it_is_disguised)
{
	static const char *const links[] = {
		"xem https://example.vn/a",
		"vào www.vidu",
		"hxxp://x",
		"ghé vidu.com nhé",
		"Ví.Dụ.VN",
		"ｖｉｄｕ．ｃｏｍ",
		"bit.ly/abc",
		"shop.vidu.xyz",
		("vi\xe2\x80\x8b"
		 "du.c\xe2\x80\x8bom"),
		"vidu.ⓒⓞⓜ",
	};
	static const char *const contacts[] = {
		"gọi 0912345678",
		"0912.345.678",
		"0912 345 678",
		"(0229) 387 1234",
		"0229(387)1234",
		"+84 912 345 678",
		"０９１２３４５６７８",
		"số 037123456789",
		"tk 19034567812345",
		"thu@vidu.example",
		("091\xe2\x80\x8b"
		 "2345678"),
		"a.b@vi-du.vn",
	};
	static const char *const plain[] = {
		"Việc đã xong.Mong xã sửa sớm",
		"Dự toán 12.400.000 đồng, năm 2021",
		"Tổng thu 1.250.000.000 đồng",
		"từ 01.01.2021 đến 31.01.2021",
		"điều 11, khoản 2, điểm a",
		"có 151/200 hộ",
		"Số 18/NQ-HĐND ngày 24/12/2020",
		"ở km 12.5",
		"@ trụ sở",
		"nói.rõ.hơn",
		"thôn Đông, xóm 3; 640 m; 85,5 %",
		"có 12 (mười hai) hộ, năm 2020(lần 1)",
		"khoản 2(",
		"1()(2)((3",
		"",
	};
	for (size_t i = 0; i < LENGTH(links); i++)
		if (!(why(links[i]) & COMMENT_WHY_LINK))
			FAIL("no link is seen in \"%s\"", links[i]);
	for (size_t i = 0; i < LENGTH(contacts); i++)
		if (!(why(contacts[i]) & COMMENT_WHY_CONTACT))
			FAIL("no contact is seen in \"%s\"", contacts[i]);
	for (size_t i = 0; i < LENGTH(plain); i++)
		if (why(plain[i]))
			FAIL("\"%s\" is held: %u", plain[i], why(plain[i]));
}

TEST(a_name_is_looked_at_like_the_words)
{
	struct comment_past past = { .shown = true };
	CHECK_INT(comment_why(test_arena(), S("Gọi 0912345678"), S("Hay"), &past),
		  COMMENT_WHY_CONTACT);
	CHECK_INT(comment_why(test_arena(), S("vidu.vn"), S("Hay"), &past), COMMENT_WHY_LINK);
	/* Two halves are not one number. */
	CHECK_INT(comment_why(test_arena(), S("Nhà 0912"), S("345 678"), &past), 0);
}

/* Whoever calls himself the office speaks under an article as the office does. */
TEST(a_name_that_sounds_like_an_office_is_held_and_words_about_one_are_not)
{
	static const char *const offices[] = {
		"UBND xã Mẫu",
		"Uỷ  ban nhân dân",
		"Chủ tịch xã",
		"công an huyện",
		"Admin",
		"QUẢN TRỊ",
		"Cán bộ xã",
		"Ｕ.Ｂ.Ｎ.Ｄ",
		("U\xe2\x80\x8b"
		 "BND"),
		"Trưởng thôn Đông",
		"Mặt trận xã",
	};
	static const char *const people[] = {
		"",       "Một người dân", "Người thôn Đông", "Bà Tịch",
		"Cụ Bân", "Tổ 3",          "Người cao tuổi"
	};
	struct comment_past past = { .shown = true };
	for (size_t i = 0; i < LENGTH(offices); i++)
		if (comment_why(test_arena(), str_of(offices[i]), S("Hay"), &past) !=
		    COMMENT_WHY_OFFICE)
			FAIL("\"%s\" is not held", offices[i]);
	for (size_t i = 0; i < LENGTH(people); i++)
		if (comment_why(test_arena(), str_of(people[i]), S("Hay"), &past))
			FAIL("\"%s\" is held", people[i]);
	CHECK_INT(comment_why(test_arena(), S("Tổ 3"), S("Cảm ơn UBND xã"), &past), 0);
}

TEST(each_rule_has_its_reason_and_together_they_have_all)
{
	struct comment_past known = { .shown = true }, first = { 0 },
			    many = { .shown = true, .waiting = COMMENT_WAITING_MANY },
			    few = { .shown = true, .waiting = COMMENT_WAITING_MANY - 1 },
			    again = { .shown = true, .again = true },
			    all = { .shown = true, .hold_all = true };
	struct arena *a = test_arena();
	CHECK_INT(comment_why(a, S(""), S("Hay"), &known), 0);
	CHECK_INT(comment_why(a, S(""), S("Hay"), &first), COMMENT_WHY_FIRST);
	CHECK_INT(comment_why(a, S(""), S("Hay"), &many), COMMENT_WHY_WAITING);
	CHECK_INT(comment_why(a, S(""), S("Hay"), &few), 0);
	CHECK_INT(comment_why(a, S(""), S("Hay"), &again), COMMENT_WHY_AGAIN);
	CHECK_INT(comment_why(a, S(""), S("Hay"), &all), COMMENT_WHY_SETTING);
	struct comment_past worst = { .hold_all = true, .waiting = 9, .again = true };
	CHECK_INT(comment_why(a, S("UBND xã"), S("vidu.vn 0912345678"), &worst),
		  (1 << COMMENT_WHYS) - 1);
	for (int i = 0; i < COMMENT_WHYS; i++)
		CHECK(comment_why_word((enum comment_why)(1u << i)).len > 0);
	CHECK_INT(comment_why_word((enum comment_why)(1u << COMMENT_WHYS)).len, 0);
}

TEST(the_same_again_is_the_same_without_accents_case_and_punctuation)
{
	struct arena *a = test_arena();
	CHECK(comment_same(a, S("Sửa đường đi!"), S("sua  DUONG di")));
	CHECK(comment_same(a,
			   S("So\xcc\x9b\xcc\x89"
			     "a"),
			   S("Sở a")) == false);
	CHECK(!comment_same(a, S("Sửa đường"), S("Sửa đường đi")));
	CHECK(!comment_same(a, S("Sửa đường đi"), S("Sửa đường")));
	CHECK(!comment_same(a, S("!!!"), S("???")));
	CHECK(comment_same(a, S("👍"), S("👍")));
}
