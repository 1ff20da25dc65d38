/* dinh due RULE DATE: when is it due, and how was that counted? */
#include "gen/messages.h"
#include "law/due_print.h"
#include "main/cmd.h"
#include "main/home.h"

#include <stdio.h>
#include <string.h>

struct options {
	enum lang lang;
	bool json, list, help;
	struct home_where at; /* `data` NULL: the law alone */
	const char *words[2];
	int count;
};

static int put(struct buf *b, FILE *to, int code)
{
	fwrite(b->at, 1, b->len, to);
	if (fflush(to) && code == EXIT_DONE)
		return EXIT_FAILED;
	return code;
}

/* One line on standard error, after the program's name. */
static int complain(struct buf *what, int code)
{
	buf_putc(what, '\n');
	fputs("dinh due: ", stderr);
	return put(what, stderr, code);
}

static int show_help(struct arena *a, enum lang lang)
{
	static const struct {
		const char *indent;
		enum msg line;
	} lines[] = {
		{ "", MSG_CMD_DUE_HELP },
		{ "          ", MSG_CMD_DUE_HELP_LIST },
		{ "", MSG_NONE },
		{ "", MSG_CMD_DUE_HELP_WHAT },
		{ "", MSG_NONE },
		{ "  ", MSG_CMD_DUE_HELP_RULE },
		{ "  ", MSG_CMD_DUE_HELP_DATE },
		{ "  ", MSG_CMD_DUE_HELP_DATA },
		{ "  ", MSG_CMD_DUE_HELP_DB },
		{ "  ", MSG_CMD_DUE_HELP_JSON },
		{ "", MSG_NONE },
		{ "", MSG_CMD_DUE_HELP_EXIT },
	};
	struct buf b = { .a = a };

	for (size_t i = 0; i < LENGTH(lines); i++) {
		buf_put(&b, str_of(lines[i].indent));
		buf_put(&b, msg_plain(lang, lines[i].line));
		buf_putc(&b, '\n');
	}
	return put(&b, stdout, EXIT_DONE);
}

static int show_list(struct arena *a, const struct law *l)
{
	struct buf b = { .a = a };

	for (size_t i = 0; i < l->limits.n; i++) {
		const struct time_limit *r = &l->limits.at[i];
		struct str to = date_is_set(r->valid.to) ? date_iso(a, r->valid.to) : S("...");
		buf_printf(&b, "%.*s  %.*s..%-10.*s  %.*s\n", STR_ARG(r->code),
			   STR_ARG(date_iso(a, r->valid.from)), STR_ARG(to), STR_ARG(r->rule));
	}
	return put(&b, stdout, EXIT_DONE);
}

/* EXIT_DONE, or a complaint was made. */
static int read_options(struct arena *a, int argc, char **argv, struct options *o)
{
	struct buf why = { .a = a };

	for (int i = 1; i < argc; i++) {
		struct str word = str_of(argv[i]);
		bool takes_value = str_eq(word, S("--data")) || str_eq(word, S("--db")) ||
				   str_eq(word, S("--lang"));
		if (takes_value && i + 1 == argc) {
			msg_cmd_due_bad_value(&why, o->lang, word);
			return complain(&why, EXIT_USAGE);
		}
		if (str_eq(word, S("--help"))) {
			o->help = true;
		} else if (str_eq(word, S("--json"))) {
			o->json = true;
		} else if (str_eq(word, S("--list"))) {
			o->list = true;
		} else if (str_eq(word, S("--data"))) {
			o->at.data = str_of(argv[++i]);
		} else if (str_eq(word, S("--db"))) {
			o->at.db = str_of(argv[++i]);
		} else if (str_eq(word, S("--lang"))) {
			struct str lang = str_of(argv[++i]);
			if (!str_eq(lang, S("vi")) && !str_eq(lang, S("en"))) {
				msg_cmd_due_bad_lang(&why, o->lang, lang);
				return complain(&why, EXIT_USAGE);
			}
			o->lang = str_eq(lang, S("en")) ? LANG_EN : LANG_VI;
		} else if (str_starts(word, S("-"))) {
			msg_cmd_due_bad_option(&why, o->lang, word);
			return complain(&why, EXIT_USAGE);
		} else {
			if (o->count < 2)
				o->words[o->count] = argv[i];
			o->count++;
		}
	}
	if (o->count != 2 && !o->help && !o->list) {
		buf_put(&why, msg_plain(o->lang, MSG_CMD_DUE_BAD_COUNT));
		return complain(&why, EXIT_USAGE);
	}
	return EXIT_DONE;
}

static int answer(struct arena *a, const struct options *o, const struct law *l,
		  const struct calendar *calendar)
{
	struct str name = str_of(o->words[0]);
	struct buf b = { .a = a };
	struct date from;
	struct due due;

	if (!date_parse_any(str_of(o->words[1]), &from)) {
		msg_cmd_due_bad_date(&b, o->lang, str_of(o->words[1]));
		return complain(&b, EXIT_USAGE);
	}
	const struct time_limit *row = law_rule(l, name, from);
	if (!row) {
		struct law_gap gap = law_rule_gap(l, name, from);
		law_gap_text(&b, o->lang, name, from, &gap, l);
		return complain(&b, EXIT_USAGE);
	}
	bool set = due_compute(a, calendar, row, from, &due);
	if (o->json) {
		due_json(&b, &due);
		buf_putc(&b, '\n');
	} else {
		due_text(&b, o->lang, &due);
	}
	return put(&b, stdout, set ? EXIT_DONE : EXIT_NO);
}

/* The law's table, or with --data the calendar as the site's administrators have mended it. */
static int open_calendar(struct arena *a, const struct home_where *at, const struct law *l,
			 const struct calendar **out)
{
	struct office office = { .law = l, .calendar = calendar_of_law(a, l) };
	struct tx tx = { .mem = a, .now = instant_now(), .office = &office };
	struct buf why = { .a = a };
	struct str story = S(""), where;

	*out = office.calendar;
	if (!at->data.len && !at->db.len)
		return EXIT_DONE;
	enum err e = home_database(at, &where, &story);
	if (e || (e = db_open(where, DB_READ, &tx.db, &story, a))) {
		buf_put(&why, story);
		return complain(&why, e == ERR_INVALID ? EXIT_USAGE : EXIT_FAILED);
	}
	e = tx_begin(&tx, tx.db, DB_READ);
	if (!e)
		e = tx_end(&tx, office_calendar(&tx, out));
	db_close(tx.db);
	if (!e)
		return EXIT_DONE;
	buf_put(&why, home_told(where, &tx));
	return complain(&why, EXIT_FAILED);
}

int cmd_due(int argc, char **argv)
{
	struct arena *a = arena_new(0);
	struct options o = { .lang = LANG_VI };
	const struct law *l;
	const struct calendar *calendar;
	struct buf why = { .a = a };
	struct str story;
	int code = read_options(a, argc, argv, &o);

	if (code != EXIT_DONE)
		goto out;
	if (o.help) {
		code = show_help(a, o.lang);
		goto out;
	}
	if (law_builtin(a, &l, &story)) {
		buf_put(&why, story);
		code = complain(&why, EXIT_FAILED);
		goto out;
	}
	code = open_calendar(a, &o.at, l, &calendar);
	if (code == EXIT_DONE)
		code = o.list ? show_list(a, l) : answer(a, &o, l, calendar);
out:
	arena_free(a);
	return code;
}
