#include "office/redaction_limit.h"

#include "base/utf8.h"

static bool is_digit(int32_t c)
{
	return c >= '0' && c <= '9';
}

size_t redaction_letters(struct str text)
{
	struct str sign;
	int32_t c;
	size_t n = 0;
	while (utf8_next_sign(&text, &sign, &c))
		n += utf8_is_word(c) && !is_digit(c);
	return n;
}

bool redaction_is_readable(struct str text)
{
	struct str sign;
	int32_t c;
	while (utf8_next_sign(&text, &sign, &c))
		if (utf8_is_word(c))
			return true;
	return false;
}

void redaction_limit(struct tx *tx, const struct dossier *d, const struct passages *p,
		     struct faults *faults)
{
	static const char *const said[] = { "title", "body" };
	for (size_t i = 0; i < LENGTH(said); i++) {
		const struct field *f = field_find(d->kind->fields, str_of(said[i]));
		if (!f || f->type != FIELD_TEXT || f->choices)
			continue;
		struct str text = *field_str(f, d->data);
		bool was = redaction_is_readable(text);
		if (!mask_text(tx->mem, p, &text) || !was || redaction_is_readable(text))
			continue;
		struct buf b = { .a = tx->mem };
		msg_redaction_fault_all(&b, faults->lang, msg_plain(faults->lang, f->label));
		fault_add(faults, "passages", buf_str(&b));
	}
}
