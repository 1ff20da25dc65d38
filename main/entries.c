/* Both kinds of export hold entries: a public one in the table `entry`, a complete one in `log_leaf`.
 * What waits for its index has none there. */
#include "main/entries.h"

#include "base/json.h"
#include "office/import_site.h"

#include <inttypes.h>
#include <string.h>

struct entries {
	struct arena *mem;
	uint64_t first;
	struct str *at; /* those from `first` on, in order; at == NULL: not there */
	size_t n, cap;
};

static bool holds_entries(struct str name)
{
	return str_starts(name, S("data/")) &&
	       (str_has(name, S("-entry/")) || str_has(name, S("-log_leaf/")));
}

static void keep(struct entries *e, uint64_t index, struct str entry)
{
	size_t place = (size_t)(index - e->first);
	if (place >= e->cap) {
		size_t cap = e->cap ? e->cap : 1024;
		while (cap <= place)
			cap *= 2;
		e->at = arena_grow(e->mem, e->at, e->cap * sizeof *e->at, cap * sizeof *e->at);
		memset(e->at + e->cap, 0, (cap - e->cap) * sizeof *e->at);
		e->cap = cap;
	}
	e->at[place] = str_dup(e->mem, entry);
	e->n = place >= e->n ? place + 1 : e->n;
}

/* An index far beyond all others would ask for memory and give nothing. */
enum { GAP = 1 << 16 };

static enum err read_line(struct entries *e, struct str line, struct str *why)
{
	struct arena *one = arena_new(0);
	struct json j;
	struct str reason;
	enum err err = OK;
	if (!json_parse(one, line, &j, &reason)) {
		*why = str_printf(e->mem, "an entry is no JSON: %.*s", STR_ARG(reason));
		err = ERR_INVALID;
	} else {
		const struct json *public = json_get(&j, "index"), *idx = json_get(&j, "idx");
		const struct json *index = public->kind == J_INT ? public : idx;
		uint64_t n = index->kind == J_INT && index->n >= 0 ? (uint64_t)index->n : 0;
		if (index->kind == J_INT && index->n >= 0 && n >= e->first &&
		    n - e->first <= e->n + GAP)
			keep(e, n, json_get_str(&j, "entry"));
	}
	arena_free(one);
	return err;
}

static enum err read_entry(struct entries *e, struct archive_in *in, char *buffer, struct str *why)
{
	struct import_lines lines = { .from = in, .at = buffer };
	struct str line;
	enum err err;
	while (!(err = import_line(&lines, &line, why)))
		if ((err = read_line(e, line, why)))
			return err;
	return err == ERR_NOT_FOUND ? OK : err;
}

static enum err read_archive(struct entries *e, struct archive_in *in, struct str *why)
{
	struct archive_entry entry;
	struct arena *lines = arena_new(0);
	char *buffer = arena_get(lines, RELATION_LINE_MAX + 1);
	bool export = false;
	enum err err;
	while (!(err = archive_next(in, &entry, why))) {
		export |= str_eq(entry.name, S("about.json"));
		if (holds_entries(entry.name) && (err = read_entry(e, in, buffer, why)))
			break;
	}
	arena_free(lines);
	if (err && err != ERR_NOT_FOUND)
		return err;
	if (!export)
		*why = S("this is no export of a site");
	return export ? OK : ERR_INVALID;
}

enum err entries_open(struct arena *a, struct str from, uint64_t first, struct entries **out,
		      struct str *why)
{
	struct entries *e = NEW(a, struct entries);
	struct archive_in *in = NULL;
	*e = (struct entries){ .mem = a, .first = first / TILE_WIDTH * TILE_WIDTH };
	enum err err = archive_open(a, from, &in, why);
	if (!err)
		err = read_archive(e, in, why);
	archive_close(in);
	if (!err)
		*out = e;
	return err;
}

/* Only bundles are asked for. */
static enum err fetch(void *self, struct str path, size_t max, struct arena *a, struct str *out,
		      struct str *why)
{
	struct entries *e = self;
	struct buf b = { .a = a };
	struct tile t;
	if (!str_starts(path, S("tile/")) || !tile_parse(str_from(path, strlen("tile/")), &t) ||
	    t.level != TILE_ENTRIES || t.n * TILE_WIDTH < e->first)
		return ERR_NOT_FOUND;
	for (int i = 0; i < t.width; i++) {
		size_t place = (size_t)(t.n * TILE_WIDTH - e->first) + (size_t)i;
		if (place >= e->n || !e->at[place].at) {
			*why = str_printf(a, "the export does not hold entry %" PRIu64,
					  e->first + place);
			return ERR_NOT_FOUND;
		}
		if (e->at[place].len > ENTRY_MAX)
			return ERR_CORRUPT;
		buf_put_entry(&b, e->at[place]);
	}
	*out = buf_str(&b);
	return out->len > max ? ERR_CORRUPT : OK;
}

struct log_source entries_source(struct entries *e)
{
	return (struct log_source){ .fetch = fetch, .self = e };
}
