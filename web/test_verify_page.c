/* Verification as people meet it: codes and check values, whole, broken and invented. */
#include "web/test_verify_site.h"

/* --- codes and values --- */

TEST(an_empty_page_asks_and_answers_nothing)
{
	open_site();
	sign_all();
	struct asked p = asker_get(s.asker, "/kiem-chung");
	CHECK_INT(p.status, 200);
	CHECK(!has(&p, "class=\"banner"));
	CHECK(has(&p, "<label for=\"ma\">"));
	CHECK(has(&p, "<label for=\"bien_nhan\">"));
	CHECK(has(&p, "<label for=\"noi_dung\">"));
	CHECK(has(&p, VECTOR_VKEY));
}

TEST(a_check_value_says_what_it_is_who_recorded_it_and_when)
{
	struct dossier *d = published_one();
	struct log_leaf leaf = leaf_of(d, 1);
	struct asked p = ask_for(value_of(d, 1));
	check_answer(&p, GREEN, "Bản ghi này có thật");
	CHECK(has(&p, "Chủ nhật, 01/03/2026, 08:00"));
	CHECK(has(&p, "Xã Mẫu"));
	CHECK(has(&p, "Công khai trên trang này")); /* the act */
	CHECK(has(&p, "Dự toán thu chi"));
	CHECK(has(&p, "Hạn ghi lúc đó"));
	CHECK(has(&p, "hết thứ Sáu, 06/03/2026"));
	CHECK(has(&p, "không xác nhận nội dung được kể là đúng sự thật"));
	CHECK(str_has(p.body, hash_hex(test_arena(), &leaf.hash)));
	/* The leaf hash itself does as well. */
	p = ask_for(hash_hex(test_arena(), &leaf.hash));
	check_answer(&p, GREEN, "Bản ghi này có thật");
}

TEST(a_code_answers_for_every_act_of_the_matter)
{
	struct dossier *d = published_one();
	struct asked p = ask_for(d->code);
	check_answer(&p, GREEN, "Hồ sơ này có thật");
	CHECK(has(&p, "Sổ có 2 việc"));
	CHECK(str_has(p.body, value_of(d, 0)));
	CHECK(str_has(p.body, value_of(d, 1)));
	CHECK(str_has(outside_folds(p.body), d->code));
	/* As people type it. */
	p = ask_for(str_lower(test_arena(), d->code));
	check_answer(&p, GREEN, "Hồ sơ này có thật");
}

TEST(what_the_reader_may_not_see_is_not_told)
{
	open_site();
	struct dossier *draft = open_one(&note_kind);
	sign_all();
	struct asked p = ask_for(draft->code);
	check_answer(&p, GREEN, "Hồ sơ này có thật");
	CHECK(!has(&p, "Dự toán thu chi"));
	CHECK(!has(&p, "/ho-so/"));
}

TEST(a_private_matter_reveals_nothing_but_the_day)
{
	open_site();
	struct dossier *d = open_one(&secret_kind);
	show_one(d);
	sign_all();
	struct str pasted[] = { d->code, value_of(d, 0), value_of(d, 1), receipt_of(d, 0) };
	for (size_t i = 0; i < LENGTH(pasted); i++) {
		struct asked p = i < 3 ? ask_for(pasted[i]) : paste(pasted[i], S(""));
		check_answer(&p, GREEN, "Bản ghi này có thật");
		CHECK(has(&p, "Chủ nhật, 01/03/2026"));
		CHECK(!has(&p, "08:00"));
		CHECK(!has(&p, "Xã Mẫu, "));
		CHECK(!has(&p, "Dự toán"));
		CHECK(!has(&p, "kín đáo"));
		CHECK(!has(&p, "/ho-so/"));
		CHECK(!has(&p, "Đơn vị ghi"));
		CHECK(!has(&p, "Công khai trên trang này"));
		CHECK(!has(&p, "Loại bản ghi"));
	}
}

TEST(a_wrong_code_is_a_slip_before_it_is_anything_else)
{
	struct dossier *d = published_one();
	char *wrong = str_z(test_arena(), d->code);
	wrong[11] = wrong[11] == '7' ? '8' : '7';
	struct asked p = ask_for(str_of(wrong));
	check_answer(&p, RED, "Không có bản ghi nào mang mã này");
	CHECK(has(&p, "nhiều khả năng mã bị chép nhầm"));
	CHECK(has(&p, "số 0 không dùng chữ O"));
	/* A whole code of nobody, a value of nobody, and things of the wrong length. */
	p = ask_for(S("CK-7K3Q-92MV"));
	check_answer(&p, RED, "Không có bản ghi nào mang mã này");
	p = ask_for(S("7K3Q-92M0-ABCD-EFGH"));
	check_answer(&p, RED, "Không có bản ghi nào mang mã này");
	p = ask_for(S("CK-7K3Q-92M"));
	check_answer(&p, RED, "Chưa đọc được mã này");
	p = ask_for(S("7K3Q-92MU-ABCD-EFGH"));
	CHECK(has(&p, "không dùng chữ U"));
}

TEST(rubbish_is_answered_and_escaped)
{
	static const char *const rubbish[] = {
		"<script>alert(1)</script>",
		"' OR 1=1 --",
		"xin chào",
		"%00",
		"{\"v\":1}",
		"https://xa-mau.example/",
		"c2sp.org/tlog-proof@v1 index 4 abc",
		"\xF0\x9F\x98\x80",
		"../../etc/passwd",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};
	open_site();
	sign_all();
	for (size_t i = 0; i < LENGTH(rubbish); i++) {
		struct asked p = ask_for(str_of(rubbish[i]));
		check_answer(&p, RED, "Chưa đọc được");
		CHECK(!has(&p, "<script>"));
		p = paste(str_of(rubbish[i]), S("gì đó"));
		check_answer(&p, RED, "Chưa đọc được");
		CHECK(!has(&p, "<script>"));
	}
	struct asked p = paste(S(""), S(""));
	check_answer(&p, RED, "Chưa dán biên nhận");
	for (int i = 0; i < 100; i++) {
		struct buf b = { .a = test_arena() };
		for (int k = 0; k < 60; k++)
			buf_putc(&b, (char)(' ' + test_below(95)));
		CHECK_INT(ask_for(buf_str(&b)).status, 200);
	}
}

TEST(a_queued_record_asks_to_try_again)
{
	open_site();
	sign_all();
	struct dossier *d = open_one(&note_kind);
	show_one(d);
	test_commit(s.tx);
	struct asked p = ask_for(value_of(d, 1));
	check_answer(&p, AMBER, "Chưa ký, thử lại sau vài giây");
	p = ask_for(d->code);
	check_answer(&p, AMBER, "Chưa ký, thử lại sau vài giây");
	CHECK(!has(&p, "Trang này xác nhận"));
	/* An index and no signature: still not signed. */
	CHECK(sequence(s.tx, 100) > 0);
	test_commit(s.tx);
	p = ask_for(value_of(d, 1));
	check_answer(&p, AMBER, "Chưa ký, thử lại sau vài giây");
	CHECK_OK(log_sign(s.log, s.tx));
	p = ask_for(value_of(d, 1));
	check_answer(&p, GREEN, "Bản ghi này có thật");
}

/* --- what was tampered with --- */

TEST(content_changed_on_the_side_turns_the_answer_red)
{
	struct dossier *d = published_one();
	struct query q = db_query(s.tx, "UPDATE content SET public_bytes = $1 WHERE act = $2");
	BIND(&q, ((struct bytes){ "{}", 2 }), act_of(d, 1).id);
	CHECK_OK(db_exec(&q));
	test_commit(s.tx);
	struct asked p = ask_for(value_of(d, 1));
	check_answer(&p, RED, "Bản ghi không còn nguyên vẹn");
	p = ask_for(d->code);
	check_answer(&p, RED, "Bản ghi không còn nguyên vẹn");
	CHECK(has(&p, "Giữ nguyên giấy"));
}

TEST(an_entry_changed_on_the_side_turns_the_answer_red)
{
	struct dossier *d = published_one();
	struct str value = value_of(d, 1), receipt = receipt_of(d, 1);
	struct log_leaf leaf = leaf_of(d, 1);
	struct str other = replaced(leaf.entry, "note.show", "note.hide");
	struct query q = db_query(s.tx, "UPDATE log_leaf SET entry = $1 WHERE id = $2");
	BIND(&q, ((struct bytes){ other.at, other.len }), leaf.id);
	CHECK_OK(db_exec(&q));
	test_commit(s.tx);
	struct asked p = ask_for(value);
	check_answer(&p, RED, "Bản ghi không còn nguyên vẹn");
	p = paste(receipt, S(""));
	check_answer(&p, RED, "Sổ của trang này không khớp với chữ ký cũ của nó");
}

TEST(content_that_was_erased_is_called_erased_and_not_broken)
{
	struct dossier *d = published_one();
	struct query q =
		db_query(s.tx, "UPDATE content SET public_salt = NULL, public_bytes = NULL,"
			       " sealed_salt = NULL, sealed_bytes = NULL, erased_by = $1"
			       " WHERE act = $1");
	BIND(&q, act_of(d, 1).id);
	CHECK_OK(db_exec(&q));
	test_commit(s.tx);
	struct asked p = ask_for(value_of(d, 1));
	check_answer(&p, GREEN, "Bản ghi này có thật");
	CHECK(has(&p, "đã được xóa hẳn"));
}

/* --- the page itself --- */

TEST(technical_words_stay_inside_the_folds)
{
	static const char *const words[] = { "blockchain", "mã hoá", "mã hóa", "hash",
					     "Hash",       "Băm",    "SHA",    "Merkle" };
	struct dossier *d = published_one();
	struct asked pages[] = {
		ask_for(d->code),
		ask_for(value_of(d, 1)),
		paste(receipt_of(d, 1), S("khác")),
		ask_for(S("CK-7K3Q-92MB")),
		ask_for(S("xin chào")),
		paste(S("x"), S("")),
	};
	for (size_t i = 0; i < LENGTH(pages); i++)
		for (size_t k = 0; k < LENGTH(words); k++)
			if (str_has(outside_folds(pages[i].body), str_of(words[k])))
				FAIL("page %zu: %s", i, words[k]);
}

/* One h1, no heading deeper than the one before by more than one, ids once, no style attribute. */
TEST(pages_are_marked_up_for_those_who_do_not_see_them)
{
	struct dossier *d = published_one();
	struct asked pages[] = { asker_get(s.asker, "/kiem-chung"),
				 ask_for(d->code),
				 ask_for(S("CK-7K3Q-92MB")),
				 paste(receipt_of(d, 1), S("khác")),
				 asker_get(s.asker, "/en/kiem-chung"),
				 asker_get(s.asker, "/du-lieu"),
				 asker_get(s.asker, "/tro-giup"),
				 asker_get(s.asker, "/tinh-han?quy-tac=TL-001&ngay=2026-03-02") };
	for (size_t i = 0; i < LENGTH(pages); i++) {
		struct str page = pages[i].body;
		int level = 0, first = 0;
		for (size_t k = 0; k + 4 < page.len; k++) {
			struct str rest = str_from(page, k);
			if (str_starts(rest, S("<h")) && rest.at[2] >= '1' && rest.at[2] <= '6') {
				int is = rest.at[2] - '0';
				first += is == 1;
				CHECK(is <= level + 1);
				level = is;
			}
			if (!str_starts(rest, S(" id=\"")))
				continue;
			struct str id = str_from(rest, 5), name;
			CHECK(str_next(&id, '"', &name));
			struct str mark = str_printf(test_arena(), " id=\"%.*s\"", STR_ARG(name));
			if (str_has(id, mark))
				FAIL("page %zu: two things are called %.*s", i, STR_ARG(name));
		}
		CHECK_INT(first, 1);
		CHECK(!str_has(page, S(" style=")));
	}
}

TEST(what_checking_without_this_site_needs_can_be_taken_away)
{
	open_site();
	sign_all();
	struct asked r = asker_get(s.asker, "/kiem-chung/log-format.md");
	CHECK_INT(r.status, 200);
	CHECK_STR(r.body, test_file("docs/log-format.md"));
	CHECK_STR(asker_get(s.asker, "/kiem-chung/verify-log.py").body,
		  test_file("docs/verify-log.py"));
	CHECK_INT(asker_get(s.asker, "/kiem-chung/law").status, 404);
}
