/* Pages about comments of many dossiers: one's own, the rules, what waits for review at a unit, and the
 * setting of the site. Their routes stand in comment_routes. */
#pragma once

#include "web/req.h"

enum err comment_mine_show(struct req *r);
enum err comment_rules_show(struct req *r);
enum err comment_review_show(struct req *r);
/* One author's that wait, chosen and hidden at once after a preview. */
enum err comment_author_show(struct req *r);
enum err comment_author_post(struct req *r);
enum err comment_setting_show(struct req *r);
enum err comment_setting_post(struct req *r);
extern const struct field comment_setting_fields[];
