#include "office/test_office.h"

#include "office/member.h"
#include "office/unit_edit.h"
#include "office/unit_import.h"

static const struct member system_member = { .system = true };

static struct tx *site(const char *now, struct unit *commune)
{
	struct tx *tx = test_tx(now);
	struct unit_lists lists = shared_lists();
	int64_t root;

	tx->who = &system_member;
	if (unit_load(tx, &lists, S("37"), test_date("2021-01-05"), &root))
		FAIL("%s", tx->why);
	*commune = unit_at(tx, "14359", "2021-01-05");
	return tx;
}

static int64_t village(struct tx *tx, int64_t parent, const char *name)
{
	int64_t id = 0;

	if (unit_add(tx,
		     &(struct unit_new){ .parent = parent,
					 .level = LEVEL_VILLAGE,
					 .type = S("thôn"),
					 .name = str_of(name),
					 .from = NO_DATE,
					 .to = NO_DATE },
		     &id))
		FAIL("%s", tx->why);
	return id;
}

TEST(a_village_goes_over_to_the_heir_of_its_commune)
{
	struct unit commune, u;
	struct tx *tx = site("2021-01-05T08:00", &commune);
	int64_t id = village(tx, commune.id, "Đoài Hạ");
	struct unit heir = unit_at(tx, "14359", "2026-01-05");
	struct unit_list children, path;
	struct str title;
	bool beneath;

	CHECK(!unit_find(tx, id, test_date("2021-01-05"), &u));
	CHECK_STR(u.code, S("14359-01"));
	CHECK_INT(u.parent, commune.id);
	CHECK_INT(u.regime, REGIME_COMMUNE);
	CHECK(!unit_title_long(tx, &u, test_date("2021-01-05"), LANG_VI, &title));
	CHECK_STR(title, S("thôn Đoài Hạ, phường Ninh Phong, thành phố Ninh Bình"));

	CHECK(!unit_find(tx, id, test_date("2026-01-05"), &u));
	CHECK_INT(u.parent, heir.id);
	CHECK(!unit_title_long(tx, &u, test_date("2026-01-05"), LANG_VI, &title));
	CHECK_STR(title, S("thôn Đoài Hạ, phường Nam Hoa Lư"));
	CHECK(!unit_children(tx, commune.id, test_date("2025-06-30"), 10, &children));
	CHECK_INT((int64_t)children.n, 1);
	CHECK(!unit_children(tx, heir.id, test_date("2025-07-01"), 10, &children));
	CHECK_INT((int64_t)children.n, 1);
	CHECK(!unit_path(tx, id, test_date("2025-07-01"), &path));
	CHECK_INT((int64_t)path.n, 3);
	CHECK(!unit_beneath(tx, id, commune.id, test_date("2025-07-01"), &beneath));
	CHECK(!beneath);
}

/* A connection remembers units from one page to the next, and never longer than they are true. */
TEST(who_has_read_a_unit_sees_its_new_name_at_the_next_page)
{
	struct unit commune, u;
	struct unit_list children;
	int64_t count[LEVELS];
	struct str title;
	struct tx *tx = site("2021-01-05T08:00", &commune);
	int64_t id = village(tx, commune.id, "Đoài Hạ");
	struct date today = tx_today(tx);
	struct unit_change change = { .name = S("Đoài Thượng") };

	test_commit(tx);
	struct db *db = test_open(test_tx_dir(tx), DB_READ);
	for (int after = 0; after < 2; after++) {
		struct tx page = { .mem = test_arena(), .now = tx->now };
		CHECK(!tx_begin(&page, db, DB_READ));
		for (int again = 0; again < 2; again++) {
			CHECK(!unit_find(&page, id, today, &u));
			CHECK_STR(u.name, after ? S("Đoài Thượng") : S("Đoài Hạ"));
			CHECK_INT(u.households, after ? 120 : 0);
			CHECK(!unit_title_long(&page, &u, today, LANG_VI, &title));
			CHECK_STR(
				title,
				after ? S("thôn Đoài Thượng, phường Ninh Phong, thành phố Ninh "
					  "Bình")
				      : S("thôn Đoài Hạ, phường Ninh Phong, thành phố Ninh Bình"));
			CHECK(!unit_children(&page, commune.id, today, 10, &children));
			CHECK_INT((int64_t)children.n, 1 + after);
			CHECK(!unit_children(&page, commune.id, today, 1, &children));
			CHECK_INT((int64_t)children.n, 1);
			CHECK(!unit_count(&page, commune.id, today, count));
			CHECK_INT(count[LEVEL_VILLAGE], 1 + after);
		}
		CHECK(!tx_end(&page, OK));
		if (after)
			break;
		CHECK(!unit_change(tx, id, date_add(today, -1), &change));
		CHECK(!unit_declare(tx, id, date_add(today, -1),
				    &(struct unit_facts){ .households = 120 }));
		village(tx, commune.id, "Đoài Trung");
		test_commit(tx);
	}
	db_close(db);
}

TEST(the_same_name_or_code_is_not_taken_twice)
{
	struct unit commune, other;
	struct tx *tx = site("2021-01-05T08:00", &commune);
	struct unit_new n = { .parent = commune.id,
			      .level = LEVEL_VILLAGE,
			      .type = S("thôn"),
			      .name = S("Đoài Hạ"),
			      .from = NO_DATE,
			      .to = NO_DATE };
	int64_t id;

	village(tx, commune.id, "Đoài Hạ");
	CHECK(unit_add(tx, &n, &id) == ERR_CONFLICT);
	/* Accents tell names apart. */
	n.name = S("Đoài Ha");
	CHECK(!unit_add(tx, &n, &id));
	n.name = S("Khác");
	n.code = S("14359-01");
	CHECK(unit_add(tx, &n, &id) == ERR_CONFLICT);
	/* A code that an official unit bears at any time to come is taken too. */
	n.code = S("14359");
	CHECK(unit_add(tx, &n, &id) == ERR_CONFLICT);
	n.code = S("14 359");
	CHECK(unit_add(tx, &n, &id) == ERR_INVALID);
	n.code = S("");
	other = unit_at(tx, "372", "2021-01-05");
	n.parent = other.id; /* a village in a district */
	CHECK(unit_add(tx, &n, &id) == ERR_INVALID);
	n.parent = commune.id;
	n.name = S(" \n ");
	CHECK(unit_add(tx, &n, &id) == ERR_INVALID);
	n.name = S("Khác");
	n.level = LEVEL_COMMUNE;
	CHECK(unit_add(tx, &n, &id) == ERR_INVALID);
}

TEST(villages_merge_into_a_third)
{
	struct unit commune, u;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	int64_t a = village(tx, commune.id, "Một"), b = village(tx, commune.id, "Hai"), c = 0, heir;
	struct date last = test_date("2021-05-31"), next = test_date("2021-06-01");
	struct unit_links links;
	bool beneath;

	CHECK(!unit_add(tx,
			&(struct unit_new){ .parent = commune.id,
					    .level = LEVEL_VILLAGE,
					    .type = S("thôn"),
					    .name = S("Hợp Nhất"),
					    .from = next,
					    .to = NO_DATE },
			&c));
	CHECK(unit_end(tx, a, last, &a, 1) == ERR_INVALID); /* its own heir */
	test_commit(tx);
	CHECK(!unit_end(tx, a, last, &c, 1));
	CHECK(!unit_end(tx, b, last, (int64_t[]){ c, commune.id }, 2));
	CHECK(unit_end(tx, a, last, &c, 1) == ERR_CONFLICT);

	CHECK(!unit_heir(tx, a, next, &heir));
	CHECK_INT(heir, c);
	CHECK(!unit_predecessors(tx, c, &links));
	CHECK_INT((int64_t)links.n, 2);
	CHECK(links.at[0].main && links.at[1].main);
	CHECK(!unit_beneath(tx, a, c, last, &beneath) && !beneath);
	CHECK(!unit_beneath(tx, a, c, next, &beneath) && beneath);
	CHECK(!unit_beneath(tx, b, commune.id, next, &beneath) && beneath);
	CHECK(!unit_find(tx, a, next, &u) && !u.in_force);
	/* Whole only where everything went to one. */
	CHECK(!unit_successors(tx, b, &links));
	CHECK_INT((int64_t)links.n, 2);
	CHECK(!links.at[0].whole);
	/* The commune holds villages and comes from the lists: it is not ended by hand. */
	CHECK(unit_end(tx, commune.id, last, NULL, 0) == ERR_CONFLICT);
}

TEST(a_village_that_ends_without_heir_is_its_communes_business)
{
	struct unit commune;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	int64_t a = village(tx, commune.id, "Một"), heir;
	struct unit later = unit_at(tx, "14359", "2026-01-05");

	CHECK(!unit_end(tx, a, test_date("2021-05-31"), NULL, 0));
	CHECK(!unit_heir(tx, a, test_date("2021-06-01"), &heir));
	CHECK_INT(heir, commune.id);
	CHECK(!unit_heir(tx, a, test_date("2026-06-01"), &heir));
	CHECK_INT(heir, later.id);
}

TEST(a_new_name_holds_from_its_day)
{
	struct unit commune, u;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	int64_t a = village(tx, commune.id, "Một");
	struct unit_list versions;

	CHECK(!unit_change(tx, a, test_date("2022-01-01"),
			   &(struct unit_change){ .name = S("Nhất") }));
	CHECK(!unit_find(tx, a, test_date("2021-12-31"), &u));
	CHECK_STR(u.name, S("Một"));
	CHECK(!unit_find(tx, a, test_date("2022-01-01"), &u));
	CHECK_STR(u.name, S("Nhất"));
	CHECK_STR(u.type, S("thôn"));
	/* ... also beneath the commune that follows in 2025. */
	CHECK(!unit_find(tx, a, test_date("2026-01-01"), &u));
	CHECK_STR(u.name, S("Nhất"));
	CHECK(!unit_versions(tx, a, &versions));
	CHECK_INT((int64_t)versions.n, 3);
	CHECK(unit_change(tx, a, test_date("2022-01-01"),
			  &(struct unit_change){ .name = S("X") }) == ERR_INVALID);
}

TEST(what_a_unit_declares_holds_from_its_day)
{
	struct unit commune, u;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	struct unit_facts before = { .has_loudspeaker = true, .households = 2000 };
	struct unit_facts after = { .has_web = true, .has_loudspeaker = true, .households = 2100 };
	struct notice_places places;
	int64_t place;

	CHECK(!unit_declare(tx, commune.id, test_date("2021-01-01"), &before));
	CHECK(!unit_declare(tx, commune.id, test_date("2021-07-01"), &after));
	CHECK(!unit_find(tx, commune.id, test_date("2020-12-31"), &u));
	CHECK(!u.has_web && !u.has_loudspeaker && !u.households);
	CHECK(!unit_find(tx, commune.id, test_date("2021-06-30"), &u));
	CHECK(!u.has_web && u.has_loudspeaker);
	CHECK_INT(u.households, 2000);
	CHECK(!unit_find(tx, commune.id, test_date("2021-07-01"), &u));
	CHECK(u.has_web);
	CHECK_INT(u.households, 2100);

	CHECK(!notice_place_add(tx, commune.id, S("Nhà văn hóa phố 1"), test_date("2021-01-01"),
				&place));
	CHECK(!notice_place_list(tx, commune.id, test_date("2020-12-31"), &places));
	CHECK_INT((int64_t)places.n, 0);
	CHECK(!notice_place_list(tx, commune.id, test_date("2021-02-01"), &places));
	CHECK_INT((int64_t)places.n, 1);
	CHECK(!notice_place_end(tx, place, test_date("2021-02-01")));
	CHECK(notice_place_end(tx, place, test_date("2021-03-01")) == ERR_CONFLICT);
	CHECK(!notice_place_list(tx, commune.id, test_date("2021-02-02"), &places));
	CHECK_INT((int64_t)places.n, 0);
}

TEST(only_an_administrator_changes_the_tree)
{
	struct unit commune;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	struct appointment clerk = { .id = 1,
				     .person = 1,
				     .unit = commune.id,
				     .role = CLERK,
				     .from = NO_DATE,
				     .to = NO_DATE };
	struct member m = { .person = 1, .at = &clerk, .n = 1 };
	struct unit_new n = { .parent = commune.id,
			      .level = LEVEL_VILLAGE,
			      .type = S("thôn"),
			      .name = S("Một"),
			      .from = NO_DATE,
			      .to = NO_DATE };
	int64_t id, a = village(tx, commune.id, "Hai");

	for (int i = 0; i < 2; i++) {
		tx->who = i ? &m : NULL;
		CHECK(unit_add(tx, &n, &id) == ERR_DENIED);
		CHECK(unit_end(tx, a, test_date("2021-05-31"), NULL, 0) == ERR_DENIED);
		CHECK(unit_change(tx, a, test_date("2021-05-31"),
				  &(struct unit_change){ .name = S("X") }) == ERR_DENIED);
		CHECK(unit_declare(tx, commune.id, test_date("2021-05-31"),
				   &(struct unit_facts){ .has_web = true }) == ERR_DENIED);
		CHECK(notice_place_add(tx, commune.id, S("X"), test_date("2021-05-31"), &id) ==
		      ERR_DENIED);
	}
}

/* --- Import --- */

static struct unit_import preview(struct tx *tx, struct str csv, int64_t parent)
{
	struct unit_import_form form = { .level = LEVEL_VILLAGE,
					 .parent = parent,
					 .from = NO_DATE };
	struct unit_import out;

	if (unit_import_preview(tx, csv, &form, LANG_VI, &out))
		FAIL("%s", tx->why);
	return out;
}

static int64_t units(struct tx *tx)
{
	struct query q = db_query(tx, "SELECT COUNT(*) FROM unit");

	CHECK(!db_one(&q));
	return col_int(&q, 0);
}

TEST(villages_come_from_a_spreadsheet)
{
	struct unit commune, u;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	int64_t before = units(tx);
	/* As a Vietnamese spreadsheet writes it: byte order mark, semicolons, capitals, decomposed
	 * accents in a heading. */
	struct str csv = S("\xEF\xBB\xBFSTT_khong\r\n");
	struct unit_import in = preview(tx, csv, commune.id);

	CHECK_INT((int64_t)in.faults.n, 2); /* an unknown heading, and no name */
	csv = S("\xEF\xBB\xBFLoa\xCC\xA3i;T\xC3\x8AN;s\xE1\xBB\x91 h\xE1\xBB\x99;S\xE1\xBB\x91 "
		"ng\xC6\xB0\xE1\xBB\x9Di\r\n"
		"thôn;Đoài Hạ;1.024;3200\r\n"
		";Thôn Đoài Thượng;120;\r\n"
		"THÔN;thôn Phúc Lai;;\r\n"
		";TỔ DÂN PHỐ số 5;;\r\n"
		";;;\r\n");
	in = preview(tx, csv, commune.id);
	for (size_t i = 0; i < in.faults.n; i++)
		FAIL("%zu:%zu %.*s", in.faults.at[i].line, in.faults.at[i].column,
		     STR_ARG(in.faults.at[i].text));
	CHECK_INT((int64_t)in.n, 4);
	CHECK_INT(units(tx), before);
	CHECK_STR(in.at[0].unit.type, S("thôn"));
	CHECK_INT(in.at[0].unit.households, 1024);
	CHECK_STR(in.at[1].unit.name, S("Đoài Thượng"));
	CHECK_STR(in.at[1].unit.type, S("thôn"));
	CHECK_STR(in.at[2].unit.name, S("Phúc Lai"));
	CHECK_STR(in.at[3].unit.type, S("tổ dân phố"));
	CHECK_STR(in.at[3].unit.name, S("số 5"));
	CHECK_STR(in.at[0].parent_title, S("phường Ninh Phong"));

	if (unit_import_apply(tx, &in))
		FAIL("%s", tx->why);
	CHECK_INT(units(tx), before + 4);
	u = unit_at(tx, "14359-01", "2021-03-01");
	CHECK_STR(u.name, S("Đoài Hạ"));
	CHECK_INT(u.head_count, 3200);
	u = unit_at(tx, "14359-04", "2026-03-01");
	CHECK_STR(u.name, S("số 5"));
	/* A second time everything is there already. */
	in = preview(tx, csv, commune.id);
	CHECK_INT((int64_t)in.faults.n, 4);
	CHECK(unit_import_apply(tx, &in) == ERR_INVALID);
}

static void fault_is(const struct unit_import *in, size_t i, size_t line, size_t column,
		     const char *text)
{
	CHECK(i < in->faults.n);
	CHECK_INT((int64_t)in->faults.at[i].line, (int64_t)line);
	CHECK_INT((int64_t)in->faults.at[i].column, (int64_t)column);
	CHECK_STR(in->faults.at[i].text, str_of(text));
}

TEST(each_fault_names_line_column_and_how_to_mend_it)
{
	struct unit commune;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	struct unit_import in;

	village(tx, commune.id, "Cũ");
	in = preview(tx,
		     S("name,type,code,parent,from,households\n"
		       ",thôn,,,,\n"
		       "Một,,,,,\n"
		       "Hai,thôn,a b,,,\n"
		       "Ba,thôn,X1,,,\n"
		       "\"Bốn\n\",thôn,X1,,,\n"
		       "Ba,thôn,,,,\n"
		       "Năm,thôn,14359,,,\n"
		       "Sáu,thôn,,99999,,\n"
		       "Bảy,thôn,,372,,\n"
		       "Tám,thôn,,,31/02/2021,\n"
		       "Chín,thôn,,,,12.34\n"
		       "Cũ,thôn,,,,-1\n"),
		     commune.id);
	size_t i = 0;

	fault_is(&in, i++, 2, 1, "Thiếu tên; nhập tên của đơn vị");
	fault_is(&in, i++, 3, 2, "Thiếu loại; nhập thôn, xóm, bản, tổ dân phố…");
	fault_is(
		&in, i++, 4, 3,
		"“a b” không phải mã; chỉ dùng chữ không dấu, số, dấu chấm và gạch nối, nhiều nhất "
		"40 ký tự");
	/* A cell may run over two lines; the lines after are counted from the file. */
	fault_is(&in, i++, 6, 3, "Mã “X1” đã có ở dòng 5; mỗi đơn vị một mã");
	fault_is(&in, i++, 8, 1, "“Ba” đã có ở dòng 5; xóa một dòng");
	fault_is(&in, i++, 9, 3,
		 "Mã “14359” đang là của phường Ninh Phong; dùng mã khác hoặc để trống");
	fault_is(&in, i++, 10, 4,
		 "Ngày 01/03/2021 không có đơn vị nào mang mã “99999”; kiểm tra lại mã");
	fault_is(&in, i++, 11, 4,
		 "huyện Nho Quan không thể chứa đơn vị loại này; thôn, tổ dân phố thuộc cấp xã");
	fault_is(&in, i++, 12, 5, "“31/02/2021” không phải ngày; viết như 05/01/2021");
	fault_is(&in, i++, 13, 6, "“12.34” không phải số từ 0 đến 100.000.000; chỉ viết chữ số");
	fault_is(&in, i++, 14, 6, "“-1” không phải số từ 0 đến 100.000.000; chỉ viết chữ số");
	fault_is(&in, i++, 14, 1, "“Cũ” đã có ở phường Ninh Phong; xóa dòng này");
	CHECK_INT((int64_t)in.faults.n, (int64_t)i);

	in = preview(tx, S("name,type\nMột,thôn\n"), 0);
	fault_is(&in, 0, 2, 0, "Thiếu mã đơn vị cấp trên; nhập mã");
	in = preview(tx, S("name,name,colour\nMột,Hai,thôn\n"), 0);
	fault_is(&in, 0, 1, 2, "Cột “name” có hai lần; xóa một cột");
	fault_is(&in, 1, 1, 3,
		 "Không có cột nào tên “colour”; xóa cột này hoặc đổi tên thành một trong: Tên, "
		 "Loại, Mã, "
		 "Tên tiếng Anh, Mã đơn vị cấp trên, Từ ngày, Số hộ, Số người");
	in = preview(tx, S("name,type\n"), commune.id);
	fault_is(&in, 0, 0, 0, "Dưới dòng tiêu đề không có dòng nào; thêm ít nhất một dòng");
}

TEST(a_hostile_file_is_refused_with_a_sentence)
{
	struct unit commune;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	struct buf big = { .a = tx->mem };
	const struct str files[] = { S(""),
				     S("\xFF\xFEn\0a\0"),
				     S("name\n\xC3\x28\n"),
				     S("name\n\"x"),
				     S("name\nx,y,z\n"),
				     S("name\n\"x\"y\n"),
				     S("\n\n\n"),
				     S("name\n=HYPERLINK(\"x\")\n"),
				     S("name\na\0b\n") };

	for (size_t i = 0; i < LENGTH(files); i++) {
		struct unit_import in = preview(tx, files[i], commune.id);

		CHECK(in.faults.n > 0);
		CHECK(in.faults.at[0].text.len > 10);
		CHECK(unit_import_apply(tx, &in) == ERR_INVALID);
	}
	buf_put(&big, S("name;type\n"));
	for (int i = 0; i < UNIT_IMPORT_ROWS_MAX + 5; i++)
		buf_printf(&big, "Thôn %d;thôn\n", i);
	struct unit_import in = preview(tx, buf_str(&big), commune.id);
	CHECK_INT((int64_t)in.faults.n, 1);
	CHECK(str_has(in.faults.at[0].text, S("5.001")));

	/* A file with nothing right in it does not give a page without end. */
	buf_reset(&big);
	buf_put(&big, S("name;type\n"));
	for (int i = 0; i < 1000; i++)
		buf_put(&big, S(";thôn\n"));
	in = preview(tx, buf_str(&big), commune.id);
	CHECK_INT((int64_t)in.faults.n, IMPORT_FAULTS_MAX);
	CHECK(in.faults.more);

	/* Random bytes, and headings with random bytes beneath. */
	for (int round = 0; round < 300; round++) {
		struct buf noise = { .a = tx->mem };
		size_t n = test_below(200);

		if (round % 2)
			buf_put(&noise, S("name;type;code;parent;from;households\n"));
		for (size_t i = 0; i < n; i++) {
			static const char signs[] = "\";,\n\r=1ax\xC3\xA1 \t\0";

			buf_putc(&noise, signs[test_below(sizeof signs)]);
		}
		in = preview(tx, buf_str(&noise), commune.id);
		if (!in.faults.n && in.n)
			CHECK(unit_import_apply(tx, &in) == OK);
	}
}

TEST(one_does_not_import_into_other_peoples_units)
{
	struct unit commune;
	struct tx *tx = site("2021-03-01T08:00", &commune);
	struct unit other = unit_at(tx, "14431", "2021-03-01");
	struct appointment admin = { .id = 1,
				     .person = 1,
				     .unit = commune.id,
				     .role = ADMIN,
				     .from = NO_DATE,
				     .to = NO_DATE };
	struct member m = { .person = 1, .at = &admin, .n = 1 };

	tx->who = &m;
	struct unit_import in =
		preview(tx, S("name,type,parent\nMột,thôn,14359\nHai,thôn,14431\n"), 0);

	CHECK_INT((int64_t)in.faults.n, 1);
	fault_is(&in, 0, 3, 3, "Bạn không quản trị xã Văn Phương; nhờ quản trị viên của đơn vị đó");
	CHECK_INT((int64_t)in.n, 1);
	/* The check that counts is the one when the row is written. */
	in.faults.n = 0;
	in.at[0].unit.parent = other.id;
	CHECK(unit_import_apply(tx, &in) == ERR_DENIED);
}
