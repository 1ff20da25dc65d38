#include "office/image.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

/* ---- Pictures to begin with: white, with a red first quarter at the upper left. ---- */

#define WIDTH 64
#define HEIGHT 32

static void paint(uint8_t *row, int width, int height, int y)
{
	for (int x = 0; x < width; x++)
		memcpy(row + 3 * x,
		       x < width / 2 && y < height / 2 ? (uint8_t[]){ 255, 0, 0 }
						       : (uint8_t[]){ 255, 255, 255 },
		       3);
}

static struct str jpeg_of(int width, int height, bool progressive)
{
	struct jpeg_error_mgr errors;
	struct jpeg_compress_struct c = { .err = jpeg_std_error(&errors) };
	unsigned char *bytes = NULL;
	unsigned long len = 0;
	uint8_t *row = arena_get_n(test_arena(), (size_t)width, 3);

	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, &bytes, &len);
	c.image_width = (JDIMENSION)width;
	c.image_height = (JDIMENSION)height;
	c.input_components = 3;
	c.in_color_space = JCS_RGB;
	jpeg_set_defaults(&c);
	jpeg_set_quality(&c, 95, TRUE);
	if (progressive)
		jpeg_simple_progression(&c);
	jpeg_start_compress(&c, TRUE);
	for (int y = 0; y < height; y++) {
		paint(row, width, height, y);
		jpeg_write_scanlines(&c, &row, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	struct str out = str_dup(test_arena(), (struct str){ (char *)bytes, len });
	free(bytes);
	return out;
}

static void png_put(png_structp png, png_bytep bytes, size_t n)
{
	buf_put_bytes(png_get_io_ptr(png), bytes, n);
}

static void png_flush_nothing(png_structp png)
{
	(void)png;
}

static struct str png_of(int width, int height, bool alpha, bool interlaced)
{
	struct buf out = { .a = test_arena() };
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	uint8_t **rows = NEW_N(test_arena(), uint8_t *, height);
	uint8_t *rgb = arena_get_n(test_arena(), (size_t)width, 3);
	int n = alpha ? 4 : 3;

	png_set_write_fn(png, &out, png_put, png_flush_nothing);
	png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8,
		     alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
		     interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
	png_write_info(png, info);
	for (int y = 0; y < height; y++) {
		rows[y] = arena_get_n(test_arena(), (size_t)width, (size_t)n);
		paint(rgb, width, height, y);
		for (int x = 0; x < width; x++) { /* red stays; white is black, seen through */
			bool red = !rgb[3 * x + 1];
			memcpy(rows[y] + n * x, rgb + 3 * x, 3);
			if (alpha && !red)
				memset(rows[y] + n * x, 0, 4);
			else if (alpha)
				rows[y][n * x + 3] = 255;
		}
	}
	png_write_image(png, rows);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	return buf_str(&out);
}

static struct str join(struct str a, struct str b, struct str c)
{
	struct buf out = { .a = test_arena() };

	buf_put(&out, a);
	buf_put(&out, b);
	buf_put(&out, c);
	return buf_str(&out);
}

static struct str segment(int marker, struct str content)
{
	char head[4] = { (char)0xFF, (char)marker, (char)((content.len + 2) >> 8),
			 (char)(content.len + 2) };

	return join((struct str){ head, 4 }, content, S(""));
}

/* EXIF as a telephone writes it: make, orientation, and a position in Ninh Bình. */
static struct str exif_of(int orientation)
{
	char block[] = "Exif\0\0II*\0\10\0\0\0"
		       "\3\0"
		       "\x0F\1\2\0\4\0\0\0Fon\0"        /* make */
		       "\x12\1\3\0\1\0\0\0?\0\0\0"      /* orientation */
		       "\x25\x88\4\0\1\0\0\0\x32\0\0\0" /* where the GPS directory stands */
		       "\0\0\0\0"
		       "\1\0\x01\0\2\0\2\0\0\0N\0\0\0"
		       "\0\0\0\0GPS 20.2506 105.9745";
	char *value = memchr(block, '?', sizeof block);

	*value = (char)orientation;
	return segment(0xE1, str_dup(test_arena(), (struct str){ block, sizeof block - 1 }));
}

static struct str with_segments(struct str jpeg, struct str segments)
{
	return join(str_cut(jpeg, 2), segments, str_from(jpeg, 2));
}

static uint32_t be32(struct str s)
{
	return (uint32_t)(uint8_t)s.at[0] << 24 | (uint32_t)(uint8_t)s.at[1] << 16 |
	       (uint32_t)(uint8_t)s.at[2] << 8 | (uint32_t)(uint8_t)s.at[3];
}

static struct str chunk(const char *type, struct str content)
{
	struct str body = join(str_of(type), content, S(""));
	uint32_t sum = (uint32_t)crc32(0, (const Bytef *)body.at, (uInt)body.len);
	char n[4] = { (char)(content.len >> 24), (char)(content.len >> 16),
		      (char)(content.len >> 8), (char)content.len };
	char crc[4] = { (char)(sum >> 24), (char)(sum >> 16), (char)(sum >> 8), (char)sum };

	return join((struct str){ n, 4 }, body, str_dup(test_arena(), (struct str){ crc, 4 }));
}

/* Puts chunks right behind IHDR, which ends at 33. */
static struct str with_chunks(struct str png, struct str chunks)
{
	return join(str_cut(png, 33), chunks, str_from(png, 33));
}

/* ---- Looking at thumbnails ---- */

struct seen {
	int w, h;
	uint8_t *rgb;
};

static struct seen decode(struct str jpeg)
{
	struct jpeg_error_mgr errors;
	struct jpeg_decompress_struct d = { .err = jpeg_std_error(&errors) };
	struct seen out;

	jpeg_create_decompress(&d);
	jpeg_mem_src(&d, (const unsigned char *)jpeg.at, (unsigned long)jpeg.len);
	jpeg_read_header(&d, TRUE);
	jpeg_start_decompress(&d);
	out = (struct seen){ (int)d.output_width, (int)d.output_height,
			     arena_get_n(test_arena(), (size_t)d.output_width * d.output_height,
					 3) };
	while (d.output_scanline < d.output_height) {
		JSAMPROW row = out.rgb + (size_t)d.output_scanline * d.output_width * 3;
		jpeg_read_scanlines(&d, &row, 1);
	}
	jpeg_destroy_decompress(&d);
	return out;
}

/* Is the quarter of the picture at (right, bottom) red, and the opposite one white? */
static void check_red_quarter(struct str thumb, bool right, bool bottom)
{
	struct seen s = decode(thumb);
	int x = right ? 3 * s.w / 4 : s.w / 4, y = bottom ? 3 * s.h / 4 : s.h / 4;
	const uint8_t *red = s.rgb + 3 * (y * s.w + x);
	const uint8_t *white = s.rgb + 3 * ((s.h - 1 - y) * s.w + s.w - 1 - x);

	CHECK(red[0] > 200 && red[1] < 60 && red[2] < 60);
	CHECK(white[0] > 220 && white[1] > 220 && white[2] > 220);
}

static struct image clean(struct str bytes)
{
	struct image image = { 0 };

	CHECK(image_is_jpeg(bytes) != image_is_png(bytes));
	if (image_is_jpeg(bytes))
		CHECK_INT(image_clean_jpeg(test_arena(), bytes, &image), OK);
	else
		CHECK_INT(image_clean_png(test_arena(), bytes, &image), OK);
	return image;
}

static void check_refused(struct str bytes)
{
	struct image image = { .width = -7 };

	CHECK_INT(image_clean_jpeg(test_arena(), bytes, &image), ERR_INVALID);
	CHECK_INT(image_clean_png(test_arena(), bytes, &image), ERR_INVALID);
	CHECK_INT(image.width, -7);
}

/* ---- Tests ---- */

TEST(a_photograph_loses_everything_but_the_picture)
{
	struct str bare = jpeg_of(WIDTH, HEIGHT, false);
	struct str extra = join(exif_of(1), segment(0xFE, S("a comment")),
				join(segment(0xE1, S("http://ns.adobe.com/xap/1.0/\0<x/>")),
				     segment(0xED, S("Photoshop 3.0\0IPTC")),
				     segment(0xE2, S("ICC_PROFILE\0\1\1profile"))));
	struct str full = join(with_segments(bare, extra), S("trailing GPS"), exif_of(3));
	struct image image = clean(full);

	CHECK_STR(image.bytes, bare); /* nothing was recompressed: byte for byte the same */
	CHECK_INT(image.width, WIDTH);
	CHECK_INT(image.height, HEIGHT);
	CHECK_INT(image.orientation, 1);
}

TEST(the_orientation_of_a_photograph_stays_and_its_position_goes)
{
	struct image image = clean(with_segments(jpeg_of(WIDTH, HEIGHT, true), exif_of(6)));

	CHECK_INT(image.orientation, 6);
	CHECK(!str_has(image.bytes, S("GPS")));
	CHECK(!str_has(image.bytes, S("Fon")));
	CHECK_INT(clean(image.bytes).orientation, 6);
	CHECK_STR(clean(image.bytes).bytes, image.bytes); /* cleaning twice changes nothing more */
}

TEST(an_orientation_that_makes_no_sense_is_upright)
{
	CHECK_INT(clean(with_segments(jpeg_of(WIDTH, HEIGHT, false), exif_of(9))).orientation, 1);
	CHECK_INT(clean(with_segments(jpeg_of(WIDTH, HEIGHT, false), exif_of(0))).orientation, 1);
	CHECK_INT(image_exif_orientation(S("")), 1);
	CHECK_INT(image_exif_orientation(S("II*\0\xFF\xFF\xFF\xFF")), 1);
	CHECK_INT(image_exif_orientation(S("MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\10\0\0")), 8);
	CHECK_INT(image_exif_orientation(S("MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\10\0")), 1);
	CHECK_INT(image_exif_orientation(S("MM\0*\0\0\0\10\0\1\1\x12\0\4\0\0\0\1\0\10\0\0")), 1);
}

TEST(a_part_of_a_picture_is_no_picture)
{
	struct str jpeg = jpeg_of(WIDTH, HEIGHT, false), png = png_of(WIDTH, HEIGHT, false, false);

	for (size_t n = 0; n < jpeg.len; n++)
		check_refused(str_dup(test_arena(), str_cut(jpeg, n)));
	for (size_t n = 0; n < png.len; n++)
		check_refused(str_dup(test_arena(), str_cut(png, n)));
}

TEST(a_picture_of_more_than_fifty_million_pixels_is_refused)
{
	char *jpeg = str_z(test_arena(), jpeg_of(WIDTH, HEIGHT, false));
	size_t len = jpeg_of(WIDTH, HEIGHT, false).len;
	char *frame = memmem(jpeg, len, "\xFF\xC0", 2);

	memcpy(frame + 5, "\x40\0\x40\0", 4); /* 16384 x 16384 */
	check_refused((struct str){ jpeg, len });
	memcpy(frame + 5, "\0\0\x40\0", 4);
	check_refused((struct str){ jpeg, len });
	check_refused(join(str_cut(png_of(4, 4, false, false), 8),
			   chunk("IHDR", S("\0\1\0\0\0\1\0\0\10\2\0\0\0")),
			   join(chunk("IDAT", S("x")), chunk("IEND", S("")), S(""))));
}

TEST(a_file_of_a_thousand_scans_is_refused)
{
	struct str jpeg = jpeg_of(WIDTH, HEIGHT, false);
	const char *scan = memmem(jpeg.at, jpeg.len, "\xFF\xDA", 2);
	size_t head = (size_t)(scan - jpeg.at);
	struct str body = str_cut(str_from(jpeg, head), jpeg.len - head - 2);
	struct buf many = { .a = test_arena() };

	buf_put(&many, str_cut(jpeg, head));
	for (int i = 0; i < 1000; i++)
		buf_put(&many, body);
	buf_put(&many, S("\xFF\xD9"));
	check_refused(buf_str(&many));
}

TEST(kinds_of_jpeg_that_no_camera_writes_are_refused)
{
	char *jpeg = str_z(test_arena(), jpeg_of(WIDTH, HEIGHT, false));
	size_t len = jpeg_of(WIDTH, HEIGHT, false).len;
	char *frame = memmem(jpeg, len, "\xFF\xC0", 2);

	frame[1] = (char)0xC9; /* arithmetic coding */
	check_refused((struct str){ jpeg, len });
	frame[1] = (char)0xC3; /* lossless */
	check_refused((struct str){ jpeg, len });
	check_refused(S("\xFF\xD8\xFF\xD9"));
}

TEST(a_png_loses_its_texts_and_keeps_its_picture)
{
	struct str bare = png_of(WIDTH, HEIGHT, false, false);
	struct str extra = join(chunk("tEXt", S("Author\0Nguyen")), chunk("eXIf", S("MM\0*GPS")),
				chunk("tIME", S("\x07\xE5\1\1\1\1\1")));
	struct str full = join(with_chunks(bare, extra), S("PK\3\4 hidden"), S(""));
	struct image image = clean(full);

	CHECK_STR(image.bytes, bare);
	CHECK_INT(image.width, WIDTH);
	CHECK_INT(image.height, HEIGHT);
	CHECK_INT(image.orientation, 1);
}

TEST(a_png_with_a_wrong_checksum_or_an_unknown_necessary_chunk_is_refused)
{
	struct str bare = png_of(WIDTH, HEIGHT, false, false);
	char *broken = str_z(test_arena(), bare);

	broken[40] ^= 1;
	check_refused((struct str){ broken, bare.len });
	check_refused(with_chunks(bare, chunk("NeEd", S("?"))));
	check_refused(with_chunks(bare, str_from(str_cut(bare, 33), 8))); /* a second header */
	check_refused(with_chunks(bare, join(chunk("IDAT", S("x")), chunk("tEXt", S("y")), S(""))));
	CHECK_INT((int64_t)be32(str_from(bare, 8)), 13);
}

TEST(a_thumbnail_stands_upright_whatever_the_orientation)
{
	/* Where the upper left quarter of the stored picture is seen: EXIF, tag 0x0112. */
	static const struct {
		bool right, bottom;
	} shown[9] = { [2] = { true, false }, [3] = { true, true }, [4] = { false, true },
		       [6] = { true, false }, [7] = { true, true }, [8] = { false, true } };

	for (int o = 1; o <= 8; o++) {
		struct image image = clean(with_segments(jpeg_of(400, 200, o % 2), exif_of(o)));
		struct str thumb = S("");
		struct seen s;

		CHECK_INT(image_thumb(test_arena(), &image, &thumb), OK);
		check_red_quarter(thumb, shown[o].right, shown[o].bottom);
		s = decode(thumb);
		CHECK_INT(s.w, o < 5 ? 320 : 200);
		CHECK_INT(s.h, o < 5 ? 160 : 400);
	}
}

TEST(a_thumbnail_is_never_larger_than_the_picture_or_the_box)
{
	static const int sizes[][4] = {
		{ 10, 7, 10, 7 },    { 3000, 2000, 320, 213 }, { 1, 1, 1, 1 },
		{ 5000, 2, 320, 1 }, { 3, 5000, 1, 640 },      { 321, 700, 293, 640 },
	};

	for (size_t i = 0; i < LENGTH(sizes); i++) {
		struct image image = clean(jpeg_of(sizes[i][0], sizes[i][1], false));
		struct str thumb = S("");

		CHECK_INT(image_thumb(test_arena(), &image, &thumb), OK);
		CHECK_INT(decode(thumb).w, sizes[i][2]);
		CHECK_INT(decode(thumb).h, sizes[i][3]);
	}
}

TEST(a_png_has_a_thumbnail_with_white_where_it_is_transparent)
{
	for (int i = 0; i < 4; i++) {
		struct image image = clean(png_of(700, 300, i & 1, i & 2));
		struct str thumb = S("");

		CHECK_INT(image_thumb(test_arena(), &image, &thumb), OK);
		check_red_quarter(thumb, false, false);
		CHECK_INT(decode(thumb).w, 320);
		CHECK_INT(decode(thumb).h, 137);
	}
}

TEST(damage_inside_a_picture_costs_the_thumbnail_and_nothing_else)
{
	struct str jpeg = jpeg_of(400, 300, true), png = png_of(400, 300, true, true);
	struct image image;
	struct str thumb;

	for (int i = 0; i < 300; i++) {
		struct str bytes = i % 2 ? jpeg : png;
		char *damaged = str_z(test_arena(), bytes);
		for (int n = 0; n < 5; n++)
			damaged[20 + test_below(bytes.len - 20)] = (char)test_random();
		bytes.at = damaged;
		/* Either answer is right; the sanitizers watch. */
		if (i % 2 && image_clean_jpeg(test_arena(), bytes, &image) == OK)
			CHECK(image_thumb(test_arena(), &image, &thumb) <= ERR_INVALID);
		image = (struct image){ bytes, 400, 300, 1 };
		CHECK(image_thumb(test_arena(), &image, &thumb) <= ERR_INVALID);
	}
	image = (struct image){ S("GIF89a"), 1, 1, 1 };
	CHECK_INT(image_thumb(test_arena(), &image, &thumb), ERR_INVALID);
}
