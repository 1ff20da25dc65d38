#include "web/proof_routes.h"

#include "web/due_page.h"

const struct route proof_routes[] = {
	{ GET, "/log/checkpoint", log_show_checkpoint, ANYONE, .uncached = true },
	{ GET, "/log/vkey", log_show_key, ANYONE, .uncached = true },
	{ GET, "/log/tile/{rest*}", log_show_tile, ANYONE, .uncached = true },
	{ GET, "/tinh-han", due_show, ANYONE, .formats = FORMAT_JSON },
	{ 0 },
};
