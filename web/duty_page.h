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
/* "Chờ duyệt từ 04/01/2021, đến lượt lãnh đạo"; empty for what waits for no step. */
MUST_USE enum err next_words(struct req *r, int64_t dossier, const struct kind *kind,
			     unsigned state, int64_t unit, struct str *out);
/* Its dossier, or the unit that owes it where the dossier is not for this reader. */
MUST_USE enum err duty_url(struct req *r, const struct duty_row *row, struct url *out);
