/* The two languages, and how each writes numbers, days and hours. The messages themselves are
 * generated from the .msg files into gen/messages.h, which includes this. */
#pragma once

#include "base/date.h"

enum lang { LANG_VI, LANG_EN };
enum { LANGS = 2 };

struct str lang_code(enum lang lang); /* "vi", "en": the lang attribute */

/* 4360 is "4.360" in Vietnamese, "4,360" in English. */
void lang_put_int(struct buf *out, enum lang lang, int64_t n);
/* A number counted in tenths: 875 is "87,5" in Vietnamese, "87.5" in English; 870 is "87". */
void lang_put_tenths(struct buf *out, enum lang lang, int64_t tenths);

/* "25/11/2026" in both languages; nothing when the date is not set. */
void lang_put_date(struct buf *out, enum lang lang, struct date d);
/* "thứ Tư, 25/11/2026"; "Wednesday, 25 November 2026"; nothing when the date is not set. */
void lang_put_long_date(struct buf *out, enum lang lang, struct date d);
/* The hour in Vietnam after the date: "25/11/2026, 17:00", "thứ Tư, 25/11/2026, 17:00". */
void lang_put_instant(struct buf *out, enum lang lang, struct instant t);
void lang_put_long_instant(struct buf *out, enum lang lang, struct instant t);
void lang_put_hour(struct buf *out, struct instant t); /* "17:00" alone */

/* Makes the ASCII letter at out->at[at] a capital, where a sentence begins: "Thứ Tư, ...". */
void lang_capital(struct buf *out, size_t at);
