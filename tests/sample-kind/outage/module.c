/* Water: where it is cut off, and when it comes back. */
#include "web/module.h"
#include "tests/sample-kind/outage/outage.h"

static const struct kind *const kinds[] = { &outage_kind, NULL };

/* What the duty is called in lists; the law has no name for a rule of the house. */
static bool duty_words(struct tx *tx, struct str rule, struct str about, enum lang lang,
		       struct str *out)
{
	(void)tx, (void)about;
	if (!str_eq(rule, S(OUTAGE_RULE)))
		return false;
	*out = msg_plain(lang, MSG_OUTAGE_DUTY);
	return true;
}

extern const struct module outage_module;
const struct module outage_module = {
	.name = "outage",
	.kinds = kinds,
	.duty = duty_words,
};
