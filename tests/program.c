#include "tests/program.h"

#include "tests/test_db.h"
#include "tests/test_schema.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct str z(const char *format, ...)
{
	char text[2048];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return str_of(str_z(test_arena(), str_of(text)));
}

struct ran shell(struct str command)
{
	struct buf b = { .a = test_arena() };
	size_t n;
	FILE *out = popen(str_z(test_arena(), command), "r");

	CHECK(out);
	while ((n = fread(buf_reserve(&b, 4096), 1, 4096, out)) > 0)
		b.len += n;
	int status = pclose(out);
	return (struct ran){ WIFEXITED(status) ? WEXITSTATUS(status) : -1, buf_str(&b) };
}

const char *program(void)
{
	const char *dinh = getenv("DINH");

	if (!dinh)
		SKIP("DINH does not name the program");
	return dinh;
}

/* The word behind the first `--data`, without its quotes. */
static struct str data_of(struct str arguments)
{
	static const char option[] = "--data ";
	const char *at = memmem(arguments.at, arguments.len, option, strlen(option));
	struct str rest =
		at ? str_of(str_z(test_arena(),
				  (struct str){ at, arguments.len - (size_t)(at - arguments.at) }))
		   : S("");
	struct str dir;

	rest = str_from(rest, rest.len ? strlen(option) : 0);
	bool quoted = str_starts(rest, S("'"));
	rest = str_from(rest, quoted);
	return str_next(&rest, quoted ? '\'' : ' ', &dir) ? dir : S("");
}

struct str program_told(struct str arguments)
{
	struct str dir = data_of(arguments);

	if (!test_on_postgres() || !dir.len || str_starts(arguments, S("witness")) ||
	    str_has(arguments, S("--db ")))
		return S("");
	return z("DINH_DB='%s' ", test_schema(str_z(test_arena(), dir))->url);
}

struct ran dinh(struct str arguments)
{
	struct str told = program_told(arguments);

	return shell(z("%.*s'%s' %.*s 2>&1", STR_ARG(told), program(), STR_ARG(arguments)));
}

void must(struct str arguments)
{
	struct ran r = dinh(arguments);

	if (r.code)
		FAIL("dinh %.*s: exit %d: %.*s", STR_ARG(arguments), r.code, STR_ARG(r.out));
}

void site_backup(const char *dir, const char *copy)
{
	must(z("backup --data '%s' --to '%s'", dir, copy));
	if (test_on_postgres())
		schema_copy(test_schema(dir), test_schema(copy));
}

void site_put_back(const char *copy, const char *dir)
{
	if (test_on_postgres())
		schema_copy(test_schema(copy), test_schema(dir));
	else
		CHECK_INT(shell(z("rm -f '%s'/dinh.db* && cp '%s/dinh.db' '%s'", dir, copy, dir))
				  .code,
			  0);
}

void must_write(const char *path, struct str text)
{
	FILE *f = fopen(path, "w");

	CHECK(f && fwrite(text.at, 1, text.len, f) == text.len && fclose(f) == 0);
}

/* --- Serving --- */

struct str said(const struct served *s)
{
	return shell(z("cat '%.*s'", STR_ARG(s->log))).out;
}

void served_end(void *of)
{
	pid_t *live = of;

	if (!*live)
		return;
	kill(*live, SIGKILL);
	waitpid(*live, NULL, 0);
	*live = 0;
}

static bool has_ended(const struct served *s)
{
	siginfo_t is = { .si_pid = 0 };

	return waitid(P_PID, (id_t)*s->live, &is, WEXITED | WNOHANG | WNOWAIT) == 0 && is.si_pid;
}

struct served served_start(struct str arguments)
{
	struct served s = { .log = z("%s/said", test_dir()), .live = NEW(test_arena(), pid_t) };
	static const char ready[] = " tại http://127.0.0.1:"; /* others may be spoken of before */
	struct str told = program_told(arguments);
	struct str command = z("%.*sexec '%s' %.*s", STR_ARG(told), program(), STR_ARG(arguments));

	*s.live = fork();
	CHECK(*s.live >= 0);
	if (!*s.live) {
		if (!freopen(s.log.at, "w", stdout) || dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
			_exit(99);
		execl("/bin/sh", "sh", "-c", command.at, (char *)NULL);
		_exit(99);
	}
	arena_defer(test_arena(), served_end, s.live);
	for (int i = 0; i < 600 && !s.port && !has_ended(&s); i++) {
		usleep(50000);
		struct str text = str_of(str_z(test_arena(), said(&s)));
		const char *at = memmem(text.at, text.len, ready, strlen(ready));
		s.port = at ? (int)strtol(at + strlen(ready), NULL, 10) : 0;
	}
	if (!s.port)
		FAIL("it does not serve: %.*s", STR_ARG(said(&s)));
	return s;
}

struct served serve(const char *dir)
{
	return served_start(z("serve --data '%s' --listen 127.0.0.1:0", dir));
}

struct served serve_also(const char *dir)
{
	const char *beside = test_dir();
	struct str database = test_database(dir);

	CHECK_INT(shell(z("cp '%s/log.key' '%s/form.key' '%s'", dir, dir, beside)).code, 0);
	CHECK_INT(shell(z("cp '%s/checkpoint' '%s'", dir, beside)).code, 0);
	return served_start(
		z("serve --db '%.*s' --files '%s/files' --listen 127.0.0.1:0 --data '%s'",
		  STR_ARG(database), dir, beside));
}

int stop(struct served *s)
{
	int status = 0;

	kill(*s->live, SIGTERM);
	waitpid(*s->live, &status, 0);
	*s->live = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void served_kill(struct served *s)
{
	served_end(s->live);
}

struct http_reply get(const struct served *s, const char *path)
{
	return http_ask(test_arena(), s->port,
			z("GET %s HTTP/1.1\r\nHost: a.vn\r\nConnection: close\r\n\r\n", path),
			false);
}

int64_t published_size(const struct served *s)
{
	struct http_reply r = get(s, "/log/checkpoint");
	struct str rest = r.body, line;
	int64_t size = -1;

	for (int i = 0; i < 2; i++) {
		if (!str_next(&rest, '\n', &line))
			return -1;
	}
	return str_int(line, &size) ? size : -1;
}
