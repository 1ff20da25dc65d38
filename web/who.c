#include "web/who.h"

#include "office/factor_rule.h"
#include "office/receipt.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/touch.h"

static enum err load_session(struct req *r, struct tx *tx)
{
	if (!r->session.len)
		return OK;
	enum err e = session_load(tx, r->session, &r->sign_in);
	if (!e)
		e = member_load(tx, r->sign_in.person, &r->member);
	if (e == ERR_NOT_FOUND) {
		/* An ended session is a visitor's; what was reported about it is no failure. */
		tx->err = OK;
		tx->why[0] = 0;
		return OK;
	}
	if (e)
		return e;
	if (!r->sign_in.totp_on && (e = factor_wanted(tx, &r->member, &r->sign_in.must_enrol)))
		return e;
	/* Whoever has still to do something first is a visitor, except where that is done. */
	unsigned first = r->sign_in.must_change  ? UNSETTLED_PASSWORD
			 : r->sign_in.must_enrol ? UNSETTLED_FACTOR
						 : 0;
	if (!first || (r->route && (r->route->unsettled & first)))
		r->tx.who = &r->member;
	if (r->sign_in.needs_touch && r->house->touches)
		touch_add(r->house->touches, &r->sign_in.hash);
	return OK;
}

/* Whoever acts for an office is never the author of what came to it, whatever receipt he has seen. */
static enum err load_receipt(struct req *r, struct tx *tx)
{
	struct str code;
	struct instant made, told;
	int64_t id;
	if ((r->tx.who && r->tx.who->n) ||
	    !receipt_pass_read(r->mem, r->house->secret, r->receipt, &code, &told))
		return OK;
	enum err e = receipt_of(tx, code, &id, &made);
	if (!e && made.ms == told.ms)
		r->tx.receipt = id;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err who_load(struct req *r, struct tx *tx)
{
	r->tx.who = NULL;
	r->tx.receipt = 0;
	if (r->house->programs || (r->route && r->route->raw))
		return OK;
	enum err e = load_session(r, tx);
	return e ? e : load_receipt(r, tx);
}

bool who_may(const struct req *r)
{
	unsigned who = r->route->who;
	if (who == ANYONE)
		return true;
	if (!r->tx.who || (who & MEMBER))
		return r->tx.who != NULL;
	for (size_t i = 0; i < r->tx.who->n; i++)
		if (r->tx.who->at[i].role & who)
			return true;
	return false;
}
