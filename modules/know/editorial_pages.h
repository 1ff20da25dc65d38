/* What readers see of articles and official answers: on their own pages, in lists, on the home page and
 * on a unit's page. Parts that both share come first. */
#pragma once

#include "modules/know/editorial.h"
#include "office/list.h"
#include "office/unit.h"
#include "web/parts.h"
#include "web/req.h"

struct when_part { /* under the title */
	struct editorial_times times;
	struct str place, corrected;
};

struct source_row {
	struct str text; /* of the link, or alone */
	struct str meta; /* "Công khai · CK-7K3Q-92MV" */
	struct url url;  /* "": no link */
	bool away;       /* leads out of this site */
};
struct source_part {
	struct str title;
	struct {
		struct source_row *at;
		size_t n;
	} rows;
};

struct attached_part {
	struct links files;
};

struct picture {
	struct url shown, whole;
	struct str shows, credit;
	struct str size; /* "Ảnh gốc, 2.380 KB"; "" when it is shown in full */
};
struct pictures {
	struct picture *at;
	size_t n;
};

struct article_part {
	struct str lead, byline;
	struct html body;
	struct pictures first, rest; /* one after the lead, the others after the text */
};

struct clarification_part {
	enum tone tone;
	struct str headline;
	struct html answer;
	struct str claim, place;
	struct date since;
	const struct source_part *sources; /* NULL: none */
	const struct attached_part *files;
};

struct news_part { /* the newest of a kind */
	struct str id, title, all_text;
	struct url all;
	struct items items;
};

/* NULL when there is none. */
MUST_USE enum err editorial_sources(struct req *r, struct str lines, enum msg title,
				    const struct source_part **out);
const struct attached_part *editorial_files(struct req *r, const struct dossier *d,
					    const struct file_refs *files);
/* The line of times under the title. */
MUST_USE enum err editorial_when(struct req *r, const struct dossier *d, struct str place);

/* Hooks of struct module, each for dossiers of its kind and silent for others. */
enum err article_head(struct req *r, const struct dossier *d);
enum err article_content(struct req *r, const struct dossier *d);
enum err article_side(struct req *r, const struct dossier *d);
enum err article_item(struct req *r, const struct list_row *row, struct item *out);
enum err clarification_head(struct req *r, const struct dossier *d);
enum err clarification_content(struct req *r, const struct dossier *d);
enum err clarification_item(struct req *r, const struct list_row *row, struct item *out);
enum err news_on_home_side(struct req *r, const struct unit *root);
enum err news_on_unit(struct req *r, const struct unit *u);
