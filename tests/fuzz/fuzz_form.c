/* A form as a stranger sends it: the body is taken apart, its values become a struct by the table of
 * a disclosure, and what is left is within the bounds that were promised. */
#include "modules/know/disclosure.h"
#include "office/form.h"
#include "web/body.h"
#include "web/form.h"
#include "web/house.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct house house = { .dir = "/nonexistent" };
	struct arena *a = arena_new(16 << 20);
	struct rng rng;
	struct body *body;
	struct body_limits limits = { .fields = 64 << 10, .dir = "/nonexistent" };
	rng_seeded(&rng, 1);
	struct req r = { .mem = a, .house = &house, .lang = LANG_VI };
	r.tx = (struct tx){ .mem = a, .rng = &rng };
	r.faults = (struct faults){ .a = a, .lang = LANG_VI };
	if (!body_new(a, S("application/x-www-form-urlencoded"), &limits, &body) &&
	    !body_feed(body, (struct str){ (const char *)data, len }) &&
	    !body_end(body, &r.fields, &r.uploads)) {
		struct disclosure *form = NEW(a, struct disclosure);
		struct buf b = { .a = a };
		struct json j;
		struct str why;
		form_read(&r, disclosure_kind.fields, form);
		buf_putc(&b, '{');
		fields_write(&b, disclosure_kind.fields, form, NULL);
		buf_putc(&b, '}');
		if (!json_parse(a, buf_str(&b), &j, &why))
			abort(); /* what was read is clean text in NFC */
		if (form->regime.len || form->owed.n || form->posting_days)
			abort(); /* hidden fields are the program's own */
	}
	arena_free(a);
	return 0;
}
