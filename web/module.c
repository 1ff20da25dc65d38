/* What the modules bring, gathered: the program and the tests of every step and every route take the
 * same list from here, so that nothing is served that is not tried. */
#include "web/module.h"

#include "ledger/relations.h"
#include "office/added_day.h"
#include "office/comment.h"
#include "office/relations.h"
#include "office/reply.h"
#include "web/access_page.h"
#include "web/admin.h"
#include "web/comment_page.h"
#include "web/follow_page.h"
#include "web/interview.h"
#include "web/notice_page.h"
#include "web/proof_routes.h"
#include "web/receipt_page.h"
#include "web/redaction_page.h"
#include "web/routes.h"
#include "web/sign.h"
#include "web/statics.h"

const struct kind *const *every_kind(struct arena *a)
{
	size_t n = 4; /* the office's own, and the NULL */
	for (const struct module *const *m = modules; *m; m++)
		for (const struct kind *const *k = (*m)->kinds; k && *k; k++)
			n++;
	const struct kind **all = NEW_N(a, const struct kind *, n);
	n = 0;
	for (const struct module *const *m = modules; *m; m++)
		for (const struct kind *const *k = (*m)->kinds; k && *k; k++)
			all[n++] = *k;
	all[n++] = &comment_kind;
	all[n++] = &reply_kind;
	all[n] = &added_day_kind;
	return all;
}

const struct relation *const *every_relation(struct arena *a)
{
	size_t n = 4; /* the rooms', and the NULL */
	for (const struct module *const *m = modules; *m; m++)
		n++;
	const struct relation **all = NEW_N(a, const struct relation *, n);
	n = 0;
	all[n++] = store_relations;
	all[n++] = office_relations;
	all[n++] = ledger_relations;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->relations)
			all[n++] = (*m)->relations;
	return all;
}

struct router *every_route(struct arena *a, const struct office *o)
{
	/* The rooms' own pages, one table a line. */
	static const struct route *const tables[] = {
		access_routes, redaction_routes, admin_routes,  comment_routes,
		follow_routes, interview_routes, notice_routes, office_routes,
		proof_routes,  receipt_routes,   sign_routes,
	};
	struct router *r = router_new(a);
	for (size_t i = 0; i < LENGTH(tables); i++)
		router_add(r, tables[i]);
	router_add(r, kind_routes(a, o));
	statics_add(r);
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->routes)
			router_add(r, (*m)->routes);
	return r;
}
