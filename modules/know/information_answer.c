/* The tables of what everybody reads of an answer. */
#include "modules/know/information_answer.h"

#include "modules/know/information_steps.h"
#include "office/redaction.h"

static const struct field fields[] = {
	FIELD(struct information_answer, title, .label = MSG_INFORMATION_QUESTION),
	FIELD(struct information_answer, body, .lines = true, .markdown = true, .max = 50000,
	      .label = MSG_INFORMATION_SHOWN_TEXT),
	FIELD(struct information_answer, extent, .choices = information_extents,
	      .label = MSG_INFORMATION_EXTENT),
	FIELD(struct information_answer, answered_on, .label = MSG_INFORMATION_ANSWERED_ON),
	FIELD(struct information_answer, files, .label = MSG_INFORMATION_SHOWN_FILES),
	FIELD(struct information_answer, approver, .label = MSG_INFORMATION_APPROVER),
	{ 0 },
};

/* All by the program: the leader has checked them on the form of the request. */
static const struct field publish_fields[] = {
	FIELD(struct information_answer, title, .hidden = true, .label = MSG_INFORMATION_QUESTION),
	FIELD(struct information_answer, body, .optional = true, .hidden = true, .lines = true,
	      .markdown = true, .max = 50000, .label = MSG_INFORMATION_SHOWN_TEXT),
	FIELD(struct information_answer, extent, .hidden = true, .label = MSG_INFORMATION_EXTENT),
	FIELD(struct information_answer, answered_on, .hidden = true,
	      .label = MSG_INFORMATION_ANSWERED_ON),
	FIELD(struct information_answer, files, .optional = true, .hidden = true,
	      .label = MSG_INFORMATION_SHOWN_FILES),
	FIELD(struct information_answer, approver, .hidden = true,
	      .label = MSG_INFORMATION_APPROVER),
	FIELD(struct information_answer, request, .hidden = true, .internal = true,
	      .label = MSG_INFORMATION_KIND),
	{ 0 },
};

static const struct field correct_fields[] = {
	FIELD(struct information_answer, title, .min = 10, .max = 200,
	      .label = MSG_INFORMATION_QUESTION, .hint = MSG_INFORMATION_QUESTION_HINT),
	FIELD(struct information_answer, body, .optional = true, .lines = true, .markdown = true,
	      .max = 50000, .label = MSG_INFORMATION_SHOWN_TEXT,
	      .hint = MSG_INFORMATION_SHOWN_HINT),
	FIELD(struct information_answer, files, .optional = true,
	      .label = MSG_INFORMATION_SHOWN_FILES),
	EDITORIAL_CORRECT_REASON(struct information_answer),
	{ 0 },
};

/* A correction is published as the answer was, and its reason with it. */
static enum err check_content(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct information_answer *x = form;
	struct dossier *request;
	(void)on;
	editorial_check_content(x->body, &x->files, faults);
	enum err e = dossier_load(tx, d->parent, &request);
	if (e || (e = information_check_nobody(tx, request, x->title, "title", faults)) ||
	    (e = information_check_nobody(tx, request, x->body, "body", faults)) ||
	    (e = information_check_files(tx, request, &x->files, "files", faults)))
		return e;
	return information_check_nobody(tx, request, x->reason, "reason", faults);
}

/* Why it is no longer there is read by everybody as well. */
static enum err nobody_named(struct tx *tx, const struct dossier *d, struct str text,
			     const char *field, struct faults *faults)
{
	struct dossier *request;
	enum err e = dossier_load(tx, d->parent, &request);
	return e ? e : information_check_nobody(tx, request, text, field, faults);
}

static enum err check_reason(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	(void)on;
	return nobody_named(tx, d, ((const struct reason *)form)->reason, "reason", faults);
}

static enum err check_takedown(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	(void)on;
	return nobody_named(tx, d, ((const struct takedown *)form)->detail, "detail", faults);
}

static void apply_publish(struct fold *f, const void *form)
{
	f->d->parent = ((const struct information_answer *)form)->request;
}

/* The rows of EDITORIAL_STATES that an answer can reach. */
static const struct state states[] = {
	{ EDITORIAL_PUBLISHED, "published", MSG_INFORMATION_STATE_PUBLIC, TONE_OK, VISIBLE_PUBLIC },
	{ EDITORIAL_WITHDRAWN, "withdrawn", MSG_EDITORIAL_STATE_WITHDRAWN, TONE_WAIT,
	  VISIBLE_PUBLIC, .closed = true },
	{ EDITORIAL_TAKEN_DOWN, "taken_down", MSG_EDITORIAL_STATE_TAKEN_DOWN, TONE_LATE,
	  VISIBLE_PUBLIC, .stub = true },
	{ EDITORIAL_WITHDRAWN_DOWN, "withdrawn_taken_down", MSG_EDITORIAL_STATE_TAKEN_DOWN,
	  TONE_LATE, VISIBLE_PUBLIC, .stub = true },
	{ 0 },
};

static const struct step steps[] = {
	{ "publish", NEW, EDITORIAL_PUBLISHED, SYSTEM, MSG_INFORMATION_PUBLISH,
	  MSG_INFORMATION_PUBLISH_DONE, sizeof(struct information_answer), publish_fields,
	  .is_public = true, .version = true, .follows = true, .apply = apply_publish },
	EDITORIAL_CORRECT(struct information_answer, correct_fields, .check = check_content),
	EDITORIAL_LEAVES(.check = check_reason),
	EDITORIAL_TAKEDOWNS(.check = check_takedown),
	REDACTION_STEPS(EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN, LEADER),
	{ 0 },
};

const struct kind information_answer_kind = {
	.name = "information_answer",
	.code = "TL",
	.slug = "thong-tin-da-cung-cap",
	.work = "know",
	.title = MSG_INFORMATION_ANSWER_KIND,
	.titles = MSG_INFORMATION_ANSWER_KINDS,
	.size = sizeof(struct information_answer),
	.fields = fields,
	.states = states,
	.steps = steps,
};
