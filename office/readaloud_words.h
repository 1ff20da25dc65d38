/* What signs of official writing are called when they are spoken. Used by readaloud.c only. */
#pragma once

#include "base/str.h"

/* "UBND" -> "Ủy ban nhân dân"; false when it is no known abbreviation. `dotted` tells that a full
 * stop behind it belongs to it ("TP. Ninh Bình"). */
MUST_USE bool abbreviation_words(struct str s, struct str *out, bool *dotted);

/* "m2" -> "mét vuông", "đ" -> "đồng", "%" -> "phần trăm": only behind a number. */
MUST_USE bool unit_words(struct str s, struct str *out);

/* Who issued a document, by the end of its sign: "CP" -> "Chính phủ", "QH14" -> "Quốc hội khóa mười
 * bốn". */
MUST_USE bool issuer_words(struct arena *a, struct str s, struct str *out);
