/* One pass over the archive: rows go into the database part by part, files to their place; then
 * what is derived is made. Names of entries decide what they are, so that an archive can hold
 * nothing else. */
#include "office/import_site.h"

#include "ledger/log.h"
#include "office/file.h"
#include "office/rebuild.h"
#include "office/recount.h"
#include "office/site.h"
#include "office/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	RELATIONS = 100,
	HEAD_MAX = 1 << 20,
	DOSSIERS = 200,
	LEAVES = 5000,
	LINE_BUFFER = RELATION_LINE_MAX + 1
};

struct importing {
	const struct import_setup *setup;
	struct import_result *out;
	struct arena *mem, *rows; /* of everything; of a line or a transaction */
	struct import_about about;
	struct import_relations all;
	struct import_relation *at; /* the one at hand; NULL: none yet */
	int order;                  /* the number in its name */
	char *buffer;               /* for lines */
	struct tx tx;
	struct str *why;
};

static enum err refuse(struct importing *i, struct str sentence)
{
	*i->why = sentence;
	return ERR_INVALID;
}

/* "data/040-person/000001.ndjson, line 17: " before what is wrong. */
static enum err refuse_line(struct importing *i, struct str entry, int64_t line, struct str wrong)
{
	return refuse(i, str_printf(i->mem, "%.*s, line %" PRId64 ": %.*s", STR_ARG(entry), line,
				    STR_ARG(wrong)));
}

static enum err begin(struct importing *i)
{
	i->tx = i->setup->as;
	i->tx.mem = i->rows;
	enum err e = tx_begin(&i->tx, i->setup->db, DB_WRITE);
	if (e)
		*i->why = str_dup(i->mem, str_of(i->tx.why));
	return e;
}

static enum err end(struct importing *i, enum err e)
{
	if ((e = tx_end(&i->tx, e)) && !i->why->len)
		*i->why = str_dup(i->mem, i->tx.why[0] ? str_of(i->tx.why) : str_of(err_name(e)));
	arena_clear(i->rows);
	return e;
}

static void tell(struct importing *i, struct str what, int64_t done)
{
	if (i->setup->progress)
		i->setup->progress(i->setup->of, what, done);
}

/* --- Lines --- */

enum err import_line(struct import_lines *l, struct str *out, struct str *why)
{
	enum err e = OK;
	for (;;) {
		char *from = l->at + l->used;
		char *stop = memchr(from, '\n', l->len - l->used);
		if (stop) {
			*out = (struct str){ from, (size_t)(stop - from) };
			l->used += out->len + 1;
			l->line++;
			return OK;
		}
		if (l->end && l->used == l->len)
			return ERR_NOT_FOUND;
		memmove(l->at, from, l->len - l->used);
		l->len -= l->used;
		l->used = 0;
		if (l->end || l->len == LINE_BUFFER) {
			l->line++;
			*why = l->end ? S("the last line does not end") : S("the line is too long");
			return ERR_INVALID;
		}
		size_t got;
		if ((e = archive_read(l->from, l->at + l->len, LINE_BUFFER - l->len, &got, why)))
			return e;
		if (l->sum)
			sha256_add(l->sum, l->at + l->len, got);
		l->len += got;
		l->end = got == 0;
	}
}

/* --- Rows --- */

static void plan_all(struct importing *i)
{
	i->all.at = NEW_N(i->mem, struct import_relation, RELATIONS);
	for (const struct relation *const *list = i->setup->relations; *list; list++)
		for (const struct relation *r = *list; r->name && i->all.n < RELATIONS; r++)
			if (r->use == RELATION_CARRIED) {
				struct import_relation *one = &i->all.at[i->all.n++];
				relation_plan(i->mem, r, &one->plan);
				one->later.a = i->mem;
			}
}

static void keep_later(struct import_relation *r, const struct datum *data)
{
	const struct relation_plan *p = &r->plan;
	if (p->later < 0 || data[p->later].null)
		return;
	int64_t pair[2] = { data[0].n, data[p->later].n };
	buf_put_bytes(&r->later, pair, sizeof pair);
}

static struct str insert_story(struct importing *i, enum err e)
{
	if (e == ERR_CONFLICT)
		return S("such a row is there already");
	return str_printf(i->mem, "it does not fit what came before: %s", i->tx.why);
}

static enum err put_rows(struct importing *i, struct str entry)
{
	struct import_relation *r = i->at;
	struct datum data[RELATION_ATTRIBUTES];
	struct str line, wrong = S("");
	struct import_lines lines = { .from = i->setup->from, .sum = &r->sum, .at = i->buffer };
	enum err e = OK;
	while (!e && !(e = import_line(&lines, &line, &wrong))) {
		arena_clear(i->rows);
		if ((e = relation_parse(i->rows, &r->plan, line, data, &wrong)))
			break;
		keep_later(r, data);
		if ((e = relation_insert(&i->tx, &r->plan, data)))
			wrong = insert_story(i, e);
		r->rows++;
	}
	if (e == ERR_NOT_FOUND)
		return OK;
	return e == ERR_IO ? e : refuse_line(i, entry, lines.line, wrong);
}

static enum err set_later(struct importing *i, struct import_relation *r)
{
	int64_t pair[2];
	enum err e = OK;
	for (size_t at = 0; !e && at + sizeof pair <= r->later.len; at += sizeof pair) {
		memcpy(pair, r->later.at + at, sizeof pair);
		e = relation_set_later(&i->tx, &r->plan, pair[0], pair[1]);
	}
	return e ? refuse(i, str_printf(i->mem, "%s: a row names another that is not there",
					r->plan.of->name))
		 : OK;
}

/* The relation at hand has come whole. */
static enum err end_relation(struct importing *i)
{
	struct import_relation *r = i->at;
	if (!r || r->ended)
		return OK;
	r->ended = true;
	sha256_end(&r->sum, &r->hash);
	i->out->rows += r->rows;
	enum err e = begin(i);
	if (e)
		return e;
	if (!(e = set_later(i, r)))
		e = relation_count_on(&i->tx, &r->plan);
	return end(i, e);
}

/* "data/040-person/000001.ndjson": its relation and the number of the part. */
static bool read_name(struct importing *i, struct str entry, struct import_relation **out,
		      int *order, int *part)
{
	struct str rest = str_from(entry, strlen("data/")), number, name;
	int64_t a, b;
	if (!str_next(&rest, '-', &number) || !rest.at || !str_int(number, &a) ||
	    !str_next(&rest, '/', &name) || !str_ends(rest, S(".ndjson")) ||
	    !str_int(str_cut(rest, rest.len - strlen(".ndjson")), &b) || a < 1 || a > 9999 ||
	    b < 1 || b > INT32_MAX)
		return false;
	*order = (int)a;
	*part = (int)b;
	*out = NULL;
	for (size_t k = 0; k < i->all.n; k++)
		if (str_eq(str_of(i->all.at[k].plan.of->name), name))
			*out = &i->all.at[k];
	return true;
}

static enum err take_rows(struct importing *i, struct str entry)
{
	struct import_relation *r;
	int order, part;
	enum err e = OK;
	if (!read_name(i, entry, &r, &order, &part))
		return refuse(i, str_printf(i->mem, "%.*s: no entry of an export", STR_ARG(entry)));
	if (!r)
		return refuse(i,
			      str_printf(i->mem,
					 "%.*s: this program knows no such table; use a newer one",
					 STR_ARG(entry)));
	if (r != i->at) {
		if ((e = end_relation(i)))
			return e;
		if (r->begun || order <= i->order)
			return refuse(i, str_printf(i->mem, "%.*s: stands out of its order",
						    STR_ARG(entry)));
		r->begun = true;
		sha256_begin(&r->sum);
		i->at = r;
		i->order = order;
	}
	if (part != r->part + 1)
		return refuse(i, str_printf(i->mem, "%.*s: part %d is missing", STR_ARG(entry),
					    r->part + 1));
	r->part = part;
	if ((e = begin(i)))
		return e;
	e = end(i, put_rows(i, entry));
	tell(i, str_of(r->plan.of->name), r->rows);
	return e;
}

/* --- Other entries --- */

static enum err read_whole(struct importing *i, const struct archive_entry *entry, int64_t most,
			   struct arena *a, struct str *out)
{
	size_t n = 0, got = 1;
	if (entry->size > most)
		return refuse(i, str_printf(i->mem, "%.*s: is too large", STR_ARG(entry->name)));
	char *at = arena_get(a, (size_t)entry->size + 1);
	while (got && n < (size_t)entry->size) {
		enum err e =
			archive_read(i->setup->from, at + n, (size_t)entry->size - n, &got, i->why);
		if (e)
			return e;
		n += got;
	}
	*out = (struct str){ at, n };
	return OK;
}

/* "files/ab/cdef...": the hash. */
static bool read_hash(struct str name, char hex[2 * sizeof(struct hash)])
{
	struct str rest = str_from(name, strlen("files/"));
	if (rest.len != 2 * sizeof(struct hash) + 1 || rest.at[2] != '/')
		return false;
	memcpy(hex, rest.at, 2);
	memcpy(hex + 2, rest.at + 3, rest.len - 3);
	return true;
}

static enum err take_file(struct importing *i, const struct archive_entry *entry)
{
	struct arena *one = arena_new(0);
	char hex[2 * sizeof(struct hash)];
	struct str bytes, why = S("");
	enum err e = read_hash(entry->name, hex) ? OK : ERR_INVALID;
	if (!e && !(e = read_whole(i, entry, FILE_MAX_SIZE + 4096, one, &bytes)))
		e = file_restore(one, i->setup->as.office->files, (struct str){ hex, sizeof hex },
				 bytes, &why);
	if (why.len)
		*i->why = str_dup(i->mem, why);
	arena_free(one);
	if (e == ERR_INVALID && !i->why->len)
		return refuse(i, str_printf(i->mem, "%.*s: its bytes are not those of its name",
					    STR_ARG(entry->name)));
	if (e)
		return e;
	i->out->files++;
	i->out->bytes += entry->size;
	tell(i, S("files"), i->out->files);
	return OK;
}

static enum err take_about(struct importing *i, const struct archive_entry *entry)
{
	struct str bytes;
	if (i->about.about_sha256.len || i->at)
		return refuse(i, S("about.json stands out of its order"));
	enum err e = read_whole(i, entry, HEAD_MAX, i->mem, &bytes);
	return e ? e : import_about(i->mem, bytes, &i->about, i->why);
}

static enum err take_manifest(struct importing *i, const struct archive_entry *entry, bool *whole)
{
	struct str bytes;
	enum err e = end_relation(i);
	if (e || (e = read_whole(i, entry, HEAD_MAX, i->mem, &bytes)))
		return e;
	*whole = true;
	return import_manifest(i->mem, bytes, &i->about, &i->all, i->out->files, i->out->bytes,
			       i->why);
}

static enum err take_entry(struct importing *i, const struct archive_entry *entry, bool *whole)
{
	struct str name = entry->name;
	if (str_eq(name, S("about.json")))
		return take_about(i, entry);
	if (!i->about.about_sha256.len)
		return refuse(
			i,
			S("the first entry is not about.json: this is no export of a site, or it "
			  "was packed by another program: unpack it, and read the folder"));
	if (str_starts(name, S("data/")))
		return take_rows(i, name);
	if (str_starts(name, S("files/")))
		return take_file(i, entry);
	if (str_eq(name, S("manifest.json")))
		return take_manifest(i, entry, whole);
	return refuse(i, str_printf(i->mem, "%.*s: no entry of an export", STR_ARG(name)));
}

static enum err take_all(struct importing *i)
{
	struct archive_entry entry;
	bool whole = false;
	enum err e = OK;
	while (!e && !(e = archive_next(i->setup->from, &entry, i->why))) {
		if (whole)
			return refuse(i, S("something stands behind manifest.json"));
		e = take_entry(i, &entry, &whole);
	}
	if (e == ERR_NOT_FOUND)
		return whole ? OK
			     : refuse(i, S("manifest.json is missing: the export was cut off"));
	return e;
}

/* --- What is derived --- */

static enum err in_one(struct importing *i, enum err (*make)(struct importing *i))
{
	enum err e = begin(i);
	return e ? e : end(i, make(i));
}

static enum err make_ground(struct importing *i)
{
	struct site site;
	struct unit root;
	enum err e = site_load(&i->tx, &site);
	if (e)
		return e == ERR_NOT_FOUND ? ERR_INVALID : e;
	if (!str_eq(site.origin, i->about.origin))
		return tx_fail(&i->tx, ERR_INVALID, "site: another origin than about.json says");
	if ((e = rebuild_ground(&i->tx)))
		return e;
	if (unit_find(&i->tx, site.root, tx_today(&i->tx), &root))
		return tx_fail(&i->tx, ERR_INVALID, "site: its root is no unit");
	return log_rebuild_begin(&i->tx, site.origin, i->about.log_size);
}

static enum err make_dossiers(struct importing *i)
{
	int64_t last = 0;
	bool more = true;
	enum err e = OK;
	while (!e && more) {
		if ((e = begin(i)))
			break;
		e = end(i, rebuild_dossiers(&i->tx, DOSSIERS, &last, &more));
		tell(i, S("dossier"), last);
	}
	return e;
}

static enum err make_log(struct importing *i)
{
	bool more = true;
	enum err e = OK;
	for (int64_t n = LEAVES; !e && more; n += LEAVES) {
		if ((e = begin(i)))
			break;
		e = end(i, log_rebuild(&i->tx, LEAVES, &more));
		tell(i, S("log_leaf"), n);
	}
	return e;
}

static enum err check_log(struct importing *i)
{
	struct log_head head;
	enum err e = log_head(&i->tx, &head);
	if (e)
		return e;
	if ((int64_t)head.size != i->about.log_size || !hash_eq(&head.root, &i->about.log_root))
		return tx_fail(&i->tx, ERR_INVALID,
			       "the entries of the log do not give the root of %" PRId64
			       " entries that about.json says",
			       i->about.log_size);
	return OK;
}

/* A file nobody uses may have lost its bytes on the way; one that is used may not. */
static enum err check_files(struct importing *i)
{
	struct tx *tx = &i->tx;
	struct instant all = { INT64_MAX };
	enum err e = file_sweep_rows(tx, all, INT64_MAX);
	struct query q = db_query(tx, "SELECT sha256 FROM file ORDER BY sha256");
	while (!e && db_next(&q)) {
		struct str sha256 = col_str(&q, 0);
		AUTO_CLOSE int fd = -1;
		int64_t size;
		if (file_open(tx->office->files, sha256, false, &fd, &size))
			e = tx_fail(tx, ERR_INVALID, "files: %.*s is used and did not come",
				    STR_ARG(sha256));
	}
	db_end(&q);
	return e ? e : q.err;
}

static enum err make_rest(struct importing *i)
{
	enum err e = rebuild_duties(&i->tx);
	if (e || (e = recount_done(&i->tx)) || (e = check_log(i)))
		return e;
	return check_files(i);
}

enum err import_site(const struct import_setup *setup, struct import_result *out, struct str *why)
{
	struct importing *i = NEW(setup->as.mem, struct importing);
	*why = S("");
	*out = (struct import_result){ .rows = 0 };
	*i = (struct importing){
		.setup = setup, .out = out, .mem = setup->as.mem, .rows = arena_new(0), .why = why
	};
	struct arena *lines = arena_new(0);
	i->buffer = arena_get(lines, LINE_BUFFER);
	plan_all(i);
	enum err e = take_all(i);
	arena_free(lines);
	if (!e && !(e = in_one(i, make_ground)) && !(e = make_dossiers(i)) && !(e = make_log(i)))
		e = in_one(i, make_rest);
	for (size_t k = 0; k < i->all.n; k++)
		if (i->all.at[k].begun && !i->all.at[k].ended)
			sha256_drop(&i->all.at[k].sum);
	out->site = i->about.site;
	out->origin = i->about.origin;
	out->checkpoint = i->about.checkpoint;
	out->act = i->about.act;
	out->log_size = i->about.log_size;
	out->log_root = i->about.log_root;
	arena_free(i->rows);
	/* The database is new: what contradicts itself in it is what came. */
	return e == ERR_CORRUPT ? ERR_INVALID : e;
}
