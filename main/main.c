/* The command line: the first word names a command, the table says who answers it. */
#include "main/options.h"

#include <stdio.h>
#include <string.h>

struct command {
	const char *name;
	enum msg what;
	int (*run)(int argc, char **argv);
};

static int show_version(int argc, char **argv);

static const struct command commands[] = {
	{ "init", MSG_CMD_INIT_WHAT, cmd_init },
	{ "serve", MSG_CMD_SERVE_WHAT, cmd_serve },
	{ "demo", MSG_CMD_DEMO_WHAT, cmd_demo },
	{ "user", MSG_CMD_USER_WHAT, cmd_user },
	{ "due", MSG_CMD_DUE_WHAT, cmd_due },
	{ "report", MSG_CMD_REPORT_WHAT, cmd_report },
	{ "verify", MSG_CMD_VERIFY_WHAT, cmd_verify },
	{ "log", MSG_CMD_LOG_WHAT, cmd_log },
	{ "witness", MSG_CMD_WITNESS_WHAT, cmd_witness },
	{ "backup", MSG_CMD_BACKUP_WHAT, cmd_backup },
	{ "export", MSG_CMD_EXPORT_WHAT, cmd_export },
	{ "import", MSG_CMD_IMPORT_WHAT, cmd_import },
	{ "copy", MSG_CMD_COPY_WHAT, cmd_copy },
	{ "version", MSG_CMD_VERSION_WHAT, show_version },
	{ 0 },
};

static int show_version(int argc, char **argv)
{
	static const struct option none[] = { { 0 } };
	struct cli c = { .name = "version",
			 .what = MSG_CMD_VERSION_WHAT,
			 .options = none,
			 .mem = arena_new(0) };
	int code;
	if (cli_read(&c, argc, argv, NULL, &code))
		code = cli_print(&c, S("dinh " DINH_VERSION "\n"));
	arena_free(c.mem);
	return code;
}

static struct str help_text(struct arena *a, enum lang lang)
{
	struct buf b = { .a = a };
	buf_put(&b, msg_plain(lang, MSG_CLI_ABOUT));
	buf_put(&b, S("\n\n"));
	buf_put(&b, msg_plain(lang, MSG_CLI_COMMANDS));
	buf_put(&b, S("\n\n"));
	for (const struct command *c = commands; c->name; c++) {
		buf_printf(&b, "  %-10s ", c->name);
		buf_put(&b, msg_plain(lang, c->what));
		buf_putc(&b, '\n');
	}
	buf_putc(&b, '\n');
	buf_put(&b, msg_plain(lang, MSG_CLI_MORE));
	buf_putc(&b, '\n');
	return buf_str(&b);
}

static int show_help(int argc, char **argv, FILE *to)
{
	struct arena *a = arena_new(0);
	struct str text = help_text(a, cli_lang(argc, argv));
	bool written = fwrite(text.at, 1, text.len, to) == text.len && fflush(to) == 0;
	arena_free(a);
	return written ? EXIT_DONE : EXIT_FAILED;
}

static int unknown(const char *word)
{
	struct arena *a = arena_new(0);
	struct buf b = { .a = a };
	buf_put(&b, S("dinh: "));
	msg_cli_no_command(&b, LANG_VI, str_of(word));
	buf_putc(&b, '\n');
	fwrite(b.at, 1, b.len, stderr);
	arena_free(a);
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	if (!strcmp(word, "--help") || !strcmp(word, "help"))
		return show_help(argc, argv, stdout);
	if (!strcmp(word, "--version"))
		word = "version";
	for (const struct command *c = commands; c->name; c++)
		if (!strcmp(word, c->name))
			return c->run(argc - 1, argv + 1);
	if (*word)
		return unknown(word);
	show_help(argc, argv, stderr);
	return EXIT_USAGE;
}
