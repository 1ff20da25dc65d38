/* The schema, brought to where this program expects it. Migrations are SQL files that are never edited
 * after release; what has run is written in the table schema_migration. */
#pragma once

#include "store/db.h"

/* One schema file. In it $KEY, $BYTES and $TEXT stand for the engine's spelling of an integer key
 * that counts itself, of binary content, and of text compared byte by byte. */
struct migration {
	const char *name; /* "office/0001-units": room and file, unique, never changed */
	struct str sql;
};

struct migrations {
	struct migration *at;
	size_t n;
};

/* All schema files inside the binary (ROOM/schema/NNNN-name.sql in the `embeds` of meson.build), in
 * the order of the rooms: store, ledger, office, then the modules by name. */
void migrations_embedded(struct arena *a, struct migrations *out);

/* Has any migration ever run on this database? A sentence in `why` when it does not answer. */
MUST_USE enum err migrate_began(struct db *db, bool *out, struct str *why, struct arena *a);

/* Runs what has not run yet, each in a transaction of its own, then what the engine itself needs. An
 * existing database is first copied to BACKUPS/dinh-YYYYMMDD-HHMMSS.db (a folder, made if needed;
 * NULL: no copy). Nothing is run or copied when nothing is missing. Refuses with a sentence in `why`:
 *   ERR_CONFLICT  the database has migrations this program does not know: it is newer
 *   ERR_CORRUPT   a migration that has run reads differently now
 * ERR_IO, ERR_BUSY, ERR_CORRUPT also from the database; migrations before the failing one stay. */
MUST_USE enum err migrate(struct db *db, const struct migrations *list, struct instant now,
			  const char *backups, struct str *why, struct arena *a);

/* What ran on it, by name, but for the engine's own: the same on both, or a sentence that says what is
 * not. */
MUST_USE enum err migrate_same(struct tx *a, struct tx *b, bool *same, struct str *why);
