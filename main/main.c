/* The command line: the first word names a command, the table says who answers it. */
#include "main/cmd.h"

#include <stdio.h>
#include <string.h>

struct command {
	const char *name, *summary;
	int (*run)(int argc, char **argv);
};

static int show_version(int argc, char **argv);

static const struct command commands[] = {
	{ "due", "compute when something is due, and show how", cmd_due },
	{ "version", "say which version this is", show_version },
	{ 0 },
};

static int show_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("dinh " DINH_VERSION);
	return EXIT_DONE;
}

static void show_help(FILE *to)
{
	fputs("usage: dinh COMMAND [OPTION]...\n\n", to);
	for (const struct command *c = commands; c->name; c++)
		fprintf(to, "  %-10s %s\n", c->name, c->summary);
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";

	if (strcmp(word, "--help") == 0 || strcmp(word, "help") == 0) {
		show_help(stdout);
		return EXIT_DONE;
	}
	if (strcmp(word, "--version") == 0)
		word = "version";
	for (const struct command *c = commands; c->name; c++)
		if (strcmp(word, c->name) == 0)
			return c->run(argc - 1, argv + 1);
	if (*word)
		fprintf(stderr, "dinh: no command '%s'; see dinh --help\n", word);
	else
		show_help(stderr);
	return EXIT_USAGE;
}
