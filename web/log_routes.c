/* The public log for programs, to the byte of docs/log-format.md. Its answers are plain files: what is
 * not there is a short 404 that a verifier on another host may read as well, not a page of ours. */
#include "ledger/log.h"
#include "web/house.h"
#include "web/proof_routes.h"
#include "web/req.h"

static enum err serve(struct req *r, enum keep keep, struct str type, struct str bytes)
{
	req_header(r, S("Access-Control-Allow-Origin"), S("*"));
	r->reply.keep = keep;
	return req_bytes(r, type, bytes);
}

static enum err serve_text(struct req *r, struct str text)
{
	return serve(r, KEEP_CHECK, S("text/plain; charset=utf-8"), text);
}

static enum err missing(struct req *r)
{
	r->reply.status = 404;
	return serve(r, KEEP_NEVER, S("text/plain; charset=utf-8"), S("not found\n"));
}

enum err log_show_checkpoint(struct req *r)
{
	struct log_published now;
	if (!r->house->log)
		return missing(r);
	enum err e = log_checkpoint(r->house->log, r->mem, &now);
	if (e)
		return e == ERR_NOT_FOUND ? missing(r) : e;
	return serve_text(r, now.note);
}

enum err log_show_key(struct req *r)
{
	if (!r->house->log)
		return missing(r);
	struct strs keys = log_vkeys(r->house->log, r->mem);
	struct buf lines = { .a = r->mem };
	for (size_t i = 0; i < keys.n; i++)
		buf_printf(&lines, "%.*s\n", STR_ARG(keys.at[i]));
	return serve_text(r, buf_str(&lines));
}

enum err log_show_tile(struct req *r)
{
	struct str bytes;
	bool entries;
	if (!r->house->log)
		return missing(r);
	enum err e = log_tile(r->house->log, &r->tx, req_param(r, "rest"), &bytes, &entries);
	if (e)
		return e == ERR_NOT_FOUND ? missing(r) : e;
	return serve(r, KEEP_FOREVER, S("application/octet-stream"), bytes);
}
