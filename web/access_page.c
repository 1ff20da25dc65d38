/* The reason comes first: the row that records it is the permission. Whoever holds no office at the
 * unit that holds the matter is told what a stranger is told, that there is no such page; so are the
 * site's administrators, who keep accounts and not cases. */
#include "web/access_page.h"

#include "gen/web_pages.h"
#include "office/access.h"
#include "office/sealed.h"
#include "web/access_list.h"
#include "web/back.h"
#include "web/grid.h"
#include "web/sign_pages.h"

enum { SHOWN_MOST = 100 };

const struct field access_fields[] = {
	FIELD(struct access_form, reason, .min = ACCESS_REASON_MIN, .max = ACCESS_REASON_MAX,
	      .lines = true, .label = MSG_ACCESS_REASON, .hint = MSG_ACCESS_REASON_HINT),
	{ 0 },
};

/* The matter of the address and the appointment by which this member may ask for it. */
static enum err find(struct req *r, struct dossier **d, const struct appointment **by)
{
	enum err e = r->tx.who ? dossier_of_address(r, d) : ERR_NOT_FOUND;
	if (e)
		return e;
	*by = NULL;
	if (dossier_visibility(*d) == VISIBLE_PERSONAL)
		*by = member_may(r->tx.who, ACCESS_ROLES, (*d)->holder, str_of((*d)->kind->work));
	else if (dossier_visibility(*d) == VISIBLE_SEALED)
		(void)sealed_right(&r->tx, *d, by);
	return *by ? OK : ERR_NOT_FOUND;
}

enum err access_offer(struct req *r)
{
	const struct appointment *by;
	struct dossier *d;
	struct form *form;
	enum err e = find(r, &d, &by);
	if (e || (e = form_show(r, access_fields, NULL, NULL,
				back_along(r, req_url(r, "/ho-so/%s/mo", d->code)), MSG_ACCESS_OPEN,
				&form)))
		return e;
	struct str title = msg_plain(r->lang, MSG_ACCESS_TITLE);
	page_sign(&r->out, &(struct sign_page){ .frame = req_frame(r, title, DOOR_NONE),
						.kicker = d->code,
						.title = title,
						.lede = msg_plain(r->lang, MSG_ACCESS_LEDE),
						.form = form,
						.note = msg_plain(r->lang, MSG_ACCESS_NOTE) });
	return OK;
}

static enum err access_open(struct req *r)
{
	const struct access_form *f = r->form;
	const struct appointment *by;
	struct dossier *d;
	enum err e = find(r, &d, &by);
	if (e || (e = access_record(&r->tx, d->id, by, f->reason)))
		return e;
	return req_redirect(r, back_along(r, req_url(r, "/ho-so/%s", d->code)));
}

/* --- Who sent a sealed matter --- */

/* Of a matter that is open to this member already, and only where the case names him for it. */
static enum err find_identity(struct req *r, struct dossier **d, const struct appointment **by)
{
	enum err e = dossier_asked(r, d);
	if (e)
		return e;
	return (*d)->sealed && sealed_right(&r->tx, *d, by) == SEALED_IDENTITY ? OK : ERR_NOT_FOUND;
}

static enum err identity_offer(struct req *r)
{
	const struct appointment *by;
	struct dossier *d;
	struct form *form;
	enum err e = find_identity(r, &d, &by);
	if (e ||
	    (e = form_show(r, access_fields, NULL, NULL, req_url(r, "/ho-so/%s/danh-tinh", d->code),
			   MSG_SEALED_OPEN, &form)))
		return e;
	struct str title = msg_plain(r->lang, MSG_SEALED_TITLE);
	page_sign(&r->out, &(struct sign_page){ .frame = req_frame(r, title, DOOR_NONE),
						.kicker = d->code,
						.title = title,
						.lede = msg_plain(r->lang, MSG_SEALED_LEDE),
						.form = form,
						.note = msg_plain(r->lang, MSG_ACCESS_NOTE) });
	return OK;
}

static enum err identity_open(struct req *r)
{
	const struct access_form *f = r->form;
	const struct appointment *by;
	struct dossier *d;
	enum err e = find_identity(r, &d, &by);
	if (e || (e = access_record_of(&r->tx, d->id, ACCESS_IDENTITY, by, f->reason)))
		return e;
	return req_redirect(r, req_url(r, "/ho-so/%s", d->code));
}

/* --- Who looked --- */

/* Of a sealed matter who opened it is told to whom it concerns and to who answers for it. */
static bool may_see_who(struct req *r, const struct dossier *d)
{
	return !d->sealed || dossier_is_author(&r->tx, d) || sealed_may(&r->tx, LEADER, d);
}

static struct str reason_words(struct req *r, const struct access *a)
{
	struct buf b = { .a = r->mem };
	if (a->what == ACCESS_IDENTITY)
		msg_sealed_identity_reason(&b, r->lang, a->reason);
	else if (a->what == ACCESS_REPLY)
		msg_access_reply_reason(&b, r->lang, a->reason);
	else
		return a->reason;
	return buf_str(&b);
}

static struct str who_looked(struct req *r, const struct access *a)
{
	struct buf b = { .a = r->mem };
	if (!a->on_behalf.len)
		return a->name;
	msg_access_for_other(&b, r->lang, a->name, a->on_behalf);
	return buf_str(&b);
}

static enum err as_what(struct req *r, const struct access *a, struct str *out)
{
	struct buf b = { .a = r->mem };
	struct unit u;
	enum err e = unit_find(&r->tx, a->unit, tx_today(&r->tx), &u);
	if (e)
		return e;
	msg_access_as_unit(&b, r->lang, role_title(r->lang, a->role),
			   unit_title(r->mem, &u, r->lang));
	*out = buf_str(&b);
	return OK;
}

enum err access_part(struct req *r, const struct dossier *d)
{
	static const enum msg columns[] = { MSG_ACCESS_WHO, MSG_ACCESS_AT, MSG_ACCESS_AS,
					    MSG_ACCESS_REASON };
	struct access_list list;
	if (!may_see_who(r, d))
		return OK;
	enum err e = access_list(&r->tx, d->id, SHOWN_MOST, &list);
	if (e || (!list.n && dossier_visibility(d) < VISIBLE_PERSONAL))
		return e; /* nobody has to open what is not closed */
	struct table *t = grid_new(r, MSG_ACCESS_SEEN, list.n, columns, LENGTH(columns));
	for (size_t i = 0; i < list.n; i++) {
		struct buf at = { .a = r->mem };
		struct cell *c = grid_row(r, t);
		lang_put_long_instant(&at, r->lang, list.at[i].at);
		c[0].text = who_looked(r, &list.at[i]);
		c[1].text = buf_str(&at);
		c[3].text = reason_words(r, &list.at[i]);
		if ((e = as_what(r, &list.at[i], &c[2].text)))
			return e;
	}
	t->named = true;
	part_access(&r->out, &(struct access_list_part){ list.n ? t : NULL });
	return OK;
}

const struct route access_routes[] = {
	{ POST, "/ho-so/{code}/mo", access_open, MEMBER, access_fields, access_offer,
	  .quiet = true },
	{ GET, "/ho-so/{code}/danh-tinh", identity_offer, MEMBER, .uncached = true },
	{ POST, "/ho-so/{code}/danh-tinh", identity_open, MEMBER, access_fields, identity_offer,
	  .quiet = true },
	{ 0 },
};
