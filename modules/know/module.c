/* Dân biết: what people have a right to know. */
#include "web/module.h"
#include "modules/know/article.h"
#include "modules/know/assignment.h"
#include "modules/know/clarification.h"
#include "modules/know/disclosure.h"
#include "modules/know/document.h"
#include "modules/know/document_pages.h"
#include "modules/know/editorial_pages.h"
#include "modules/know/information.h"
#include "modules/know/information_answer.h"
#include "modules/know/information_pages.h"
#include "modules/know/know_pages.h"
#include "modules/know/plan.h"

static const struct kind *const kinds[] = {
	&disclosure_kind,
	&document_kind,
	&article_kind,
	&clarification_kind,
	&plan_kind,
	&assignment_kind,
	&information_kind,
	&information_answer_kind,
	NULL,
};

static const struct route routes[] = {
	{ GET, "/yeu-cau-thong-tin", information_show, ANYONE },
	{ GET, "/ho-so/{code}/giao-viec", tasks_show, ANYONE },
	{ GET, "/ho-so/{code}/niem-yet", notice_show, ANYONE },
	{ GET, "/ho-so/{code}/doc-loa", aloud_show, ANYONE },
	{ GET, "/cong-khai/nhap/{unit}", import_show, LEADER },
	{ POST, "/cong-khai/nhap/{unit}", import_post, LEADER, .show = import_show,
	  .uploads = true },
	{ 0 },
};

/* Each part is silent for dossiers of other kinds. */
static enum err show(enum err (*const *parts)(struct req *, const struct dossier *), struct req *r,
		     const struct dossier *d)
{
	enum err e = OK;
	for (; !e && *parts; parts++)
		e = (*parts)(r, d);
	return e;
}

static enum err on_head(struct req *r, const struct dossier *d)
{
	static enum err (*const parts[])(struct req *, const struct dossier *) = {
		article_head,  clarification_head, information_head,
		document_head, assignment_head,    NULL,
	};
	return show(parts, r, d);
}

static enum err on_content(struct req *r, const struct dossier *d)
{
	static enum err (*const parts[])(struct req *, const struct dossier *) = {
		article_content,
		clarification_content,
		NULL,
	};
	return show(parts, r, d);
}

static enum err on_dossier(struct req *r, const struct dossier *d)
{
	static enum err (*const parts[])(struct req *, const struct dossier *) = {
		know_on_dossier,
		document_chain,
		NULL,
	};
	return show(parts, r, d);
}

static enum err on_side(struct req *r, const struct dossier *d)
{
	static enum err (*const parts[])(struct req *, const struct dossier *) = {
		know_on_dossier_side,
		article_side,
		NULL,
	};
	return show(parts, r, d);
}

static enum err on_unit(struct req *r, const struct unit *u, struct date day)
{
	enum err e = know_on_unit(r, u, day);
	return e ? e : news_on_unit(r, u);
}

static enum err item(struct req *r, const struct list_row *row, struct item *out)
{
	enum err e = article_item(r, row, out);
	if (!e)
		e = clarification_item(r, row, out);
	return e ? e : document_item(r, row, out);
}

static bool duty(struct tx *tx, struct str rule, struct str about, enum lang lang, struct str *out)
{
	if (!str_eq(rule, S(ASSIGNMENT_RULE)))
		return know_duty(tx, rule, about, lang, out);
	*out = msg_plain(lang, MSG_ASSIGNMENT_DUTY);
	return true;
}

extern const struct module know_module;
const struct module know_module = {
	.name = "know",
	.kinds = kinds,
	.routes = routes,
	.on_dossier_head = on_head,
	.on_dossier_content = on_content,
	.on_dossier = on_dossier,
	.on_dossier_side = on_side,
	.on_unit = on_unit,
	.on_home_side = news_on_home_side,
	.item = item,
	.facts = know_facts,
	.facet = know_facet,
	.duty = duty,
	.about = know_about,
};
