/* What leads to a person, and what only looks like it. */
#include "office/trace.h"
#include "tests/test.h"

static void finds(const char *text, enum trace what, const char *piece)
{
	struct str found = S("");
	enum trace got = trace_find(str_of(text), &found);
	if (got != what)
		FAIL("\"%s\" gives %d, not %d", text, got, what);
	CHECK_STR(found, str_of(piece));
}

TEST(telephone_and_identity_numbers_are_found_however_they_are_grouped)
{
	finds("gọi 0912345678 để hỏi", TRACE_PHONE, "0912345678");
	finds("gọi 0912 345 678", TRACE_PHONE, "0912 345 678");
	finds("0912.345.678.", TRACE_PHONE, "0912.345.678");
	finds("(0378-123-456)", TRACE_PHONE, "0378-123-456");
	finds("số +84 912 345 678 nhắn", TRACE_PHONE, "+84 912 345 678");
	finds("số +84912345678", TRACE_PHONE, "+84912345678");
	finds("máy bàn 02293871234", TRACE_PHONE, "02293871234");
	finds("CCCD 037123456789 của ông", TRACE_PHONE, "037123456789");
}

TEST(mail_accounts_and_links_into_networks_are_found)
{
	finds("thư của mau.thu@vi-du.vn nói", TRACE_EMAIL, "mau.thu@vi-du.vn");
	finds("tài khoản @nguoi.mau.", TRACE_HANDLE, "@nguoi.mau");
	finds("xem https://www.facebook.com/nguoi.mau?x=1 nhé", TRACE_PROFILE,
	      "facebook.com/nguoi.mau?x=1");
	finds("FB.com/nguoimau", TRACE_PROFILE, "FB.com/nguoimau");
	finds("https://zalo.me/0912345678", TRACE_PROFILE, "zalo.me/0912345678");
	finds("m.facebook.com/story.php?id=12", TRACE_PROFILE, "facebook.com/story.php?id=12");
	finds("x.com/mau", TRACE_PROFILE, "x.com/mau");
}

TEST(sums_dates_documents_and_other_links_name_nobody)
{
	static const char *const harmless[] = {
		"",
		"Xã thu 1.000.000.000 đồng, mỗi hộ 2.500.000 đồng",
		"từ 05/01/2021 đến 08/01/2021, lúc 07:30",
		"ngày 03-05-2020, 10 giờ",
		"Nghị định 04/2015/NĐ-CP, Luật 10/2022/QH15",
		"thửa đất 0123, tờ bản đồ 07",
		"tổng đài 1900 1234, cảnh sát 113",
		"trên Facebook, Zalo và TikTok",
		"https://ninhbinh.gov.vn/tin/0912345678/bai",
		"netflix.com/title và hop.com/x",
		"giá 15.000@bao, 20 @ 30",
		"@ab",
		"0912 345",
		"mã 0912345678X",
		"09123456789012345",
	};
	for (size_t i = 0; i < LENGTH(harmless); i++)
		finds(harmless[i], TRACE_NONE, "");
}
