/* Personal matters: no reason, no reading; and the person concerned can be told who looked. */
#include "office/access.h"
#include "office/step.h"
#include "web/access_page.h"
#include "web/dossier_page.h"
#include "web/step_page.h"
#include "web/test_house.h"

/* --- A kind as small as they come, whose matters are personal until they are answered. --- */

struct plea {
	struct str title, body;
};

enum { OPENED = 2, ANSWERED = 4 };

static const struct field plea_fields[] = {
	FIELD(struct plea, title, .min = 3, .max = 50, .label = MSG_KNOW_TITLE),
	FIELD(struct plea, body, .lines = true, .label = MSG_KNOW_BODY),
	{ 0 },
};
static const struct state plea_states[] = {
	{ OPENED, "opened", MSG_EDITORIAL_STATE_RECORDED, TONE_WAIT, VISIBLE_PERSONAL },
	{ ANSWERED, "answered", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ 0 },
};
static const struct step plea_steps[] = {
	{ "send", NEW, OPENED, CITIZEN, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct plea),
	  plea_fields },
	{ "open", NEW, OPENED, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct plea),
	  plea_fields },
	{ "answer", OPENED, ANSWERED, LEADER, MSG_KNOW_PUBLISH, MSG_KNOW_PUBLISH_DONE,
	  sizeof(struct plea), plea_fields, .is_public = true },
	{ 0 },
};
static const struct kind plea_kind = {
	.name = "plea",
	.code = "DN",
	.slug = "don",
	.work = "inspect",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.is_private = true,
	.size = sizeof(struct plea),
	.fields = plea_fields,
	.states = plea_states,
	.steps = plea_steps,
};
static const struct kind *const kinds[] = { &plea_kind, &added_day_kind, NULL };

static const struct route dossier_routes[] = {
	{ GET, "/ho-so/{code}", dossier_show, ANYONE, .formats = FORMAT_JSON },
	{ GET, "/ghi-moi/{kind}/{unit}", open_show, MEMBER },
	{ POST, "/ghi-moi/{kind}/{unit}", open_post, MEMBER, .show = open_show, .uploads = true },
	{ 0 },
};

#define HIDDEN "Nhà bên lấn ngõ"
#define REASON "reason=X%C3%A1c+minh+theo+ph%C3%A2n+c%C3%B4ng"

static struct str code;
static int64_t office_of_clerk;

static struct str page(const char *rest)
{
	return str_printf(test_arena(), "/ho-so/%.*s%s", STR_ARG(code), rest);
}

static void begin_house(void)
{
	office = (struct office){ .kinds = kinds };
	begin_site();
	office_of_clerk = appoint(user("0912345678", commune), commune, CLERK);
	appoint(user("ninh.van", commune), commune, ADMIN);
	appoint(user("ninh.hai", other), other, CLERK);
	appoint(user("cap.tren", root), root, LEADER);
}

static void open_by(int64_t person, const char *step)
{
	struct plea form = { S(HIDDEN), S("Nội dung riêng") };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_COUNTER };
	struct member m;
	struct dossier *d;
	CHECK_INT(member_load(tx, person, &m), OK);
	tx->who = &m;
	if (dossier_open(tx, &plea_kind, commune, step, &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	code = d->code;
	tx->who = &system_member;
}

static void open_matter(void)
{
	struct appointment held;
	begin_house();
	CHECK_INT(appointment_find(tx, office_of_clerk, &held), OK);
	open_by(held.person, "open");
}

static void open_house(void)
{
	static struct route all[8];
	size_t n = 0;
	for (const struct route *r = access_routes; r->path; r++)
		all[n++] = *r;
	for (const struct route *r = dossier_routes; r->path; r++)
		all[n++] = *r;
	all[n] = (struct route){ 0 };
	open_site(false, all);
}

TEST(an_official_gives_a_reason_before_a_personal_matter_opens_and_is_listed)
{
	open_matter();
	open_house();
	struct browser clerk = signed_in("0912345678");
	struct answer a = browser_get(&clerk, page("").at);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Lý do mở hồ sơ"));
	CHECK(!answer_has(a, HIDDEN));
	CHECK_INT(browser_get(&clerk, page(".json").at).status, 404);
	browser_get(&clerk, page("").at);
	a = browser_post(&clerk, page("/mo").at, "reason=xem");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "xem</textarea>"));
	CHECK(!answer_has(a, HIDDEN));
	a = browser_post(&clerk, page("/mo").at, REASON);
	CHECK_INT(a.status, 303);
	a = browser_get(&clerk, page("").at);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, HIDDEN));
	CHECK(answer_has(a, "Ai đã xem hồ sơ này"));
	CHECK(answer_has(a, "Xác minh theo phân công"));
	CHECK(answer_has(a, "Công chức, xã Ninh Vân"));
	site->now.ms += 31 * 60 * 1000;
	a = browser_get(&clerk, page("").at);
	CHECK(!answer_has(a, HIDDEN));
	CHECK(answer_has(a, "Lý do mở hồ sơ"));
}

TEST(nobody_else_learns_that_a_personal_matter_exists)
{
	static const char *const others[] = { "ninh.van", "ninh.hai", "cap.tren" };
	open_matter();
	open_house();
	struct browser visitor = browser_open(site);
	CHECK_INT(browser_get(&visitor, page("").at).status, 404);
	for (size_t i = 0; i < LENGTH(others); i++) {
		struct browser b = signed_in(others[i]);
		struct answer a = browser_get(&b, page("").at);
		CHECK_INT(a.status, 404);
		CHECK(!answer_has(a, HIDDEN));
		CHECK_INT(browser_post(&b, page("/mo").at, REASON).status, 404);
		CHECK_INT(browser_get(&b, page("").at).status, 404);
	}
	/* What the refused asked for left no trace that could pass for a permission. */
	struct tx look = { .mem = test_arena(), .now = site->now, .rng = &site->rng };
	CHECK_INT(tx_begin(&look, site->read, DB_READ), OK);
	struct query q = db_query(&look, "SELECT COUNT(*) FROM personal_view");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 0);
	CHECK_INT(tx_end(&look, OK), OK);
}

TEST(a_permission_ends_with_the_appointment_by_which_it_was_given)
{
	open_matter();
	CHECK_INT(appointment_end(tx, office_of_clerk, test_date("2021-03-10")), OK);
	open_house();
	site->now = test_instant("2021-03-10T23:50");
	struct browser clerk = signed_in("0912345678");
	browser_get(&clerk, page("").at);
	CHECK_INT(browser_post(&clerk, page("/mo").at, REASON).status, 303);
	CHECK(answer_has(browser_get(&clerk, page("").at), HIDDEN));
	site->now = test_instant("2021-03-11T00:01");
	CHECK_INT(browser_get(&clerk, page("").at).status, 404);
}

TEST(its_author_opens_it_without_a_reason_and_sees_who_looked_and_no_neighbour_finds_it)
{
	begin_house();
	open_by(user("nguoi.gui", commune), "send");
	user("hang.xom", commune);
	open_house();
	struct browser author = signed_in("nguoi.gui"), neighbour = signed_in("hang.xom");
	struct answer a = browser_get(&author, page("").at);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, HIDDEN));
	CHECK(answer_has(a, "Chưa có cán bộ nào mở hồ sơ này"));
	CHECK_INT(browser_get(&neighbour, page("").at).status, 404);
	CHECK_INT(browser_get(&neighbour, page(".json").at).status, 404);
	CHECK_INT(browser_post(&neighbour, page("/mo").at, REASON).status, 404);
	struct browser clerk = signed_in("0912345678");
	browser_get(&clerk, page("").at);
	CHECK_INT(browser_post(&clerk, page("/mo").at, REASON).status, 303);
	a = browser_get(&author, page("").at);
	CHECK(answer_has(a, "Xác minh theo phân công"));
	CHECK(answer_has(a, "Công chức, xã Ninh Vân"));
	/* The act is the sender's; the page names him to nobody, himself and the clerk included. */
	a = browser_get(&clerk, page("").at);
	CHECK(answer_has(a, "Người gửi"));
	CHECK(!answer_has(a, "nguoi.gui"));
}

TEST(somebody_signed_in_sends_his_own_by_the_page_and_is_not_asked_how_it_reached_the_office)
{
	begin_house();
	user("nguoi.gui", commune);
	open_house();
	struct browser visitor = browser_open(site), author = signed_in("nguoi.gui");
	CHECK(str_has(browser_get(&visitor, "/ghi-moi/don/14536").location, S("/dang-nhap")));
	struct answer a = browser_get(&author, "/ghi-moi/don/14536");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "name=\"body\""));
	CHECK(!answer_has(a, "name=\"channel\""));
	CHECK(!answer_has(a, "name=\"happened_on\""));
	a = browser_post(&author, "/ghi-moi/don/14536", "title=ab&body=Xin+xem");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Xin xem"));
	/* Days and channels sent all the same are not his to say. */
	a = browser_post(&author, "/ghi-moi/don/14536",
			 "title=Xin+xem+lai&body=Xin+xem&happened_on=2021-01-05&channel=paper");
	CHECK_INT(a.status, 303);
	code = str_dup(test_arena(), str_from(a.location, strlen("/ho-so/")));
	a = browser_get(&author, page("").at);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Xin xem lai"));
	a = browser_get(&author, page(".json").at);
	CHECK(answer_has(a, "\"happened_on\":\"2021-03-10\""));
}

TEST(a_clerk_who_has_left_finds_no_personal_matter_any_more)
{
	begin_house();
	open_by(user("nguoi.gui", commune), "send");
	CHECK_INT(appointment_end(tx, office_of_clerk, test_date("2021-03-10")), OK);
	open_house();
	struct browser clerk = signed_in("0912345678");
	browser_get(&clerk, page("").at);
	CHECK_INT(browser_post(&clerk, page("/mo").at, REASON).status, 303);
	CHECK(answer_has(browser_get(&clerk, page("").at), HIDDEN));
	site->now = test_instant("2021-03-11T08:00");
	clerk = signed_in("0912345678");
	CHECK_INT(browser_get(&clerk, page("").at).status, 404);
	CHECK_INT(browser_post(&clerk, page("/mo").at, REASON).status, 404);
}
