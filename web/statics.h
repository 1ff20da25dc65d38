/* The few files of ours that browsers fetch beside pages, and the small answers machines ask for. */
#pragma once

#include "web/url.h"

struct router;

/* "/dinh-0a1b2c3d.css": the style sheet at an address of its own content, so that it is fetched once. */
struct url statics_style(void);
/* Adds the style sheet, the icon, /robots.txt, /healthz, /metrics. */
void statics_add(struct router *r);
