/* A commune has published what it should not have: what hides it, and what nobody is handed any more. */
#include "modules/know/test_redacted.h"
#include "office/list.h"
#include "office/record.h"
#include "office/redaction.h"
#include "office/verify.h"
#include "store/search.h"

static struct redaction hiding(const char *passages)
{
	return (struct redaction){ .passages = str_of(passages),
				   .redaction_ground = S("personal"),
				   .redaction_note = S("Có tên và số máy của một hộ dân."),
				   .reviewed = true };
}

static struct dossier *again(struct tx *tx, const struct dossier *d)
{
	struct dossier *out = NULL;
	CHECK_INT(dossier_load(tx, d->id, &out), OK);
	return out;
}

static struct dossier *published(struct tx *tx)
{
	return published_with(tx, (struct file_refs){ NULL, 0 });
}

static void redact(struct tx *tx, struct dossier *d)
{
	struct redaction form = hiding("Nguyễn Thị Hoài Thương\nHoài Thương\n0912345678");
	if (take(tx, d, &s.leader, "redact", &form, "2020-12-29"))
		FAIL("%s", tx->why);
}

TEST(what_a_dossier_says_is_hidden_by_its_acts_and_found_again_by_verification)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	redact(tx, d);
	d = again(tx, d);
	const struct disclosure *x = d->data;
	CHECK_STR(x->title, S("Hỗ trợ nhà ở cho bà █████"));
	CHECK_STR(x->body, S("Bà █████, số máy █████, nhận 45.000.000 đồng."));
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	for (size_t i = 0; i < result.problems.n; i++)
		FAIL("%.*s", STR_ARG(result.problems.at[i]));
	CHECK_INT(result.redacted, 3); /* the publication, the sheet, the correction */
	CHECK_INT(result.erased, 0);
}

TEST(bytes_of_earlier_acts_are_handed_out_no_more_and_their_commitments_stand)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct acts acts;
	struct records records;
	redact(tx, d);
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(record_list(tx, d->code, &records), OK);
	for (size_t i = 0; i < acts.n; i++) {
		struct content c, whole;
		struct str shown;
		bool names = i == 2 || i == 3 || i == 4;
		CHECK_INT(content_load(tx, acts.at[i].id, &c), OK);
		CHECK_INT(content_load_whole(tx, acts.at[i].id, &whole), OK);
		CHECK_INT(content_shown(tx, &acts, i, &shown), OK);
		CHECK_INT(c.redacted_by, names ? acts.at[acts.n - 1].id : 0);
		CHECK_INT(c.public_bytes.len > 0, !names);
		CHECK_INT(c.public_salt.len > 0, !names);
		CHECK(whole.public_bytes.len && whole.public_salt.len);
		CHECK(!str_has(shown, S("Thương")) && !str_has(shown, S("345")));
		CHECK(!str_has(acts.at[i].shown, S("Thương")));
		CHECK_INT(records.at[i].content, names ? RECORD_REDACTED : RECORD_WHOLE);
		CHECK_INT(records.at[i].redacted_by, names ? acts.at[acts.n - 1].no : 0);
	}
	/* The act that hides says neither what. */
	struct content own;
	CHECK_INT(content_load(tx, acts.at[acts.n - 1].id, &own), OK);
	struct str bytes = { own.public_bytes.at, own.public_bytes.len };
	CHECK(str_has(bytes, S("\"redaction_ground\":\"personal\"")));
	CHECK(str_has(bytes, S("\"places\":4")) && str_has(bytes, S("\"sealed_acts\":3")));
	CHECK(!str_has(bytes, S("passages")) && !str_has(bytes, S("Thương")));
}

TEST(search_and_lists_know_the_bars_alone)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	redact(tx, d);
	struct list_filter f = { .kind = &disclosure_kind,
				 .under = SMALL_COMMUNE,
				 .limit = 5,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	struct list_rows rows;
	CHECK_INT(list_dossiers(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 1);
	CHECK_STR(rows.at[0].title, S("Hỗ trợ nhà ở cho bà █████"));
	struct search_rows found;
	struct search_filter words = { .words = S("hoai thuong"), .limit = 5 };
	CHECK_INT(list_search(tx, &words, &found), OK);
	CHECK_INT(found.n, 0);
	words.words = S("ho tro nha o");
	CHECK_INT(list_search(tx, &words, &found), OK);
	CHECK_INT(found.n, 1);
}

TEST(verification_sees_what_was_unsealed_or_sealed_on_the_side)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct verify_result result;
	struct acts acts;
	redact(tx, d);
	CHECK_INT(act_list(tx, d, &acts), OK);
	struct query q = db_query(tx, "UPDATE content SET redacted_by = 0 WHERE act = $1");
	BIND(&q, acts.at[2].id);
	CHECK_INT(db_exec(&q), OK);
	q = db_query(tx, "UPDATE content SET redacted_by = $2 WHERE act = $1");
	BIND(&q, acts.at[1].id, acts.at[0].id);
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.problems.n, 2);
	CHECK(str_ends(result.problems.at[0],
		       S("act 2 is sealed by no act that redacts what it says")) ||
	      str_ends(result.problems.at[1],
		       S("act 2 is sealed by no act that redacts what it says")));
	CHECK(str_ends(result.problems.at[0],
		       S("act 3 still hands out what a later act redacted")) ||
	      str_ends(result.problems.at[1],
		       S("act 3 still hands out what a later act redacted")));
	CHECK_INT(result.dossiers_different, 1);
}

static void refused(struct tx *tx, struct dossier *d, struct redaction form, const char *field,
		    struct str says)
{
	struct faults faults = { .a = tx->mem };
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.leader;
	CHECK_INT(step_take(tx, d, "redact", &form, &in, &faults), ERR_INVALID);
	CHECK_INT(faults.n, 1);
	CHECK_STR(str_of(faults.at[0].field), str_of(field));
	if (!str_has(faults.at[0].text, says))
		FAIL("%.*s", STR_ARG(faults.at[0].text));
	tx->err = OK;
}

TEST(what_would_hide_nothing_or_too_much_is_refused_with_its_reason)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct redaction form = hiding("Lê Văn Khác");
	int acts = d->acts;
	refused(tx, d, form, "passages", S("“Lê Văn Khác”"));
	refused(tx, d, hiding("Bà"), "passages", S("quá ngắn"));
	refused(tx, d, hiding("  \n "), "passages", S(""));
	form = hiding(NAME);
	form.redaction_note = S("Có tên bà " NAME " trong văn bản.");
	refused(tx, d, form, "redaction_note", S("nhắc lại"));
	form = hiding(NAME);
	form.redaction_note = S("");
	refused(tx, d, form, "redaction_note", S(""));
	form = hiding(NAME);
	form.redaction_ground = S("");
	refused(tx, d, form, "redaction_ground", S(""));
	form = hiding(NAME);
	form.reviewed = false;
	refused(tx, d, form, "reviewed", S(""));
	CHECK_INT(again(tx, d)->acts, acts);
	CHECK_STR(dossier_title(again(tx, d)), S("Hỗ trợ nhà ở cho bà " NAME));
}

TEST(only_who_answers_for_what_is_published_redacts_and_only_what_stands)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct redaction form = hiding(NAME);
	CHECK_INT(take(tx, d, &s.clerk, "redact", &form, NULL), ERR_DENIED);
	CHECK_INT(take(tx, d, NULL, "redact", &form, NULL), ERR_DENIED);
	struct takedown_form down = { .ground = S("personal") };
	CHECK_INT(take(tx, d, &s.leader, "take_down", &down, NULL), OK);
	CHECK_INT(take(tx, d, &s.leader, "redact", &form, NULL), ERR_CONFLICT);
}

TEST(what_was_hidden_once_is_not_found_again_and_something_else_is_hidden_later)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	redact(tx, d);
	refused(tx, d, hiding(NAME), "passages", S("Không có"));
	struct redaction more = hiding("45.000.000");
	CHECK_INT(take(tx, d, &s.leader, "redact", &more, NULL), OK);
	CHECK_STR(((const struct disclosure *)again(tx, d)->data)->body,
		  S("Bà █████, số máy █████, nhận █████ đồng."));
	small_site_verify(tx);
}

/* A sheet is posted at a place; `who` writes where. */
static enum err post_at(struct tx *tx, struct dossier *d, const struct member *who,
			struct str where, bool reveals, struct faults *faults)
{
	struct place form = { .place = where };
	struct step_input in = { .on = NO_DATE, .reveals = reveals };
	tx->err = OK;
	tx->who = who;
	return step_take(tx, d, "post", &form, &in, faults);
}

/* Which act published again what the first redaction hid. */
static const struct act *revealed(struct tx *tx, const struct dossier *d)
{
	struct acts acts;
	size_t i = 0;
	tx->err = OK;
	CHECK_INT(act_list(tx, d, &acts), OK);
	while (i < acts.n && !acts.at[i].step->redacts)
		i++;
	return redaction_revealed(tx->mem, d, &acts, i);
}

TEST(what_was_hidden_is_published_again_by_nobody_but_who_may_hide_it)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct faults faults = { .a = tx->mem };
	redact(tx, d);
	int64_t acts = d->acts;
	CHECK_INT(post_at(tx, d, &s.clerk, S("Nhà bà hoài  thương"), true, &faults), ERR_INVALID);
	CHECK_INT(faults.n, 1);
	CHECK_STR(str_of(faults.at[0].field), S("place"));
	CHECK(str_has(faults.at[0].text, S("đã được che")));
	CHECK(!str_has(faults.at[0].text, S("ương")));
	CHECK_INT(again(tx, d)->acts, acts);
	/* The bar itself, and what was never hidden. */
	CHECK_INT(post_at(tx, d, &s.clerk, S("Cổng nhà bà █████"), false, NULL), OK);
	CHECK_INT(post_at(tx, d, &s.clerk, S("Nhà bà Thương"), false, NULL), OK);
	/* Who may hide there says that he means it. */
	faults.n = 0;
	CHECK_INT(post_at(tx, d, &s.leader, S("Nhà bà Hoài Thương"), false, &faults), ERR_INVALID);
	CHECK_INT(faults.n, 1);
	CHECK_STR(str_of(faults.at[0].field), S("reveals"));
	CHECK(str_has(faults.at[0].text, S("Nơi niêm yết")) &&
	      !str_has(faults.at[0].text, S("ương")));
	CHECK(!revealed(tx, d));
	CHECK_INT(post_at(tx, d, &s.leader, S("Nhà bà Hoài Thương"), true, NULL), OK);
	CHECK_STR(str_of(revealed(tx, d)->step->name), S("post"));
	/* And hides it again. */
	struct redaction more = hiding("Hoài Thương");
	CHECK_INT(take(tx, d, &s.leader, "redact", &more, "2020-12-29"), OK);
	CHECK(!revealed(tx, d));
	small_site_verify(tx);
}

TEST(what_only_a_sealed_version_still_says_can_be_hidden_as_well)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	redact(tx, d);
	d = again(tx, d);
	const struct disclosure *x = d->data;
	struct correction_form correction = { .title = x->title,
					      .body = S("Ba hộ được hỗ trợ."),
					      .files = x->files,
					      .reason = S("Chỉ nói số hộ") };
	if (take(tx, d, &s.leader, "correct", &correction, NULL))
		FAIL("%s", tx->why);
	d = again(tx, d);
	struct acts acts;
	struct str shown;
	CHECK_INT(act_list(tx, d, &acts), OK);
	size_t first = 0;
	while (first < acts.n && !acts.at[first].step->version)
		first++;
	CHECK_INT(content_shown(tx, &acts, first, &shown), OK);
	CHECK(str_has(shown, S("40.000.000")) && !str_has(shown, S(NAME)));
	struct redaction more = hiding("40.000.000");
	if (take(tx, d, &s.leader, "redact", &more, NULL))
		FAIL("%s", tx->why);
	d = again(tx, d);
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(content_shown(tx, &acts, first, &shown), OK);
	CHECK(!str_has(shown, S("40.000.000")));
	small_site_verify(tx);
}

/* Kinds find a duty again by what it is about, so that is not hidden though a text names it. */
TEST(what_a_duty_is_about_is_a_key_and_stays)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct correction_form correction = { .title = S("Hỗ trợ nhà ở"),
					      .body = S("Danh mục XA07-05-01"),
					      .reason = S("Ghi rõ danh mục") };
	struct redaction form = hiding("XA07-05-01");
	int keys = 0;
	CHECK_INT(take(tx, d, &s.leader, "correct", &correction, "2020-12-28"), OK);
	if (take(tx, d, &s.leader, "redact", &form, "2020-12-29"))
		FAIL("%s", tx->why);
	d = again(tx, d);
	CHECK_STR(((const struct disclosure *)d->data)->body, S("Danh mục █████"));
	for (size_t i = 0; i < d->duties.n; i++) {
		CHECK_INT(mask_find(d->duties.at[i].about), d->duties.at[i].about.len);
		keys += str_eq(d->duties.at[i].about, S("XA07-05-01"));
	}
	CHECK(keys > 0);
	small_site_verify(tx);
}

/* Pages show acts several times within one request: reading them leaves nothing behind but what is hidden. */
TEST(showing_acts_keeps_what_is_hidden_and_nothing_else)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct dossier *d = published(tx);
	struct acts acts;
	redact(tx, d);
	CHECK_INT(act_list(tx, d, &acts), OK);
	struct arena *a = arena_new(0);
	size_t masked = 0, bytes = 0;
	redaction_show_acts(a, &acts);
	for (size_t i = 0; i < acts.n; i++) {
		bool same = acts.at[i].shown.at == acts.at[i].data.at;
		CHECK(same == str_eq(acts.at[i].shown, acts.at[i].data));
		masked += !same;
		bytes += same ? 0 : acts.at[i].shown.len + 32;
	}
	CHECK(masked >= 3 && masked < acts.n); /* of the draft, too, not of its approval */
	CHECK(arena_used(a) <= bytes);
	arena_free(a);
}

/* --- Files --- */

static struct file_redaction replacing(const struct file_ref *was, struct file_ref *now)
{
	return (struct file_redaction){ .redaction_file = was->sha256,
					.redaction_rendition = { now, 1 },
					.redaction_ground = S("personal"),
					.redaction_note = S("Có tên của một hộ dân."),
					.reviewed = true };
}

TEST(a_redacted_file_stands_in_the_place_of_the_one_that_is_sealed)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct file_ref decision = kept_file(tx, "Quyết định.txt", S("Quyết định của bà " NAME)),
			list = kept_file(tx, "Danh sách.txt", S("Danh sách")),
			black = kept_file(tx, "scan0001.txt", S("Quyết định của bà -----")), found;
	struct dossier *d = record_with_files(tx, &decision, &list);
	publish(tx, d, "2020-12-25");
	struct file_redaction form = replacing(&decision, &black);
	if (take(tx, d, &s.leader, "redact_file", &form, NULL))
		FAIL("%s", tx->why);
	d = again(tx, d);
	const struct disclosure *x = d->data;
	CHECK_INT(x->files.n, 1);
	CHECK_STR(x->files.at[0].sha256, black.sha256);
	CHECK_STR(x->files.at[0].name, S("Quyết định (đã che).txt"));
	CHECK_INT(file_find(tx, d->id, decision.sha256, FILE_OPEN, &found), ERR_NOT_FOUND);
	CHECK_INT(file_find(tx, d->id, decision.sha256, FILE_SEALED, &found), ERR_NOT_FOUND);
	CHECK_INT(file_find(tx, d->id, decision.sha256, FILE_REDACTED, &found), OK);
	CHECK_INT(file_find(tx, d->id, black.sha256, FILE_OPEN, &found), OK);
	tx->err = OK;
	small_site_verify(tx);
	/* Handed in again, it does not come back. */
	struct correction_form correction = { .title = x->title,
					      .body = S("Bản khác"),
					      .files = { &decision, 1 },
					      .reason = S("Gửi lại tệp") };
	CHECK_INT(take(tx, d, &s.leader, "correct", &correction, NULL), ERR_INVALID);
	tx->err = OK;
	CHECK_INT(file_find(tx, d->id, decision.sha256, FILE_SEALED, &found), ERR_NOT_FOUND);
	struct verify_result result;
	struct query q = db_query(tx, "UPDATE file_use SET sealed = 0 WHERE sealed = 2");
	CHECK_INT(db_exec(&q), OK);
	tx->err = OK;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.problems.n, 1);
	CHECK(str_has(result.problems.at[0], S("was redacted by an act, and is not sealed")));
}

TEST(a_file_is_not_replaced_by_itself_nor_by_nothing)
{
	struct tx *tx = small_site(&s, "2020-12-29T15:00");
	struct file_ref decision = kept_file(tx, "Quyết định.txt", S("Quyết định")),
			list = kept_file(tx, "Danh sách.txt", S("Danh sách")),
			black = kept_file(tx, "scan0001.txt", S("-----"));
	struct dossier *d = record_with_files(tx, &decision, &list);
	publish(tx, d, "2020-12-25");
	struct file_redaction form = replacing(&decision, &decision);
	CHECK_INT(take(tx, d, &s.leader, "redact_file", &form, NULL), ERR_INVALID);
	form = replacing(&list, &decision); /* of a list of people: it goes with the posting */
	CHECK_INT(take(tx, d, &s.leader, "redact_file", &form, NULL), ERR_INVALID);
	form = replacing(&decision, &black);
	CHECK_INT(take(tx, d, &s.leader, "redact_file", &form, NULL), OK);
	form = replacing(&black,
			 &decision); /* what was sealed does not come back as its own rendition */
	CHECK_INT(take(tx, d, &s.leader, "redact_file", &form, NULL), ERR_INVALID);
	form = replacing(&black, &list);
	form.redaction_rendition.n = 0;
	CHECK_INT(take(tx, d, &s.leader, "redact_file", &form, NULL), ERR_INVALID);
}
