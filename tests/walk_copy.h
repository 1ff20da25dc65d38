/* Copies of a data directory, and what is in one: whether two hold the same, to the last byte of every
 * table, and whether everything that can be verified in it verifies. */
#pragma once

#include "tests/walk.h"

/* Copies the database (closed, so in one file) and the files of the log into the folder `to`, and
 * removes what else lies there. */
void copy_site(const char *from, const char *to);

/* Every row of every table. The connection is opened and closed. */
struct hash copy_digest(const char *dir);
/* Fails the test unless both hold the same rows, and names the first table that differs. Passed over
 * is what no export carries and what depends on the order of writing: sessions, when the schema was
 * made, the inside of the full-text index, counts that came to nothing. */
void copy_same(const char *dir, const char *other);
/* Gives queued leaves their indexes, signs, and fails the test unless the database is undamaged and
 * `dinh verify` would find nothing: the log, and the fold of every dossier. */
void copy_verify(const struct walk_site *s, const char *dir, struct instant now);
