/* The orientation in a stranger's EXIF. */
#include "office/image.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	int orientation = image_exif_orientation((struct str){ (const char *)data, len });

	if (orientation < 1 || orientation > 8)
		abort();
	return 0;
}
