/* What stands between "{{" and "}}". */
#pragma once

#include "tools/scan.h"

struct directive {
	size_t at;
	struct str word; /* "each", "msg", ...; empty for a value */
	struct str rest; /* what follows it, trimmed, on one line */
	bool words;      /* it holds a string literal */
};

/* Reads the directive at the place of the scan, "{{" included. What passes can neither leave the
 * parenthesis it will be put in nor change what the page shows; C judges the rest. */
MUST_USE bool directive_read(struct scan *s, struct arena *mem, struct directive *out);

/* "name(args)" in its two parts, trimmed; false when it is anything else. */
MUST_USE bool directive_call(struct str text, struct str *name, struct str *args);
bool directive_is_name(struct str s); /* a C identifier */
