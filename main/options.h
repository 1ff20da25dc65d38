/* The words after a command, read by a table: the same table checks them and makes the help, so that
 * the two cannot disagree. And how commands speak: help on standard output, one line of complaint on
 * standard error. */
#pragma once

#include "base/err.h"
#include "gen/messages.h"
#include "main/cmd.h"

enum option_type { OPTION_FLAG = 1, OPTION_TEXT, OPTION_INT, OPTION_REAL, OPTION_DATE };

struct option {
	const char
		*name; /* "data" is given as --data DIR or --data=DIR; underscores become dashes */
	enum option_type type;
	size_t offset;
	enum msg help;
	const char *value;  /* what the help calls the value: "DIR" */
	const char *absent; /* the value when it is not given; NULL: empty, 0 or false */
	bool required;
	bool plain; /* a word of its own, in the order of the table, without --name */
};

/* clang-format takes the braces of an initialiser in a macro for a block. */
/* clang-format off */
#define OPTION(owner, member, ...) OPTION_AS(#member, owner, member, __VA_ARGS__)
/* Of a member that is named otherwise than the option, such as one of a struct within. */
#define OPTION_AS(word, owner, member, ...)                                                \
	{                                                                                  \
		.name = (word),                                                            \
		.type = _Generic(((owner *)0)->member,                                     \
				bool: OPTION_FLAG,                                         \
				struct str: OPTION_TEXT,                                   \
				int64_t: OPTION_INT,                                       \
				struct date: OPTION_DATE,                                  \
				double: OPTION_REAL),                                      \
		.offset = offsetof(owner, member), __VA_ARGS__                             \
	}
/* clang-format on */

/* A command at work. */
struct cli {
	const char *name;
	enum msg what;                /* what it does, in one sentence: the top of its help */
	const struct option *options; /* ended by { 0 } */
	struct arena *mem;
	enum lang lang; /* by --lang, which every command has */
};

/* Reads the words after the command's own into `out`. False: help was shown or something is wrong
 * and was said; the command ends with `code`. */
MUST_USE bool cli_read(struct cli *c, int argc, char **argv, void *out, int *code);

/* The language that --lang asks for, for help that comes before any table: LANG_VI unless it is "en". */
enum lang cli_lang(int argc, char **argv);

/* "dinh NAME: sentence" on standard error. Returns `code`. */
int cli_fail(const struct cli *c, int code, struct str sentence);
/* A story of the rooms below, with the exit code of its error. */
int cli_fail_err(const struct cli *c, enum err e, struct str why);
/* Text on standard output: EXIT_FAILED and a complaint when it could not be written. */
int cli_print(const struct cli *c, struct str text);
/* The same on standard error, where standard output carries data. */
int cli_say(const struct cli *c, struct str text);
/* A line that shows how far long work has come: on a terminal only, each in place of the last. */
void cli_progress(struct str line);
void cli_progress_end(void);
