/* Inside the kind: the forms of its steps, and what those steps do. The tables that bring them together
 * are document_tables.c. */
#pragma once

#include "modules/know/document.h"

struct document_cascade { /* assign, move, cancel: about assignments */
	struct strs to_groups;
	struct str to_units;
	struct str to_asked;
	struct date to_due;
	struct str reason;
	struct strs to_targets; /* ids, found when it was entered */
};
struct document_replace { /* replace */
	struct str replaced_by;
	struct date from; /* the first day on which it is out of force */
};

enum err document_parent_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out);
enum err document_other_options(struct tx *tx, const void *subject, enum lang lang,
				struct choices *out);

enum err document_begin(struct tx *tx, const struct dossier *d, void *form);
enum err document_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err document_check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			struct faults *faults);
void document_apply(struct fold *f, const void *form);

enum err document_prepare_publish(struct tx *tx, const struct dossier *d, void *form);
enum err document_check_publish(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
enum err document_stored_publish(struct tx *tx, struct dossier *d, const struct act *act,
				 const void *form);
enum err document_prepare_correct(struct tx *tx, const struct dossier *d, void *form);
enum err document_check_correct(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
/* Withdrawn, taken down: what it answered is owed again; restored: it is not. */
enum err document_stored_ending(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form);

enum err document_check_replace(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
void document_apply_replace(struct fold *f, const void *form);

/* --- About assignments (document_cascade.c) --- */

/* `ids` are texts; opens one for each unit that has none from this document. */
MUST_USE enum err document_assign(struct tx *tx, struct dossier *d, const struct strs *ids,
				  struct str asked, struct date due, struct date on);
/* The unit's own document meets what the document above asked of it. */
MUST_USE enum err document_fulfil(struct tx *tx, struct dossier *d, struct date on);

enum err document_prepare_cascade(struct tx *tx, const struct dossier *d, void *form);
enum err document_check_assign(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
enum err document_stored_assign(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form);
/* move, cancel: nothing that it asks is open. */
bool document_cascade_futile(struct tx *tx, const struct dossier *d);
enum err document_check_move(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults);
void document_apply_move(struct fold *f, const void *form);
enum err document_stored_move(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form);
enum err document_check_cancel(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
enum err document_stored_cancel(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form);
/* What its assignments repeat of what is hidden, their titles first, is hidden in each of them. */
enum err document_stored_redact(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form);
/* Faults of a choice of targets, in the fields named. */
MUST_USE enum err document_targets(struct tx *tx, const struct dossier *d,
				   const struct strs *groups, struct str units, const char *field,
				   struct strs *out, struct faults *faults);
