#include "web/proof_routes.h"

const struct route proof_routes[] = {
	{ GET, "/log/checkpoint", log_show_checkpoint, ANYONE, .uncached = true },
	{ GET, "/log/vkey", log_show_key, ANYONE, .uncached = true },
	{ GET, "/log/tile/{rest*}", log_show_tile, ANYONE, .uncached = true },
	{ 0 },
};
