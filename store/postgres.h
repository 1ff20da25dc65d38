/* What postgres.c, postgres_statement.c and postgres_search.c share. Nobody else includes this. */
#pragma once

#include "store/engine.h"
#include "store/migrate.h"
#include "store/search.h"

#include <libpq-fe.h>

/* What is due: said in the same round trip as the next statement, before it. */
enum { POSTGRES_DUE = 16, POSTGRES_DUE_LENGTH = 200 };

struct postgres {
	struct db base;
	PGconn *handle;
	/* What the server knew goes with its session: statements are prepared again in the next. */
	int64_t session;
	int64_t names; /* statements named so far */
	int64_t changed;
	/* The failure after which everything is refused until a rollback. */
	enum err broke;
	bool begun;   /* a transaction, if only among what is due */
	bool wrote;   /* something in it */
	bool settled; /* the session has its settings */
	bool worn;    /* the session is not to be used for another transaction */
	bool unread;  /* the end of a reader's transaction, for whose answer nobody waits */
	char due[POSTGRES_DUE][POSTGRES_DUE_LENGTH];
	int due_n;
	/* See postgres_mark.c. */
	int64_t pid;     /* of the server's process; 0: not asked */
	bool can_mark;   /* the table is there */
	char writer[40]; /* whose marks they are */
	int64_t mark;    /* the last */
	int64_t tidied;  /* the session in which old ones were removed */
	bool unsafe;     /* the server gave up waiting for its replicas */
	char story[400];
};

static inline struct postgres *postgres(struct db *db)
{
	return (struct postgres *)db;
}

/* One round trip: what is due, then what is sent, then the wait for all of it. What follows a failure
 * is not done by the server. */
struct turn {
	struct postgres *p;
	int sent;         /* statements, with those that were due */
	int wanted;       /* whose result is kept; as sent, -1: none */
	int failed;       /* the first that did */
	bool settings;    /* went ahead of it */
	bool stuck;       /* something could not be sent */
	bool lost;        /* the connection, before all answers were there */
	bool stale;       /* what failed must be prepared again */
	PGresult *result; /* the caller clears it */
};

void turn_begin(struct turn *t, struct postgres *p);
void turn_say(struct turn *t, const char *sql);
void turn_ask(struct turn *t, const char *sql); /* the same; its result is kept, as text */
void turn_sent(struct turn *t, int ok);         /* of a PQsend function */
void turn_wanted(struct turn *t, int ok);       /* the same; its result is kept */
enum err turn_end(struct turn *t);
/* Two statements without parameters, results thrown away. */
enum err postgres_say(struct postgres *p, const char *first, const char *second);
/* The same, to go back to a savepoint. */
enum err postgres_undo(struct postgres *p, const char *back, const char *release);
void postgres_due(struct postgres *p, const char *sql);
bool postgres_undue(struct postgres *p,
		    const char *sql); /* was it due, and the last? Then it is no more */
/* Sends it without waiting. */
void postgres_leave(struct postgres *p, const char *sql);
void postgres_drain(struct postgres *p);

/* What a result means; a failure is kept as the story. Accepts NULL: no memory or no connection. */
enum err postgres_meaning(struct postgres *p, const PGresult *r);
void postgres_tell(struct postgres *p, const char *what);
bool postgres_lives(const struct postgres *p);

/* In place of a session that is gone or worn. */
enum err postgres_reconnect(struct postgres *p);
/* Has this reader asked nothing yet? */
bool postgres_is_due_to_begin(const struct postgres *p);
/* Begins again what was lost before anything was done in it. */
enum err postgres_begin_again(struct postgres *p);
/* BEGIN and the lock of a writer, and with them what must be known of a session once. */
enum err postgres_begin_write(struct postgres *p);
/* Into the turn that commits. */
void postgres_put_mark(struct turn *t);
/* Was the commit without an answer kept? OK, ERR_BUSY: no, ERR_IO: nobody could be asked. */
enum err postgres_find_out(struct postgres *p);

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
bool postgres_there(struct db *db);

struct str postgres_search_expression(struct arena *a, const struct search *s, bool in_title);
enum err postgres_search_seldom(struct tx *tx, struct str expression, bool *out);
enum err postgres_search_has(struct tx *tx, const struct search *s, bool *out);
enum err postgres_search_put(struct tx *tx, int64_t id, struct str title, struct str body);
enum err postgres_search_remove(struct tx *tx, int64_t id);
