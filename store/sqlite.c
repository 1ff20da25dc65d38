/* SQLite behind the seam. The file DIR/dinh.db in WAL mode with full fsync: a transaction that
 * committed is on disk, readers never wait for the writer, and one writer at a time is all there is.
 *
 * The settings distrust the file: it may come from a backup, a mail or a failing disk. Cell sizes are
 * checked, the schema may call nothing that has effects, and no statement may reach SQLite's inside. */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Sized for 64 MB resident on a commune's machine: a reader per core and one writer. What does not
 * fit is in the system's page cache, one pread away. Mapped pages count as resident, so the map is
 * small too: it covers the whole of a small site. */
#define READER_SETTINGS "PRAGMA query_only = ON; PRAGMA cache_size = -4096;"
#define WRITER_SETTINGS                                         \
	"PRAGMA synchronous = FULL; PRAGMA cache_size = -8192;" \
	"PRAGMA journal_size_limit = 16777216;"
#define COMMON_SETTINGS                                                                       \
	"PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;" \
	"PRAGMA mmap_size = 8388608;"

enum { BUSY_MS = 5000 };

/* What every transaction says, prepared when first said. */
enum saying { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, UNDO, SAYINGS };

static const char *const sayings[SAYINGS] = {
	[BEGIN_READ] = "BEGIN",   [BEGIN_WRITE] = "BEGIN IMMEDIATE", [COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",  [SAVEPOINT] = "SAVEPOINT s",       [RELEASE] = "RELEASE s",
	[UNDO] = "ROLLBACK TO s",
};

struct connection {
	struct db base;
	sqlite3 *handle;
	sqlite3_stmt *said[SAYINGS];
	char story[200]; /* of a failure SQLite does not know about */
};

struct prepared {
	struct statement base;
	sqlite3_stmt *stmt;
	unsigned char index[DB_PARAMETERS]; /* where SQLite has put $1, $2, ...; 0 nowhere */
};

static struct connection *connection(struct db *db)
{
	return (struct connection *)db;
}

static struct prepared *prepared(struct statement *s)
{
	return (struct prepared *)s;
}

static enum err meaning(int code)
{
	switch (code & 0xFF) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
		return ERR_BUSY;
	case SQLITE_CONSTRAINT:
		return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
				       code == SQLITE_CONSTRAINT_ROWID
			       ? ERR_CONFLICT
			       : ERR_INVALID;
	case SQLITE_TOOBIG:
		return ERR_INVALID;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_ERROR: /* SQL that does not fit the schema */
	case SQLITE_SCHEMA:
	case SQLITE_MISMATCH:
		return ERR_CORRUPT;
	default:
		return ERR_IO;
	}
}

static enum err run(struct db *db, const char *sql)
{
	connection(db)->story[0] = '\0';
	return meaning(sqlite3_exec(connection(db)->handle, sql, NULL, NULL, NULL));
}

static enum err say(struct db *db, enum saying what)
{
	struct connection *c = connection(db);
	sqlite3_stmt **said = &c->said[what];
	int code = SQLITE_OK;

	c->story[0] = '\0';
	if (!*said)
		code = sqlite3_prepare_v3(c->handle, sayings[what], -1, SQLITE_PREPARE_PERSISTENT,
					  said, NULL);
	if (code == SQLITE_OK) {
		code = sqlite3_step(*said);
		sqlite3_reset(*said);
	}
	return meaning(code);
}

static const char *connection_message(struct db *db)
{
	struct connection *c = connection(db);

	return c->story[0] ? c->story : sqlite3_errmsg(c->handle);
}

/* ---- opening */

static pthread_once_t configured = PTHREAD_ONCE_INIT;

/* What a savepoint may have to put back is kept in memory up to this many bytes. SQLite's own 64 KB is
 * less than one step changes: each step of a batch wrote its old pages into a file, for nothing. It is
 * the most there can be: SQLite 3.40 writes what it spills in one piece, and a piece of 128 KB or more
 * it takes for a full disk (seekAndWriteFd in os_unix.c keeps 17 bits of the length). */
enum { SAVEPOINT_BYTES = (128 << 10) - 1 };

/* Each connection belongs to one thread at a time, and nobody asks for the statistics. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, SAVEPOINT_BYTES);
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static void connection_close(struct db *db)
{
	for (int i = 0; i < SAYINGS; i++)
		sqlite3_finalize(connection(db)->said[i]);
	sqlite3_close_v2(connection(db)->handle);
	free(db);
}

static int is_wal(void *yes, int n, char **values, char **names)
{
	(void)names;
	*(bool *)yes = n == 1 && values[0] && strcmp(values[0], "wal") == 0;
	return 0;
}

static enum err settle(struct connection *c, enum db_mode mode)
{
	static const struct {
		int what, value;
	} switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
	};

	sqlite3_extended_result_codes(c->handle, 1);
	sqlite3_busy_timeout(c->handle, BUSY_MS);
	for (size_t i = 0; i < LENGTH(switches); i++)
		sqlite3_db_config(c->handle, switches[i].what, switches[i].value, NULL);
	enum err e = run(&c->base, COMMON_SETTINGS);
	if (e || mode == DB_READ)
		return e ? e : run(&c->base, READER_SETTINGS);
	/* Where it cannot have its log, SQLite goes on without one, and readers would block. */
	bool wal = false;
	e = meaning(sqlite3_exec(c->handle, "PRAGMA journal_mode = WAL", is_wal, &wal, NULL));
	if (!e && !wal) {
		snprintf(c->story, sizeof c->story,
			 "no write-ahead log here: put the data on a local disk");
		return ERR_IO;
	}
	return e ? e : run(&c->base, WRITER_SETTINGS);
}

static enum err connection_open(struct str where, enum db_mode mode, struct db **out,
				struct str *why, struct arena *a)
{
	const char *path = str_z(a, str_printf(a, "%.*s/dinh.db", STR_ARG(where)));
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	struct connection *c = calloc(1, sizeof *c);

	if (!c)
		abort();
	pthread_once(&configured, configure);
	c->base.engine = &sqlite_engine;
	c->base.mode = mode;
	if (mode == DB_WRITE)
		flags |= SQLITE_OPEN_CREATE;
	bool made = mode == DB_WRITE && access(path, F_OK) != 0;
	enum err e = meaning(sqlite3_open_v2(path, &c->handle, flags, NULL));
	/* While it is empty: its write-ahead log will take its rights from it. */
	if (!e && made && chmod(path, 0600) != 0) {
		snprintf(c->story, sizeof c->story, "%s", strerror(errno));
		e = ERR_IO;
	}
	if (!e)
		e = settle(c, mode);
	if (e) {
		*why = str_printf(a, "%s: %s", path, connection_message(&c->base));
		connection_close(&c->base);
		return e;
	}
	*out = &c->base;
	return OK;
}

/* ---- transactions */

static enum err begin(struct db *db, enum db_mode mode)
{
	/* A writer takes the lock at once: waiting is possible only before it has read anything. */
	return say(db, mode == DB_WRITE ? BEGIN_WRITE : BEGIN_READ);
}

static enum err commit(struct db *db)
{
	return say(db, COMMIT);
}

static bool stands(struct db *db)
{
	return !sqlite3_get_autocommit(connection(db)->handle);
}

static void rollback(struct db *db)
{
	char story[sizeof connection(db)->story];

	/* The story of what led here must survive the rollback. */
	snprintf(story, sizeof story, "%s", connection_message(db));
	if (stands(db))
		(void)say(db, ROLLBACK);
	memcpy(connection(db)->story, story, sizeof story);
}

static enum err savepoint(struct db *db)
{
	return say(db, SAVEPOINT);
}

static enum err savepoint_keep(struct db *db)
{
	return say(db, RELEASE);
}

static enum err savepoint_undo(struct db *db)
{
	enum err e = say(db, UNDO);

	return e ? e : say(db, RELEASE);
}

/* Makes the name of a new file durable. */
static enum err sync_folder(const char *path)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');
	int n = slash ? (int)(slash - path) : 1;

	if (snprintf(folder, sizeof folder, "%.*s", n, slash ? path : ".") >= (int)sizeof folder)
		return ERR_IO;
	AUTO_CLOSE int fd = open(folder[0] ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 || fsync(fd) != 0 ? ERR_IO : OK;
}

static enum err copy_into(struct connection *c, sqlite3 *copy)
{
	sqlite3_backup *b = sqlite3_backup_init(copy, "main", c->handle, "main");
	int code = SQLITE_ERROR;

	if (b) {
		/* One step under one read transaction: the copy is of one instant. */
		code = sqlite3_backup_step(b, -1);
		int end = sqlite3_backup_finish(b);
		code = code == SQLITE_DONE ? end : code;
	}
	/* A copy is one file: it does not wait for a write-ahead log of its own. */
	if (!code)
		code = sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	if (code)
		snprintf(c->story, sizeof c->story, "%s", sqlite3_errmsg(copy));
	return code == SQLITE_ERROR ? ERR_IO : meaning(code);
}

static enum err backup(struct db *db, const char *to)
{
	struct connection *c = connection(db);
	int fd = open(to, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	sqlite3 *copy = NULL;

	c->story[0] = '\0';
	if (fd < 0) {
		snprintf(c->story, sizeof c->story, "%s", strerror(errno));
		return errno == EEXIST ? ERR_CONFLICT : ERR_IO;
	}
	close(fd);
	enum err e = meaning(sqlite3_open_v2(
		to, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
		NULL));
	if (!e)
		e = meaning(sqlite3_exec(copy, "PRAGMA synchronous = FULL", NULL, NULL, NULL));
	if (e)
		snprintf(c->story, sizeof c->story, "%s", sqlite3_errmsg(copy));
	else
		e = copy_into(c, copy);
	sqlite3_close_v2(copy);
	if (!e && sync_folder(to)) {
		e = ERR_IO;
		snprintf(c->story, sizeof c->story, "%s", strerror(errno));
	}
	if (e)
		unlink(to);
	return e;
}

static int64_t file_size(const char *path)
{
	struct stat st;
	return path && stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

static enum err size(struct db *db, struct db_size *out)
{
	const char *path = sqlite3_db_filename(connection(db)->handle, "main");
	*out = (struct db_size){ file_size(path),
				 path ? file_size(sqlite3_filename_wal(path)) : 0 };
	return OK;
}

/* ---- statements */

static void statement_finalize(struct statement *s)
{
	sqlite3_finalize(prepared(s)->stmt);
	free(s);
}

/* SQLite numbers `$2, $1` by first appearance; callers bind by name. */
static bool find_parameters(struct prepared *p)
{
	int n = sqlite3_bind_parameter_count(p->stmt);

	for (int i = 1; i <= n; i++) {
		const char *name = sqlite3_bind_parameter_name(p->stmt, i);
		int64_t number = 0;
		if (!name || name[0] != '$' || !str_int(str_of(name + 1), &number) || number < 1 ||
		    number > DB_PARAMETERS)
			return false;
		p->index[number - 1] = (unsigned char)i;
		if (number > p->base.parameters)
			p->base.parameters = (int)number;
	}
	return true;
}

static enum err statement_prepare(struct db *db, const char *sql, struct statement **out)
{
	struct connection *c = connection(db);
	struct prepared *p = calloc(1, sizeof *p);
	const char *rest = "";

	if (!p)
		abort();
	c->story[0] = '\0';
	enum err e = meaning(
		sqlite3_prepare_v3(c->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &p->stmt, &rest));
	if (!e && (!p->stmt || rest[strspn(rest, " \t\n")] || !find_parameters(p))) {
		snprintf(c->story, sizeof c->story,
			 "one statement with parameters $1..$%d is wanted", DB_PARAMETERS);
		e = ERR_CORRUPT;
	}
	if (e) {
		statement_finalize(&p->base);
		return e;
	}
	*out = &p->base;
	return OK;
}

static enum err statement_bind(struct statement *s, int number, const struct db_value *v)
{
	sqlite3_stmt *stmt = prepared(s)->stmt;
	int i = prepared(s)->index[number - 1];

	if (!i)
		return OK; /* a number the text leaves out */
	switch (v->type) {
	case DB_NULL:
		return meaning(sqlite3_bind_null(stmt, i));
	case DB_INT:
		return meaning(sqlite3_bind_int64(stmt, i, v->n));
	case DB_TEXT:
		return meaning(
			sqlite3_bind_text64(stmt, i, v->at, v->len, SQLITE_STATIC, SQLITE_UTF8));
	case DB_BYTES:
		return meaning(sqlite3_bind_blob64(stmt, i, v->at, v->len, SQLITE_STATIC));
	}
	return ERR_CORRUPT;
}

static enum err statement_step(struct statement *s, bool *row)
{
	sqlite3_stmt *stmt = prepared(s)->stmt;
	int code = sqlite3_step(stmt);

	*row = code == SQLITE_ROW;
	return meaning(code);
}

static void statement_reset(struct statement *s)
{
	sqlite3_reset(prepared(s)->stmt);
	sqlite3_clear_bindings(prepared(s)->stmt);
}

static int statement_columns(struct statement *s)
{
	return sqlite3_column_count(prepared(s)->stmt);
}

static enum err statement_column(struct statement *s, int i, struct db_value *out)
{
	sqlite3_stmt *stmt = prepared(s)->stmt;
	struct db_value v = { .at = "" };
	const void *at;

	switch (sqlite3_column_type(stmt, i)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		v.type = DB_INT;
		v.n = sqlite3_column_int64(stmt, i);
		break;
	case SQLITE_TEXT:
		v.type = DB_TEXT;
		at = sqlite3_column_text(stmt, i);
		v.at = at ? at : "";
		v.len = (size_t)sqlite3_column_bytes(stmt, i);
		break;
	case SQLITE_BLOB:
		v.type = DB_BYTES;
		at = sqlite3_column_blob(stmt, i);
		v.at = at ? at : "";
		v.len = (size_t)sqlite3_column_bytes(stmt, i);
		break;
	default:
		return ERR_CORRUPT;
	}
	*out = v;
	return OK;
}

static int64_t changes(struct db *db)
{
	return sqlite3_changes64(connection(db)->handle);
}

const struct engine sqlite_engine = {
	.name = "sqlite",
	.key = "INTEGER PRIMARY KEY",
	.bytes = "BLOB",
	.text = "TEXT",
	.migrated = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'schema_migration')",
	.catalogue =
		"SELECT m.name, c.name, c.type, c.pk FROM sqlite_master AS m,"
		" pragma_table_info(m.name) AS c WHERE m.type = 'table' ORDER BY m.name, c.cid",
	.search_texts = "SELECT id, title, body FROM search_text",
	.migrations = sqlite_migrations,
	.open = connection_open,
	.close = connection_close,
	.message = connection_message,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.savepoint = savepoint,
	.savepoint_keep = savepoint_keep,
	.savepoint_undo = savepoint_undo,
	.stands = stands,
	.script = run,
	.backup = backup,
	.size = size,
	.prepare = statement_prepare,
	.finalize = statement_finalize,
	.bind = statement_bind,
	.step = statement_step,
	.reset = statement_reset,
	.columns = statement_columns,
	.column = statement_column,
	.changes = changes,
	.search_spelling = SEARCH_SQLITE,
	.search_expression = sqlite_search_expression,
	.search_has = sqlite_search_has,
	.search_put = sqlite_search_put,
	.search_remove = sqlite_search_remove,
};
