/* tmplc OUT.h OUT.c IN.html...: runs while building. */
#include "tools/scan.h"
#include "tools/tmplc.h"

static void compile(const struct source *in, size_t n, struct buf *h, struct buf *c,
		    struct buf *errors)
{
	buf_put(h, S("#include \"gen/messages.h\"\n#include \"web/html.h\"\n"));
	for (size_t i = 0; i < n; i++)
		tmplc_compile(in[i].name, in[i].text, h, c, errors);
}

int main(int argc, char **argv)
{
	return scan_main(argc, argv, "tmplc OUT.h OUT.c IN.html...", compile);
}
