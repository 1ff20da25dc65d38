/* Every way in that must be closed. A denunciation whose words and whose sender's name stand nowhere else is
 * sent to a commune; then everybody who is not named for it asks every address that there is, and none of
 * the answers has its code, its words or its sender, nor differs from that about a number that does not
 * exist. Law 25/2018 art. 9, 56; Decree 156/2026 art. 6. */
#include "modules/inspect/denunciation.h"

#include "ledger/log.h"
#include "office/receipt.h"
#include "office/step.h"
#include "web/access_page.h"
#include "web/follow_page.h"
#include "web/module.h"
#include "web/proof_routes.h"
#include "web/receipt_page.h"
#include "web/route.h"
#include "web/routes.h"
#include "web/test_house.h"

#include <string.h>

#define WORDS "zzmkthutien"
#define NAME "Zzqxten"
#define PHONE "0977000111"
#define DENOUNCE "/ghi-moi/kien-nghi/14536?buoc=denounce"
#define FORM                                                                            \
	"accused=L%C3%AA+V%C4%83n+B&title=" WORDS "+sai+quy+dinh&body=Nhan+tien+" WORDS \
	"+cua+dan&people=1&name=" NAME "&address=Thon+Dong+" NAME "&contact=" PHONE
#define NONE "DT-0000-000F"

enum { HEAD, DEPUTY, CLERK_IN, CLERK_OUT, NEVER, PEOPLE };

static struct member members[16];
static int64_t seats[16];
static int64_t denounced_id;
static struct str code;

static int64_t make(const char *login, int64_t unit, enum role role, int at)
{
	int64_t id = user(login, unit);
	if (role)
		seats[at] = appoint(id, unit, role);
	CHECK_INT(member_load(tx, id, &members[at]), OK);
	return id;
}

static const char *z(const char *before, struct str s, const char *after)
{
	return str_printf(test_arena(), "%s%.*s%s", before, STR_ARG(s), after).at;
}

static void open_doors_on(const char *now)
{
	static const struct route *tables[20];
	size_t n = 0;
	tables[n++] = access_routes;
	tables[n++] = office_routes;
	tables[n++] = receipt_routes;
	tables[n++] = sign_routes;
	tables[n++] = proof_routes;
	tables[n++] = kind_routes(test_arena(), &office);
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->routes)
			tables[n++] = (*m)->routes;
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), now, false, tables);
	site->house.office = &office;
}

/* The head of the commune, its deputy, two clerks, an inspector there; a clerk of the other commune, a
 * leader and an administrator above; a citizen. */
static void begin(void)
{
	office = (struct office){ .kinds = every_kind(test_arena()) };
	begin_site();
	make("chu.tich", commune, LEADER, HEAD);
	make("pho", commune, LEADER, DEPUTY);
	make("can.bo", commune, CLERK, CLERK_IN);
	make("can.bo.hai", commune, CLERK, CLERK_OUT);
	make("thanh.tra", commune, INSPECTOR, 5);
	make("xa.khac", other, CLERK, 6);
	make("lanh.dao.khac", other, LEADER, 7);
	make("tinh", root, LEADER, 8);
	make("quan.tri", root, ADMIN, 9);
	make("quan.tri.xa", commune, ADMIN, 10);
	make("cong.dan", commune, 0, 11);
}

/* Sent by a visitor; its receipt has a known secret. */
static void sent(void)
{
	struct petition form = { .accused = S("Lê Văn B"),
				 .title = S(WORDS " sai quy định"),
				 .body = S("Nhận tiền " WORDS " của dân."),
				 .people = 1,
				 .name = S(NAME),
				 .address = S("Thôn Đông " NAME),
				 .contact = S(PHONE) };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	tx->who = NULL;
	if (dossier_open(tx, &petition_kind, commune, "denounce", &form, &in, NULL, &d) ||
	    receipt_make(tx, d, S("7K3Q-92MD")))
		FAIL("%s", tx->why);
	code = str_dup(test_arena(), d->code);
	denounced_id = d->id;
}

static void admit(int who, const char *access, const char *until)
{
	struct admission form = {
		.official = str_printf(test_arena(), "%lld", (long long)seats[who]),
		.access = str_of(access),
		.until = until ? test_date(until) : NO_DATE,
		.reason = S("Phân công xác minh"),
	};
	struct dossier *d;
	tx->who = &members[HEAD];
	if (dossier_load(tx, denounced_id, &d) ||
	    step_take(tx, d, "admit", &form, &(struct step_input){ .on = NO_DATE }, NULL))
		FAIL("%s", tx->why);
}

static bool tells(struct answer a)
{
	return str_has(a.body, code) || answer_has(a, WORDS) || answer_has(a, NAME) ||
	       answer_has(a, PHONE) || str_has(a.location, S(WORDS));
}

/* --- Every address --- */

/* With this code, or this unit, or this step, in place of each {name}. */
static const char *filled(const char *path, struct str of, const char *step)
{
	struct buf b = { .a = test_arena() };
	for (const char *c = path; *c; c++) {
		if (*c != '{') {
			buf_putc(&b, *c);
			continue;
		}
		const char *end = strchr(c, '}');
		struct str name = { c + 1, (size_t)(end - c - 1) };
		bool dossier = str_starts(str_of(path), S("/ho-so/")) ||
			       str_starts(str_of(path), S("/bien-nhan/"));
		if (str_eq(name, S("code")))
			buf_put(&b, dossier ? of : S("14536"));
		else if (str_eq(name, S("petition")))
			buf_put(&b, of);
		else if (str_eq(name, S("unit")))
			buf_put(&b, S("14536"));
		else if (str_eq(name, S("year")))
			buf_put(&b, S("2021"));
		else if (str_eq(name, S("kind")))
			buf_put(&b, S("kien-nghi"));
		else if (str_eq(name, S("step")))
			buf_put(&b, str_of(step));
		else
			buf_put(&b, S("1"));
		c = end;
	}
	buf_putc(&b, 0);
	return b.at;
}

/* What names a dossier is answered as if there were none. */
static void same_as_none(struct browser *b, const char *who, const char *route, const char *step)
{
	const char *path = filled(route, code, step);
	struct answer is = browser_get(b, path),
		      none = browser_get(b, filled(route, S(NONE), step));
	if (is.status != none.status || is.status == 200)
		FAIL("%s asks %s: %d, of a number that does not exist %d", who, path, is.status,
		     none.status);
	if (tells(is) && !str_has(none.body, S(NONE)))
		FAIL("%s is told of it by %s", who, path);
}

static void posts_nothing(struct browser *b, const char *who, const char *route, const char *step)
{
	(void)browser_get(b, "/bien-nhan");
	const char *body = "reason=Xem+theo+ph%C3%A2n+c%C3%B4ng&number=1&official=1&access=content";
	struct answer is = browser_post(b, filled(route, code, step), body);
	(void)browser_get(b, "/bien-nhan");
	struct answer none = browser_post(b, filled(route, S(NONE), step), body);
	if (is.status != none.status || is.status == 303 || tells(is))
		FAIL("%s posts to %s: %d, of a number that does not exist %d", who,
		     filled(route, code, step), is.status, none.status);
}

static void ask_everything(struct browser *b, const char *who)
{
	static const char *const endings[] = { "", ".csv", ".json", ".atom" };
	static const char *const searches[] = {
		"/han?xem=tat-ca",
		"/han?xem=sap-toi",
		"/han?xem=hom-nay",
		"/han?don-vi=14536&xem=tat-ca",
		"/tong-ket/14536/2021/house.denounced",
		"/tong-ket/14536/2021/house.denunciation",
		"/tong-ket/14536/2021/house.denunciation.csv",
		"/tong-ket/14536/2021/house.denounced.json",
		"/tong-ket/37/2021/house.denounced",
		"/kien-nghi?co-quan=ninh+van",
	};
	const struct route *r;
	for (size_t i = 0; (r = router_at(site->router, i)); i++) {
		bool of_one =
			strstr(r->path, "/ho-so/{code}") || strstr(r->path, "/bien-nhan/{code}");
		if (of_one && r->method == POST && !strstr(r->path, "{step}"))
			posts_nothing(b, who, r->path, "");
		if (of_one && strstr(r->path, "{step}"))
			for (const struct step *s = petition_kind.steps; s->name; s++)
				r->method == GET ? same_as_none(b, who, r->path, s->name)
						 : posts_nothing(b, who, r->path, s->name);
		if (r->method != GET || strstr(r->path, "{step}"))
			continue;
		for (size_t x = 0; x < LENGTH(endings); x++) {
			const char *route = z("", str_of(r->path), endings[x]);
			if (of_one)
				same_as_none(b, who, route, "");
			else if (tells(browser_get(b, filled(route, code, ""))))
				FAIL("%s is told of it by %s", who, filled(route, code, ""));
		}
	}
	/* Nor does the page that verifies say that there is one. */
	struct answer proof = browser_get(b, z("/kiem-chung?ma=", code, "")),
		      none = browser_get(b, "/kiem-chung?ma=" NONE);
	if (proof.status != none.status || !answer_has(none, "không có trong sổ") ||
	    !answer_has(proof, "không có trong sổ"))
		FAIL("%s is told by /kiem-chung that there is one", who);
	/* Search says again what was asked; so it is asked by one word and looked for by another. */
	struct answer found = browser_get(b, "/tim?q=" WORDS);
	if (str_has(found.body, code) || answer_has(found, "sai quy") || answer_has(found, NAME))
		FAIL("%s finds it", who);
	for (size_t i = 0; i < LENGTH(searches); i++)
		if (tells(browser_get(b, searches[i])))
			FAIL("%s is told of it by %s", who, searches[i]);
}

TEST(whoever_is_not_named_finds_no_trace_at_any_address)
{
	static const char *const strangers[] = { "can.bo.hai",    "thanh.tra", "xa.khac",
						 "lanh.dao.khac", "tinh",      "quan.tri",
						 "quan.tri.xa",   "cong.dan",  "pho" };
	begin();
	sent();
	admit(CLERK_IN, "content", "2021-06-30");
	admit(DEPUTY, "none", NULL);
	open_doors_on("2021-03-11T08:00");
	struct browser visitor = browser_open(site);
	ask_everything(&visitor, "a visitor");
	for (size_t i = 0; i < LENGTH(strangers); i++) {
		struct browser b = signed_in(strangers[i]);
		ask_everything(&b, strangers[i]);
	}
}

/* --- Counted --- */

/* Whoever asks for the counts every day learns from none of them on which day one came. */
TEST(no_count_of_the_running_month_changes_when_a_denunciation_comes)
{
	static const char *const counts[] = {
		"/tong-ket/14536/2021.json",
		"/tong-ket/14536/2021.csv",
		"/tong-ket/37/2021.json",
		"/tong-ket/37/2021.csv?tu=3&den=3",
		"/tong-ket/14536/2021/house.denounced.csv",
		"/tong-ket/14536/2021/house.denounced.json?luy-ke=1",
		"/tong-ket/14536/2021/house.denunciation.csv",
		"/thong-ke/XLD01/14536.json",
		"/thong-ke/XLD03/14536.csv?tu=2021-02-01&den=2021-03-31",
	};
	struct str before[LENGTH(counts)];
	begin();
	open_doors_on("2021-03-11T08:00");
	struct browser b = browser_open(site), sender = browser_open(site);
	for (size_t i = 0; i < LENGTH(counts); i++) {
		struct answer a = browser_get(&b, counts[i]);
		CHECK_INT(a.status, 200);
		before[i] = str_dup(test_arena(), a.body);
	}
	(void)browser_get(&sender, DENOUNCE);
	CHECK_INT(browser_post(&sender, DENOUNCE, FORM).status, 303);
	for (size_t i = 0; i < LENGTH(counts); i++)
		CHECK_STR(browser_get(&b, counts[i]).body, before[i]);
	/* Its first term has passed by: nor do the counts of what is overdue say so. */
	site->now = test_instant("2021-03-30T08:00");
	CHECK(!answer_has(browser_get(&b, "/han?don-vi=14536&xem=qua-han"), "tố cáo"));
	CHECK(answer_has(browser_get(&b, "/tong-ket/14536/2021/house.denounced"), "28/02/2021"));
	/* When the month is over it is counted in it. */
	site->now = test_instant("2021-04-01T08:00");
	struct answer a = browser_get(&b, "/tong-ket/14536/2021/house.denounced.csv");
	CHECK(answer_has(a, "1 mục của đơn tố cáo (không liệt kê)"));
	CHECK(answer_has(browser_get(&b, "/han?don-vi=14536&xem=qua-han"), "đơn tố cáo"));
}

/* --- Former and late --- */

static void closed_to(const char *login)
{
	struct browser b = signed_in(login);
	same_as_none(&b, login, "/ho-so/{code}", "");
	same_as_none(&b, login, "/ho-so/{code}/danh-tinh", "");
	posts_nothing(&b, login, "/ho-so/{code}/mo", "");
	posts_nothing(&b, login, "/ho-so/{code}/danh-tinh", "");
	CHECK(!tells(browser_get(&b, "/viec")));
}

static int64_t appoint_days(int64_t who, int64_t unit, enum role role, int64_t instead,
			    const char *from, const char *to)
{
	int64_t id = 0;
	struct appointment_new n = { .person = who,
				     .unit = unit,
				     .role = role,
				     .from = test_date(from),
				     .to = test_date(to),
				     .substitute_of = instead };
	if (appointment_make(tx, &n, &id))
		FAIL("%s", tx->why);
	return id;
}

TEST(former_officials_substitutes_and_those_whose_days_are_over_are_strangers)
{
	begin();
	int64_t former = user("can.bo.cu", commune), instead = user("thay.mat", commune);
	seats[12] = appoint_days(former, commune, CLERK, 0, "2021-01-05", "2021-03-31");
	appoint_days(instead, commune, LEADER, seats[HEAD], "2021-03-01", "2021-03-31");
	sent();
	admit(12, "identity", "2021-12-31");
	admit(CLERK_IN, "identity", "2021-03-20");
	open_doors_on("2021-03-19T08:00");
	struct browser b = signed_in("thay.mat");
	CHECK_INT(browser_get(&b, z("/ho-so/", code, "")).status, 200); /* asks for a reason */
	b = signed_in("can.bo");
	CHECK_INT(browser_get(&b, z("/ho-so/", code, "")).status, 200);
	CHECK(str_has(browser_get(&b, "/viec").body, code));
	b = signed_in("can.bo.cu");
	CHECK_INT(browser_get(&b, z("/ho-so/", code, "")).status, 200);
	site->now = test_instant("2021-03-21T08:00");
	closed_to("can.bo");
	site->now = test_instant("2021-04-02T08:00");
	closed_to("can.bo.cu");
	closed_to("thay.mat");
}

/* --- Named --- */

static int64_t leaves(void)
{
	struct tx look = { .mem = test_arena(), .now = site->now };
	int64_t n = -1;
	CHECK_INT(tx_begin(&look, site->read, DB_READ), OK);
	struct query q = db_query(&look, "SELECT COUNT(*) FROM log_leaf");
	CHECK_INT(db_one(&q), OK);
	n = col_int(&q, 0);
	db_end(&q);
	CHECK_INT(tx_end(&look, OK), OK);
	return n;
}

static const char *page(const char *tail)
{
	return z("/ho-so/", code, tail);
}

TEST(whoever_is_named_gives_a_reason_and_each_read_is_told_to_the_denouncer_and_to_no_log)
{
	begin();
	sent();
	admit(CLERK_IN, "content", "2021-06-30");
	admit(CLERK_OUT, "identity", "2021-06-30");
	open_doors_on("2021-03-11T08:00");
	int64_t before = leaves();
	struct browser b = signed_in("can.bo");
	struct answer a = browser_get(&b, page(""));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Lý do mở hồ sơ"));
	CHECK(!answer_has(a, WORDS));
	CHECK_INT(browser_get(&b, page(".json")).status, 404);
	CHECK_INT(browser_post(&b, page("/mo"), "reason=xem").status, 422); /* no reason */
	CHECK_INT(browser_post(&b, page("/mo"), "reason=Xem+theo+ph%C3%A2n+c%C3%B4ng").status, 303);
	a = browser_get(&b, page(""));
	CHECK(answer_has(a, WORDS));
	CHECK(!answer_has(a, NAME)); /* the content, and not whose it is */
	CHECK(!answer_has(a, PHONE));
	CHECK(!answer_has(a, "/danh-tinh"));
	CHECK(!answer_has(a, "Xem theo phân công")); /* nor who else looked */
	a = browser_get(&b, page(".json"));
	CHECK(answer_has(a, WORDS) && !answer_has(a, NAME) && !answer_has(a, PHONE));
	same_as_none(&b, "can.bo", "/ho-so/{code}/danh-tinh", "");
	/* He cannot make himself its author by a new secret. */
	CHECK(browser_get(&b, page("/lam/new_secret")).status == 200);
	a = browser_post(
		&b, page("/lam/new_secret"),
		"reason=Nguoi+gui+lam+mat+bien+nhan&happened_on=11%2F03%2F2021&channel=web");
	CHECK_INT(a.status, 422);
	/* Who may know whose it is gives a reason for that as well. */
	b = signed_in("can.bo.hai");
	(void)browser_get(&b, page(""));
	CHECK_INT(
		browser_post(&b, page("/mo"), "reason=L%E1%BA%ADp+k%E1%BA%BF+ho%E1%BA%A1ch").status,
		303);
	a = browser_get(&b, page(""));
	CHECK(answer_has(a, WORDS) && !answer_has(a, NAME));
	CHECK(answer_has(a, page("/danh-tinh")));
	a = browser_get(&b, page("/danh-tinh"));
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(a, NAME));
	CHECK_INT(browser_post(&b, page("/danh-tinh"), "reason=xem").status, 422);
	CHECK_INT(browser_post(&b, page("/danh-tinh"), "reason=M%E1%BB%9Di+l%C3%A0m+vi%E1%BB%87c")
			  .status,
		  303);
	a = browser_get(&b, page(""));
	CHECK(answer_has(a, NAME) && answer_has(a, PHONE));
	CHECK(!answer_has(browser_get(&b, page(".json")), NAME)); /* not in the API even so */
	/* Half an hour later neither. */
	site->now.ms += 31 * INT64_C(60000);
	CHECK(!answer_has(browser_get(&b, page("")), WORDS));
	CHECK_INT(leaves(), before); /* no read has a leaf */
	/* The denouncer reads who looked at what, and why. */
	struct browser author = browser_open(site);
	(void)browser_get(&author, "/bien-nhan");
	CHECK_INT(browser_post(&author, "/bien-nhan", z("secret=7K3Q92MD&code=", code, "")).status,
		  303);
	a = browser_get(&author, page(""));
	CHECK(answer_has(a, WORDS) && answer_has(a, NAME));
	CHECK(answer_has(a, "Xem theo phân công"));
	CHECK(answer_has(a, "Xem danh tính: Mời làm việc"));
	CHECK(answer_has(a, "can.bo.hai"));
	/* So does the unit's leader, who still does not know whose it is. */
	b = signed_in("chu.tich");
	(void)browser_get(&b, page(""));
	CHECK_INT(browser_post(&b, page("/mo"), "reason=Ch%E1%BB%89+%C4%91%E1%BA%A1o").status, 422);
	CHECK_INT(browser_post(&b, page("/mo"), "reason=Ch%E1%BB%89+%C4%91%E1%BA%A1o+xem+x%C3%A9t")
			  .status,
		  303);
	a = browser_get(&b, page(""));
	CHECK(answer_has(a, "Xem danh tính: Mời làm việc"));
	CHECK(answer_has(a, page("/lam/admit")));
	CHECK(!answer_has(a, NAME));
}

TEST(a_visitor_sends_it_and_comes_back_by_the_receipt_alone)
{
	begin();
	open_doors_on("2021-03-11T08:00");
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, DENOUNCE);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Nơi nhận và trả lời: UBND xã Ninh Vân"));
	a = browser_post(&b, DENOUNCE, FORM);
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, S("/bien-nhan/DT-")));
	code = str_dup(test_arena(), str_from(a.location, strlen("/bien-nhan/")));
	CHECK_INT(browser_get(&b, z("/bien-nhan/", code, "")).status, 200);
	CHECK_INT(browser_get(&b, page("")).status, 200);
	/* With an account the same: it is not in the account. */
	b = signed_in("cong.dan");
	(void)browser_get(&b, DENOUNCE);
	a = browser_post(&b, DENOUNCE, FORM);
	CHECK_INT(a.status, 303);
	code = str_dup(test_arena(), str_from(a.location, strlen("/bien-nhan/")));
	CHECK_INT(browser_get(&b, z("/bien-nhan/", code, "")).status, 200);
	struct browser again = signed_in("cong.dan");
	CHECK(!tells(browser_get(&again, "/ho-so-cua-toi")));
	CHECK_INT(browser_get(&again, page("")).status, 404);
	/* An office's account is told to sign out; what was typed stays. */
	b = signed_in("xa.khac");
	(void)browser_get(&b, DENOUNCE);
	a = browser_post(&b, DENOUNCE, FORM);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Đăng xuất rồi gửi tố cáo"));
	CHECK(answer_has(a, WORDS));
}

/* The clerk at the counter knows whom he has before him, and hands out the receipt. */
TEST(at_the_counter_the_clerk_who_took_it_in_reads_it_and_the_next_desk_does_not)
{
	begin();
	open_doors_on("2021-03-11T08:00");
	const char *form = "/ghi-moi/kien-nghi/14536?buoc=enter_denunciation";
	struct browser b = signed_in("can.bo");
	CHECK_INT(browser_get(&b, form).status, 200);
	struct answer a =
		browser_post(&b, form, FORM "&channel=counter&happened_on=11%2F03%2F2021");
	CHECK_INT(a.status, 303);
	code = str_dup(test_arena(), str_from(a.location, strlen("/bien-nhan/")));
	CHECK(answer_has(browser_get(&b, a.location.at), "Mã bí mật"));
	a = browser_get(&b, page(""));
	CHECK(answer_has(a, WORDS));
	CHECK(answer_has(a, page("/danh-tinh")));
	closed_to("can.bo.hai");
	closed_to("thanh.tra");
	site->now = test_instant("2021-03-26T08:00"); /* fourteen days and one */
	closed_to("can.bo");
}

/* --- Corrected to a denunciation, and away --- */

TEST(from_the_moment_it_is_called_a_denunciation_nothing_leads_to_it)
{
	struct petition form = { .type = S("feedback"),
				 .title = S(WORDS " sai quy định"),
				 .body = S("Nhận tiền " WORDS " của dân."),
				 .people = 1,
				 .name = S(NAME),
				 .address = S("Thôn Đông " NAME),
				 .contact = S(PHONE) };
	struct step_input in = { .on = NO_DATE };
	struct denunciation_seal seal = { .accused = S("Lê Văn B"),
					  .reason = S("Nội dung tố cáo hành vi nhận tiền") };
	struct petition_retype away = { .type = S("feedback"),
					.reason = S("Chỉ phản ánh thái độ phục vụ") };
	struct petition promise = { 0 };
	struct dossier *d;
	begin();
	tx->who = &members[11]; /* through his account */
	if (dossier_open(tx, &petition_kind, commune, "send", &form, &in, NULL, &d) ||
	    receipt_make(tx, d, S("7K3Q-92MD")))
		FAIL("%s", tx->why);
	code = str_dup(test_arena(), d->code);
	denounced_id = d->id;
	tx->who = &members[CLERK_IN];
	if (step_take(tx, d, "seal", &seal, &in, NULL))
		FAIL("%s", tx->why);
	/* Back again: what was sealed stays so. */
	tx->who = &members[HEAD];
	if (step_take(tx, d, "unseal", &away, &in, NULL))
		FAIL("%s", tx->why);
	CHECK_INT(d->state, PETITION_RECEIVED);
	fields_init(petition_kind.fields, &promise);
	promise.answer_by = test_date("2021-03-20");
	if (step_take(tx, d, "handle", &promise, &in, NULL))
		FAIL("%s", tx->why);
	CHECK_INT(dossier_visibility(d), VISIBLE_SEALED);
	/* Who sent it stands in no act any more. */
	struct query q =
		db_query(tx, "SELECT sealed_bytes FROM content WHERE sealed_bytes IS NOT NULL");
	while (db_next(&q)) {
		struct bytes b = col_bytes(&q, 0);
		CHECK(!str_has((struct str){ b.at, b.len }, S(NAME)));
	}
	/* Nor is there a notice that went to his account. */
	struct query told = db_query(tx, "SELECT COUNT(*) FROM notice WHERE dossier = $1");
	BIND(&told, d->id);
	CHECK_INT(db_one(&told), OK);
	CHECK_INT(col_int(&told, 0), 0);
	open_doors_on("2021-03-11T08:00");
	struct browser visitor = browser_open(site);
	ask_everything(&visitor, "a visitor");
	static const char *const strangers[] = { "can.bo.hai", "thanh.tra", "tinh", "cong.dan" };
	for (size_t i = 0; i < LENGTH(strangers); i++) {
		struct browser b = signed_in(strangers[i]);
		ask_everything(&b, strangers[i]);
	}
	/* Overdue, it is counted and not named. */
	site->now = test_instant("2021-04-20T08:00");
	struct answer a = browser_get(&visitor, "/han?don-vi=14536&xem=qua-han");
	CHECK(answer_has(a, "việc của đơn tố cáo (không liệt kê)"));
	CHECK(!tells(a));
	/* Its author has the receipt. */
	struct browser author = browser_open(site);
	(void)browser_get(&author, "/bien-nhan");
	CHECK_INT(browser_post(&author, "/bien-nhan", z("secret=7K3Q92MD&code=", code, "")).status,
		  303);
	a = browser_get(&author, page(""));
	CHECK(answer_has(a, WORDS) && answer_has(a, NAME));
}
