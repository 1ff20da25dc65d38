/* JSON from strangers. What is accepted is written by our writer and read again to the same tree, and
 * the fields of a dossier survive the way through the database. */
#include "base/field.h"
#include "modules/know/disclosure.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void write_tree(struct buf *b, const struct json *j)
{
	switch (j->kind) {
	case J_STR:
		json_str(b, j->s);
		break;
	case J_INT:
		buf_put_int(b, j->n);
		break;
	case J_LIST:
		buf_putc(b, '[');
		for (size_t i = 0; i < j->count; i++) {
			if (i)
				buf_putc(b, ',');
			write_tree(b, &j->items[i]);
		}
		buf_putc(b, ']');
		break;
	case J_OBJECT:
		buf_putc(b, '{');
		for (size_t i = 0; i < j->count; i++) {
			if (i)
				buf_putc(b, ',');
			json_str(b, j->members[i].key);
			buf_putc(b, ':');
			write_tree(b, &j->members[i].value);
		}
		buf_putc(b, '}');
		break;
	case J_TRUE:
	case J_FALSE:
		buf_put(b, j->kind == J_TRUE ? S("true") : S("false"));
		break;
	case J_NULL:
	case J_REAL:
		buf_put(b, S("null"));
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str text = { (const char *)data, len }, why;
	struct arena *a = arena_new(0);
	struct json first, second;
	if (json_parse(a, text, &first, &why)) {
		struct buf once = { .a = a }, twice = { .a = a };
		write_tree(&once, &first);
		if (!json_parse(a, buf_str(&once), &second, &why))
			abort();
		write_tree(&twice, &second);
		if (!str_eq(buf_str(&once), buf_str(&twice)))
			abort();

		struct disclosure in, out;
		const struct field *table = disclosure_kind.fields;
		struct buf stored = { .a = a };
		in = out = (struct disclosure){ 0 };
		fields_init(table, &in);
		fields_init(table, &out);
		fields_read(a, table, &first, &in);
		buf_putc(&stored, '{');
		fields_write(&stored, table, &in, NULL);
		buf_putc(&stored, '}');
		if (!json_parse(a, buf_str(&stored), &second, &why))
			abort();
		fields_read(a, table, &second, &out);
		if (!fields_equal(table, &in, &out))
			abort();
	}
	arena_free(a);
	return 0;
}
