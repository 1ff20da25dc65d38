#include "web/proof_routes.h"

#include "web/due_page.h"
#include "web/info_page.h"
#include "web/verify_page.h"

const struct route proof_routes[] = {
	{ GET, "/log/checkpoint", log_show_checkpoint, ANYONE, .uncached = true, .newest = true },
	{ GET, "/log/vkey", log_show_key, ANYONE, .uncached = true },
	{ GET, "/log/tile/{rest*}", log_show_tile, ANYONE, .uncached = true, .newest = true },
	{ GET, "/tinh-han", due_show, ANYONE, .formats = FORMAT_JSON },
	{ GET, "/kiem-chung", verify_show, ANYONE, .uncached = true, .newest = true },
	{ POST, "/kiem-chung", verify_post, ANYONE, verify_fields, .prepare = verify_prepare,
	  .quiet = true },
	{ GET, "/kiem-chung/{file}", verify_file, ANYONE, .newest = true },
	{ GET, "/du-lieu", data_show, ANYONE },
	{ GET, "/du-lieu/luat/{file}", data_table, ANYONE },
	{ GET, "/tro-giup", help_show, ANYONE },
	{ 0 },
};
