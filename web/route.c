/* A literal segment is tried before a {name}, without going back: a path that begins like one route
 * never falls through to another. */
#include "web/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 12 };

struct node {
	struct str segment; /* literal, or the name of a parameter */
	struct node *literals, *next;
	struct node *param;
	bool takes_rest;
	const struct route *routes[2]; /* by method */
};

struct router {
	struct arena *a;
	struct node root;
	const struct route **all;
	size_t n, cap;
};

struct router *router_new(struct arena *a)
{
	struct router *r = NEW(a, struct router);
	r->a = a;
	return r;
}

static _Noreturn void mistake(const struct route *route, const char *what)
{
	fprintf(stderr, "route %s: %s\n", route->path, what);
	abort();
}

static struct node *child(struct router *r, struct node *n, struct str segment,
			  const struct route *route)
{
	bool is_param =
		segment.len > 2 && segment.at[0] == '{' && segment.at[segment.len - 1] == '}';
	if (is_param) {
		struct str name = { segment.at + 1, segment.len - 2 };
		bool rest = name.at[name.len - 1] == '*';
		name.len -= rest;
		if (n->param && (!str_eq(n->param->segment, name) || n->param->takes_rest != rest))
			mistake(route, "two names for one place");
		if (!n->param)
			n->param = NEW(r->a, struct node);
		n->param->segment = name;
		n->param->takes_rest = rest;
		return n->param;
	}
	for (struct node *l = n->literals; l; l = l->next)
		if (str_eq(l->segment, segment))
			return l;
	struct node *l = NEW(r->a, struct node);
	*l = (struct node){ .segment = segment, .next = n->literals };
	n->literals = l;
	return l;
}

static void add(struct router *r, const struct route *route)
{
	char canonical[QUERY_MAX];
	struct str path = str_of(route->path), rest = str_from(path, 1), segment;
	struct node *n = &r->root;

	if (path_canonical(path, canonical, sizeof canonical) < 0 ||
	    (path.len > 1 && str_ends(path, S("/"))) || !route->run)
		mistake(route, "malformed");
	while (path.len > 1 && str_next(&rest, '/', &segment)) {
		if (n->takes_rest)
			mistake(route, "something after {rest*}");
		n = child(r, n, segment, route);
	}
	if (n->routes[route->method])
		mistake(route, "there twice");
	n->routes[route->method] = route;
	if (r->n == r->cap) {
		size_t cap = r->cap ? 2 * r->cap : 64;
		r->all = arena_grow(r->a, r->all, r->cap * sizeof *r->all, cap * sizeof *r->all);
		r->cap = cap;
	}
	r->all[r->n++] = route;
}

void router_add(struct router *r, const struct route *table)
{
	for (; table->path; table++)
		add(r, table);
}

const struct route *router_at(const struct router *r, size_t i)
{
	return i < r->n ? r->all[i] : NULL;
}

static const struct {
	struct str ending;
	enum format format;
} endings[] = {
	{ S_INIT(".csv"), FORMAT_CSV },
	{ S_INIT(".json"), FORMAT_JSON },
	{ S_INIT(".atom"), FORMAT_ATOM },
	{ S_INIT(".ics"), FORMAT_ICS },
};

static const struct node *literal(const struct node *n, struct str segment)
{
	for (const struct node *l = n->literals; l; l = l->next)
		if (str_eq(l->segment, segment))
			return l;
	return NULL;
}

static bool offers(const struct node *n, enum format format)
{
	return n && n->routes[GET] && (n->routes[GET]->formats & format);
}

/* The node of the last segment, which may carry the ending of a format. */
static const struct node *last(const struct node *n, struct str *segment, enum format *format)
{
	const struct node *found = literal(n, *segment);
	if (found)
		return found;
	for (size_t i = 0; i < LENGTH(endings); i++) {
		if (!str_ends(*segment, endings[i].ending) || segment->len == endings[i].ending.len)
			continue;
		struct str name = str_cut(*segment, segment->len - endings[i].ending.len);
		found = literal(n, name);
		if (!found && n->param && !n->param->takes_rest)
			found = n->param;
		if (offers(found, endings[i].format)) {
			*segment = name;
			*format = endings[i].format;
			return found;
		}
	}
	return n->param;
}

bool router_find(const struct router *r, struct arena *a, enum method method, struct str path,
		 struct match *out)
{
	const struct node *n = &r->root;
	struct str rest = str_from(path, 1), segment;
	struct pair params[DEPTH_MAX];
	size_t count = 0, depth = 0;
	struct match m = { .format = FORMAT_HTML };

	while (path.len > 1 && str_next(&rest, '/', &segment)) {
		const struct node *next =
			rest.at ? literal(n, segment) : last(n, &segment, &m.format);
		if (!next && rest.at)
			next = n->param;
		if (!next || ++depth > DEPTH_MAX)
			return false;
		if (next == n->param) {
			if (next->takes_rest)
				segment.len = (size_t)(path.at + path.len - segment.at);
			params[count].name = next->segment;
			if (!percent_decode(a, segment, false, false, &params[count].value) ||
			    !params[count].value.len)
				return false;
			count++;
		}
		n = next;
		if (n->takes_rest)
			break;
	}
	if (!n->routes[GET] && !n->routes[POST])
		return false;
	m.route = method < LENGTH(n->routes) ? n->routes[method] : NULL;
	m.allow = !n->routes[POST] ? "GET, HEAD" : n->routes[GET] ? "GET, HEAD, POST" : "POST";
	m.params.at = NEW_N(a, struct pair, count);
	m.params.n = count;
	for (size_t i = 0; i < count; i++)
		m.params.at[i] = params[i];
	*out = m;
	return true;
}
