#include "web/routes.h"

#include "web/bulk_page.h"
#include "web/dossier_page.h"
#include "web/dossier_tables.h"
#include "web/duty_page.h"
#include "web/find_page.h"
#include "web/home_page.h"
#include "web/list_page.h"
#include "web/mine_page.h"
#include "web/queue_page.h"
#include "web/reply_page.h"
#include "web/report_page.h"
#include "web/step_page.h"
#include "web/throttle.h"
#include "web/work_page.h"

const struct route office_routes[] = {
	{ GET, "/", home_show, ANYONE },
	{ GET, "/don-vi/{code}", unit_show, ANYONE, .formats = FORMAT_ATOM },
	{ GET, "/tim", find_show, ANYONE, .throttle = 1 + THROTTLE_SEARCH, .uncached = true },
	{ GET, "/han", duties_show, ANYONE, .formats = FORMAT_CSV },
	{ GET, "/tong-ket", report_latest, ANYONE, .uncached = true },
	/* Of a whole country these cost as much as a hard search. */
	{ GET, "/tong-ket/{unit}/{year}", report_show, ANYONE, .formats = FORMAT_CSV | FORMAT_JSON,
	  .throttle = 1 + THROTTLE_SEARCH },
	{ GET, "/tong-ket/{unit}/{year}/{code}", report_list_show, ANYONE,
	  .formats = FORMAT_CSV | FORMAT_JSON, .throttle = 1 + THROTTLE_SEARCH },
	{ GET, "/viec", queue_show, MEMBER },
	{ GET, "/don-vi/{code}/viec", work_show, CLERK | LEADER },
	{ GET, "/don-vi/{code}/mau-tra-loi", reply_show, CLERK | LEADER },
	{ GET, "/don-vi/{code}/lam-nhieu/{kind}/{step}", bulk_show, CLERK | LEADER },
	{ POST, "/don-vi/{code}/lam-nhieu/{kind}/{step}", bulk_post, CLERK | LEADER,
	  .show = bulk_show, .uploads = true, .sender = bulk_sender, .keep = bulk_keep,
	  .quiet = true },
	{ GET, "/lam-nhieu/{code}", bulk_preview_show, CLERK | LEADER },
	{ POST, "/lam-nhieu/{code}", bulk_preview_post, CLERK | LEADER, .show = bulk_preview_show },
	{ GET, "/ho-so/{code}", dossier_show, ANYONE,
	  .formats = FORMAT_JSON | FORMAT_ATOM | FORMAT_ICS },
	{ GET, "/ho-so-cua-toi", mine_show, MEMBER },
	{ GET, "/ho-so/{code}/ban/{no}", dossier_version, ANYONE },
	{ GET, "/ho-so/{code}/toan-bo/{part}", dossier_whole_show, ANYONE },
	{ GET, "/ho-so/{code}/viec/{no}/noi-dung", dossier_content, ANYONE, .uncached = true },
	{ GET, "/ho-so/{code}/viec/{no}/bien-nhan", dossier_receipt, ANYONE, .uncached = true,
	  .newest = true },
	{ GET, "/ho-so/{code}/tep/{sha256}", dossier_file, ANYONE, .uncached = true },
	/* Without an account too, where a kind is sent by receipt. */
	{ GET, "/ho-so/{code}/lam/{step}", step_show, ANYONE, .uncached = true },
	{ POST, "/ho-so/{code}/lam/{step}", step_post, ANYONE, .show = step_show, .uploads = true,
	  .sender = step_sender, .keep = step_keep },
	{ GET, "/ghi-moi/{kind}/{unit}", open_show, ANYONE, .uncached = true },
	{ POST, "/ghi-moi/{kind}/{unit}", open_post, ANYONE, .show = open_show, .uploads = true,
	  .sender = open_sender, .keep = open_keep },
	{ 0 },
};

const struct route *kind_routes(struct arena *a, const struct office *o)
{
	size_t n = 0, used = 0;
	while (o->kinds[n])
		n++;
	struct route *routes = NEW_N(a, struct route, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (!kind_is_listed(o->kinds[i]))
			continue;
		struct str path = str_printf(a, "/%s", o->kinds[i]->slug);
		routes[used++] =
			(struct route){ GET, path.at, list_show, ANYONE,
					.formats = FORMAT_CSV | FORMAT_JSON | FORMAT_ATOM |
						   (o->kinds[i]->happens ? FORMAT_ICS : 0) };
	}
	return routes;
}
