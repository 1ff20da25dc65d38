/* Exports and imports of a site on which every step of every kind of every module has been taken
 * (tests/walk.h): what comes back is the same to the last row, so a new kind moves without a
 * line of test code; and nothing of a public export is anybody's secret. */
#include "tests/walk_copy.h"

#include "base/encode.h"
#include "base/folder.h"
#include "ledger/log.h"
#include "office/export.h"
#include "office/gate.h"
#include "office/import_site.h"
#include "store/migrate.h"
#include "web/module.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str path_in(const char *dir, const char *name)
{
	struct arena *a = test_arena();
	return str_of(str_z(a, str_printf(a, "%s/%s", dir, name)));
}

/* --- Out and in --- */

struct out {
	enum export_use use;
	struct instant now;
	void (*progress)(void *of, struct str relation, int64_t rows);
	void *of;
};

static enum err export_to(const struct walk_site *s, const struct out *o, struct str to,
			  struct str *why)
{
	struct arena *a = test_arena();
	struct archive_out *archive;
	struct export_result result;
	struct rng rng;
	struct db *db = test_open(s->dir, DB_READ);
	rng_seeded(&rng, 1);
	CHECK_INT(archive_create(a, to, false, 0, &archive, why), OK);
	struct export_setup setup = {
		.db = db,
		.as = { .mem = a, .now = o->now, .rng = &rng, .office = &s->office },
		.use = o->use,
		.relations = every_relation(a),
		.to = archive,
		.program = S("test"),
		.checkpoint = S(""),
		.progress = o->progress,
		.of = o->of,
	};
	enum err e = export_site(&setup, &result, why);
	if (!e)
		e = archive_finish(archive, why);
	archive_free(archive);
	db_close(db);
	return e;
}

static void import_from(const struct walk_site *s, struct instant now, struct str from,
			const char *dir)
{
	static const struct member system = { .system = true };
	struct arena *a = test_arena();
	struct office office = s->office;
	struct migrations all;
	struct archive_in *in;
	struct import_result result;
	struct str why = S("");
	struct rng rng;
	struct db *db = test_open(dir, DB_WRITE);
	office.files = dir;
	rng_seeded(&rng, 2);
	migrations_embedded(a, &all);
	if (migrate(db, &all, now, NULL, &why, a) || archive_open(a, from, &in, &why))
		FAIL("%.*s", STR_ARG(why));
	struct import_setup setup = {
		.db = db,
		.as = { .mem = a, .now = now, .rng = &rng, .who = &system, .office = &office },
		.relations = every_relation(a),
		.from = in,
	};
	if (import_site(&setup, &result, &why))
		FAIL("%.*s", STR_ARG(why));
	archive_close(in);
	db_close(db);
}

static void there_and_back(const struct walk_site *s, struct instant now)
{
	struct str why = S(""), folder = path_in(test_dir(), "out");
	const char *dir = test_dir();
	if (export_to(s, &(struct out){ .use = EXPORT_COMPLETE, .now = now }, folder, &why))
		FAIL("%.*s", STR_ARG(why));
	import_from(s, now, folder, dir);
	copy_same(s->dir, dir);
	folder_remove(folder.at);
	folder_remove(dir);
}

/* --- The walk --- */

struct walked {
	int acts;
	struct instant last;
};

static void visit(struct walk_site *s, const struct walk_act *act, void *what)
{
	struct walked *w = what;
	if (++w->acts % 16 == 0)
		there_and_back(s, act->now);
	w->last = act->now;
}

/* Codes that set a password: of nobody, as on a site without an administrator, and of somebody. */
static void put_codes(const struct walk_site *s)
{
	struct db *db = test_open(s->dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	const int64_t of[] = { 0, s->person[AT_COMMUNE][0] };
	for (size_t i = 0; i < LENGTH(of); i++) {
		struct hash hash = { { (uint8_t)i } };
		struct query q = db_query(
			&tx,
			"INSERT INTO one_time_code (hash, purpose, person, made_at, expires_at,"
			" used) VALUES ($1, 'password', NULLIF($2, 0), 1, 2, 0)");
		BIND(&q, hash, of[i]);
		CHECK_INT(db_exec(&q), OK);
	}
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
}

static struct instant walk(struct walk_site *s)
{
	struct walked w = { 0 };
	walk_site_make(s);
	put_codes(s);
	walk_all(s, visit, &w);
	CHECK(w.acts > 20);
	return w.last;
}

/* Everything the export holds, as one text. */
static struct str text_of(struct str folder)
{
	struct buf b = { .a = test_arena() };
	struct archive_in *in;
	struct archive_entry entry;
	struct str why = S("");
	size_t got;
	CHECK_INT(archive_open(test_arena(), folder, &in, &why), OK);
	while (!archive_next(in, &entry, &why))
		do {
			CHECK_INT(archive_read(in, buf_reserve(&b, 65536), 65536, &got, &why), OK);
			b.len += got;
		} while (got);
	archive_close(in);
	return buf_str(&b);
}

static void never(struct str text, struct bytes secret, const char *what, int64_t act)
{
	struct str base64 = base64_encode(test_arena(), secret.at, secret.len);
	if (secret.len &&
	    (str_has(text, base64) || str_has(text, (struct str){ secret.at, secret.len })))
		FAIL("%s of act %lld is in the public export", what, (long long)act);
}

static int look_at_act(struct tx *tx, struct str text, int64_t act, int64_t dossier)
{
	struct dossier *d;
	struct content c;
	CHECK_INT(content_load_whole(tx, act, &c), OK);
	CHECK_INT(dossier_load(tx, dossier, &d), OK);
	never(text, c.sealed_salt, "the secret salt", act);
	never(text, c.sealed_bytes, "the sealed content", act);
	bool open = !d->kind->is_private && gate_may_see_content(tx, d);
	if (!open || c.redacted_by)
		never(text, c.public_salt, "the salt", act);
	if (c.redacted_by)
		never(text, c.public_bytes, "what was redacted", act);
	if (!gate_may_read(tx, d) &&
	    str_has(text, str_printf(test_arena(), "\"code\":\"%.*s\"", STR_ARG(d->code))))
		FAIL("%.*s is in the public export", STR_ARG(d->code));
	return !open;
}

static void look_for_secrets(const struct walk_site *s, struct instant now, struct str text)
{
	struct db *db = test_open(s->dir, DB_READ);
	struct tx tx = { .mem = test_arena(), .now = now, .office = &s->office };
	int64_t ids[5000][2];
	int n = 0, closed = 0;
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = db_query(&tx, "SELECT id, dossier FROM act ORDER BY id LIMIT 5000");
	for (; n < 5000 && db_next(&q); n++) {
		ids[n][0] = col_int(&q, 0);
		ids[n][1] = col_int(&q, 1);
	}
	db_end(&q);
	for (int i = 0; i < n; i++)
		closed += look_at_act(&tx, text, ids[i][0], ids[i][1]);
	CHECK(closed > 0);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
}

/* --- While it is written --- */

static void erase_meanwhile(void *of, struct str relation, int64_t rows)
{
	const char **dir = of;
	(void)rows;
	if (!*dir || !str_eq(relation, S("act")))
		return;
	struct db *db = test_open(*dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query q = db_query(&tx, "UPDATE content SET public_bytes = NULL, public_salt = NULL,"
				       " sealed_bytes = NULL, sealed_salt = NULL, erased_by ="
				       " (SELECT MAX(id) + 1 FROM act) WHERE act ="
				       " (SELECT MIN(act) FROM content)");
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	*dir = NULL;
}

/* What was is no more: whoever exports begins again, and finds the erasure as an act. */
static void begins_again(const struct walk_site *s, struct instant now)
{
	const char *dir = s->dir, *work = test_dir();
	struct str why = S("");
	struct out o = {
		.use = EXPORT_COMPLETE, .now = now, .progress = erase_meanwhile, .of = &dir
	};
	CHECK_INT(export_to(s, &o, path_in(work, "x.tar"), &why), ERR_BUSY);
	CHECK(!dir);
	CHECK(str_has(why, S("begin again")));
	CHECK_INT(access(path_in(work, "x.tar").at, F_OK), -1);
	CHECK_INT(access(path_in(work, "x.tar.part").at, F_OK), -1);
}

TEST(every_step_of_every_kind_is_carried_to_the_last_row_and_nothing_secret_is_published)
{
	struct walk_site s;
	struct str why = S(""), folder = path_in(test_dir(), "public");
	struct instant now = walk(&s);
	there_and_back(&s, now);
	if (export_to(&s, &(struct out){ .use = EXPORT_PUBLIC, .now = now }, folder, &why))
		FAIL("%.*s", STR_ARG(why));
	struct str text = text_of(folder);
	CHECK(text.len > 10000);
	CHECK(str_has(text, S("\"hidden\":true")));
	CHECK(str_has(text, S("\"redacted_by\":")));
	look_for_secrets(&s, now, text);
	begins_again(&s, now);
}
