/* What may not be read is read nowhere: every address that shows a disclosure is asked, as a visitor
 * asks, and searched for the words that must not be there. */
#include "modules/know/test_files.h"
#include "modules/know/test_pages.h"

#define SECRET "Bí mật nhà bà Mẫu"
#define NAMES "Nguyễn Văn Mẫu"

static const char *const channels[] = {
	"/",
	"/don-vi/14464",
	"/cong-khai",
	"/cong-khai.csv",
	"/cong-khai.json",
	"/cong-khai.atom",
	"/han",
	"/han.csv",
	"/ke-hoach-cong-khai",
	"/ke-hoach-cong-khai.json",
	"/tim?q=nha+ba+mau",
	"/ho-so/*",
	"/ho-so/*.json",
	"/ho-so/*/ban/1",
	"/ho-so/*/ban/2",
	"/ho-so/*/ban/2?so=1",
	"/ho-so/*/viec/1/noi-dung",
	"/ho-so/*/viec/2/noi-dung",
	"/ho-so/*/viec/3/noi-dung",
	"/ho-so/*/viec/4/noi-dung",
	"/ho-so/*/viec/5/noi-dung",
	"/ho-so/*/niem-yet",
	"/ho-so/*/doc-loa",
};

static struct answer ask(struct browser *b, struct str code, const char *path)
{
	struct str rest = str_of(path), head;
	struct buf full = { .a = test_arena() };
	while (str_next(&rest, '*', &head)) { /* stands for the code */
		buf_put(&full, head);
		if (rest.at)
			buf_put(&full, code);
	}
	return browser_get(b, str_z(test_arena(), buf_str(&full)));
}

/* In how many channels the words stand; `which` names the last of them. */
static int channels_with(struct browser *b, struct str code, const char *words, const char **which)
{
	int n = 0;
	*which = "none";
	for (size_t i = 0; i < LENGTH(channels); i++) {
		struct answer a = ask(b, code, channels[i]);
		if (a.status >= 500)
			FAIL("%s: %d", channels[i], a.status);
		if (!answer_has(a, words))
			continue;
		n++;
		*which = channels[i];
	}
	return n;
}

static void check_nowhere(struct browser *b, struct str code, const char *words)
{
	const char *which;
	int n = channels_with(b, code, words, &which);
	if (n)
		FAIL("%s stands in %d channels, also in %s", words, n, which);
}

static struct dossier *secret(struct tx *tx, const char *names)
{
	struct dossier *d = NULL;
	struct disclosure form = {
		.matter = S("XA07-05-05"),
		.title = S(SECRET),
		.body = S("Về " SECRET),
		.number = S(SECRET),
		.issuer = S("UBND xã"),
		.issued_on = test_date("2020-12-24"),
		.names = str_of(names),
	};
	struct step_input in = { .on = test_date("2020-12-24") };
	tx->who = &s.clerk;
	CHECK_INT(dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, NULL, &d),
		  OK);
	return d;
}

static void correct(struct tx *tx, struct dossier *d, const char *title, const char *names)
{
	struct correction_form form = { .title = str_of(title),
					.body = S("Nội dung sau đính chính"),
					.names = str_of(names),
					.reason = S("Sửa cho đúng: " SECRET) };
	CHECK_INT(take(tx, d, &s.leader, "correct", &form, NULL), OK);
}

TEST(a_draft_is_in_no_channel_and_no_address_tells_that_it_exists)
{
	struct tx *tx = begin("2020-12-30T09:00");
	struct dossier *d = secret(tx, NAMES);
	struct browser b = visitor(tx, "2020-12-30T09:00");
	check_nowhere(&b, d->code, SECRET);
	check_nowhere(&b, d->code, NAMES);
	CHECK_INT(ask(&b, d->code, "/tim?q=*").status,
		  ask(&b, d->code, "/tim?q=CK-7K3Q-92MV").status);
	CHECK_INT(ask(&b, d->code, "/ho-so/*").status, 404);
}

TEST(a_takedown_hides_the_words_in_every_channel_reasons_included)
{
	struct tx *tx = begin("2020-12-30T09:00");
	struct dossier *d = secret(tx, NAMES);
	struct takedown_form form = { S("personal"), S("Có số CCCD của " SECRET) };
	publish(tx, d, "2020-12-25");
	correct(tx, d, SECRET, NAMES);
	CHECK_INT(take(tx, d, &s.clerk, "take_down", &form, NULL), OK);
	struct browser b = visitor(tx, "2020-12-30T09:00");
	check_nowhere(&b, d->code, SECRET);
	check_nowhere(&b, d->code, NAMES);
	CHECK(answer_has(ask(&b, d->code, "/ho-so/*"), "gỡ khẩn cấp")); /* the stub says so */
}

/* Rows that all read "Nội dung đã gỡ" could not be told apart. */
TEST(a_row_of_what_was_taken_down_says_its_kind_and_code)
{
	struct tx *tx = begin("2020-12-30T09:00");
	struct dossier *d = secret(tx, "");
	struct takedown_form form = { S("personal"), S("Có số CCCD") };
	publish(tx, d, "2020-12-25");
	CHECK_INT(take(tx, d, &s.clerk, "take_down", &form, NULL), OK);
	struct str row = str_printf(test_arena(), "%.*s (nội dung đã gỡ)", STR_ARG(d->code));
	struct browser b = official(tx, &s.leader, "2020-12-30T09:00");
	CHECK(answer_has(ask(&b, d->code, "/cong-khai"), row.at));
	CHECK(!answer_has(ask(&b, d->code, "/viec"), row.at)); /* there is nothing to do for it */
}

TEST(names_are_in_no_channel_after_their_day_and_the_versions_stay_readable)
{
	struct tx *tx = begin("2020-12-28T09:00");
	struct dossier *d = secret(tx, NAMES);
	publish(tx, d, "2020-12-25");
	correct(tx, d, "Danh sách được xét hỗ trợ", NAMES);
	post(tx, d, "Trụ sở UBND", "2020-12-28");
	small_site_day(tx, "2021-01-28T01:00");
	struct str code = str_dup(test_arena(), d->code);
	struct browser b = visitor(tx, "2021-01-28T09:00");
	check_nowhere(&b, code, NAMES);
	CHECK(answer_has(ask(&b, code, "/ho-so/*/ban/1"), "Về " SECRET));
	CHECK(answer_has(ask(&b, code, "/ho-so/*/ban/2?so=1"), "<ins>"));
}

TEST(a_file_with_names_is_in_no_channel_after_its_day_neither_bytes_nor_name)
{
	struct tx *tx = begin("2020-12-28T09:00");
	struct file_ref decision = kept_file(tx, "quyet-dinh.txt", S("Quyết định số 18"));
	struct file_ref list = kept_file(tx, "danh-sach-" NAMES ".txt", S(NAMES));
	struct dossier *d = record_with_files(tx, &decision, &list);
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-28");
	struct str code = str_dup(test_arena(), d->code);
	const char *which,
		*hash = str_z(test_arena(), list.sha256),
		*file = str_z(test_arena(), str_printf(test_arena(), "/ho-so/*/tep/%s", hash));
	struct browser b = visitor(tx, "2020-12-28T10:00");
	CHECK_INT(ask(&b, code, file).status, 200);
	CHECK(channels_with(&b, code, hash, &which) > 0); /* the page leads to it meanwhile */
	struct tx later = { .mem = test_arena(), .rng = &site->rng, .office = &s.office };
	CHECK_INT(tx_begin(&later, site->write, DB_WRITE), OK);
	small_site_day(&later, "2021-01-28T01:00");
	CHECK_INT(tx_end(&later, OK), OK);
	CHECK_INT(ask(&b, code, file).status, 404);
	check_nowhere(&b, code, hash);
	check_nowhere(&b, code, NAMES);
	CHECK(answer_has(ask(&b, code, "/ho-so/*"), "quyet-dinh.txt"));
}

TEST(what_was_withdrawn_stays_readable_and_says_so_and_is_not_hung_or_read_out_any_more)
{
	struct tx *tx = begin("2020-12-30T09:00");
	struct dossier *d = secret(tx, "");
	struct str reason = S("Đã có văn bản mới thay thế");
	publish(tx, d, "2020-12-25");
	CHECK_INT(take(tx, d, &s.leader, "withdraw", &reason, NULL), OK);
	struct browser b = visitor(tx, "2020-12-30T09:00");
	struct answer a = ask(&b, d->code, "/ho-so/*");
	CHECK(answer_has(a, SECRET));
	CHECK(answer_has(a, "Đã thu hồi"));
	CHECK(!answer_has(a, "/niem-yet"));
	CHECK(answer_has(ask(&b, d->code, "/ho-so/*/ban/1"), "Đã thu hồi"));
	CHECK(answer_has(ask(&b, d->code, "/cong-khai"), "Đã thu hồi"));
	CHECK(answer_has(ask(&b, d->code, "/cong-khai.atom"), "Đã thu hồi"));
	CHECK_INT(ask(&b, d->code, "/ho-so/*/niem-yet").status, 404);
	CHECK_INT(ask(&b, d->code, "/ho-so/*/doc-loa").status, 404);
}

TEST(a_record_says_that_it_is_unchanged_only_when_the_log_has_been_signed)
{
	struct tx *tx = begin("2020-12-30T09:00");
	struct dossier *d = secret(tx, "");
	publish(tx, d, "2020-12-25");
	struct browser b = visitor(tx, "2020-12-30T09:00");
	struct answer a = ask(&b, d->code, "/ho-so/*");
	CHECK(!answer_has(a, "không bị sửa"));
	CHECK(!answer_has(a, "Mục số -1"));
}

TEST(the_file_of_open_duties_holds_every_one_of_them)
{
	enum { MANY = 420 };
	struct tx *tx = begin("2020-12-30T09:00");
	for (int i = 0; i < MANY; i++)
		record(tx, "XA07-05-01", "2020-12-24", "");
	struct browser b = visitor(tx, "2020-12-30T09:00");
	struct str csv = browser_get(&b, "/han.csv?xem=tat-ca").body, line;
	int lines = 0;
	while (str_next(&csv, '\n', &line))
		lines += line.len > 0;
	CHECK_INT(lines, MANY + 1); /* and the names of the columns */
}
