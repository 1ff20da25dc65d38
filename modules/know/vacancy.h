/* Units where nobody holds an office in this field: a task given there waits until somebody is appointed,
 * because nobody above may take it in their place. It is said and never refused. */
#pragma once

#include "base/field.h"
#include "office/unit.h"

/* How many units of a level at and under one have nobody today. */
MUST_USE enum err vacancy_count(struct tx *tx, int64_t under, enum unit_level level, int64_t *out);
/* Of the units with these ids, as texts: those that have nobody, in the same order. */
MUST_USE enum err vacancy_among(struct tx *tx, const struct strs *ids, struct unit_list *out);
/* Of those whom a document asked and who have not yet taken note, the first TARGETS_MOST. */
MUST_USE enum err vacancy_asked(struct tx *tx, int64_t document, struct unit_list *out);
/* "2 đơn vị được giao chưa có ai ...: xã Ninh Vân, xã Ninh Hải."; "" for none. */
struct str vacancy_words(struct arena *a, enum lang lang, const struct unit_list *units);
