#include "base/utf8.h"
#include "office/readaloud.h"
#include "tests/test.h"

static void check(const char *written, const char *spoken)
{
	CHECK_STR(readaloud(test_arena(), S(""), str_of(written)), str_of(spoken));
}

TEST(dates_are_spoken_in_full)
{
	check("Họp ngày 25/12/2020.", "Họp ngày 25 tháng 12 năm 2020.");
	check("Trước 05/01/2021", "Trước ngày 5 tháng 1 năm 2021.");
	check("từ ngày 01/12/2020 đến 31/12/2020",
	      "Từ ngày 1 tháng 12 năm 2020 đến ngày 31 tháng 12 năm 2020.");
	check("Ngày 25-30/12/2020", "Ngày 25 đến ngày 30 tháng 12 năm 2020.");
	check("sáng 5/10", "Sáng ngày 5 tháng 10.");
	check("ngày 05 tháng 02 năm 2021", "Ngày 5 tháng 2 năm 2021.");
	check("Kỳ họp 2020-12-25", "Kỳ họp ngày 25 tháng 12 năm 2020.");
	check("tháng 12/2020 và 9/2021", "Tháng 12 năm 2020 và tháng 9 năm 2021.");
	check("Quý IV/2020, quý 3/2021, quý II", "Quý bốn năm 2020, quý ba năm 2021, quý hai.");
	check("giai đoạn 2021-2025", "Giai đoạn 2021 đến 2025.");
	check("năm học 2020/2021", "Năm học 2020 đến 2021.");
	check("ngày 31/13/2020", "Ngày 31, 13, 2020.");
}

TEST(times_are_spoken_in_words)
{
	check("Lúc 7h30, 14h00 và 19:05",
	      "Lúc bảy giờ ba mươi phút, mười bốn giờ và mười chín giờ năm phút.");
	check("7h30'-11h", "Bảy giờ ba mươi phút đến mười một giờ.");
}

TEST(amounts_are_spoken_in_words)
{
	check("Mức đóng: 850.000 đồng", "Mức đóng, tám trăm năm mươi nghìn đồng.");
	check("850.000đ/hộ", "Tám trăm năm mươi nghìn đồng mỗi hộ.");
	check("1,5 tỷ đồng; 12,05%", "Một phẩy năm tỷ đồng.\nMười hai phẩy không năm phần trăm.");
	check("3 triệu đồng/m2/năm", "Ba triệu đồng mỗi mét vuông mỗi năm.");
	check("Đường dài 1.250 m, rộng 3,5m",
	      "Đường dài một nghìn hai trăm năm mươi mét, rộng ba phẩy năm mét.");
	check("Họp 2 lần/năm, 5 thôn/xóm", "Họp hai lần mỗi năm, năm thôn, xóm.");
	check("Diện tích 2,5 ha", "Diện tích hai phẩy năm héc ta.");
	check("05 hộ, 12A, 5-10 ngày", "Năm hộ, mười hai A, năm đến mười ngày.");
	check("Tổng 1,234,567 đồng",
	      "Tổng một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng.");
	check("Điều 3.2", "Điều ba chấm hai.");
	check("99999999999999999999 đồng", "Chín chín chín chín chín chín chín chín chín chín chín "
					   "chín chín chín chín chín chín "
					   "chín chín chín đồng.");
}

TEST(shares_and_order_have_their_own_words)
{
	check("Ít nhất 2/3, 3/4 và 25/30 hộ",
	      "Ít nhất hai phần ba, ba phần tư và hai mươi lăm trên ba mươi hộ.");
	check("Thứ 4, lần thứ 1, lần thứ XX", "Thứ tư, lần thứ nhất, lần thứ hai mươi.");
	check("Quốc hội khóa XIV", "Quốc hội khóa mười bốn.");
}

TEST(telephone_numbers_are_read_digit_by_digit)
{
	check("Gọi 0229.3871.234", "Gọi không hai hai chín ba tám bảy một hai ba bốn.");
	check("Gọi 0912 345 678", "Gọi không chín một hai ba bốn năm sáu bảy tám.");
	check("Gọi 0912345678.", "Gọi không chín một hai ba bốn năm sáu bảy tám.");
}

TEST(abbreviations_are_spoken_out)
{
	check("UBND xã báo cáo HĐND", "Ủy ban nhân dân xã báo cáo Hội đồng nhân dân.");
	check("HĐND-UBND, MTTQ", "Hội đồng nhân dân, Ủy ban nhân dân, Mặt trận Tổ quốc.");
	check("phát triển KT-XH, QP-AN", "Phát triển kinh tế xã hội, quốc phòng, an ninh.");
	check("V/v họp thôn", "Về việc họp thôn.");
	check("Đ/c Bí thư TP. Ninh Bình", "Đồng chí Bí thư thành phố Ninh Bình.");
	check("TP.Ninh Bình", "Thành phố Ninh Bình.");
	check("Sở LĐ-TB&XH", "Sở Lao động, Thương binh và Xã hội.");
	check("dọc QL1A qua TDP5", "Dọc quốc lộ một A qua tổ dân phố năm.");
	check("rác, nước, v.v.", "Rác, nước, vân vân.");
	check("thôn/xóm", "Thôn, xóm.");
	check("TM. UBND XÃ\nKT. CHỦ TỊCH", "Thay mặt Ủy ban nhân dân xã.\nKý thay chủ tịch.");
	check("ĐT: 0229.3871.234", "Điện thoại, không hai hai chín ba tám bảy một hai ba bốn.");
	check("UBNDX", "UBNDX.");
}

TEST(signs_of_documents_are_spoken_as_people_do)
{
	check("Theo Nghị định 04/2015/NĐ-CP", "Theo Nghị định số bốn năm 2015 của Chính phủ.");
	check("Pháp lệnh số 34/2007/PL-UBTVQH11",
	      "Pháp lệnh số ba mươi tư năm 2007 của Ủy ban Thường vụ Quốc hội khóa mười một.");
	check("Kế hoạch số 125/KH-UBND ngày 05/02/2020",
	      "Kế hoạch số một trăm hai mươi lăm của Ủy ban nhân dân ngày 5 tháng 2 năm 2020.");
	check("Quyết định 15/QĐ-XYZ", "Quyết định số mười lăm.");
}

TEST(addresses_of_the_web_are_spelled)
{
	check("Xem http://hoalu.ninhbinh.gov.vn/", "Xem hoalu chấm ninhbinh chấm gov chấm vn.");
	check("Thư: a_b@ninhbinh.gov.vn", "Thư, a gạch dưới b a còng ninhbinh chấm gov chấm vn.");
}

TEST(signs_that_cannot_be_heard_become_pauses_or_nothing)
{
	check("- Mời “bà con” (cả thôn) dự họp!", "Mời bà con, cả thôn, dự họp.");
	check("• Một\n* Hai\n+ Ba", "Một.\nHai.\nBa.");
	check("1. Nội dung\n2) Thời gian\na) Sáng\nIV. Kết luận",
	      "Một, Nội dung.\nHai, Thời gian.\nA, Sáng.\nBốn, Kết luận.");
	check("Thôn A,thôn B;thôn C", "Thôn A, thôn B.\nThôn C.");
	check("Có đúng không?", "Có đúng không?");
	check("--- *** ###", "");
	check("", "");
}

TEST(capitals_are_not_shouted)
{
	check("THÔNG BÁO VỀ VIỆC HỌP CỦA UBND XÃ", "Thông báo về việc họp của Ủy ban nhân dân xã.");
}

TEST(the_title_is_the_first_sentence)
{
	CHECK_STR(readaloud(test_arena(), S("Họp thôn"), S("Lúc 7h.\n\nMời dự.")),
		  S("Họp thôn.\nLúc bảy giờ.\nMời dự."));
}

static size_t longest(struct str text)
{
	size_t most = 0;

	for (struct str rest = text, line; str_next(&rest, '\n', &line);) {
		size_t n = 1;
		for (size_t i = 0; i < line.len; i++)
			n += line.at[i] == ' ';
		most = n > most ? n : most;
	}
	return most;
}

TEST(long_sentences_are_divided_at_commas)
{
	struct buf b = { .a = test_arena() };

	for (int i = 0; i < 30; i++)
		buf_put(&b, S("bà con trong thôn cùng nhau dọn đường làng, "));
	CHECK(longest(readaloud(test_arena(), S(""), buf_str(&b))) <= READALOUD_SYLLABLES);
}

TEST(any_text_gives_valid_text)
{
	static const char *const pieces[] = { "ngày", " ",    "25/12", "/2020", "-",     "–",
					      ".",    "UBND", "đ",     "7h",    "1.000", ",5",
					      "%",    "(",    "\n",    "/",     "QL",    "0",
					      "IV",   "&",    "số",    "thứ",   " ",     "TP." };

	for (int i = 0; i < 5000; i++) {
		struct buf b = { .a = test_arena() };
		for (uint64_t n = test_below(30); n; n--)
			buf_put(&b, str_of(pieces[test_below(LENGTH(pieces))]));
		struct str out = readaloud(test_arena(), S(""), buf_str(&b));
		CHECK(utf8_valid(out));
		if (str_has(out, S("  ")) || str_has(out, S(" ,")) || str_has(out, S(",,")))
			FAIL("%.*s\nis read\n%.*s", (int)b.len, b.at, STR_ARG(out));
	}
	CHECK_STR(readaloud(test_arena(), S("\xFF"), S("\xC0")), S(""));
}
