/* The real program as its users meet it: commands and what they say, a served site and what it answers.
 * $DINH names the program; without it a test is skipped. On PostgreSQL a command that names a `--data DIR`
 * is told by the environment where the database of that directory is (test_database). */
#pragma once

#include "tests/http_client.h"
#include "tests/test.h"

#include <sys/types.h>

struct ran {
	int code;
	struct str out; /* both outputs */
};

/* Text in the test's arena, NUL-terminated. */
struct str z(const char *format, ...) PRINTF(1, 2);
const char *program(void);
struct ran shell(struct str command);
/* "DINH_DB='...' " for a command with these arguments, to stand before it in a shell; "" where there is nothing
 * to be told. */
struct str program_told(struct str arguments);
struct ran dinh(struct str arguments);
/* Fails the test with what was said unless it ends with 0. */
void must(struct str arguments);
/* Writes a file of the test's. */
void must_write(const char *path, struct str text);

/* A backup into a new folder, with the database where that is backed up by other tools; and that database
 * put back into the site. */
void site_backup(const char *dir, const char *copy);
void site_put_back(const char *copy, const char *dir);

struct served {
	pid_t *live; /* 0 once it has ended */
	int port;
	struct str log; /* the file of what it said */
};

/* Starts `dinh ARGUMENTS` and waits until it has said where it is served; "--listen 127.0.0.1:0" lets the
 * system choose. Whatever a failed test leaves running is ended. */
struct served served_start(struct str arguments);
/* `dinh serve` of a data directory. */
struct served serve(const char *dir);
/* Another server of the same site, whose folder is new; only on PostgreSQL. */
struct served serve_also(const char *dir);
struct str said(const struct served *s);
int stop(struct served *s); /* by SIGTERM; its exit code, -1 for a crash */
void served_kill(struct served *s);
/* Kills the process `of` (a pid_t) unless it is 0: for arena_defer. */
void served_end(void *of);
struct http_reply get(const struct served *s, const char *path);
/* The second line of the checkpoint; -1 when there is none. */
int64_t published_size(const struct served *s);
