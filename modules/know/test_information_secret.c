/* Who asks is nobody's business: neither while the request is open nor when its answer is public. */
#include "modules/know/test_information.h"

#include "ledger/log.h"
#include "office/comment.h"
#include "office/gate.h"
#include "office/list.h"

static const char *const secrets[] = {
	"Nguyễn Văn Mẫu", "Thôn Đông, xã Mẫu",      "000000000000",
	"0900000000",     "Để giám sát công trình",
};

static struct dossier *shown(struct tx *tx, struct dossier *d)
{
	struct information_publish form = {
		.question = S("Kinh phí làm đường của một thôn năm 2020"),
		.text = S("Tổng kinh phí 850.000.000 đồng."),
		.no_secret = true,
		.names_lawful = true,
	};
	struct dossier *out = NULL;
	CHECK_INT(take(tx, d, &s.leader, "publish", &form, "2021-02-18"), OK);
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE parent = $1"
				      " AND kind = 'information_answer'");
	BIND(&q, d->id);
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(dossier_load(tx, col_int(&q, 0), &out), OK);
	return out;
}

static struct dossier *answered(struct tx *tx)
{
	struct dossier *d = sent(tx, "2021-02-08");
	answer(tx, d, &s.clerk, "2021-02-09");
	return d;
}

/* Every text column of every table but the acts' sealed bytes, which only the gate opens. */
static void nowhere_in(struct tx *tx, const char *sql_of, struct query q)
{
	while (db_next(&q)) {
		struct str text = col_str(&q, 0);
		for (size_t i = 0; i < LENGTH(secrets); i++)
			if (str_has(text, str_of(secrets[i])))
				FAIL("%s holds %s", sql_of, secrets[i]);
	}
	if (q.err)
		FAIL("%s", tx->why);
}

TEST(personal_fields_stand_in_the_sealed_content_and_nowhere_else)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = answered(tx);
	struct information sealed = question();
	sealed.name = S("");
	shown(tx, d);
	nowhere_in(tx, "dossier.data", db_query(tx, "SELECT data FROM dossier"));
	nowhere_in(tx, "dossier.title", db_query(tx, "SELECT title FROM dossier"));
	nowhere_in(tx, "act.data", db_query(tx, "SELECT data FROM act"));
	struct query q = db_query(tx, "SELECT public_bytes FROM content");
	while (db_next(&q)) {
		struct bytes b = col_bytes(&q, 0);
		for (size_t i = 0; i < LENGTH(secrets); i++)
			CHECK(!str_has((struct str){ b.at, b.len }, str_of(secrets[i])));
	}
	CHECK_INT(q.err, OK);
	CHECK_INT(dossier_personal(tx, d, information_kind.fields, &sealed), OK);
	CHECK_STR(sealed.name, S("Nguyễn Văn Mẫu"));
}

/* LOG.md 5: of private matters not even the kind. */
TEST(the_leaves_of_a_request_say_a_day_and_a_commitment)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = answered(tx);
	struct dossier *public = shown(tx, d);
	struct query q = db_query(tx, "SELECT l.entry, a.dossier FROM log_leaf l"
				      " JOIN act a ON a.leaf = l.id ORDER BY l.id");
	int private = 0, open = 0;
	while (db_next(&q)) {
		struct bytes b = col_bytes(&q, 0);
		struct str leaf = { b.at, b.len };
		CHECK(!str_has(leaf, d->code));
		if (col_int(&q, 1) == d->id) {
			private++;
			CHECK(str_starts(leaf, S("{\"v\":1,\"at\":\"2021-06-01\",\"sealed\":\"")));
			CHECK(!str_has(leaf, S("information")));
		} else {
			open++;
			CHECK(str_has(leaf, public->code));
			CHECK(str_has(leaf, S("information_answer.publish")));
		}
	}
	CHECK_INT(q.err, OK);
	CHECK_INT(private, 3); /* sent, answered, published */
	CHECK_INT(open, 1);
	small_site_verify(tx);
}

TEST(what_is_made_public_of_an_answer_does_not_lead_back_to_its_request)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = answered(tx), *public = shown(tx, d), *found;
	struct acts acts;
	struct content c;
	CHECK_INT(d->state, INFORMATION_SHOWN);
	CHECK_INT(public->state, EDITORIAL_PUBLISHED);
	CHECK_INT(public->parent, d->id);
	CHECK_INT(public->author, 0);
	CHECK_INT(act_list(tx, public, &acts), OK);
	CHECK_INT(acts.at[0].person, 0); /* the program's, in the wake of the leader's */
	CHECK_INT(content_load(tx, acts.at[0].id, &c), OK);
	struct str bytes = { c.public_bytes.at, c.public_bytes.len };
	CHECK(str_has(bytes, S("Kinh phí làm đường của một thôn")));
	CHECK(!str_has(bytes, S("request")));
	CHECK(!str_has(bytes, d->code));
	const struct information_answer *x = public->data;
	CHECK_STR(x->approver, S("Cán bộ Mẫu"));
	CHECK_DAY(x->answered_on, "2021-02-09");
	/* Everybody reads the one; of the other a visitor learns nothing. */
	tx->who = NULL;
	CHECK_INT(gate_read(tx, public->code, &found), OK);
	CHECK_INT(gate_read(tx, d->code, &found), ERR_NOT_FOUND);
	tx->who = &asker;
	CHECK_INT(gate_read(tx, d->code, &found), OK);
	tx->who = &stranger;
	CHECK_INT(gate_read(tx, d->code, &found), ERR_NOT_FOUND);
	small_site_verify(tx);
}

TEST(a_public_answer_is_listed_and_found_and_a_request_never)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = answered(tx), *public = shown(tx, d);
	struct list_filter f = { .kind = &information_answer_kind,
				 .under = SMALL_COMMUNE,
				 .limit = 10,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	struct list_rows rows;
	struct search_rows found;
	tx->who = &s.leader;
	CHECK_INT(list_dossiers(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 1);
	CHECK_STR(rows.at[0].code, public->code);
	f.kind = &information_kind;
	CHECK_INT(list_dossiers(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 0);
	CHECK(!kind_is_listed(&information_kind));
	struct search_filter words = { .words = S("làm đường"), .limit = 10 };
	CHECK_INT(list_search(tx, &words, &found), OK);
	CHECK_INT(found.n, 1);
	CHECK_STR(found.at[0].code, public->code);
	words.words = S("quyết toán kinh phí"); /* the request's own words */
	CHECK_INT(list_search(tx, &words, &found), OK);
	CHECK_INT(found.n, 0);
}

TEST(silence_is_overdue_for_everybody_and_its_title_for_nobody)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	/* Administrators keep accounts and not cases. */
	const struct member *const readers[] = { NULL, &stranger, &s.neighbour, &s.admin,
						 &s.clerk };
	struct duty_filter f = { .under = SMALL_COMMUNE, .limit = 10, .after_due = NO_DATE };
	struct duty_rows rows;
	for (size_t i = 0; i < LENGTH(readers); i++) {
		tx->who = readers[i];
		CHECK_INT(duty_list(tx, &f, &rows), OK);
		CHECK_INT(rows.n, 1);
		CHECK_STR(rows.at[0].title, S(""));
		CHECK_STR(rows.at[0].code, readers[i] == &s.clerk ? d->code : S(""));
	}
}

TEST(an_answer_is_made_public_only_after_both_checks_and_by_a_leader)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = answered(tx);
	struct information_publish form = { .question = S("Kinh phí làm đường của một thôn"),
					    .text = S("850.000.000 đồng"),
					    .no_secret = true };
	struct faults faults = { .a = tx->mem };
	CHECK_INT(small_site_take(tx, d, &s.leader, "publish", &form, "2021-02-18", &faults),
		  ERR_INVALID);
	CHECK_INT(faults.n, 1);
	CHECK_STR(str_of(faults.at[0].field), S("names_lawful"));
	form.names_lawful = true;
	CHECK_INT(take(tx, d, &s.clerk, "publish", &form, "2021-02-18"), ERR_DENIED);
	form.text = S("");
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(small_site_take(tx, d, &s.leader, "publish", &form, "2021-02-18", &faults),
		  ERR_INVALID);
	says(&faults, "text", MSG_INFORMATION_FAULT_NO_ANSWER);
	CHECK_INT(d->state, INFORMATION_ANSWERED);
}

static const struct {
	const char *question, *text;
	const char *field;
	bool of_asker;
} slips[] = {
	{ "Ông Nguyễn Văn Mẫu hỏi về đường thôn", "850.000.000 đồng", "question", true },
	{ "Kinh phí làm đường thôn", "Gửi ông NGUYEN VAN MAU: 850 triệu", "text", true },
	{ "Kinh phí làm đường thôn", "Gửi ông **Nguyễn** Văn\nMẫu: 850 triệu", "text", true },
	{ "Kinh phí làm đường thôn", "Gửi về Thôn Đông, xã Mẫu", "text", true },
	{ "Kinh phí làm đường thôn", "Gửi về thôn Đông - xã Mẫu", "text", true },
	{ "Kinh phí làm đường thôn", "Giấy tờ số 000.000.000.000", "text", true },
	{ "Kinh phí làm đường thôn", "Đã gọi số 0900000000", "text", true },
	{ "Kinh phí làm đường thôn", "Hỏi thêm số 0912 345 678", "text", false },
	{ "Kinh phí làm đường thôn", "Gửi tới ten@vi-du.vn", "text", false },
};

TEST(what_leads_to_who_asked_or_to_anybody_is_not_published)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = answered(tx);
	for (size_t i = 0; i < LENGTH(slips); i++) {
		struct faults faults = { .a = tx->mem };
		struct information_publish form = { .question = str_of(slips[i].question),
						    .text = str_of(slips[i].text),
						    .no_secret = true,
						    .names_lawful = true };
		CHECK_INT(
			small_site_take(tx, d, &s.leader, "publish", &form, "2021-02-18", &faults),
			ERR_INVALID);
		CHECK_INT(faults.n, 1);
		CHECK_STR(str_of(faults.at[0].field), str_of(slips[i].field));
		if (str_eq(faults.at[0].text, msg_plain(LANG_VI, MSG_INFORMATION_FAULT_ASKER)) !=
		    slips[i].of_asker)
			FAIL("case %zu says %.*s", i, STR_ARG(faults.at[0].text));
	}
	CHECK_INT(d->state, INFORMATION_ANSWERED);
}

TEST(somebody_else_whose_name_begins_alike_is_not_who_asked)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = answered(tx);
	struct information_publish form = { .question = S("Kinh phí làm đường thôn"),
					    .text = S("Phụ trách: ông Nguyễn Văn Mẫun, cán bộ xã"),
					    .no_secret = true,
					    .names_lawful = true };
	CHECK_INT(small_site_take(tx, d, &s.leader, "publish", &form, "2021-02-18", NULL), OK);
}

/* A file is shown with its name, and saved under it. */
TEST(nor_is_a_file_whose_name_leads_to_who_asked_or_to_anybody)
{
	static const char *const names[] = { "Tra_loi-ong-Nguyen_Van_Mau.pdf",
					     "Trả lời ông Nguyễn Văn Mẫu.pdf", "0912345678.pdf",
					     "TraLoiNguyenVanMau.pdf" };
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = answered(tx);
	for (size_t i = 0; i <= LENGTH(names); i++) {
		bool plain = i == LENGTH(names);
		struct faults faults = { .a = tx->mem };
		struct file_refs files = small_site_file(tx, plain ? "Quyết toán.pdf" : names[i]);
		struct information_publish form = { .question = S("Kinh phí làm đường thôn"),
						    .shown_files = files,
						    .no_secret = true,
						    .names_lawful = true };
		CHECK_INT(
			small_site_take(tx, d, &s.leader, "publish", &form, "2021-02-18", &faults),
			plain ? OK : ERR_INVALID);
		if (plain)
			continue;
		CHECK_INT(faults.n, 1);
		CHECK_STR(str_of(faults.at[0].field), S("shown_files"));
		CHECK(str_has(faults.at[0].text, str_of(names[i])));
	}
	struct dossier *public = shown(tx, answered(tx));
	struct information_answer fixed = { .title = S("Kinh phí làm đường của hai thôn"),
					    .files = small_site_file(tx, names[0]),
					    .reason = S("Sửa số liệu") };
	struct faults faults = { .a = tx->mem };
	CHECK_INT(small_site_take(tx, public, &s.leader, "correct", &fixed, "2021-02-19", &faults),
		  ERR_INVALID);
	CHECK_INT(faults.n, 1);
	CHECK_STR(str_of(faults.at[0].field), S("files"));
}

TEST(a_correction_of_an_answer_does_not_name_who_asked_either)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *public = shown(tx, answered(tx));
	static const char *const named[] = { "title", "body", "reason" };
	for (size_t i = 0; i < LENGTH(named); i++) {
		struct faults faults = { .a = tx->mem };
		struct str asker_named = S("Gửi ông NGUYEN VAN MAU: 850 triệu");
		struct information_answer fixed = { .title = S("Kinh phí làm đường của hai thôn"),
						    .body = S("860.000.000 đồng"),
						    .reason = S("Sửa số liệu") };
		*(i == 0 ? &fixed.title : i == 1 ? &fixed.body : &fixed.reason) = asker_named;
		CHECK_INT(small_site_take(tx, public, &s.leader, "correct", &fixed, "2021-02-19",
					  &faults),
			  ERR_INVALID);
		says(&faults, named[i], MSG_INFORMATION_FAULT_ASKER);
	}
	CHECK_INT(public->versions, 1);
	struct reason why = { S("Đã gửi riêng ông NGUYEN VAN MAU") };
	struct takedown down = { S("personal"), S("Còn tên Nguyễn Văn Mẫu") };
	struct faults faults = { .a = tx->mem };
	CHECK_INT(small_site_take(tx, public, &s.leader, "withdraw", &why, "2021-02-19", &faults),
		  ERR_INVALID);
	says(&faults, "reason", MSG_INFORMATION_FAULT_ASKER);
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(small_site_take(tx, public, &s.leader, "take_down", &down, "2021-02-19", &faults),
		  ERR_INVALID);
	says(&faults, "detail", MSG_INFORMATION_FAULT_ASKER);
}

TEST(a_public_answer_is_corrected_withdrawn_and_taken_down_like_everything_published)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *public = shown(tx, answered(tx));
	struct information_answer fixed = { .title = S("Kinh phí làm đường của hai thôn"),
					    .body = S("860.000.000 đồng"),
					    .reason = S("Sửa số liệu") };
	struct takedown down = { S("personal"), S("") };
	CHECK_INT(take(tx, public, &s.clerk, "correct", &fixed, "2021-02-19"), ERR_DENIED);
	CHECK_INT(take(tx, public, &s.leader, "correct", &fixed, "2021-02-19"), OK);
	CHECK_INT(public->versions, 2);
	CHECK(comment_is_open(public));
	struct dossier *other = shown(tx, answered(tx));
	struct reason why = { S("Không còn đúng") };
	CHECK_INT(take(tx, other, &s.leader, "withdraw", &why, "2021-02-20"), OK);
	CHECK(!comment_is_open(other)); /* what was withdrawn takes no more comments */
	CHECK_INT(take(tx, public, &s.clerk, "take_down", &down, "2021-02-20"), OK);
	tx->who = NULL;
	CHECK(!gate_may_see_content(tx, public));
	small_site_verify(tx);
}
