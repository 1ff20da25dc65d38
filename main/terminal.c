/* The echo must come back whatever happens, so signals from the keyboard are not made while it is
 * off: Ctrl-C is then a sign like any other, and refused. */
#include "main/terminal.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static bool read_line(struct arena *a, size_t most, struct str *out)
{
	char *line = arena_get(a, most + 1);
	size_t n = 0;
	char c;

	/* Byte by byte and without a buffer of the library, where the secret would stay. */
	for (;;) {
		ssize_t got = read(STDIN_FILENO, &c, 1);

		if (got == 0 && n)
			break;
		if (got != 1)
			return false;
		if (c == '\n')
			break;
		if (n == most || (unsigned char)c < ' ') {
			explicit_bzero(line, n);
			return false;
		}
		line[n++] = c;
	}
	*out = (struct str){ line, n };
	return true;
}

bool terminal_secret(struct arena *a, struct str question, size_t most, struct str *out)
{
	struct termios shown, hidden;

	if (!isatty(STDIN_FILENO))
		return read_line(a, most, out);
	if (tcgetattr(STDIN_FILENO, &shown))
		return false;
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden))
		return false;
	fprintf(stderr, "%.*s ", STR_ARG(question));
	fflush(stderr);
	bool read = read_line(a, most, out);

	fputc('\n', stderr);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	return read;
}

void terminal_forget(struct str *secret)
{
	if (secret->at)
		explicit_bzero((char *)(uintptr_t)secret->at, secret->len);
	*secret = (struct str){ NULL, 0 };
}
