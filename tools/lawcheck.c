/* lawcheck STAMP FOLDER
 *
 * Reads the law tables of a folder as the program does and writes the stamp only when nothing is
 * wrong with them; so a bad row stops the build, with its file, its line and what to mend. */
#include "law/law.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct arena *a = arena_new(0);
	const struct law *l;
	struct str why;

	if (argc != 3) {
		fputs("usage: lawcheck STAMP FOLDER\n", stderr);
		return 2;
	}
	if (law_from_folder(a, argv[2], &l, &why)) {
		fprintf(stderr, "%.*s\n", STR_ARG(why));
		return 1;
	}
	FILE *stamp = fopen(argv[1], "w");
	if (!stamp || fprintf(stamp, "%zu time limits\n", l->limits.n) < 0 || fclose(stamp)) {
		fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	arena_free(a);
	return 0;
}
