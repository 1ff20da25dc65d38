/* A path is read loosely and then written again: only a text that comes out the same is the name of a
 * tile, so each tile has one address. */
#include "ledger/tile.h"

#include <assert.h>
#include <stdio.h>

enum { PATH_MAX_BYTES = 64 };

/* The one spelling of a tile's address, without a closing zero; its length is returned. */
static size_t write_path(const struct tile *t, char out[PATH_MAX_BYTES])
{
	unsigned groups[8];
	uint64_t n = t->n;
	int count = 0, len;

	do
		groups[count++] = (unsigned)(n % 1000);
	while ((n /= 1000) && count < (int)LENGTH(groups));
	len = t->level == TILE_ENTRIES ? snprintf(out, PATH_MAX_BYTES, "entries")
				       : snprintf(out, PATH_MAX_BYTES, "%d", t->level);
	while (count-- > 0)
		len += snprintf(out + len, (size_t)(PATH_MAX_BYTES - len),
				count ? "/x%03u" : "/%03u", groups[count]);
	if (t->width < TILE_WIDTH)
		len += snprintf(out + len, (size_t)(PATH_MAX_BYTES - len), ".p/%d", t->width);
	return (size_t)len;
}

static bool group_of_three(struct str s, uint64_t *n)
{
	if (s.len != 3)
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
		*n = *n * 10 + (uint64_t)(s.at[i] - '0');
	}
	return true;
}

static bool level_of(struct str word, int *level)
{
	int64_t n;

	if (str_eq(word, S("entries"))) {
		*level = TILE_ENTRIES;
		return true;
	}
	if (word.len > 2 || !str_int(word, &n) || n < 0 || n > 63)
		return false;
	*level = (int)n;
	return true;
}

/* "000.p" -> the group, and that a width must follow. */
static bool take_partial(struct str *group)
{
	if (!str_ends(*group, S(".p")))
		return false;
	group->len -= 2;
	return true;
}

bool tile_parse(struct str path, struct tile *out)
{
	struct tile t = { .width = TILE_WIDTH };
	struct str rest = path, word;
	bool partial = false, last = false;
	int64_t width;

	if (path.len >= PATH_MAX_BYTES || !str_next(&rest, '/', &word) || !level_of(word, &t.level))
		return false;
	/* Six groups number more tiles than a tree of 2^62 leaves has. */
	for (int groups = 0; !last; groups++) {
		if (groups == 6 || !str_next(&rest, '/', &word))
			return false;
		last = !str_starts(word, S("x"));
		if (!last)
			word = str_from(word, 1);
		else
			partial = take_partial(&word);
		if (!group_of_three(word, &t.n))
			return false;
	}
	if (partial) {
		if (!str_next(&rest, '/', &word) || word.len > 3 || !str_int(word, &width) ||
		    width < 1 || width >= TILE_WIDTH)
			return false;
		t.width = (int)width;
	}
	if (rest.at)
		return false;

	char again[PATH_MAX_BYTES];
	if (!str_eq((struct str){ again, write_path(&t, again) }, path))
		return false;
	*out = t;
	return true;
}

void buf_put_tile(struct buf *b, const struct tile *t)
{
	char path[PATH_MAX_BYTES];

	buf_put_bytes(b, path, write_path(t, path));
}

uint64_t tile_entries(int level, uint64_t size)
{
	if (level <= 0)
		return size;
	return level < TREE_LEVELS ? size >> (8 * level) : 0;
}

bool tile_at(int level, uint64_t n, uint64_t size, struct tile *out)
{
	uint64_t entries = tile_entries(level, size);

	if (n > (entries >> 8) || n * TILE_WIDTH == entries)
		return false;
	uint64_t left = entries - n * TILE_WIDTH;
	*out = (struct tile){ level, n, left < TILE_WIDTH ? (int)left : TILE_WIDTH };
	return true;
}

bool tile_within(const struct tile *t, uint64_t size)
{
	struct tile there;

	return size <= TREE_MAX && tile_at(t->level, t->n, size, &there) && t->width <= there.width;
}

void buf_put_entry(struct buf *b, struct str entry)
{
	assert(entry.len <= ENTRY_MAX);
	buf_putc(b, (char)(entry.len >> 8));
	buf_putc(b, (char)(entry.len & 255));
	buf_put(b, entry);
}

bool entry_next(struct str *rest, struct str *out)
{
	if (rest->len < 2)
		return false;
	size_t n = (size_t)(uint8_t)rest->at[0] << 8 | (uint8_t)rest->at[1];
	if (rest->len - 2 < n)
		return false;
	*out = (struct str){ rest->at + 2, n };
	*rest = (struct str){ rest->at + 2 + n, rest->len - 2 - n };
	return true;
}

bool bundle_parse(struct str bundle, size_t n, struct str *out)
{
	for (size_t i = 0; i < n; i++)
		if (!entry_next(&bundle, &out[i]))
			return false;
	return !bundle.len;
}
