/* What postgres.c, postgres_statement.c and postgres_search.c share. Nobody else includes this. */
#pragma once

#include "store/engine.h"
#include "store/migrate.h"
#include "store/search.h"

#include <libpq-fe.h>

struct postgres {
	struct db base;
	PGconn *handle;
	/* What the server knew goes with its session: statements are prepared again in the next. */
	int64_t session;
	int64_t names; /* statements named so far */
	int64_t changed;
	/* The failure after which the server refuses everything until a rollback. */
	enum err broke;
	bool at_commit; /* COMMIT was sent and not answered */
	char story[400];
};

static inline struct postgres *postgres(struct db *db)
{
	return (struct postgres *)db;
}

/* What a result means; a failure is kept as the story. Accepts NULL: no memory or no connection. */
enum err postgres_meaning(struct postgres *p, const PGresult *r);
/* Statements without parameters, results thrown away. */
enum err postgres_say(struct postgres *p, const char *sql);

extern const struct migration postgres_migrations[];

enum err postgres_prepare(struct db *db, const char *sql, struct statement **out);
void postgres_finalize(struct statement *s);
enum err postgres_bind(struct statement *s, int number, const struct db_value *v);
enum err postgres_step(struct statement *s, bool *row);
void postgres_reset(struct statement *s);
int postgres_columns(struct statement *s);
enum err postgres_column(struct statement *s, int i, struct db_value *out);
int64_t postgres_changes(struct db *db);
enum err postgres_announce(struct db *db);
enum err postgres_alone(struct db *db, bool *out);

struct str postgres_search_expression(struct arena *a, const struct search *s, bool in_title);
enum err postgres_search_put(struct tx *tx, int64_t id, struct str title, struct str body);
enum err postgres_search_remove(struct tx *tx, int64_t id);
