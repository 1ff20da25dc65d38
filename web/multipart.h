/* multipart/form-data (RFC 7578) as browsers send it, read piece by piece as it arrives, so that a
 * large file never stands in memory. Strict: nothing before the first delimiter, one
 * Content-Disposition a part, nothing after the last but an empty line. */
#pragma once

#include "base/buf.h"

struct part {
	struct str name;     /* of the field; lives until the part ends */
	struct str filename; /* as sent, decoded; meaningful when is_file */
	struct str type;     /* as claimed; "" when none is given */
	bool is_file;
};

/* Each returns false to stop the reading. */
struct multipart_sink {
	bool (*begin)(void *to, const struct part *part);
	bool (*data)(void *to, struct str bytes);
	bool (*end)(void *to);
};

struct multipart;

/* The boundary out of a Content-Type header; false when it is no multipart/form-data or the boundary
 * is none (1 to 70 signs of RFC 2046). */
MUST_USE bool multipart_boundary(struct str content_type, struct str *out);
struct multipart *multipart_new(struct arena *a, struct str boundary,
				const struct multipart_sink *sink, void *to);
/* false: the text is malformed, or the sink said stop; then nothing more is read. */
MUST_USE bool multipart_feed(struct multipart *m, struct str bytes);
/* Was it whole? */
MUST_USE bool multipart_end(const struct multipart *m);
