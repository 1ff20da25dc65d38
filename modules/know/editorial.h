/* The editorial flow: how whatever a unit makes known in its own name (a disclosure, a document, an
 * article, an official answer to what people say) comes from a clerk's draft to the public page.
 *
 *     recorded -> submitted -> published -> withdrawn
 *        ^-- returned --'         |  ^
 *                                 v  | restored
 *                              taken down (a stub stays); the withdrawn likewise, and back
 *
 * A clerk records and submits, with the checklist for secrets and personal data; a leader approves.
 * The approval carries the content, so that its leaf commits to it; corrections are versions; what
 * was taken down at once leaves its place and a ground. Nothing is public before the approval.
 *
 * A kind uses it by its tables. The rows of its own stand between these wherever they belong:
 *
 *     static const struct state states[] = { EDITORIAL_STATES(MSG_THING_PUBLISHED), { 0 } };
 *     static const struct step steps[] = {
 *             EDITORIAL_RECORD(struct thing, fields, MSG_THING_RECORD, MSG_THING_RECORD_DONE,
 *                              .check = check_content),
 *             EDITORIAL_SUBMIT(EDITORIAL_CHECKLIST),
 *             EDITORIAL_PUBLISH(struct thing, published_fields, MSG_THING_PUBLISH,
 *                               MSG_THING_PUBLISH_DONE, .prepare = editorial_prepare_publish),
 *             EDITORIAL_CORRECT(struct thing, correct_fields, .check = check_content),
 *             EDITORIAL_ENDINGS,
 *             { 0 },
 *     };
 *
 * `published_fields` are the fields of the kind once more, hidden: the program fills them from what
 * was recorded. Write the fields as a macro whose last argument says which of the two is meant
 * (article.c does). A correction is the content again and EDITORIAL_CORRECT_REASON; a member
 * `struct str reason` of the kind's struct that is no field of the kind serves for it.
 * Names of steps and fields and the bits of states are released: they stay as they are. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

enum editorial_state {
	EDITORIAL_RECORDED = 2,
	EDITORIAL_SUBMITTED = 4,
	EDITORIAL_PUBLISHED = 8,
	EDITORIAL_WITHDRAWN = 16,
	EDITORIAL_TAKEN_DOWN = 32,
	EDITORIAL_WITHDRAWN_DOWN = 64, /* taken down after it was withdrawn */
	EDITORIAL_SHOWN = EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN | EDITORIAL_TAKEN_DOWN |
			  EDITORIAL_WITHDRAWN_DOWN,
};

/* --- Forms --- */

struct checklist { /* submit */
	bool no_secret, names_lawful;
	struct str remark;
};
struct reason { /* return, withdraw, restore */
	struct str reason;
};
struct takedown { /* take_down */
	struct str ground;
	struct str detail;
};
extern const struct field editorial_checklist[], editorial_return[], editorial_reason[],
	editorial_takedown[];

/* clang-format takes the braces of an initialiser in a macro for a block. */
/* clang-format off */

/* The boxes of a checklist of one's own: `owner` has the members of struct checklist. */
#define EDITORIAL_CHECKS(owner)                                                            \
	FIELD(owner, no_secret, .label = MSG_EDITORIAL_NO_SECRET),                         \
	FIELD(owner, names_lawful, .label = MSG_EDITORIAL_NAMES_LAWFUL)
#define EDITORIAL_REMARK(owner)                                                            \
	FIELD(owner, remark, .optional = true, .internal = true, .lines = true,            \
	      .max = 1000, .label = MSG_EDITORIAL_REMARK)
/* What was corrected, and why: the last field of a correction. */
#define EDITORIAL_CORRECT_REASON(owner)                                                    \
	FIELD(owner, reason, .min = 5, .max = 1000, .lines = true,                         \
	      .label = MSG_EDITORIAL_CORRECT_REASON, .hint = MSG_EDITORIAL_REASON_PUBLIC)

/* --- Rows of states and steps. `...` is whatever else the row says: .prepare, .check, .apply --- */

#define EDITORIAL_STATES(published)                                                        \
	{ EDITORIAL_RECORDED, "recorded", MSG_EDITORIAL_STATE_RECORDED, TONE_WAIT,         \
	  VISIBLE_INTERNAL, .waits = true },                                               \
	{ EDITORIAL_SUBMITTED, "submitted", MSG_EDITORIAL_STATE_SUBMITTED, TONE_INFO,      \
	  VISIBLE_INTERNAL, .waits = true },                                               \
	{ EDITORIAL_PUBLISHED, "published", published, TONE_OK, VISIBLE_PUBLIC },          \
	{ EDITORIAL_WITHDRAWN, "withdrawn", MSG_EDITORIAL_STATE_WITHDRAWN, TONE_WAIT,      \
	  VISIBLE_PUBLIC, .closed = true },                                                \
	{ EDITORIAL_TAKEN_DOWN, "taken_down", MSG_EDITORIAL_STATE_TAKEN_DOWN, TONE_LATE,   \
	  VISIBLE_PUBLIC, .stub = true },                                                  \
	{ EDITORIAL_WITHDRAWN_DOWN, "withdrawn_taken_down",                                \
	  MSG_EDITORIAL_STATE_TAKEN_DOWN, TONE_LATE, VISIBLE_PUBLIC, .stub = true }

/* record, and edit while it is a draft. */
#define EDITORIAL_RECORD(type, fields, label, done, ...)                                   \
	{ "record", NEW, EDITORIAL_RECORDED, CLERK | LEADER, label, done, sizeof(type),    \
	  fields, __VA_ARGS__ },                                                           \
	{ "edit", EDITORIAL_RECORDED, 0, CLERK | LEADER, MSG_EDITORIAL_EDIT,               \
	  MSG_EDITORIAL_EDIT_DONE, sizeof(type), fields, __VA_ARGS__ }

/* submit, with a checklist, and return. */
#define EDITORIAL_CHECKLIST struct checklist, editorial_checklist
#define EDITORIAL_SUBMIT(...) EDITORIAL_SUBMIT_(__VA_ARGS__)
#define EDITORIAL_SUBMIT_(type, fields)                                                    \
	{ "submit", EDITORIAL_RECORDED, EDITORIAL_SUBMITTED, CLERK | LEADER,               \
	  MSG_EDITORIAL_SUBMIT, MSG_EDITORIAL_SUBMIT_DONE, sizeof(type), fields },         \
	{ "return", EDITORIAL_SUBMITTED, EDITORIAL_RECORDED, LEADER,                       \
	  MSG_EDITORIAL_RETURN, MSG_EDITORIAL_RETURN_DONE, sizeof(struct reason),          \
	  editorial_return }

#define EDITORIAL_PUBLISH(type, fields, label, done, ...)                                  \
	{ "publish", EDITORIAL_SUBMITTED, EDITORIAL_PUBLISHED, LEADER, label, done,        \
	  sizeof(type), fields, .is_public = true, .version = true, __VA_ARGS__ }

#define EDITORIAL_CORRECT(type, fields, ...)                                               \
	{ "correct", EDITORIAL_PUBLISHED, 0, LEADER, MSG_EDITORIAL_CORRECT,                \
	  MSG_EDITORIAL_CORRECT_DONE, sizeof(type), fields, .is_public = true,             \
	  .version = true, __VA_ARGS__ }

/* withdraw; take_down and restore, of what stands and of what was withdrawn. WITH: what follows from
 * each of them. */
#define EDITORIAL_ENDINGS EDITORIAL_ENDINGS_WITH()
#define EDITORIAL_ENDINGS_WITH(...) EDITORIAL_LEAVES(__VA_ARGS__), EDITORIAL_TAKEDOWNS(__VA_ARGS__)
/* Those that say why (struct reason) and those that name a ground (struct takedown). */
#define EDITORIAL_LEAVES(...)                                                              \
	{ "withdraw", EDITORIAL_PUBLISHED, EDITORIAL_WITHDRAWN, LEADER,                    \
	  MSG_EDITORIAL_WITHDRAW, MSG_EDITORIAL_WITHDRAW_DONE, sizeof(struct reason),      \
	  editorial_reason, .is_public = true, __VA_ARGS__ },                              \
	{ "restore", EDITORIAL_TAKEN_DOWN, EDITORIAL_PUBLISHED, LEADER,                    \
	  MSG_EDITORIAL_RESTORE, MSG_EDITORIAL_RESTORE_DONE, sizeof(struct reason),        \
	  editorial_reason, .is_public = true, __VA_ARGS__ },                              \
	{ "restore_withdrawn", EDITORIAL_WITHDRAWN_DOWN, EDITORIAL_WITHDRAWN, LEADER,      \
	  MSG_EDITORIAL_RESTORE, MSG_EDITORIAL_RESTORE_DONE, sizeof(struct reason),        \
	  editorial_reason, .is_public = true, __VA_ARGS__ }
#define EDITORIAL_TAKEDOWNS(...)                                                           \
	{ "take_down", EDITORIAL_PUBLISHED, EDITORIAL_TAKEN_DOWN, CLERK | LEADER,          \
	  MSG_EDITORIAL_TAKE_DOWN, MSG_EDITORIAL_TAKE_DOWN_DONE, sizeof(struct takedown),  \
	  editorial_takedown, .is_public = true, __VA_ARGS__ },                            \
	{ "take_down_withdrawn", EDITORIAL_WITHDRAWN, EDITORIAL_WITHDRAWN_DOWN,            \
	  CLERK | LEADER, MSG_EDITORIAL_TAKE_DOWN, MSG_EDITORIAL_TAKE_DOWN_DONE,           \
	  sizeof(struct takedown), editorial_takedown, .is_public = true, __VA_ARGS__ }

/* clang-format on */

/* --- Functions of the steps --- */

/* `prepare` of publish: the form, which has the struct of the kind, becomes what was recorded, names
 * of people included. */
MUST_USE enum err editorial_prepare_publish(struct tx *tx, const struct dossier *d, void *form);
/* For a `check`: what has neither words nor a file says nothing. */
void editorial_check_content(struct str body, const struct file_refs *files, struct faults *faults);

/* --- For pages and lists --- */

/* When it was published: with the hour, when that was recorded on the day itself; and the day of the
 * last correction. Days not set before there was one. */
struct editorial_times {
	struct date on;
	struct instant at;
	bool timed;
	struct date corrected_on;
};
MUST_USE enum err editorial_times(struct tx *tx, int64_t dossier, struct editorial_times *out);
