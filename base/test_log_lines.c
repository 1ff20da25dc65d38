#include "base/log.h"

#include "tests/test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int kept, from;

static void catch_lines(void)
{
	int ends[2];

	CHECK(pipe(ends) == 0);
	kept = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	from = ends[0];
}

/* What was logged since, without the time; checks that there is one. */
static struct str caught(void)
{
	char text[10000];

	dup2(kept, STDERR_FILENO);
	close(kept);
	ssize_t n = read(from, text, sizeof text);
	close(from);
	struct str line = str_dup(test_arena(), (struct str){ text, n > 0 ? (size_t)n : 0 });
	struct instant at;
	if (line.len) {
		CHECK(line.len > 25 && instant_parse(str_cut(line, 24), &at));
		line = str_from(line, 25);
	}
	return line;
}

TEST(an_event_is_one_line_with_its_level_and_facts)
{
	catch_lines();
	log_info("ledger.sealed", "size=%d root=%s", 42, "Ủy ban");
	CHECK_STR(caught(), S("info ledger.sealed size=42 root=Ủy ban\n"));
	catch_lines();
	log_error("disk.full", "%s", "");
	CHECK_STR(caught(), S("error disk.full\n"));
}

TEST(no_value_can_forge_a_line_or_speak_to_a_terminal)
{
	catch_lines();
	log_warn("web.bad", "name=%s", "a\nb\r\x1b[2J\x7f\xc2\x85\xe2\x80\xa8\xe2\x80\xae\xff\xc3");
	CHECK_STR(caught(), S("warn web.bad name=a\\nb\\x0d\\x1b[2J\\x7f\\xc2\\x85\\xe2\\x80\\xa8"
			      "\\xe2\\x80\\xae\\xff\\xc3\n"));
}

TEST(a_long_line_is_cut_between_characters)
{
	char text[6001];

	for (size_t i = 0; i + 2 < sizeof text; i += 2)
		memcpy(text + i, "đ", 2);
	text[sizeof text - 1] = '\0';
	catch_lines();
	log_info("x", "%s", text + 0);
	struct str line = caught();
	CHECK(str_ends(line, S("đ...\n")));
	catch_lines();
	log_info("x", "-%s", text);
	line = caught();
	CHECK(str_ends(line, S("đ...\n")) && line.len < 4100);
}

TEST(what_is_above_the_level_is_not_said)
{
	log_level(LOG_WARN);
	catch_lines();
	log_info("a", "b=%d", 1);
	log_warn("c", "d=%d", 2);
	log_level(LOG_INFO);
	CHECK_STR(caught(), S("warn c d=2\n"));
}
