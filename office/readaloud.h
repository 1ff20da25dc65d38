/* A notice as it is read over the loudspeakers of a village: every abbreviation spoken out, numbers
 * in words, dates in full, no sign that cannot be heard, sentences a reader can breathe in. The
 * result is a script for a person or a speaking machine; a person checks it before it is read. */
#pragma once

#include "base/str.h"

/* `title` and `body` are plain Vietnamese text (Markdown already taken off). One sentence a line,
 * each ending in a full stop or a question mark; the title is the first. Dates and years keep their
 * digits: "ngày 25 tháng 12 năm 2020". Broken UTF-8 gives an empty text. */
struct str readaloud(struct arena *a, struct str title, struct str body);

#define READALOUD_SYLLABLES 40 /* a longer sentence is divided where it has a comma */
