/* Every door by which a passage could still get out after it was hidden, and the one by which the original is
 * read: by the unit, with a reason. */
#include "base/utf8.h"
#include "modules/know/test_pages.h"
#include "modules/know/test_redacted.h"
#include "office/access.h"
#include "office/comment.h"
#include "office/redaction.h"

#include <stdio.h>
#include <string.h>

enum { LONG_SIGNS = 50000 }; /* what a body may have */

#define ALL NAME "\nHoài Thương\n0912 345 678"

static struct dossier *published(struct tx *tx)
{
	struct file_ref *file = NEW(test_arena(), struct file_ref);
	*file = kept_file(tx, "Don cua Nguyen Thi Hoai Thuong.txt", S("Quyết định"));
	return published_with(tx, (struct file_refs){ file, 1 });
}

static void redact(struct tx *tx, struct dossier *d, const char *passages)
{
	struct redaction form = { .passages = str_of(passages),
				  .redaction_ground = S("personal"),
				  .redaction_note = S("Có tên và số máy của một hộ dân."),
				  .reviewed = true };
	if (take(tx, d, &s.leader, "redact", &form, "2020-12-29"))
		FAIL("%s", tx->why);
}

static const char *at(const struct dossier *d, const char *rest)
{
	return str_z(test_arena(),
		     str_printf(test_arena(), "/ho-so/%.*s%s", STR_ARG(d->code), rest));
}

static void says_nothing(struct browser *b, const char *path, int status)
{
	static const char *const hidden[] = { "Thương",  "Thuong", "Hoài",
					      "345.678", "345678", "345 678" };
	struct answer a = browser_get(b, path);
	if (a.status != status)
		FAIL("%s: %d", path, a.status);
	for (size_t i = 0; i < LENGTH(hidden); i++)
		if (answer_has(a, hidden[i]))
			FAIL("%s still says %s", path, hidden[i]);
}

static struct str hash_of(const struct dossier *d)
{
	return str_dup(test_arena(), ((const struct disclosure *)d->data)->files.at[0].sha256);
}

/* What the doors say before, so that the next test cannot pass because they say nothing at all. */
static void says(struct browser *b, const char *path, const char *what)
{
	struct answer a = browser_get(b, path);
	if (a.status != 200 || !answer_has(a, what))
		FAIL("%s: %d, without %s", path, a.status, what);
}

TEST(before_something_is_hidden_every_door_tells_it)
{
	struct tx *tx = begin("2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct browser b = visitor(tx, "2020-12-29T15:30");
	says(&b, at(d, ""), "Thương");
	says(&b, at(d, ".json"), "345678");
	says(&b, at(d, ".atom"), "Thương");
	says(&b, at(d, "/ban/1"), "345.678");
	CHECK(!answer_has(browser_get(&b, at(d, "/ban/1")), "XA07-05-01")); /* in words */
	says(&b, at(d, "/ban/2?so=1"), "345678");
	says(&b, at(d, "/viec/3/noi-dung"), "345.678");
	says(&b, at(d, "/niem-yet"), "345678");
	says(&b, at(d, "/doc-loa"), "Thương");
	says(&b, "/cong-khai.csv", "Thương");
	says(&b, "/cong-khai.json", "Thương");
	says(&b, "/cong-khai.atom", "Thương");
	says(&b, "/don-vi/14464", "Thương");
	says(&b, "/tim?q=hoai+thuong", "Thương");
}

TEST(no_door_tells_what_was_hidden)
{
	struct tx *tx = begin("2020-12-29T15:00");
	struct dossier *d = published(tx);
	redact(tx, d, ALL);
	struct browser b = visitor(tx, "2020-12-29T15:30");
	says_nothing(&b, at(d, ""), 200);
	says_nothing(&b, str_z(test_arena(), str_printf(test_arena(), "/en%s", at(d, ""))), 200);
	says_nothing(&b, at(d, ".json"), 200);
	says_nothing(&b, at(d, ".atom"), 200);
	says_nothing(&b, at(d, "/ban/1"), 200);
	says_nothing(&b, at(d, "/ban/2"), 200);
	says_nothing(&b, at(d, "/ban/2?so=1"), 200);
	for (int no = 1; no <= d->acts; no++) {
		char rest[40];
		bool sealed = no >= 3 && no <= 5;
		snprintf(rest, sizeof rest, "/viec/%d/noi-dung", no);
		says_nothing(&b, at(d, rest), sealed ? 410 : 200);
	}
	says_nothing(&b, at(d, "/niem-yet"), 200);
	says_nothing(&b, at(d, "/doc-loa"), 200);
	says_nothing(&b, "/", 200);
	says_nothing(&b, "/cong-khai", 200);
	says_nothing(&b, "/cong-khai.csv", 200);
	says_nothing(&b, "/cong-khai.json", 200);
	says_nothing(&b, "/cong-khai.atom", 200);
	says_nothing(&b, "/don-vi/14464", 200);
	says_nothing(&b, "/don-vi/14464.atom", 200);
	says(&b, "/tim?q=ho+tro+nha+o", "█████");
	struct answer a = browser_get(&b, "/tim?q=hoai+thuong");
	CHECK(!answer_has(a, "Hỗ trợ nhà ở"));
	a = browser_get(&b, at(d, ""));
	CHECK(answer_has(a, "<span class=\"che\" lang=\"vi\" role=\"img\" "
			    "aria-label=\"đã che\">█████</span>"));
	CHECK(answer_has(a, "Đã che 5 chỗ ngày 29/12/2020 (Người Thử, "));
	CHECK(answer_has(a, "Niêm phong 3 bản công bố trước"));
	CHECK(answer_has(a, "Lý do: Có tên và số máy của một hộ dân."));
	CHECK(!answer_has(a, "ban-goc"));
	a = browser_get(&b, at(d, "/doc-loa"));
	CHECK(answer_has(a, "không nêu"));
	a = browser_get(&b, at(d, "/viec/3/noi-dung"));
	CHECK(answer_has(a, "Bản này đã niêm phong"));
}

/* The address to which the form of that path is sent. */
static struct str form_path(struct answer a, const char *path)
{
	const char *begins = str_z(test_arena(), str_printf(test_arena(), "action=\"%s", path));
	const char *from = strstr(str_z(test_arena(), a.body), begins);
	struct str rest = str_of(from ? from + strlen("action=\"") : ""), out;
	CHECK(str_next(&rest, '"', &out));
	return out;
}

TEST(an_official_sees_first_what_will_be_hidden)
{
	struct tx *tx = begin("2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct browser b = official(tx, &s.leader, "2020-12-29T15:30");
	struct answer a = browser_get(&b, at(d, "/lam/redact"));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "name=\"passages\"") && !answer_has(a, "name=\"reviewed\""));
	CHECK(answer_has(a, "Xem trước") && !answer_has(a, "name=\"happened_on\""));
	a = browser_post(&b, at(d, "/lam/redact"),
			 "passages=0912345678&redaction_ground=personal&redaction_note=So+may+"
			 "cua+mot+ho&happened_on=29/12/2020&channel=web");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Sẽ che 3 chỗ ở 3 nơi") && answer_has(a, "name=\"reviewed\""));
	CHECK(answer_has(a, "Nội dung (lúc “") && !answer_has(a, "<title>Lỗi"));
	CHECK(answer_has(a, "0912345678</textarea>")); /* nothing typed is lost */
	CHECK(answer_has(a, "Hồ sơ này có 1 tệp công khai"));
	/* What was seen is what is hidden: another list is looked at once more. */
	const char *seen = str_z(test_arena(), form_path(a, at(d, "/lam/redact")));
	a = browser_post(&b, seen,
			 "passages=40.000.000&redaction_ground=personal&redaction_note=So+may+"
			 "cua+mot+ho&reviewed=1&happened_on=29/12/2020&channel=web");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "đã đổi sau lần xem trước") && answer_has(a, "<title>Lỗi"));
	CHECK(answer_has(a, "name=\"reviewed\" value=\"1\"") &&
	      !answer_has(a, "name=\"reviewed\" value=\"1\" checked"));
	/* Nothing to be seen: no box, and the button asks for a preview. */
	a = browser_post(&b, at(d, "/lam/redact"), "passages=&redaction_ground=personal");
	CHECK_INT(a.status, 422);
	CHECK(!answer_has(a, "name=\"reviewed\"") && !answer_has(a, "#reviewed") &&
	      answer_has(a, ">Xem trước<"));
	CHECK(answer_has(browser_get(&b, at(d, "")), "0912345678"));
	a = browser_post(&b, at(d, "/lam/redact"),
			 "passages=khong+co+doan+nay%0Aab%0Acung+khong+co&redaction_ground="
			 "personal&redaction_note=So+"
			 "may+cua+mot+ho&reviewed=1&happened_on=29/12/2020&channel=web");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Không có “khong co doan nay” ở chỗ nào") &&
	      answer_has(a, "“ab” quá ngắn") && answer_has(a, "Không có “cung khong co”") &&
	      answer_has(a, "<title>Lỗi"));
	a = browser_post(&b, seen,
			 "passages=0912345678&redaction_ground=personal&redaction_note=So+may+"
			 "cua+mot+ho&reviewed=1&happened_on=29/12/2020&channel=web");
	CHECK_INT(a.status, 303);
	a = browser_get(&b, at(d, ""));
	CHECK(!answer_has(a, "0912345678") && answer_has(a, "█████"));
}

TEST(who_hides_is_asked_before_he_publishes_it_again_and_the_note_says_that_he_did)
{
	static const char form[] = "place=Nha+ba+Ho%C3%A0i+Th%C6%B0%C6%A1ng&channel=counter&"
				   "happened_on=29/12/2020";
	struct tx *tx = begin("2020-12-29T15:00");
	struct dossier *d = published(tx);
	redact(tx, d, ALL);
	struct browser b = official(tx, &s.leader, "2020-12-29T15:30");
	struct answer a = browser_get(&b, at(d, "/lam/post"));
	CHECK(a.status == 200 && !answer_has(a, "name=\"reveals\""));
	a = browser_post(&b, at(d, "/lam/post"), form);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "name=\"reveals\"") && answer_has(a, "có đoạn đang được che"));
	CHECK(!answer_has(browser_get(&b, at(d, "")), "đã công bố lại"));
	a = browser_post(&b, at(d, "/lam/post"),
			 str_z(test_arena(), str_printf(test_arena(), "%s&reveals=1", form)));
	CHECK_INT(a.status, 303);
	CHECK(answer_has(browser_get(&b, at(d, "")), "đã công bố lại một đoạn từng che ở đây"));
}

TEST(the_original_opens_for_the_unit_with_a_reason_and_whoever_opened_it_is_listed)
{
	struct tx *tx = begin("2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct file_ref black = kept_file(tx, "scan.txt", S("---"));
	struct str was = hash_of(d);
	struct file_redaction file = { .redaction_file = was,
				       .redaction_rendition = { &black, 1 },
				       .redaction_ground = S("personal"),
				       .redaction_note = S("Có tên của một hộ dân."),
				       .reviewed = true };
	redact(tx, d, ALL);
	if (take(tx, d, &s.leader, "redact_file", &file, "2020-12-29"))
		FAIL("%s", tx->why);
	struct browser b = official(tx, &s.leader, "2020-12-29T15:30"),
		       stranger = browser_open(site);
	const char *tep =
		at(d, str_z(test_arena(), str_printf(test_arena(), "/tep/%.*s", STR_ARG(was))));
	CHECK_INT(browser_get(&stranger, tep).status, 410);
	CHECK_INT(browser_get(&b, tep).status, 410);
	CHECK(browser_get(&stranger, at(d, "/ban-goc")).status != 200);
	struct answer a = browser_get(&b, at(d, ""));
	CHECK(answer_has(a, "/ban-goc") && !answer_has(a, "Thương"));
	CHECK(answer_has(a, "█████ (đã che).txt") || answer_has(a, "</span> (đã che).txt"));
	a = browser_get(&b, at(d, "/ban-goc"));
	CHECK(answer_has(a, "Ghi lý do và mở") && !answer_has(a, "Thương"));
	CHECK_INT(browser_post(&b, at(d, "/ban-goc"), "reason=ngan").status, 422);
	CHECK_INT(browser_post(&b, at(d, "/ban-goc"), "reason=Doi+chieu+voi+ban+ky").status, 303);
	a = browser_get(&b, at(d, "/ban-goc"));
	CHECK(answer_has(a, "<strong>" NAME "</strong>") && answer_has(a, "0912.345.678"));
	CHECK(!answer_has(a, "**"));
	CHECK(answer_has(a, "Doi chieu voi ban ky") &&
	      answer_has(a, "Don cua Nguyen Thi Hoai Thuong.txt<"));
	CHECK_INT(browser_get(&b, tep).status, 200);
	CHECK_INT(browser_get(&stranger, tep).status, 410);
	CHECK(!answer_has(browser_get(&b, at(d, "")), "Thương")); /* only there */
}

TEST(a_comment_and_its_answer_are_redacted_like_anything_else)
{
	struct tx *tx = begin("2020-12-29T15:00");
	struct dossier *d = published(tx), *c = NULL;
	struct comment_form form = { .about = d->code,
				     .text = S("Nhà bà " NAME " đến nay vẫn chưa nhận tiền") };
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.clerk;
	if (dossier_open(tx, &comment_kind, SMALL_COMMUNE, "enter", &form, &in, NULL, &c))
		FAIL("%s", tx->why);
	redact(tx, c, NAME);
	redact(tx, d, ALL);
	struct browser b = visitor(tx, "2020-12-29T15:30");
	says_nothing(&b, at(d, ""), 200);
	says_nothing(&b, at(c, ""), 200);
	says_nothing(&b, at(c, ".json"), 200);
	says_nothing(&b, at(c, "/viec/1/noi-dung"), 410);
	CHECK(answer_has(browser_get(&b, at(d, "")), "chưa nhận tiền"));
}

/* --- Long texts --- */

static const char *const given[PASSAGES_MOST] = {
	"Hoa", "Lan", "Mai",  "Cúc",  "Đào", "Sen",    "Huệ",  "Nga",   "Thu",   "Xuân",
	"Hạ",  "Yến", "Oanh", "Loan", "Vân", "Phượng", "Hồng", "Nhung", "Tuyết", "Bưởi",
};

/* As many signs as a body may have; everybody is named at its beginning, and one of them all along. */
static struct str long_body(int version)
{
	struct buf b = { .a = test_arena() };
	size_t signs = 0;
	struct str more = S("Bà Nguyễn Thị Hoa ở thôn Đông nhận hỗ trợ xây nhà.\n");
	buf_printf(&b, "Lần %d: ", version);
	for (size_t i = 0; i < LENGTH(given); i++)
		buf_printf(&b, "Nguyễn Thị %s, ", given[i]);
	signs = utf8_length(test_arena(), buf_str(&b));
	size_t step = utf8_length(test_arena(), more);
	for (; signs + step <= LONG_SIGNS; signs += step)
		buf_put(&b, more);
	return buf_str(&b);
}

static struct dossier *published_at_length(struct tx *tx)
{
	struct dossier *d = NULL;
	struct disclosure form = {
		.matter = S("XA07-05-01"),
		.title = S("Hỗ trợ nhà ở"),
		.body = long_body(1),
		.issuer = S("UBND xã"),
		.issued_on = test_date("2020-12-24"),
	};
	struct step_input in = { .on = test_date("2020-12-24") };
	tx->who = &s.clerk;
	if (dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	publish(tx, d, "2020-12-25");
	for (int version = 2; version <= 3; version++) {
		struct correction_form correction = { .title = form.title,
						      .body = long_body(version),
						      .reason = S("Sửa số tiền") };
		if (take(tx, d, &s.leader, "correct", &correction, "2020-12-28"))
			FAIL("%s", tx->why);
	}
	return d;
}

static const char *asked(size_t passages, bool reviewed)
{
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("passages="));
	for (size_t i = 0; i < passages; i++) {
		buf_put(&b, S("Nguy%E1%BB%85n+Th%E1%BB%8B+"));
		for (const char *c = given[i]; *c; c++)
			buf_printf(&b, "%%%02X", (unsigned)(unsigned char)*c);
		buf_put(&b, S("%0A"));
	}
	buf_put(&b, S("&redaction_ground=personal&redaction_note=Co+ten+cua+nhieu+ho"
		      "&happened_on=29/12/2020&channel=web"));
	buf_put(&b, reviewed ? S("&reviewed=1") : S(""));
	return str_z(test_arena(), buf_str(&b));
}

/* A request has 8 MiB (web/answer.c); a preview looks through three versions of the longest body for as many
 * passages as there may be. */
TEST(the_longest_texts_are_previewed_redacted_and_read)
{
	struct tx *tx = begin("2020-12-29T15:00");
	struct dossier *d = published_at_length(tx);
	struct browser b = official(tx, &s.leader, "2020-12-29T15:30");
	struct answer a = browser_post(&b, at(d, "/lam/redact"), asked(PASSAGES_MOST, false));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Sẽ che 3.972 chỗ ở 4 nơi") && answer_has(a, "name=\"reviewed\""));
	a = browser_post(&b, at(d, "/lam/redact"), asked(PASSAGES_MOST, true));
	CHECK_INT(a.status, 303);
	static const char *const doors[] = { "", ".json", "/ban/1", "/ban/3", "/ban/3?so=1" };
	for (size_t i = 0; i < LENGTH(doors); i++) {
		a = browser_get(&b, at(d, doors[i]));
		if (a.status != 200 || answer_has(a, "Nguyễn Thị Hoa") || !answer_has(a, "█████"))
			FAIL("%s: %d", doors[i], a.status);
	}
}
