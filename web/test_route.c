#include "web/route.h"

#include "tests/test.h"

#include <string.h>

static enum err nothing(struct req *r)
{
	(void)r;
	return OK;
}

static const struct route table[] = {
	{ GET, "/", nothing, ANYONE, NULL },
	{ GET, "/cong-khai", nothing, ANYONE, NULL, .formats = FORMAT_CSV | FORMAT_JSON },
	{ GET, "/cong-khai/moi", nothing, MEMBER, NULL },
	{ POST, "/cong-khai/moi", nothing, MEMBER, NULL },
	{ GET, "/ho-so/{code}", nothing, ANYONE, NULL, .formats = FORMAT_JSON },
	{ POST, "/ho-so/{code}/{step}", nothing, MEMBER, NULL },
	{ GET, "/log/{rest*}", nothing, ANYONE, NULL },
	{ 0 },
};

static const struct router *router(void)
{
	struct router *r = router_new(test_arena());
	router_add(r, table);
	return r;
}

static const char *found(enum method method, const char *path, struct match *m)
{
	if (!router_find(router(), test_arena(), method, str_of(path), m))
		return "none";
	return m->route ? m->route->path : m->allow;
}

TEST(a_path_finds_its_route_and_its_parameters)
{
	struct match m;
	CHECK(strcmp(found(GET, "/", &m), "/") == 0);
	CHECK(strcmp(found(GET, "/ho-so/CK-1", &m), "/ho-so/{code}") == 0);
	CHECK_STR(pairs_get(&m.params, S("code")), S("CK-1"));
	CHECK(strcmp(found(POST, "/ho-so/CK-1/publish", &m), "/ho-so/{code}/{step}") == 0);
	CHECK_STR(pairs_get(&m.params, S("step")), S("publish"));
	CHECK(strcmp(found(GET, "/log/tile/0/x001/067", &m), "/log/{rest*}") == 0);
	CHECK_STR(pairs_get(&m.params, S("rest")), S("tile/0/x001/067"));
	CHECK(strcmp(found(GET, "/cong-khai/moi", &m), "/cong-khai/moi") == 0);
}

TEST(an_ending_names_a_format_only_where_the_route_offers_it)
{
	struct match m;
	CHECK(strcmp(found(GET, "/cong-khai.csv", &m), "/cong-khai") == 0);
	CHECK_INT(m.format, FORMAT_CSV);
	CHECK(strcmp(found(GET, "/ho-so/CK-1.json", &m), "/ho-so/{code}") == 0);
	CHECK_INT(m.format, FORMAT_JSON);
	CHECK_STR(pairs_get(&m.params, S("code")), S("CK-1"));
	CHECK(strcmp(found(GET, "/cong-khai.atom", &m), "none") == 0);
	CHECK(strcmp(found(GET, "/ho-so/CK-1.csv", &m), "/ho-so/{code}") == 0);
	CHECK_INT(m.format, FORMAT_HTML);
}

TEST(a_known_path_says_which_methods_it_takes)
{
	struct match m;
	CHECK(strcmp(found(POST, "/cong-khai", &m), "GET, HEAD") == 0);
	CHECK(strcmp(found(GET, "/ho-so/CK-1/publish", &m), "POST") == 0);
	CHECK(strcmp(found(GET, "/nothing", &m), "none") == 0);
	CHECK(strcmp(found(GET, "/ho-so", &m), "none") == 0);
	CHECK(strcmp(found(GET, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n", &m), "none") == 0);
}

TEST(every_route_can_be_listed)
{
	const struct router *r = router();
	size_t n = 0;
	while (router_at(r, n))
		n++;
	CHECK_INT(n, LENGTH(table) - 1);
}
