/* The compiler of messages: every word a member reads, in both languages, becomes C.
 * docs/developing/pages-and-messages.md describes the language. */
#pragma once

#include "tools/scan.h"

/* All message files together: `h` receives enum msg, msg_plain() and a function for each message
 * with arguments; `c` receives their bodies. Files that are refused add one line each to `errors`
 * ("name:line:column: what is wrong: how to mend it") and `h` and `c` are not to be used. */
void msgc_compile(const struct source *in, size_t n, struct buf *h, struct buf *c,
		  struct buf *errors);
