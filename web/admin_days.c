/* Days added to the calendar hold for the whole site, so they are asked of the administrators of its
 * root alone. Each is a dossier with its act in the public log. */
#include "gen/web_pages.h"
#include "office/added_day.h"
#include "office/site.h"
#include "office/step.h"
#include "web/admin_pages.h"
#include "web/grid.h"

static const struct step *declare(void)
{
	return kind_step(&added_day_kind, S("declare"));
}

enum err admin_find_root(struct req *r, struct unit *out)
{
	int64_t root;
	bool may;
	enum err e = site_root(&r->tx, &root);
	if (e || (e = member_administers(&r->tx, root, &may)))
		return e;
	if (!may)
		return tx_fail(&r->tx, ERR_DENIED, "not an administrator of the root");
	return unit_find(&r->tx, root, tx_today(&r->tx), out);
}

static struct str what_of(struct req *r, struct str what)
{
	const struct field *f = field_find(added_day_kind.fields, S("what"));
	for (const struct field_choice *c = f->choices; c->value; c++)
		if (str_eq(str_of(c->value), what))
			return msg_plain(r->lang, c->label);
	return what;
}

static struct table *days_table(struct req *r, const struct added_day_rows *days)
{
	static const enum msg columns[] = { MSG_ADMIN_DAY, MSG_ADMIN_DAY_NAME, MSG_OFFICE_DAY_WHAT,
					    MSG_ADMIN_DAY_RECORDED };
	struct table *t = grid_new(r, MSG_ADMIN_DAYS_TITLE, days->n, columns, LENGTH(columns));
	for (size_t i = 0; i < days->n; i++) {
		struct buf day = { .a = r->mem }, at = { .a = r->mem };
		struct cell *c = grid_row(r, t);
		lang_put_long_date(&day, r->lang, days->at[i].day.day);
		lang_put_instant(&at, r->lang, days->at[i].recorded_at);
		c[0].text = buf_str(&day);
		c[0].url = req_url(r, "/ho-so/%s", days->at[i].code);
		c[1].text = days->at[i].day.title;
		c[2].text = what_of(r, days->at[i].day.what);
		c[3].text = buf_str(&at);
	}
	return days->n ? t : NULL;
}

enum err admin_days_show(struct req *r)
{
	struct added_day_rows days;
	struct form *form;
	struct unit u;
	struct str title = msg_plain(r->lang, MSG_ADMIN_DAYS_TITLE);
	enum err e = admin_find_root(r, &u);
	if (e || (e = added_day_list(&r->tx, &days)) ||
	    (e = form_show(r, declare()->form, NULL, NULL, req_url(r, "/quan-tri/lich"),
			   MSG_ADMIN_DAY_DECLARE, &form)))
		return e;
	struct admin_page page = {
		.frame = admin_frame(r, &u, title),
		.kicker = unit_heading(r->mem, &u, r->lang),
		.title = title,
		.lede = msg_plain(r->lang, MSG_ADMIN_DAYS_LEDE),
		.form = form,
		.table = days_table(r, &days),
		.empty = msg_plain(r->lang, MSG_ADMIN_DAYS_NONE),
	};
	if (str_eq(req_query(r, "xong"), S("ngay"))) {
		struct banner *b = NEW(r->mem, struct banner);
		*b = (struct banner){ .tone = TONE_OK,
				      .title = msg_plain(r->lang, MSG_ADMIN_DONE_DAY) };
		page.banner = b;
	}
	page_admin(&r->out, &page);
	return OK;
}

/* By virtue of the member's own appointment: at the root, or at what the root has become. */
static int64_t acting_unit(const struct req *r, int64_t root)
{
	const struct member *m = r->tx.who;
	for (size_t i = 0; i < m->n; i++)
		if (m->at[i].role == ADMIN && m->at[i].unit == root)
			return root;
	for (size_t i = 0; i < m->n; i++)
		if (m->at[i].role == ADMIN && !m->at[i].field.len)
			return m->at[i].unit;
	return root;
}

enum err admin_days_post(struct req *r)
{
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB, .token = r->token };
	void *form = step_form(r->mem, declare());
	struct dossier *d;
	struct unit u;
	enum err e = admin_find_root(r, &u);
	if (e)
		return e;
	form_read(r, declare()->form, form);
	if (r->faults.n)
		return ERR_INVALID;
	e = dossier_open(&r->tx, &added_day_kind, acting_unit(r, u.id), "declare", form, &in,
			 &r->faults, &d);
	if (e)
		return e;
	return req_redirect(r,
			    url_with(r->mem, req_url(r, "/quan-tri/lich"), S("xong"), S("ngay")));
}
