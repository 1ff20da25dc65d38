/* Letters by e-mail: what others must be able to read, and what nobody may smuggle in. tests/test_mail.py has
 * them read by another's program. */
#include "base/mail.h"

#include "tests/test.h"

static struct mail letter(void)
{
	return (struct mail){ .from_name = S("Xã Ninh Vân"),
			      .from = S("thong-bao@ninhvan.vn"),
			      .to = S("an@vi-du.vn"),
			      .subject = S("Hồ sơ DT-7K3Q-92MV: có tin mới"),
			      .text = S("Kính gửi ông/bà\n"),
			      .id = S("1.0@ninhvan.vn"),
			      .date = date_instant(test_date("2026-03-10"), 9 * 60 + 5),
			      .unsubscribe = S("") };
}

static struct str written(const struct mail *m)
{
	struct buf b = { .a = test_arena() };
	CHECK(mail_write(&b, m));
	return buf_str(&b);
}

static struct str head(struct str mail)
{
	for (size_t i = 0; i + 4 <= mail.len; i++)
		if (str_starts(str_from(mail, i), S("\r\n\r\n")))
			return str_cut(mail, i + 2);
	FAIL("no head");
	return S("");
}

TEST(a_letter_has_the_headers_of_rfc_5322_and_no_line_is_long)
{
	struct mail m = letter();
	m.subject = S("Hồ sơ của ông bà ở Ủy ban nhân dân xã Ninh Vân, huyện Hoa Lư, tỉnh Ninh "
		      "Bình đã có quyết định, xin mời xem");
	m.text =
		S("Một dòng rất dài, dài hơn bảy mươi sáu ký tự nhiều lần: Ủy ban nhân dân xã Ninh "
		  "Vân kính mời ông bà đến trụ sở.\n");
	struct str mail = written(&m), rest = mail, line;
	CHECK(str_has(mail, S("Date: Tue, 10 Mar 2026 09:05:00 +0700\r\n")));
	CHECK(str_has(mail, S("To: <an@vi-du.vn>\r\n")));
	CHECK(str_has(mail, S("Message-ID: <1.0@ninhvan.vn>\r\n")));
	CHECK(str_has(mail, S("Auto-Submitted: auto-generated\r\n")));
	CHECK(!str_has(mail, S("List-Unsubscribe")));
	while (str_next(&rest, '\n', &line)) {
		CHECK(line.len <= 77); /* with its CR */
		CHECK(!line.len || line.at[line.len - 1] == '\r');
		for (size_t i = 0; i < line.len; i++)
			CHECK((unsigned char)line.at[i] < 0x80);
	}
}

TEST(plain_words_stay_plain_and_a_name_with_a_comma_is_quoted)
{
	struct mail m = letter();
	m.subject = S("Tin moi");
	m.from_name = S("So Noi vu, \"QT\"");
	struct str mail = written(&m);
	CHECK(str_has(mail, S("Subject: Tin moi\r\n")));
	CHECK(str_has(mail, S("From: \"So Noi vu, \\\"QT\\\"\"\r\n <thong-bao@ninhvan.vn>\r\n")));
}

TEST(nothing_typed_adds_a_header)
{
	static const char *const evil[] = { "a\r\nBcc: x@y.vn", "a\nBcc: x@y.vn", "a\rBcc: x@y.vn",
					    "\r\n\r\nBcc: x@y.vn", "a\r\n\tBcc: x@y.vn" };
	for (size_t i = 0; i < LENGTH(evil); i++) {
		struct mail m = letter();
		m.subject = str_of(evil[i]);
		m.from_name = str_of(evil[i]);
		struct str h = head(written(&m)), rest = h, line;
		while (str_next(&rest, '\n', &line))
			CHECK(!str_starts(line, S("Bcc")) && !str_starts(line, S("\tBcc")));
		struct buf b = { .a = test_arena() };
		struct mail to = letter(), from = letter(), id = letter(), un = letter();
		to.to = from.from = id.id = str_of(evil[i]);
		un.unsubscribe = str_of(evil[i]);
		CHECK(!mail_write(&b, &to) && !mail_write(&b, &from) && !mail_write(&b, &id) &&
		      !mail_write(&b, &un));
		CHECK_INT((int64_t)b.len, 0);
	}
}

TEST(an_address_is_one_address)
{
	static const char *const good[] = { "a@b.vn", "ten.toi+dinh@thu.vi-du.vn", "root@localhost",
					    "x_1@a.b.c.d" };
	static const char *const bad[] = {
		"",         "a",          "@b.vn",         "a@",
		"a@b",      "a b@c.vn",   "a@b.vn,c@d.vn", "<a@b.vn>",
		"a@b.vn>",  "\"a\"@b.vn", "a..b@c.vn",     ".a@c.vn",
		"a.@c.vn",  "a@-b.vn",    "a@b-.vn",       "a@b..vn",
		"a@b.vn.",  "a@b@c.vn",   "ấn@b.vn",       "a@[1.2.3.4]",
		"-oX@b.vn", "a@b.vn\n",   "a\n@b.vn",
	};
	for (size_t i = 0; i < LENGTH(good); i++)
		if (!mail_address_ok(str_of(good[i])))
			FAIL("%s", good[i]);
	for (size_t i = 0; i < LENGTH(bad); i++)
		if (mail_address_ok(str_of(bad[i])))
			FAIL("%s", bad[i]);
}

TEST(no_line_of_the_text_begins_with_a_point)
{
	struct mail m = letter();
	struct buf long_one = { .a = test_arena() };
	for (int i = 0; i < 400; i++)
		buf_put(&long_one, i % 3 ? S(".") : S("F"));
	m.text = str_printf(test_arena(), ".\n.\nFrom me\nx \n%.*s\n", STR_ARG(buf_str(&long_one)));
	struct str mail = written(&m);
	CHECK(!str_has(mail, S("\r\n.")));
	CHECK(!str_has(mail, S("\r\nFrom ")));
	CHECK(!str_has(mail, S(" \r\n")));
}

TEST(who_need_not_get_it_can_say_so_by_one_press)
{
	struct mail m = letter();
	m.unsubscribe = S("https://ninhvan.vn/thong-bao/thoi/1-2-abc");
	struct str mail = written(&m);
	CHECK(str_has(mail,
		      S("List-Unsubscribe: <https://ninhvan.vn/thong-bao/thoi/1-2-abc>\r\n")));
	CHECK(str_has(mail, S("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")));
}
