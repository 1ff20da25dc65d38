/* Whatever reads the database ends its transaction before a byte is written: who receives the
 * export may be slow, and must hold nobody up. */
#include "office/export.h"

#include "base/json.h"
#include "ledger/log.h"
#include "office/file.h"
#include "office/site.h"
#include "store/migrate.h"

#include <stdio.h>

enum { PART_BYTES = 1 << 20 };

struct str export_use_word(enum export_use use)
{
	return use == EXPORT_PUBLIC ? S("public") : S("complete");
}

enum err export_begin(const struct export_setup *s, struct tx *tx, struct arena *mem,
		      struct str *why)
{
	*tx = s->as;
	tx->mem = mem;
	enum err e = tx_begin(tx, s->db, DB_READ);
	if (e)
		*why = str_dup(s->as.mem, str_of(tx->why));
	return e;
}

enum err export_end(struct tx *tx, enum err e, struct arena *keep, struct str *why)
{
	if ((e = tx_end(tx, e)) && !why->len)
		*why = str_dup(keep, tx->why[0] ? str_of(tx->why) : str_of(err_name(e)));
	return e;
}

/* --- Parts --- */

void parts_begin(struct parts *p, const char *relation)
{
	p->name = relation;
	p->relation++;
	p->part = 0;
	p->rows = 0;
	p->lines = (struct buf){ .a = p->piece };
	sha256_begin(&p->sum);
}

void parts_line(struct parts *p)
{
	p->rows++;
}

bool parts_full(const struct parts *p)
{
	return p->lines.len >= PART_BYTES;
}

enum err parts_flush(struct parts *p)
{
	struct str lines = buf_str(&p->lines);
	char name[64];
	if (!lines.len)
		return OK;
	sha256_add(&p->sum, lines.at, lines.len);
	int n = snprintf(name, sizeof name, "data/%03d-%s/%06d.ndjson", p->relation * 10, p->name,
			 ++p->part);
	enum err e = archive_put(p->setup->to, (struct str){ name, (size_t)n }, lines, p->why);
	arena_clear(p->piece);
	p->lines = (struct buf){ .a = p->piece };
	if (p->setup->progress)
		p->setup->progress(p->setup->of, str_of(p->name), p->rows);
	return e;
}

enum err parts_end(struct parts *p)
{
	struct buf *b = &p->manifest;
	struct hash sum;
	enum err e = parts_flush(p);
	if (e)
		return e;
	sha256_end(&p->sum, &sum);
	json_comma(b);
	buf_putc(b, '{');
	json_key_str(b, "name", str_of(p->name));
	json_key_int(b, "rows", p->rows);
	json_key_int(b, "parts", p->part);
	json_key_str(b, "sha256", hash_hex(p->mem, &sum));
	buf_putc(b, '}');
	p->all += p->rows;
	return OK;
}

/* --- Files --- */

enum err export_file(struct parts *p, struct str sha256_hex, struct export_result *out)
{
	AUTO_CLOSE int fd = -1;
	int64_t size;
	char name[80];
	const char *files = p->setup->as.office->files;
	enum err e = file_check(files, sha256_hex);
	if (!e)
		e = file_open(files, sha256_hex, false, &fd, &size);
	if (e) {
		*p->why =
			str_printf(p->mem, "files/%.2s/%.62s: %s", sha256_hex.at, sha256_hex.at + 2,
				   e == ERR_CORRUPT     ? "its bytes are not those of its name"
				   : e == ERR_NOT_FOUND ? "is missing"
							: "cannot be read");
		return e;
	}
	int n = snprintf(name, sizeof name, "files/%.2s/%.62s", sha256_hex.at, sha256_hex.at + 2);
	if ((e = archive_put_file(p->setup->to, (struct str){ name, (size_t)n }, fd, size, p->why)))
		return e;
	out->files++;
	out->bytes += size;
	if (p->setup->progress)
		p->setup->progress(p->setup->of, S("files"), out->files);
	return OK;
}

/* --- The moment --- */

static enum err greatest(struct tx *tx, int64_t *act, int64_t *leaf, int64_t *dossier)
{
	struct query q = db_query(tx, "SELECT COALESCE((SELECT MAX(id) FROM act), 0),"
				      " COALESCE((SELECT MAX(id) FROM log_leaf), 0),"
				      " COALESCE((SELECT MAX(id) FROM dossier), 0)");
	enum err e = db_one(&q);
	if (e)
		return e;
	*act = col_int(&q, 0);
	*leaf = col_int(&q, 1);
	*dossier = col_int(&q, 2);
	return OK;
}

/* The newest key that signs. */
static enum err find_vkey(struct tx *tx, struct arena *keep, struct str *out)
{
	struct query q = db_query(tx, "SELECT vkey FROM log_key WHERE retired_at IS NULL"
				      " ORDER BY id DESC LIMIT 1");
	enum err e = db_one(&q);
	if (!e)
		*out = str_dup(keep, col_str(&q, 0));
	return e;
}

enum err export_moment(struct tx *tx, struct arena *keep, struct export_moment *out)
{
	struct site site;
	struct log_head head;
	enum err e = site_load(tx, &site);
	if (e || (e = log_head(tx, &head)) ||
	    (e = greatest(tx, &out->act, &out->leaf, &out->dossier)) ||
	    (e = find_vkey(tx, keep, &out->vkey)))
		return e;
	out->size = (int64_t)head.size;
	out->root = head.root;
	out->site = str_dup(keep, site.name);
	out->origin = str_dup(keep, site.origin);
	out->demo = site.demo;
	return OK;
}

/* --- The first and the last entry --- */

static void put_schema(struct buf *b, struct arena *a)
{
	struct migrations all;
	migrations_embedded(a, &all);
	json_key(b, "schema");
	buf_putc(b, '[');
	for (size_t i = 0; i < all.n; i++) {
		json_comma(b);
		json_str(b, str_of(all.at[i].name));
	}
	buf_putc(b, ']');
}

enum err export_about(struct parts *p, const struct export_moment *m)
{
	const struct export_setup *s = p->setup;
	struct buf b = { .a = p->mem };
	buf_putc(&b, '{');
	json_key_str(&b, "format", S(EXPORT_FORMAT));
	json_key_str(&b, "use", export_use_word(s->use));
	json_key_str(&b, "program", s->program);
	json_key_str(&b, "made_at", instant_iso(p->mem, s->as.now));
	json_key_str(&b, "site", m->site);
	json_key_bool(&b, "demo", m->demo);
	json_key_int(&b, "act", m->act);
	json_key(&b, "log");
	buf_putc(&b, '{');
	json_key_str(&b, "origin", m->origin);
	json_key_int(&b, "size", m->size);
	json_key_str(&b, "root", hash_hex(p->mem, &m->root));
	json_key_str(&b, "checkpoint", s->checkpoint);
	json_key_str(&b, "vkey", m->vkey);
	buf_putc(&b, '}');
	if (s->use == EXPORT_COMPLETE)
		put_schema(&b, p->mem);
	buf_put(&b, S("}\n"));
	struct hash h;
	sha256(b.at, b.len, &h);
	json_key_str(&p->manifest, "about", hash_hex(p->mem, &h));
	json_key(&p->manifest, "relations");
	buf_putc(&p->manifest, '[');
	return archive_put(s->to, S("about.json"), buf_str(&b), p->why);
}

static enum err put_manifest(struct parts *p, struct export_result *out)
{
	struct buf *b = &p->manifest;
	buf_putc(b, ']');
	json_key(b, "files");
	buf_putc(b, '{');
	json_key_int(b, "count", out->files);
	json_key_int(b, "bytes", out->bytes);
	buf_put(b, S("}}\n"));
	sha256(b->at, b->len, &out->manifest);
	return archive_put(p->setup->to, S("manifest.json"), buf_str(b), p->why);
}

enum err export_site(const struct export_setup *setup, struct export_result *out, struct str *why)
{
	struct arena *piece = arena_new(0);
	struct export_moment m = { .act = 0 };
	struct parts p = { .setup = setup, .mem = setup->as.mem, .piece = piece, .why = why };
	p.manifest.a = p.mem;
	*out = (struct export_result){ .act = 0 };
	*why = S("");
	buf_putc(&p.manifest, '{');
	enum err e = setup->use == EXPORT_PUBLIC ? export_public_rows(&p, &m, out)
						 : export_complete_rows(&p, &m, out);
	if (!e)
		e = put_manifest(&p, out);
	else
		sha256_drop(&p.sum);
	out->act = m.act;
	out->rows = p.all;
	arena_free(piece);
	return e;
}
