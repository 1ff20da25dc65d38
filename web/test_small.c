/* Cookies, addresses and throttling: small promises, one test each. */
#include "web/cookie.h"
#include "web/throttle.h"
#include "web/url.h"

#include "tests/test.h"

TEST(a_cookie_planted_beside_ours_counts_for_nothing)
{
	CHECK_STR(cookie_get(S("a=1; phien=abc; b=2"), S("phien")), S("abc"));
	CHECK_STR(cookie_get(S("phien=abc"), S("phien")), S("abc"));
	CHECK_STR(cookie_get(S("xphien=abc"), S("phien")), S(""));
	CHECK_STR(cookie_get(S("phien=abc; phien=def"), S("phien")), S(""));
	CHECK_STR(cookie_get(S("phien=abc; phien=abc"), S("phien")), S("abc"));
	CHECK_STR(cookie_get(S("phien=a\"c"), S("phien")), S(""));
	CHECK_STR(cookie_get(S(";;=;phien"), S("phien")), S(""));
}

TEST(a_cookie_is_never_readable_by_scripts)
{
	CHECK_STR(cookie_set(test_arena(), S("phien"), S("x"), true, 0, false),
		  S("__Host-phien=x; Path=/; HttpOnly; SameSite=Lax; Secure"));
	CHECK_STR(cookie_set(test_arena(), S("phien"), S(""), false, -1, true),
		  S("phien=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"));
}

TEST(a_link_cannot_become_a_script)
{
	static const char *const bad[] = {
		"javascript:alert(1)", "//evil.example",   "http://",      "ftp://a",
		"https://a\"b",        "https:// a",       "https://a@b/", "data:text/html,x",
		"https://-a",          "http://a/<script>"
	};
	struct url u;
	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK(!url_external(test_arena(), str_of(bad[i]), &u));
	CHECK(url_external(test_arena(), S(" https://ninhbinh.gov.vn/a?b=1#c "), &u));
	CHECK_STR(u.s, S("https://ninhbinh.gov.vn/a?b=1#c"));
}

TEST(after_signing_in_one_stays_on_this_site)
{
	static const char *const bad[] = {
		"//evil.example", "https://evil.example", "/\\evil", "", "x",
		"/a/../b",        "/a\r\nSet-Cookie: x"
	};
	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK_STR(url_local(test_arena(), str_of(bad[i])).s, S("/"));
	CHECK_STR(url_local(test_arena(), S("/viec?nhom=2")).s, S("/viec?nhom=2"));
}

TEST(an_address_is_made_of_escaped_parts)
{
	struct pair pairs[] = { { S("nam"), S("2020") }, { S("q"), S("d\xe1\xbb\xb1") } };
	struct pairs query = { pairs, 2 };
	CHECK_STR(url_path(test_arena(), LANG_VI, "/ho-so/%s", S("a/b")).s, S("/ho-so/a%2Fb"));
	CHECK_STR(url_path(test_arena(), LANG_EN, "/").s, S("/en"));
	CHECK_STR(url_path(test_arena(), LANG_EN, "/tong-ket/%s/%s", S("1"), S("2020")).s,
		  S("/en/tong-ket/1/2020"));
	CHECK_STR(url_query(test_arena(), S("/x"), &query, S("nam"), S("")).s,
		  S("/x?q=d%E1%BB%B1"));
	CHECK_STR(url_query(test_arena(), S("/x"), &query, S("nam"), S("2021")).s,
		  S("/x?q=d%E1%BB%B1&nam=2021"));
	CHECK_STR(url_tel(test_arena(), S("+84 (229) 000")).s, S("tel:+84229000"));
}

TEST(a_stranger_uses_up_only_the_tokens_of_the_own_address)
{
	struct throttle *t = throttle_new(64, 1, 42);
	struct instant now = test_instant("2026-03-01T08:00");
	int refused = 0;
	for (int i = 0; i < 20; i++)
		refused += throttle_take(t, THROTTLE_ACCOUNT, S("203.0.113.1 an"), now) > 0;
	CHECK_INT(refused, 12);
	CHECK_INT(throttle_take(t, THROTTLE_ACCOUNT, S("203.0.113.2 an"), now), 0);
	now.ms += 30000;
	CHECK_INT(throttle_take(t, THROTTLE_ACCOUNT, S("203.0.113.1 an"), now), 0);
	CHECK(throttle_take(t, THROTTLE_ACCOUNT, S("203.0.113.1 an"), now) > 0);
	throttle_free(t);
}

TEST(a_flood_of_addresses_does_not_grow_the_memory_and_forgets_the_oldest)
{
	struct throttle *t = throttle_new(64, 1, 42);
	struct instant now = test_instant("2026-03-01T08:00");
	for (int i = 0; i < 100000; i++, now.ms++) {
		struct str key = str_printf(test_arena(), "k%d", i);
		CHECK_INT(throttle_take(t, THROTTLE_POST, key, now), 0);
		if (i % 1000 == 0)
			arena_clear(test_arena());
	}
	throttle_free(t);
}

TEST(a_household_line_is_one_network)
{
	CHECK_STR(throttle_network(test_arena(), S("2001:db8:1:2:3:4:5:6")),
		  S("2001:db8:1:2::/64"));
	CHECK_STR(throttle_network(test_arena(), S("::ffff:192.0.2.1")), S("192.0.2.1"));
	CHECK_STR(throttle_network(test_arena(), S("192.0.2.1")), S("192.0.2.1"));
}
