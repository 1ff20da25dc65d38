/* The review as files: the same figures for spreadsheets and programs. docs/api.md lists the keys. */
#pragma once

#include "web/report_words.h"

/* A row for the unit and one for each beneath it, for each indicator. */
void report_csv(struct buf *out, enum lang lang, const struct report *r);
void report_json(struct buf *out, enum lang lang, const struct report *r);
