/* Templates of what a unit writes again and again: answers, refusals, reasons of a transfer. Each is a
 * dossier of the unit, open to its officials alone, so who wrote it, who changed it and what it said before
 * are kept as of everything else. A template is for one step of one kind, which has a field that `merges`.
 *
 * In its text stand fields that each dossier fills by itself: [người gửi], [mã], [việc], [ngày nhận],
 * [hôm nay]; diacritics and capitals do not matter. */
#pragma once

#include "office/dossier.h"
#include "office/form.h"

extern const struct kind reply_kind;

/* The field of a step that templates fill; NULL: it has none. */
const struct field *reply_field(const struct step *s);

struct reply_row {
	struct str code, title, matter;
};
struct reply_rows {
	struct reply_row *at;
	size_t n;
};
enum { REPLIES_MOST = 100 };
/* Those of a unit in use, for one step; `step` NULL: of every kind and step. By title. */
MUST_USE enum err reply_list(struct tx *tx, int64_t unit, const struct kind *k,
			     const struct step *step, struct reply_rows *out);
/* The text of one of them, by its code. ERR_NOT_FOUND: none of this unit and step in use. */
MUST_USE enum err reply_text(struct tx *tx, int64_t unit, const struct kind *k,
			     const struct step *step, struct str code, struct str *out);

/* The text with its fields filled in for one dossier, as it is stored in the step's field `f`: in Vietnamese,
 * whoever writes it. Whose it is is not: a name stands in what can be erased alone, so [người gửi] stays as it
 * is, and in a field that is `nameless` it is "the sender". */
struct str reply_fill(struct tx *tx, const struct dossier *d, const struct field *f,
		      struct str text);
/* The form of a step as it is stored for one dossier: a copy with its text filled in, or `form` itself where
 * templates fill nothing. step_take does so; the copy is for who shows it before. */
void *reply_form(struct tx *tx, const struct dossier *d, const struct step *s, void *form);
/* What was stored, Markdown, as it is shown: with the name for whoever may know it, while it is known. */
MUST_USE enum err reply_named(struct tx *tx, const struct dossier *d, struct str text,
			      enum lang lang, struct str *out);
/* The first field in brackets that is none, and no link either; "" when all are known. */
struct str reply_unknown(struct arena *a, struct str text);
