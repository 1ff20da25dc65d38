#include "web/back.h"

#define NAME S("tu")

static struct str without_lang(struct str address)
{
	return str_starts(address, S("/en/")) ? str_from(address, 3) : address;
}

static bool is_work(struct str address)
{
	struct str rest = without_lang(address), path;
	if (!str_next(&rest, '?', &path))
		return false;
	return str_eq(path, S("/viec")) ||
	       (str_starts(path, S("/don-vi/")) && str_ends(path, S("/viec")));
}

struct url back_begin(struct req *r, struct url to)
{
	return is_work(r->address) ? url_with(r->mem, to, NAME, r->address) : to;
}

struct url back_along(struct req *r, struct url to)
{
	struct str from = req_query(r, "tu");
	return is_work(from) ? url_with(r->mem, to, NAME, from) : to;
}

bool back_end(struct req *r, struct url *out)
{
	struct str from = req_query(r, "tu");
	if (!is_work(from))
		return false;
	*out = url_local(r->mem, from);
	return true;
}
