/* Cleaning by copying what is known, not by cutting out what is bad: a segment or chunk that is on
 * no list does not reach the output. Both parsers walk over borrowed bytes with one cursor whose
 * every move is checked. */
#include "office/image.h"

#include <string.h>
#include <zlib.h>

struct cursor {
	struct str rest;
	bool bad; /* something was asked for that is not there */
};

static struct str take(struct cursor *c, size_t n)
{
	if (c->rest.len < n)
		c->bad = true;
	if (c->bad)
		return S("");
	struct str taken = str_cut(c->rest, n);
	c->rest = str_from(c->rest, n);
	return taken;
}

static unsigned byte_at(struct str s, size_t i)
{
	return i < s.len ? (unsigned char)s.at[i] : 0;
}

static uint32_t big(struct str s, size_t at, size_t n)
{
	uint32_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | byte_at(s, at + i);
	return v;
}

static uint32_t little(struct str s, size_t at, size_t n)
{
	uint32_t v = 0;
	for (size_t i = n; i > 0; i--)
		v = v << 8 | byte_at(s, at + i - 1);
	return v;
}

static bool size_fits(uint32_t width, uint32_t height)
{
	return width && height && (uint64_t)width * height <= IMAGE_MAX_PIXELS;
}

/* ---- EXIF ---- */

int image_exif_orientation(struct str tiff)
{
	bool intel = str_starts(tiff, S("II*\0"));
	if (!intel && !str_starts(tiff, S("MM\0*")))
		return 1;
	uint32_t (*read)(struct str, size_t, size_t) = intel ? little : big;
	size_t at = read(tiff, 4, 4);
	if (tiff.len < 8 || at > tiff.len - 2)
		return 1;
	size_t entries = read(tiff, at, 2);
	for (at += 2; entries > 0 && tiff.len - at >= 12; entries--, at += 12) {
		if (read(tiff, at, 2) != 0x0112)
			continue;
		uint32_t value = read(tiff, at + 8, 2);
		bool one_short = read(tiff, at + 2, 2) == 3 && read(tiff, at + 4, 4) == 1;
		return one_short && value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

/* ---- JPEG ---- */

enum marker {
	SOF0 = 0xC0, /* baseline */
	SOF2 = 0xC2, /* progressive; SOF1 between them is extended sequential */
	DHT = 0xC4,
	RST0 = 0xD0,
	RST7 = 0xD7,
	SOI = 0xD8,
	EOI = 0xD9,
	SOS = 0xDA,
	DQT = 0xDB,
	DRI = 0xDD,
	APP0 = 0xE0,
	APP1 = 0xE1,
	APP14 = 0xEE,
	APP15 = 0xEF,
	COM = 0xFE,
};

/* A progressive picture is decoded once more for each scan. Encoders write about ten; a file made to
 * keep a server busy holds thousands, or a few dozen over a huge picture. */
#define MAX_SCANS 64
#define MAX_SCANNED_PIXELS UINT64_C(1000000000)

struct jpeg {
	struct cursor in;
	struct buf body; /* room for the head, then all from the first table to the last scan */
	uint32_t width, height;
	int frames, scans, orientation;
	bool jfif;        /* with Adobe's segment it decides what the colours mean */
	struct str adobe; /* its 12 bytes, or empty */
};

bool image_is_jpeg(struct str bytes)
{
	return str_starts(bytes, S("\xFF\xD8\xFF"));
}

/* 0 when there is no marker here; any number of 0xFF may stand before it (T.81 B.1.1.2). */
static unsigned next_marker(struct cursor *in)
{
	if (byte_at(take(in, 1), 0) != 0xFF)
		return 0;
	unsigned marker = 0xFF;
	while (marker == 0xFF && !in->bad)
		marker = byte_at(take(in, 1), 0);
	return marker;
}

static void put_segment(struct buf *b, unsigned marker, struct str content)
{
	const uint8_t head[4] = { 0xFF, (uint8_t)marker, (uint8_t)((content.len + 2) >> 8),
				  (uint8_t)(content.len + 2) };
	buf_put_bytes(b, head, sizeof head);
	buf_put(b, content);
}

/* Coded data up to the next marker that is neither a stuffed zero nor a restart. */
static struct str take_coded(struct cursor *in)
{
	size_t n = 0;
	while (n + 1 < in->rest.len) {
		const char *ff = memchr(in->rest.at + n, 0xFF, in->rest.len - n - 1);
		if (!ff)
			break;
		n = (size_t)(ff - in->rest.at);
		unsigned next = byte_at(in->rest, n + 1);
		if (next && (next < RST0 || next > RST7))
			return take(in, n);
		n += 2;
	}
	in->bad = true;
	return S("");
}

static bool read_frame(struct jpeg *j, struct str content)
{
	unsigned components = byte_at(content, 5);
	j->height = big(content, 1, 2);
	j->width = big(content, 3, 2);
	return ++j->frames == 1 && (components == 1 || components == 3 || components == 4) &&
	       byte_at(content, 0) == 8 && content.len == 6 + 3 * components &&
	       size_fits(j->width, j->height);
}

static bool read_scan(struct jpeg *j, struct str content)
{
	unsigned components = byte_at(content, 0);
	uint64_t scanned = (uint64_t)++j->scans * j->width * j->height;
	return j->frames == 1 && components >= 1 && components <= 4 &&
	       content.len == 4 + 2 * components && j->scans <= MAX_SCANS &&
	       scanned <= MAX_SCANNED_PIXELS;
}

static void read_exif(struct jpeg *j, struct str content)
{
	if (!j->frames && str_starts(content, S("Exif\0\0")))
		j->orientation = image_exif_orientation(str_from(content, 6));
}

/* False: a segment that is malformed, or of a sort that no camera writes. */
static bool read_segment(struct jpeg *j, unsigned marker)
{
	uint32_t length = big(take(&j->in, 2), 0, 2);
	struct str content = take(&j->in, length < 2 ? 0 : length - 2);
	bool ok = true;
	if (j->in.bad || length < 2)
		return false;
	switch (marker) {
	case SOF0:
	case SOF0 + 1:
	case SOF2:
		ok = read_frame(j, content);
		put_segment(&j->body, marker, content);
		break;
	case DHT:
	case DQT:
	case DRI:
		put_segment(&j->body, marker, content);
		break;
	case SOS:
		ok = read_scan(j, content);
		put_segment(&j->body, marker, content);
		buf_put(&j->body, take_coded(&j->in));
		break;
	case APP0:
		j->jfif = j->jfif || (!j->frames && str_starts(content, S("JFIF\0")));
		break;
	case APP1:
		read_exif(j, content);
		break;
	case APP14:
		if (str_starts(content, S("Adobe")) && content.len >= 12)
			j->adobe = str_cut(content, 12);
		break;
	default:
		ok = (marker >= APP0 && marker <= APP15) || marker == COM;
	}
	return ok && !j->in.bad;
}

#define HEAD 80 /* bytes: the longest head has 2 + 18 + 36 + 16 */

/* The head of the cleaned file: JFIF wants its own segment first, and readers of EXIF look for it
 * right behind. JFIF is written anew, with square pixels and without its thumbnail. */
static void put_head(struct buf *b, const struct jpeg *j)
{
	char turn[] = "Exif\0\0MM\0*\0\0\0\10"        /* the one directory begins at 8 */
		      "\0\1\1\x12\0\3\0\0\0\1\0?\0\0" /* one entry: orientation, one SHORT */
		      "\0\0\0";                       /* and no further directory */
	char *value = memchr(turn, '?', sizeof turn);
	*value = (char)j->orientation;
	buf_put(b, S("\xFF\xD8"));
	if (j->jfif)
		put_segment(b, APP0, S("JFIF\0\1\1\0\0\1\0\1\0\0"));
	if (j->orientation != 1)
		put_segment(b, APP1, (struct str){ turn, sizeof turn });
	if (j->adobe.len)
		put_segment(b, APP14, j->adobe);
}

enum err image_clean_jpeg(struct arena *a, struct str bytes, struct image *out)
{
	struct jpeg j = { .in = { bytes, false }, .body = { .a = a }, .orientation = 1 };
	unsigned marker;
	if (!image_is_jpeg(bytes))
		return ERR_INVALID;
	buf_reserve(&j.body, HEAD + bytes.len + 2);
	j.body.len = HEAD;
	take(&j.in, 2);
	while ((marker = next_marker(&j.in)) != EOI)
		if (!read_segment(&j, marker))
			return ERR_INVALID;
	if (!j.scans)
		return ERR_INVALID;

	struct buf head = { .a = a };
	put_head(&head, &j);
	memcpy(j.body.at + HEAD - head.len, head.at, head.len);
	buf_put(&j.body, S("\xFF\xD9"));
	*out = (struct image){ str_from(buf_str(&j.body), HEAD - head.len), (int)j.width,
			       (int)j.height, j.orientation };
	return OK;
}

/* ---- PNG ---- */

static const struct str png_signature = S_INIT("\x89PNG\r\n\x1A\n");

struct png {
	struct cursor in;
	struct buf body;
	uint32_t width, height;
	bool data, data_over, ended;
};

bool image_is_png(struct str bytes)
{
	return str_starts(bytes, png_signature);
}

static bool is_kept(struct str type)
{
	static const char kept[][5] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS",
					"gAMA", "cHRM", "sRGB", "sBIT" };
	for (size_t i = 0; i < LENGTH(kept); i++)
		if (str_eq(type, str_of(kept[i])))
			return true;
	return false;
}

static bool read_header(struct png *p, struct str content)
{
	p->width = big(content, 0, 4);
	p->height = big(content, 4, 4);
	return content.len == 13 && p->width <= INT32_MAX && p->height <= INT32_MAX &&
	       size_fits(p->width, p->height);
}

/* One chunk: length, type, content, CRC-32 of type and content. Upper case in the first letter of a
 * type means that no reader may skip it (5.4), so an unknown one of these refuses the file. */
static bool read_chunk(struct png *p)
{
	struct str whole = p->in.rest;
	uint32_t length = big(take(&p->in, 4), 0, 4);
	struct str body = take(&p->in, (size_t)length + 4);
	uint32_t sum = big(take(&p->in, 4), 0, 4);
	if (p->in.bad || length > INT32_MAX ||
	    crc32(0, (const Bytef *)body.at, (uInt)body.len) != sum)
		return false;

	struct str type = str_cut(body, 4), content = str_from(body, 4);
	bool data = str_eq(type, S("IDAT"));
	if (data && p->data_over)
		return false;
	p->data_over = p->data && !data;
	p->data = p->data || data;
	p->ended = str_eq(type, S("IEND"));

	bool is_header = str_eq(type, S("IHDR"));
	if (is_header != !p->width || (is_header && !read_header(p, content)))
		return false;
	if (!is_kept(type))
		return type.at[0] >= 'a' && type.at[0] <= 'z';
	buf_put_bytes(&p->body, whole.at, (size_t)length + 12);
	return true;
}

enum err image_clean_png(struct arena *a, struct str bytes, struct image *out)
{
	struct png p = { .in = { bytes, false }, .body = { .a = a } };
	if (!image_is_png(bytes))
		return ERR_INVALID;
	buf_reserve(&p.body, bytes.len);
	buf_put(&p.body, take(&p.in, png_signature.len));
	while (!p.ended)
		if (!read_chunk(&p))
			return ERR_INVALID;
	if (!p.data)
		return ERR_INVALID;
	*out = (struct image){ buf_str(&p.body), (int)p.width, (int)p.height, 1 };
	return OK;
}
