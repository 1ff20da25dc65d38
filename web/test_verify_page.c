/* Verification as people meet it: codes, check values and receipts, whole, broken and invented, against
 * a small site whose log is signed with the key of the published vectors. */
#include "base/encode.h"
#include "ledger/proof.h"
#include "office/added_day.h"
#include "office/step.h"
#include "tests/log_site.h"
#include "web/proof_routes.h"
#include "web/test_ask.h"

/* --- two kinds: one in the open, one private --- */

struct matter {
	struct str title, body;
};

enum { OPENED = 2, SHOWN = 4 };

static const struct field note_fields[] = {
	FIELD(struct matter, title, .min = 3, .max = 60, .label = MSG_KNOW_TITLE),
	FIELD(struct matter, body, .optional = true, .lines = true, .label = MSG_KNOW_BODY),
	{ 0 },
};
static const struct state note_states[] = {
	{ OPENED, "opened", MSG_KNOW_STATE_RECORDED, TONE_WAIT, VISIBLE_INTERNAL },
	{ SHOWN, "shown", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ 0 },
};
static const struct step note_steps[] = {
	{ "open", NEW, OPENED, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct matter),
	  note_fields },
	{ "show", OPENED, SHOWN, CLERK, MSG_KNOW_PUBLISH, MSG_KNOW_PUBLISH_DONE,
	  sizeof(struct matter), note_fields, .starts = "disclosure.commune.publish",
	  .is_public = true, .version = true },
	{ 0 },
};
static const struct kind note_kind = {
	.name = "note",
	.code = "NT",
	.slug = "ghi-chu",
	.work = "notes",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.size = sizeof(struct matter),
	.fields = note_fields,
	.states = note_states,
	.steps = note_steps,
};
static const struct kind secret_kind = {
	.name = "secret",
	.code = "KN",
	.slug = "rieng",
	.work = "notes",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.is_private = true,
	.size = sizeof(struct matter),
	.fields = note_fields,
	.states = note_states,
	.steps = note_steps,
};
static const struct kind *const kinds[] = { &note_kind, &secret_kind, &added_day_kind, NULL };

/* --- the site --- */

static struct {
	struct tx *tx;
	struct log *log;
	struct asker *asker;
	struct office office;
	struct appointment held;
	struct member clerk;
} s;

static void make_unit(void)
{
	struct query u = db_query(s.tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
					" VALUES (1, '0001-01-01', '9999-12-31', 0)");
	CHECK_OK(db_exec(&u));
	struct query v = db_query(s.tx, "INSERT INTO unit_version (unit, code, type, name, name_en,"
					" parent, level, valid_from, valid_to, made_at) VALUES (1,"
					" '14464', 'xã', 'Mẫu', '', NULL, 3, '0001-01-01',"
					" '9999-12-31', 0)");
	CHECK_OK(db_exec(&v));
	struct query a = db_query(s.tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from,"
					" valid_to, depth, way) VALUES (1, 1, '0001-01-01',"
					" '9999-12-31', 0, 0)");
	CHECK_OK(db_exec(&a));
}

static void open_site(void)
{
	struct str why;
	memset(&s, 0, sizeof s);
	s.tx = site();
	CHECK_OK(law_builtin(test_arena(), &s.office.law, &why));
	s.office.calendar = calendar_of_law(test_arena(), s.office.law);
	s.office.kinds = kinds;
	s.tx->office = &s.office;
	make_unit();
	s.held = (struct appointment){ .id = 1,
				       .person = 1,
				       .unit = 1,
				       .role = CLERK,
				       .from = test_date("2020-01-01"),
				       .to = NO_DATE };
	s.clerk = (struct member){ .person = 1, .at = &s.held, .n = 1 };
	s.log = open_log(s.tx);
	s.asker = asker_new(s.tx, proof_routes);
	s.asker->house.log = s.log;
	test_commit(s.tx);
}

static void sign_all(void)
{
	int64_t given;
	CHECK_OK(log_sequence(s.tx, 1000, &given));
	test_commit(s.tx);
	CHECK_OK(log_sign(s.log, s.tx));
}

static struct dossier *open_one(const struct kind *k)
{
	struct dossier *d;
	struct matter form = { S("Dự toán thu chi"), S("Nội dung kín đáo") };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	s.tx->who = &s.clerk;
	CHECK_OK(dossier_open(s.tx, k, 1, "open", &form, &in, NULL, &d));
	return d;
}

static void show_one(struct dossier *d)
{
	struct matter form = { S("Dự toán thu chi"), S("Nội dung kín đáo") };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	CHECK_OK(step_take(s.tx, d, "show", &form, &in, NULL));
}

/* A public dossier with two acts, signed, among others so that proofs have a path. */
static struct dossier *published_one(void)
{
	open_site();
	for (int i = 0; i < 3; i++)
		open_one(&note_kind);
	struct dossier *d = open_one(&note_kind);
	show_one(d);
	open_one(&secret_kind);
	sign_all();
	return d;
}

static struct act act_of(struct dossier *d, size_t i)
{
	struct acts acts;
	CHECK_OK(act_list(s.tx, d, &acts));
	CHECK(i < acts.n);
	return acts.at[i];
}

static struct log_leaf leaf_of(struct dossier *d, size_t i)
{
	struct log_leaf leaf;
	CHECK_OK(log_leaf_find(s.tx, act_of(d, i).leaf, &leaf));
	return leaf;
}

static struct content content_of(struct dossier *d, size_t i)
{
	struct content c;
	CHECK_OK(content_load(s.tx, act_of(d, i).id, &c));
	return c;
}

static struct str receipt_of(struct dossier *d, size_t i)
{
	struct content c = content_of(d, i);
	struct str out, salt = { c.public_salt.at, c.public_salt.len };
	CHECK_OK(log_receipt(s.log, s.tx, act_of(d, i).leaf, salt, &out));
	return out;
}

static struct str value_of(struct dossier *d, size_t i)
{
	return check_value_text(test_arena(), leaf_of(d, i).hash.b);
}

static struct asked ask_for(struct str pasted)
{
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("/kiem-chung?ma="));
	percent_encode(&b, pasted);
	buf_putc(&b, 0);
	return asker_get(s.asker, b.at);
}

static struct asked paste(struct str receipt, struct str content)
{
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("bien_nhan="));
	percent_encode(&b, receipt);
	buf_put(&b, S("&noi_dung="));
	percent_encode(&b, content);
	return asker_post(s.asker, s.tx, "/kiem-chung", buf_str(&b));
}

static bool has(const struct asked *page, const char *text)
{
	return str_has(page->body, str_of(text));
}

static struct str replaced(struct str text, const char *what, const char *by)
{
	for (size_t i = 0; i + strlen(what) <= text.len; i++)
		if (str_starts(str_from(text, i), str_of(what)))
			return str_printf(test_arena(), "%.*s%s%.*s", (int)i, text.at, by,
					  STR_ARG(str_from(text, i + strlen(what))));
	FAIL("no %s in the text", what);
}

/* What a reader sees without opening a fold. */
static struct str outside_folds(struct str page)
{
	struct buf b = { .a = test_arena() };
	int depth = 0;
	for (size_t i = 0; i < page.len; i++) {
		struct str rest = str_from(page, i);
		depth += str_starts(rest, S("<details")) - str_starts(rest, S("</details>"));
		if (!depth)
			buf_putc(&b, page.at[i]);
	}
	return buf_str(&b);
}

#define GREEN "<section class=\"banner ok\""
#define RED "<section class=\"banner late\""
#define AMBER "<section class=\"banner soon\""

static void check_answer(const struct asked *page, const char *colour, const char *title)
{
	CHECK_INT(page->status, 200);
	if (!has(page, colour) || !has(page, title))
		FAIL("no %s in: %.*s", title, STR_ARG(outside_folds(page->body)));
	const char *first = memmem(page->body.at, page->body.len, "class=\"banner ", 14);
	struct str rest = { first + 1, page->body.len - (size_t)(first + 1 - page->body.at) };
	CHECK(!str_has(rest, S("class=\"banner "))); /* one answer */
}

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

/* --- receipts --- */

TEST(a_receipt_is_believed_by_its_signature_and_by_this_log)
{
	struct dossier *d = published_one();
	struct asked p = paste(receipt_of(d, 1), S(""));
	check_answer(&p, GREEN, "Bản ghi này có thật");
	CHECK(has(&p, "đúng với chữ ký của sổ"));
	CHECK(str_has(p.body, d->code));
	CHECK(has(&p, "c2sp.org/tlog-proof@v1")); /* what was pasted is still there */
	/* It stays good when the log has grown, and when the phone has changed its line ends. */
	struct str old = receipt_of(d, 1);
	open_one(&note_kind);
	sign_all();
	struct buf b = { .a = test_arena() };
	for (struct str rest = old, line; str_next(&rest, '\n', &line);)
		buf_printf(&b, "%.*s\r\n", STR_ARG(line));
	p = paste(buf_str(&b), S(""));
	check_answer(&p, GREEN, "Bản ghi này có thật");
}

TEST(pasted_content_is_compared_to_the_last_sign)
{
	struct dossier *d = published_one();
	struct content c = content_of(d, 1);
	struct str content = { c.public_bytes.at, c.public_bytes.len }, receipt = receipt_of(d, 1);
	struct asked p = paste(receipt, content);
	check_answer(&p, GREEN, "Bản ghi này có thật");
	CHECK(has(&p, "đúng đến từng ký tự"));
	p = paste(receipt, replaced(content, "Dự toán", "Dự  toán"));
	check_answer(&p, RED, "Nội dung đã dán không khớp với bản ghi");
	/* By its check value, with the salt that this site holds; by a receipt without one as well. */
	p = paste(value_of(d, 1), content);
	CHECK(has(&p, "đúng đến từng ký tự"));
	p = paste(value_of(d, 1), S("khác"));
	check_answer(&p, RED, "Nội dung đã dán không khớp với bản ghi");
}

TEST(a_receipt_that_was_changed_is_red_whatever_was_changed)
{
	struct dossier *d = published_one();
	struct str good = receipt_of(d, 1), index, rest = good, line;
	struct asked p;
	CHECK(str_next(&rest, '\n', &line) && str_next(&rest, '\n', &line));
	CHECK(str_next(&rest, '\n', &index));
	p = paste(replaced(good, index.len ? str_z(test_arena(), index) : "", "index 1"), S(""));
	check_answer(&p, RED, "Biên nhận này không khớp");
	p = paste(replaced(good, str_z(test_arena(), index), "index 900"), S(""));
	check_answer(&p, RED, "Biên nhận này không khớp");
	p = paste(replaced(good, "\n6\n", "\n7\n"), S(""));
	check_answer(&p, RED, "Chữ ký trên biên nhận không đúng");
	p = paste(replaced(replaced(good, VECTOR_ORIGIN, "noi-khac.example/log"), VECTOR_ORIGIN,
			   "noi-khac.example/log"),
		  S(""));
	check_answer(&p, RED, "Biên nhận này không do trang này cấp");
	CHECK(has(&p, "noi-khac.example/log"));
	/* Any one letter anywhere: never green. */
	for (int i = 0; i < 60; i++) {
		char *text = str_z(test_arena(), good);
		size_t from = sizeof "c2sp.org/tlog-proof@v1\nextra " - 1 + 46;
		size_t at = from + (size_t)test_below(good.len - from);
		if ((unsigned char)text[at] >= 0x80)
			continue; /* what is no UTF-8 is refused before it is looked at */
		text[at] = text[at] == 'A' ? 'B' : 'A';
		p = paste(str_of(text), S(""));
		CHECK_INT(p.status, 200);
		if (has(&p, GREEN))
			FAIL("%s", text);
	}
}

TEST(a_receipt_for_more_than_this_site_holds_says_that_entries_are_gone)
{
	struct dossier *d = published_one();
	struct secret_key secret;
	struct public_key pub;
	struct vkey k;
	struct buf text = { .a = test_arena() }, noted = { .a = test_arena() },
		   b = { .a = test_arena() };
	struct checkpoint c = { .origin = S(VECTOR_ORIGIN), .size = 900 };
	struct proof proof;
	vector_key(&secret, &pub);
	vkey_make(S(VECTOR_ORIGIN), KEY_LOG, &pub, &k);
	buf_put_checkpoint(&text, &c);
	buf_put(&noted, buf_str(&text));
	buf_putc(&noted, '\n');
	buf_put_signature(&noted, &k, &secret, buf_str(&text));
	CHECK(proof_parse(test_arena(), receipt_of(d, 1), &proof));
	proof.checkpoint = buf_str(&noted);
	buf_put_proof(&b, &proof);
	struct asked p = paste(buf_str(&b), S(""));
	check_answer(&p, RED, "Sổ của trang này thiếu bản ghi đã ký");
	CHECK(has(&p, "900"));
}

TEST(a_signed_root_of_another_history_is_called_by_its_name)
{
	struct dossier *d = published_one();
	struct secret_key secret;
	struct public_key pub;
	struct vkey k;
	struct buf text = { .a = test_arena() }, noted = { .a = test_arena() },
		   b = { .a = test_arena() };
	struct checkpoint c = { .origin = S(VECTOR_ORIGIN), .size = 6, .root = { { 1, 2, 3 } } };
	struct proof proof;
	vector_key(&secret, &pub);
	vkey_make(S(VECTOR_ORIGIN), KEY_LOG, &pub, &k);
	buf_put_checkpoint(&text, &c);
	buf_put(&noted, buf_str(&text));
	buf_putc(&noted, '\n');
	buf_put_signature(&noted, &k, &secret, buf_str(&text));
	CHECK(proof_parse(test_arena(), receipt_of(d, 1), &proof));
	proof.checkpoint = buf_str(&noted);
	buf_put_proof(&b, &proof);
	struct asked p = paste(buf_str(&b), S(""));
	check_answer(&p, RED, "Sổ của trang này không khớp với chữ ký cũ của nó");
}

TEST(a_torn_receipt_says_where)
{
	struct dossier *d = published_one();
	struct str good = receipt_of(d, 1), rest, line;
	struct asked p = paste(str_cut(good, good.len / 2), S(""));
	check_answer(&p, RED, "Chưa đọc được biên nhận này");
	p = paste(replaced(good, "index ", "inde "), S(""));
	CHECK(has(&p, "Dòng 3 không đọc được"));
	/* A field of one line takes its first 300 signs and drops the line ends. */
	struct buf one = { .a = test_arena() };
	for (rest = good; str_next(&rest, '\n', &line);)
		buf_put(&one, line);
	p = ask_for(str_cut(buf_str(&one), 300));
	CHECK(has(&p, "dính làm một"));
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
