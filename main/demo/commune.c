/* The eleven matters of Ordinance 34/2007 art. 5, as a commune's clerk writes them down. */
#include "main/demo/text.h"

#define AND_SO_ON "Mọi ý kiến xin gửi về UBND %.*s trong giờ hành chính."

static void close_with(struct demo_text *t)
{
	demo_put(t, "\n" AND_SO_ON "\n", STR_ARG(t->unit->title));
}

/* --- 5.1: plans and the budget --- */

static void budget_estimate(struct demo_text *t)
{
	struct demo_facts *u = t->unit;
	int64_t in[4];
	static const int weights[] = { 12, 18, 20, 50 };
	demo_decision(t);
	demo_split(t, u->income, 100, weights, 4, in);
	t->title = str_printf(t->mem, "Công khai dự toán thu, chi ngân sách năm 2020 của %.*s",
			      STR_ARG(u->title));
	demo_put(t,
		 "Căn cứ nghị quyết của Hội đồng nhân dân %.*s, dự toán ngân sách năm 2020 như "
		 "sau.\n\n",
		 STR_ARG(u->title));
	demo_put(t, "**Tổng thu: %s**, gồm:\n\n", demo_money(t, u->income));
	demo_put(t, "- Thu phí, lệ phí và thu khác: %s\n", demo_money(t, in[0]));
	demo_put(t, "- Thu từ thuế được điều tiết: %s\n", demo_money(t, in[1]));
	demo_put(t, "- Thu tiền sử dụng đất: %s\n", demo_money(t, in[2]));
	demo_put(t, "- Bổ sung từ ngân sách cấp trên: %s\n\n", demo_money(t, in[3]));
	demo_put(t, "**Tổng chi: %s**, gồm:\n\n", demo_money(t, u->income));
	demo_put(t, "- Chi đầu tư phát triển: %s\n", demo_money(t, u->spending_works));
	demo_put(t, "- Chi thường xuyên: %s\n", demo_money(t, u->spending_running));
	demo_put(t, "- Dự phòng: %s\n", demo_money(t, u->reserve));
	close_with(t);
}

static void budget_execution(struct demo_text *t, const char *period, int least, int most)
{
	struct demo_facts *u = t->unit;
	int64_t works = u->spending_works * demo_between(t, least - 15, most) / 100 / 100 * 100;
	int64_t running = u->spending_running * demo_between(t, least, most) / 100 / 100 * 100;
	int64_t income = u->income * demo_between(t, least, most) / 100 / 100 * 100;
	demo_report(t);
	t->title = str_printf(t->mem, "Tình hình thực hiện dự toán ngân sách %s năm 2020 của %.*s",
			      period, STR_ARG(u->title));
	demo_put(t, "Đến hết %s năm 2020:\n\n", period);
	demo_put(t, "- Thu ngân sách: **%s**, bằng %s dự toán năm\n", demo_money(t, income),
		 demo_percent(t, income, u->income));
	demo_put(t, "- Chi ngân sách: **%s**, bằng %s dự toán năm\n",
		 demo_money(t, works + running), demo_percent(t, works + running, u->income));
	demo_put(t, "    - Chi đầu tư phát triển: %s\n", demo_money(t, works));
	demo_put(t, "    - Chi thường xuyên: %s\n", demo_money(t, running));
	demo_put(t, "\nDự phòng %s chưa sử dụng.\n", demo_money(t, u->reserve));
	close_with(t);
}

static void budget_quarter_1(struct demo_text *t)
{
	budget_execution(t, "quý I", 20, 27);
}

static void budget_half(struct demo_text *t)
{
	budget_execution(t, "6 tháng đầu", 44, 53);
}

static void budget_nine_months(struct demo_text *t)
{
	budget_execution(t, "9 tháng đầu", 68, 79);
}

static void budget_settlement(struct demo_text *t)
{
	struct demo_facts *u = t->unit;
	int64_t income = u->income * demo_between(t, 88, 104) / 100 / 100 * 100;
	int64_t left = income * demo_between(t, 1, 4) / 100 / 100 * 100;
	int64_t parts[3];
	static const int weights[] = { 40, 55, 5 };
	demo_decision(t);
	demo_split(t, income - left, 100, weights, 3, parts);
	t->title = str_printf(t->mem, "Công khai quyết toán ngân sách năm 2019 của %.*s",
			      STR_ARG(u->title));
	demo_put(t, "Quyết toán ngân sách năm 2019 đã được Hội đồng nhân dân %.*s phê chuẩn.\n\n",
		 STR_ARG(u->title));
	demo_put(t, "- Tổng thu: **%s**\n- Tổng chi: **%s**\n", demo_money(t, income),
		 demo_money(t, income - left));
	demo_put(t, "    - Chi đầu tư: %s\n    - Chi thường xuyên: %s\n    - Chi khác: %s\n",
		 demo_money(t, parts[0]), demo_money(t, parts[1]), demo_money(t, parts[2]));
	demo_put(t, "- Kết dư chuyển năm sau: **%s**\n", demo_money(t, left));
	close_with(t);
}

static void social_plan(struct demo_text *t)
{
	struct demo_facts *u = t->unit;
	int64_t done = demo_between(t, 12, 18);
	demo_plan(t);
	t->title = str_printf(t->mem, "Kế hoạch phát triển kinh tế - xã hội năm 2021 của %.*s",
			      STR_ARG(u->title));
	demo_put(t, "Các chỉ tiêu chủ yếu năm 2021:\n\n");
	demo_put(t, "- Thu ngân sách: %s\n", demo_money(t, u->income * 107 / 100 / 100 * 100));
	demo_put(t, "- Diện tích gieo cấy lúa cả năm: %s ha\n",
		 demo_count(t, u->households * demo_between(t, 18, 27) / 100));
	demo_put(t, "- Số tiêu chí nông thôn mới duy trì và nâng cao: %d/19\n", (int)done);
	demo_put(t, "- Tỷ lệ hộ nghèo giảm còn dưới %s\n",
		 demo_percent(t, demo_between(t, 9, 34), 1000));
	demo_put(t, "- Tỷ lệ gia đình văn hóa: từ %d%% trở lên\n", (int)demo_between(t, 86, 93));
	close_with(t);
}

/* --- 5.2: projects and land --- */

static void works_list(struct demo_text *t)
{
	static const char *const works[] = { "Cứng hóa đường trục", "Nạo vét, kè mương tiêu",
					     "Sửa chữa nhà văn hóa", "Lắp đèn chiếu sáng đường",
					     "Xây rãnh thoát nước" };
	static const int weights[] = { 30, 22, 20, 12, 16 };
	struct demo_facts *u = t->unit;
	int64_t parts[5];
	size_t n = (size_t)demo_between(t, 3, 5);
	demo_plan(t);
	demo_split(t, u->spending_works, 1000, weights, n, parts);
	t->title = str_printf(
		t->mem, "Danh mục công trình, dự án và thứ tự ưu tiên đầu tư năm 2020 của %.*s",
		STR_ARG(u->title));
	demo_put(t,
		 "Tổng vốn đầu tư năm 2020 là **%s**, bố trí cho %zu công trình theo thứ tự ưu "
		 "tiên:\n\n",
		 demo_money(t, u->spending_works), n);
	for (size_t i = 0; i < n; i++)
		demo_put(t, "%zu. %s %.*s: %s\n", i + 1, works[i],
			 STR_ARG(u->villages[i % (size_t)u->village_count]),
			 demo_money(t, parts[i]));
	close_with(t);
}

static void works_progress(struct demo_text *t)
{
	const char *village = demo_village(t);
	int64_t total = demo_between(t, 400, 1600) * 1000, parts[3];
	static const int weights[] = { 60, 25, 15 };
	int64_t length = demo_between(t, 35, 160) * 10;
	demo_report(t);
	demo_split(t, total, 1000, weights, 3, parts);
	t->title = str_printf(t->mem, "Tiến độ và kết quả công trình đường giao thông %s", village);
	demo_put(t, "Công trình: đường bê tông %s, dài %s m, rộng %d m.\n\n", village,
		 demo_count(t, length), (int)demo_between(t, 3, 5));
	demo_put(t, "Tổng kinh phí **%s**, trong đó:\n\n", demo_money(t, total));
	demo_put(t, "- Ngân sách hỗ trợ (kể cả xi măng): %s\n", demo_money(t, parts[0]));
	demo_put(t, "- Ngân sách %.*s: %s\n", STR_ARG(t->unit->title), demo_money(t, parts[1]));
	demo_put(t, "- Nhân dân đóng góp: %s\n\n", demo_money(t, parts[2]));
	demo_put(t,
		 "Khối lượng đã thực hiện: %d%%. Ban giám sát đầu tư của cộng đồng đã kiểm tra và "
		 "ký biên bản ngày %s.\n",
		 (int)demo_between(t, 60, 100), demo_day(t, date_add(t->day, -3)));
	close_with(t);
}

static void land_plan(struct demo_text *t)
{
	int64_t homes = demo_between(t, 8, 46), road = demo_between(t, 5, 30),
		culture = demo_between(t, 2, 9);
	demo_notice(t);
	t->title = str_printf(t->mem, "Kế hoạch sử dụng đất năm 2020 trên địa bàn %.*s",
			      STR_ARG(t->unit->title));
	demo_put(
		t,
		"Theo kế hoạch sử dụng đất được phê duyệt, năm 2020 chuyển mục đích **%s ha**:\n\n",
		demo_count(t, homes + road + culture));
	demo_put(t,
		 "- Đất ở: %d ha\n- Đất giao thông, thủy lợi: %d ha\n- Đất văn hóa, thể thao: %d "
		 "ha\n\n",
		 (int)homes, (int)road, (int)culture);
	demo_put(t, "Bản đồ và danh mục thửa đất niêm yết tại trụ sở UBND.\n");
	close_with(t);
}

static void compensation(struct demo_text *t)
{
	int64_t families = demo_between(t, 6, 48), land = families * demo_between(t, 120, 310);
	int64_t price = demo_between(t, 45, 70), crops = land * demo_between(t, 4, 9);
	demo_notice(t);
	t->title = str_printf(t->mem, "Phương án bồi thường, hỗ trợ khi thu hồi đất làm đường %s",
			      demo_village(t));
	demo_put(t, "Số hộ có đất thu hồi: **%d hộ**, diện tích **%s m²** đất trồng lúa.\n\n",
		 (int)families, demo_count(t, land));
	demo_put(t, "- Bồi thường về đất (%d.000 đồng/m²): %s\n", (int)price,
		 demo_money(t, land * price));
	demo_put(t, "- Hỗ trợ cây trồng: %s\n", demo_money(t, crops));
	demo_put(t, "- **Cộng: %s**\n", demo_money(t, land * price + crops));
	close_with(t);
}

/* --- 5.3: who does what --- */

static void duties_of_officials(struct demo_text *t)
{
	static const char *const posts[] = { "Văn phòng - thống kê", "Tư pháp - hộ tịch",
					     "Địa chính - nông nghiệp - xây dựng",
					     "Tài chính - kế toán", "Văn hóa - xã hội" };
	static const char *const work[] = { "tiếp nhận và trả kết quả, lịch tiếp công dân",
					    "khai sinh, kết hôn, khai tử, chứng thực",
					    "đất đai, giao thông, môi trường",
					    "thu, chi ngân sách, các quỹ",
					    "chính sách xã hội, giảm nghèo, gia đình văn hóa" };
	demo_decision(t);
	t->title = str_printf(t->mem,
			      "Phân công nhiệm vụ cán bộ, công chức trực tiếp giải quyết công việc "
			      "của Nhân dân năm 2020 tại %.*s",
			      STR_ARG(t->unit->title));
	for (size_t i = 0; i < LENGTH(posts); i++)
		demo_put(t, "- **%s**: %s; phụ trách %s.\n", posts[i],
			 demo_person(t->mem, t->rng, t->unit->code, (int64_t)i + 10), work[i]);
	demo_put(t, "\nLàm việc từ thứ Hai đến thứ Sáu, sáng 7 giờ 30 đến 11 giờ 30, chiều 13 giờ "
		    "30 đến "
		    "17 giờ.\n");
	close_with(t);
}

/* --- 5.4: funds and contributions --- */

static void funds_plan(struct demo_text *t)
{
	int64_t merit = demo_between(t, 2, 4) * 5, storm = demo_between(t, 1, 3) * 5;
	int64_t per_house[3] = { merit, storm, demo_between(t, 1, 2) * 10 };
	static const char *const funds[] = { "Quỹ đền ơn đáp nghĩa", "Quỹ phòng, chống thiên tai",
					     "Quỹ vì người nghèo" };
	int64_t paying = t->unit->households * demo_between(t, 88, 96) / 100, sum = 0;
	demo_plan(t);
	t->title = str_printf(t->mem, "Kế hoạch vận động đóng góp các quỹ năm 2020 của %.*s",
			      STR_ARG(t->unit->title));
	demo_put(t,
		 "Vận động trên tinh thần tự nguyện; hộ nghèo và hộ chính sách không phải đóng "
		 "góp. Số hộ "
		 "được vận động: **%s hộ**.\n\n",
		 demo_count(t, paying));
	for (size_t i = 0; i < LENGTH(funds); i++) {
		sum += per_house[i] * paying;
		demo_put(t, "- %s: %d.000 đồng/hộ, dự kiến %s\n", funds[i], (int)per_house[i],
			 demo_money(t, per_house[i] * paying));
	}
	demo_put(t, "\n**Cộng dự kiến: %s**\n", demo_money(t, sum));
	close_with(t);
}

static void fund_result(struct demo_text *t, struct str title, int64_t least, int64_t most)
{
	static const int weights[] = { 45, 30, 25 };
	int64_t left = demo_between(t, 0, 60) * 100, in = demo_between(t, least, most) * 100,
		parts[3];
	demo_report(t);
	demo_split(t, in - left, 50, weights, 3, parts);
	t->title = title;
	demo_put(t, "- Tổng thu: **%s**\n- Tổng chi: **%s**\n", demo_money(t, in),
		 demo_money(t, in - left));
	demo_put(t, "    - Thăm hỏi, hỗ trợ hộ khó khăn: %s\n", demo_money(t, parts[0]));
	demo_put(t, "    - Sửa chữa, mua sắm dụng cụ: %s\n", demo_money(t, parts[1]));
	demo_put(t, "    - Nộp quỹ cấp trên: %s\n", demo_money(t, parts[2]));
	demo_put(t, "- Tồn quỹ: **%s**\n\n", demo_money(t, left));
	demo_put(t, "Danh sách thu theo từng thôn, tổ dân phố có tại nhà văn hóa.\n");
	close_with(t);
}

static void funds_result(struct demo_text *t)
{
	fund_result(t,
		    str_printf(t->mem,
			       "Kết quả thu, chi các quỹ do Nhân dân đóng góp năm 2020 của %.*s",
			       STR_ARG(t->unit->title)),
		    400, 1400);
}

static void covid_fund(struct demo_text *t)
{
	fund_result(t,
		    str_printf(t->mem,
			       "Tiếp nhận và sử dụng tiền, hiện vật ủng hộ phòng, chống dịch "
			       "COVID-19 tại %.*s",
			       STR_ARG(t->unit->title)),
		    150, 600);
}

static void charity_fund(struct demo_text *t)
{
	fund_result(t,
		    str_printf(t->mem,
			       "Công khai Quỹ \"Vì người nghèo\" 6 tháng đầu năm 2020 của %.*s",
			       STR_ARG(t->unit->title)),
		    100, 400);
}

/* --- 5.5: loans, poverty, allowances --- */

static void people_list(struct demo_text *t, int64_t n)
{
	for (int64_t i = 0; i < n; i++) {
		const char *name = demo_person(t->mem, t->rng, t->unit->code, 100 + i);
		buf_printf(&t->names, "%s%s, %s", i ? "\n" : "", name, demo_village(t));
	}
}

static void poverty_review(struct demo_text *t)
{
	int64_t poor = t->unit->households * demo_between(t, 12, 38) / 1000;
	int64_t near = t->unit->households * demo_between(t, 20, 50) / 1000;
	int64_t out = poor * demo_between(t, 25, 60) / 100;
	demo_decision(t);
	t->title = str_printf(t->mem, "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2020 của %.*s",
			      STR_ARG(t->unit->title));
	demo_put(t, "Tổng số hộ: %s.\n\n", demo_count(t, t->unit->households));
	demo_put(t, "- Hộ nghèo: **%d hộ** (%s), trong năm thoát nghèo %d hộ\n", (int)poor,
		 demo_percent(t, poor, t->unit->households), (int)out);
	demo_put(t, "- Hộ cận nghèo: **%d hộ** (%s)\n", (int)near,
		 demo_percent(t, near, t->unit->households));
	demo_put(t, "\nDanh sách kèm theo chỉ hiển thị trong thời gian niêm yết 30 ngày.\n");
	close_with(t);
	people_list(t, poor < 25 ? poor : 25);
}

static void covid_support(struct demo_text *t)
{
	int64_t a = demo_between(t, 20, 90), b = demo_between(t, 10, 70),
		c = demo_between(t, 3, 30);
	demo_notice(t);
	t->title =
		str_printf(t->mem,
			   "Danh sách đề nghị hỗ trợ người dân gặp khó khăn do đại dịch COVID-19 "
			   "của %.*s",
			   STR_ARG(t->unit->title));
	demo_put(t, "Thực hiện Nghị quyết 42/NQ-CP. Mức hỗ trợ theo quy định, chi trả một lần cho "
		    "3 tháng:\n\n");
	demo_put(t, "- Người có công, bảo trợ xã hội: %d người × 1.500.000 đồng = %s\n", (int)a,
		 demo_money(t, a * 1500));
	demo_put(t, "- Người thuộc hộ nghèo, cận nghèo: %d người × 750.000 đồng = %s\n", (int)b,
		 demo_money(t, b * 750));
	demo_put(t, "- Lao động không có giao kết hợp đồng: %d người × 3.000.000 đồng = %s\n",
		 (int)c, demo_money(t, c * 3000));
	demo_put(t, "\n**Cộng: %d người, %s**\n", (int)(a + b + c),
		 demo_money(t, a * 1500 + b * 750 + c * 3000));
	close_with(t);
	people_list(t, c);
}

static void loans(struct demo_text *t)
{
	int64_t families = demo_between(t, 6, 30), each = demo_between(t, 4, 9) * 5000;
	demo_notice(t);
	t->title = str_printf(
		t->mem, "Kết quả bình xét hộ vay vốn Ngân hàng Chính sách xã hội đợt %d năm 2020",
		(int)demo_between(t, 1, 3));
	demo_put(t, "Tổ tiết kiệm và vay vốn %s đã họp bình xét công khai.\n\n", demo_village(t));
	demo_put(t, "- Số hộ được vay: **%d hộ**\n- Mức vay mỗi hộ: %s\n- Tổng số tiền: **%s**\n",
		 (int)families, demo_money(t, each), demo_money(t, each * families));
	close_with(t);
	people_list(t, families < 12 ? families : 12);
}

static void health_cards(struct demo_text *t)
{
	int64_t poor = demo_between(t, 20, 90), children = demo_between(t, 60, 240);
	int64_t merit = demo_between(t, 15, 80);
	demo_notice(t);
	t->title = str_printf(
		t->mem, "Danh sách cấp thẻ bảo hiểm y tế từ nguồn ngân sách năm 2020 của %.*s",
		STR_ARG(t->unit->title));
	demo_put(t, "Tổng số thẻ: **%d**, gồm:\n\n", (int)(poor + children + merit));
	demo_put(t,
		 "- Người thuộc hộ nghèo, cận nghèo: %d thẻ\n- Trẻ em dưới 6 tuổi: %d thẻ\n"
		 "- Người có công: %d thẻ\n",
		 (int)poor, (int)children, (int)merit);
	close_with(t);
}

/* --- 5.6 to 5.10 --- */

static void village_boundary(struct demo_text *t)
{
	int64_t before = demo_between(t, 10, 15) * 10, after = demo_between(t, 24, 42) * 10;
	demo_plan(t);
	t->title = str_printf(t->mem, "Đề án sáp nhập, đổi tên thôn, tổ dân phố của %.*s",
			      STR_ARG(t->unit->title));
	demo_put(t,
		 "Dự kiến sáp nhập hai khu dân cư có dưới %d hộ vào %s. Sau sáp nhập có %d hộ.\n\n"
		 "Đề án lấy ý kiến cử tri theo hộ gia đình trong 15 ngày.\n",
		 (int)before, demo_village(t), (int)after);
	close_with(t);
}

static void inspection_result(struct demo_text *t)
{
	int64_t checks = demo_between(t, 2, 6), found = demo_between(t, 0, 2);
	int64_t back = found * demo_between(t, 10, 90) * 100;
	demo_notice(t);
	t->title =
		str_printf(t->mem,
			   "Kết quả kiểm tra, giải quyết vụ việc và lấy phiếu tín nhiệm năm 2020 "
			   "tại %.*s",
			   STR_ARG(t->unit->title));
	demo_put(
		t,
		"- Số cuộc kiểm tra: %d\n- Số cuộc có kiến nghị xử lý: %d\n- Số tiền thu hồi: %s\n"
		"- Phiếu tín nhiệm: %d người được lấy phiếu, %d người đạt từ hai phần ba trở lên\n",
		(int)checks, (int)found, demo_money(t, back), 5, (int)demo_between(t, 4, 5));
	close_with(t);
}

static void opinions_taken(struct demo_text *t)
{
	int64_t taken = demo_between(t, 12, 60), kept = demo_between(t, 3, 15);
	demo_report(t);
	t->title = str_printf(
		t->mem,
		"Nội dung, kết quả tiếp thu ý kiến của Nhân dân %.*s về dự thảo kế hoạch "
		"năm 2021",
		STR_ARG(t->unit->title));
	demo_put(t, "Tổng số ý kiến: **%d**; tiếp thu **%d**, giải trình **%d**.\n\n",
		 (int)(taken + kept), (int)taken, (int)kept);
	demo_put(t,
		 "Ý kiến nhiều nhất: đường giao thông và rãnh thoát nước %s; môi trường; lịch tưới "
		 "tiêu.\n",
		 demo_village(t));
	close_with(t);
}

static void fees(struct demo_text *t)
{
	static const char *const names[] = { "Chứng thực bản sao", "Chứng thực chữ ký",
					     "Chứng thực hợp đồng, giao dịch" };
	static const char *const fee[] = { "2.000 đồng/trang", "10.000 đồng/trường hợp",
					   "50.000 đồng/hợp đồng" };
	demo_notice(t);
	t->title = str_printf(
		t->mem, "Mức thu phí, lệ phí và nghĩa vụ tài chính do %.*s trực tiếp thu năm 2020",
		STR_ARG(t->unit->title));
	for (size_t i = 0; i < LENGTH(names); i++)
		demo_put(t, "- %s: %s\n", names[i], fee[i]);
	demo_put(t, "- Phí vệ sinh môi trường: %d.000 đồng/hộ/tháng\n",
		 (int)demo_between(t, 10, 20));
	demo_put(t, "\nNgoài các khoản trên, không thu khoản nào khác. Khi nộp tiền, đề nghị lấy "
		    "biên lai.\n");
	close_with(t);
}

static void procedures(struct demo_text *t)
{
	int64_t civil = demo_between(t, 14, 19), land = demo_between(t, 6, 10);
	int64_t social = demo_between(t, 18, 30), other = demo_between(t, 20, 50);
	demo_decision(t);
	t->title = str_printf(
		t->mem, "Danh mục thủ tục hành chính thuộc thẩm quyền giải quyết của UBND %.*s",
		STR_ARG(t->unit->title));
	demo_put(t, "Tổng số: **%d thủ tục**.\n\n", (int)(civil + land + social + other));
	demo_put(t,
		 "- Tư pháp, hộ tịch: %d\n- Đất đai, môi trường: %d\n- Lao động, thương binh và xã "
		 "hội: %d\n"
		 "- Lĩnh vực khác: %d\n",
		 (int)civil, (int)land, (int)social, (int)other);
	demo_put(t, "\nHồ sơ, thời hạn và lệ phí từng thủ tục niêm yết tại Bộ phận Một cửa.\n");
	close_with(t);
}

/* --- 5.11: whatever else --- */

static void reception_days(struct demo_text *t)
{
	demo_notice(t);
	t->title = str_printf(t->mem, "Lịch tiếp công dân năm 2020 của lãnh đạo %.*s",
			      STR_ARG(t->unit->title));
	demo_put(t,
		 "Chủ tịch UBND tiếp công dân vào sáng thứ %s hằng tuần tại trụ sở; nếu trùng ngày "
		 "nghỉ thì "
		 "chuyển sang ngày làm việc kế tiếp.\n",
		 demo_between(t, 0, 1) ? "Ba" : "Năm");
	close_with(t);
}

static void vaccination(struct demo_text *t)
{
	demo_notice(t);
	t->title = str_printf(t->mem, "Lịch tiêm phòng gia súc, gia cầm vụ %s năm 2020",
			      date_ymd(t->day).month < 7 ? "Xuân" : "Thu");
	for (int i = 0; i < t->unit->village_count; i++)
		demo_put(t, "- %.*s: ngày %s\n", STR_ARG(t->unit->villages[i]),
			 demo_day(t, date_add(t->day, 7 + i)));
	close_with(t);
}

static void water_schedule(struct demo_text *t)
{
	demo_notice(t);
	t->title = str_printf(t->mem, "Lịch tưới và gieo cấy vụ %s trên địa bàn %.*s",
			      date_ymd(t->day).month < 5 ? "Đông Xuân" : "Mùa",
			      STR_ARG(t->unit->title));
	demo_put(t,
		 "Lấy nước đợt 1 từ ngày %s, đợt 2 từ ngày %s. Diện tích gieo cấy dự kiến %s ha.\n",
		 demo_day(t, date_add(t->day, 5)), demo_day(t, date_add(t->day, 19)),
		 demo_count(t, t->unit->households * demo_between(t, 10, 14) / 100));
	close_with(t);
}

static void covid_measures(struct demo_text *t)
{
	demo_notice(t);
	t->title = str_printf(t->mem, "Các biện pháp phòng, chống dịch COVID-19 trên địa bàn %.*s",
			      STR_ARG(t->unit->title));
	demo_put(t,
		 "- Khai báo y tế khi đi từ vùng có dịch về: Trạm y tế, %d tổ ở các thôn, tổ dân "
		 "phố\n"
		 "- Tạm dừng lễ hội, tập trung đông người\n- Đeo khẩu trang nơi công cộng\n",
		 t->unit->village_count);
	close_with(t);
}

static void culture_families(struct demo_text *t)
{
	int64_t yes = t->unit->households * demo_between(t, 84, 95) / 100;
	demo_decision(t);
	t->title =
		str_printf(t->mem, "Kết quả bình xét danh hiệu Gia đình văn hóa năm 2020 của %.*s",
			   STR_ARG(t->unit->title));
	demo_put(t, "**%s/%s hộ** đạt danh hiệu (%s).\n", demo_count(t, yes),
		 demo_count(t, t->unit->households), demo_percent(t, yes, t->unit->households));
	close_with(t);
}

const struct demo_story demo_commune_stories[] = {
	{ "XA07-05-01", 1, 13, 2, 14, 100, true, budget_estimate },
	{ "XA07-05-01", 4, 6, 4, 24, 100, true, budget_quarter_1 },
	{ "XA07-05-01", 5, 18, 6, 24, 85, false, budget_settlement },
	{ "XA07-05-01", 7, 6, 7, 24, 100, true, budget_half },
	{ "XA07-05-01", 10, 5, 10, 23, 100, true, budget_nine_months },
	{ "XA07-05-01", 12, 18, 12, 30, 65, false, social_plan },
	{ "XA07-05-02", 2, 10, 4, 20, 100, true, works_list },
	{ "XA07-05-02", 3, 2, 5, 29, 45, false, land_plan },
	{ "XA07-05-02", 4, 6, 10, 30, 30, false, compensation },
	{ "XA07-05-02", 8, 3, 12, 11, 100, true, works_progress },
	{ "XA07-05-02", 9, 7, 12, 18, 55, false, works_progress },
	{ "XA07-05-03", 2, 3, 3, 20, 100, true, duties_of_officials },
	{ "XA07-05-04", 3, 9, 5, 22, 100, true, funds_plan },
	{ "XA07-05-04", 4, 13, 6, 12, 70, false, covid_fund },
	{ "XA07-05-04", 7, 6, 7, 31, 45, false, charity_fund },
	{ "XA07-05-04", 10, 12, 12, 22, 100, true, funds_result },
	{ "XA07-05-05", 2, 17, 9, 25, 75, false, loans },
	{ "XA07-05-05", 5, 4, 5, 28, 95, false, covid_support },
	{ "XA07-05-05", 3, 2, 8, 28, 60, false, health_cards },
	{ "XA07-05-05", 11, 2, 12, 11, 100, true, poverty_review },
	{ "XA07-05-06", 4, 6, 10, 16, 8, false, village_boundary },
	{ "XA07-05-07", 6, 8, 12, 18, 100, true, inspection_result },
	{ "XA07-05-08", 9, 7, 12, 14, 100, true, opinions_taken },
	{ "XA07-05-09", 2, 10, 4, 17, 100, true, fees },
	{ "XA07-05-10", 3, 2, 6, 19, 100, true, procedures },
	{ "XA07-05-11", 1, 13, 2, 20, 90, false, reception_days },
	{ "XA07-05-11", 2, 3, 3, 31, 95, false, covid_measures },
	{ "XA07-05-11", 3, 9, 4, 10, 80, false, vaccination },
	{ "XA07-05-11", 1, 14, 2, 7, 70, false, water_schedule },
	{ "XA07-05-11", 5, 25, 6, 19, 70, false, water_schedule },
	{ "XA07-05-11", 9, 7, 10, 9, 75, false, vaccination },
	{ "XA07-05-11", 11, 2, 12, 4, 80, false, culture_families },
	{ 0 },
};
