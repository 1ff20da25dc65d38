/* Sealed matters (VISIBLE_SEALED): whoever is not named by the case itself learns neither what it says nor
 * that there is one. A matter that once stood in a sealed state stays sealed (fold_apply).
 *
 * Named are, by lines of the case (admissions), appointments of the unit that holds it: to read it, or to
 * read who sent it as well, until a day. Leaders of that unit may read it without being named, because one
 * of them has to name the others; who sent it they learn only when they have named themselves, which is an
 * act like any other. A leader against whom it is directed can be shut out: a person shut out comes back by
 * no other appointment. When the matter goes to another unit, all admissions end.
 *
 * Being named is not yet reading: each opening of the matter, and each of the identity, is recorded with
 * its reason first (office/access.h). No public leaf tells of it. */
#pragma once

#include "office/dossier.h"
#include "office/fold.h"
#include "office/form.h"

enum sealed_right { SEALED_NOTHING, SEALED_CONTENT, SEALED_IDENTITY };

/* How long whoever took a matter in may go on reading it without being named by a leader. */
enum { SEALED_INTAKE_DAYS = 14, SEALED_DAYS_MOST = 366 };

/* A line of the case. */
struct admission {
	struct str official; /* the number of an appointment */
	struct str access;   /* "content", "identity", "none" */
	struct date since, until;
	struct str reason;
	int64_t person; /* who holds it: shut out whatever else he is appointed to */
};
extern const struct field admission_fields[];
#define ADMISSION_LINE "admission"
/* For the table of a kind's lines. */
#define ADMISSION_LINES                                                                           \
	{                                                                                         \
		ADMISSION_LINE, MSG_SEALED_ADMISSIONS, sizeof(struct admission), admission_fields \
	}

/* The form of the step by which a leader names somebody, and what it does. */
extern const struct field admit_fields[];
enum err admit_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err admit_check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
		     struct faults *faults);
void admit_apply(struct fold *f, const void *form);
/* Whoever has just taken the matter in at the counter knows whose it is: named by the same act. */
void admit_intake(struct fold *f);
void admissions_end(struct fold *f);

/* What tx->who may read of it today. `by` (may be NULL): the appointment that gives the right. */
enum sealed_right sealed_right(const struct tx *tx, const struct dossier *d,
			       const struct appointment **by);
/* The appointment in one of these roles by which tx->who may act on it; NULL: none. */
const struct appointment *sealed_may(const struct tx *tx, unsigned roles, const struct dossier *d);
/* A leader's appointment of tx->who at a unit that held it and sent it on, unless he was shut out there; NULL:
 * none. It gives no right to the matter itself. */
const struct appointment *sealed_sent_on(const struct tx *tx, const struct dossier *d,
					 int64_t unit);
/* May who sent it be shown to tx->who now: its author, or an official named for it who has given a
 * reason in time? */
bool sealed_identity_shown(struct tx *tx, const struct dossier *d);

/* --- Who sent it --- */

/* The personal fields of a form, as they are stored apart; "" when none is filled in. */
struct str sealed_identity_bytes(struct arena *a, const struct step *s, const void *form);
struct hash sealed_identity_hash(const void *salt, struct str bytes);
MUST_USE enum err sealed_identity_put(struct tx *tx, const struct act *act, int64_t dossier,
				      struct bytes salt, struct str bytes);
/* What acts gave, asking nobody. `owner` is left alone when there is nothing. */
MUST_USE enum err sealed_identity_read(struct tx *tx, int64_t dossier, const struct field *table,
				       void *owner);
/* The same of one act. */
MUST_USE enum err sealed_identity_of(struct tx *tx, int64_t act, const struct field *table,
				     void *owner);
/* Is it a paper that says who sent it, and not to be shown to tx->who now? */
MUST_USE enum err sealed_file_hidden(struct tx *tx, const struct dossier *d, struct str sha256,
				     bool *out);
/* Is what is stored apart of this act what its sealed content commits to ("": to nothing)? */
MUST_USE enum err sealed_identity_agrees(struct tx *tx, int64_t act, struct str committed,
					 bool *out);
