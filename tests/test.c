/* Runs the registered tests one after the other and reports in TAP. A failed check jumps back to the
 * loop below, so that a test never goes on with values it knows to be wrong. */
#include "tests/test.h"

#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum outcome { PASSED, FAILED, SKIPPED };

static struct test *first, **last = &first;
static struct arena *arena;
static uint64_t seed, state;
static pthread_t runner;
static jmp_buf leave;
static char reason[1000];

void test_register(struct test *t)
{
	*last = t;
	last = &t->next;
}

struct arena *test_arena(void)
{
	return arena;
}

/* splitmix64: short, and every seed gives a full-quality sequence. */
uint64_t test_random(void)
{
	uint64_t z = (state += 0x9E3779B97F4A7C15u);

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

uint64_t test_below(uint64_t n)
{
	return (uint64_t)(((unsigned __int128)test_random() * n) >> 64);
}

PRINTF(1, 0) static void set_reason(const char *format, va_list args)
{
	vsnprintf(reason, sizeof reason, format, args);
}

void test_fail(const char *file, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set_reason(format, args);
	va_end(args);
	printf("# %s:%d: ", file, line);
	for (const char *c = reason; *c; c++)
		fputs(*c == '\n' ? "\n#   " : (char[]){ *c, '\0' }, stdout);
	putchar('\n');
	if (!pthread_equal(pthread_self(), runner)) {
		fflush(stdout);
		abort();
	}
	longjmp(leave, FAILED);
}

void test_skip(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set_reason(format, args);
	va_end(args);
	longjmp(leave, SKIPPED);
}

void test_int(const char *file, int line, const char *what, int64_t is, int64_t should)
{
	if (is != should)
		test_fail(file, line, "%s is %" PRId64 ", should be %" PRId64, what, is, should);
}

void test_str(const char *file, int line, const char *what, struct str is, struct str should)
{
	if (!str_eq(is, should))
		test_fail(file, line, "%s is\n%.*s\nshould be\n%.*s", what, STR_ARG(is),
			  STR_ARG(should));
}

struct date test_date(const char *iso)
{
	struct date d;

	if (!date_parse(str_of(iso), &d))
		FAIL("\"%s\" is no date", iso);
	return d;
}

struct instant test_instant(const char *iso)
{
	struct str text = str_of(iso);
	struct instant t;

	if (text.len == strlen("2026-03-01T08:00"))
		text = str_printf(arena, "%s:00+07:00", iso);
	if (!instant_parse(text, &t))
		FAIL("\"%s\" is no instant", iso);
	return t;
}

static bool read_whole(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	size_t n;

	if (!file)
		return false;
	do {
		n = fread(buf_reserve(out, 65536), 1, 65536, file);
		out->len += n;
	} while (n);
	bool whole = !ferror(file);
	fclose(file);
	return whole;
}

struct str test_file(const char *path)
{
	struct buf text = { .a = arena };

	if (!read_whole(path, &text))
		FAIL("%s: %m (tests run from the root of the source tree)", path);
	return buf_str(&text);
}

struct str test_shared(const char *path)
{
	if (access("../shared", R_OK) != 0)
		SKIP("../shared is not on this machine");
	return test_file(str_z(arena, str_printf(arena, "../shared/%s", path)));
}

static enum outcome run(const struct test *t)
{
	int outcome = setjmp(leave);

	if (outcome == PASSED)
		t->run();
	return (enum outcome)outcome;
}

static bool wanted(const struct test *t, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strstr(t->name, argv[i]))
			return true;
	return argc < 2;
}

static char *sentence(const char *name)
{
	char *text = str_z(arena, str_of(name));

	for (char *c = text; *c; c++)
		if (*c == '_')
			*c = ' ';
	return text;
}

int main(int argc, char **argv)
{
	const char *chosen = getenv("TEST_SEED");
	int count = 0, failed = 0, n = 0;

	if (chosen)
		seed = strtoull(chosen, NULL, 10);
	else if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
		return 99;
	runner = pthread_self();
	setvbuf(stdout, NULL, _IOLBF, 0);

	for (struct test *t = first; t; t = t->next)
		count += wanted(t, argc, argv);
	printf("1..%d\n", count);
	for (struct test *t = first; t; t = t->next) {
		if (!wanted(t, argc, argv))
			continue;
		arena = arena_new(0);
		state = seed;
		enum outcome outcome = run(t);
		printf("%sok %d - %s", outcome == FAILED ? "not " : "", ++n, sentence(t->name));
		if (outcome == SKIPPED)
			printf(" # SKIP %s", reason);
		putchar('\n');
		if (outcome == FAILED) {
			failed++;
			printf("# to see it again: TEST_SEED=%" PRIu64 " %s %s\n", seed, argv[0],
			       t->name);
		}
		arena_free(arena);
	}
	return failed > 0;
}
