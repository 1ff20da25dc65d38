/* Whatever is public can be redacted: a kind that publishes has the two steps, from every state in which it is
 * public and from no other. */
#include "office/redaction.h"
#include "tests/test.h"
#include "tests/walk.h"
#include "web/module.h"

static unsigned public_states(const struct kind *k)
{
	unsigned states = 0;
	for (const struct state *s = k->states; s && s->bit; s++)
		if (s->visibility == VISIBLE_PUBLIC && !s->stub)
			states |= s->bit;
	return states;
}

static bool publishes_files(const struct kind *k)
{
	for (const struct step *s = k->steps; s->name; s++)
		for (const struct field *f = s->form; s->is_public && f && f->type; f++)
			if (f->type == FIELD_FILES && !f->internal && !f->personal && !s->redacts)
				return true;
	return false;
}

/* Who takes the steps by which it comes before the public; of what the program puts there or somebody sends,
 * who goes on with it in public. */
static unsigned publishers(const struct kind *k)
{
	unsigned roles = 0, later = 0, states = public_states(k);
	for (const struct step *s = k->steps; s->name; s++) {
		if (!s->redacts && (s->to & states) && (s->from & ~states))
			roles |= s->may;
		if (!s->redacts && s->is_public)
			later |= s->may;
	}
	return roles & ~(SYSTEM | CITIZEN) ? roles : later;
}

/* Does one unit say something in it that another then holds? */
static bool has_at_home(const struct kind *k)
{
	for (const struct step *s = k->steps; s->name; s++)
		if (s->at_home && !s->redacts)
			return true;
	return false;
}

static bool names_only_days(const struct kind *k)
{
	return str_eq(str_of(k->name), S("calendar"));
}

TEST(every_kind_that_publishes_can_be_redacted_wherever_it_is_public)
{
	struct walk_site s;
	size_t n = 0;
	walk_site_make(&s);
	for (const struct kind *const *k = s.office.kinds; *k; k++) {
		const struct step *texts = kind_step(*k, S("redact")),
				  *files = kind_step(*k, S("redact_file"));
		unsigned states = public_states(*k);
		if (!states || names_only_days(*k)) {
			CHECK(!texts && !files);
			continue;
		}
		if (!texts || texts->from != states || texts->form != redaction_fields)
			FAIL("%s is not redacted wherever it is public", (*k)->name);
		if (publishes_files(*k) != (files != NULL) || (files && files->from != states))
			FAIL("files of %s are not redacted wherever they are public", (*k)->name);
		CHECK(texts->redacts && texts->is_public && !texts->to);
		CHECK(!files || (files->redacts && files->form == file_redaction_fields));
		if (!texts->may || (texts->may & (CITIZEN | CLERK)) ||
		    (texts->may & ~publishers(*k)))
			FAIL("%s is redacted by who does not answer for it", (*k)->name);
		if (files && (files->may != texts->may || files->at_home != texts->at_home))
			FAIL("files of %s are redacted by others than its text", (*k)->name);
		if (has_at_home(*k) && !texts->at_home)
			FAIL("%s is redacted by who is asked, not by who asks", (*k)->name);
		/* The step takes no field of the kind for its own. */
		for (const struct field *f = redaction_fields; f->type; f++)
			CHECK(!field_find((*k)->fields, str_of(f->name)));
		for (const struct field *f = file_redaction_fields; f->type; f++)
			CHECK(!field_find((*k)->fields, str_of(f->name)));
		n++;
	}
	CHECK(n > 15);
}
