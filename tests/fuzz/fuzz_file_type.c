/* Looking at whatever a stranger hands in, containers above all. */
#include "office/file_type.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str type =
		file_media_type(file_kind_of((struct str){ (const char *)data, len }), S("x.csv"));

	if (type.len && !file_ending(type).len)
		abort();
	return 0;
}
