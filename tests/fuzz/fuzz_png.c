/* PNG as strangers hand it in. Checksums stop a fuzzer at the first bit, so they are put right before
 * the file is tried. */
#include "office/image.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

static void mend_sums(uint8_t *png, size_t len)
{
	size_t at = 8;

	while (at + 12 <= len) {
		size_t n = (size_t)png[at] << 24 | (size_t)png[at + 1] << 16 |
			   (size_t)png[at + 2] << 8 | png[at + 3];
		if (n > len - at - 12)
			return;
		uLong sum = crc32(0, png + at + 4, (uInt)n + 4);
		for (size_t i = 0; i < 4; i++)
			png[at + 8 + n + i] = (uint8_t)(sum >> (24 - 8 * i));
		at += n + 12;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct image image, again;
	struct str thumb;
	uint8_t *png = arena_get(a, len);

	memcpy(png, data, len);
	mend_sums(png, len);
	if (image_clean_png(a, (struct str){ (const char *)png, len }, &image) == OK) {
		insist(image.bytes.len <= len);
		insist(image_clean_png(a, image.bytes, &again) == OK);
		insist(str_eq(again.bytes, image.bytes));
		if ((int64_t)image.width * image.height <= 1 << 20 &&
		    image_thumb(a, &image, &thumb) == OK)
			insist(image_is_jpeg(thumb));
	}
	arena_free(a);
	return 0;
}
