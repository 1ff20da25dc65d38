/* A state machine over the part of HTML that we write. It is narrower than HTML on purpose: double
 * quotes only, every element closed by name, no inline script or style. What it refuses would either
 * be unsafe, or break under our Content-Security-Policy, or need a larger machine to judge. */
#include "tools/markup.h"

#include <string.h>

static const char voids[] = " area br col hr img input link meta source track wbr ";
static const char forbidden[] =
	" animate animatemotion animatetransform applet base embed font frame "
	"frameset iframe math object param set style ";
static const char addresses[] =
	" action background cite data formaction href icon longdesc manifest "
	"ping poster src xlink:href ";
/* data-l is the column's name that dinh.css shows beside a value on narrow screens. */
static const char read_by_people[] = " alt aria-description aria-label aria-roledescription "
				     "aria-valuetext data-l label placeholder title ";
static const char verbatim[] = " code kbd pre samp ";

static struct element *top(struct markup *m)
{
	return m->now.depth ? &m->elements[m->now.depth - 1] : NULL;
}

static bool inside(const struct markup *m, const char *list)
{
	for (size_t i = 0; i < m->now.depth; i++)
		if (scan_listed(list, m->elements[i].name))
			return true;
	return false;
}

static bool on_top(struct markup *m, const char *list)
{
	return m->now.depth && scan_listed(list, top(m)->name);
}

/* Copies n bytes that are no white space. */
static void keep(struct markup *m, size_t n)
{
	buf_put(m->out, str_cut(str_from(m->s->text, m->s->at), n));
	m->s->at += n;
	m->fresh = m->blank = false;
}

/* Indentation goes, and so do lines that hold only directives; line ends stay, because a page is
 * read by people who learn from it too. Inside <pre> and <textarea> every sign counts. */
static void keep_space(struct markup *m)
{
	char c = (char)scan_peek(m->s, 0);
	m->s->at++;
	if (m->now.place == TEXT && inside(m, " pre textarea ")) {
		buf_putc(m->out, c);
		return;
	}
	if (c == '\n') {
		while (m->out->len && strchr(" \t", m->out->at[m->out->len - 1]))
			m->out->len--;
		if (!m->blank)
			buf_putc(m->out, '\n');
		m->fresh = m->blank = true;
	} else if (!m->fresh && !(m->out->len && m->out->at[m->out->len - 1] == ' ')) {
		buf_putc(m->out, ' ');
	}
}

/* Letters of Latin script; signs such as "→", "·" and "½" are no words. */
static bool is_letter(struct str s)
{
	unsigned char c = (unsigned char)s.at[0], d = s.len > 1 ? (unsigned char)s.at[1] : 0;
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return (c >= 0xc4 && c <= 0xca) || (c == 0xc3 && d != 0x97 && d != 0xb7) ||
	       (c == 0xe1 && d >= 0xb8 && d <= 0xbb);
}

/* One sign of text or of an attribute's value. */
static void keep_sign(struct markup *m, bool readable)
{
	struct str rest = str_from(m->s->text, m->s->at);
	if (rest.at[0] == '&') {
		size_t from = m->s->at++;
		struct str entity = scan_word(m->s, "#");
		if (!entity.len || scan_peek(m->s, 0) != ';') {
			scan_fail(m->s, from, "a bare '&': write &amp;");
			return;
		}
		m->s->at = from;
		keep(m, entity.len + 2);
		return;
	}
	if (readable && is_letter(rest)) {
		struct str word = scan_rest_of_line(m->s);
		for (size_t i = 0; i < word.len; i++)
			if (strchr("<{\"", word.at[i]))
				word.len = i;
		scan_fail(m->s, m->s->at,
			  "\"%.*s\" would be read in one language only: words belong in "
			  "a .msg file, write {{msg its.id}}",
			  STR_ARG(str_trim(word)));
		return;
	}
	keep(m, 1);
}

/* After the name of an element. */
static void open_element(struct markup *m)
{
	size_t from = m->s->at++;
	struct str name = scan_word(m->s, "-");
	struct str lower = str_lower(m->out->a, name);
	if (on_top(m, " title textarea script "))
		scan_fail(m->s, from, "no tag may stand inside <%.*s>: close it with </%.*s> first",
			  STR_ARG(top(m)->name), STR_ARG(top(m)->name));
	else if (scan_listed(forbidden, lower))
		scan_fail(m->s, from,
			  "<%.*s> is not allowed: the security policy of our pages blocks it",
			  STR_ARG(name));
	else if (!str_eq(name, lower) && !inside(m, " svg "))
		scan_fail(m->s, from, "names of elements are in small letters: write <%.*s>",
			  STR_ARG(lower));
	else if (m->now.depth == DEPTH_MAX)
		scan_fail(m->s, from,
			  "more than %d elements stand inside each other: split the template",
			  DEPTH_MAX);
	if (m->s->failed)
		return;
	m->elements[m->now.depth++] = (struct element){ name, from };
	m->now.place = TAG_WORD;
	m->s->at = from;
	keep(m, name.len + 1);
}

static void close_element(struct markup *m)
{
	size_t from = m->s->at;
	m->s->at += 2;
	struct str name = scan_word(m->s, "-");
	scan_spaces(m->s, " \t\n");
	bool closed = scan_peek(m->s, 0) == '>';
	if (!closed)
		scan_fail(m->s, from, "</%.*s is not closed: write </%.*s>", STR_ARG(name),
			  STR_ARG(name));
	else if (scan_listed(voids, name))
		scan_fail(m->s, from, "<%.*s> has no end tag: remove </%.*s>", STR_ARG(name),
			  STR_ARG(name));
	else if (!m->now.depth)
		scan_fail(m->s, from, "</%.*s> closes nothing: no element is open", STR_ARG(name));
	else if (!str_eq(top(m)->name, name))
		scan_fail(m->s, from, "</%.*s> stands where </%.*s> must come (opened in line %d)",
			  STR_ARG(name), STR_ARG(top(m)->name), scan_line(m->s, top(m)->at));
	else if (m->now.depth <= m->floor)
		scan_fail(m->s, from,
			  "</%.*s> closes an element opened outside this block: open and close "
			  "it on the same side",
			  STR_ARG(name));
	if (m->s->failed)
		return;
	m->now.depth--;
	buf_put(m->out, S("</"));
	buf_put(m->out, name);
	keep(m, 1);
}

static void step_text(struct markup *m)
{
	int c = scan_peek(m->s, 0), next = scan_peek(m->s, 1);
	if (c == '<' && next == '/') {
		close_element(m);
	} else if (c == '<' && scan_sees(m->s, "<!--")) {
		scan_fail(m->s, m->s->at,
			  "an HTML comment is sent to every reader: write {{# ... }}");
	} else if (c == '<' && scan_sees(m->s, "<!doctype html>")) {
		keep(m, strlen("<!doctype html>"));
	} else if (c == '<' && next == '!') {
		scan_fail(m->s, m->s->at,
			  "only <!doctype html>, in small letters, may begin with \"<!\"");
	} else if (c == '<' && next > 0 &&
		   is_letter((struct str){ m->s->text.at + m->s->at + 1, 1 })) {
		open_element(m);
	} else if (c == '<') {
		scan_fail(m->s, m->s->at, "a '<' that opens no tag: write &lt;");
	} else if (strchr(" \t\n", c)) {
		keep_space(m);
	} else if (on_top(m, " script ")) {
		scan_fail(m->s, m->s->at,
			  "no inline script: the security policy of our pages blocks it; "
			  "put it in a file and name it with src");
	} else {
		keep_sign(m, !inside(m, verbatim));
	}
}

/* The '>' of an open tag. */
static void finish_tag(struct markup *m, bool self)
{
	struct element *e = top(m);
	if (m->now.depth <= m->floor) {
		scan_fail(m->s, m->s->at,
			  "this '>' closes a tag opened outside this block: put it behind "
			  "{{end}}");
		return;
	}
	if (self && !scan_listed(voids, e->name) && !inside(m, " svg ")) {
		scan_fail(m->s, m->s->at,
			  "<%.*s/> does not close itself in HTML: write <%.*s></%.*s>",
			  STR_ARG(e->name), STR_ARG(e->name), STR_ARG(e->name));
		return;
	}
	keep(m, self ? 2 : 1);
	m->now.place = TEXT;
	/* Readers drop one line end after these tags; a value that begins with one would lose it. */
	if (!self && scan_listed(" pre textarea ", e->name) && scan_peek(m->s, 0) != '\n')
		buf_putc(m->out, '\n');
	if (self || scan_listed(voids, e->name))
		m->now.depth--;
}

static void open_attribute(struct markup *m)
{
	size_t from = m->s->at;
	struct str name = scan_word(m->s, "-:_");
	struct str lower = str_lower(m->out->a, name);
	if (!name.len)
		scan_fail(m->s, from, "'%.*s' cannot stand in a tag", STR_ARG(scan_sign(m->s)));
	else if (m->now.place == TAG_WORD)
		scan_fail(m->s, from, "put a space before the attribute %.*s", STR_ARG(name));
	else if (str_eq(lower, S("style")) || scan_listed(" http-equiv srcdoc srcset ", lower))
		scan_fail(m->s, from, "the attribute %.*s is not allowed: %s", STR_ARG(name),
			  str_eq(lower, S("style")) ? "the security policy blocks it, use a class"
						    : "it can smuggle an address past the checks");
	else if (str_starts(lower, S("on")))
		scan_fail(m->s, from,
			  "the attribute %.*s is not allowed: the security policy blocks it, "
			  "the page must work without script",
			  STR_ARG(name));
	else if (scan_peek(m->s, 0) == '=' && scan_peek(m->s, 1) == '\'')
		scan_fail(m->s, m->s->at + 1, "single quotes: write %.*s=\"...\"", STR_ARG(name));
	else if (scan_peek(m->s, 0) == '=' && scan_peek(m->s, 1) != '"')
		scan_fail(m->s, m->s->at + 1, "the value has no quotes: write %.*s=\"...\"",
			  STR_ARG(name));
	if (m->s->failed)
		return;
	m->s->at = from;
	m->now.place = TAG_WORD;
	if (scan_peek(m->s, name.len) != '=') {
		keep(m, name.len);
		return;
	}
	keep(m, name.len + 2);
	m->now.place = VALUE;
	m->now.attribute_at = from;
	m->now.trust = scan_listed(addresses, lower) ? TRUST_ADDRESS : TRUST_PLAIN;
	m->now.readable = scan_listed(read_by_people, lower);
}

static void step_tag(struct markup *m)
{
	int c = scan_peek(m->s, 0);
	if (strchr(" \t\n", c)) {
		m->now.place = TAG;
		keep_space(m);
	} else if (c == '>') {
		finish_tag(m, false);
	} else if (c == '/' && scan_peek(m->s, 1) == '>') {
		finish_tag(m, true);
	} else {
		open_attribute(m);
	}
}

static void step_value(struct markup *m)
{
	int c = scan_peek(m->s, 0);
	if (c == '<') {
		scan_fail(m->s, m->s->at,
			  "a '<' inside an attribute: close the quotes opened in line %d, "
			  "or write &lt;",
			  scan_line(m->s, m->now.attribute_at));
	} else if (c == '"') {
		m->now = (struct context){ .place = TAG_WORD, .depth = m->now.depth };
		keep(m, 1);
	} else {
		if (m->now.trust != TRUST_PLAIN && m->now.trust != TRUST_FRAGMENT)
			m->now.trust = c == '#' ? TRUST_FRAGMENT : TRUST_LITERAL;
		keep_sign(m, m->now.readable);
	}
}

void markup_begin(struct markup *m)
{
	m->now = (struct context){ .place = TEXT };
	m->floor = 0;
	m->fresh = m->blank = true;
}

void markup_step(struct markup *m)
{
	if (m->now.place == TEXT)
		step_text(m);
	else if (m->now.place == VALUE)
		step_value(m);
	else
		step_tag(m);
}

void markup_end(struct markup *m)
{
	struct element *e = top(m);
	if (m->now.place == VALUE)
		scan_fail(m->s, m->now.attribute_at,
			  "the quotes of this attribute are never closed");
	else if (m->now.place != TEXT)
		scan_fail(m->s, e->at, "this tag is never closed: add '>'");
	else if (e)
		scan_fail(m->s, e->at, "<%.*s> is never closed: add </%.*s>", STR_ARG(e->name),
			  STR_ARG(e->name));
}

const char *markup_writer(struct markup *m, size_t at)
{
	m->fresh = m->blank = false;
	if (m->now.place == TEXT) {
		if (on_top(m, " script "))
			scan_fail(
				m->s, at,
				"no value may stand inside <script>: put it in a data- attribute");
		return on_top(m, " title option ") ? "html_plain"
		       : on_top(m, " textarea ")   ? "html_attr"
						   : "html_text";
	}
	if (m->now.place != VALUE) {
		scan_fail(m->s, at,
			  "a value cannot be part of a tag's or an attribute's name: write "
			  "name=\"{{...}}\"");
		return NULL;
	}
	if (m->now.trust == TRUST_ADDRESS) {
		m->now.trust = TRUST_LITERAL;
		return "html_url";
	}
	if (m->now.trust == TRUST_LITERAL)
		scan_fail(m->s, at,
			  "an address is one struct url, first in its attribute: build it with "
			  "web/url.h (only after a '#' may other values follow)");
	return "html_attr";
}

bool markup_allows(struct markup *m, size_t at, const char *what)
{
	if (m->now.place == TEXT && !on_top(m, " title textarea script "))
		return true;
	scan_fail(m->s, at,
		  "%s may stand only where elements may: not inside a tag, <title>, <textarea> "
		  "or <script>",
		  what);
	return false;
}

void markup_close(struct markup *m, struct context before, struct context *after, size_t at,
		  size_t opened)
{
	bool now_tag = m->now.place == TAG || m->now.place == TAG_WORD;
	bool was_tag = before.place == TAG || before.place == TAG_WORD;
	if ((m->now.place == before.place || (now_tag && was_tag)) &&
	    m->now.depth == before.depth && m->now.attribute_at == before.attribute_at) {
		if (m->now.place == TAG_WORD)
			after->place = TAG_WORD;
		if (m->now.trust != after->trust)
			after->trust = TRUST_LITERAL;
		return;
	}
	if (m->now.depth > before.depth && m->now.place == TEXT)
		scan_fail(m->s, m->elements[before.depth].at,
			  "<%.*s> is not closed in the block where it "
			  "is opened: close it before line %d",
			  STR_ARG(m->elements[before.depth].name), scan_line(m->s, at));
	else
		scan_fail(m->s, at,
			  "the block opened in line %d does not end where it began: begin and end "
			  "it both between tags, both inside one tag, or both inside one pair "
			  "of quotes",
			  scan_line(m->s, opened));
}
