/* What only a person at a terminal may type. */
#pragma once

#include "base/str.h"

/* Asks on the terminal and reads one line without showing it; where standard input is no terminal,
 * reads its next line (without asking). False: end of input, a control sign (Ctrl-C), or longer than
 * `most` bytes. Whoever gets the text wipes it: terminal_forget. */
MUST_USE bool terminal_secret(struct arena *a, struct str question, size_t most, struct str *out);
void terminal_forget(struct str *secret);
