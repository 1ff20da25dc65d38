/* The pages that let people check: the public log for programs, verification, the due-date
 * calculator, open data and help. What main/ hands to the router. */
#pragma once

#include "web/route.h"

extern const struct route proof_routes[];

/* GET /log/checkpoint, /log/vkey, /log/tile/{rest*}: the log as C2SP tlog-tiles reads it. */
enum err log_show_checkpoint(struct req *r);
enum err log_show_key(struct req *r);
enum err log_show_tile(struct req *r);
