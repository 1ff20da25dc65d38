/* What becomes of an upload: kept by its hash under the data directory, its type judged by its bytes
 * (office/file.h). For struct house. */
#pragma once

#include "web/body.h"
#include "web/req.h"

MUST_USE enum err upload_keep(struct req *r, const struct upload *u, struct file_ref *out,
			      struct str *why);
