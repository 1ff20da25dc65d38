/* Hiding passages of a text behind a bar of one length, whatever stood there: what redaction does to every
 * word of a dossier (office/redaction.h). Pure: the same text and the same passages give the same.
 *
 * A passage is found word by word, not sign by sign: small and capital letters, "hoà" and "hòa", what
 * stands between the words (a line break, the stars of Markdown) make no difference, and "An" is not found
 * in "Lan". Several words together are also found where somebody wrote them without any accents; six
 * digits or more however they are grouped, and within a longer run of digits or letters, which the first
 * group may end and the last one begin ("ĐT0912 345 678"). */
#pragma once

#include "base/field.h"

#define MASK_BAR "█████"

enum { PASSAGES_MOST = 20, PASSAGE_LETTERS = 3, PASSAGE_DIGITS = 6 };

struct mask_word {
	size_t from, to; /* in the text it was read from */
	struct str spelling, bare;
};
struct mask_words {
	struct mask_word *at;
	size_t n;
};
struct passage {
	struct str text;
	struct mask_words words;
	struct str joined; /* of digits alone: all of them; else "" */
};
struct passages {
	struct passage *at;
	size_t n;
};

/* Adds one passage a line; empty lines are none. */
void passages_add(struct arena *a, struct str lines, struct passages *out);
/* Too short to be hidden everywhere without hiding half of the text? */
bool passage_is_short(const struct passage *p);

/* The first bar in a text that has one: where it stands, or the length of the text. */
size_t mask_find(struct str text);
/* The text as it is said aloud: words for each bar. */
struct str mask_say(struct arena *a, struct str text, struct str words);

/* A quick look: false only where no passage stands in the text, nor in any part of it between two signs that
 * no word has. It does not look for names of files. */
bool mask_may_find(const struct passages *p, struct str text);

/* Each of these replaces what it finds and returns in how many places that was. What is replaced is in `a`;
 * where nothing is found, nothing is taken from it. */
size_t mask_text(struct arena *a, const struct passages *p, struct str *text);
/* And says where in the new text the first `most` of its bars begin; those that stood there before are not its. */
size_t mask_text_at(struct arena *a, const struct passages *p, struct str *text, size_t *at,
		    size_t most);
/* Names of files are written without blanks and accents: one that names a passage is hidden but for its
 * ending. */
size_t mask_file_name(struct arena *a, const struct passages *p, struct str *name);
/* Every text, list of texts and name of a file in a struct. What was chosen among fixed values stays: it
 * names nobody, and steps read it. */
size_t mask_fields(struct arena *a, const struct passages *p, const struct field *table,
		   void *owner);
