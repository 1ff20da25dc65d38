/* The compiler of pages: HTML with typed values becomes C. docs/developing/pages-and-messages.md
 * describes the language. */
#pragma once

#include "base/buf.h"

/* Appends the prototypes of the templates in `text` to `h` and their functions to `c`. When the text
 * is refused, one line is added to `errors` ("name:line:column: what is wrong: how to mend it") and
 * what was appended is not to be used. `name` is the path of the file from the source root. */
void tmplc_compile(struct str name, struct str text, struct buf *h, struct buf *c,
		   struct buf *errors);
