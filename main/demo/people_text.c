/* What people want of their commune, and what it says. */
#include "main/demo/people.h"

const struct demo_matter demo_matters[] = {
	{ "feedback", "Rác để nhiều ngày ở đầu thôn chưa được thu gom",
	  "Điểm tập kết rác đầu thôn đã hơn một tuần không có xe đến lấy, bốc mùi, nước chảy ra "
	  "đường.",
	  "Đề nghị xã cho thu gom và báo lịch thu gom cho dân biết.",
	  "Xã đã cùng tổ thu gom dọn sạch điểm tập kết. Từ nay xe lấy rác vào **thứ Ba và thứ Sáu "
	  "hằng tuần**; lịch đã dán tại nhà văn hóa thôn.\n",
	  "done", "other" },
	{ "feedback", "Đèn đường trục thôn hỏng, trẻ em đi học về tối",
	  "Cả đoạn từ nhà văn hóa đến trường học mất điện chiếu sáng hơn nửa tháng.",
	  "Sửa đèn trước khi vào năm học.",
	  "Điện lực đã thay **7 bóng** và một tủ điều khiển; đoạn còn lại chờ vật tư, xong trong "
	  "tháng sau.\n",
	  "part", "other" },
	{ "feedback", "Xe chở đất làm vỡ mặt đường liên thôn",
	  "Xe tải chở đất chạy suốt ngày, mặt đường bê tông vỡ nhiều tấm, bụi bay vào nhà dân.",
	  "Buộc chủ xe sửa đường và che bạt.",
	  "Xã đã lập biên bản với chủ xe; đơn vị thi công cam kết thay các tấm vỡ và tưới đường "
	  "hằng ngày.\n",
	  "done", "other" },
	{ "feedback", "Loa phát thanh của thôn quá to vào sáng sớm",
	  "Loa ở đầu ngõ phát từ 5 giờ sáng, trẻ nhỏ và người ốm không ngủ được.",
	  "Phát muộn hơn hoặc xoay loa.",
	  "Thôn đã xoay cụm loa và phát từ **5 giờ 30**; giờ phát theo quy định của xã nên chưa "
	  "lùi thêm được.\n",
	  "part", "other" },
	{ "feedback", "Quán hàng lấn vỉa hè trước cổng trường",
	  "Giờ tan học phụ huynh không có chỗ đứng, xe máy phải đi xuống lòng đường.",
	  "Dẹp hàng quán trong giờ tan học.",
	  "Công an xã đã nhắc và hai hộ đã chuyển vào trong; xã kiểm tra lại vào các buổi chiều.\n",
	  "done", "other" },
	{ "feedback", "Nước kênh tưới bị đen, cá chết",
	  "Nước kênh cạnh xưởng chế biến đổi màu từ đầu tháng, ruộng hai bên không dám lấy nước.",
	  "Kiểm tra việc xả thải.",
	  "Xã không có thẩm quyền lấy mẫu; Phòng Tài nguyên và Môi trường huyện đã nhận hồ sơ và "
	  "hẹn lấy mẫu. Kết quả sẽ niêm yết tại xã.\n",
	  "cannot", "other" },
	{ "proposal", "Mở thêm điểm sinh hoạt hè cho trẻ em ở nhà văn hóa thôn",
	  "Nghỉ hè trẻ em không có chỗ chơi, hay ra sông tắm.",
	  "Mở cửa nhà văn hóa các buổi chiều, có người trông.",
	  "Xã đồng ý mở cửa **chiều thứ Hai đến thứ Sáu**; Đoàn thanh niên phân công người "
	  "trông.\n",
	  "done", "other" },
	{ "proposal", "Trồng cây dọc đường từ ủy ban đến chợ",
	  "Đoạn đường không có bóng mát, các hộ sẵn sàng nhận chăm cây.",
	  "Xã cho giống cây và quy cách trồng.",
	  "Kinh phí năm nay đã phân bổ hết; xã đưa vào kế hoạch trồng cây năm sau và nhờ các hộ "
	  "đăng ký tại thôn.\n",
	  "explained", "other" },
	{ "proposal", "Bán vé chợ theo ngày thay cho theo tháng",
	  "Người bán ít hàng chỉ đi chợ phiên vẫn phải nộp cả tháng.", "Cho nộp theo ngày bán.",
	  "Ban quản lý chợ áp dụng vé ngày từ tháng sau; mức vé niêm yết tại cổng chợ.\n", "done",
	  "admin" },
	{ "proposal", "Đặt gương cầu ở ngã ba khuất tầm nhìn",
	  "Ngã ba đầu làng bị tường che, đã có hai vụ va chạm.", "Đặt gương cầu và kẻ vạch.",
	  "Đường do huyện quản lý; xã đã gửi văn bản đề nghị và đặt biển báo tạm.\n", "part",
	  "other" },
	{ "complaint", "Khiếu nại việc xác định diện tích đất được bồi thường",
	  "Biên bản kiểm đếm ghi thiếu diện tích đất vườn so với giấy chứng nhận của gia đình.",
	  "Kiểm đếm lại và bồi thường đủ.",
	  "Đã đo đạc lại có mặt gia đình và hai hộ liền kề. Diện tích đúng như giấy chứng nhận; "
	  "**sửa biên bản kiểm đếm** và lập phương án bổ sung.\n",
	  "right", "land" },
	{ "complaint", "Khiếu nại quyết định xử phạt xây dựng nhà bếp",
	  "Gia đình xây bếp trên đất ở, đã báo thôn, nhưng bị xử phạt xây dựng không phép.",
	  "Hủy quyết định xử phạt.",
	  "Công trình nằm trong khu vực phải có giấy phép. **Giữ nguyên quyết định xử phạt**; "
	  "hướng dẫn gia đình làm thủ tục xin phép.\n",
	  "wrong", "land" },
	{ "complaint", "Khiếu nại việc không đưa vào danh sách hộ cận nghèo",
	  "Gia đình có hai người ốm nặng nhưng thôn bình xét thiếu điểm.",
	  "Rà soát lại điểm của gia đình.",
	  "Rà soát lại có một mục chấm thiếu; cộng thêm điểm, gia đình **đủ điều kiện hộ cận "
	  "nghèo**. Việc bình xét ở thôn đúng trình tự.\n",
	  "part", "policy" },
	{ "complaint", "Khiếu nại việc thu hồi chỗ bán hàng ở chợ",
	  "Ban quản lý chợ lấy lại chỗ bán trong khi hợp đồng còn hạn.",
	  "Trả lại chỗ bán hoặc bố trí chỗ tương đương.",
	  "Hợp đồng còn hiệu lực; ban quản lý chợ **bố trí chỗ tương đương** từ đầu tháng và "
	  "không thu thêm tiền.\n",
	  "right", "admin" },
	{ 0 },
};
