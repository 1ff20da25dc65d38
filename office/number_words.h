/* Numbers in Vietnamese words, as they are spoken in the north and taught in school. */
#pragma once

#include "base/str.h"

/* 105 "một trăm linh năm", 21 "hai mươi mốt", 1.024.000 "một triệu không trăm hai mươi tư nghìn",
 * -3 "âm ba". Every int64 has its words; whole groups of zeros are passed over. */
struct str number_words(struct arena *a, int64_t n);

/* One digit after the other: "0912" "không chín một hai". Signs that are no digits are passed over. */
struct str digit_words(struct arena *a, struct str digits);

/* "XIV" -> 14; false for anything but a Roman numeral up to 3999 in its one spelling. */
MUST_USE bool roman_number(struct str s, int64_t *out);
