/* Text that grows, in an arena. `struct buf b = { .a = arena };` is a ready, empty buffer. */
#pragma once

#include "base/str.h"

struct buf {
	struct arena *a;
	char *at;
	size_t len, cap;
};

/* Writes into memory that the caller fills: at least n bytes at the end; then add to `len`. */
char *buf_reserve(struct buf *b, size_t n);
void buf_put_bytes(struct buf *b, const void *bytes, size_t n);
void buf_putc(struct buf *b, char c);
void buf_put_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...) PRINTF(2, 3);
void buf_reset(struct buf *b); /* empty again, keeping the memory */

static inline void buf_put(struct buf *b, struct str s)
{
	buf_put_bytes(b, s.at, s.len);
}

static inline struct str buf_str(const struct buf *b)
{
	return (struct str){ b->at ? b->at : "", b->len };
}
