/* Sentences that fit whatever was published, as people write them; and what a clerk has to hide, no worse
 * than it must be. */
#include "main/demo/voices.h"

/* clang-format off */
const struct demo_saying demo_questions[] = {
	{ "Xin hỏi số liệu này đã gồm phần của %s chưa?",
	  "Đã gồm. Phần của từng thôn nằm trong tổng số; bảng chi tiết theo thôn niêm yết tại nhà văn hóa." },
	{ "Văn bản này niêm yết ở %s đến hết ngày nào?",
	  "Tờ niêm yết treo đủ số ngày ghi trên trang này; đủ ngày mới hạ xuống." },
	{ "Nếu thấy số liệu chưa đúng thì dân phản ánh ở đâu?",
	  "Gửi ngay ở đây, hoặc đến bộ phận một cửa trong giờ hành chính. Cơ quan đối chiếu rồi trả lời." },
	{ "Khoản này lấy từ nguồn nào, dân có phải đóng góp thêm không?",
	  "Lấy từ nguồn đã ghi trong văn bản. Không huy động thêm của hộ nào." },
	{ "Bao giờ thì làm xong việc này?",
	  "Theo kế hoạch là trong năm. Tiến độ được công khai từng quý trên trang này." },
	{ "Ở %s ai là người theo dõi việc này để bà con hỏi?",
	  "Trưởng thôn theo dõi; công chức phụ trách tổng hợp hằng tháng." },
	{ "Cho hỏi ở %s có bản giấy để người già đọc không?",
	  "Có. Bản giấy để ở nhà văn hóa thôn và ở bộ phận một cửa." },
	{ "Vì sao năm nay khác năm trước?",
	  "Khác vì số hộ và mức giao đầu năm thay đổi. Phần giải thích có ở cuối văn bản." },
	{ "Hộ mới chuyển về %s có thuộc diện này không?",
	  "Có, nếu đã đăng ký cư trú trước ngày ghi trong văn bản." },
	{ "Mức này áp dụng từ ngày nào?",
	  "Từ ngày ghi ở phần hiệu lực của văn bản; hồ sơ nộp trước đó theo mức cũ." },
	{ "Có họp dân để bàn trước khi làm không?",
	  "Có. Trưởng thôn mời họp trước ít nhất 5 ngày; biên bản công khai sau họp." },
	{ "Đề nghị cho biết đoạn qua %s dài bao nhiêu mét?",
	  "Số mét từng đoạn có trong phụ lục. Đoạn qua thôn làm trước mùa mưa." },
	{ 0 },
};

const struct demo_saying demo_remarks[] = {
	{ "Đề nghị công khai sớm hơn vài ngày để bà con kịp góp ý." },
	{ "Bảng tin ở %s chữ nhỏ, người già khó đọc. Đề nghị in chữ to hơn." },
	{ "Bà con %s đồng tình với nội dung này." },
	{ "Đề nghị đọc thêm trên loa buổi chiều, buổi sáng nhiều người đi làm đồng." },
	{ "Số liệu rõ ràng, dễ theo dõi. Mong các lần sau vẫn làm như vậy." },
	{ "Đề nghị ghi rõ phần của từng thôn." },
	{ "Theo tôi nên đưa ra họp thôn trước khi quyết." },
	{ "Mong sớm sửa đoạn mương cạnh %s trước mùa mưa." },
	{ "Đã xem ở nhà văn hóa, khớp với trang này." },
	{ "Đề nghị Ban Thanh tra nhân dân cùng đi kiểm tra khi làm." },
	{ "Phần phụ lục tải về đọc được trên điện thoại, rất tiện." },
	{ "Đường vào %s còn tối, mong có thêm đèn." },
	{ "Nên có thêm một dòng tổng cộng ở cuối bảng." },
	{ "Cảm ơn trưởng thôn đã đến từng nhà thông báo." },
	{ "Đề nghị giữ lại bản cũ để so sánh, như trang đang làm là tốt." },
	{ "Mong lần sau có ảnh hiện trạng kèm theo." },
	{ 0 },
};

const struct demo_saying demo_nuisances[] = {
	{ "Bán cây giống giá rẻ, xem tại cay-giong.vi-du.vn", NULL, "advertising" },
	{ "Cần vay vốn nhanh gọi ngay 0000 000 000", NULL, "advertising" },
	{ "Nhà ông Mẫu ở cuối ngõ, số điện thoại 0000 111 222, ai cần thì gọi", NULL, "personal" },
	{ "Đồ vô tích sự (lời lẽ xúc phạm, chỉ để minh họa)", NULL, "insult" },
	{ "Hôm nay đội bóng thôn tôi thắng ba không", NULL, "off_topic" },
	{ "Ai biết chỗ sửa xe máy gần chợ không?", NULL, "off_topic" },
	{ 0 },
};
/* clang-format on */

const char *const demo_pen_names[] = { "",
				       "",
				       "",
				       "Người dân Thí Dụ",
				       "Bạn đọc Minh Họa",
				       "Cử tri Giả Định",
				       "Hộ Mẫu số 7",
				       "Bác nông dân Thí Dụ",
				       NULL };
