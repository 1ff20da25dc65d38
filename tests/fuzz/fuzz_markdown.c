/* Whatever a stranger writes, the page receives only elements of the list, closed in the order in
 * which they were opened, and links that lead where links may. */
#include "web/markdown.h"

#include <stdlib.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

static const char *const paired[] = { "p",   "ul",         "ol", "li", "strong", "em", "code",
				      "pre", "blockquote", "h2", "h3", "h4",     "a" };

static size_t find(struct str name)
{
	for (size_t i = 0; i < LENGTH(paired); i++)
		if (str_eq(name, str_of(paired[i])))
			return i;
	abort();
}

static void check_link(struct str attributes)
{
	static const char *const starts[] = { "/", "#", "http://", "https://", "mailto:" };
	struct str head = S(" href=\""), tail = S("\" rel=\"nofollow noopener\"");
	bool known = false;

	insist(str_starts(attributes, head) && str_ends(attributes, tail));
	struct str url = str_from(str_cut(attributes, attributes.len - tail.len), head.len);
	insist(!str_has(url, S("\"")) && !str_has(url, S(" ")) && !str_starts(url, S("//")));
	for (size_t i = 0; i < LENGTH(starts); i++)
		known = known || (url.len >= str_of(starts[i]).len &&
				  strncasecmp(url.at, starts[i], str_of(starts[i]).len) == 0);
	insist(known);
}

struct open_elements {
	size_t at[1000], n;
};

static void check_tag(struct open_elements *open, struct str tag)
{
	if (str_eq(tag, S("br")) || str_eq(tag, S("hr")))
		return;
	if (str_starts(tag, S("/"))) {
		insist(open->n && open->at[--open->n] == find(str_from(tag, 1)));
		return;
	}
	struct str attributes = tag, name;
	if (!str_next(&attributes, ' ', &name))
		abort();
	attributes = str_from(tag, name.len);
	if (str_eq(name, S("a")))
		check_link(attributes);
	else if (str_eq(name, S("ol")) && attributes.len)
		insist(str_starts(attributes, S(" start=\"")) && str_ends(attributes, S("\"")));
	else
		insist(!attributes.len);
	insist(open->n < LENGTH(open->at));
	open->at[open->n++] = find(name);
}

static void check_markup(struct str html)
{
	struct open_elements open = { .n = 0 };
	struct str rest = html, text, tag;

	while (str_next(&rest, '<', &text)) {
		insist(!str_has(text, S(">")) && !str_has(text, S("\"")));
		if (!rest.at || !rest.len)
			break;
		if (!str_next(&rest, '>', &tag))
			abort();
		check_tag(&open, tag);
	}
	insist(!open.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct str text = { (const char *)data, len };
	struct html html;

	markdown_html(a, text, &html);
	check_markup(html.s);
	(void)markdown_text(a, text);
	arena_free(a);
	return 0;
}
