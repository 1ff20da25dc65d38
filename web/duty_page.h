/* Open duties as people read them. */
#pragma once

#include "office/duty.h"
#include "web/parts.h"
#include "web/req.h"

/* GET /han: open duties anywhere in the tree, also as CSV, streamed */
enum err duties_show(struct req *r);

/* Open duties as items: what, who, by when. */
MUST_USE enum err duty_items(struct req *r, const struct duty_rows *rows, struct items *out);
struct str duty_words(struct req *r, const struct duty_row *row);
/* Its dossier, or the unit that owes it where the dossier is not for this reader. */
MUST_USE enum err duty_url(struct req *r, const struct duty_row *row, struct url *out);
