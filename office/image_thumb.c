/* Thumbnails: a decoder gives rows, each source pixel is added to the one pixel of the small picture
 * it falls into, and the averages are turned upright and encoded. So memory is that of the small
 * picture and of the decoder, whose own appetite is bounded: libjpeg and libpng report errors by
 * longjmp, and everything that must survive one lives in the two structs below. */
#include "office/image.h"

#include <setjmp.h>
#include <stdio.h> /* jpeglib.h wants FILE */
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#define DECODER_MEMORY (64L << 20)
#define MAX_INTERLACED_PIXELS 8000000 /* an interlaced PNG is decoded whole: 24 MB */
#define QUALITY 78

struct shrink {
	int from_w, from_h, to_w, to_h;
	uint32_t *sums;  /* to_w * to_h * 3 */
	uint32_t *count; /* to_w * to_h: how many source pixels were added up */
};

static bool turned(int orientation)
{
	return orientation >= 5;
}

/* Fits w x h within the thumbnail's box as it will stand upright. Sums of 32 bits hold 16.8 million
 * pixels of 255, and only a picture thinner than three pixels could pass that. */
static bool shrink_init(struct arena *a, struct shrink *s, int w, int h, int orientation)
{
	int box_w = turned(orientation) ? IMAGE_THUMB_HEIGHT : IMAGE_THUMB_WIDTH;
	int box_h = turned(orientation) ? IMAGE_THUMB_WIDTH : IMAGE_THUMB_HEIGHT;
	int64_t to_w = w, to_h = h;
	if (to_w > box_w) {
		to_h = to_h * box_w / to_w;
		to_w = box_w;
	}
	if (to_h > box_h) {
		to_w = to_w * box_h / to_h;
		to_h = box_h;
	}
	to_w = to_w > 1 ? to_w : 1;
	to_h = to_h > 1 ? to_h : 1;
	if ((int64_t)(w / to_w + 1) * (h / to_h + 1) > UINT32_MAX / 255)
		return false;
	*s = (struct shrink){ .from_w = w, .from_h = h, .to_w = (int)to_w, .to_h = (int)to_h };
	s->sums = NEW_N(a, uint32_t, to_w * to_h * 3);
	s->count = NEW_N(a, uint32_t, to_w * to_h);
	return true;
}

static void add_row(struct shrink *s, int y, const uint8_t *rgb)
{
	size_t row = (size_t)((int64_t)y * s->to_h / s->from_h) * (size_t)s->to_w;
	for (int x = 0; x < s->from_w; x++, rgb += 3) {
		size_t at = row + (size_t)((int64_t)x * s->to_w / s->from_w);
		s->sums[3 * at] += rgb[0];
		s->sums[3 * at + 1] += rgb[1];
		s->sums[3 * at + 2] += rgb[2];
		s->count[at]++;
	}
}

/* ---- JPEG in ---- */

struct jpeg_guard {
	struct jpeg_error_mgr errors;
	jmp_buf leave;
};

_Noreturn static void jpeg_leave(j_common_ptr cinfo)
{
	struct jpeg_guard *guard = (struct jpeg_guard *)(void *)cinfo->err;
	longjmp(guard->leave, 1);
}

/* A warning means damaged data that libjpeg would paper over with grey. It is shown as it is. */
static void jpeg_be_quiet(j_common_ptr cinfo, int level)
{
	(void)cinfo;
	(void)level;
}

struct jpeg_in {
	struct jpeg_guard guard;
	struct jpeg_decompress_struct d;
	struct shrink shrink;
	uint8_t *row;
};

/* The largest of libjpeg's own reductions, 1/1 to 1/8, that still leaves more than the box: decoding
 * then costs a fraction of the time. */
static void choose_scale(struct jpeg_decompress_struct *d, int orientation)
{
	unsigned box_w = turned(orientation) ? IMAGE_THUMB_HEIGHT : IMAGE_THUMB_WIDTH;
	unsigned box_h = turned(orientation) ? IMAGE_THUMB_WIDTH : IMAGE_THUMB_HEIGHT;
	d->scale_num = 1;
	d->scale_denom = 8;
	while (d->scale_denom > 1 && d->image_width / d->scale_denom < box_w &&
	       d->image_height / d->scale_denom < box_h)
		d->scale_denom /= 2;
}

/* Inverted CMYK is what Adobe writes and what everybody expects. */
static void cmyk_row(uint8_t *row, unsigned width)
{
	for (unsigned x = 0; x < width; x++) {
		const uint8_t *from = row + 4 * x;
		unsigned k = from[3];
		for (unsigned i = 0; i < 3; i++)
			row[3 * x + i] = (uint8_t)(from[i] * k / 255);
	}
}

static void jpeg_rows(struct arena *a, struct jpeg_in *in, const struct image *image)
{
	struct jpeg_decompress_struct *d = &in->d;
	jpeg_mem_src(d, (const unsigned char *)image->bytes.at, (unsigned long)image->bytes.len);
	if (jpeg_read_header(d, TRUE) != JPEG_HEADER_OK)
		jpeg_leave((j_common_ptr)d);
	d->out_color_space = d->num_components == 4 ? JCS_CMYK : JCS_RGB;
	choose_scale(d, image->orientation);
	jpeg_start_decompress(d);
	in->row = arena_get_n(a, d->output_width, 4);
	if (!shrink_init(a, &in->shrink, (int)d->output_width, (int)d->output_height,
			 image->orientation))
		jpeg_leave((j_common_ptr)d);
	while (d->output_scanline < d->output_height) {
		int y = (int)d->output_scanline;
		jpeg_read_scanlines(d, &in->row, 1);
		if (d->num_components == 4)
			cmyk_row(in->row, d->output_width);
		add_row(&in->shrink, y, in->row);
	}
}

static enum err shrink_jpeg(struct arena *a, const struct image *image, struct shrink *out)
{
	struct jpeg_in *in = NEW(a, struct jpeg_in);
	in->d.err = jpeg_std_error(&in->guard.errors);
	in->guard.errors.error_exit = jpeg_leave;
	in->guard.errors.emit_message = jpeg_be_quiet;
	if (setjmp(in->guard.leave)) {
		jpeg_destroy_decompress(&in->d);
		return ERR_INVALID;
	}
	jpeg_create_decompress(&in->d);
	in->d.mem->max_memory_to_use = DECODER_MEMORY;
	jpeg_rows(a, in, image);
	jpeg_destroy_decompress(&in->d);
	*out = in->shrink;
	return OK;
}

/* ---- PNG in ---- */

struct png_in {
	png_structp png;
	png_infop info;
	struct str rest;
	struct shrink shrink;
	uint8_t *rows;
};

static void png_take(png_structp png, png_bytep out, size_t n)
{
	struct png_in *in = png_get_io_ptr(png);
	if (n > in->rest.len)
		png_error(png, "the file ends early");
	memcpy(out, in->rest.at, n);
	in->rest = str_from(in->rest, n);
}

_Noreturn static void png_leave(png_structp png, png_const_charp why)
{
	(void)why;
	png_longjmp(png, 1);
}

static void png_be_quiet(png_structp png, png_const_charp why)
{
	(void)png;
	(void)why;
}

/* Four bytes a pixel become three, over white. */
static void over_white(const uint8_t *from, uint8_t *to, int width)
{
	for (int x = 0; x < width; x++) {
		unsigned alpha = from[4 * x + 3];
		for (int i = 0; i < 3; i++)
			to[3 * x + i] =
				(uint8_t)((from[4 * x + i] * alpha + 255 * (255 - alpha)) / 255);
	}
}

static void png_to_rgba(struct png_in *in)
{
	png_set_expand(in->png);
	png_set_scale_16(in->png);
	png_set_gray_to_rgb(in->png);
	png_set_add_alpha(in->png, 0xFF, PNG_FILLER_AFTER);
}

static void png_rows(struct arena *a, struct png_in *in, const struct image *image)
{
	int w = image->width, h = image->height;
	png_set_read_fn(in->png, in, png_take);
	png_set_user_limits(in->png, (png_uint_32)w, (png_uint_32)h);
	png_set_chunk_malloc_max(in->png, 1 << 20);
	png_read_info(in->png, in->info);
	png_to_rgba(in);
	bool interlaced = png_set_interlace_handling(in->png) > 1;
	png_read_update_info(in->png, in->info);
	if (png_get_rowbytes(in->png, in->info) != 4 * (size_t)w ||
	    (int64_t)w * h > (interlaced ? MAX_INTERLACED_PIXELS : IMAGE_MAX_PIXELS) ||
	    !shrink_init(a, &in->shrink, w, h, image->orientation))
		png_error(in->png, "too large");

	size_t row = 4 * (size_t)w;
	uint8_t *rgb = arena_get_n(a, (size_t)w, 3);
	in->rows = calloc(interlaced ? (size_t)h : 1, row);
	if (!in->rows)
		png_error(in->png, "no memory");
	for (int pass = 0; interlaced && pass < 6; pass++)
		for (int y = 0; y < h; y++)
			png_read_row(in->png, in->rows + (size_t)y * row, NULL);
	for (int y = 0; y < h; y++) {
		uint8_t *at = in->rows + (interlaced ? (size_t)y * row : 0);
		png_read_row(in->png, at, NULL);
		over_white(at, rgb, w);
		add_row(&in->shrink, y, rgb);
	}
}

static void png_in_free(struct png_in *in)
{
	png_destroy_read_struct(&in->png, &in->info, NULL);
	free(in->rows);
}

static enum err shrink_png(struct arena *a, const struct image *image, struct shrink *out)
{
	struct png_in *in = NEW(a, struct png_in);
	in->rest = image->bytes;
	in->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, png_leave, png_be_quiet);
	if (!in->png)
		return ERR_INVALID;
	if (setjmp(png_jmpbuf(in->png))) {
		png_in_free(in);
		return ERR_INVALID;
	}
	in->info = png_create_info_struct(in->png);
	if (!in->info)
		png_error(in->png, "no memory");
	png_rows(a, in, image);
	png_in_free(in);
	*out = in->shrink;
	return OK;
}

/* ---- Upright, and JPEG out ---- */

struct upright {
	uint8_t *rgb;
	int w, h;
};

/* Where the pixel at (x, y) of the upright picture stands in the stored one (EXIF, tag 0x0112). */
static size_t source(const struct shrink *s, int orientation, int x, int y)
{
	int right = s->to_w - 1, bottom = s->to_h - 1;
	int sx = x, sy = y;
	switch (orientation) {
	case 2:
		sx = right - x;
		break;
	case 3:
		sx = right - x;
		sy = bottom - y;
		break;
	case 4:
		sy = bottom - y;
		break;
	case 5:
		sx = y;
		sy = x;
		break;
	case 6:
		sx = y;
		sy = bottom - x;
		break;
	case 7:
		sx = right - y;
		sy = bottom - x;
		break;
	case 8:
		sx = right - y;
		sy = x;
		break;
	default:
		break;
	}
	return (size_t)sy * (size_t)s->to_w + (size_t)sx;
}

static struct upright turn(struct arena *a, const struct shrink *s, int orientation)
{
	struct upright u = { .w = s->to_w, .h = s->to_h };
	if (turned(orientation)) {
		u.w = s->to_h;
		u.h = s->to_w;
	}
	u.rgb = arena_get_n(a, (size_t)u.w * (size_t)u.h, 3);
	uint8_t *to = u.rgb;
	for (int y = 0; y < u.h; y++) {
		for (int x = 0; x < u.w; x++) {
			size_t at = source(s, orientation, x, y);
			uint32_t n = s->count[at] ? s->count[at] : 1;
			for (size_t i = 0; i < 3; i++)
				*to++ = (uint8_t)((s->sums[3 * at + i] + n / 2) / n);
		}
	}
	return u;
}

struct jpeg_out {
	struct jpeg_guard guard;
	struct jpeg_compress_struct c;
	unsigned char *bytes;
	unsigned long len;
};

static void compress(struct jpeg_out *o, const uint8_t *rgb, int width, int height)
{
	jpeg_mem_dest(&o->c, &o->bytes, &o->len);
	o->c.image_width = (JDIMENSION)width;
	o->c.image_height = (JDIMENSION)height;
	o->c.input_components = 3;
	o->c.in_color_space = JCS_RGB;
	jpeg_set_defaults(&o->c);
	jpeg_set_quality(&o->c, QUALITY, TRUE);
	o->c.optimize_coding = TRUE;
	jpeg_start_compress(&o->c, TRUE);
	while (o->c.next_scanline < o->c.image_height) {
		/* The library asks for rows it could change and changes none. */
		JSAMPROW row = (JSAMPROW)rgb + (size_t)o->c.next_scanline * (size_t)width * 3;
		jpeg_write_scanlines(&o->c, &row, 1);
	}
	jpeg_finish_compress(&o->c);
}

static void give(struct arena *a, const struct jpeg_out *o, struct str *out)
{
	*out = str_dup(a, (struct str){ (const char *)o->bytes, o->len });
}

static void jpeg_out_free(struct jpeg_out *o)
{
	jpeg_destroy_compress(&o->c);
	free(o->bytes);
}

enum err image_jpeg(struct arena *a, const uint8_t *rgb, int width, int height, struct str *out)
{
	struct jpeg_out *o = NEW(a, struct jpeg_out);
	o->c.err = jpeg_std_error(&o->guard.errors);
	o->guard.errors.error_exit = jpeg_leave;
	o->guard.errors.emit_message = jpeg_be_quiet;
	if (setjmp(o->guard.leave)) {
		jpeg_out_free(o);
		return ERR_INVALID;
	}
	jpeg_create_compress(&o->c);
	compress(o, rgb, width, height);
	give(a, o, out);
	jpeg_out_free(o);
	return OK;
}

enum err image_thumb(struct arena *a, const struct image *image, struct str *out)
{
	struct shrink s;
	enum err e;
	if (image_is_jpeg(image->bytes))
		e = shrink_jpeg(a, image, &s);
	else if (image_is_png(image->bytes))
		e = shrink_png(a, image, &s);
	else
		e = ERR_INVALID;
	if (e)
		return e;
	struct upright u = turn(a, &s, image->orientation);
	return image_jpeg(a, u.rgb, u.w, u.h, out);
}
