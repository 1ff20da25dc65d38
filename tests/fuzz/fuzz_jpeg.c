/* JPEG as strangers hand it in: what is accepted holds no EXIF but our own, is cleaned to itself, and
 * its thumbnail is made or refused without harm. */
#include "office/image.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct image image, again;
	struct str thumb;

	if (image_clean_jpeg(a, (struct str){ (const char *)data, len }, &image) == OK) {
		insist(image.bytes.len <= len + 64);
		insist(image.orientation >= 1 && image.orientation <= 8);
		insist(image_clean_jpeg(a, image.bytes, &again) == OK);
		insist(str_eq(again.bytes, image.bytes) && again.orientation == image.orientation);
		/* Large pictures of few bytes are slow under a sanitizer and teach nothing. */
		if ((int64_t)image.width * image.height <= 1 << 20 &&
		    image_thumb(a, &image, &thumb) == OK)
			insist(image_is_jpeg(thumb));
	}
	arena_free(a);
	return 0;
}
