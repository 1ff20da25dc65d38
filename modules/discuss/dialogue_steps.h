/* Inside the two kinds: the forms of steps that say more than the dossier, and what steps do. The tables
 * are dialogue_tables.c and workplace_tables.c. */
#pragma once

#include "modules/discuss/dialogue.h"

struct dialogue_reason { /* drop */
	struct str reason;
};
struct dialogue_publish { /* publish */
	struct str conclusions;
	struct file_refs files;
	bool no_secret, nobody_named;
};
struct dialogue_put { /* put: a question at the meeting */
	struct str text, answer;
	struct str asker; /* sealed */
};
struct dialogue_reply {              /* reply */
	struct str question, answer; /* question: a line's number */
};
struct dialogue_take_in { /* take_in: what came before, by the program */
	struct str text, answer;
};
struct dialogue_promise { /* promise */
	struct str what, who;
	struct date due;
};
struct dialogue_keep { /* keep */
	struct str commitment, result;
	struct file_refs evidence;
};
struct dialogue_extend { /* extend */
	struct str commitment;
	struct date until;
	struct str reason;
};

extern const struct line_kind dialogue_lines[];
extern const struct field dialogue_drop_fields[], dialogue_publish_fields[], dialogue_put_fields[],
	dialogue_reply_fields[], dialogue_take_in_fields[], dialogue_promise_fields[],
	dialogue_keep_fields[], dialogue_extend_fields[];

/* --- The meeting (dialogue.c) --- */

enum err dialogue_check_plan(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults);
void dialogue_apply_plan(struct fold *f, const void *form);
enum err dialogue_stored_plan(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form);
void dialogue_apply_drop(struct fold *f, const void *form);
enum err dialogue_check_announce(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults);
void dialogue_apply_announce(struct fold *f, const void *form);
enum err dialogue_check_postpone(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults);
void dialogue_apply_postpone(struct fold *f, const void *form);
enum err dialogue_stored_postpone(struct tx *tx, struct dossier *d, const struct act *act,
				  const void *form);
void dialogue_apply_cancel(struct fold *f, const void *form);
enum err dialogue_check_hold(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults);
void dialogue_apply_hold(struct fold *f, const void *form);
enum err dialogue_stored_hold(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form);
enum err dialogue_check_publish(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);

/* --- Questions and commitments (dialogue_lines.c) --- */

enum err dialogue_check_put(struct tx *tx, const struct dossier *d, const void *form,
			    struct date on, struct faults *faults);
void dialogue_apply_put(struct fold *f, const void *form);
enum err dialogue_check_reply(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
bool dialogue_reply_futile(struct tx *tx, const struct dossier *d);
void dialogue_apply_reply(struct fold *f, const void *form);
void dialogue_apply_take_in(struct fold *f, const void *form);
enum err dialogue_check_promise(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
void dialogue_apply_promise(struct fold *f, const void *form);
bool dialogue_keep_futile(struct tx *tx, const struct dossier *d);
void dialogue_apply_keep(struct fold *f, const void *form);
enum err dialogue_check_extend(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void dialogue_apply_extend(struct fold *f, const void *form);

/* A text everybody reads: nothing in it leads to anybody. */
void dialogue_check_nobody(struct tx *tx, struct str text, const char *field,
			   struct faults *faults);

/* --- At a workplace (workplace.c) --- */

enum err workplace_check_request(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults);
enum err workplace_check_plan(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
enum err workplace_check_hold(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);

/* The rows that both kinds take the same way. `after`: the roles of `put` and what follows. */
#define DIALOGUE_LINE_STEPS                                                                        \
	{ "put",                                                                                   \
	  DIALOGUE_HELD_STATE,                                                                     \
	  0,                                                                                       \
	  CLERK | LEADER,                                                                          \
	  MSG_DIALOGUE_PUT,                                                                        \
	  MSG_DIALOGUE_PUT_DONE,                                                                   \
	  sizeof(struct dialogue_put),                                                             \
	  dialogue_put_fields,                                                                     \
	  .is_public = true,                                                                       \
	  .check = dialogue_check_put,                                                             \
	  .apply = dialogue_apply_put },                                                           \
		{ "reply",                                                                         \
		  DIALOGUE_AFTER,                                                                  \
		  0,                                                                               \
		  CLERK | LEADER,                                                                  \
		  MSG_DIALOGUE_REPLY,                                                              \
		  MSG_DIALOGUE_REPLY_DONE,                                                         \
		  sizeof(struct dialogue_reply),                                                   \
		  dialogue_reply_fields,                                                           \
		  .is_public = true,                                                               \
		  .check = dialogue_check_reply,                                                   \
		  .futile = dialogue_reply_futile,                                                 \
		  .apply = dialogue_apply_reply },                                                 \
		{ "promise",                                                                       \
		  DIALOGUE_AFTER,                                                                  \
		  0,                                                                               \
		  CLERK | LEADER,                                                                  \
		  MSG_DIALOGUE_PROMISE,                                                            \
		  MSG_DIALOGUE_PROMISE_DONE,                                                       \
		  sizeof(struct dialogue_promise),                                                 \
		  dialogue_promise_fields,                                                         \
		  .is_public = true,                                                               \
		  .check = dialogue_check_promise,                                                 \
		  .apply = dialogue_apply_promise },                                               \
		{ "keep",                                                                          \
		  DIALOGUE_AFTER,                                                                  \
		  0,                                                                               \
		  CLERK | LEADER,                                                                  \
		  MSG_DIALOGUE_KEEP,                                                               \
		  MSG_DIALOGUE_KEEP_DONE,                                                          \
		  sizeof(struct dialogue_keep),                                                    \
		  dialogue_keep_fields,                                                            \
		  .is_public = true,                                                               \
		  .futile = dialogue_keep_futile,                                                  \
		  .apply = dialogue_apply_keep },                                                  \
	{                                                                                          \
		"extend", DIALOGUE_AFTER, 0, LEADER, MSG_DIALOGUE_EXTEND,                          \
			MSG_DIALOGUE_EXTEND_DONE, sizeof(struct dialogue_extend),                  \
			dialogue_extend_fields, .is_public = true, .check = dialogue_check_extend, \
						.futile = dialogue_keep_futile,                    \
						.apply = dialogue_apply_extend                     \
	}

/* Of both kinds: in calendars. */
bool dialogue_happens(const struct dossier *d, struct happening *out);
