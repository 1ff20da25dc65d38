/* A template is read once, from left to right: tools/markup.c follows the HTML and says which writer
 * suits the place; here directives become C statements. Literal text is gathered until a statement
 * needs it written, so a page is a few copies. Expressions are passed to the C compiler as they
 * stand, under #line, so that it judges their types and shows the template's line. */
#include "tools/tmplc.h"

#include "tools/directive.h"
#include "tools/markup.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { BLOCKS_MAX = 32 };

struct block {
	enum { IF, EACH, LAYOUT } kind;
	bool has_else;
	size_t at;
	struct context before, after; /* where it began, and where its ends lead */
	size_t floor;
	struct str name, args; /* of a layout */
};

struct tmplc {
	struct scan s;
	struct buf *h, *c;
	struct buf literal;
	struct buf body; /* the current template's statements */
	struct markup m;
	struct block blocks[BLOCKS_MAX];
	size_t blocks_n;
	struct str name, args; /* of the current template; the name is empty before the first */
	size_t at;
	bool slot;
};

static void flush(struct tmplc *t)
{
	if (!t->literal.len)
		return;
	buf_put(&t->body, S("\thtml_raw(out, \""));
	scan_put_c(&t->body, buf_str(&t->literal));
	buf_printf(&t->body, "\", %zu);\n", t->literal.len);
	buf_reset(&t->literal);
}

static void put_line(struct tmplc *t, struct buf *b, size_t at)
{
	buf_printf(b, "#line %d \"", scan_line(&t->s, at));
	scan_put_c(b, t->s.name);
	buf_put(b, S("\"\n"));
}

/* One statement that stands for the directive at `at`. */
PRINTF(3, 4) static void emit(struct tmplc *t, size_t at, const char *format, ...)
{
	va_list args, again;
	flush(t);
	put_line(t, &t->body, at);
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	char *room = buf_reserve(&t->body, (size_t)n + 1);
	vsnprintf(room, (size_t)n + 1, format, again);
	va_end(again);
	va_end(args);
	t->body.len += (size_t)n;
	buf_putc(&t->body, '\n');
}

/* ", " before the arguments, if there are any. */
static const char *comma(struct str args)
{
	return args.len ? ", " : "";
}

static void put_signature(struct tmplc *t, struct buf *b, const char *part)
{
	buf_printf(b, "void %.*s%s(struct page *out%s%.*s)", STR_ARG(t->name), part, comma(t->args),
		   STR_ARG(t->args));
}

static void put_function(struct tmplc *t, const char *part)
{
	put_signature(t, t->h, part);
	buf_put(t->h, S(";\n"));
	put_line(t, t->c, t->at);
	put_signature(t, t->c, part);
	/* A template need not use every argument. */
	buf_put(t->c, S("\n{\n\t(void)out;\n"));
	for (struct str rest = t->args, one; t->args.len && str_next(&rest, ',', &one);) {
		size_t n = one.len;
		while (n && !strchr(" *\t", one.at[n - 1]))
			n--;
		buf_printf(t->c, "\t(void)%.*s;\n", STR_ARG(str_from(one, n)));
	}
	buf_put(t->c, buf_str(&t->body));
	buf_put(t->c, S("}\n\n"));
	buf_reset(&t->body);
}

static void end_template(struct tmplc *t)
{
	if (!t->name.len || t->s.failed)
		return;
	if (t->blocks_n) {
		struct block *b = &t->blocks[t->blocks_n - 1];
		scan_fail(&t->s, b->at, "this {{%s}} is never ended: add {{end}}",
			  (const char *[]){ "if", "each", "layout" }[b->kind]);
		return;
	}
	markup_end(&t->m);
	flush(t);
	put_function(t, t->slot ? "_end" : "");
}

static void begin_template(struct tmplc *t, struct directive *d)
{
	end_template(t);
	if (t->s.failed)
		return;
	t->at = d->at;
	t->slot = false;
	bool plain = directive_call(d->rest, &t->name, &t->args) && directive_is_name(t->name);
	for (size_t i = 0; i < t->args.len && plain; i++)
		plain = strchr(" \t,*_", t->args.at[i]) ||
			directive_is_name(str_cut(str_from(t->args, i), 1)) ||
			(t->args.at[i] >= '0' && t->args.at[i] <= '9');
	for (struct str rest = t->args, one; plain && t->args.len && str_next(&rest, ',', &one);)
		plain = str_trim(one).len > 0;
	if (!plain || d->words) {
		scan_fail(&t->s, d->at,
			  "a template begins as a C function: {{template page_x(const struct "
			  "x_page *v)}}");
		return;
	}
	markup_begin(&t->m);
}

static void open_block(struct tmplc *t, struct directive *d, struct block b)
{
	if (t->blocks_n == BLOCKS_MAX) {
		scan_fail(&t->s, d->at,
			  "more than %d blocks stand inside each other: split the template",
			  BLOCKS_MAX);
		return;
	}
	b.at = d->at;
	b.before = b.after = t->m.now;
	b.floor = t->m.floor;
	t->blocks[t->blocks_n++] = b;
	t->m.floor = t->m.now.depth;
	/* The second round of a body follows its own end, without the white space before it. */
	if (b.kind == EACH && t->m.now.place == TAG)
		t->m.now.place = TAG_WORD;
}

static void each_directive(struct tmplc *t, struct directive *d)
{
	size_t cut = d->rest.len;
	while (cut && !str_starts(str_from(d->rest, cut), S(" as ")))
		cut--;
	struct str list = str_trim(str_cut(d->rest, cut));
	struct str rest = str_from(d->rest, cut + 4), item = { 0 }, index;
	if (rest.len)
		str_next(&rest, ',', &item);
	if (!cut || !list.len || !directive_is_name(item = str_trim(item)) ||
	    (rest.at && !directive_is_name(str_trim(rest)))) {
		scan_fail(&t->s, d->at,
			  "write {{each v->list as item}} or {{each v->list as item, i}}");
		return;
	}
	index = rest.at ? str_trim(rest) : str_printf(t->s.errors->a, "%.*s_at", STR_ARG(item));
	emit(t, d->at,
	     "\tfor (size_t %.*s = 0; %.*s < (%.*s).n; %.*s++) { __typeof__(&(%.*s).at[0]) %.*s = "
	     "&(%.*s).at[%.*s]; (void)%.*s;",
	     STR_ARG(index), STR_ARG(index), STR_ARG(list), STR_ARG(index), STR_ARG(list),
	     STR_ARG(item), STR_ARG(list), STR_ARG(index), STR_ARG(item));
	open_block(t, d, (struct block){ .kind = EACH });
}

static void msg_directive(struct tmplc *t, struct directive *d)
{
	struct str id = d->rest, args = { 0 };
	bool called = directive_call(d->rest, &id, &args);
	struct scan w = { .text = id };
	if (!id.len || scan_word(&w, "._").len != id.len || (called && !args.len)) {
		scan_fail(&t->s, d->at,
			  "write {{msg its.id}} or {{msg its.id(value, ...)}}; a label held in a "
			  "value is {{msg_id v->label}}");
		return;
	}
	if (called)
		emit(t, d->at,
		     "\tmsg_%.*s(html_msg_begin(out), out->lang, %.*s); html_msg_end(out);",
		     STR_ARG(scan_c_name(t->s.errors->a, id, false)), STR_ARG(args));
	else
		emit(t, d->at, "\thtml_msg(out, MSG_%.*s);",
		     STR_ARG(scan_c_name(t->s.errors->a, id, true)));
}

static void value_directive(struct tmplc *t, struct directive *d)
{
	bool text = t->m.now.place == TEXT;
	const char *writer = markup_writer(&t->m, d->at);
	if (!d->rest.len)
		scan_fail(&t->s, d->at, "an empty directive: write an expression, or remove it");
	else if (d->words && (text || t->m.now.readable))
		scan_fail(&t->s, d->at, "words belong in a .msg file: write {{msg its.id}}");
	if (!t->s.failed)
		emit(t, d->at, "\t%s(out, %.*s);", writer, STR_ARG(d->rest));
}

/* {{msg}} and {{msg_id}}: text for people, escaped, never part of an address. */
static void words_directive(struct tmplc *t, struct directive *d)
{
	if (t->m.now.place == VALUE && t->m.now.trust != TRUST_PLAIN)
		scan_fail(&t->s, d->at, "a message is no address: write a struct url");
	markup_writer(&t->m, d->at);
	if (t->s.failed)
		return;
	if (str_eq(d->word, S("msg")))
		msg_directive(t, d);
	else
		emit(t, d->at, "\thtml_msg(out, %.*s);", STR_ARG(d->rest));
}

/* {{call x(...)}} and {{layout x(...)}}. */
static void call_directive(struct tmplc *t, struct directive *d)
{
	struct block b = { .kind = LAYOUT };
	bool layout = str_eq(d->word, S("layout"));
	if (!directive_call(d->rest, &b.name, &b.args) || !directive_is_name(b.name)) {
		scan_fail(&t->s, d->at, "write {{%.*s other_template(value, ...)}}",
			  STR_ARG(d->word));
		return;
	}
	if (!markup_allows(&t->m, d->at, layout ? "a layout" : "another template"))
		return;
	emit(t, d->at, "\t%.*s%s(out%s%.*s);", STR_ARG(b.name), layout ? "_begin" : "",
	     comma(b.args), STR_ARG(b.args));
	if (layout)
		open_block(t, d, b);
}

static void slot_directive(struct tmplc *t, struct directive *d)
{
	if (t->slot || t->blocks_n)
		scan_fail(&t->s, d->at,
			  t->slot ? "a template has one slot: remove this one"
				  : "a slot cannot stand inside a block: move it out");
	if (!markup_allows(&t->m, d->at, "a slot"))
		return;
	flush(t);
	put_function(t, "_begin");
	t->slot = true;
}

/* {{elif}}, {{else}} and {{end}}: a body ends where it began. */
static void branch_directive(struct tmplc *t, struct directive *d)
{
	struct block *b = t->blocks_n ? &t->blocks[t->blocks_n - 1] : NULL;
	bool end = str_eq(d->word, S("end"));
	if (!b || (!end && (b->kind != IF || b->has_else))) {
		scan_fail(&t->s, d->at, "{{%.*s}} without its {{if}}%s: remove it",
			  STR_ARG(d->word), end ? ", {{each}} or {{layout}}" : "");
		return;
	}
	markup_close(&t->m, b->before, &b->after, d->at, b->at);
	if (!end) {
		t->m.now = b->before;
		b->has_else = str_eq(d->word, S("else"));
		emit(t, d->at, b->has_else ? "\t} else {" : "\t} else if (%.*s) {",
		     STR_ARG(d->rest));
		return;
	}
	t->m.now = b->after;
	t->m.floor = b->floor;
	t->blocks_n--;
	if (b->kind == LAYOUT)
		emit(t, b->at, "\t%.*s_end(out%s%.*s);", STR_ARG(b->name), comma(b->args),
		     STR_ARG(b->args));
	else
		emit(t, d->at, "\t}");
}

static void include_directive(struct tmplc *t, struct directive *d)
{
	struct scan w = { .text = str_cut(str_from(d->rest, 1), d->rest.len - 2) };
	if (t->name.len || d->rest.len < 3 || d->rest.at[0] != '"' ||
	    scan_word(&w, "._/-").len != d->rest.len - 2)
		scan_fail(&t->s, d->at,
			  "write {{include \"folder/file.h\"}}, before the first template");
	else
		buf_printf(t->h, "#include %.*s\n", STR_ARG(d->rest));
}

static void directive(struct tmplc *t)
{
	struct directive d;
	t->m.fresh = false;
	if (scan_sees(&t->s, "{{#")) {
		const char *end = memmem(t->s.text.at + t->s.at, t->s.text.len - t->s.at, "}}", 2);
		if (end)
			t->s.at = (size_t)(end - t->s.text.at) + 2;
		else
			scan_fail(&t->s, t->s.at, "this comment is never closed: add }}");
		return;
	}
	if (!directive_read(&t->s, t->s.errors->a, &d))
		return;
	if (str_eq(d.word, S("include")))
		include_directive(t, &d);
	else if (str_eq(d.word, S("template")))
		begin_template(t, &d);
	else if (!t->name.len)
		scan_fail(&t->s, d.at, "nothing may stand before the first {{template ...}}");
	else if (!d.word.len)
		value_directive(t, &d);
	else if (scan_listed(" slot else end ", d.word) != !d.rest.len)
		scan_fail(&t->s, d.at,
			  d.rest.len ? "{{%.*s}} takes nothing more: remove what follows"
				     : "{{%.*s}} needs something after it",
			  STR_ARG(d.word));
	else if (scan_listed(" msg msg_id ", d.word))
		words_directive(t, &d);
	else if (scan_listed(" call layout ", d.word))
		call_directive(t, &d);
	else if (scan_listed(" elif else end ", d.word))
		branch_directive(t, &d);
	else if (str_eq(d.word, S("each")))
		each_directive(t, &d);
	else if (str_eq(d.word, S("slot")))
		slot_directive(t, &d);
	else {
		emit(t, d.at, "\tif (%.*s) {", STR_ARG(d.rest));
		open_block(t, &d, (struct block){ .kind = IF });
	}
}

void tmplc_compile(struct str name, struct str text, struct buf *h, struct buf *c,
		   struct buf *errors)
{
	struct tmplc *t = NEW(errors->a, struct tmplc);
	t->h = h;
	t->c = c;
	t->literal.a = t->body.a = errors->a;
	t->m = (struct markup){ .s = &t->s, .out = &t->literal };
	scan_init(&t->s, name, text, errors);
	while (t->s.at < t->s.text.len) {
		if (scan_sees(&t->s, "{{"))
			directive(t);
		else if (t->name.len)
			markup_step(&t->m);
		else if (strchr(" \t\n", scan_peek(&t->s, 0)))
			t->s.at++;
		else
			scan_fail(&t->s, t->s.at,
				  "nothing may stand before the first {{template ...}}");
	}
	end_template(t);
	if (!t->name.len)
		scan_fail(
			&t->s, 0,
			"no template here: begin with {{template page_x(const struct x_page *v)}}");
}
