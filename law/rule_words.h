/* The rules of time_limits.tsv as people call them, in groups. */
#pragma once

#include "base/str.h"
#include "gen/messages.h"

struct rule_word {
	const char *rule; /* "disclosure.commune.publish"; NULL at the end */
	enum msg label, group;
};

/* All of them; those of one group stand together. */
const struct rule_word *rule_words(void);
/* What the rule asks for; MSG_NONE for a rule that is not of the table (one of the house). */
enum msg rule_label(struct str rule);
