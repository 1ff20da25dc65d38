/* The drawings, on a field of 24 by 24; their stroke is set by the style sheet. */
#include "web/icon.h"

static const struct {
	const char *id, *drawing;
} icons[ICONS] = {
	[ICON_BANG] = { "bang",
			"<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 7v6m0 3v.01\"/>" },
	[ICON_BENEFIT] = { "rice", "<path d=\"M7 22Q8 12 15 4\"/><path d=\"M15 4q4-1 5 2-3 "
				   "2-5-2zM12.5 8q4.5-1 6 "
				   "1.5-3.5 2-6-1.5zM10.3 12q4.5-1 6 1.5-3.5 2-6-1.5zM13 "
				   "6.500q-3-2-5.5 0 1.5 3 5.5 "
				   "0zM10.8 10.500q-3-2-5.5 0 1.5 3 5.5 0z\"/>" },
	[ICON_CHECK] = { "check", "<path d=\"M5 4h14v17H5zM9 2.5h6v3H9zM8 10l1.5 1.5L12 9m2.5 "
				  "1.5H17M8 15.5 9.5 "
				  "17l2.5-2.5m2.5 1.5H17\"/>" },
	[ICON_DO] = { "do", "<path d=\"M3 20h18M3 20v-4h6v4m0 0v-4h6v4m0 0v-4h6v4M6 16v-4h6v4m0 "
			    "0v-4h6v4M9 "
			    "12V8h6v4\"/>" },
	[ICON_FILE] = { "file", "<path d=\"M6 3h8l4 4v14H6zM14 3v4h4\"/>" },
	[ICON_KNOW] = { "know", "<path d=\"M2 8Q12 5 22 8M2 8q.6-1.5-.4-2.6M22 8q-.6-1.5.4-2.6M4.5 "
				"10h15v8h-15zM7 18v3.5m10-3.5v3.5M8 13h8m-8 2.5h5\"/>" },
	[ICON_LATE] = { "late", "<path d=\"M12 3 2.5 20h19z\"/><path d=\"M12 10v4m0 3v.01\"/>" },
	[ICON_LOCK] = { "lock", "<path d=\"M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3\"/>" },
	[ICON_OK] = { "ok", "<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"m8 12 3 3 5-6\"/>" },
	[ICON_PAUSE] = { "pause",
			 "<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M10 9v6m4-6v6\"/>" },
	[ICON_PHOTO] = { "photo", "<path d=\"M3 7h4l2-2h6l2 2h4v12H3z\"/><circle cx=\"12\" "
				  "cy=\"13\" r=\"3.5\"/>" },
	[ICON_POST] = { "post",
			"<path d=\"M3 7q9-4 18 0M5 9h14v9H5zM8 18v3m8-3v3M8 12h8m-8 3h5\"/>" },
	[ICON_PRINT] = { "print", "<path d=\"M7 9V3h10v6M5 9h14v8h-3v4H8v-4H5z\"/>" },
	[ICON_SOON] = { "soon", "<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 7v5l3 3\"/>" },
	[ICON_SPEAKER] = { "spk", "<path d=\"M4 10v4h3l5 4V6L7 10zM16 9q2 3 0 6m3-9q4 6 0 12\"/>" },
	[ICON_SUPERVISE] = { "eye", "<path d=\"M2 12q10-13 20 0-10 13-20 0z\"/><circle cx=\"12\" "
				    "cy=\"12\" "
				    "r=\"3.2\"/>" },
	[ICON_TALK] = { "talk", "<path d=\"M3 4h11v8H8l-3 3v-3H3zM10 15v1h6l3 3v-3h2V8h-4\"/>" },
	[ICON_WAIT] = { "wait", "<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M8 12h8\"/>" },
};

static void use(struct page *out, enum icon i, const char *class, int size)
{
	if (i <= ICON_NONE || i >= ICONS)
		return;
	out->icons |= UINT64_C(1) << i;
	struct buf *b = &out->body; /* without printf: lists draw one in each row */
	buf_put(b, S("<svg class=\""));
	buf_put(b, str_of(class));
	buf_put(b, S("\" width=\""));
	buf_put_int(b, size);
	buf_put(b, S("\" height=\""));
	buf_put_int(b, size);
	buf_put(b, S("\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#i-"));
	buf_put(b, str_of(icons[i].id));
	buf_put(b, S("\"/></svg>"));
}

void icon(struct page *out, enum icon i)
{
	use(out, i, "i", 18);
}

void icon_large(struct page *out, enum icon i)
{
	use(out, i, "i2", 34);
}

void icon_sprite(struct page *out)
{
	if (!out->icons)
		return;
	buf_put(&out->body, S("<svg width=\"0\" height=\"0\" hidden aria-hidden=\"true\" "
			      "focusable=\"false\">"));
	for (int i = 1; i < ICONS; i++)
		if (out->icons >> i & 1)
			buf_printf(&out->body,
				   "<symbol id=\"i-%s\" viewBox=\"0 0 24 24\">%s</symbol>",
				   icons[i].id, icons[i].drawing);
	buf_put(&out->body, S("</svg>"));
}
