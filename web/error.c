/* One table: every status we send has its own words. */
#include "web/error.h"

#include "gen/web_pages.h"
#include "ledger/log.h"
#include "web/house.h"

enum { STOPPED = -503 }; /* 503, because the log may not be signed */

static const struct {
	int status;
	enum msg title, lede, advice;
} words[] = {
	{ 400, MSG_WEB_ERROR_MALFORMED, MSG_WEB_ERROR_MALFORMED_LEDE,
	  MSG_WEB_ERROR_MALFORMED_ADVICE },
	{ 403, MSG_WEB_ERROR_DENIED, MSG_WEB_ERROR_DENIED_LEDE, MSG_WEB_ERROR_DENIED_ADVICE },
	{ 404, MSG_WEB_ERROR_MISSING, MSG_WEB_ERROR_MISSING_LEDE, MSG_NONE },
	{ 405, MSG_WEB_ERROR_METHOD, MSG_WEB_ERROR_METHOD_LEDE, MSG_NONE },
	{ 409, MSG_WEB_ERROR_CONFLICT, MSG_WEB_ERROR_CONFLICT_LEDE, MSG_WEB_ERROR_CONFLICT_ADVICE },
	{ 410, MSG_REDACTION_GONE, MSG_REDACTION_GONE_LEDE, MSG_NONE },
	{ 411, MSG_WEB_ERROR_MALFORMED, MSG_WEB_ERROR_MALFORMED_LEDE,
	  MSG_WEB_ERROR_MALFORMED_ADVICE },
	{ 413, MSG_WEB_ERROR_TOO_LARGE, MSG_WEB_ERROR_TOO_LARGE_LEDE,
	  MSG_WEB_ERROR_TOO_LARGE_ADVICE },
	{ 414, MSG_WEB_ERROR_TOO_LONG, MSG_WEB_ERROR_TOO_LONG_LEDE, MSG_NONE },
	{ 415, MSG_WEB_ERROR_FOREIGN, MSG_WEB_ERROR_FOREIGN_LEDE, MSG_NONE },
	{ 422, MSG_WEB_ERROR_INVALID, MSG_WEB_ERROR_INVALID_LEDE, MSG_WEB_ERROR_INVALID_ADVICE },
	{ 429, MSG_WEB_ERROR_THROTTLED, MSG_WEB_ERROR_THROTTLED_LEDE, MSG_NONE },
	{ STOPPED, MSG_WEB_ERROR_STOPPED, MSG_WEB_ERROR_STOPPED_LEDE,
	  MSG_WEB_ERROR_STOPPED_ADVICE },
	{ 503, MSG_WEB_ERROR_BUSY, MSG_WEB_ERROR_BUSY_LEDE, MSG_NONE },
	{ 500, MSG_WEB_ERROR_FAILED, MSG_WEB_ERROR_FAILED_LEDE, MSG_WEB_ERROR_FAILED_ADVICE },
};

/* Not busy: nothing is written until an administrator has acted (LOG.md section 4). */
static bool stopped(const struct req *r)
{
	return r->house->log && log_fault(r->house->log) != LOG_FINE;
}

/* The form as it was sent, its one-time token too: sent again it is the same act. Files would have to be
 * chosen anew, and no page repeats a password: these are typed by strangers and under /tai-khoan. */
static struct pairs kept(const struct req *r)
{
	struct pairs none = { 0 };
	bool sent = r->ask->method == POST && r->route && !r->uploads.n;
	/* Forms of steps, whoever fills them in, know no passwords. */
	bool whole = sent && (r->route->who != ANYONE || r->route->sender);
	return whole && !str_starts(r->path, S("/tai-khoan")) ? r->fields : none;
}

void error_page(struct req *r, int status)
{
	size_t i = 0;
	if (status == 503 && stopped(r))
		status = STOPPED;
	while (i + 1 < LENGTH(words) && words[i].status != status)
		i++;
	struct str title = msg_plain(r->lang, words[i].title);
	struct frame *f = req_frame(r, title, DOOR_NONE);
	struct error_page page = {
		.frame = f,
		.title = title,
		.lede = msg_plain(r->lang, words[i].lede),
		.advice = msg_plain(r->lang, words[i].advice),
		.ref = r->ref,
		.status = status == STOPPED ? 503 : status,
		.ways = { NEW_N(r->mem, struct link, 2), 0 },
	};
	f->other_lang = S("");
	f->index = false;
	if (page.status == 503)
		page.kept = kept(r);
	if (status == 404) {
		page.find = f->find;
		page.ways.at[page.ways.n++] =
			(struct link){ .text = msg_plain(r->lang, MSG_WEB_HOME), .url = f->home };
		if (f->doors.n)
			page.ways.at[page.ways.n++] = (struct link){ .text = f->doors.at[0].about,
								     .url = f->doors.at[0].url };
	}
	page_error(&r->out, &page);
}
