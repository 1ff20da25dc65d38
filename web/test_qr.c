#include "tests/test.h"
#include "web/qr.h"

#include <qrencode.h>
#include <stdio.h>
#include <string.h>

/* Draws the runs of the path into a square of modules: "M4 4.5h7M13 4.5h1...". */
static void draw(struct str svg, uint8_t *modules, int width)
{
	const char *at = strstr(str_z(test_arena(), svg), "stroke=");
	int x, y, n, used;

	CHECK(at && (at = strstr(at, " d=\"")));
	/* NOLINTNEXTLINE(cert-err34-c): our own numbers, and the drawing shows a wrong one. */
	for (at += 4; sscanf(at, "M%d %d.5h%d%n", &x, &y, &n, &used) == 3; at += used) {
		CHECK(x >= 4 && y >= 4 && x + n <= width + 4 && y < width + 4);
		memset(modules + (y - 4) * width + x - 4, 1, (size_t)n);
	}
	CHECK(*at == '"');
}

static void check_drawn(struct str text)
{
	struct html svg;
	CHECK_INT(qr_svg(test_arena(), text, S("mã"), 160, &svg), OK);

	QRcode *code =
		QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
	int width = code->width;
	uint8_t *drawn = arena_get(test_arena(), (size_t)width * (size_t)width);
	uint8_t *should = arena_get(test_arena(), (size_t)width * (size_t)width);
	for (int i = 0; i < width * width; i++)
		should[i] = code->data[i] & 1;
	QRcode_free(code);
	draw(svg.s, drawn, width);
	CHECK(memcmp(drawn, should, (size_t)width * (size_t)width) == 0);
}

TEST(the_picture_has_every_dark_module_and_no_other)
{
	struct buf b = { .a = test_arena() };

	check_drawn(S("https://dinh.example/ho-so/CK-7K3Q-92MV"));
	for (int i = 0; i < QR_MAX; i++)
		buf_putc(&b, (char)test_random());
	for (size_t n = 1; n <= QR_MAX; n += 57)
		check_drawn(str_cut(buf_str(&b), n));
}

TEST(the_picture_names_itself_and_needs_no_style)
{
	struct html svg;

	CHECK_INT(qr_svg(test_arena(), S("x"), S("Mã \"QR\" & <b>"), 96, &svg), OK);
	CHECK(str_starts(svg.s,
			 S("<svg role=\"img\" width=\"96\" height=\"96\" viewBox=\"0 0 29 29\" "
			   "aria-label=\"Mã &quot;QR&quot; &amp; &lt;b&gt;\">")));
	CHECK(str_ends(svg.s, S("\"/></svg>")));
	CHECK(!str_has(svg.s, S("style")));
}

TEST(a_code_nobody_could_scan_is_refused)
{
	char long_text[QR_MAX + 1];
	struct html svg = { S("as it was") };

	memset(long_text, 'a', sizeof long_text);
	CHECK_INT(
		qr_svg(test_arena(), (struct str){ long_text, sizeof long_text }, S(""), 96, &svg),
		ERR_INVALID);
	CHECK_INT(qr_svg(test_arena(), S(""), S(""), 96, &svg), ERR_INVALID);
	CHECK_STR(svg.s, S("as it was"));
}
