/* A line is made in one piece and written by one call, so that lines of several threads do not mix. */
#include "base/log.h"

#include "base/date.h"
#include "base/utf8_step.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST = 4000 };

static _Atomic int most_said = LOG_INFO;

void log_level(enum log_level most)
{
	atomic_store(&most_said, (int)most);
}

/* What could end the line, move a terminal's cursor, or turn the reading direction. */
static bool is_control(const unsigned char *c, size_t n)
{
	if (n == 1)
		return c[0] < 0x20 || c[0] == 0x7F;
	if (n == 2)
		return c[0] == 0xC2 && c[1] < 0xA0;
	bool separator = n == 3 && c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0xA8 && c[2] <= 0xAE;
	bool isolate = n == 3 && c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9;
	return separator || isolate;
}

static void put_escaped(struct buf *b, const char *text, size_t len)
{
	for (size_t i = 0, n; i < len; i += n) {
		n = utf8_step(text + i, len - i);
		if (n && !is_control((const unsigned char *)text + i, n)) {
			buf_put_bytes(b, text + i, n);
			continue;
		}
		n = n ? n : 1;
		for (size_t k = i; k < i + n; k++)
			if (text[k] == '\n')
				buf_put(b, S("\\n"));
			else
				buf_printf(b, "\\x%02x", (unsigned char)text[k]);
	}
}

static void write_whole(struct str line)
{
	while (line.len) {
		ssize_t n = write(STDERR_FILENO, line.at, line.len);
		if (n <= 0)
			return; /* nobody listens: there is nowhere to say so */
		line = str_from(line, (size_t)n);
	}
}

PRINTF(3, 0)
static void say(enum log_level level, const char *event, const char *format, va_list args)
{
	static const char *const names[] = { "error", "warn", "info" };
	char facts[LONGEST + 1];

	if ((int)level > atomic_load(&most_said))
		return;
	int n = vsnprintf(facts, sizeof facts, format, args);
	bool cut = n > LONGEST;
	size_t len = n < 0 ? 0 : cut ? LONGEST : (size_t)n;
	while (cut && len && ((unsigned char)facts[len - 1] & 0xC0) == 0x80)
		len--; /* a character cut in two goes whole */
	if (cut && len && (unsigned char)facts[len - 1] >= 0xC0)
		len--;

	struct arena *a = arena_new(0);
	struct buf b = { .a = a };
	buf_put(&b, instant_iso(a, instant_now()));
	buf_printf(&b, " %s %s", names[level], event);
	if (len)
		buf_putc(&b, ' ');
	put_escaped(&b, facts, len);
	buf_put(&b, cut ? S("...\n") : S("\n"));
	write_whole(buf_str(&b));
	arena_free(a);
}

void log_info(const char *event, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(LOG_INFO, event, format, args);
	va_end(args);
}

void log_warn(const char *event, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(LOG_WARN, event, format, args);
	va_end(args);
}

void log_error(const char *event, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(LOG_ERROR, event, format, args);
	va_end(args);
}
