/* A cookie found is made of harmless signs and stands in the header. */
#include "web/cookie.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str header = { (const char *)data, len };
	struct str value = cookie_get(header, S("phien"));
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] <= ' ' || value.at[i] == ';' || value.at[i] == '"')
			abort();
	if (value.len > 256 || !str_has(header, value))
		abort();
	return 0;
}
