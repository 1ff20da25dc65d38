/* embed OUT.c NAME=PATH ...
 *
 * Turns files into the sorted table that base/embed.h declares. The output depends on the names and
 * the bytes alone, so a build can be repeated byte for byte. Contents are written as string literals
 * cut into lines: compilers read those several times faster than lists of numbers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct input {
	const char *name, *path;
	size_t len;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct input *)a)->name, ((const struct input *)b)->name);
}

static void fail(const char *what, const char *where)
{
	fprintf(stderr, "embed: %s: %s\n", where, what);
	exit(1);
}

/* Three octal digits each, so that a following digit cannot join the escape. */
static void put_byte(FILE *out, int byte)
{
	if (byte == '"' || byte == '\\' || byte == '?')
		fprintf(out, "\\%c", byte);
	else if (byte >= ' ' && byte <= '~')
		fputc(byte, out);
	else
		fprintf(out, "\\%03o", (unsigned)byte);
}

static void put_file(FILE *out, struct input *in, size_t index)
{
	FILE *file = fopen(in->path, "rb");
	int byte;

	if (!file)
		fail(strerror(errno), in->path);
	fprintf(out, "static const unsigned char file%zu[] =", index);
	while ((byte = getc(file)) != EOF) {
		if (in->len % 64 == 0)
			fputs(in->len ? "\"\n\t\"" : "\n\t\"", out);
		put_byte(out, byte);
		in->len++;
	}
	fputs(in->len ? "\";\n\n" : "\n\t\"\";\n\n", out);
	if (ferror(file))
		fail("could not be read", in->path);
	fclose(file);
}

int main(int argc, char **argv)
{
	size_t count = argc > 2 ? (size_t)argc - 2 : 0;
	struct input *in;
	FILE *out;

	if (argc < 2)
		fail("usage: embed OUT.c NAME=PATH ...", "embed");
	in = calloc(count + 1, sizeof *in);
	if (!in)
		fail("out of memory", argv[1]);
	for (size_t i = 0; i < count; i++) {
		char *equals = strchr(argv[i + 2], '=');
		if (!equals || equals == argv[i + 2])
			fail("not NAME=PATH", argv[i + 2]);
		*equals = '\0';
		in[i] = (struct input){ .name = argv[i + 2], .path = equals + 1 };
	}
	qsort(in, count, sizeof *in, by_name);
	for (size_t i = 1; i < count; i++)
		if (strcmp(in[i - 1].name, in[i].name) == 0)
			fail("named twice", in[i].name);

	out = fopen(argv[1], "w");
	if (!out)
		fail(strerror(errno), argv[1]);
	fputs("#include \"base/embed.h\"\n\n", out);
	for (size_t i = 0; i < count; i++)
		put_file(out, &in[i], i);
	fputs("const struct embedded embedded_files[] = {\n", out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "\t{ \"%s\", file%zu, %zu },\n", in[i].name, i, in[i].len);
	fprintf(out, "\t{ 0 },\n};\n\nconst size_t embedded_count = %zu;\n", count);
	if (ferror(out) || fclose(out) != 0)
		fail("could not be written", argv[1]);
	free(in);
	return 0;
}
