/* Pictures people hand in. A photograph tells where and when it was taken and with whose telephone;
 * none of that is anybody's business, so what we keep is the picture, the way up, and nothing else.
 *
 * The coded picture itself is copied, never recompressed. Only JPEG (baseline and progressive, ITU-T
 * T.81) and PNG (ISO/IEC 15948) are known here. All input is hostile: nothing is decoded to be
 * cleaned, every length is checked, and what is not understood is refused. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct image {
	struct str bytes;  /* the file without metadata */
	int width, height; /* as stored, before turning */
	int orientation;   /* 1..8 as in EXIF (JEITA CP-3451, tag 0x0112); 1 is upright */
};

#define IMAGE_MAX_PIXELS 50000000 /* a decoded picture must not fill the memory */

bool image_is_jpeg(struct str bytes);
bool image_is_png(struct str bytes);

/* Copies only what is needed to show the picture: frame, tables, scans and Adobe's colour transform;
 * an EXIF block with nothing but the orientation is written when it is not 1. Comments, EXIF with its
 * GPS position and thumbnail, XMP, IPTC, colour profiles, and whatever follows the picture go.
 * ERR_INVALID: not a whole JPEG of one picture within the limits; `out` untouched. */
MUST_USE enum err image_clean_jpeg(struct arena *a, struct str bytes, struct image *out);

/* Copies IHDR, PLTE, IDAT, IEND and the chunks that say how colours are meant (tRNS, gAMA, cHRM,
 * sRGB, sBIT); text, time, EXIF, profiles, animation and whatever follows IEND go. Every checksum is
 * verified. ERR_INVALID as above. */
MUST_USE enum err image_clean_png(struct arena *a, struct str bytes, struct image *out);

/* The orientation in a TIFF structure as EXIF holds it (what follows "Exif\0\0"): 1..8, and 1 for
 * everything that is missing or makes no sense. */
int image_exif_orientation(struct str tiff);

#define IMAGE_THUMB_WIDTH 320
#define IMAGE_THUMB_HEIGHT 640

/* A small JPEG, turned upright, within the two sizes above, never enlarged; transparent parts become
 * white. `bytes` is a picture as cleaned above. Decoding may use up to 64 MiB outside the arena for
 * its duration. ERR_INVALID: the picture is damaged or needs more than that to decode. */
MUST_USE enum err image_thumb(struct arena *a, const struct image *image, struct str *out);

/* A JPEG of `height` rows of `width` pixels, each red, green and blue. ERR_INVALID: larger than JPEG
 * can be. */
MUST_USE enum err image_jpeg(struct arena *a, const uint8_t *rgb, int width, int height,
			     struct str *out);
