#include "modules/know/clarification.h"

#include "modules/know/sources.h"
#include "office/redaction.h"
#include "office/trace.h"

struct own_checklist { /* submit */
	bool no_secret, names_lawful, nobody_named;
	struct str remark;
};

static const struct field checklist[] = {
	EDITORIAL_CHECKS(struct own_checklist),
	FIELD(struct own_checklist, nobody_named, .label = MSG_CLARIFICATION_NOBODY_NAMED),
	EDITORIAL_REMARK(struct own_checklist),
	{ 0 },
};

static const struct field_choice verdicts[] = {
	{ "true", MSG_CLARIFICATION_TRUE },
	{ "partly", MSG_CLARIFICATION_PARTLY },
	{ "false", MSG_CLARIFICATION_FALSE },
	{ "unknown", MSG_CLARIFICATION_UNKNOWN },
	{ 0 },
};

/* clang-format takes the braces of an initialiser in a macro for a block. */
/* clang-format off */
#define CONTENT(asked)                                                                     \
	FIELD(struct clarification, title, .min = 5, .max = 300, .hidden = !(asked),       \
	      .label = MSG_CLARIFICATION_TITLE, .hint = MSG_CLARIFICATION_TITLE_HINT),     \
	FIELD(struct clarification, claim, .min = 10, .max = 2000, .lines = true,          \
	      .hidden = !(asked), .label = MSG_CLARIFICATION_CLAIM,                        \
	      .hint = MSG_CLARIFICATION_CLAIM_HINT),                                       \
	FIELD(struct clarification, place, .min = 3, .max = 200, .hidden = !(asked),       \
	      .label = MSG_CLARIFICATION_PLACE, .hint = MSG_CLARIFICATION_PLACE_HINT),     \
	FIELD(struct clarification, since, .optional = true, .past = true,                 \
	      .hidden = !(asked), .label = MSG_CLARIFICATION_SINCE),                       \
	FIELD(struct clarification, verdict, .hidden = !(asked),                           \
	      .label = MSG_CLARIFICATION_VERDICT, .hint = MSG_CLARIFICATION_VERDICT_HINT,  \
	      .choices = verdicts),                                                        \
	FIELD(struct clarification, body, .min = 10, .max = 20000, .lines = true,          \
	      .markdown = true, .hidden = !(asked), .label = MSG_CLARIFICATION_ANSWER,     \
	      .hint = MSG_EDITORIAL_MARKDOWN_HINT),                                        \
	FIELD(struct clarification, sources, .optional = true, .max = 6000, .lines = true, \
	      .hidden = !(asked), .label = MSG_EDITORIAL_SOURCES,                          \
	      .hint = MSG_EDITORIAL_SOURCES_HINT),                                         \
	FIELD(struct clarification, files, .optional = true, .hidden = !(asked),           \
	      .label = MSG_EDITORIAL_FILES, .hint = MSG_EDITORIAL_FILES_HINT)
/* clang-format on */

static const struct field fields[] = { CONTENT(true), { 0 } };
static const struct field published[] = { CONTENT(false), { 0 } };
static const struct field corrected[] = {
	CONTENT(true),
	EDITORIAL_CORRECT_REASON(struct clarification),
	{ 0 },
};

static void check_nobody(struct tx *tx, struct str text, const char *field, struct faults *faults)
{
	struct buf b = { .a = tx->mem };
	enum lang lang = faults ? faults->lang : LANG_VI;
	struct str piece;
	switch (trace_find(text, &piece)) {
	case TRACE_NONE:
		return;
	case TRACE_PHONE:
		msg_clarification_fault_phone(&b, lang, piece);
		break;
	case TRACE_EMAIL:
		msg_clarification_fault_email(&b, lang, piece);
		break;
	case TRACE_HANDLE:
	case TRACE_PROFILE:
		msg_clarification_fault_account(&b, lang, piece);
		break;
	}
	fault_add(faults, field, buf_str(&b));
}

static enum err check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
		      struct faults *faults)
{
	const struct clarification *x = form;
	(void)d, (void)on;
	check_nobody(tx, x->title, "title", faults);
	check_nobody(tx, x->claim, "claim", faults);
	check_nobody(tx, x->place, "place", faults);
	return sources_check(tx, x->sources, "sources", faults);
}

static const struct state states[] = {
	EDITORIAL_STATES(MSG_CLARIFICATION_PUBLISHED),
	{ 0 },
};

static const struct step steps[] = {
	EDITORIAL_RECORD(struct clarification, fields, MSG_CLARIFICATION_RECORD,
			 MSG_CLARIFICATION_RECORD_DONE, .check = check),
	EDITORIAL_SUBMIT(struct own_checklist, checklist),
	EDITORIAL_PUBLISH(struct clarification, published, MSG_CLARIFICATION_PUBLISH,
			  MSG_CLARIFICATION_PUBLISH_DONE, .prepare = editorial_prepare_publish),
	EDITORIAL_CORRECT(struct clarification, corrected, .check = check),
	EDITORIAL_ENDINGS,
	REDACTION_STEPS(EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN, LEADER),
	{ 0 },
};

const struct kind clarification_kind = {
	.name = "clarification",
	.code = "TT",
	.slug = "thong-tin-chinh-thuc",
	.work = "know",
	.title = MSG_CLARIFICATION_CLARIFICATION,
	.titles = MSG_CLARIFICATION_CLARIFICATIONS,
	.no_clock = true,
	.hour = "publish",
	.size = sizeof(struct clarification),
	.fields = fields,
	.facet = "verdict",
	.states = states,
	.steps = steps,
};

/* --- Verdicts --- */

static const struct {
	const char *verdict;
	enum tone tone;
	enum msg word, headline;
} looks[] = {
	{ "true", TONE_OK, MSG_CLARIFICATION_TRUE, MSG_CLARIFICATION_HEAD_TRUE },
	{ "partly", TONE_SOON, MSG_CLARIFICATION_PARTLY, MSG_CLARIFICATION_HEAD_PARTLY },
	{ "false", TONE_LATE, MSG_CLARIFICATION_FALSE, MSG_CLARIFICATION_HEAD_FALSE },
	{ "unknown", TONE_WAIT, MSG_CLARIFICATION_UNKNOWN, MSG_CLARIFICATION_HEAD_UNKNOWN },
};

static size_t look_of(struct str verdict)
{
	size_t i = 0;
	while (i + 1 < LENGTH(looks) && !str_eq(verdict, str_of(looks[i].verdict)))
		i++;
	return i;
}

enum tone clarification_tone(struct str verdict)
{
	return looks[look_of(verdict)].tone;
}

enum msg clarification_headline(struct str verdict)
{
	return looks[look_of(verdict)].headline;
}

enum msg clarification_word(struct str verdict)
{
	return looks[look_of(verdict)].word;
}
