/* A handful of rows; whoever needs them often keeps what site_load gave. */
#include "office/site.h"

#include "base/utf8.h"
#include "office/doer.h"
#include "office/recount.h"

enum { NAME_POINTS = 200, ORIGIN_BYTES = 200 };

MUST_USE enum err site_get(struct tx *tx, const char *key, struct str *out)
{
	struct query q = db_query(tx, "SELECT value FROM site WHERE key = $1");
	BIND(&q, str_of(key));
	enum err e = db_one(&q);

	if (e && e != ERR_NOT_FOUND)
		return e;
	*out = e ? S("") : col_str(&q, 0);
	db_end(&q);
	return OK;
}

MUST_USE enum err site_set(struct tx *tx, const char *key, struct str value)
{
	struct query q = db_query(tx, "INSERT INTO site (key, value) VALUES ($1, $2) "
				      "ON CONFLICT (key) DO UPDATE SET value = excluded.value");
	BIND(&q, str_of(key), value);
	return db_exec(&q);
}

static enum err get_int(struct tx *tx, const char *key, int64_t *out)
{
	struct str text;
	enum err e = site_get(tx, key, &text);

	if (e)
		return e;
	if (!text.len)
		*out = 0;
	else if (!str_int(text, out))
		return tx_fail(tx, ERR_CORRUPT, "site.%s is no number", key);
	return OK;
}

static enum err set_int(struct tx *tx, const char *key, int64_t value)
{
	return site_set(tx, key, str_printf(tx->mem, "%lld", (long long)value));
}

MUST_USE enum err site_root(struct tx *tx, int64_t *out)
{
	int64_t root = 0;
	enum err e = get_int(tx, "root", &root);

	if (e)
		return e;
	if (!root)
		return tx_fail(tx, ERR_NOT_FOUND, "this site has no root unit yet: dinh init");
	*out = root;
	return OK;
}

MUST_USE enum err site_load(struct tx *tx, struct site *out)
{
	struct site s = { 0 };
	int64_t demo = 0;
	enum err e;

	if ((e = site_root(tx, &s.root)) || (e = site_get(tx, "name", &s.name)) ||
	    (e = site_get(tx, "origin", &s.origin)) || (e = get_int(tx, "demo", &demo)) ||
	    (e = get_int(tx, "clock", &s.clock.ms)))
		return e;
	s.demo = demo != 0;
	*out = s;
	return OK;
}

/* The first line of every checkpoint: no white space, no plus, or strangers could not read it. */
static bool origin_fits(struct str origin)
{
	for (size_t i = 0; i < origin.len; i++)
		if ((unsigned char)origin.at[i] <= ' ' || origin.at[i] == '+' ||
		    origin.at[i] == 127)
			return false;
	return origin.len > 0 && origin.len <= ORIGIN_BYTES && utf8_valid(origin);
}

MUST_USE enum err site_make(struct tx *tx, const struct site *site)
{
	struct str name = utf8_clean(tx->mem, site->name);
	int64_t root = 0;
	enum err e = get_int(tx, "root", &root);

	if (e)
		return e;
	if (root)
		return tx_fail(tx, ERR_CONFLICT, "this site has been made already");
	if (!site->root || !name.len || utf8_length(tx->mem, name) > NAME_POINTS ||
	    !origin_fits(site->origin))
		return tx_fail(tx, ERR_INVALID,
			       "a site needs a root, a name and an origin without "
			       "white space or plus");
	if ((e = set_int(tx, "root", site->root)) || (e = site_set(tx, "name", name)) ||
	    (e = site_set(tx, "origin", site->origin)) || (e = set_int(tx, "demo", site->demo)) ||
	    (e = set_int(tx, "clock", site->clock.ms)))
		return e;
	return recount_done(tx);
}

MUST_USE enum err site_set_clock(struct tx *tx, struct instant clock)
{
	int64_t demo = 0;
	enum err e = get_int(tx, "demo", &demo);

	if (e)
		return e;
	return demo ? set_int(tx, "clock", clock.ms)
		    : tx_fail(tx, ERR_DENIED, "only a demonstration has a clock of its own");
}

MUST_USE enum err site_rename(struct tx *tx, struct str name)
{
	enum err e = admin_right(tx, 0, NULL);

	if (e)
		return e;
	name = utf8_clean(tx->mem, name);
	if (!name.len || utf8_length(tx->mem, name) > NAME_POINTS)
		return tx_fail(tx, ERR_INVALID, "a name has 1 to %d signs", NAME_POINTS);
	return site_set(tx, "name", name);
}
