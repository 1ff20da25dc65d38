/* What goes over the wires: short, plain, and nothing of a private matter. */
#include "modules/inspect/test_petition.h"

#include "web/answer.h"
#include "web/house.h"
#include "web/notice_letter.h"

static struct house house;

static struct req *request(struct tx *tx)
{
	static const struct ask nobody = { .method = GET,
					   .path = S_INIT("/"),
					   .query = S_INIT(""),
					   .host = S_INIT("a.vn"),
					   .cookie = S_INIT(""),
					   .peer = S_INIT("127.0.0.1") };
	house = (struct house){ .base = S("https://ninhvan.example"),
				.office = tx->office,
				.router = router_new(test_arena()) };
	struct req *r = answer_new(test_arena(), &house, &nobody, tx->rng);
	r->tx = *tx;
	return r;
}

static struct dossier *left(struct tx *tx, const char *contact)
{
	struct petition form = matter("complaint");
	struct step_input in = { .on = test_date("2026-03-02") };
	struct dossier *d = NULL;
	form.contact = str_of(contact);
	tx->who = NULL;
	tx->err = OK;
	if (dossier_open(tx, &petition_kind, SMALL_COMMUNE, "send", &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static struct notice_letter letter(struct tx *tx, const struct dossier *d, enum notice_way way)
{
	struct notices all;
	struct notice_letter out;
	struct req *r = request(tx);
	CHECK_INT(notice_list(tx, d->id, 0, &all), OK);
	CHECK_INT(notice_letter(r, &all.at[0], way, &out), OK);
	return out;
}

static void name_commune(struct tx *tx, const char *name)
{
	struct query q = db_query(tx, "UPDATE unit_version SET name = $1 WHERE unit = 1");
	BIND(&q, str_of(name));
	run(tx, &q);
}

TEST(a_letter_never_says_what_a_private_matter_holds)
{
	static const char *const secrets[] = { "Xe tải",    "đá",        "Nguyễn Văn Mẫu",
					       "Thôn Đông", "khiếu nại", "Khiếu nại",
					       "thụ lý" };
	struct tx *tx = site("2026-03-02T08:00");
	struct dossier *d = left(tx, "an@vi-du.vn 0912345678");
	struct petition form = blank();
	small_site_done(tx, d, &s.leader, "accept", &form, "2026-03-02");
	for (int way = 0; way < NOTICE_WAYS; way++) {
		struct notice_letter l = letter(tx, d, (enum notice_way)way);
		CHECK(!l.empty);
		CHECK(str_has(l.text, d->code));
		for (size_t i = 0; i < LENGTH(secrets); i++)
			if (str_has(l.text, str_of(secrets[i])) ||
			    str_has(str_some(l.subject), str_of(secrets[i])))
				FAIL("%s: %.*s", secrets[i], STR_ARG(l.text));
	}
	CHECK_STR(letter(tx, d, NOTICE_EMAIL).to, S("an@vi-du.vn"));
	CHECK_STR(letter(tx, d, NOTICE_SMS).to, S("0912345678"));
}

TEST(a_text_message_is_plain_and_short_whatever_the_office_is_called)
{
	static const char *const names[] = {
		"Đông",
		"Ưỡn Ẹo Ướt Át Đỗ Đậu",
		("Một Cái Tên Dài Hơn Mọi Cái Tên Của Mọi Xã Trong Cả "
		 "Nước Và Vẫn Còn Dài Thêm Nữa Cho Đến Khi Không Còn Chỗ Nào Trong Tin Nhắn"),
		"[a]{b}~|^\\",
		"Tên 𐍈 lạ",
	};
	struct tx *tx = site("2026-03-02T08:00");
	struct dossier *d = left(tx, "0912345678");
	for (size_t i = 0; i < LENGTH(names); i++) {
		name_commune(tx, names[i]);
		struct str text = letter(tx, d, NOTICE_SMS).text;
		CHECK(text.len > 40 && text.len <= SMS_MOST);
		CHECK(str_has(text, d->code));
		CHECK(str_has(text, S("https://ninhvan.example/bien-nhan?ma=")));
		for (size_t k = 0; k < text.len; k++)
			if (text.at[k] < 0x20 || text.at[k] > 0x7e ||
			    str_has(S("[]{}\\^|~`"), (struct str){ &text.at[k], 1 }))
				FAIL("%.*s", STR_ARG(text));
	}
	name_commune(tx, "Đông");
	CHECK(str_starts(letter(tx, d, NOTICE_SMS).text, S("UBND xa Dong")));
}

TEST(whoever_erased_his_address_gets_nothing_more)
{
	struct tx *tx = site("2026-03-02T08:00");
	struct dossier *d = left(tx, "an@vi-du.vn");
	CHECK(!letter(tx, d, NOTICE_EMAIL).empty);
	struct query q = db_query(tx, "UPDATE content SET sealed_bytes = NULL, sealed_salt = NULL,"
				      " public_bytes = NULL, public_salt = NULL, erased_by = 1");
	run(tx, &q);
	CHECK(letter(tx, d, NOTICE_EMAIL).empty);
}

TEST(what_a_letter_says_it_says_in_the_language_of_its_reader)
{
	struct tx *tx = site("2026-03-02T08:00");
	struct dossier *d = sent(tx, "feedback", "2026-03-02");
	struct query a = db_query(tx, "INSERT INTO account (person, login, must_change, disabled,"
				      " totp_on, totp_step, generation, made_at, changed_at)"
				      " VALUES (21, 'mau', 0, 0, 0, 0, 1, 0, 0)");
	run(tx, &a);
	struct query w = db_query(tx, "INSERT INTO notice_wish (person, email, proved_at, mine,"
				      " digest, lang, changed_at) VALUES (21, 'a@b.vn', 1, 0, 0,"
				      " 1, 1)");
	run(tx, &w);
	struct notice_letter l = letter(tx, d, NOTICE_EMAIL);
	CHECK(str_starts(l.subject, S("Case ")));
	CHECK(str_has(l.text, S("https://ninhvan.example/en/ho-so/")));
	CHECK_STR(l.unsubscribe, S("")); /* owed by law */
}
