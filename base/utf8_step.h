/* One step through bytes that may or may not be UTF-8, for readers that must say where it broke. */
#pragma once

#include <stddef.h>

/* The length, 1 to 4, of the well-formed sequence at the beginning (no overlong form, no surrogate,
 * nothing above U+10FFFF); 0 when there is none, or n is 0. */
static inline size_t utf8_step(const char *bytes, size_t n)
{
	const unsigned char *b = (const unsigned char *)bytes;
	size_t len;

	if (!n)
		return 0;
	if (b[0] < 0x80)
		return 1;
	if (b[0] < 0xc2 || b[0] > 0xf4)
		return 0;
	len = b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : 4;
	if (n < len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((b[i] & 0xc0) != 0x80)
			return 0;
	if ((b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f) ||
	    (b[0] == 0xf0 && b[1] < 0x90) || (b[0] == 0xf4 && b[1] > 0x8f))
		return 0;
	return len;
}
