/* One walk over the words; every complaint names the word and where help is. */
#include "main/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cli_fail(const struct cli *c, int code, struct str sentence)
{
	cli_progress_end();
	struct buf line = { .a = c->mem };
	buf_printf(&line, "dinh %s: ", c->name);
	buf_put(&line, sentence);
	buf_putc(&line, '\n');
	fwrite(line.at, 1, line.len, stderr);
	return code;
}

int cli_fail_err(const struct cli *c, enum err e, struct str why)
{
	bool input = e == ERR_INVALID || e == ERR_DENIED || e == ERR_NOT_FOUND || e == ERR_CONFLICT;
	return cli_fail(c, input ? EXIT_USAGE : EXIT_FAILED, why.len ? why : str_of(err_name(e)));
}

int cli_print(const struct cli *c, struct str text)
{
	bool written = fwrite(text.at, 1, text.len, stdout) == text.len;
	if (written && fflush(stdout) == 0)
		return EXIT_DONE;
	return cli_fail(c, EXIT_FAILED, msg_plain(c->lang, MSG_CLI_NO_OUTPUT));
}

int cli_say(const struct cli *c, struct str text)
{
	(void)c;
	return fwrite(text.at, 1, text.len, stderr) == text.len ? EXIT_DONE : EXIT_FAILED;
}

enum lang cli_lang(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--lang=en") ||
		    (!strcmp(argv[i], "--lang") && i + 1 < argc && !strcmp(argv[i + 1], "en")))
			return LANG_EN;
	return LANG_VI;
}

static bool progress_shown;

void cli_progress(struct str line)
{
	if (!isatty(STDERR_FILENO))
		return;
	fputs("\r\033[K", stderr);
	fwrite(line.at, 1, line.len, stderr);
	fflush(stderr);
	progress_shown = true;
}

void cli_progress_end(void)
{
	if (progress_shown)
		fputs("\r\033[K", stderr);
	progress_shown = false;
}

static struct str option_word(struct arena *a, const struct option *o)
{
	if (o->plain)
		return str_of(o->value);
	char *word = str_z(a, str_printf(a, "--%s", o->name));
	for (char *at = word; *at; at++)
		if (*at == '_')
			*at = '-';
	return str_of(word);
}

static void help_line(struct buf *b, struct str left, struct str right)
{
	enum { COLUMN = 22 };
	buf_printf(b, "  %-*.*s ", COLUMN, STR_ARG(left));
	if (left.len > COLUMN)
		buf_printf(b, "\n  %*s ", COLUMN, "");
	buf_put(b, right);
	buf_putc(b, '\n');
}

static struct str help_text(const struct cli *c)
{
	struct arena *a = c->mem;
	struct buf b = { .a = a };
	buf_put(&b, msg_plain(c->lang, MSG_CLI_USAGE));
	buf_printf(&b, " dinh %s", c->name);
	for (const struct option *o = c->options; o->name; o++) {
		struct str word = option_word(a, o);
		buf_printf(&b, o->required ? " %.*s" : " [%.*s", STR_ARG(word));
		if (!o->plain && o->value)
			buf_printf(&b, " %s", o->value);
		buf_put(&b, o->required ? S("") : S("]"));
	}
	buf_put(&b, S("\n\n"));
	buf_put(&b, msg_plain(c->lang, c->what));
	buf_put(&b, S("\n\n"));
	for (const struct option *o = c->options; o->name; o++) {
		struct str left = option_word(a, o);
		if (!o->plain && o->value)
			left = str_printf(a, "%.*s %s", STR_ARG(left), o->value);
		help_line(&b, left, msg_plain(c->lang, o->help));
	}
	help_line(&b, S("--lang vi|en"), msg_plain(c->lang, MSG_CLI_LANG));
	help_line(&b, S("--help"), msg_plain(c->lang, MSG_CLI_HELP));
	buf_putc(&b, '\n');
	buf_put(&b, msg_plain(c->lang, MSG_CLI_EXIT_CODES));
	buf_putc(&b, '\n');
	return buf_str(&b);
}

static bool value_read(const struct option *o, struct str value, void *out)
{
	void *at = (char *)out + o->offset;
	char *end;
	switch (o->type) {
	case OPTION_FLAG:
		return false;
	case OPTION_TEXT:
		*(struct str *)at = value;
		return value.len > 0;
	case OPTION_INT:
		return str_int(value, at);
	case OPTION_DATE:
		return date_parse_any(value, at);
	case OPTION_REAL:
		*(double *)at = strtod(value.at, &end);
		return value.len && !*end && *(double *)at == *(double *)at;
	}
	return false;
}

static const struct option *option_find(struct arena *a, const struct option *table,
					struct str word)
{
	for (const struct option *o = table; o->name; o++)
		if (!o->plain && str_eq(option_word(a, o), word))
			return o;
	return NULL;
}

static const struct option *plain_find(const struct option *table, int n)
{
	for (const struct option *o = table; o->name; o++)
		if (o->plain && n-- == 0)
			return o;
	return NULL;
}

/* What is wrong with the words, or the empty text. */
struct reading {
	struct cli *c;
	struct buf why;
	uint64_t given; /* bits, by place in the table */
	int plain;
	bool help;
};

static void read_word(struct reading *r, int argc, char **argv, int *i, void *out)
{
	struct cli *c = r->c;
	struct str word = str_of(argv[*i]), value = { NULL, 0 };
	bool dashed = str_starts(word, S("--"));
	const char *equals = dashed ? strchr(word.at, '=') : NULL;
	if (equals) {
		value = str_of(equals + 1);
		word = str_cut(word, (size_t)(equals - word.at));
	}
	if (str_eq(word, S("--help")) && !equals) {
		r->help = true;
		return;
	}
	static const struct option lang = { "lang", OPTION_TEXT, 0, MSG_CLI_LANG,
					    .value = "vi|en" };
	bool is_lang = str_eq(word, S("--lang"));
	bool is_option = dashed || (word.len > 1 && word.at[0] == '-');
	const struct option *o = is_lang     ? &lang
				 : is_option ? option_find(c->mem, c->options, word)
					     : plain_find(c->options, r->plain++);
	if (!o) {
		(is_option ? msg_cli_bad_option : msg_cli_bad_word)(&r->why, c->lang, word,
								    str_of(c->name));
		return;
	}
	if (!is_lang)
		r->given |= (uint64_t)1 << (o - c->options);
	if (o->type == OPTION_FLAG && !equals) {
		*(bool *)((char *)out + o->offset) = true;
		return;
	}
	if (o->plain)
		value = word;
	else if (!value.at && o->type != OPTION_FLAG && *i + 1 < argc)
		value = str_of(argv[++*i]);
	if (is_lang && (str_eq(value, S("vi")) || str_eq(value, S("en"))))
		c->lang = str_eq(value, S("en")) ? LANG_EN : LANG_VI;
	else if (is_lang || !value.at || !value_read(o, value, out))
		msg_cli_bad_value(&r->why, c->lang, option_word(c->mem, o),
				  value.at ? value : S(""), str_of(c->name));
}

bool cli_read(struct cli *c, int argc, char **argv, void *out, int *code)
{
	struct reading r = { .c = c, .why = { .a = c->mem } };
	for (const struct option *o = c->options; o->name; o++) {
		if (o->type == OPTION_DATE)
			*(struct date *)((char *)out + o->offset) = NO_DATE;
		if (o->absent && !value_read(o, str_of(o->absent), out))
			abort(); /* a table that contradicts itself */
	}
	for (int i = 1; i < argc && !r.why.len; i++)
		read_word(&r, argc, argv, &i, out);
	if (r.help && !r.why.len) {
		*code = cli_print(c, help_text(c));
		return false;
	}
	for (const struct option *o = c->options; o->name && !r.why.len; o++)
		if (o->required && !(r.given >> (o - c->options) & 1))
			msg_cli_missing(&r.why, c->lang, option_word(c->mem, o), str_of(c->name));
	if (!r.why.len)
		return true;
	*code = cli_fail(c, EXIT_USAGE, buf_str(&r.why));
	return false;
}
