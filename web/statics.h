/* The few files of ours that browsers fetch beside pages, and the small answers machines ask for. */
#pragma once

#include "web/url.h"

struct router;

/* "/dinh-0a1b2c3d.css": the style sheet at an address of its own content, so that it is fetched once. */
struct url statics_style(void);
/* "/dem-0a1b2c3d.js": counts the signs of a text while it is typed. Of a page that names it the policy
 * allows scripts of ours: req_script. */
struct url statics_script(void);
/* The style sheet itself, to stand inside a page that is a file of its own. */
struct str statics_style_text(void);
/* Adds the style sheet, the script, the icon, /robots.txt, /healthz, /metrics. */
void statics_add(struct router *r);
