/* Numbers are octal digits; the checksum is that of the block with blanks in its own place. */
#include "base/tar.h"

#include <string.h>

/* Where things stand in a block, and how long they are. */
enum {
	MODE = 100,
	UID = 108,
	GID = 116,
	SIZE = 124,
	TIME = 136,
	SUM = 148,
	TYPE = 156,
	MAGIC = 257,
	PREFIX = 345,
	SHORT = 8,
	LONG = 12,
};

static void put_octal(unsigned char *at, int n, uint64_t value)
{
	at[--n] = '\0';
	while (n-- > 0) {
		at[n] = (unsigned char)('0' + (value & 7));
		value >>= 3;
	}
}

static unsigned checksum(const unsigned char block[TAR_BLOCK])
{
	unsigned sum = 0;
	for (int i = 0; i < TAR_BLOCK; i++)
		sum += i >= SUM && i < SUM + SHORT ? ' ' : block[i];
	return sum;
}

void tar_header(struct str name, int64_t size, unsigned mode, int64_t seconds,
		unsigned char block[TAR_BLOCK])
{
	memset(block, 0, TAR_BLOCK);
	memcpy(block, name.at, name.len <= TAR_NAME ? name.len : TAR_NAME);
	put_octal(block + MODE, SHORT, mode);
	put_octal(block + UID, SHORT, 0);
	put_octal(block + GID, SHORT, 0);
	put_octal(block + SIZE, LONG, (uint64_t)size);
	put_octal(block + TIME, LONG, seconds > 0 ? (uint64_t)seconds : 0);
	block[TYPE] = '0';
	memcpy(block + MAGIC, "ustar\00000", 8);
	put_octal(block + SUM, SHORT - 1, checksum(block));
	block[SUM + SHORT - 1] = ' ';
}

/* Digits, then a blank or a zero byte, as every program ends them. */
static bool read_octal(const unsigned char *at, int n, int64_t *out)
{
	int64_t value = 0;
	int i = 0;
	while (i < n && at[i] == ' ')
		i++;
	int first = i;
	for (; i < n && at[i] >= '0' && at[i] <= '7'; i++)
		value = value * 8 + (at[i] - '0');
	if (i == first || (i < n && at[i] != ' ' && at[i] != '\0'))
		return false;
	*out = value;
	return true;
}

static bool is_zero(const unsigned char block[TAR_BLOCK])
{
	for (int i = 0; i < TAR_BLOCK; i++)
		if (block[i])
			return false;
	return true;
}

enum tar_kind tar_read(const unsigned char block[TAR_BLOCK], struct tar_entry *out)
{
	int64_t sum, size;
	if (is_zero(block))
		return TAR_END;
	if (memcmp(block + MAGIC, "ustar", 5) != 0 || !read_octal(block + SUM, SHORT, &sum) ||
	    sum != (int64_t)checksum(block))
		return TAR_BAD;
	bool folder = block[TYPE] == '5';
	if ((block[TYPE] != '0' && block[TYPE] != '\0' && !folder) || block[PREFIX])
		return TAR_FOREIGN;
	if (!read_octal(block + SIZE, LONG, &size))
		return TAR_FOREIGN; /* a size in another spelling: more than eight gigabytes */
	const char *name = (const char *)block;
	*out = (struct tar_entry){ { name, strnlen(name, TAR_NAME) }, folder ? 0 : size };
	return folder ? TAR_FOLDER : TAR_FILE;
}
