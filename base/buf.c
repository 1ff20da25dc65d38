/* Doubling growth inside the arena; the newest buffer of an arena grows in place. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

char *buf_reserve(struct buf *b, size_t n)
{
	if (b->cap - b->len < n) {
		size_t cap = b->cap ? b->cap * 2 : 256;
		while (cap - b->len < n)
			cap *= 2;
		b->at = arena_grow(b->a, b->at, b->len, cap);
		b->cap = cap;
	}
	return b->at + b->len;
}

void buf_put_bytes(struct buf *b, const void *bytes, size_t n)
{
	if (!n)
		return;
	memcpy(buf_reserve(b, n), bytes, n);
	b->len += n;
}

void buf_putc(struct buf *b, char c)
{
	*buf_reserve(b, 1) = c;
	b->len++;
}

/* By hand, because pages and exports write many and printf costs ten times as much. */
void buf_put_int(struct buf *b, int64_t n)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (n < 0)
		digits[--at] = '-';
	buf_put_bytes(b, digits + at, sizeof digits - at);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(buf_reserve(b, 128), 128, format, args);
	va_end(args);
	if (n >= 128)
		vsnprintf(buf_reserve(b, (size_t)n + 1), (size_t)n + 1, format, again);
	va_end(again);
	if (n > 0)
		b->len += (size_t)n;
}

void buf_reset(struct buf *b)
{
	b->len = 0;
}
