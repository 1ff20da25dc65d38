/* The tables. An abbreviation stands here when it has one meaning in the papers of a commune; those
 * with several (TT, CT, ĐT, GD) are left as they are written, for a wrong word is worse than letters. */
#include "office/readaloud_words.h"

#include "office/number_words.h"

struct entry {
	struct str sign, words;
	bool dotted;
};

#define ENTRY(sign, words)                         \
	{                                          \
		S_INIT(sign), S_INIT(words), false \
	}
#define DOTTED(sign, words)                       \
	{                                         \
		S_INIT(sign), S_INIT(words), true \
	}

static const struct entry abbreviations[] = {
	ENTRY("&", "và"),
	ENTRY("ANQP", "an ninh, quốc phòng"),
	ENTRY("ANTQ", "an ninh Tổ quốc"),
	ENTRY("ANTT", "an ninh trật tự"),
	ENTRY("ATGT", "an toàn giao thông"),
	ENTRY("ATTP", "an toàn thực phẩm"),
	ENTRY("ATVSTP", "an toàn vệ sinh thực phẩm"),
	ENTRY("BCH", "Ban Chấp hành"),
	ENTRY("BCHQS", "Ban Chỉ huy quân sự"),
	ENTRY("BCĐ", "Ban Chỉ đạo"),
	ENTRY("BGSĐTCĐ", "Ban Giám sát đầu tư của cộng đồng"),
	ENTRY("BHTN", "bảo hiểm thất nghiệp"),
	ENTRY("BHXH", "bảo hiểm xã hội"),
	ENTRY("BHYT", "bảo hiểm y tế"),
	ENTRY("BQL", "Ban Quản lý"),
	ENTRY("BTTND", "Ban Thanh tra nhân dân"),
	ENTRY("BTV", "Ban Thường vụ"),
	ENTRY("BTXH", "bảo trợ xã hội"),
	ENTRY("CBCC", "cán bộ, công chức"),
	ENTRY("CBCCVC", "cán bộ, công chức, viên chức"),
	ENTRY("CBCCVCLĐ", "cán bộ, công chức, viên chức, người lao động"),
	ENTRY("CBVC", "cán bộ, viên chức"),
	ENTRY("CCB", "cựu chiến binh"),
	ENTRY("CCHC", "cải cách hành chính"),
	ENTRY("CCVC", "công chức, viên chức"),
	ENTRY("CLB", "câu lạc bộ"),
	ENTRY("CNTT", "công nghệ thông tin"),
	ENTRY("CNVCLĐ", "công nhân, viên chức, lao động"),
	ENTRY("CP", "Chính phủ"),
	ENTRY("CSVC", "cơ sở vật chất"),
	ENTRY("CTMTQG", "chương trình mục tiêu quốc gia"),
	ENTRY("DQTV", "dân quân tự vệ"),
	ENTRY("DVC", "dịch vụ công"),
	ENTRY("GCN", "giấy chứng nhận"),
	ENTRY("GCNQSDĐ", "giấy chứng nhận quyền sử dụng đất"),
	ENTRY("GD&ĐT", "Giáo dục và Đào tạo"),
	ENTRY("GDĐT", "Giáo dục và Đào tạo"),
	ENTRY("GPMB", "giải phóng mặt bằng"),
	ENTRY("GTNT", "giao thông nông thôn"),
	ENTRY("GTVT", "giao thông vận tải"),
	ENTRY("GĐVH", "gia đình văn hóa"),
	ENTRY("HLHPN", "Hội Liên hiệp Phụ nữ"),
	ENTRY("HND", "Hội Nông dân"),
	ENTRY("HTX", "hợp tác xã"),
	ENTRY("HĐND", "Hội đồng nhân dân"),
	ENTRY("KCN", "khu công nghiệp"),
	ENTRY("KDC", "khu dân cư"),
	ENTRY("KH&CN", "Khoa học và Công nghệ"),
	ENTRY("KH&ĐT", "Kế hoạch và Đầu tư"),
	ENTRY("KHHGĐ", "kế hoạch hóa gia đình"),
	ENTRY("KNTC", "khiếu nại, tố cáo"),
	DOTTED("KT", "Ký thay"),
	ENTRY("KT-XH", "kinh tế xã hội"),
	ENTRY("KTXH", "kinh tế xã hội"),
	ENTRY("LLVT", "lực lượng vũ trang"),
	ENTRY("LĐ-TB&XH", "Lao động, Thương binh và Xã hội"),
	ENTRY("LĐLĐ", "Liên đoàn Lao động"),
	ENTRY("LĐTBXH", "Lao động, Thương binh và Xã hội"),
	ENTRY("LĐTB&XH", "Lao động, Thương binh và Xã hội"),
	ENTRY("MTQG", "mục tiêu quốc gia"),
	ENTRY("MTTQ", "Mặt trận Tổ quốc"),
	ENTRY("MTTQVN", "Mặt trận Tổ quốc Việt Nam"),
	ENTRY("NCT", "người cao tuổi"),
	ENTRY("NHCSXH", "Ngân hàng Chính sách xã hội"),
	ENTRY("NN&PTNT", "Nông nghiệp và Phát triển nông thôn"),
	ENTRY("NNPTNT", "Nông nghiệp và Phát triển nông thôn"),
	ENTRY("NQ", "Nghị quyết"),
	ENTRY("NSNN", "ngân sách nhà nước"),
	ENTRY("NTM", "nông thôn mới"),
	ENTRY("NVH", "nhà văn hóa"),
	ENTRY("NXB", "nhà xuất bản"),
	ENTRY("NĐ", "Nghị định"),
	ENTRY("PCCC", "phòng cháy, chữa cháy"),
	ENTRY("PCTN", "phòng, chống tham nhũng"),
	ENTRY("PCTT", "phòng, chống thiên tai"),
	ENTRY("QCDC", "Quy chế dân chủ"),
	ENTRY("QCDCCS", "Quy chế dân chủ cơ sở"),
	ENTRY("QH", "Quốc hội"),
	ENTRY("QL", "quốc lộ"),
	ENTRY("QLNN", "quản lý nhà nước"),
	ENTRY("QP-AN", "quốc phòng, an ninh"),
	ENTRY("QPAN", "quốc phòng, an ninh"),
	ENTRY("QSDĐ", "quyền sử dụng đất"),
	ENTRY("QĐ", "Quyết định"),
	ENTRY("SXKD", "sản xuất, kinh doanh"),
	ENTRY("SĐT", "số điện thoại"),
	ENTRY("TAND", "Tòa án nhân dân"),
	ENTRY("TBXH", "thương binh, xã hội"),
	ENTRY("TDP", "tổ dân phố"),
	ENTRY("TDTT", "thể dục, thể thao"),
	ENTRY("THCS", "trung học cơ sở"),
	ENTRY("THPT", "trung học phổ thông"),
	DOTTED("TL", "Thừa lệnh"),
	DOTTED("TM", "Thay mặt"),
	ENTRY("TN&MT", "Tài nguyên và Môi trường"),
	ENTRY("TNCS", "Thanh niên cộng sản"),
	ENTRY("TNHH", "trách nhiệm hữu hạn"),
	ENTRY("TNMT", "Tài nguyên và Môi trường"),
	DOTTED("TP", "thành phố"),
	ENTRY("TT&TT", "Thông tin và Truyền thông"),
	ENTRY("TTATXH", "trật tự, an toàn xã hội"),
	ENTRY("TTHC", "thủ tục hành chính"),
	ENTRY("TTND", "thanh tra nhân dân"),
	ENTRY("TTXVN", "Thông tấn xã Việt Nam"),
	ENTRY("TTg", "Thủ tướng Chính phủ"),
	DOTTED("TUQ", "Thừa ủy quyền"),
	ENTRY("TW", "Trung ương"),
	DOTTED("TX", "thị xã"),
	DOTTED("Tp", "thành phố"),
	ENTRY("TƯ", "Trung ương"),
	ENTRY("UBKT", "Ủy ban Kiểm tra"),
	ENTRY("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
	ENTRY("UBND", "Ủy ban nhân dân"),
	ENTRY("UBTVQH", "Ủy ban Thường vụ Quốc hội"),
	ENTRY("V/v", "Về việc"),
	ENTRY("VBQPPL", "văn bản quy phạm pháp luật"),
	ENTRY("VH-TT&DL", "Văn hóa, Thể thao và Du lịch"),
	ENTRY("VH-XH", "văn hóa xã hội"),
	ENTRY("VHTT", "văn hóa, thể thao"),
	ENTRY("VHTTDL", "Văn hóa, Thể thao và Du lịch"),
	ENTRY("VKSND", "Viện Kiểm sát nhân dân"),
	ENTRY("VNĐ", "đồng"),
	ENTRY("VSATTP", "vệ sinh an toàn thực phẩm"),
	ENTRY("VSMT", "vệ sinh môi trường"),
	ENTRY("VĐT", "vốn đầu tư"),
	ENTRY("XHCN", "xã hội chủ nghĩa"),
	ENTRY("XDCB", "xây dựng cơ bản"),
	ENTRY("XDNTM", "xây dựng nông thôn mới"),
	ENTRY("XĐGN", "xóa đói, giảm nghèo"),
	ENTRY("đ/c", "đồng chí"),
	ENTRY("Đ/c", "Đồng chí"),
	ENTRY("ĐBQH", "đại biểu Quốc hội"),
	ENTRY("ĐTN", "Đoàn Thanh niên"),
	ENTRY("ĐVHC", "đơn vị hành chính"),
	ENTRY("v.v", "vân vân"),
	ENTRY("v/v", "về việc"),
};

static const struct entry units[] = {
	ENTRY("%", "phần trăm"),
	ENTRY("VND", "đồng"),
	ENTRY("VNĐ", "đồng"),
	ENTRY("cm", "xăng ti mét"),
	ENTRY("ha", "héc ta"),
	ENTRY("kW", "ki lô oát"),
	ENTRY("kWh", "ki lô oát giờ"),
	ENTRY("kg", "ki lô gam"),
	ENTRY("km", "ki lô mét"),
	ENTRY("km2", "ki lô mét vuông"),
	ENTRY("km²", "ki lô mét vuông"),
	ENTRY("l", "lít"),
	ENTRY("m", "mét"),
	ENTRY("m2", "mét vuông"),
	ENTRY("m²", "mét vuông"),
	ENTRY("m3", "mét khối"),
	ENTRY("m³", "mét khối"),
	ENTRY("mm", "mi li mét"),
	ENTRY("tr", "triệu"),
	ENTRY("tr.đ", "triệu đồng"),
	ENTRY("trđ", "triệu đồng"),
	ENTRY("°C", "độ C"),
	ENTRY("đ", "đồng"),
	ENTRY("đồng", "đồng"),
};

static const struct entry issuers[] = {
	ENTRY("BCA", "Bộ Công an"),    ENTRY("BNV", "Bộ Nội vụ"),
	ENTRY("BQP", "Bộ Quốc phòng"), ENTRY("BTC", "Bộ Tài chính"),
	ENTRY("BTP", "Bộ Tư pháp"),    ENTRY("BXD", "Bộ Xây dựng"),
	ENTRY("BYT", "Bộ Y tế"),       ENTRY("CTN", "Chủ tịch nước"),
	ENTRY("HU", "Huyện ủy"),       ENTRY("MTTW", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"),
	ENTRY("TU", "Tỉnh ủy"),        ENTRY("ĐU", "Đảng ủy"),
};

static const struct entry *find(const struct entry *table, size_t n, struct str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(table[i].sign, s))
			return &table[i];
	return NULL;
}

bool abbreviation_words(struct str s, struct str *out, bool *dotted)
{
	const struct entry *e = find(abbreviations, LENGTH(abbreviations), s);
	if (!e)
		return false;
	*out = e->words;
	*dotted = e->dotted;
	return true;
}

bool unit_words(struct str s, struct str *out)
{
	const struct entry *e = find(units, LENGTH(units), s);
	if (!e)
		return false;
	*out = e->words;
	return true;
}

bool issuer_words(struct arena *a, struct str s, struct str *out)
{
	const struct entry *e = find(issuers, LENGTH(issuers), s);
	size_t letters = s.len;
	int64_t term;
	bool dotted;
	if (e) {
		*out = e->words;
		return true;
	}
	if (abbreviation_words(s, out, &dotted))
		return true;
	while (letters && s.at[letters - 1] >= '0' && s.at[letters - 1] <= '9')
		letters--;
	if (!str_int(str_from(s, letters), &term) ||
	    !abbreviation_words(str_cut(s, letters), out, &dotted))
		return false;
	*out = str_printf(a, "%.*s khóa %.*s", STR_ARG(*out), STR_ARG(number_words(a, term)));
	return true;
}
