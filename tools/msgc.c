/* A message file is read line by line: a line that begins at the margin names a message and its
 * arguments, the indented lines after it give its text in each language. Texts without arguments
 * become one constant table; each other message becomes a function whose arguments have C types, so
 * that a date in the place of a number does not compile. */
#include "tools/msgc.h"

#include "base/msg.h"

#include <string.h>

enum { ARGS_MAX = 8 };

struct type {
	const char *name;
	const char *c;     /* its type in C */
	const char *write; /* the statement that writes the argument %.*s */
};

static const struct type types[] = {
	{ "str", "struct str ", "buf_put(out, %.*s);" },
	{ "int", "int64_t ", "lang_put_int(out, lang, %.*s);" },
	{ "digits", "int64_t ", "buf_put_int(out, %.*s);" },
	{ "tenths", "int64_t ", "lang_put_tenths(out, lang, %.*s);" },
	{ "date", "struct date ", "lang_put_date(out, lang, %.*s);" },
	{ "longdate", "struct date ", "lang_put_long_date(out, lang, %.*s);" },
	{ "instant", "struct instant ", "lang_put_instant(out, lang, %.*s);" },
	{ "longinstant", "struct instant ", "lang_put_long_instant(out, lang, %.*s);" },
};

struct arg {
	struct str name;
	const struct type *type;
	size_t at;
	bool used[LANGS];
};

struct message {
	struct str id, name; /* topic.closes, topic_closes */
	const struct scan *file;
	size_t at;
	struct arg args[ARGS_MAX];
	size_t args_n;
	bool capital;           /* some text makes an argument begin with a capital */
	struct str text[LANGS]; /* at NULL: not given */
	struct buf code[LANGS]; /* statements that write the text, for a message with arguments */
	struct message *next;
};

struct msgc {
	struct arena *mem;
	struct message *first, **last,
		*now; /* all files; the message being read, NULL before the first */
};

/* Words C, or the functions we generate, keep for themselves. */
static const char reserved[] =
	" auto break case char const continue default do double else enum extern float for goto if "
	"inline int int64_t lang long out register restrict return short signed sizeof static "
	"struct "
	"switch typedef union unsigned void volatile while at errno ";

static bool is_id(struct str id)
{
	for (size_t i = 0; i < id.len; i++) {
		bool letter = id.at[i] >= 'a' && id.at[i] <= 'z';
		bool start = i == 0 || id.at[i - 1] == '.';
		bool other =
			id.at[i] == '_' || id.at[i] == '.' || (id.at[i] >= '0' && id.at[i] <= '9');
		if (!letter && (start || !other))
			return false;
	}
	return id.len && id.at[id.len - 1] != '.';
}

static void put_literal(struct buf *code, struct str s)
{
	if (!s.len)
		return;
	buf_put(code, S("\t\tbuf_put_bytes(out, \""));
	scan_put_c(code, s);
	buf_printf(code, "\", %zu);\n", s.len);
}

/* "{name}", "{name:cap}" or "{name|one|many}", the place being after the '{'. */
static void read_placeholder(struct scan *s, struct message *m, enum lang lang, struct buf *code)
{
	size_t from = s->at - 1;
	struct str inside, line = scan_rest_of_line(s), rest;
	str_next(&line, '}', &inside);
	struct str name = scan_word(&(struct scan){ .text = inside }, "_"), one = S(""),
		   many = S("");
	struct arg *a = NULL;
	rest = str_from(inside, name.len);
	for (size_t i = 0; i < m->args_n; i++)
		if (str_eq(m->args[i].name, name))
			a = &m->args[i];
	s->at += inside.len;
	if (scan_peek(s, 0) != '}') {
		scan_fail(s, from, "this '{' is never closed: add '}'");
		return;
	}
	s->at++;
	if (!a) {
		scan_fail(s, from,
			  "there is no argument \"%.*s\": name it in the first line of %.*s, or "
			  "mend the name",
			  STR_ARG(name), STR_ARG(m->id));
		return;
	}
	a->used[lang] = true;
	bool dated = strstr(a->type->name, "long") != NULL;
	bool number = strcmp(a->type->c, "int64_t ") == 0;
	if (str_starts(rest, S("|"))) {
		struct str part = str_from(rest, 1);
		bool two = str_next(&part, '|', &one) && str_next(&part, '|', &many) && !part.at;
		if (!two || !number)
			scan_fail(s, from, "write {%.*s|one|many}, with a number to choose by",
				  STR_ARG(name));
		buf_printf(code, "\t\tif (%.*s == 1) {\n", STR_ARG(name));
		put_literal(code, one);
		buf_put(code, S("\t\t} else {\n"));
		put_literal(code, many);
		buf_put(code, S("\t\t}\n"));
		return;
	}
	bool cap = str_eq(rest, S(":cap"));
	if ((rest.len && !cap) || (cap && !dated)) {
		scan_fail(s, from,
			  "\"%.*s\" is not known here: after a name may come |one|many, or :cap "
			  "for a longdate or longinstant",
			  STR_ARG(rest));
		return;
	}
	m->capital = m->capital || cap;
	if (cap)
		buf_put(code, S("\t\tat = out->len;\n"));
	buf_put(code, S("\t\t"));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the formats are those of the table above */
	buf_printf(code, a->type->write, STR_ARG(name));
#pragma GCC diagnostic pop
	buf_put(code, cap ? S("\n\t\tlang_capital(out, at);\n") : S("\n"));
}

/* "  vi  text": the place is after the indentation. */
static void read_text(struct msgc *g, struct scan *s)
{
	size_t from = s->at;
	struct message *m = g->now;
	struct str code = scan_word(s, "");
	bool vi = str_eq(code, S("vi"));
	enum lang lang = vi ? LANG_VI : LANG_EN;
	size_t spaces = s->at;
	scan_spaces(s, " ");
	if (!m)
		scan_fail(s, from,
			  "a text without a message: begin the message's name at the margin");
	else if ((!vi && !str_eq(code, S("en"))) || s->at == spaces || scan_peek(s, 0) == '\n')
		scan_fail(s, from, "write \"  vi  the text\" or \"  en  the text\"");
	else if (m->text[lang].at)
		scan_fail(s, from, "%.*s has its \"%.*s\" text already: remove one", STR_ARG(m->id),
			  STR_ARG(code));
	if (!m || s->failed)
		return;
	struct buf *out = &m->code[lang];
	size_t start = s->at, literal = s->at;
	out->a = g->mem;
	for (int c; (c = scan_peek(s, 0)) >= 0 && c != '\n' && !s->failed;) {
		if (c == '\t' || c == '}')
			scan_fail(s, s->at,
				  c == '}' ? "a '}' without its '{': remove it"
					   : "a tab in a text: write a space");
		s->at++;
		if (c == '{') {
			put_literal(out, str_cut(str_from(s->text, literal), s->at - 1 - literal));
			read_placeholder(s, m, lang, out);
			literal = s->at;
		}
	}
	if (s->failed)
		return;
	put_literal(out, str_cut(str_from(s->text, literal), s->at - literal));
	m->text[lang] = str_cut(str_from(s->text, start), s->at - start);
	if (s->text.at[s->at - 1] == ' ')
		scan_fail(s, s->at - 1, "a space at the end of the text: remove it");
	for (size_t i = 0; i < m->args_n; i++)
		if (!m->args[i].used[lang])
			scan_fail(s, from,
				  "{%.*s} is missing in this text: every language says the same",
				  STR_ARG(m->args[i].name));
}

/* "(name: type, ...)": the place is at the parenthesis. */
static void read_args(struct scan *s, struct message *m)
{
	int c;
	do {
		s->at++;
		scan_spaces(s, " ");
		struct arg a = { .at = s->at };
		a.name = scan_word(s, "_");
		scan_spaces(s, " ");
		bool colon = scan_peek(s, 0) == ':';
		s->at += colon;
		scan_spaces(s, " ");
		struct str type = scan_word(s, "_");
		scan_spaces(s, " ");
		c = scan_peek(s, 0);
		for (size_t i = 0; i < LENGTH(types); i++)
			if (str_eq(type, str_of(types[i].name)))
				a.type = &types[i];
		for (size_t i = 0; i < m->args_n; i++)
			if (str_eq(m->args[i].name, a.name))
				scan_fail(s, a.at,
					  "the argument \"%.*s\" stands here twice: remove one",
					  STR_ARG(a.name));
		if (!is_id(a.name) || !colon)
			scan_fail(s, a.at, "write the arguments as (name: type, other: type)");
		else if (scan_listed(reserved, a.name))
			scan_fail(s, a.at,
				  "\"%.*s\" means something else in C: choose another name",
				  STR_ARG(a.name));
		else if (!a.type)
			scan_fail(s, a.at,
				  "\"%.*s\" is no type: write str, int, digits, tenths, date, "
				  "longdate, instant or longinstant",
				  STR_ARG(type));
		else if (m->args_n == ARGS_MAX)
			scan_fail(s, a.at, "more than %d arguments: split the message", ARGS_MAX);
		else
			m->args[m->args_n++] = a;
	} while (c == ',' && !s->failed);
	if (c != ')')
		scan_fail(s, s->at, "the arguments are not closed: add ')'");
	s->at += !s->failed;
}

static void end_message(struct msgc *g, struct scan *s)
{
	struct message *m = g->now;
	if (m && !(m->text[LANG_VI].at && m->text[LANG_EN].at))
		scan_fail(s, m->at, "%.*s has no \"%s\" text: every message is in both languages",
			  STR_ARG(m->id), m->text[LANG_VI].at ? "en" : "vi");
	g->now = NULL;
}

static void read_head(struct msgc *g, struct scan *s)
{
	struct message *m = NEW(g->mem, struct message);
	end_message(g, s);
	m->at = s->at;
	m->file = s;
	m->id = scan_word(s, "._");
	m->name = scan_c_name(g->mem, m->id, false);
	if (!is_id(m->id))
		scan_fail(s, m->at,
			  "a message's name is made of small letters, digits, '_' and '.', such "
			  "as topic.closes");
	else if (scan_listed(" none count plain ", m->id))
		scan_fail(s, m->at, "\"%.*s\" is kept for the generated code: choose another name",
			  STR_ARG(m->id));
	for (const struct message *o = g->first; o; o = o->next)
		if (str_eq(o->name, m->name))
			scan_fail(s, m->at,
				  "the name %.*s is taken in %.*s line %d: choose another",
				  STR_ARG(m->id), STR_ARG(o->file->name),
				  scan_line(&(struct scan){ .text = o->file->text, .seen_line = 1 },
					    o->at));
	if (scan_peek(s, 0) == '(')
		read_args(s, m);
	if (!s->failed && scan_peek(s, 0) >= 0 && scan_peek(s, 0) != '\n')
		scan_fail(s, s->at,
			  "nothing may follow the name and its (arguments): texts stand in the "
			  "indented lines below");
	*g->last = m;
	g->last = &m->next;
	g->now = m;
}

static void read_file(struct msgc *g, struct scan *s)
{
	g->now = NULL;
	while (s->at < s->text.len) {
		size_t from = s->at;
		scan_spaces(s, " ");
		int c = scan_peek(s, 0);
		if (c == '\t')
			scan_fail(s, s->at, "a tab: message files are indented with spaces");
		else if (c == '#' || c == '\n')
			s->at += scan_rest_of_line(s).len;
		else if (c >= 0 && s->at > from)
			read_text(g, s);
		else if (c >= 0)
			read_head(g, s);
		s->at += s->at < s->text.len; /* the line's end */
	}
	end_message(g, s);
}

static void put_signature(struct buf *b, const struct message *m)
{
	buf_printf(b, "void msg_%.*s(struct buf *out, enum lang lang", STR_ARG(m->name));
	for (size_t i = 0; i < m->args_n; i++)
		buf_printf(b, ", %s%.*s", m->args[i].type->c, STR_ARG(m->args[i].name));
	buf_put(b, S(")"));
}

static void put_function(struct buf *c, const struct message *m)
{
	struct str vi = buf_str(&m->code[LANG_VI]), en = buf_str(&m->code[LANG_EN]);
	put_signature(c, m);
	buf_put(c, S("\n{\n"));
	if (m->capital)
		buf_put(c, S("\tsize_t at;\n"));
	buf_put(c, S("\tif (lang == LANG_VI) {\n"));
	buf_put(c, vi);
	buf_put(c, S("\t} else {\n"));
	buf_put(c, en);
	buf_put(c, S("\t}\n}\n\n"));
}

void msgc_compile(const struct source *in, size_t n, struct buf *h, struct buf *c,
		  struct buf *errors)
{
	struct msgc g = { .mem = errors->a };
	struct scan *files = NEW_N(g.mem, struct scan, n);
	g.last = &g.first;
	for (size_t i = 0; i < n; i++) {
		scan_init(&files[i], in[i].name, in[i].text, errors);
		read_file(&g, &files[i]);
	}
	buf_put(h, S("#include \"base/msg.h\"\n\nenum msg {\n\tMSG_NONE,\n"));
	buf_put(c,
		S("#include <assert.h>\n\nstatic const struct str plain[MSG_COUNT][LANGS] = {\n"));
	for (const struct message *m = g.first; m; m = m->next) {
		struct str capitals = scan_c_name(g.mem, m->id, true);
		buf_printf(h, "\tMSG_%.*s,\n", STR_ARG(capitals));
		if (m->args_n)
			continue;
		buf_printf(c, "\t[MSG_%.*s] = { S_INIT(\"", STR_ARG(capitals));
		scan_put_c(c, m->text[LANG_VI]);
		buf_put(c, S("\"), S_INIT(\""));
		scan_put_c(c, m->text[LANG_EN]);
		buf_put(c, S("\") },\n"));
	}
	buf_put(h, S("\tMSG_COUNT,\n};\n\n"
		     "/* A message without arguments; MSG_NONE is the empty text. */\n"
		     "struct str msg_plain(enum lang lang, enum msg msg);\n\n"));
	buf_put(c, S("};\n\nstruct str msg_plain(enum lang lang, enum msg msg)\n{\n"
		     "\tassert(msg < MSG_COUNT && (msg == MSG_NONE || plain[msg][lang].at));\n"
		     "\treturn plain[msg][lang].at ? plain[msg][lang] : S(\"\");\n}\n\n"));
	for (const struct message *m = g.first; m; m = m->next) {
		if (!m->args_n)
			continue;
		put_signature(h, m);
		buf_put(h, S(";\n"));
		put_function(c, m);
	}
}
