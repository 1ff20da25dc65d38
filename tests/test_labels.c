/* A label heads a field, names a fact, and stands inside the sentence of an error ("Nhập {label}"): so
 * it is a noun and no question. Every field of every kind, in both languages. */
#include "office/kind.h"
#include "tests/test.h"
#include "web/module.h"

static bool asks(struct str label)
{
	static const char *const ends[] = {
		"?", " nào", " gì", " đâu", " ai", " bao nhiêu", " lần"
	};
	static const char *const begins[] = { "Ông/bà ", "Bao ", "Vì sao ", "Ai ", "Muốn " };
	for (size_t i = 0; i < LENGTH(ends); i++)
		if (str_ends(label, str_of(ends[i])))
			return true;
	for (size_t i = 0; i < LENGTH(begins); i++)
		if (str_starts(label, str_of(begins[i])))
			return true;
	return false;
}

static void look(const char *kind, const char *of, const struct field *table)
{
	for (const struct field *f = table; f && f->type; f++) {
		struct str vi = msg_plain(LANG_VI, f->label), en = msg_plain(LANG_EN, f->label);
		if (!vi.len || asks(vi) || str_ends(en, S("?")))
			FAIL("%s.%s.%s is labelled with a question: %.*s / %.*s", kind, of, f->name,
			     STR_ARG(vi), STR_ARG(en));
	}
}

TEST(no_field_of_any_kind_is_labelled_with_a_question)
{
	const struct kind *const *kinds = every_kind(test_arena());
	for (; *kinds; kinds++) {
		const struct kind *k = *kinds;
		look(k->name, "says", k->fields);
		for (const struct line_kind *l = k->lines; l && l->name; l++)
			look(k->name, l->name, l->fields);
		for (const struct step *s = k->steps; s->name; s++)
			look(k->name, s->name, s->form);
	}
}
