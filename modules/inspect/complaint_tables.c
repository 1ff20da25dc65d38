/* Forms of the steps of a complaint, from the acceptance to the execution of the decision. */
#include "modules/inspect/petition_steps.h"

const struct field_choice complaint_decisions[] = {
	{ "right", MSG_PETITION_DECISION_RIGHT },
	{ "part", MSG_PETITION_DECISION_PART },
	{ "wrong", MSG_PETITION_DECISION_WRONG },
	{ 0 },
};

const struct field complaint_accept_fields[] = {
	FIELD(struct petition, remote, .optional = true, .label = MSG_PETITION_REMOTE),
	FIELD(struct petition, complex, .optional = true, .label = MSG_PETITION_COMPLEX),
	FIELD(struct petition, why_complex, .optional = true, .sometimes = true, .max = 1000,
	      .lines = true, .label = MSG_PETITION_WHY_COMPLEX,
	      .hint = MSG_PETITION_WHY_COMPLEX_HINT),
	SPHERE(struct petition, petition_spheres),
	{ 0 },
};

const struct field complaint_dialogue_fields[] = {
	FIELD(struct complaint_dialogue, dialogue_on, .past = true,
	      .label = MSG_PETITION_DIALOGUE_ON),
	FIELD(struct complaint_dialogue, minutes, .min = 10, .max = 5000, .lines = true,
	      .label = MSG_PETITION_MINUTES),
	FIELD(struct complaint_dialogue, evidence, .optional = true,
	      .label = MSG_PETITION_MINUTES_FILE),
	{ 0 },
};

const struct field complaint_suspend_fields[] = {
	FIELD(struct complaint_suspend, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_PETITION_REASON, .hint = MSG_PETITION_SUSPEND_HINT),
	FIELD(struct complaint_suspend, number, .max = 50, .label = MSG_PETITION_NUMBER),
	{ 0 },
};

const struct field complaint_decide_fields[] = {
	FIELD(struct petition, decision, .choices = complaint_decisions,
	      .label = MSG_PETITION_DECISION),
	FIELD(struct petition, number, .max = 50, .label = MSG_PETITION_NUMBER),
	FIELD(struct petition, answer, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_PETITION_DECISION_TEXT),
	FIELD(struct petition, files, .label = MSG_PETITION_DECISION_FILE,
	      .hint = MSG_PETITION_AMOUNTS_HINT),
	/* clang-format off */
	COMPLAINT_EFFECTS(ORDERED)
	COMPLAINT_RIGHTS(ORDERED)
	/* clang-format on */
	{ 0 },
};

const struct field complaint_again_fields[] = {
	FIELD(struct complaint_again, reason, .min = 10, .max = 5000, .lines = true,
	      .label = MSG_PETITION_AGAIN_REASON),
	FIELD(struct complaint_again, papers, .optional = true, .label = MSG_PETITION_PAPERS),
	FIELD(struct complaint_again, holder, .optional = true, .hidden = true,
	      .label = MSG_PETITION_TO),
	FIELD(struct complaint_again, office, .optional = true, .hidden = true,
	      .label = MSG_PETITION_TO),
	{ 0 },
};

/* clang-format off */
#define EXECUTED(name, words, most) \
	AMOUNT(struct complaint_execute, got_##name, MSG_PETITION_GOT_##words, most)
/* clang-format on */

const struct field complaint_execute_fields[] = {
	FIELD(struct complaint_execute, result, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_PETITION_RESULT),
	FIELD(struct complaint_execute, evidence, .label = MSG_PETITION_EVIDENCE,
	      .hint = MSG_PETITION_AMOUNTS_HINT),
	/* clang-format off */
	COMPLAINT_EFFECTS(EXECUTED)
	/* clang-format on */
	{ 0 },
};
