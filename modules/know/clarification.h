/* Official information (thông tin chính thức): something is said among people, and the office answers
 * what of it is true. It goes the way of editorial.h.
 *
 * The answer stands first and the claim apart from it, so that nobody reads the one for the other. It
 * never names who said it: the checklist has a box for that, and a check refuses what leads to a
 * person. What the office does not know yet it says is not known; a correction brings the answer. */
#pragma once

#include "modules/know/editorial.h"

extern const struct kind clarification_kind;

struct clarification {
	struct str title;   /* the matter, in neutral words */
	struct str verdict; /* "true", "partly", "false", "unknown" */
	struct str claim;   /* what is said */
	struct str place;   /* where, in general words */
	struct date since;  /* when it was first heard; may be missing */
	struct str body;    /* the answer, Markdown */
	struct str sources; /* modules/know/sources.h */
	struct file_refs files;
	struct str reason; /* of a correction */
};

/* How a verdict looks. */
enum tone clarification_tone(struct str verdict);
/* "Trả lời chính thức: thông tin này không đúng" */
enum msg clarification_headline(struct str verdict);
/* "Không đúng" */
enum msg clarification_word(struct str verdict);
