/* What people ask a commune for, and what it answers. */
#include "main/demo/requests.h"

const struct demo_question demo_asked[] = {
	{ "Quyết toán kinh phí làm đường bê tông của thôn năm 2019",
	  "Xin xem phần dân đóng góp và phần ngân sách hỗ trợ.",
	  "Để giám sát việc thu, chi của thôn.",
	  "Tổng kinh phí **486.000.000 đồng**: ngân sách hỗ trợ 291.600.000 đồng, nhân dân đóng "
	  "góp "
	  "194.400.000 đồng.\n\nBảng chi tiết xem tại bộ phận một cửa.\n",
	  "Kinh phí làm một tuyến đường thôn năm 2019 gồm những khoản nào?", false },
	{ "Danh mục các khoản quỹ do xã thu năm 2020 và mức thu", "",
	  "Để biết khoản nào bắt buộc, khoản nào tự nguyện.",
	  "Xã thu hai quỹ theo quy định: quỹ phòng, chống thiên tai và quỹ đền ơn đáp nghĩa. Các "
	  "khoản "
	  "khác do thôn bàn và quyết định, tự nguyện.\n",
	  "Năm 2020 xã thu những quỹ nào?", false },
	{ "Hồ sơ thiết kế, dự toán nhà văn hóa thôn đang xây",
	  "Bản vẽ mặt bằng và bảng khối lượng.", "Ban giám sát đầu tư của cộng đồng cần đối chiếu.",
	  "Gửi kèm bản vẽ mặt bằng và bảng khối lượng; dự toán được duyệt **1.240.000.000 "
	  "đồng**.\n",
	  "Nhà văn hóa thôn được duyệt dự toán bao nhiêu?", true },
	{ "Kế hoạch sử dụng đất của xã năm 2020, phần đất ở mới", "",
	  "Gia đình muốn biết khu vực mình có nằm trong kế hoạch không.",
	  "Kế hoạch năm 2020 có 1,8 ha đất ở mới tại hai xứ đồng; bản đồ treo tại trụ sở UBND "
	  "xã.\n",
	  "Kế hoạch sử dụng đất năm 2020 có bao nhiêu đất ở mới?", false },
	{ "Danh sách hộ được hỗ trợ do ảnh hưởng của dịch năm 2020",
	  "Số hộ và mức hỗ trợ của từng thôn.", "Để so với danh sách niêm yết ở thôn.",
	  "Toàn xã có 96 hộ được hỗ trợ, tổng số tiền 143.000.000 đồng; số hộ của từng thôn ghi "
	  "trong "
	  "bảng tại bộ phận một cửa.\n",
	  "Bao nhiêu hộ được hỗ trợ do ảnh hưởng của dịch?", true },
	{ "Số liệu thu, chi nước sạch nông thôn hai năm gần đây",
	  "Thu tiền nước, chi sửa chữa, số còn lại.", "Để hiểu vì sao giá nước tăng.",
	  "Năm 2018 thu 212 triệu đồng, chi 205 triệu đồng; năm 2019 thu 230 triệu đồng, chi 244 "
	  "triệu "
	  "đồng, phần thiếu lấy từ số dư năm trước.\n",
	  "Thu, chi của công trình nước sạch trong hai năm ra sao?", true },
	{ "Biên bản họp thôn về mức đóng góp làm rãnh thoát nước", "", "Gia đình vắng mặt hôm họp.",
	  "Biên bản ghi 61 trên 88 hộ dự họp, 54 hộ đồng ý mức 350.000 đồng một hộ. Gửi kèm bản "
	  "sao.\n",
	  "Thôn đã quyết mức đóng góp làm rãnh thoát nước thế nào?", false },
	{ "Kết quả kiểm tra chất lượng nước giếng khoan công cộng", "Lần lấy mẫu gần nhất.",
	  "Lo cho sức khỏe trẻ nhỏ trong xóm.",
	  "Lần lấy mẫu tháng 6/2020: các chỉ tiêu đạt, riêng độ cứng cao, nên đun sôi trước khi "
	  "dùng.\n",
	  "Nước giếng khoan công cộng có đạt không?", false },
	{ 0 },
};
