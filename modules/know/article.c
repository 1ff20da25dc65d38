#include "modules/know/article.h"

#include "base/utf8.h"
#include "modules/know/sources.h"
#include "office/redaction.h"

enum { CAPTION_LONGEST = 300 };

/* clang-format takes the braces of an initialiser in a macro for a block. */
/* clang-format off */
#define CONTENT(asked)                                                                     \
	FIELD(struct article, title, .min = 5, .max = 200, .hidden = !(asked),             \
	      .label = MSG_ARTICLE_TITLE),                                                 \
	FIELD(struct article, lead, .min = 10, .max = 600, .lines = true,                  \
	      .hidden = !(asked), .label = MSG_ARTICLE_LEAD, .hint = MSG_ARTICLE_LEAD_HINT), \
	FIELD(struct article, body, .min = 20, .max = 50000, .lines = true,                \
	      .markdown = true, .hidden = !(asked), .label = MSG_ARTICLE_BODY,             \
	      .hint = MSG_EDITORIAL_MARKDOWN_HINT),                                        \
	FIELD(struct article, byline, .min = 2, .max = 100, .hidden = !(asked),            \
	      .label = MSG_ARTICLE_BYLINE, .hint = MSG_ARTICLE_BYLINE_HINT),               \
	FIELD(struct article, place, .optional = true, .max = 100, .hidden = !(asked),     \
	      .label = MSG_ARTICLE_PLACE),                                                 \
	FIELD(struct article, photos, .optional = true, .hidden = !(asked),                \
	      .label = MSG_ARTICLE_PHOTOS, .hint = MSG_ARTICLE_PHOTOS_HINT),               \
	FIELD(struct article, captions, .optional = true, .sometimes = true, .max = 3200,  \
	      .lines = true,                                                                \
	      .hidden = !(asked), .label = MSG_ARTICLE_CAPTIONS,                           \
	      .hint = MSG_ARTICLE_CAPTIONS_HINT),                                          \
	FIELD(struct article, sources, .optional = true, .max = 6000, .lines = true,       \
	      .hidden = !(asked), .label = MSG_ARTICLE_SOURCES,                            \
	      .hint = MSG_EDITORIAL_SOURCES_HINT),                                         \
	FIELD(struct article, files, .optional = true, .hidden = !(asked),                 \
	      .label = MSG_EDITORIAL_FILES, .hint = MSG_EDITORIAL_FILES_HINT)
/* clang-format on */

static const struct field fields[] = { CONTENT(true), { 0 } };
static const struct field published[] = { CONTENT(false), { 0 } };
static const struct field corrected[] = {
	CONTENT(true),
	EDITORIAL_CORRECT_REASON(struct article),
	{ 0 },
};

/* --- Captions --- */

static bool next_caption(struct str *rest, struct str *line)
{
	while (str_next(rest, '\n', line)) {
		*line = str_trim(*line);
		if (line->len)
			return true;
	}
	return false;
}

struct caption article_caption(struct str captions, size_t n)
{
	struct str line;
	while (next_caption(&captions, &line)) {
		struct caption c = { S(""), S("") };
		if (n--)
			continue;
		struct str rest = line;
		str_next(&rest, '|', &c.shows);
		c.shows = str_trim(c.shows);
		c.credit = str_trim(str_some(rest));
		return c;
	}
	return (struct caption){ S(""), S("") };
}

static void check_captions(struct tx *tx, const struct article *x, struct faults *faults)
{
	struct str rest = x->captions, line;
	struct buf b = { .a = tx->mem };
	enum lang lang = faults ? faults->lang : LANG_VI;
	int64_t n = 0;
	while (next_caption(&rest, &line)) {
		n++;
		if (!b.len && (utf8_length(tx->mem, line) > CAPTION_LONGEST || line.at[0] == '|'))
			msg_article_fault_caption(&b, lang, n, CAPTION_LONGEST);
	}
	if (n != (int64_t)x->photos.n) {
		b.len = 0;
		msg_article_fault_captions(&b, lang, (int64_t)x->photos.n, n);
	}
	if (b.len)
		fault_add(faults, "captions", buf_str(&b));
}

static enum err check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
		      struct faults *faults)
{
	const struct article *x = form;
	bool pictures = true;
	(void)d, (void)on;
	for (size_t i = 0; i < x->photos.n; i++)
		pictures &= str_starts(x->photos.at[i].type, S("image/"));
	if (!pictures)
		fault_add_msg(faults, "photos", MSG_ARTICLE_FAULT_NO_PICTURE);
	check_captions(tx, x, faults);
	return sources_check(tx, x->sources, "sources", faults);
}

/* --- The kind --- */

static const struct state states[] = {
	EDITORIAL_STATES(MSG_ARTICLE_PUBLISHED),
	{ 0 },
};

static const struct step steps[] = {
	EDITORIAL_RECORD(struct article, fields, MSG_ARTICLE_RECORD, MSG_ARTICLE_RECORD_DONE,
			 .check = check),
	EDITORIAL_SUBMIT(EDITORIAL_CHECKLIST),
	EDITORIAL_PUBLISH(struct article, published, MSG_ARTICLE_PUBLISH, MSG_ARTICLE_PUBLISH_DONE,
			  .prepare = editorial_prepare_publish),
	EDITORIAL_CORRECT(struct article, corrected, .check = check),
	EDITORIAL_ENDINGS,
	REDACTION_STEPS(EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN, LEADER),
	{ 0 },
};

const struct kind article_kind = {
	.name = "article",
	.code = "TI",
	.slug = "tin",
	.work = "know",
	.title = MSG_ARTICLE_ARTICLE,
	.titles = MSG_ARTICLE_ARTICLES,
	.no_clock = true,
	.hour = "publish",
	.size = sizeof(struct article),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = article_indicators,
};
