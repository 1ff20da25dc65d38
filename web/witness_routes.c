/* The answer is made in the writer's transaction and sent after the commit: what has been cosigned is on
 * disk before anybody holds the line. */
#include "web/witness_routes.h"

#include "base/log.h"
#include "ledger/witness_store.h"
#include "web/house.h"
#include "web/req.h"
#include "web/throttle.h"

static void tell(const struct witness_answer *a)
{
	if (a->fork)
		log_error("witness.fork", "%.*s signed two roots for one size; dinh witness list",
			  STR_ARG(a->origin));
	else if (a->verdict == WITNESS_REFUSED)
		log_warn("witness.refused", "%.*s does not begin with what was seen of it",
			 STR_ARG(a->origin));
}

static enum err take_checkpoint(struct req *r)
{
	struct witness_answer a;
	enum err e = witness_add_checkpoint(&r->tx, r->house->witness, buf_str(&r->raw), &a);
	if (e)
		return e;
	tell(&a);
	r->reply.status = (int)a.verdict;
	r->reply.keep = KEEP_NEVER;
	return req_bytes(r, a.type, a.body);
}

static enum err show_checkpoint(struct req *r)
{
	struct str note;
	enum err e = witness_checkpoint(&r->tx, req_param(r, "log"), &note);
	if (e)
		return e;
	req_header(r, S("Access-Control-Allow-Origin"), S("*"));
	r->reply.keep = KEEP_CHECK;
	return req_bytes(r, S("text/plain; charset=utf-8"), note);
}

const struct route witness_routes[] = {
	{ POST, "/add-checkpoint", take_checkpoint, ANYONE, .throttle = 1 + THROTTLE_WITNESS,
	  .raw = WITNESS_BODY, .quiet = true },
	{ GET, "/{log}/checkpoint", show_checkpoint, ANYONE, .uncached = true },
	{ 0 },
};
