/* cmark parses; its own HTML is never used. We walk over its tree and write what we know, so a node
 * of a sort that is on no list here can only lose its marks, never bring a tag of its own. The walk
 * is cmark's iterator, which needs no stack of ours. */
#include "web/markdown.h"

#include "base/encode.h"

#include <cmark.h>

#define MAX_DEPTH 16 /* nested quotations and lists that are shown as such; nested em and strong */

/* The safe flag concerns cmark's own writer; set all the same, should anyone ever use it. */
#define OPTIONS (CMARK_OPT_DEFAULT | CMARK_OPT_SAFE | CMARK_OPT_VALIDATE_UTF8)

struct walk {
	struct page page;
	struct arena *a;
	int blocks; /* quotations and lists open around this node, itself included */
	int marks;  /* em and strong likewise */
	bool plain;
};

static struct str literal(cmark_node *node)
{
	return str_of(cmark_node_get_literal(node));
}

static void put(struct walk *w, struct str markup)
{
	if (!w->plain)
		html_raw(&w->page, markup.at, markup.len);
}

static void put_text(struct walk *w, struct str text)
{
	if (w->plain)
		buf_put(&w->page.body, text);
	else
		html_text(&w->page, text);
}

/* A new line in the plain text, unless one has just begun. */
static void put_break(struct walk *w)
{
	struct buf *b = &w->page.body;
	if (w->plain && b->len && b->at[b->len - 1] != '\n')
		buf_putc(b, '\n');
}

/* ---- Links ---- */

/* A sign that browsers drop or read as another one, or that ends the attribute in some of them. */
static bool is_odd(unsigned char c)
{
	return c <= 0x20 || c == 0x7F || c == '\\' || c == '<' || c == '>' || c == '"' || c == '`';
}

static bool may_lead_to(struct arena *a, struct str url)
{
	for (size_t i = 0; i < url.len; i++)
		if (is_odd((unsigned char)url.at[i]))
			return false;
	struct str small = str_lower(a, url);
	if (str_starts(small, S("/")))
		return !str_starts(small, S("//"));
	return str_starts(small, S("#")) || str_starts(small, S("https://")) ||
	       str_starts(small, S("http://")) || str_starts(small, S("mailto:"));
}

/* ---- Nodes ---- */

static bool is_container(cmark_node_type type)
{
	return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST;
}

/* Entries of a flattened list would stand outside any list. */
static bool is_flat(const struct walk *w, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	return w->blocks > MAX_DEPTH && (is_container(type) || type == CMARK_NODE_ITEM);
}

/* In a tight list the words stand in the entry without a paragraph around them (5.3). */
static bool is_tight(const struct walk *w, cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph);
	cmark_node *list = item ? cmark_node_parent(item) : NULL;
	return w->blocks <= MAX_DEPTH && list && cmark_node_get_type(list) == CMARK_NODE_LIST &&
	       cmark_node_get_list_tight(list);
}

static void put_list(struct walk *w, cmark_node *node, bool entering)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);
	if (!entering)
		put(w, ordered ? S("</ol>\n") : S("</ul>\n"));
	else if (ordered && start != 1)
		put(w, str_printf(w->a, "<ol start=\"%d\">\n", start));
	else
		put(w, ordered ? S("<ol>\n") : S("<ul>\n"));
}

static void put_heading(struct walk *w, cmark_node *node, bool entering)
{
	int level = cmark_node_get_heading_level(node) + 1;
	level = level > 4 ? 4 : level;
	put(w, str_printf(w->a, entering ? "<h%d>" : "</h%d>\n", level));
}

/* "[4.360 nội dung](CK-7K3Q-92MV)": a figure names the record it was counted from by its code. */
static struct str target(struct arena *a, struct str url)
{
	struct str code;
	return code_read(a, url, &code) ? str_printf(a, "/ho-so/%.*s", STR_ARG(code)) : url;
}

static void put_link(struct walk *w, cmark_node *node, bool entering)
{
	struct str url = target(w->a, str_of(cmark_node_get_url(node)));
	if (!may_lead_to(w->a, url))
		return;
	if (!entering) {
		put(w, S("</a>"));
		return;
	}
	put(w, S("<a href=\""));
	if (!w->plain)
		html_attr(&w->page, url);
	put(w, S("\" rel=\"nofollow noopener\">"));
}

static void put_entry_number(struct walk *w, cmark_node *item)
{
	cmark_node *list = cmark_node_parent(item);
	if (!w->plain || !list || cmark_node_get_list_type(list) != CMARK_ORDERED_LIST)
		return;
	int number = cmark_node_get_list_start(list);
	for (cmark_node *n = cmark_node_previous(item); n; n = cmark_node_previous(n))
		number++;
	buf_printf(&w->page.body, "%d. ", number);
}

/* Sorts that hold nothing but words of their own, met once. */
static void put_leaf(struct walk *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_HTML_INLINE:
		put_text(w, literal(node));
		break;
	case CMARK_NODE_CODE:
		put(w, S("<code>"));
		put_text(w, literal(node));
		put(w, S("</code>"));
		break;
	case CMARK_NODE_CODE_BLOCK:
		put(w, S("<pre><code>"));
		put_text(w, literal(node));
		put(w, S("</code></pre>\n"));
		break;
	case CMARK_NODE_HTML_BLOCK:
		put(w, S("<p>"));
		put_text(w, str_trim(literal(node)));
		put(w, S("</p>\n"));
		break;
	case CMARK_NODE_SOFTBREAK: /* people who press Enter mean it */
	case CMARK_NODE_LINEBREAK:
		put(w, S("<br>"));
		put_text(w, S("\n"));
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		put(w, S("<hr>\n"));
		break;
	default:
		break;
	}
}

static void put_mark(struct walk *w, struct str markup, bool entering)
{
	w->marks += entering;
	if (w->marks <= MAX_DEPTH)
		put(w, markup);
	w->marks -= !entering;
}

/* Sorts that hold others, met before and after what they hold. */
static void put_holder(struct walk *w, cmark_node *node, bool entering)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		if (!is_tight(w, node))
			put(w, entering ? S("<p>") : S("</p>\n"));
		break;
	case CMARK_NODE_HEADING:
		put_heading(w, node, entering);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		put(w, entering ? S("<blockquote>\n") : S("</blockquote>\n"));
		break;
	case CMARK_NODE_LIST:
		put_list(w, node, entering);
		break;
	case CMARK_NODE_ITEM:
		put(w, entering ? S("<li>") : S("</li>\n"));
		if (entering)
			put_entry_number(w, node);
		break;
	case CMARK_NODE_EMPH:
		put_mark(w, entering ? S("<em>") : S("</em>"), entering);
		break;
	case CMARK_NODE_STRONG:
		put_mark(w, entering ? S("<strong>") : S("</strong>"), entering);
		break;
	case CMARK_NODE_LINK:
		put_link(w, node, entering);
		break;
	default: /* the document; a picture, of which the description stays */
		break;
	}
}

static bool is_leaf(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_HTML_INLINE:
	case CMARK_NODE_CODE:
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
	case CMARK_NODE_THEMATIC_BREAK:
		return true;
	default:
		return false;
	}
}

static void put_node(struct walk *w, cmark_node *node, bool entering)
{
	cmark_node_type type = cmark_node_get_type(node);
	bool block = type >= CMARK_NODE_FIRST_BLOCK && type <= CMARK_NODE_LAST_BLOCK;
	w->blocks += entering && is_container(type);
	if (is_leaf(node))
		put_leaf(w, node);
	else if (!is_flat(w, node))
		put_holder(w, node, entering);
	if (block && (!entering || is_leaf(node)))
		put_break(w);
	w->blocks -= !entering && is_container(type);
}

/* Words, one paragraph for each run of lines; nothing in them is a mark. */
static void put_unmarked(struct walk *w, struct str text)
{
	bool open = false;
	for (struct str rest = text, line; str_next(&rest, '\n', &line);) {
		line = str_trim(line);
		if (!line.len) {
			put(w, open ? S("</p>\n") : S(""));
			open = false;
			continue;
		}
		put(w, open ? S("<br>\n") : S("<p>"));
		put_text(w, line);
		put_break(w);
		open = true;
	}
	put(w, open ? S("</p>\n") : S(""));
}

/* A definition "[a]: address" used by "[a]" a thousand times copies its address a thousand times, so
 * the tree may grow with the square of the text. Long texts therefore have no definitions: written
 * as an entity, the colon is still a colon to the reader. */
#define MAX_WITH_DEFINITIONS 8192

static struct str without_definitions(struct arena *a, struct str text)
{
	struct buf b = { .a = a };
	size_t from = 0;
	for (size_t i = 1; i < text.len; i++) {
		if (text.at[i - 1] != ']' || text.at[i] != ':')
			continue;
		buf_put_bytes(&b, text.at + from, i - from);
		buf_put(&b, S("&#58;"));
		from = i + 1;
	}
	buf_put(&b, str_from(text, from));
	return buf_str(&b);
}

static void put_all(struct walk *w, struct str text)
{
	if (text.len > MARKDOWN_MAX) {
		put_unmarked(w, text);
		return;
	}
	if (text.len > MAX_WITH_DEFINITIONS)
		text = without_definitions(w->a, text);
	cmark_node *root = cmark_parse_document(text.at, text.len, OPTIONS);
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		put_node(w, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
	cmark_iter_free(iter);
	cmark_node_free(root);
}

void markdown_html(struct arena *a, struct str text, struct html *out)
{
	struct walk w = { .page = { .body = { .a = a } }, .a = a };
	put_all(&w, text);
	*out = (struct html){ buf_str(&w.page.body) };
}

struct str markdown_text(struct arena *a, struct str text)
{
	struct walk w = { .page = { .body = { .a = a } }, .a = a, .plain = true };
	put_all(&w, text);
	return str_trim(buf_str(&w.page.body));
}
