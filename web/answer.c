/* The order of questions is the same for every request: is it well formed, does the address exist,
 * does it come too often, does it come from our own pages, who asks, may they, is the form whole. The
 * handler comes last. */
#include "web/answer.h"

#include "base/log.h"
#include "gen/web_pages.h"
#include "web/cookie.h"
#include "web/error.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/who.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { REQUEST_BUDGET = 8 * 1024 * 1024, BUSY_SECONDS = 60, AWAY_SECONDS = 5 };

/* --- the address --- */

static struct str text_copy(struct req *r, const char *at, int n)
{
	return n > 0 ? str_dup(r->mem, (struct str){ at, (size_t)n }) : S("");
}

static bool read_address(struct req *r)
{
	char path[QUERY_MAX], query[QUERY_MAX];
	int n = path_canonical(r->ask->path, path, sizeof path);
	int m = query_canonical(r->ask->query, query, sizeof query);
	if (n < 0 || m < 0)
		return false;
	r->path = text_copy(r, path, n);
	struct str text = text_copy(r, query, m);
	r->address = m ? str_printf(r->mem, "%.*s?%.*s", STR_ARG(r->path), STR_ARG(text)) : r->path;
	if (str_eq(r->path, S("/en"))) {
		r->lang = LANG_EN;
		r->path = S("/");
	} else if (str_starts(r->path, S("/en/"))) {
		r->lang = LANG_EN;
		r->path = str_from(r->path, 3);
	}
	return pairs_parse(r->mem, text, false, QUERY_PAIRS_MAX, &r->query);
}

/* "/x/" is "/x"; the page moved for good. */
static void drop_slash(struct req *r)
{
	size_t mark = 0;
	while (mark < r->address.len && r->address.at[mark] != '?')
		mark++;
	struct str rest = str_from(r->address, mark);
	struct str to = str_printf(r->mem, "%.*s%.*s", (int)mark - 1, r->address.at, STR_ARG(rest));
	r->refused = 308;
	req_header(r, S("Location"), to);
}

static void find_route(struct req *r)
{
	struct match m;
	if (!router_find(r->house->router, r->mem, r->ask->method, r->path, &m)) {
		r->refused = 404;
		return;
	}
	r->allow = m.allow;
	r->route = m.route;
	r->params = m.params;
	r->format = m.format;
	if (!m.route)
		r->refused = 405;
	else if (m.route->loopback &&
		 (!guard_is_loopback(r->ask->peer) || r->ask->forwarded_for.len))
		r->refused = 404;
	for (size_t i = 0; m.format && r->path.len - i > 0; i++) {
		size_t last = r->path.len - 1 - i;
		if (r->path.at[last] == '.') {
			r->path = str_cut(r->path, last);
			break;
		}
	}
}

struct req *answer_new(struct arena *mem, const struct house *house, const struct ask *ask,
		       struct rng *rng)
{
	struct req *r = NEW(mem, struct req);
	arena_budget(mem, REQUEST_BUDGET);
	*r = (struct req){
		.tx = { .mem = mem, .now = house_now(house), .rng = rng, .office = house->office },
		.mem = mem,
		.house = house,
		.ask = ask,
		.path = S("/"),
		.address = S("/"),
		.session = S(""),
		.visitor = S(""),
		.receipt = S(""),
		.token = S(""),
		.ref = S(""),
		.reply = { .fd = -1 },
	};
	r->out.body.a = r->raw.a = mem;
	r->client = guard_client(mem, ask, &house->proxies, &r->https);
	r->session = cookie_get(ask->cookie, cookie_name(mem, S(SESSION_COOKIE), r->https));
	r->visitor = cookie_get(ask->cookie, cookie_name(mem, S(VISITOR_COOKIE), r->https));
	r->receipt = cookie_get(ask->cookie, cookie_name(mem, S(RECEIPT_COOKIE), r->https));
	bool good = read_address(r);
	r->out.lang = r->lang;
	r->faults = (struct faults){ .a = mem, .lang = r->lang };
	if (!good || !guard_is_host(ask->host))
		r->refused = 400;
	else if (r->path.len > 1 && str_ends(r->path, S("/")) && ask->method == GET)
		drop_slash(r);
	else
		find_route(r);
	return r;
}

/* --- answers that are no handler's --- */

static void reset_reply(struct req *r)
{
	struct reply kept = { .fd = -1 };
	for (size_t i = 0; i < r->reply.n; i++)
		if (str_eq(r->reply.headers[i].name, S("Set-Cookie")))
			kept.headers[kept.n++] = r->reply.headers[i];
	if (r->reply.kind == REPLY_FILE && r->reply.fd >= 0)
		close(r->reply.fd);
	r->reply = kept;
	r->out = (struct page){ .body = { .a = r->mem }, .lang = r->lang };
	r->has_script = false;
}

static void log_story(const struct req *r, int status)
{
	static const char format[] = "ref=%.*s status=%d %s %.*s: %s";
	const char *method = r->ask->method == METHOD_OTHER ? "other"
			     : r->ask->method == POST       ? "POST"
			     : r->ask->head                 ? "HEAD"
							    : "GET";
	const char *why = r->tx.why[0] ? r->tx.why : "-";
	struct str path = r->route && r->route->secret ? str_of(r->route->path) : r->path;
	if (status >= 500)
		log_error("web.failed", format, STR_ARG(r->ref), status, method, STR_ARG(path),
			  why);
	else
		log_info("web.refused", format, STR_ARG(r->ref), status, method, STR_ARG(path),
			 why);
}

void answer_status(struct req *r, int status)
{
	reset_reply(r);
	if (!r->ref.len)
		r->ref = ref_make(r->mem, r->tx.rng);
	log_story(r, status);
	if (r->house->programs)
		req_bytes(r, S("text/plain; charset=utf-8"),
			  str_printf(r->mem, "%d %.*s\n", status, STR_ARG(r->ref)));
	else if (r->format == FORMAT_HTML)
		error_page(r, status);
	else
		req_bytes(r, S("application/json; charset=utf-8"),
			  str_printf(r->mem, "{\"status\":%d,\"ref\":\"%.*s\"}\n", status,
				     STR_ARG(r->ref)));
	r->reply.status = status;
	r->reply.keep = KEEP_NEVER;
	if (status == 405)
		req_header(r, S("Allow"), str_of(r->allow));
	if (status == 503 || status == 429) {
		bool there = reach_is_there(&r->house->metrics->database);
		int seconds = r->wait ? r->wait : there ? BUSY_SECONDS : AWAY_SECONDS;
		req_header(r, S("Retry-After"), str_printf(r->mem, "%d", seconds));
	}
	if (status == 429)
		atomic_fetch_add(&r->house->metrics->throttled, 1);
}

void answer_error(struct req *r, enum err e)
{
	int status = 500;
	switch (e) {
	case ERR_INVALID:
		status = r->ask->method == POST ? 422 : 400;
		break;
	case ERR_DENIED:
		status = 403;
		break;
	case ERR_NOT_FOUND:
		status = r->gone ? 410 : 404;
		break;
	case ERR_CONFLICT:
		status = 409;
		break;
	case ERR_BUSY:
		status = r->wait ? 429 : 503;
		break;
	case OK:
	case ERR_IO:
	case ERR_CORRUPT:
		break;
	}
	answer_status(r, status);
}

static void answer_refused(struct req *r)
{
	if (r->refused != 308) {
		answer_status(r, r->refused);
		return;
	}
	r->reply.status = 308;
	r->reply.keep = KEEP_HOUR;
	req_bytes(r, S("text/plain; charset=utf-8"), S(""));
}

/* --- GET --- */

/* To the page where one signs in, and from there back here. */
static bool send_to_sign_in(struct req *r)
{
	struct match m;
	if (r->tx.who || r->format != FORMAT_HTML || r->ask->method != GET ||
	    !router_find(r->house->router, r->mem, GET, S("/dang-nhap"), &m) || !m.route)
		return false;
	reset_reply(r);
	req_redirect(r, url_with(r->mem, req_url(r, "/dang-nhap"), S("den"), r->address));
	return true;
}

static enum err take_token(struct req *r)
{
	int rule = r->route ? r->route->throttle - 1 : -1;
	if (rule < 0 && r->ask->method == POST)
		rule = THROTTLE_POST;
	return rule < 0 ? OK : req_throttle(r, rule, S(""));
}

static enum err begin(struct req *r, struct db *db)
{
	r->tx.err = OK;
	enum err e = db ? tx_begin(&r->tx, db, DB_READ)
			: tx_fail(&r->tx, ERR_BUSY, "the database is away");
	if (e)
		return e;
	e = who_load(r, &r->tx);
	if (!e)
		return OK;
	enum err ended = tx_end(&r->tx, e);
	(void)ended; /* the first error is the story */
	return e;
}

static enum err run_get(struct req *r)
{
	if (!r->route) /* without one it was refused */
		return ERR_NOT_FOUND;
	enum err e = take_token(r);
	if (e)
		return e;
	if (!who_may(r))
		return send_to_sign_in(r) ? OK : ERR_DENIED;
	e = r->route->run(r);
	if (e == ERR_DENIED && send_to_sign_in(r))
		return OK;
	if (!e && arena_over(r->mem))
		return tx_fail(&r->tx, ERR_CORRUPT, "the page outgrew its memory");
	return e;
}

void answer_get(struct req *r, struct db *db)
{
	enum err e = begin(r, db), begun = e;
	bool away = !r->refused && r->route && r->route->away;
	if (e && !away) {
		answer_error(r, e);
		return;
	}
	if (e)
		r->tx.db = NULL;
	if (!r->refused)
		e = run_get(r);
	if (r->refused)
		answer_refused(r);
	else if (e)
		answer_error(r, e);
	else if (!r->reply.status)
		r->reply.status = 200;
	/* A transaction that only read has nothing to lose when it ends. */
	enum err ended = begun ? OK : tx_end(&r->tx, OK);
	if (ended && r->reply.status < 400 && !away)
		answer_error(r, ended);
}

/* --- POST --- */

static enum answer_next stop(struct req *r, int status)
{
	answer_status(r, status);
	return ANSWER_READY;
}

static enum answer_next stop_body(struct req *r, enum body_fault fault)
{
	static const int statuses[] = {
		[BODY_MALFORMED] = 400,
		[BODY_TOO_LARGE] = 413,
		[BODY_FOREIGN] = 415,
		[BODY_DISK] = 500,
	};
	return stop(r, r->away ? 503 : statuses[fault]);
}

static struct body_limits limits(struct req *r)
{
	static const struct field any_file[] = { { .name = "", .type = FIELD_FILES }, { 0 } };
	struct body_limits l = form_limits(r->route->uploads ? any_file : r->route->fields);
	if (r->route->uploads)
		l.fields = 1024 * 1024;
	l.dir = str_printf(r->mem, "%s/tam", r->house->dir ? r->house->dir : ".").at;
	return l;
}

/* Files go to disk as they come, so who sends them is asked first; of others the form tells it. */
static enum err check_sender(struct req *r, struct db *db)
{
	enum err e = begin(r, db);
	if (e)
		return e;
	if (!who_may(r))
		e = tx_fail(&r->tx, ERR_DENIED, "files from whoever may not send them");
	else if (r->route->sender)
		e = r->route->sender(r);
	return tx_end(&r->tx, e);
}

enum answer_next answer_post(struct req *r, struct db *db)
{
	if (r->refused) {
		answer_refused(r);
		return ANSWER_READY;
	}
	if (take_token(r) != OK)
		return stop(r, 429);
	if (!guard_same_origin(r->ask, r->ask->host)) {
		enum err denied = tx_fail(&r->tx, ERR_DENIED, "sent from another site's page");
		answer_error(r, denied);
		return ANSWER_READY;
	}
	if (r->route->raw)
		return r->ask->length > r->route->raw ? stop(r, 413) : ANSWER_BODY;
	struct body_limits l = limits(r);
	int64_t most = (int64_t)l.fields * 3 + l.files + 256 * 1024 * (l.files > 0);
	if (r->ask->length > most)
		return stop(r, 413);
	enum err e = l.files ? check_sender(r, db) : OK;
	/* Nobody is known, so no file is taken; what was typed is read, to be given back. */
	if (e == ERR_BUSY) {
		r->away = true;
		l.file = l.files = 0;
	} else if (e) {
		answer_error(r, e);
		return ANSWER_READY;
	}
	enum body_fault fault = body_new(r->mem, r->ask->type, &l, &r->body);
	return fault ? stop_body(r, fault) : ANSWER_BODY;
}

static enum answer_next take_raw(struct req *r, struct str bytes)
{
	if (bytes.len > (size_t)r->route->raw - r->raw.len)
		return stop(r, 413);
	buf_put(&r->raw, bytes);
	return ANSWER_BODY;
}

enum answer_next answer_body(struct req *r, struct str bytes)
{
	if (r->route->raw)
		return take_raw(r, bytes);
	enum body_fault fault = body_feed(r->body, bytes);
	return fault ? stop_body(r, fault) : ANSWER_BODY;
}

/* The page that shows the form of this route. */
static const struct route *shower(struct req *r)
{
	struct match m;
	if (router_find(r->house->router, r->mem, GET, r->path, &m) && m.route && !m.format)
		return m.route;
	return NULL;
}

static enum err run_show(struct req *r)
{
	const struct route *get = shower(r);
	if (r->route->show)
		return r->route->show(r);
	return get ? get->run(r) : ERR_INVALID;
}

/* Shows the form again with what is wrong, inside a transaction that reads. */
static void show_again(struct req *r)
{
	reset_reply(r);
	r->again = true;
	enum err e = r->faults.n ? run_show(r) : ERR_INVALID;
	if (e)
		answer_error(r, e);
	else if (!r->reply.status)
		r->reply.status = 422;
}

static enum err check_token(struct req *r)
{
	struct str tie = r->session.len ? r->session : r->visitor;
	struct str token = pairs_get(&r->fields, S(TOKEN_FIELD));
	if (token_read(r->mem, r->house->secret, tie, token, &r->token))
		return OK;
	if (!r->route->show && !shower(r))
		return tx_fail(&r->tx, ERR_DENIED, "the form's token is not this browser's");
	return req_fault(r, "", MSG_WEB_FAULT_TOKEN);
}

static enum err check_form(struct req *r)
{
	enum err e = who_may(r) ? check_token(r)
				: tx_fail(&r->tx, ERR_DENIED, "the role does not allow it");
	if (e == ERR_DENIED || !r->route->fields)
		return e;
	void *form = arena_get(r->mem, form_size(r->route->fields));
	form_read(r, r->route->fields, form);
	enum err check = e ? OK : form_check(&r->tx, r->route->fields, form, NULL, &r->faults);
	if (check)
		return check;
	return r->faults.n ? ERR_INVALID : e;
}

/* Ends a POST that goes no further, inside a transaction that reads. */
static void give_up(struct req *r, enum err e)
{
	if (e == ERR_INVALID && r->faults.n)
		show_again(r);
	else
		answer_error(r, e);
	enum err ended = tx_end(&r->tx, OK);
	if (ended && r->reply.status < 500)
		answer_error(r, ended);
}

/* Runs one of the questions before the writer in a transaction that reads; true: go on. */
static bool passes(struct req *r, struct db *db, enum err (*ask)(struct req *r))
{
	enum err e = begin(r, db);
	if (!e) {
		if ((e = ask(r))) {
			give_up(r, e);
			return false;
		}
		e = tx_end(&r->tx, OK);
	}
	if (e)
		answer_error(r, e);
	return !e;
}

static enum err keep_files(struct req *r)
{
	if (!who_may(r))
		return tx_fail(&r->tx, ERR_DENIED, "files from whoever may not send them");
	return r->route->keep ? r->route->keep(r) : form_keep(r, r->route->fields);
}

/* Files that came and are to be kept: done where it may take its time. */
static bool brings_files(const struct req *r)
{
	return r->uploads.n && (r->route->keep || r->route->fields);
}

enum answer_next answer_form(struct req *r, struct db *db)
{
	if (r->route->raw)
		return ANSWER_WRITE;
	enum body_fault fault = body_end(r->body, &r->fields, &r->uploads);
	if (fault)
		return stop_body(r, fault);
	if (r->away)
		return stop(r, 503);
	/* A form of `fields` with files is read where they are looked into. */
	bool later = brings_files(r) && r->route->fields;
	if (!later && !passes(r, db, check_form))
		return ANSWER_READY;
	return r->route->prepare || brings_files(r) ? ANSWER_PREPARE : ANSWER_WRITE;
}

enum answer_next answer_prepare(struct req *r, struct db *db)
{
	if (brings_files(r) &&
	    (!passes(r, db, keep_files) || (r->route->fields && !passes(r, db, check_form))))
		return ANSWER_READY;
	if (r->route->prepare && !passes(r, db, r->route->prepare))
		return ANSWER_READY;
	return ANSWER_WRITE;
}

enum err answer_write(struct req *r, struct tx *tx)
{
	r->tx = *tx;
	/* A session may have ended, or an appointment, since the form was checked. */
	enum err e = who_load(r, &r->tx);
	if (!e && !who_may(r))
		e = tx_fail(&r->tx, ERR_DENIED, "the role does not allow it any more");
	if (!e)
		e = r->route->run(r);
	tx->err = r->tx.err;
	snprintf(tx->why, sizeof tx->why, "%s", r->tx.why);
	return e;
}

void answer_written(struct req *r, enum err e, struct db *db)
{
	if (!e) {
		if (!r->reply.status)
			r->reply.status = 200;
		return;
	}
	if (e != ERR_INVALID || !r->faults.n) {
		answer_error(r, e);
		return;
	}
	enum err begun = begin(r, db);
	if (begun)
		answer_error(r, begun);
	else
		give_up(r, e);
}

enum request_class answer_class(const struct req *r)
{
	if (!r->route)
		return CLASS_NONE;
	if (str_starts(r->path, S("/log/")))
		return CLASS_LOG;
	if (r->ask->method == POST)
		return CLASS_FORM;
	if (r->route->loopback || str_eq(r->path, S("/healthz")))
		return CLASS_OPERATOR;
	if (r->format != FORMAT_HTML)
		return CLASS_DATA;
	if (r->reply.kind == REPLY_FILE)
		return CLASS_FILE;
	return r->reply.kind == REPLY_PAGE ? CLASS_PAGE : CLASS_OTHER;
}
