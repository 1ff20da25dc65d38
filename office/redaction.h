/* Redaction (che thông tin): what was published names somebody who should not be named. The text stays
 * public under visible bars, with who hid what, when and why; what stood there is sealed.
 *
 * Two steps, the same for every kind that publishes, by the rows REDACTION_STEPS in its table. `redact`
 * takes passages, one a line, and hides them wherever the dossier says them: in its fields and lines,
 * in names of files, in what earlier acts said. `redact_file` puts a file that was blacked out in the
 * place of one that should not have been shown.
 *
 * The passages are part of the act's sealed content and of no public one. The fold masks what the dossier
 * says, so that lists, search, feeds, calendars, exports and prints show bars without asking. Public bytes
 * of earlier acts that hold a passage are sealed (content.redacted_by): they and their salt are handed out
 * no more, their commitment in the log stands, and `dinh verify` finds by itself which they have to be.
 * Whoever holds an office at the unit reads the original after giving a reason that is recorded
 * (ACCESS_ORIGINAL of office/access.h). What was hidden stays hidden: a later form that would publish it
 * again, opened before it was hidden or not, is refused (redaction_refuse), unless who may hide there says
 * beside it that he means to (step_input.reveals): so is taken back what was hidden by mistake, and the note
 * of it says so from then on. */
#pragma once

#include "office/fold.h"
#include "office/form.h"
#include "office/mask.h"

struct redaction {
	struct str passages;
	struct str redaction_ground; /* a value of redaction_grounds */
	struct str redaction_note;   /* public */
	bool reviewed;               /* whoever hides has seen what will be hidden */
	int64_t places, sealed_acts; /* filled by the step: what it hides and what it seals */
};
struct file_redaction {
	struct str redaction_file; /* SHA-256 of the file that goes */
	struct file_refs redaction_rendition;
	struct str redaction_ground;
	struct str redaction_note;
	bool reviewed;
};
extern const struct field redaction_fields[], file_redaction_fields[];
extern const struct field_choice redaction_grounds[];
enum msg redaction_ground_label(struct str ground);

enum err redaction_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err redaction_check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			 struct faults *faults);
void redaction_apply(struct fold *f, const void *form);
enum err redaction_stored(struct tx *tx, struct dossier *d, const struct act *act,
			  const void *form);
/* Hides what a redaction of one dossier hides in another that repeats it, as the program, today; of a kind with
 * REDACTION_FOLLOWING_STEP. Nothing where it says none of it. */
MUST_USE enum err redaction_follow(struct tx *tx, struct dossier *d, const struct redaction *form);
enum err file_redaction_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err file_redaction_check(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
/* Adds a fault to each field by which a step other than these two would publish a passage that was hidden in
 * the dossier. Where tx->who may hide there himself, one fault instead, on "reveals", and none when he
 * `reveals` it; what is sealed of files never comes back. No fault says what the passage is; that one is
 * there, whoever may take a public step of the dossier can find out by guessing. */
MUST_USE enum err redaction_refuse(struct tx *tx, const struct dossier *d, const struct step *s,
				   const void *form, bool reveals, struct faults *faults);
/* The same of one text that a step of another dossier is about to put into this one; there nobody reveals
 * anything. */
MUST_USE enum err redaction_refuse_text(struct tx *tx, const struct dossier *d, struct str text,
					const char *field, struct faults *faults);
/* The first act after the i-th, which hides passages, that says one of them openly: what was hidden was published
 * again. NULL: nothing of it was. */
const struct act *redaction_revealed(struct arena *a, const struct dossier *d,
				     const struct acts *acts, size_t i);
bool file_redaction_futile(struct tx *tx, const struct dossier *d);

/* clang-format off */
/* `states`: all in which the kind is public and no stub; `roles`: who answers for what it publishes. */
#define REDACTION_STEPS(states, roles)       \
	REDACTION_TEXT_STEP(states, roles),  \
	REDACTION_FILE_STEP(states, roles, false)
/* Of a kind in which one unit says something about another, which then holds the dossier: who wrote it hides
 * something of it, at the unit it concerns, and never whom it is about. */
#define REDACTION_STEPS_AT_HOME(states, roles)                                             \
	REDACTION_TEXT_STEP_AS(states, roles, true, redaction_check, redaction_stored,     \
			       NOTICE_BY_RULE),                                            \
	REDACTION_FILE_STEP(states, roles, true)
/* Of a kind to which no public file is ever attached. */
#define REDACTION_TEXT_STEP(states, roles) \
	REDACTION_TEXT_STEP_AS(states, roles, false, redaction_check, redaction_stored,    \
			       NOTICE_BY_RULE)
/* `checks`: calls redaction_check and refuses what more this kind refuses; `stores`: calls redaction_stored
 * and does what more follows; `tells`: a class of notice. */
#define REDACTION_TEXT_STEP_AS(states, roles, home, checks, stores, tells)                 \
	{                                                                                  \
		"redact", states, 0, roles, MSG_REDACTION_REDACT, MSG_REDACTION_REDACT_DONE, \
		sizeof(struct redaction), redaction_fields, .is_public = true,             \
		.redacts = true, .notice = tells, .at_home = home,                         \
		.prepare = redaction_prepare, .check = checks, .apply = redaction_apply,   \
		.stored = stores                                                           \
	}
/* Of a kind that repeats what another dossier says: redaction_follow takes it when that one is redacted. */
#define REDACTION_FOLLOWING_STEP(states)                                                   \
	{                                                                                  \
		"redact_after", states, 0, SYSTEM, MSG_REDACTION_AFTER, MSG_REDACTION_AFTER, \
		sizeof(struct redaction), redaction_fields, .is_public = true,             \
		.redacts = true, .follows = true, .prepare = redaction_prepare,            \
		.apply = redaction_apply, .stored = redaction_stored                       \
	}
#define REDACTION_FILE_STEP(states, roles, home)                                           \
	{                                                                                  \
		"redact_file", states, 0, roles, MSG_REDACTION_FILE, MSG_REDACTION_FILE_DONE, \
		sizeof(struct file_redaction), file_redaction_fields, .is_public = true,   \
		.redacts = true, .at_home = home, .prepare = file_redaction_prepare,       \
		.check = file_redaction_check, .futile = file_redaction_futile,            \
		.apply = redaction_apply, .stored = redaction_stored                       \
	}
/* clang-format on */

/* --- What acts have hidden --- */

struct redacted_file {
	struct str was;      /* SHA-256 */
	struct file_ref now; /* the rendition in its place */
};
struct redactions {
	struct passages passages;
	struct redacted_file *files;
	size_t n_files;
};
static inline bool redactions_any(const struct redactions *r)
{
	return r->passages.n || r->n_files;
}
/* Of the acts from the i-th on, themselves included. */
void redactions_from(struct arena *a, const struct acts *acts, size_t i, struct redactions *out);
/* Of a stored dossier, those after the act of that id. */
MUST_USE enum err redactions_of(struct tx *tx, const struct dossier *d, int64_t act,
				struct redactions *out);
/* What a struct says, hidden; in how many places. */
size_t redactions_hide(struct arena *a, const struct redactions *r, const struct field *table,
		       void *owner);
/* The same of a whole dossier: of one folded up to a moment before them. */
size_t redactions_hide_all(struct arena *a, const struct redactions *r, struct dossier *d);
/* The form as an act's public bytes or its row say it, hidden and written again; as it stands when
 * nothing is found. */
struct str redactions_show(struct arena *a, const struct redactions *r, const struct step *s,
			   struct str json);

/* Fills in `shown` of acts as they were read. */
void redaction_show_acts(struct arena *a, const struct acts *acts);
/* Which act seals the public bytes of the i-th: the first after it whose passages they hold. 0: none. */
int64_t redaction_seals(const struct acts *acts, size_t i, struct str bytes);
/* Seals anew what the acts say is to be sealed, and nothing else: for imports. */
MUST_USE enum err redaction_rebuild(struct tx *tx, const struct dossier *d,
				    const struct acts *acts);
/* Files that a dossier uses: what was replaced is sealed, however often it is handed in again, and names hide
 * what was hidden. */
MUST_USE enum err redaction_keep_files(struct tx *tx, const struct dossier *d);
/* Is every file that was replaced sealed? `problem` says which is not; "" when all are. */
MUST_USE enum err redaction_verify_files(struct tx *tx, const struct dossier *d,
					 const struct acts *acts, struct str *problem);

/* --- For who is about to redact --- */

/* One place in which a passage stands: where, and the text before and after. */
enum { REDACTION_BARS = 20 };
struct redaction_place {
	const struct act *act; /* NULL: as the dossier stands now */
	bool sealed;           /* of an act whose bytes are sealed already */
	const struct field *field;
	struct str was, becomes;
	size_t n; /* how many passages it hides there */
	size_t bars
		[REDACTION_BARS]; /* where in `becomes` the first of their bars begin; of a text alone */
};
struct redaction_places {
	struct redaction_place *at;
	size_t n;
};
/* Everywhere a form would hide something. */
MUST_USE enum err redaction_preview(struct tx *tx, const struct dossier *d,
				    const struct redaction *form, struct redaction_places *out);
