#include "base/encode.h"
#include "ledger/tile.h"
#include "tests/log_vectors.h"

#include <string.h>

static struct str path_of(int level, uint64_t n, int width)
{
	struct buf b = { .a = test_arena() };

	buf_put_tile(&b, &(struct tile){ level, n, width });
	return buf_str(&b);
}

TEST(tiles_have_the_published_addresses)
{
	CHECK_STR(path_of(0, 0, 256), S("0/000"));
	CHECK_STR(path_of(0, 999, 256), S("0/999"));
	CHECK_STR(path_of(3, 1000, 256), S("3/x001/000"));
	CHECK_STR(path_of(0, 1234067, 256), S("0/x001/x234/067"));
	CHECK_STR(path_of(1, 0, 1), S("1/000.p/1"));
	CHECK_STR(path_of(TILE_ENTRIES, 273, 112), S("entries/273.p/112"));
	CHECK_STR(path_of(TILE_ENTRIES, 1234067, 256), S("entries/x001/x234/067"));
}

TEST(every_address_written_is_read_back)
{
	for (int i = 0; i < 2000; i++) {
		struct tile t = { (int)test_below(65) - 1, test_random() >> (10 + test_below(54)),
				  1 + (int)test_below(256) };
		struct tile back = { 0 };
		CHECK(tile_parse(path_of(t.level, t.n, t.width), &back));
		CHECK(back.level == t.level && back.n == t.n && back.width == t.width);
	}
}

/* One tile, one address: whatever else names none. */
TEST(any_other_spelling_is_no_tile)
{
	static const char *const bad[] = {
		"",
		"/",
		"0",
		"0/",
		"0//000",
		"/0/000",
		"0/0",
		"0/00",
		"0/0000",
		"0/000/",
		"0/000.p",
		"0/000.p/",
		"0/000.p/0",
		"0/000.p/256",
		"0/000.p/257",
		"0/000.p/01",
		"0/000.p/+1",
		"0/000.p/-1",
		"0/000.p/1/",
		"0/000.p/1/2",
		"0/000.p/999",
		"0/000.p/1000",
		"0/000.q/1",
		"00/000",
		"01/000",
		"64/000",
		"99/000",
		"100/000",
		"-1/000",
		"+0/000",
		"8/0/000",
		"tile/0/000",
		"Entries/000",
		"entries",
		"entries/",
		"entries/0",
		"0/x000/000",
		"0/x000/001",
		"0/x001",
		"0/001/000",
		"0/x001/x000",
		"0/x1/000",
		"0/xx01/000",
		"0/X001/000",
		"0/x001/000.p",
		"0/x001.p/000",
		"0/x001/x002/x003/x004/x005/x006/007",
		"0/00a",
		"0/ 00",
		"0/000 ",
		"0/000\n",
		"0/%30%30%30",
		"0/000.p/1.p/1",
		"data/000",
		"0/x-01/000",
		"8/0/000.p/1",
	};
	struct tile t;

	for (size_t i = 0; i < LENGTH(bad); i++)
		if (tile_parse(str_of(bad[i]), &t))
			FAIL("\"%s\" was accepted", bad[i]);
	CHECK(!tile_parse(((struct str){ "0/000\0", 6 }), &t));
	CHECK(tile_parse(S("0/x001/x002/x003/x004/x005/006"), &t));
}

static int count_tiles(int level, uint64_t size, int *last_width)
{
	struct tile t;
	int n = 0;

	for (uint64_t i = 0; tile_at(level, i, size, &t); i++, n++)
		*last_width = t.width;
	return n;
}

TEST(the_tiles_of_a_size_are_the_published_ones)
{
	int width = 0;

	CHECK_INT(count_tiles(0, 0, &width), 0);
	CHECK_INT(count_tiles(0, 256, &width), 1);
	CHECK_INT(width, 256);
	CHECK_INT(count_tiles(1, 256, &width), 1);
	CHECK_INT(width, 1);
	CHECK_INT(count_tiles(2, 256, &width), 0);
	CHECK_INT(count_tiles(0, 70000, &width), 274);
	CHECK_INT(width, 112);
	CHECK_INT(count_tiles(TILE_ENTRIES, 70000, &width), 274);
	CHECK_INT(width, 112);
	CHECK_INT(count_tiles(1, 70000, &width), 2);
	CHECK_INT(width, 17);
	CHECK_INT(count_tiles(2, 70000, &width), 1);
	CHECK_INT(width, 1);
	CHECK_INT(count_tiles(3, 70000, &width), 0);
	CHECK_INT(count_tiles(63, 70000, &width), 0);
}

TEST(no_tile_reaches_beyond_the_tree)
{
	struct tile t;

	CHECK(tile_parse(S("0/273.p/112"), &t) && tile_within(&t, 70000));
	CHECK(tile_parse(S("0/273.p/1"), &t) && tile_within(&t, 70000));
	CHECK(tile_parse(S("0/273.p/113"), &t) && !tile_within(&t, 70000));
	CHECK(tile_parse(S("0/273"), &t) && !tile_within(&t, 70000));
	CHECK(tile_parse(S("0/274.p/1"), &t) && !tile_within(&t, 70000));
	CHECK(tile_parse(S("2/000.p/2"), &t) && !tile_within(&t, 70000));
	CHECK(tile_parse(S("3/000.p/1"), &t) && !tile_within(&t, 70000));
	CHECK(tile_parse(S("63/000.p/1"), &t) && !tile_within(&t, 70000));
	CHECK(tile_parse(S("0/x999/x999/x999/x999/x999/999"), &t) && !tile_within(&t, 70000));
	CHECK(tile_parse(S("0/000.p/1"), &t) && !tile_within(&t, 0));
	CHECK(!tile_within(&t, TREE_MAX + 1));
}

TEST(the_vector_tile_and_bundle_have_the_published_bytes)
{
	struct buf tile = { .a = test_arena() }, bundle = { .a = test_arena() };
	struct hash h;

	for (size_t i = 0; i < LENGTH(log_vectors); i++) {
		tree_leaf(log_vectors[i].entry, strlen(log_vectors[i].entry), &h);
		buf_put_bytes(&tile, h.b, sizeof h.b);
		buf_put_entry(&bundle, str_of(log_vectors[i].entry));
	}
	CHECK_INT(tile.len, 160);
	sha256(tile.at, tile.len, &h);
	CHECK_STR(hash_hex(test_arena(), &h),
		  S("03c8c1b1a7ba3cfa2098b040abb16a78a3013addaa15239816298e515340bc66"));
	CHECK_INT(bundle.len, 238);
	CHECK(memcmp(bundle.at, "\0\x2f{\"", 4) == 0);
	sha256(bundle.at, bundle.len, &h);
	CHECK_STR(hash_hex(test_arena(), &h),
		  S("7a956d724cf76344692d3d5a36c2ed20d2350bfa35d72f185a8e0ce435a01837"));
}

TEST(a_bundle_gives_back_its_entries_and_nothing_else)
{
	struct buf b = { .a = test_arena() };
	char *long_entry = arena_get(test_arena(), ENTRY_MAX);
	struct str out[4];

	memset(long_entry, 'x', ENTRY_MAX);
	buf_put_entry(&b, S("một"));
	buf_put_entry(&b, S(""));
	buf_put_entry(&b, (struct str){ long_entry, ENTRY_MAX });
	CHECK(bundle_parse(buf_str(&b), 3, out));
	CHECK_STR(out[0], S("một"));
	CHECK_STR(out[1], S(""));
	CHECK_INT(out[2].len, ENTRY_MAX);
	CHECK(!bundle_parse(buf_str(&b), 2, out));
	CHECK(!bundle_parse(buf_str(&b), 4, out));
	for (size_t cut = 1; cut < 10; cut++)
		CHECK(!bundle_parse(str_cut(buf_str(&b), b.len - cut), 3, out));
	CHECK(bundle_parse(S(""), 0, out));
	CHECK(!bundle_parse(((struct str){ "\0", 1 }), 1, out));
}
