/* One path draws all dark modules: a move to the beginning of each run in a row, then a stroke of one
 * module's height along it. Runs make the picture a quarter of the size that squares would take. */
#include "web/qr.h"

#include <qrencode.h>
#include <stdlib.h>

#define QUIET 4 /* modules of white on every side (7.3.2 of the standard) */

static bool is_dark(const QRcode *code, int x, int y)
{
	return code->data[y * code->width + x] & 1;
}

static void put_runs(struct buf *b, const QRcode *code)
{
	for (int y = 0; y < code->width; y++) {
		for (int x = 0; x < code->width; x++) {
			int from = x;
			while (x < code->width && is_dark(code, x, y))
				x++;
			if (x > from)
				buf_printf(b, "M%d %d.5h%d", from + QUIET, y + QUIET, x - from);
		}
	}
}

enum err qr_svg(struct arena *a, struct str text, struct str label, int size, struct html *out)
{
	if (!text.len || text.len > QR_MAX)
		return ERR_INVALID;
	QRcode *code =
		QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
	if (!code)
		return ERR_INVALID;
	struct page page = { .body = { .a = a } };
	int side = code->width + 2 * QUIET;
	buf_printf(
		&page.body,
		"<svg role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" aria-label=\"",
		size, size, side, side);
	html_attr(&page, label);
	buf_printf(&page.body,
		   "\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
		   "<path stroke=\"#000\" shape-rendering=\"crispEdges\" d=\"",
		   side, side);
	put_runs(&page.body, code);
	buf_put(&page.body, S("\"/></svg>"));
	QRcode_free(code);
	*out = (struct html){ buf_str(&page.body) };
	return OK;
}
