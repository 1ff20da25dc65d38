/* What only dialogues show: where one stands in words, its minutes and conclusions, and on a unit's page
 * the latest ones beside what was promised and not yet done. */
#pragma once

#include "office/unit.h"
#include "web/parts.h"
#include "web/req.h"

struct dossier;

struct dialogue_text {
	struct str id, head;
	struct html text;
};
struct dialogue_texts {
	struct dialogue_text *at;
	size_t n;
};
struct dialogue_unit_part {
	struct items latest;
	struct table owed;
	struct url all;
	struct link reg; /* the register; without text: none is kept */
	struct str none;
};

/* GET /ho-so/{code}/thong-bao-doi-thoai, /ho-so/{code}/bien-ban-doi-thoai */
enum err dialogue_notice_show(struct req *r);
enum err dialogue_minutes_show(struct req *r);
/* Questions are nobody's list: to the dialogues, where they are sent and answered. */
enum err dialogue_questions(struct req *r);
enum err dialogue_head(struct req *r, const struct dossier *d);
enum err dialogue_on_dossier(struct req *r, const struct dossier *d);
enum err dialogue_on_side(struct req *r, const struct dossier *d);
enum err dialogue_on_unit(struct req *r, const struct unit *u);
bool dialogue_duty(struct tx *tx, struct str rule, struct str about, enum lang lang,
		   struct str *out);
bool dialogue_about(struct tx *tx, struct str rule, struct str about, enum lang lang,
		    struct str *out);
