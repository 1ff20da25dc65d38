/* A wall in two tones, a board in its frame, old sheets, and the one the picture is about. Signs are
 * five dots wide, three rows high above the letter for its marks, seven for itself, one below. */
#include "main/demo/photo.h"

#include "office/file.h"
#include "office/image.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WIDTH = 480, HEIGHT = 300, RIBBON = 40 };

struct colour {
	int r, g, b;
};
struct box {
	int x, y, w, h;
};
struct canvas {
	uint8_t rgb[3 * WIDTH * HEIGHT];
};

static const struct colour white = { 252, 251, 246 }, ink = { 96, 98, 104 }, seal = { 190, 60, 50 },
			   wood = { 112, 74, 42 }, dark = { 40, 30, 24 }, stamp = { 244, 150, 40 };

static void fill(struct canvas *c, struct box b, struct colour with)
{
	for (int y = b.y < 0 ? 0 : b.y; y < b.y + b.h && y < HEIGHT; y++)
		for (int x = b.x < 0 ? 0 : b.x; x < b.x + b.w && x < WIDTH; x++)
			memcpy(&c->rgb[3 * (y * WIDTH + x)],
			       (uint8_t[]){ (uint8_t)with.r, (uint8_t)with.g, (uint8_t)with.b }, 3);
}

/* --- Signs --- */

static const struct sign {
	char name; /* 'a' is Ả, 'o' is Ạ: the words on the ribbon need no others */
	uint8_t rows[11];
} signs[] = {
	{ '0', { 0, 0, 0, 14, 17, 19, 21, 25, 17, 14, 0 } },
	{ '1', { 0, 0, 0, 4, 12, 4, 4, 4, 4, 14, 0 } },
	{ '2', { 0, 0, 0, 14, 17, 1, 2, 4, 8, 31, 0 } },
	{ '3', { 0, 0, 0, 31, 2, 4, 2, 1, 17, 14, 0 } },
	{ '4', { 0, 0, 0, 2, 6, 10, 18, 31, 2, 2, 0 } },
	{ '5', { 0, 0, 0, 31, 16, 30, 1, 1, 17, 14, 0 } },
	{ '6', { 0, 0, 0, 6, 8, 16, 30, 17, 17, 14, 0 } },
	{ '7', { 0, 0, 0, 31, 1, 2, 4, 8, 8, 8, 0 } },
	{ '8', { 0, 0, 0, 14, 17, 17, 14, 17, 17, 14, 0 } },
	{ '9', { 0, 0, 0, 14, 17, 17, 15, 1, 2, 12, 0 } },
	{ '/', { 0, 0, 0, 0, 1, 2, 4, 8, 16, 0, 0 } },
	{ 'a', { 4, 2, 4, 14, 17, 17, 31, 17, 17, 17, 0 } },
	{ 'o', { 0, 0, 0, 14, 17, 17, 31, 17, 17, 17, 4 } },
	{ 'H', { 0, 0, 0, 17, 17, 17, 31, 17, 17, 17, 0 } },
	{ 'I', { 0, 0, 0, 14, 4, 4, 4, 4, 4, 14, 0 } },
	{ 'M', { 0, 0, 0, 17, 27, 21, 21, 17, 17, 17, 0 } },
	{ 'N', { 0, 0, 0, 17, 25, 21, 19, 17, 17, 17, 0 } },
	{ 'O', { 0, 0, 0, 14, 17, 17, 17, 17, 17, 14, 0 } },
};

static void write_sign(struct canvas *c, char name, int x, int y, int scale, struct colour with)
{
	for (size_t i = 0; i < LENGTH(signs); i++)
		for (int k = 0; signs[i].name == name && k < 11 * 5; k++)
			if (signs[i].rows[k / 5] >> (4 - k % 5) & 1)
				fill(c,
				     (struct box){ x + k % 5 * scale, y + k / 5 * scale, scale,
						   scale },
				     with);
}

static void write_text(struct canvas *c, struct str text, int x, int y, int scale,
		       struct colour with)
{
	for (size_t i = 0; i < text.len; i++, x += 6 * scale)
		write_sign(c, text.at[i], x, y, scale, with);
}

/* --- The scene --- */

static int between(struct rng *rng, int least, int most)
{
	return least + (int)rng_below(rng, (uint64_t)most - (uint64_t)least + 1);
}

static void put_wall(struct canvas *c, struct rng *wall)
{
	static const struct colour walls[] = {
		{ 232, 222, 190 }, { 214, 226, 206 }, { 208, 220, 230 }, { 226, 214, 210 }
	};
	static const struct colour skirts[] = {
		{ 150, 120, 88 }, { 104, 138, 112 }, { 100, 124, 150 }, { 140, 104, 98 }
	};
	size_t which = rng_below(wall, LENGTH(walls));
	fill(c, (struct box){ 0, 0, WIDTH, HEIGHT }, walls[which]);
	fill(c, (struct box){ 0, 214, WIDTH, HEIGHT - 214 }, skirts[which]);
}

/* Lines of writing: a bar for a heading, then lines of different length. */
static void put_sheet(struct canvas *c, struct rng *hand, struct box b)
{
	fill(c, (struct box){ b.x + 3, b.y + 3, b.w, b.h }, (struct colour){ 70, 62, 52 });
	fill(c, b, white);
	fill(c, (struct box){ b.x + b.w / 4, b.y + b.h / 9, b.w / 2, b.h / 22 + 2 }, ink);
	for (int y = b.y + b.h / 4; y < b.y + b.h * 3 / 4; y += 6)
		fill(c, (struct box){ b.x + b.w / 9, y, b.w * between(hand, 55, 78) / 100, 2 },
		     (struct colour){ 150, 152, 156 });
	fill(c, (struct box){ b.x + b.w / 2 - 2, b.y + 2, 4, 4 }, seal); /* the pin */
}

static void put_seal(struct canvas *c, int x, int y)
{
	for (int dy = -9; dy <= 9; dy++)
		for (int dx = -9; dx <= 9; dx++) {
			int far = dx * dx + dy * dy;
			if (far <= 81 && far >= 49)
				fill(c, (struct box){ x + dx, y + dy, 1, 1 }, seal);
		}
}

static void put_torn_half(struct canvas *c, struct rng *hand, struct box b, struct colour board)
{
	for (int x = 0; x < b.w + 3; x += 4) {
		int from = b.h / 2 + between(hand, -7, 7);
		fill(c, (struct box){ b.x + x, b.y + from, 4, b.h + 3 - from }, board);
	}
}

static void put_board(struct canvas *c, struct rng *wall, struct rng *hand, bool torn)
{
	static const struct colour boards[] = {
		{ 52, 96, 70 }, { 60, 84, 124 }, { 120, 60, 52 }, { 176, 150, 104 }
	};
	struct colour board = boards[rng_below(wall, LENGTH(boards))];
	struct box frame = { 36 + between(wall, -14, 14), 20 + between(wall, -8, 8), 404, 212 };
	struct box paper = { frame.x + 156, frame.y + 24, 96, 150 };
	fill(c, (struct box){ frame.x + 6, frame.y + 6, frame.w, frame.h }, dark);
	fill(c, frame, wood);
	fill(c, (struct box){ frame.x + 9, frame.y + 9, frame.w - 18, frame.h - 18 }, board);
	for (int i = 0; i < 4; i++) { /* what hangs there already */
		struct box old = { frame.x + (i < 2 ? 24 : 274) + i % 2 * 62 + between(hand, -4, 4),
				   frame.y + 30 + between(hand, 0, 46), 50, 70 };
		if (rng_below(hand, 4))
			put_sheet(c, hand, old);
	}
	put_sheet(c, hand, paper);
	put_seal(c, paper.x + 66, paper.y + 130);
	if (torn)
		put_torn_half(c, hand, paper, board);
}

/* Light from the upper left, and the grain of a telephone's camera. */
static void put_light(struct canvas *c, struct rng *hand)
{
	uint64_t grain = rng_u64(hand) | 1;
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		grain ^= grain << 13;
		grain ^= grain >> 7;
		grain ^= grain << 17;
		int x = i % WIDTH, y = i / WIDTH;
		int light = 274 - 40 * x / WIDTH - 44 * y / HEIGHT;
		for (int k = 0; k < 3; k++) {
			int v = c->rgb[3 * i + k] * light / 256 + (int)(grain >> 61) - 4;
			c->rgb[3 * i + k] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
		}
	}
}

/* Light, what it is, and the day. */
static enum err develop(struct arena *a, struct canvas *c, struct rng *hand, struct date day,
			struct str *out)
{
	struct ymd ymd = date_ymd(day);
	put_light(c, hand);
	fill(c, (struct box){ 0, HEIGHT - RIBBON, WIDTH, RIBBON }, dark);
	write_text(c, S("aNH MINH HOo"), 16, HEIGHT - RIBBON + 4, 3, white);
	write_text(c, str_printf(a, "%02d/%02d/%04d", ymd.day, ymd.month, ymd.year), WIDTH - 136,
		   HEIGHT - RIBBON + 6, 2, stamp);
	return image_jpeg(a, c->rgb, WIDTH, HEIGHT, out);
}

enum err demo_photo(struct arena *a, struct rng *wall, struct rng *hand, bool torn, struct date day,
		    struct str *out)
{
	struct canvas *c = NEW(a, struct canvas);
	put_wall(c, wall);
	put_board(c, wall, hand, torn);
	return develop(a, c, hand, day, out);
}

/* --- Scenes of news --- */

static void put_disc(struct canvas *c, int x, int y, int r, struct colour with)
{
	for (int dy = -r; dy <= r; dy++)
		for (int dx = -r; dx <= r; dx++)
			if (dx * dx + dy * dy <= r * r)
				fill(c, (struct box){ x + dx, y + dy, 1, 1 }, with);
}

/* A banner without words, a table, and rows of people from behind. */
static void put_meeting(struct canvas *c, struct rng *hand)
{
	static const struct colour coats[] = {
		{ 70, 92, 130 }, { 120, 72, 70 }, { 84, 110, 84 }, { 96, 90, 104 }
	};
	struct colour skin = { 196, 150, 118 }, hair = { 44, 38, 36 };
	put_wall(c, hand);
	fill(c, (struct box){ 60, 28, 360, 44 }, (struct colour){ 168, 44, 38 });
	for (int i = 0; i < 2; i++)
		fill(c, (struct box){ 130 + 20 * i, 40 + 14 * i, 220 - 40 * i, 5 },
		     (struct colour){ 236, 206, 110 });
	for (int i = 0; i < 5; i++) { /* at the table */
		put_disc(c, 140 + 50 * i, 112, 11, skin);
		fill(c, (struct box){ 126 + 50 * i, 122, 28, 22 }, coats[rng_below(hand, 4)]);
	}
	fill(c, (struct box){ 104, 140, 272, 34 }, wood);
	for (int row = 0; row < 2; row++)
		for (int i = 0; i < 8; i++) {
			int x = 40 + 54 * i + row * 24 + between(hand, -4, 4);
			int y = 194 + 30 * row;
			if (!rng_below(hand, 8)) /* an empty chair */
				continue;
			fill(c, (struct box){ x - 16, y + 8, 32, 30 }, coats[rng_below(hand, 4)]);
			put_disc(c, x, y, 10, hair);
		}
}

/* Sky, fields, a road between houses. */
static void put_works(struct canvas *c, struct rng *hand)
{
	static const struct colour roofs[] = { { 160, 78, 58 }, { 132, 96, 80 }, { 96, 104, 116 } };
	fill(c, (struct box){ 0, 0, WIDTH, HEIGHT }, (struct colour){ 178, 206, 226 });
	fill(c, (struct box){ 0, 120, WIDTH, HEIGHT - 120 }, (struct colour){ 118, 156, 84 });
	for (int i = 0; i < 6; i++) {
		int x = i < 3 ? 14 + 58 * i : 300 + 58 * (i - 3), tall = between(hand, 30, 56);
		fill(c, (struct box){ x, 132 - tall, 46, tall + 12 }, white);
		fill(c, (struct box){ x - 4, 124 - tall, 54, 12 }, roofs[rng_below(hand, 3)]);
		fill(c, (struct box){ x + 16, 118, 14, 26 }, dark);
	}
	for (int y = 130; y < HEIGHT - RIBBON; y++) { /* wider the nearer it is */
		int half = 18 + (y - 130) * 9 / 10;
		fill(c, (struct box){ WIDTH / 2 - half, y, 2 * half, 1 },
		     (struct colour){ 176, 172, 164 });
	}
	fill(c, (struct box){ WIDTH / 2 - 2, 140, 4, 110 }, (struct colour){ 206, 202, 192 });
}

enum err demo_photo_scene(struct arena *a, struct rng *hand, enum demo_scene scene, struct date day,
			  struct str *out)
{
	struct canvas *c = NEW(a, struct canvas);
	if (scene == SCENE_MEETING)
		put_meeting(c, hand);
	else
		put_works(c, hand);
	return develop(a, c, hand, day, out);
}

/* file_keep reads a regular file; this one is on no disk. */
enum err demo_photo_keep(struct arena *a, const char *dir, struct str jpeg, struct str name,
			 struct file_ref *out, struct str *why)
{
	AUTO_CLOSE int fd = memfd_create("anh", MFD_CLOEXEC);
	if (fd >= 0 && write(fd, jpeg.at, jpeg.len) == (ssize_t)jpeg.len)
		return file_keep(a, dir, fd, name, LANG_VI, out, why);
	*why = str_printf(a, "a picture in memory: %s", strerror(errno));
	return ERR_IO;
}
