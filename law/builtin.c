/* The law inside the binary. */
#include "base/embed.h"
#include "law/load.h"

static bool read_embedded(struct arena *a, const void *from, const char *file, struct str *bytes,
			  struct str *why)
{
	(void)from;
	const struct embedded *found = embedded_find(str_printf(a, "law/%s", file).at);
	if (!found) {
		*why = str_printf(a, "law/%s: is not in this program", file);
		return false;
	}
	*bytes = (struct str){ (const char *)found->at, found->len };
	return true;
}

enum err law_builtin(struct arena *a, const struct law **out, struct str *why)
{
	return law_load(a, read_embedded, NULL, "law", out, why) ? ERR_CORRUPT : OK;
}
