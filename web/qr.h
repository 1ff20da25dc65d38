/* A QR code (ISO/IEC 18004) as a picture inside the page: scalable, printable, no script, no style,
 * no second request. */
#pragma once

#include "base/err.h"
#include "web/html.h"

#define QR_MAX 400 /* bytes: beyond it the modules get too small for an old telephone */

/* <svg> with role="img" and `label` as its name (escaped here), `size` CSS pixels on each side, and
 * the quiet zone of four modules. Error correction level M, the least that survives a creased print.
 * ERR_INVALID: `text` is empty or longer than QR_MAX; `out` untouched. */
MUST_USE enum err qr_svg(struct arena *a, struct str text, struct str label, int size,
			 struct html *out);
