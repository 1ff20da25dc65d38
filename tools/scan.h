/* What the two compilers, tmplc and msgc, share: a text with a place in it, the first thing wrong
 * with it, and files. Build-time only: memory is one arena that lives as long as the program. */
#pragma once

#include "base/buf.h"

struct scan {
	struct str name; /* as shown in errors and #line: the path from the source root */
	struct str text;
	size_t at; /* the next byte; text.len at the end, and after an error, so that loops stop */
	bool failed;
	struct buf *errors;
	size_t seen_at; /* scan_line counts on from here */
	int seen_line;
};

/* Begins at the start of `text`; fails at once where it is not UTF-8 in NFC or holds a control sign
 * other than a line feed and a tab. */
void scan_init(struct scan *s, struct str name, struct str text, struct buf *errors);

/* Writes "name:line:column: message\n", the column counted in characters from 1, and ends the scan.
 * Only the first failure of a text is written: what follows it is usually its echo. */
void scan_fail(struct scan *s, size_t at, const char *format, ...) PRINTF(3, 4);
int scan_line(struct scan *s, size_t at);

int scan_peek(const struct scan *s, size_t ahead); /* the byte, or -1 beyond the end */
struct str scan_sign(const struct scan *s);        /* the whole character, for an error message */
bool scan_sees(const struct scan *s, const char *word);
/* The letters, digits and signs of `also` that stand at the place; steps over them. */
struct str scan_word(struct scan *s, const char *also);
struct str scan_rest_of_line(const struct scan *s);   /* without the line feed */
void scan_spaces(struct scan *s, const char *spaces); /* steps over these signs */

/* `s` as the inside of a C string. */
void scan_put_c(struct buf *out, struct str s);
/* The id of a message as C spells it: "topic.closes" is topic_closes, or TOPIC_CLOSES. */
struct str scan_c_name(struct arena *mem, struct str id, bool capitals);
/* True when `word` is one of the words of a list such as " area base br ". */
bool scan_listed(const char *list, struct str word);

struct source {
	struct str name, text;
};

/* A whole compiler: OUT.h OUT.c IN... on the command line. Exit code 0 done, 1 the input is refused
 * (one line for each file on standard error), 2 bad usage, 3 a file cannot be read or written. The
 * header begins with #pragma once, the C file with its #include. */
int scan_main(int argc, char **argv, const char *usage,
	      void (*compile)(const struct source *in, size_t n, struct buf *h, struct buf *c,
			      struct buf *errors));
