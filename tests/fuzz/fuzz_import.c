/* A site from a stranger: whatever comes is refused, or becomes a site that verifies. The first
 * byte chooses: 't' is followed by a tar file; anything else by entries as text, each after a
 * line "==NAME", so that what lies behind sums and headers is reached. */
#include "base/archive.h"
#include "base/folder.h"
#include "base/tar.h"
#include "ledger/verify.h"
#include "office/import_site.h"
#include "store/migrate.h"
#include "web/module.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char home[] = "/tmp/dinh-fuzz-import-XXXXXX";
static struct arena *program;
static struct office office;
static const char *site;
static const struct relation *const *relations;

static void clean(void)
{
	folder_remove(home);
	arena_free(program);
}

static const char *path_in(struct arena *a, const char *name)
{
	return str_z(a, str_printf(a, "%s/%s", home, name));
}

static struct db *open_in(struct arena *a, const char *dir)
{
	struct db *db;
	struct str why;
	if (db_open(str_of(dir), DB_WRITE, &db, &why, a))
		abort();
	return db;
}

/* A migrated and empty database, once. */
static void make_model(void)
{
	struct migrations all;
	struct str why;
	if (program)
		return;
	program = arena_new(0);
	if (!mkdtemp(home) || mkdir(path_in(program, "model"), 0700))
		abort();
	atexit(clean);
	migrations_embedded(program, &all);
	struct db *db = open_in(program, path_in(program, "model"));
	if (migrate(db, &all, (struct instant){ 0 }, NULL, &why, program))
		abort();
	db_close(db);
	relations = every_relation(program);
	office.kinds = every_kind(program);
	site = path_in(program, "site");
	office.files = path_in(program, "site/files");
	if (law_builtin(program, &office.law, &why))
		abort();
	office.calendar = calendar_of_law(program, office.law);
}

static struct db *fresh(struct arena *a)
{
	struct stat st;
	folder_remove(site);
	if (mkdir(site, 0700))
		abort();
	AUTO_CLOSE int in = open(path_in(a, "model/dinh.db"), O_RDONLY);
	AUTO_CLOSE int out = open(path_in(a, "site/dinh.db"), O_WRONLY | O_CREAT, 0600);
	if (fstat(in, &st) || sendfile(out, in, NULL, (size_t)st.st_size) != st.st_size)
		abort();
	return open_in(a, site);
}

/* --- Entries as text --- */

static void put_entry(struct buf *tar, struct str name, struct str bytes)
{
	static const unsigned char zeros[TAR_BLOCK];
	unsigned char block[TAR_BLOCK];
	tar_header(name, (int64_t)bytes.len, 0600, 0, block);
	buf_put_bytes(tar, block, sizeof block);
	buf_put(tar, bytes);
	buf_put_bytes(tar, zeros, (size_t)tar_padding((int64_t)bytes.len));
}

static struct str packed(struct arena *a, struct str text)
{
	static const unsigned char zeros[2 * TAR_BLOCK];
	struct buf tar = { .a = a };
	struct str name = { NULL, 0 }, line;
	const char *begins = text.at;
	for (struct str rest = text; str_next(&rest, '\n', &line);) {
		bool head = str_starts(line, S("=="));
		if (!head && rest.at)
			continue;
		const char *ends = head ? line.at : text.at + text.len;
		if (name.at)
			put_entry(&tar, name, (struct str){ begins, (size_t)(ends - begins) });
		name = head ? str_from(line, 2) : (struct str){ NULL, 0 };
		begins = rest.at ? rest.at : text.at + text.len;
	}
	buf_put_bytes(&tar, zeros, sizeof zeros);
	return buf_str(&tar);
}

/* --- What must hold of what was taken --- */

static void verify(struct arena *a, struct db *db)
{
	struct verify_result r;
	struct log_report log = { .a = a };
	struct tx tx = { .mem = a, .office = &office };
	if (tx_begin(&tx, db, DB_READ))
		abort();
	/* Problems may be found, and are then told; what could not be examined may not be. */
	if (verify_office(&tx, NULL, &r) == ERR_IO || log_verify(&tx, S(""), &log) || log.count)
		abort();
	if (tx_end(&tx, OK))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct member system = { .system = true };
	struct arena *a = arena_new(0);
	struct str text = { (const char *)data, size }, why = S("");
	struct import_result result;
	struct rng rng;
	make_model();
	bool tar = size && data[0] == 't';
	struct str rest = str_from(text, size ? 1 : 0);
	struct archive_in *in = archive_of(a, tar ? rest : packed(a, rest));
	struct db *db = fresh(a);
	rng_seeded(&rng, 1);
	struct import_setup setup = {
		.db = db,
		.as = { .mem = a, .rng = &rng, .who = &system, .office = &office },
		.relations = relations,
		.from = in,
	};
	enum err e = import_site(&setup, &result, &why);
	if (e == ERR_IO || (e && !why.len))
		abort();
	if (!e)
		verify(a, db);
	archive_close(in);
	db_close(db);
	arena_free(a);
	return 0;
}
