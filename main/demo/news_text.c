/* What the demonstration's units have news of, and what people say in them: in our own words, about
 * nobody in particular, with numbers drawn from each unit's own stream. */
#include "main/demo/news.h"

/* --- Communes --- */

static void cleaning(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	const char *village = demo_village(t);
	int homes = (int)demo_between(t, 60, 180);
	const char *ditch = demo_count(t, demo_between(t, 4, 18) * 100);
	t->title = str_printf(t->mem, "Bà con %s ra quân dọn vệ sinh môi trường", village);
	n->lead = str_printf(t->mem,
			     "Sáng %s, %d hộ ở %s dọn đường làng ngõ xóm và khơi thông %s m mương "
			     "thoát nước.",
			     demo_day(t, t->day), homes, village, ditch);
	demo_put(t,
		 "Việc này do bà con bàn và thống nhất tại cuộc họp %s; mỗi hộ cử một người tham "
		 "gia, không thu tiền.\n\n",
		 village);
	demo_put(t, "- Số hộ tham gia: %d\n- Mương được khơi thông: %s m\n\n", homes, ditch);
	demo_put(t, "Từng nhóm hộ nhận giữ gìn đoạn đường trước nhà; kết quả được nêu ở cuộc họp "
		    "sau.\n");
}

static void dialogue(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	int at_once = (int)demo_between(t, 5, 14), later = (int)demo_between(t, 1, 4);
	t->title =
		str_printf(t->mem, "Lãnh đạo %.*s đối thoại với nhân dân", STR_ARG(t->unit->title));
	n->lead = str_printf(
		t->mem,
		"Ngày %s, lãnh đạo %.*s đối thoại trực tiếp với nhân dân: %d ý kiến được "
		"nêu, %d ý kiến được trả lời ngay.",
		demo_day(t, t->day), STR_ARG(t->unit->title), at_once + later, at_once);
	demo_put(
		t,
		"Các ý kiến tập trung vào đường giao thông, vệ sinh môi trường và thủ tục đất đai. "
		"Còn **%d ý kiến** được ghi biên bản, giao người phụ trách trả lời bằng văn "
		"bản.\n\n",
		later);
	demo_put(t, "Biên bản đối thoại được niêm yết tại trụ sở UBND và các nhà văn hóa.\n");
}

static void epidemic(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	int groups = t->unit->village_count;
	t->title = str_printf(t->mem, "%.*s: đến từng nhà phổ biến việc phòng, chống dịch COVID-19",
			      STR_ARG(t->unit->place));
	n->lead = str_printf(
		t->mem,
		"%d tổ COVID cộng đồng của %.*s đến từng nhà phổ biến cách phòng dịch và "
		"ghi nhận người từ nơi khác về.",
		groups, STR_ARG(t->unit->title));
	demo_put(t,
		 "Mỗi tổ có trưởng thôn hoặc tổ trưởng dân phố, cán bộ y tế và đại diện đoàn thể. "
		 "Thông tin cá nhân của người khai báo chỉ dùng cho việc phòng dịch.\n\n");
	demo_put(
		t,
		"Việc hỗ trợ người gặp khó khăn, nếu có, được công khai trên trang này và niêm yết "
		"tại các nhà văn hóa.\n");
}

static void road(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	const char *village = demo_village(t);
	const char *length = demo_count(t, demo_between(t, 3, 12) * 50);
	int64_t parts[2], all = demo_between(t, 180, 640) * 1000;
	static const int weights[] = { 62, 38 };
	demo_split(t, all, 1000, weights, 2, parts);
	t->title = str_printf(t->mem, "Hoàn thành đường bê tông ở %s", village);
	n->lead = str_printf(t->mem,
			     "Tuyến đường dài %s m ở %s đã nghiệm thu, đưa vào sử dụng từ ngày %s.",
			     length, village, demo_day(t, t->day));
	demo_put(t,
		 "Mức đóng góp do nhân dân bàn và quyết định tại cuộc họp %s; thu, chi được công "
		 "khai tại nhà văn hóa.\n\n",
		 village);
	demo_put(t, "- Tổng kinh phí: %s\n- Ngân sách hỗ trợ: %s\n- Nhân dân đóng góp: %s\n\n",
		 demo_money(t, all), demo_money(t, parts[0]), demo_money(t, parts[1]));
	demo_put(t,
		 "Ban Giám sát đầu tư của cộng đồng theo dõi công trình từ khi khởi công đến khi "
		 "nghiệm thu.\n");
}

static void budget_where(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	t->title = str_printf(t->mem, "Ngân sách %.*s công khai ở đâu, hỏi ai",
			      STR_ARG(t->unit->title));
	n->lead = str_printf(
		t->mem,
		"Dự toán và tình hình thực hiện ngân sách năm 2020 của %.*s được công khai "
		"trên trang này và niêm yết tại trụ sở UBND.",
		STR_ARG(t->unit->title));
	demo_put(t,
		 "Người dân xem tại bảng tin trụ sở UBND, nhà văn hóa hoặc trên trang này, không "
		 "cần tài khoản. Ai cần giải thích thêm có thể hỏi bộ phận tài chính của UBND vào "
		 "giờ hành chính.\n");
}

static void inspectors(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	int people = (int)demo_between(t, 14, 32);
	t->title = str_printf(t->mem, "Bồi dưỡng nghiệp vụ cho Ban Thanh tra nhân dân %.*s",
			      STR_ARG(t->unit->title));
	n->lead = str_printf(
		t->mem,
		"%d thành viên Ban Thanh tra nhân dân và Ban Giám sát đầu tư của cộng đồng "
		"%.*s học cách kiểm tra việc công khai và thu, chi đóng góp.",
		people, STR_ARG(t->unit->title));
	demo_put(t,
		 "Lớp học hướng dẫn cách đọc dự toán, lập biên bản kiểm tra và gửi kiến nghị. Cuối "
		 "buổi, học viên thực hành với một nội dung đã công khai của đơn vị.\n");
}

static void festival(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	const char *village = demo_village(t);
	t->title = str_printf(t->mem, "Ngày hội Đại đoàn kết toàn dân tộc ở %s", village);
	n->lead = str_printf(
		t->mem,
		"Ngày %s, bà con %s họp mặt, nghe báo cáo việc thực hiện hương ước và bàn "
		"việc chung của năm tới.",
		demo_day(t, t->day), village);
	demo_put(t,
		 "Ban Công tác Mặt trận báo cáo các khoản quỹ do nhân dân đóng góp; chi tiết niêm "
		 "yết tại nhà văn hóa. Bà con góp ý sửa hương ước về việc cưới, việc tang.\n");
}

static void poverty(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	int villages = t->unit->village_count;
	t->title = str_printf(t->mem, "Họp bình xét hộ nghèo ở các thôn, tổ dân phố của %.*s",
			      STR_ARG(t->unit->title));
	n->lead = str_printf(
		t->mem,
		"%d thôn, tổ dân phố của %.*s đã họp bình xét hộ nghèo, hộ cận nghèo theo "
		"cách biểu quyết công khai.",
		villages, STR_ARG(t->unit->title));
	demo_put(t,
		 "Kết quả được niêm yết tại nhà văn hóa và trụ sở UBND trong thời hạn quy định để "
		 "mọi người kiểm tra, góp ý; hết thời hạn thì hạ xuống. Bài này không nêu tên hộ "
		 "nào.\n");
}

static void reception(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	static const char *const days[] = { "thứ Ba", "thứ Tư", "thứ Năm" };
	const char *day = days[demo_between(t, 0, 2)];
	t->title =
		str_printf(t->mem, "Lịch tiếp công dân của lãnh đạo %.*s", STR_ARG(t->unit->title));
	n->lead = str_printf(
		t->mem,
		"Chủ tịch UBND %.*s tiếp công dân vào %s hằng tuần, từ 07:30 đến 11:30, tại "
		"trụ sở UBND.",
		STR_ARG(t->unit->title), day);
	demo_put(t,
		 "Nếu %s là ngày nghỉ thì tiếp vào ngày làm việc liền sau. Người đến không cần hẹn "
		 "trước; mang theo giấy tờ liên quan nếu có.\n",
		 day);
}

/* --- Districts --- */

static void inspection_tour(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	int units = (int)demo_between(t, 3, 6);
	t->title = str_printf(t->mem, "Kiểm tra việc thực hiện quy chế dân chủ ở cơ sở tại %.*s",
			      STR_ARG(t->unit->title));
	n->lead =
		str_printf(t->mem,
			   "Đoàn kiểm tra của Ban Chỉ đạo %.*s làm việc tại %d đơn vị cấp xã trong "
			   "tháng %d/2020.",
			   STR_ARG(t->unit->title), units, date_ymd(t->day).month);
	demo_put(t,
		 "Đoàn xem bảng tin và sổ theo dõi công khai, đọc biên bản họp thôn, sổ tiếp công "
		 "dân, và hỏi chuyện người dân tại nhà văn hóa.\n\nKết quả được gửi tới từng đơn "
		 "vị, "
		 "kèm việc phải khắc phục và thời hạn.\n");
}

static void training(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	int people = (int)demo_between(t, 45, 120);
	t->title = S("Tập huấn cho người phụ trách quy chế dân chủ ở cơ sở");
	n->lead = str_printf(
		t->mem,
		"%d người phụ trách quy chế dân chủ của %.*s học cách lập kế hoạch công khai "
		"và tính thời hạn.",
		people, STR_ARG(t->unit->title));
	demo_put(
		t,
		"Phần lớn thời gian dành cho bài tập: đọc một văn bản, xác định nội dung phải công "
		"khai, hình thức, ngày cuối cùng phải niêm yết, và ghi lại bằng chứng.\n");
}

static void briefing(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	t->title = str_printf(t->mem, "Giao ban về quy chế dân chủ ở cơ sở của %.*s",
			      STR_ARG(t->unit->title));
	n->lead = str_printf(
		t->mem,
		"Ngày %s, Ban Chỉ đạo %.*s họp giao ban, rà những nội dung quá hạn công khai "
		"và phân công người theo dõi.",
		demo_day(t, t->day), STR_ARG(t->unit->title));
	demo_put(
		t,
		"Từng việc quá hạn được đọc tên đơn vị, nội dung và số ngày. Danh sách lấy từ [các "
		"nghĩa vụ quá hạn](/han?xem=qua-han) trên trang này.\n");
}

/* --- The province --- */

static void year_plan(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	t->title = S("Triển khai nhiệm vụ thực hiện quy chế dân chủ ở cơ sở năm 2020");
	n->lead = S("Ban Chỉ đạo tỉnh giao nhiệm vụ năm 2020 cho các cấp, các ngành: công khai "
		    "đúng hạn, "
		    "đối thoại định kỳ, trả lời kiến nghị có thời hạn.");
	demo_put(t,
		 "Mỗi đơn vị lập kế hoạch công khai của năm, nêu rõ nội dung, hình thức và kỳ công "
		 "khai. Kế hoạch của từng đơn vị xem tại [danh sách kế "
		 "hoạch](/ke-hoach-cong-khai).\n");
}

/* Known of it is that such a conference sums up a year; nothing here says who spoke or how much of
 * anything there was. The figures are those of this site, and said to be so. */
static void conference(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	t->title = S("Tổng kết việc thực hiện Quy chế dân chủ ở cơ sở năm 2020");
	n->lead = S("Ngày 05/01/2021, tỉnh Ninh Bình tổ chức hội nghị tổng kết việc thực hiện Quy "
		    "chế dân "
		    "chủ ở cơ sở năm 2020 và bàn nhiệm vụ năm 2021.");
	demo_put(t, "Hội nghị tổng kết hằng năm nhìn lại việc thực hiện quy chế ở xã, phường, thị "
		    "trấn, ở "
		    "cơ quan, đơn vị và ở doanh nghiệp: việc đã làm, việc còn chậm, nguyên nhân, "
		    "và việc "
		    "của năm sau.\n\n");
	demo_put(
		t,
		"**Về số liệu.** Bài này không ghi lại con số nào của hội nghị. Số liệu trên trang "
		"là "
		"dữ liệu minh họa, do phần mềm dựng nên; mỗi con số được đếm từ các hồ sơ và mở ra "
		"được các hồ sơ ấy:\n\n");
	demo_put(t, "- [tổng kết năm 2020 của toàn tỉnh](/tong-ket/37/2020)\n"
		    "- [nội dung đã công khai trong năm "
		    "2020](/cong-khai?den=2020-12-31&tu=2020-01-01)\n"
		    "- [nghĩa vụ đang quá hạn](/han?xem=qua-han)\n\n");
	demo_put(
		t,
		"Một hội nghị như vậy thường xem xét công khai, bàn và quyết định ở thôn, tiếp "
		"công "
		"dân và đối thoại, hoạt động của Ban Thanh tra nhân dân và Ban Giám sát đầu tư của "
		"cộng đồng, tập huấn cho cán bộ. Trang này giúp chuẩn bị những phần đó từ việc làm "
		"hằng ngày, thay cho việc cộng số vào cuối năm.\n");
}

const struct demo_tale demo_tales[] = {
	{ LEVEL_COMMUNE, 4, 1, 10, 30, SCENE_WORKS, cleaning },
	{ LEVEL_COMMUNE, 9, 1, 12, 18, SCENE_MEETING, dialogue },
	{ LEVEL_COMMUNE, 3, 16, 5, 15, SCENE_NONE, epidemic },
	{ LEVEL_COMMUNE, 5, 11, 12, 18, SCENE_WORKS, road },
	{ LEVEL_COMMUNE, 3, 2, 7, 31, SCENE_NONE, budget_where },
	{ LEVEL_COMMUNE, 5, 18, 9, 30, SCENE_MEETING, inspectors },
	{ LEVEL_COMMUNE, 11, 9, 11, 18, SCENE_MEETING, festival },
	{ LEVEL_COMMUNE, 11, 16, 12, 18, SCENE_NONE, poverty },
	{ LEVEL_COMMUNE, 1, 13, 2, 28, SCENE_NONE, reception },
	{ LEVEL_DISTRICT, 8, 3, 10, 23, SCENE_MEETING, inspection_tour },
	{ LEVEL_DISTRICT, 5, 18, 7, 17, SCENE_MEETING, training },
	{ LEVEL_DISTRICT, 10, 1, 12, 11, SCENE_NONE, briefing },
	{ LEVEL_PROVINCE, 2, 3, 3, 13, SCENE_NONE, year_plan },
	{ LEVEL_PROVINCE, 8, 17, 10, 30, SCENE_MEETING, inspection_tour },
	{ LEVEL_PROVINCE, 6, 1, 7, 10, SCENE_MEETING, training },
	{ 0 },
};

const struct demo_tale demo_conference = {
	LEVEL_PROVINCE, 1, 5, 1, 5, SCENE_MEETING, conference,
};

/* --- What people say --- */

static void on_fee_of_support(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	t->title = S("Về lệ phí hồ sơ hỗ trợ người gặp khó khăn do dịch COVID-19");
	n->claim = S("Muốn được nhận tiền hỗ trợ thì phải nộp lệ phí làm hồ sơ.");
	n->where = S("ở chợ và trong nhóm nhắn tin");
	n->verdict = S("false");
	demo_put(t,
		 "**Không thu khoản nào.** Người thuộc diện hỗ trợ kê khai theo mẫu có sẵn tại nhà "
		 "văn hóa; trưởng thôn, tổ trưởng dân phố giúp điền nếu cần. Ai bị yêu cầu nộp "
		 "tiền thì báo ngay cho "
		 "UBND %.*s.\n",
		 STR_ARG(t->unit->title));
}

static void on_cleaning_fee(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	int64_t was = demo_between(t, 18, 24), now = was + demo_between(t, 2, 4);
	t->title = S("Về mức phí vệ sinh môi trường");
	n->claim = S("Từ tháng sau phí vệ sinh môi trường tăng gấp đôi.");
	n->where = S("trên mạng xã hội");
	n->verdict = S("partly");
	demo_put(t,
		 "Mức thu có tăng, nhưng không gấp đôi: từ %s lên %s một hộ một tháng, do chi phí "
		 "thu "
		 "gom tăng. Mức mới đã được bàn tại các cuộc họp thôn, tổ dân phố và được công "
		 "khai trước khi "
		 "áp "
		 "dụng.\n",
		 demo_money(t, was), demo_money(t, now));
}

static void on_market(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	t->title = S("Về việc chợ tạm dừng họp");
	n->claim = S("Chợ sẽ nghỉ hai tuần để phòng dịch.");
	n->where = S("ở chợ");
	n->verdict = S("true");
	demo_put(
		t,
		"Đúng. Chợ tạm dừng họp 14 ngày kể từ ngày %s. Cửa hàng bán hàng thiết yếu vẫn mở; "
		"người bán giữ khoảng cách và đeo khẩu trang.\n",
		demo_day(t, date_add(t->day, 1)));
}

static void on_land(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	const char *village = demo_village(t);
	t->title = str_printf(t->mem, "Về quy hoạch khu dân cư ở %s", village);
	n->claim = str_printf(t->mem, "Ruộng ở %s sắp bị thu hồi để làm khu dân cư mới.", village);
	n->where = S("trên mạng xã hội và tại cuộc họp thôn");
	n->verdict = S("unknown");
	demo_put(t,
		 "UBND %.*s chưa nhận được văn bản nào về việc này, đã hỏi cơ quan có thẩm quyền "
		 "và sẽ "
		 "trả lời tại đây khi có kết quả.\n",
		 STR_ARG(t->unit->title));
	n->later_verdict = S("false");
	n->later = S(
		"**Chưa có quyết định thu hồi đất nào.** Khu đất được nhắc tới mới ở bước đề xuất "
		"quy hoạch; nếu đưa vào quy hoạch thì phải lấy ý kiến nhân dân và niêm yết "
		"trước.\n");
}

static void on_dyke(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	t->title = S("Về an toàn đê trong đợt mưa lớn");
	n->claim = S("Đê đã bị thấm và sắp vỡ, phải đi ngay trong đêm.");
	n->where = S("trong nhóm nhắn tin của thôn");
	n->verdict = S("false");
	demo_put(t,
		 "Đê không có sự cố. Lực lượng tuần tra canh đê suốt ngày đêm; nếu phải sơ tán, "
		 "UBND "
		 "%.*s báo qua truyền thanh và trưởng thôn, tổ trưởng dân phố đến từng nhà.\n",
		 STR_ARG(t->unit->title));
}

static void on_water(struct demo_news *n)
{
	struct demo_text *t = &n->text;
	int days = (int)demo_between(t, 1, 2);
	t->title = S("Về lịch ngừng cấp nước sạch");
	n->claim = S("Nước sạch sẽ bị cắt cả tuần.");
	n->where = S("truyền miệng");
	n->verdict = S("partly");
	demo_put(t,
		 "Có ngừng cấp nước để thay ống, nhưng chỉ %d ngày, từ ngày %s. Người dân nên trữ "
		 "nước "
		 "dùng trong thời gian đó.\n",
		 days, demo_day(t, date_add(t->day, 2)));
}

const struct demo_tale demo_claims[] = {
	{ LEVEL_COMMUNE, 4, 20, 6, 26, SCENE_NONE, on_fee_of_support },
	{ LEVEL_COMMUNE, 2, 10, 11, 27, SCENE_NONE, on_cleaning_fee },
	{ LEVEL_COMMUNE, 3, 30, 4, 10, SCENE_NONE, on_market },
	{ LEVEL_COMMUNE, 3, 2, 11, 20, SCENE_NONE, on_land },
	{ LEVEL_COMMUNE, 8, 3, 10, 30, SCENE_NONE, on_dyke },
	{ LEVEL_COMMUNE, 5, 11, 9, 18, SCENE_NONE, on_water },
	{ 0 },
};
