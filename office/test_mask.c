/* What is found and what is not: the words of names as people write them. */
#include "office/mask.h"

#include "base/utf8.h"
#include "tests/test.h"

static struct str masked(const char *text, const char *passages, size_t places)
{
	struct passages p = { NULL, 0 };
	struct str t = str_of(text);
	passages_add(test_arena(), str_of(passages), &p);
	CHECK_INT(mask_text(test_arena(), &p, &t), places);
	return t;
}

TEST(a_name_is_hidden_however_it_is_written)
{
	static const char *const ways[] = {
		"Ông Nguyễn Văn Hòa, thôn Đông", "Ông NGUYỄN VĂN HÒA, thôn Đông",
		"Ông Nguyễn Văn Hoà, thôn Đông", "Ông **Nguyễn** Văn\nHòa, thôn Đông",
		"Ông Nguyen Van Hoa, thôn Đông", "Ông Nguyễn  Văn Hòa, thôn Đông",
	};
	for (size_t i = 0; i < LENGTH(ways); i++) {
		struct str is = masked(ways[i], "nguyễn văn hòa", 1);
		CHECK(str_has(is, S("█████")));
		CHECK(str_ends(is, S(", thôn Đông")));
		CHECK(!str_has(is, S("Nguy")) && !str_has(is, S("NGUY")));
	}
}

TEST(the_bar_is_as_long_whatever_it_hides)
{
	CHECK_STR(masked("a Bùi An b", "Bùi An", 1), S("a █████ b"));
	CHECK_STR(masked("a Nguyễn Thị Hoàng Phương Khánh b", "Nguyễn Thị Hoàng Phương Khánh", 1),
		  S("a █████ b"));
}

TEST(new_bars_are_told_from_those_that_stood_there)
{
	struct passages p = { NULL, 0 };
	struct str t = S("Ông █████ và bà Lan Anh; bà Lan Anh ký");
	size_t at[1] = { 0 };
	passages_add(test_arena(), S("Lan Anh"), &p);
	CHECK_INT(mask_text_at(test_arena(), &p, &t, at, LENGTH(at)), 2);
	CHECK_STR(t, S("Ông █████ và bà █████; bà █████ ký"));
	CHECK_STR(str_cut(t, at[0]), S("Ông █████ và bà "));
}

TEST(a_word_is_not_found_inside_another_nor_under_another_accent)
{
	CHECK_STR(masked("Lan Anh ở thôn Lang", "Lan Anh", 1), S("█████ ở thôn Lang"));
	CHECK_STR(masked("Văn hóa", "Văn hoa", 0), S("Văn hóa"));
	CHECK_STR(masked("hoa", "hòa", 0), S("hoa"));
}

TEST(a_number_is_hidden_in_whatever_groups_it_stands)
{
	static const char *const ways[] = { "gọi 0912345678 nhé", "gọi 0912.345.678 nhé",
					    "gọi 0912 345 678 nhé", "gọi 091-234-5678 nhé",
					    "gọi sđt0912345678 nhé" };
	for (size_t i = 0; i < LENGTH(ways); i++)
		CHECK_STR(masked(ways[i], "0912 345 678", 1), S("gọi █████ nhé"));
	CHECK_STR(masked("gọi 0912.345.679 nhé", "0912345678", 0), S("gọi 0912.345.679 nhé"));
	CHECK_STR(masked("0912 345 67 8 9", "0912345678", 1), S("█████ 9"));
}

/* "ĐT" written to the number, and what follows it: the number begins or ends within a word. */
TEST(a_number_is_hidden_though_its_first_or_last_group_is_written_to_a_word)
{
	CHECK_STR(masked("gọi ĐT0912 345 678 nhé", "0912345678", 1), S("gọi █████ nhé"));
	CHECK_STR(masked("gọi SĐT0912.345.678nhé", "0912 345 678", 1), S("gọi █████"));
	CHECK_STR(masked("gọi 0912.345.678(riêng)", "0912345678", 1), S("gọi █████(riêng)"));
	CHECK_STR(masked("gọi +84912 345 678 nhé", "912345678", 1), S("gọi +█████ nhé"));
	CHECK_STR(masked("gọi x00 12 3456", "0123456", 1), S("gọi █████"));
	CHECK_STR(masked("gọi ĐT0912 345x 678", "0912345678", 0), S("gọi ĐT0912 345x 678"));
	CHECK_STR(masked("gọi ĐT0912 345 67", "0912345678", 0), S("gọi ĐT0912 345 67"));
}

TEST(the_longest_of_several_passages_is_hidden_at_a_place)
{
	CHECK_STR(masked("Trần Thị Bình, Trần Thị", "Trần Thị\n\nTrần Thị Bình", 2),
		  S("█████, █████"));
}

TEST(a_passage_too_short_is_known)
{
	static const char *const shorts[] = { "An", "12", "2020", "12/3", "-" };
	static const char *const fine[] = { "Lan", "123456", "12/3/1960", "Tổ 5" };
	for (size_t i = 0; i < LENGTH(shorts) + LENGTH(fine); i++) {
		struct passages p = { NULL, 0 };
		bool is_short = i < LENGTH(shorts);
		passages_add(test_arena(), str_of(is_short ? shorts[i] : fine[i - LENGTH(shorts)]),
			     &p);
		CHECK_INT(p.n, 1);
		CHECK(passage_is_short(p.at) == is_short);
	}
}

TEST(a_file_named_after_somebody_keeps_only_its_ending)
{
	struct passages p = { NULL, 0 };
	struct str joined = S("DonCuaNguyenVanHoa.pdf"), apart = S("don-nguyen-van-hoa-2021.docx"),
		   other = S("nghi-quyet.pdf");
	passages_add(test_arena(), S("Nguyễn Văn Hòa"), &p);
	CHECK_INT(mask_file_name(test_arena(), &p, &joined), 1);
	CHECK_INT(mask_file_name(test_arena(), &p, &apart), 1);
	CHECK_INT(mask_file_name(test_arena(), &p, &other), 0);
	CHECK_STR(joined, S("█████.pdf"));
	CHECK_STR(apart, S("█████.docx"));
	CHECK_STR(other, S("nghi-quyet.pdf"));
}

/* A request may use 8 MiB (web/answer.c), and a text is looked through for every passage, version and field. */
TEST(a_long_text_costs_nothing_where_nothing_is_found_and_itself_where_something_is)
{
	enum { SIGNS = 50000, VERSIONS = 3 };
	struct arena *a = test_arena();
	struct buf text = { .a = a };
	struct passages p = { NULL, 0 };
	size_t signs = 0;
	for (; signs < SIGNS; signs += 50)
		buf_put(&text, S("Bà Nguyễn Thị Bưởi ở thôn Đông nhận hỗ trợ nhà ở. "));
	CHECK_INT(utf8_length(a, buf_str(&text)), SIGNS);
	for (int i = 0; i < PASSAGES_MOST; i++)
		passages_add(a, str_printf(a, "Nguyễn Thị Bình %d", i), &p);
	size_t before = arena_used(a);
	for (int i = 0; i < VERSIONS * PASSAGES_MOST; i++) {
		struct passages one = { &p.at[i / VERSIONS], 1 };
		struct str t = buf_str(&text);
		CHECK_INT(mask_text(a, &one, &t), 0);
		CHECK(t.at == buf_str(&text).at);
	}
	CHECK_INT(arena_used(a) - before, 0);
	passages_add(a, S("Thị Bưởi"), &p);
	for (int i = 0; i < VERSIONS; i++) {
		struct str t = buf_str(&text);
		before = arena_used(a);
		CHECK_INT(mask_text(a, &p, &t), SIGNS / 50);
		CHECK(arena_used(a) - before <= t.len + 32);
	}
}

TEST(a_quick_look_misses_nothing_that_would_be_found)
{
	static const char *const texts[] = { "bà HOÀ", "Bà hoa Binh", "\"x\":\"Hòa", "sđt0912 345",
					     "Ông Đỗ", "Ông Do Van",  "a-đỗ-b" };
	struct passages p = { NULL, 0 }, none = { NULL, 0 };
	passages_add(test_arena(), S("Hòa Bình\n0912 345 678\nĐỗ Văn"), &p);
	for (size_t i = 0; i < LENGTH(texts); i++) {
		CHECK(mask_may_find(&p, str_of(texts[i])));
		CHECK(!mask_may_find(&none, str_of(texts[i])));
	}
	CHECK(!mask_may_find(&p, S("Bình ở thôn Đông, hoạt động, 912 845; Hò a")));
	CHECK(!mask_may_find(&p, S("")));
}

TEST(a_passage_keeps_its_words_and_little_more)
{
	struct arena *a = test_arena();
	struct passages p = { NULL, 0 };
	struct buf lines = { .a = a };
	for (int i = 0; i < PASSAGES_MOST; i++)
		buf_printf(&lines,
			   "Nguyễn Thị Hoài Thương, tổ %d, thôn Đông, xã Kim Sơn, huyện Kim\n", i);
	size_t before = arena_used(a);
	passages_add(a, buf_str(&lines), &p);
	CHECK_INT(p.n, PASSAGES_MOST);
	CHECK(arena_used(a) - before < 32 * lines.len);
}

struct said {
	struct str title, ground;
	struct strs names;
	struct file_refs files;
};
static const struct field_choice grounds[] = { { "hoa binh", MSG_WORD_YES }, { 0 } };
static const struct field fields[] = {
	FIELD(struct said, title),
	FIELD(struct said, ground, .choices = grounds),
	FIELD(struct said, names),
	FIELD(struct said, files),
	{ 0 },
};

TEST(every_text_of_a_struct_is_masked_and_nothing_that_was_chosen)
{
	struct str names[] = { S_INIT("Trần Bình"), S_INIT("Hòa Bình") };
	struct file_ref file = { .name = S("hoa-binh.pdf") };
	struct said x = { S("Của Hòa Bình"), S("hoa binh"), { names, 2 }, { &file, 1 } };
	struct passages p = { NULL, 0 };
	passages_add(test_arena(), S("Hòa Bình"), &p);
	CHECK_INT(mask_fields(test_arena(), &p, fields, &x), 3);
	CHECK_STR(x.title, S("Của █████"));
	CHECK_STR(x.ground, S("hoa binh"));
	CHECK_STR(x.names.at[0], S("Trần Bình"));
	CHECK_STR(x.names.at[1], S("█████"));
	CHECK_STR(x.files.at[0].name, S("█████.pdf"));
	CHECK_STR(names[1], S("Hòa Bình")); /* what was lent is left alone */
	CHECK_STR(file.name, S("hoa-binh.pdf"));
}
