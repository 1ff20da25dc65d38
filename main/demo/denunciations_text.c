/* What is denounced, and what is found. */
#include "main/demo/denunciations.h"

const struct demo_breach demo_breaches[] = {
	{ "công chức địa chính xã", "Nhận tiền ngoài quy định khi làm hồ sơ đất ở",
	  "Khi nộp hồ sơ tách thửa, ông này yêu cầu đưa thêm 3 triệu đồng không có biên lai.",
	  "right",
	  "Có việc nhận 3.000.000 đồng không biên lai của một hộ. Yêu cầu trả lại và xử lý kỷ "
	  "luật.",
	  "Đã trả lại 3.000.000 đồng cho hộ dân; xử lý kỷ luật khiển trách.",
	  "Kết luận nội dung tố cáo về việc thu tiền khi làm hồ sơ đất: tố cáo đúng; đã trả lại "
	  "tiền và xử lý kỷ luật công chức vi phạm.",
	  "corruption" },
	{ "trưởng thôn", "Kê khống số hộ nhận hỗ trợ thiên tai",
	  "Danh sách nhận giống lúa có năm hộ đã chuyển đi từ năm ngoái mà vẫn ký nhận.", "part",
	  "Hai trong năm hộ đã chuyển đi; ba hộ còn lại vẫn canh tác. Thu hồi phần của hai hộ.",
	  "Đã thu hồi giống của hai hộ, kiểm điểm trưởng thôn trước hội nghị thôn.",
	  "Kết luận nội dung tố cáo về danh sách nhận giống: tố cáo đúng một phần; đã thu hồi phần "
	  "cấp sai.",
	  "policy" },
	{ "kế toán hợp tác xã", "Chi quỹ thủy lợi không có chứng từ",
	  "Sổ quỹ quý trước có ba khoản chi không kèm hóa đơn, không ai được xem.", "wrong",
	  "Ba khoản chi đều có hóa đơn, lưu tại bộ chứng từ của quý sau do thanh toán muộn.",
	  "Hợp tác xã niêm yết lại bảng chi kèm số chứng từ.",
	  "Kết luận nội dung tố cáo về quỹ thủy lợi: tố cáo sai; bảng chi kèm số chứng từ đã "
	  "niêm yết.",
	  "other" },
	{ "cán bộ văn hóa xã", "Dùng xe ô tô của cơ quan vào việc riêng",
	  "Nhiều ngày chủ nhật xe của cơ quan đỗ ở đám cưới và ở chợ huyện.", "part",
	  "Một lần dùng xe ngày nghỉ không có lệnh điều xe; các lần khác đi công tác.",
	  "Phê bình trước cơ quan, nộp lại tiền xăng 350.000 đồng.",
	  "Kết luận nội dung tố cáo về việc dùng xe công: tố cáo đúng một phần; đã phê bình và thu "
	  "lại tiền xăng.",
	  "officials" },
	{ "hiệu trưởng trường mầm non", "Thu tiền đồng phục cao hơn thông báo",
	  "Thông báo 180 nghìn đồng một bộ, khi nộp thu 220 nghìn đồng.", "right",
	  "Thu cao hơn thông báo 40.000 đồng một bộ của 62 cháu. Yêu cầu trả lại.",
	  "Đã trả lại 2.480.000 đồng cho phụ huynh, có danh sách ký nhận.",
	  "Kết luận nội dung tố cáo về tiền đồng phục: tố cáo đúng; phần thu thừa đã trả lại.",
	  "officials" },
	{ 0 },
};
