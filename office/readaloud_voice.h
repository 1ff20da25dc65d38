/* The voice that reads a notice: words gather to sentences, sentences to the script. Shared by
 * readaloud.c, which walks over the text, and readaloud_numbers.c, which reads whatever has digits. */
#pragma once

#include "base/buf.h"

enum pause { NO_PAUSE, COMMA, STOP, QUESTION };

struct voice {
	struct arena *a;
	struct buf sentence, out;
	struct str before; /* the core of the last word, in lower case */
	bool behind_number;
	bool dialing;  /* within a telephone number written in groups */
	bool shouting; /* the line is all capitals */
	bool at_start; /* of the line */
};

/* Words, behind a space where one is due. */
void say(struct voice *v, struct str words);
void say_int(struct voice *v, int64_t n);
/* A stop ends the sentence and writes it, divided when it is too long. */
void voice_pause(struct voice *v, enum pause p);

size_t syllables(struct str s); /* words between spaces: Vietnamese writes one syllable each */

/* Whatever cannot be heard inside a word becomes one space. */
struct str audible(const struct voice *v, struct str part);

/* The core of a word, marks taken off, read by its digits: a date, a time, a document's sign, a
 * share, a number with its unit, a range, a Roman numeral. False: nothing was said. */
bool say_with_digits(struct voice *v, struct str core);
/* "đồng/hộ" -> "đồng mỗi hộ": only behind a number. */
bool say_unit(struct voice *v, struct str core);
/* The number at the beginning of `core` in words; `rest` is what stands behind it. */
bool number_at(struct arena *a, struct str core, struct str *words, struct str *rest);

/* How many digits `s` begins with. */
size_t digits(struct str s);
bool is_digit(char c);
bool is_one_of(struct str word, const char *const *list);
#define ONE_OF(word, ...) is_one_of((word), (const char *const[]){ __VA_ARGS__, NULL })
