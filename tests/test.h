/* The whole test framework. A test program is a list of TEST(...) and nothing else; it speaks TAP,
 * runs from the root of the source tree (so "../shared" and "data/law" are reachable as such), and
 * takes words on its command line: only tests whose name contains one of them then run.
 *
 *     TEST(a_day_has_one_name)
 *     {
 *             CHECK(str_eq(date_iso(test_arena(), test_date("2026-02-28")), S("2026-02-28")));
 *     }
 */
#pragma once

#include "base/date.h"

struct test {
	const char *name; /* a sentence about the product, with _ for spaces */
	void (*run)(void);
	struct test *next;
};

/* Tests run in the order in which the file defines them. */
#define TEST(sentence)                                                     \
	static void sentence(void);                                        \
	__attribute__((constructor)) static void register_##sentence(void) \
	{                                                                  \
		static struct test self = { #sentence, sentence, NULL };   \
		test_register(&self);                                      \
	}                                                                  \
	static void sentence(void)

/* Each of these ends the test at once when it does not hold; a helper function may call them, a
 * second thread may not (there a failure ends the whole program). */
#define CHECK(holds) \
	((holds) ? (void)0 : test_fail(__FILE__, __LINE__, "CHECK(%s) does not hold", #holds))
#define CHECK_INT(is, should) test_int(__FILE__, __LINE__, #is, (is), (should))
#define CHECK_STR(is, should) test_str(__FILE__, __LINE__, #is, (is), (should))
#define CHECK_DAY(is, iso) CHECK_STR(date_iso(test_arena(), (is)), S(iso))
#define FAIL(...) test_fail(__FILE__, __LINE__, __VA_ARGS__)

/* Ends the test here, neither passed nor failed: the reason says what is missing on this machine. */
#define SKIP(...) test_skip(__VA_ARGS__)

/* Dies with the test. */
struct arena *test_arena(void);

/* Text in ISO form; anything else fails the test. "2026-02-28", "2026-03-01T08:00" (Vietnam). */
struct date test_date(const char *iso);
struct instant test_instant(const char *iso);

/* Uniform 64 bits. Every run draws another seed and every failure prints it; TEST_SEED=n replays
 * it. Each test starts from the seed anew, so one test alone sees what it saw among all. */
uint64_t test_random(void);
uint64_t test_below(uint64_t n); /* 0 .. n-1, n > 0 */

/* The bytes of a file, path relative to the source root. test_file fails the test when it cannot be
 * read; test_shared takes a path below ../shared and skips the test when that folder is absent. */
struct str test_file(const char *path);
struct str test_shared(const char *path);

void test_register(struct test *t);
void test_int(const char *file, int line, const char *what, int64_t is, int64_t should);
void test_str(const char *file, int line, const char *what, struct str is, struct str should);
_Noreturn void test_fail(const char *file, int line, const char *format, ...) PRINTF(3, 4);
_Noreturn void test_skip(const char *format, ...) PRINTF(1, 2);
