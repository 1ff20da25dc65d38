/* A petition goes to another office, by a form that may be sent twice. */
#include "modules/inspect/test_petition_web.h"

#define TRANSFER "sphere=other&reason=Vi%E1%BB%87c+c%E1%BB%A7a+n%C6%A1i+kh%C3%A1c" COUNTER

/* The first answer never came, and the matter is in other hands: who sent the form learns again what it
 * did, whether he still reads the matter, as above the office that has it now, or no more; nobody else does. */
TEST(a_transfer_that_is_sent_twice_gives_the_same_result_twice)
{
	static const struct {
		const char *who, *form;
	} hops[] = { { "can.bo", "to=37&" TRANSFER }, { "can.bo.tinh", "to=14539&" TRANSFER } };
	begin();
	tx->who = &system_member;
	appoint(user("can.bo.tinh", root), root, CLERK);
	appoint(user("can.bo.khac", other), other, CLERK);
	open_doors(false);
	struct browser b = browser_open(site);
	(void)browser_get(&b, OPEN_FORM);
	struct str code = code_of(browser_post(&b, OPEN_FORM, FORM));
	const char *step = z("/ho-so/", code, "/lam/transfer");
	for (size_t i = 0; i < LENGTH(hops); i++) {
		struct browser official = signed_in(hops[i].who),
			       others[] = { signed_in("nguoi.dan"), signed_in("can.bo.khac"),
					    signed_in(hops[i].who) };
		CHECK_INT(open_case(&official, code).status, 303);
		CHECK_INT(browser_get(&official, step).status, 200);
		struct str token = official.token;
		struct answer first = browser_post(&official, step, hops[i].form);
		CHECK_INT(first.status, 303);
		CHECK_STR(first.location, str_of(z("/ho-so/", code, i ? "" : "/da-chuyen")));
		official.token = token;
		struct answer again = browser_post(&official, step, hops[i].form);
		CHECK_INT(again.status, 303);
		CHECK_STR(again.location, first.location);
		/* The form of one step is not that of another, nor of another matter. */
		official.token = token;
		CHECK(browser_post(&official, z("/ho-so/", code, "/lam/handle"), hops[i].form)
			      .status >= 400);
		official.token = token;
		CHECK_INT(browser_post(&official, "/ho-so/DT-0000-000F/lam/transfer", hops[i].form)
				  .status,
			  404);
		/* Nor is it of use in another window of the same person, let alone for others. */
		for (size_t k = 0; k < LENGTH(others); k++) {
			(void)browser_get(&others[k], OPEN_FORM);
			others[k].token = token;
			struct answer a = browser_post(&others[k], step, hops[i].form);
			CHECK(a.status >= 400);
			CHECK_INT(a.location.len, 0);
		}
	}
}

static struct str given(struct browser *b, struct str code, int64_t officer, const char *note)
{
	struct str whom = str_printf(test_arena(), "%lld", (long long)officer);
	const char *form = z(z("officer=", whom, "&note="), str_of(note), COUNTER);
	CHECK_INT(open_case(b, code).status, 303);
	CHECK_INT(browser_get(b, z("/ho-so/", code, "/lam/assign")).status, 200);
	CHECK_INT(browser_post(b, z("/ho-so/", code, "/lam/assign"), form).status, 303);
	return browser_get(b, z("/ho-so/", code, "")).body;
}

TEST(what_an_office_told_its_own_officer_stays_there_when_the_matter_goes_on)
{
	begin();
	tx->who = &system_member;
	int64_t there = user("can.bo.khac", other);
	appoint(there, other, CLERK);
	appoint(user("chu.tich.khac", other), other, LEADER);
	open_doors(false);
	struct browser b = browser_open(site), ours = signed_in("chu.tich"),
		       theirs = signed_in("chu.tich.khac");
	(void)browser_get(&b, OPEN_FORM);
	struct str code = code_of(browser_post(&b, OPEN_FORM, FORM));
	CHECK(str_has(given(&ours, code, clerk.person, "Nha+ong+Mau"), S("Dặn thêm: Nha ong Mau")));
	CHECK_INT(browser_get(&ours, z("/ho-so/", code, "/lam/transfer")).status, 200);
	CHECK_INT(browser_post(&ours, z("/ho-so/", code, "/lam/transfer"), "to=14539&" TRANSFER)
			  .status,
		  303);
	struct str page = given(&theirs, code, there, "Hoi+thon");
	CHECK(str_has(page, S("Dặn thêm: Hoi thon")) && !str_has(page, S("Nha ong Mau")));
	/* What stands first is what they owe, not the office that had it before. */
	CHECK(str_has(page, S("<p>UBND xã Ninh Hải, huyện Hoa Lư: Thông báo kết quả")));
}
