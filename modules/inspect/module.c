/* Dân kiểm tra, dân giám sát: what people bring before an office, and what becomes of it. */
#include "web/module.h"

#include "modules/inspect/board.h"
#include "modules/inspect/check.h"
#include "modules/inspect/criticism.h"
#include "modules/inspect/opening.h"
#include "modules/inspect/petition.h"
#include "modules/inspect/petition_alike_pages.h"
#include "modules/inspect/petition_ask_pages.h"
#include "modules/inspect/petition_merge_pages.h"
#include "modules/inspect/petition_pages.h"
#include "modules/inspect/petition_sent_on_pages.h"
#include "modules/inspect/programme.h"
#include "modules/inspect/reception.h"
#include "modules/inspect/reception_pages.h"
#include "modules/inspect/reception_plan.h"
#include "modules/inspect/recommendation.h"
#include "modules/inspect/statistic_pages.h"
#include "modules/inspect/supervision_pages.h"
#include "modules/inspect/visit.h"
#include "modules/inspect/visit_pages.h"
#include "web/access_page.h"
#include "web/dossier_page.h"
#include "web/throttle.h"

static const struct kind *const kinds[] = {
	&board_kind,    &check_kind,     &recommendation_kind, &criticism_kind, &programme_kind,
	&petition_kind, &reception_kind, &reception_plan_kind, &visit_kind,     &opening_kind,
	NULL,
};

static const struct interview *const interviews[] = { &petition_interview, NULL };

static const struct field no_fields[] = { { 0 } };

static const struct route routes[] = {
	{ GET, "/kien-nghi", petition_show, ANYONE },
	{ GET, "/kien-nghi/gui", petition_ask_show, ANYONE },
	{ GET, "/kien-nghi/to-cao", petition_denounce_show, ANYONE },
	{ GET, "/ho-so/{code}/da-chuyen", petition_sent_on_show, MEMBER, .uncached = true },
	{ POST, "/ho-so/{code}/da-chuyen", petition_sent_on_open, MEMBER, access_fields,
	  petition_sent_on_show, .quiet = true },
	{ GET, "/ho-so/{code}/da-chuyen/{sha256}", petition_sent_on_file, MEMBER,
	  .uncached = true },
	{ GET, "/tiep-dan", reception_show, ANYONE, .formats = FORMAT_ICS },
	{ GET, "/giam-sat", supervision_show, ANYONE },
	{ GET, "/thong-ke", statistic_latest, ANYONE, .uncached = true },
	{ GET, "/thong-ke/{table}/{unit}", statistic_show, ANYONE,
	  .formats = FORMAT_CSV | FORMAT_JSON, .throttle = 1 + THROTTLE_SEARCH },
	{ GET, "/thong-ke/{table}/{unit}/{column}", statistic_list_show, ANYONE,
	  .throttle = 1 + THROTTLE_SEARCH },
	{ GET, "/ho-so/{code}/so-tiep-dan", visit_book_show, CLERK | LEADER },
	{ GET, "/ho-so/{code}/bien-ban-tiep", visit_minutes_show, ANYONE, .uncached = true },
	{ GET, "/ho-so/{code}/tu-choi-tiep", visit_refusal_show, ANYONE, .uncached = true },
	{ POST, "/ho-so/{code}/bien-nhan-don/{petition}", visit_receipt_post, CLERK, no_fields,
	  dossier_show },
	{ 0 },
};

static bool duty(struct tx *tx, struct str rule, struct str about, enum lang lang, struct str *out)
{
	if (str_eq(rule, S(RECEPTION_DAYS)))
		return reception_days_words(tx, about, lang, out);
	if (supervision_duty(tx, rule, about, lang, out))
		return true;
	if (!str_eq(rule, S(PETITION_ANSWER)))
		return false;
	*out = petition_duty_words(rule, lang);
	return true;
}

static bool about(struct tx *tx, struct str rule, struct str what, enum lang lang, struct str *out)
{
	if (supervision_about(tx, rule, what, lang, out))
		return true;
	return str_eq(rule, S(RECEPTION_DAYS)) && reception_days_words(tx, what, lang, out);
}

static enum err on_head(struct req *r, const struct dossier *d)
{
	enum err e = petition_head(r, d);
	if (!e)
		e = reception_head(r, d);
	if (!e)
		e = supervision_head(r, d);
	return e ? e : visit_head(r, d);
}

static void on_receipt(struct req *r, const struct dossier *d, struct str office, struct str secret,
		       struct kvs *facts, struct str *sms)
{
	visit_receipt(r, d, office, secret, facts, sms);
	petition_merged_receipt(r, d, facts);
}

static enum err on_dossier(struct req *r, const struct dossier *d)
{
	enum err e = petition_merged_show(r, d);
	if (!e)
		e = petition_alike_show(r, d);
	if (!e)
		e = visit_on_dossier(r, d);
	return e ? e : supervision_on_dossier(r, d);
}

static enum err on_unit(struct req *r, const struct unit *u, struct date day)
{
	(void)day; /* what comes, comes from today on */
	enum err e = reception_on_unit(r, u);
	return e ? e : supervision_on_unit(r, u);
}

static enum err item(struct req *r, const struct list_row *row, struct item *out)
{
	enum err e = reception_item(r, row, out);
	return e ? e : supervision_item(r, row, out);
}

extern const struct module inspect_module;
const struct module inspect_module = {
	.name = "inspect",
	.kinds = kinds,
	.routes = routes,
	.interviews = interviews,
	.same = &petition_same,
	.on_dossier_head = on_head,
	.on_dossier = on_dossier,
	.on_unit = on_unit,
	.on_queue = petition_sent_on_news,
	.apart = petition_sent_on_url,
	.item = item,
	.receipt = on_receipt,
	.duty = duty,
	.about = about,
};
