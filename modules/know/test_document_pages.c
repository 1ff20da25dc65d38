/* The chain of a document as readers see it, every figure with the list behind it, and the forms of
 * those who issue and of those who are asked. */
#include "modules/know/assignment.h"
#include "tests/asker.h"

#include <string.h>

static struct walk_site s;
static struct asker a;
static struct str district, commune, clerk, other, code;

static struct str sign_in(enum walk_place at, enum role role)
{
	return asker_sign_in(&a, test_arena(), s.person[at][walk_role_index(role)]);
}

static void begin(void)
{
	walk_site_make(&s);
	asker_open(&a, &s, s.dir, s.begins); /* Monday, 4 March 2024 */
	district = sign_in(AT_ROOT, LEADER);
	commune = sign_in(AT_COMMUNE, LEADER);
	clerk = sign_in(AT_COMMUNE, CLERK);
	other = sign_in(AT_OTHER, LEADER);
}

static struct reply_seen get(struct str who, const char *path)
{
	struct question q = { .method = GET, .path = str_of(path), .session = who };
	return asker_see(&a, &q);
}

static struct reply_seen send(struct str who, const char *path, const char *body)
{
	struct question q = { .method = POST,
			      .path = str_of(path),
			      .session = who,
			      .body = str_of(body),
			      .token = TOKEN_OWN,
			      .keep = true };
	return asker_see(&a, &q);
}

static const char *at(struct str of, const char *rest)
{
	return str_printf(test_arena(), "/ho-so/%.*s%s", STR_ARG(of), rest).at;
}

static bool has(struct reply_seen r, const char *words)
{
	return str_has(r.body, str_of(words));
}

#define DAY "&channel=web&happened_on=04%2F03%2F2024"
#define TITLE "K%E1%BA%BF+ho%E1%BA%A1ch+n%C4%83m"
#define UNTITLED \
	"type=plan&number=12%2FKH&issuer=UBND&issued_on=04%2F03%2F2024&body=N%E1%BB%99i+dung" DAY
#define PLAN "title=" TITLE "&" UNTITLED

static struct str issue_titled(struct str who, const char *unit, const char *title,
			       const char *more)
{
	const char *path = str_printf(test_arena(), "/ghi-moi/van-ban/%s", unit).at;
	const char *body = str_printf(test_arena(), "title=%s&%s%s", title, UNTITLED, more).at;
	struct reply_seen r = send(who, path, body);
	if (r.status != 303)
		FAIL("%.*s", STR_ARG(r.body));
	struct str made = str_from(r.location, strlen("/ho-so/"));
	CHECK_INT(send(who, at(made, "/lam/submit"), "no_secret=1&names_lawful=1" DAY).status, 303);
	CHECK_INT(send(who, at(made, "/lam/publish"), "x=1" DAY).status, 303);
	return made;
}

static struct str issue(struct str who, const char *unit, const char *more)
{
	return issue_titled(who, unit, TITLE, more);
}

static void issue_directive(void)
{
	code = issue(district, "374", "&groups=communes&asked=issue&due_on=29%2F03%2F2024");
}

/* The code after a mark in a page. */
static struct str code_after(struct reply_seen r, const char *mark)
{
	const char *found = memmem(r.body.at, r.body.len, mark, strlen(mark));
	if (!found)
		FAIL("the page does not say %s", mark);
	const char *slash = found + strlen(mark);
	while (*slash != '/')
		slash--;
	return (struct str){ slash + 1, strlen("VB-0000-0000") };
}

TEST(the_form_offers_the_units_beneath_and_says_which_it_does_not_know)
{
	begin();
	struct reply_seen r = get(district, "/ghi-moi/van-ban/374");
	CHECK_INT(r.status, 200);
	CHECK(has(r, "Tất cả các xã, phường, thị trấn (2)"));
	CHECK(has(r, "value=\"UBND huyện Hoa Lư\""));
	CHECK(has(get(commune, "/ghi-moi/van-ban/14536"), "Tất cả các thôn, tổ dân phố (1)"));
	r = send(district, "/ghi-moi/van-ban/374",
		 PLAN "&units=Kh%C3%B4ng+C%C3%B3&asked=issue&due_on=29%2F03%2F2024");
	CHECK_INT(r.status, 422);
	CHECK(has(r, "“Không Có” không phải tên hay mã của đúng một đơn vị cấp dưới"));
	CHECK(has(r, "Không Có</textarea>"));
	CHECK_INT(get(commune, "/ghi-moi/van-ban/374").status, 403);
	CHECK_INT(send(commune, "/ghi-moi/van-ban/374", PLAN).status, 403);
	CHECK_INT(get(S(""), "/ghi-moi/van-ban/374").status, 303);
	asker_close(&a);
}

/* Of a unit's people, nobody holds an office any more. */
static void leave(int64_t unit)
{
	struct tx tx = { .mem = test_arena(), .now = a.now };
	CHECK_INT(tx_begin(&tx, a.write, DB_WRITE), OK);
	struct query q = db_query(&tx, "UPDATE appointment SET valid_to = $1 WHERE unit = $2");
	BIND(&q, date_add(tx_today(&tx), -1), unit);
	CHECK_INT(db_exec(&q), OK);
	CHECK(db_changes(&q) > 1);
	CHECK_INT(tx_end(&tx, OK), OK);
}

/* A warning, at every moment at which somebody could appoint somebody, and no refusal. */
TEST(units_where_nobody_could_take_the_task_are_named)
{
	begin();
	CHECK(!has(get(commune, "/ghi-moi/van-ban/14536"), "chưa có ai được phân công"));
	leave(s.unit[AT_VILLAGE]);
	CHECK(!has(get(district, "/ghi-moi/van-ban/374"), "chưa có ai được phân công"));
	struct reply_seen r = get(commune, "/ghi-moi/van-ban/14536");
	CHECK(has(r, "aria-describedby=\"groups-0-h\""));
	CHECK(has(r, "<p class=\"hint\" id=\"groups-0-h\">1 đơn vị chưa có ai được phân công"));
	r = send(commune, "/ghi-moi/van-ban/14536",
		 PLAN "&groups=villages&asked=acknowledge&due_on=29%2F03%2F2024");
	CHECK_INT(r.status, 303);
	struct str draft = str_from(r.location, strlen("/ho-so/"));
	CHECK(has(get(commune, at(draft, "")), "nên chưa ai nhận việc được: thôn Xuân Thành."));
	CHECK(!has(get(S(""), at(draft, "")), "nên chưa ai nhận việc được"));
	CHECK_INT(send(commune, at(draft, "/lam/submit"), "no_secret=1&names_lawful=1" DAY).status,
		  303);
	CHECK_INT(send(commune, at(draft, "/lam/publish"), "x=1" DAY).status, 303);
	CHECK(has(get(S(""), at(draft, "")), "nên chưa ai nhận việc được: thôn Xuân Thành."));
	CHECK(has(get(commune, at(draft, "/lam/assign")), "id=\"to_groups-0-h\""));
	issue_directive(); /* those it asks are there */
	CHECK(!has(get(S(""), at(code, "")), "nên chưa ai nhận việc được"));
	asker_close(&a);
}

TEST(the_chain_shows_what_is_missing_and_every_figure_opens_its_list)
{
	begin();
	issue_directive();
	struct reply_seen r = get(S(""), at(code, ""));
	CHECK(has(r, "Chưa ban hành: 2/2 xã"));
	CHECK(has(r, "/giao-viec?xem=chua-xong&amp;cap=commune"));
	r = get(S(""), at(code, "/giao-viec?xem=chua-xong&cap=commune"));
	CHECK_INT(r.status, 200);
	CHECK(has(r, "Xã Ninh Vân"));
	CHECK(has(r, "Xã Ninh Hải"));
	/* One of them issues its own. */
	struct str own =
		issue(commune, "14536", str_printf(test_arena(), "&parent=%.*s", STR_ARG(code)).at);
	r = get(S(""), at(code, ""));
	CHECK(has(r, "Chưa ban hành: 1/2 xã"));
	CHECK(has(r, "Đúng hạn: 1"));
	CHECK(str_has(r.body, own)); /* among those beneath */
	r = get(S(""), at(code, "/giao-viec?xem=chua-xong"));
	CHECK(!has(r, "Xã Ninh Vân"));
	r = get(S(""), at(code, "/giao-viec?xem=dung-han"));
	CHECK(has(r, "Xã Ninh Vân"));
	CHECK(str_has(r.body, own));
	CHECK(!has(r, "Xã Ninh Hải"));
	CHECK(str_has(get(S(""), at(own, "")).body, code)); /* above it */
	/* The day passes. */
	a.now.ms += INT64_C(40) * 86400000;
	r = get(S(""), at(code, ""));
	CHECK(has(r, "Quá hạn: 1"));
	CHECK(has(get(S(""), at(code, "/giao-viec?xem=qua-han")), "Xã Ninh Hải"));
	other = sign_in(AT_OTHER, LEADER);
	CHECK(has(get(other, "/viec"), "Kế hoạch năm"));
	/* Of what is no document there is no such list, nor of what nobody may see. */
	CHECK_INT(get(S(""), at(S("VB-0000-0000"), "/giao-viec")).status, 404);
	CHECK_INT(get(S(""), "/en/van-ban").status, 200);
	asker_close(&a);
}

TEST(a_unit_acknowledges_what_it_was_asked_and_is_led_to_its_own_document)
{
	begin();
	issue_directive();
	struct reply_seen r = get(S(""), at(code, "/giao-viec"));
	struct str task = code_after(r, "\">Xã Ninh Vân");
	CHECK(str_starts(task, S("GV-")));
	r = get(clerk, at(task, ""));
	CHECK(has(r, "Ghi văn bản thực hiện"));
	CHECK(has(r, "/ghi-moi/van-ban/14536"));
	CHECK(has(r, "Hạn do cơ quan tự hẹn hoặc cơ quan giao việc đặt: hết thứ Sáu, 29/03/2024"));
	CHECK(!has(get(S(""), at(task, "")), "Ghi văn bản thực hiện"));
	/* The form of its own document offers the one that waits. */
	CHECK(str_has(get(clerk, "/ghi-moi/van-ban/14536").body, code));
	CHECK_INT(send(other, at(task, "/lam/acknowledge"), "x=1" DAY).status, 403);
	CHECK_INT(send(S(""), at(task, "/lam/acknowledge"), "x=1" DAY).status, 403);
	CHECK_INT(send(clerk, at(task, "/lam/acknowledge"), "note=%C4%90%C3%A3+nh%E1%BA%ADn" DAY)
			  .status,
		  303);
	r = get(S(""), at(task, ""));
	CHECK(has(r, "Đã xác nhận, chưa ban hành"));
	CHECK(has(r, "Đã nhận"));
	/* Nobody takes the program's steps by a form. */
	CHECK_INT(send(district, at(task, "/lam/cancel"), "x=1" DAY).status, 404);
	CHECK_INT(send(clerk, at(task, "/lam/fulfil"), "x=1" DAY).status, 404);
	asker_close(&a);
}

TEST(what_is_out_of_force_says_since_when_and_by_what)
{
	begin();
	struct str old = issue(district, "374", "&effective_until=31%2F03%2F2024");
	struct str next = issue(district, "374", "");
	CHECK(!has(get(S(""), at(old, "")), "Hết hiệu lực"));
	const char *form =
		str_printf(test_arena(), "replaced_by=%.*s&from=2024-03-04%s", STR_ARG(next), DAY)
			.at;
	struct reply_seen r = send(district, at(old, "/lam/replace"), form);
	CHECK_INT(r.status, 303);
	r = get(S(""), at(old, ""));
	CHECK(has(r, "Hết hiệu lực từ thứ Hai, 04/03/2024"));
	CHECK(str_has(r.body, next));
	CHECK(has(get(S(""), "/van-ban"), "Hết hiệu lực"));
	CHECK(has(get(S(""), "/van-ban.csv"), "plan"));
	CHECK_INT(get(S(""), "/van-ban?noi-dung=plan").status, 200);
	struct str later = issue(district, "374", "&effective_from=01%2F04%2F2024");
	CHECK(has(get(S(""), at(later, "")),
		  "Chưa có hiệu lực; có hiệu lực từ thứ Hai, 01/04/2024"));
	asker_close(&a);
}

/* The doors by which a task's title goes out. */
static void check_doors(struct str task, bool hidden)
{
	static const char *const of_task[] = { "", ".json", ".atom" };
	static const char *const lists[] = { "/giao-viec", "/giao-viec.csv", "/giao-viec.json",
					     "/giao-viec.atom", "/don-vi/14536.atom" };
	for (size_t i = 0; i < LENGTH(of_task) + LENGTH(lists); i++) {
		const char *path =
			i < LENGTH(of_task) ? at(task, of_task[i]) : lists[i - LENGTH(of_task)];
		struct reply_seen r = get(S(""), path);
		if (r.status != 200 || has(r, "Thương") == hidden || has(r, "█████") != hidden)
			FAIL("%s: %d", path, r.status);
	}
	CHECK_INT(get(S(""), at(task, "/viec/1/noi-dung")).status, hidden ? 410 : 200);
}

TEST(no_door_of_a_task_tells_what_its_document_hides_and_its_page_says_why)
{
	begin();
	code = issue_titled(district, "374",
			    "H%E1%BB%97+tr%E1%BB%A3+b%C3%A0+Ho%C3%A0i+Th%C6%B0%C6%A1ng",
			    "&groups=communes&asked=issue&due_on=29%2F03%2F2024");
	struct str task = code_after(get(S(""), at(code, "/giao-viec")), "\">Xã Ninh Vân");
	check_doors(task, false);
	CHECK_INT(send(district, at(code, "/lam/redact"),
		       "passages=Ho%C3%A0i+Th%C6%B0%C6%A1ng&redaction_ground=personal"
		       "&redaction_note=C%C3%B3+t%C3%AAn+m%E1%BB%99t+h%E1%BB%99&reviewed=1" DAY)
			  .status,
		  303);
	check_doors(task, true);
	struct reply_seen r = get(S(""), at(task, ""));
	CHECK(has(r, "Đã che 1 chỗ ngày 04/03/2024"));
	CHECK(has(r, "Lý do: Có tên một hộ"));
	CHECK(has(r, "Đã che theo hồ sơ được nhắc lại ở đây"));
	asker_close(&a);
}
