/* Vietnamese text: validity, one normal form, the length people see, and the folded form in which
 * it is searched and compared. The work is utf8proc's. */
#pragma once

#include "base/buf.h"

bool utf8_valid(struct str s); /* well formed, no NUL */

/* The next sign of valid text, as bytes and as its code point; false at the end. */
bool utf8_next_sign(struct str *rest, struct str *sign, int32_t *point);
/* White space of any script, a line break, and what is never seen though it is a sign. */
bool utf8_is_blank(int32_t point);

/* NFC; what is not valid UTF-8 gives the empty text. */
struct str utf8_nfc(struct arena *a, struct str s);
/* Code points after NFC, a line break (CR LF, CR or LF) being one: the length that limits count. */
size_t utf8_length(struct arena *a, struct str s);
/* CR LF and CR become LF; control characters other than LF and TAB go; NFC; trimmed. */
struct str utf8_clean(struct arena *a, struct str s);

/* Every letter in the other case where it has one; what is not valid UTF-8 gives the empty text. */
struct str utf8_lower(struct arena *a, struct str s);
struct str utf8_upper(struct arena *a, struct str s);
/* The first letter a capital, the rest as it is: a name where a line begins. */
struct str utf8_capital(struct arena *a, struct str s);

/* For search and comparison: lower case, NFD, combining marks dropped, đ -> d. "Hòa", "Hoà" and
 * "hoa" fold to the same; so do precomposed and combining spellings. */
struct str utf8_fold(struct arena *a, struct str s);
/* The same letters without their marks, capitals staying capitals: "Ủy ban" is "Uy ban". For text messages,
 * in which marks cost twice. */
struct str utf8_unaccented(struct arena *a, struct str s);
/* Folded, with the signs that only look otherwise as what they stand for: full-width letters, circled
 * digits, superscripts; invisible ones dropped. For rules that somebody may try to get round. */
struct str utf8_bare(struct arena *a, struct str s);
/* The folded words of a text (runs of letters and digits), in order; borrowed from `folded`. */
bool utf8_next_word(struct str *folded, struct str *out);
/* A letter, a digit, or a mark upon one: what words are made of. */
bool utf8_is_word(int32_t point);
/* How a word is spelled, whichever way it is written: lower case, taken apart, the tone after the letters.
 * "HOÀ", "Hoà" and "hòa" are spelled alike; "hoa" is not. */
struct str utf8_spelling(struct arena *a, struct str word);
/* "Dự toán 2021 (bản 2)" -> "du-toan-2021-ban-2": for addresses and file names. */
struct str utf8_slug(struct arena *a, struct str s);
/* At most n code points, never cutting one in two; a whole word where possible, then "…". */
struct str utf8_ellipsis(struct arena *a, struct str s, size_t n);
