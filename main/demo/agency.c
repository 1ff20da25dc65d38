/* The nine matters of Decree 04/2015 art. 7, as an agency's office writes them down. */
#include "main/demo/text.h"

static void policy(struct demo_text *t)
{
	demo_plan(t);
	t->title = str_printf(
		t->mem, "Kế hoạch quán triệt các văn bản mới liên quan đến công việc của %.*s",
		STR_ARG(t->unit->title));
	demo_put(t,
		 "%d văn bản mới được phổ biến tại hội nghị cơ quan ngày %s; bản điện tử có trên "
		 "mạng nội "
		 "bộ.\n",
		 (int)demo_between(t, 3, 9), demo_day(t, date_add(t->day, 6)));
}

static void work_plan(struct demo_text *t)
{
	static const char *const quarters[] = { "I", "II", "III", "IV" };
	int quarter = (date_ymd(t->day).month - 1) / 3;
	int64_t usual = demo_between(t, 8, 20), given = demo_between(t, 4, 12),
		checks = demo_between(t, 2, 8);
	demo_plan(t);
	t->title = str_printf(t->mem, "Kế hoạch công tác quý %s năm 2020 của %.*s",
			      quarters[quarter], STR_ARG(t->unit->title));
	demo_put(t, "Quý %s có **%d nhiệm vụ**:\n\n", quarters[quarter],
		 (int)(usual + given + checks));
	demo_put(t,
		 "- Nhiệm vụ thường xuyên: %d\n- Nhiệm vụ được tỉnh giao: %d\n- Kiểm tra cơ sở: "
		 "%d\n",
		 (int)usual, (int)given, (int)checks);
}

static void funding(struct demo_text *t)
{
	static const int weights[] = { 62, 26, 12 };
	int64_t parts[3];
	demo_decision(t);
	demo_split(t, t->unit->income, 1000, weights, 3, parts);
	t->title = str_printf(t->mem, "Công khai dự toán kinh phí hoạt động năm 2020 của %.*s",
			      STR_ARG(t->unit->title));
	demo_put(t, "Tổng kinh phí được giao: **%s**.\n\n", demo_money(t, t->unit->income));
	demo_put(t, "- Chi cho con người: %s\n- Chi nghiệp vụ: %s\n- Mua sắm, sửa chữa: %s\n",
		 demo_money(t, parts[0]), demo_money(t, parts[1]), demo_money(t, parts[2]));
}

static void settlement(struct demo_text *t)
{
	int64_t given = t->unit->income * demo_between(t, 90, 102) / 100 / 1000 * 1000;
	int64_t left = given * demo_between(t, 0, 3) / 100 / 1000 * 1000;
	demo_report(t);
	t->title = str_printf(t->mem, "Công khai quyết toán kinh phí năm 2019 của %.*s",
			      STR_ARG(t->unit->title));
	demo_put(
		t,
		"- Kinh phí được giao: %s\n- Đã chi, được quyết toán: %s\n- Còn lại, nộp trả: %s\n",
		demo_money(t, given), demo_money(t, given - left), demo_money(t, left));
	demo_put(t, "\nKết luận thẩm định: số liệu khớp với sổ kế toán và Kho bạc.\n");
}

static void assets(struct demo_text *t)
{
	demo_report(t);
	t->title = str_printf(t->mem, "Mua sắm, quản lý, sử dụng tài sản công năm 2020 của %.*s",
			      STR_ARG(t->unit->title));
	int64_t computers = demo_between(t, 2, 12), chairs = demo_between(t, 4, 20);
	demo_put(t, "- Máy vi tính: %d bộ × 14.500.000 đồng = %s\n", (int)computers,
		 demo_money(t, computers * 14500));
	demo_put(t, "- Bàn ghế làm việc: %d bộ × 3.200.000 đồng = %s\n", (int)chairs,
		 demo_money(t, chairs * 3200));
	demo_put(t, "- **Cộng: %s**\n", demo_money(t, computers * 14500 + chairs * 3200));
}

static void personnel(struct demo_text *t)
{
	demo_decision(t);
	bool first = date_ymd(t->day).month < 7;
	t->title = str_printf(t->mem, "%s năm 2020 của %.*s",
			      first ? "Kết quả nâng bậc lương, bổ nhiệm, điều động 6 tháng đầu"
				    : "Kết quả đánh giá, xếp loại, khen thưởng",
			      STR_ARG(t->unit->title));
	int64_t best = t->unit->people * demo_between(t, 12, 20) / 100;
	int64_t good = t->unit->people * demo_between(t, 55, 70) / 100;
	int64_t usual = demo_between(t, 3, 14), early = demo_between(t, 1, 4);
	if (first)
		demo_put(t,
			 "- Nâng bậc lương thường xuyên: %d người\n- Nâng bậc lương trước thời "
			 "hạn: %d "
			 "người\n- Bổ nhiệm, bổ nhiệm lại: %d người\n",
			 (int)usual, (int)early, (int)demo_between(t, 0, 3));
	else
		demo_put(t,
			 "Tổng số: **%d người**.\n\n- Hoàn thành xuất sắc nhiệm vụ: %d\n- Hoàn "
			 "thành tốt "
			 "nhiệm vụ: %d\n- Hoàn thành nhiệm vụ: %d\n",
			 (int)t->unit->people, (int)best, (int)good,
			 (int)(t->unit->people - best - good));
}

static void asset_declaration(struct demo_text *t)
{
	demo_notice(t);
	t->title = str_printf(t->mem, "Công khai việc kê khai tài sản, thu nhập năm 2020 tại %.*s",
			      STR_ARG(t->unit->title));
	demo_put(t,
		 "%d người thuộc diện kê khai, %d người đã kê khai. Bản kê khai công khai tại cuộc "
		 "họp cơ "
		 "quan.\n",
		 (int)(t->unit->people / 5 + 2), (int)(t->unit->people / 5 + 2));
}

static void inspection(struct demo_text *t)
{
	int64_t checked = demo_between(t, 2, 6), found = demo_between(t, 1, 5);
	demo_notice(t);
	t->title = str_printf(
		t->mem, "Kết quả kiểm tra nội bộ, giải quyết khiếu nại, tố cáo năm 2020 của %.*s",
		STR_ARG(t->unit->title));
	demo_put(t,
		 "- Số phòng, đơn vị được kiểm tra: %d\n- Kiến nghị khắc phục: %d, đã khắc phục "
		 "xong\n- Khiếu "
		 "nại, tố cáo nội bộ: không phát sinh\n",
		 (int)checked, (int)found);
}

static void opinions(struct demo_text *t)
{
	int64_t taken = demo_between(t, 5, 25), kept = demo_between(t, 1, 7);
	demo_report(t);
	t->title = str_printf(t->mem, "Tiếp thu ý kiến của cán bộ, công chức, viên chức %.*s",
			      STR_ARG(t->unit->title));
	demo_put(t, "Hội nghị cán bộ, công chức có **%d ý kiến**: tiếp thu %d, giải trình %d.\n",
		 (int)(taken + kept), (int)taken, (int)kept);
}

static void home_rules(struct demo_text *t)
{
	int64_t chapters = demo_between(t, 3, 6), articles = demo_between(t, 14, 32);
	demo_decision(t);
	t->title =
		str_printf(t->mem, "Quy chế chi tiêu nội bộ và quy chế làm việc năm 2020 của %.*s",
			   STR_ARG(t->unit->title));
	demo_put(t,
		 "Quy chế gồm %d chương, %d điều, áp dụng từ ngày %s sau khi lấy ý kiến hội nghị "
		 "cán bộ, "
		 "công chức.\n",
		 (int)chapters, (int)articles, demo_day(t, date_add(t->day, 10)));
}

static void other_matter(struct demo_text *t)
{
	static const char *const titles[] = { "Lịch tiếp công dân", "Kế hoạch cải cách hành chính",
					      "Kế hoạch phòng, chống dịch COVID-19",
					      "Phát động thi đua chào mừng Đại hội Đảng các cấp" };
	size_t which = (size_t)demo_between(t, 0, 3);
	demo_notice(t);
	t->title =
		str_printf(t->mem, "%s năm 2020 của %.*s", titles[which], STR_ARG(t->unit->title));
	demo_put(t, "Thực hiện từ ngày %s. Đầu mối: Văn phòng.\n",
		 demo_day(t, date_add(t->day, 7)));
}

const struct demo_story demo_agency_stories[] = {
	{ "CQ15-07-01", 2, 3, 10, 23, 85, false, policy },
	{ "CQ15-07-02", 1, 13, 1, 20, 100, true, work_plan },
	{ "CQ15-07-02", 4, 1, 4, 17, 100, true, work_plan },
	{ "CQ15-07-02", 7, 1, 7, 17, 100, true, work_plan },
	{ "CQ15-07-02", 10, 1, 10, 16, 100, true, work_plan },
	{ "CQ15-07-03", 1, 14, 3, 13, 100, true, funding },
	{ "CQ15-07-03", 4, 13, 6, 12, 75, false, settlement },
	{ "CQ15-07-03", 8, 3, 12, 11, 100, true, assets },
	{ "CQ15-07-04", 3, 2, 6, 19, 100, true, personnel },
	{ "CQ15-07-04", 11, 23, 12, 25, 100, true, personnel },
	{ "CQ15-07-05", 11, 16, 12, 28, 80, false, asset_declaration },
	{ "CQ15-07-06", 9, 7, 12, 18, 100, true, inspection },
	{ "CQ15-07-07", 2, 10, 4, 24, 100, true, opinions },
	{ "CQ15-07-08", 2, 3, 3, 27, 100, true, home_rules },
	{ "CQ15-07-09", 2, 3, 5, 29, 80, false, other_matter },
	{ "CQ15-07-09", 6, 1, 9, 25, 70, false, other_matter },
	{ "CQ15-07-09", 9, 1, 12, 11, 60, false, other_matter },
	{ 0 },
};
