/* Who must use an authenticator is one rule of the whole site, so its root's administrators set it. */
#include "gen/web_pages.h"
#include "office/factor_rule.h"
#include "web/admin_pages.h"
#include "web/form.h"

struct rule_form {
	struct str rule;
};

static const struct field_choice rules[] = {
	{ "nobody", MSG_ADMIN_FACTOR_NOBODY },
	{ "admins", MSG_ADMIN_FACTOR_ADMINS },
	{ "officials", MSG_ADMIN_FACTOR_OFFICIALS },
	{ 0 },
};

const struct field admin_factor_fields[] = {
	FIELD(struct rule_form, rule, .label = MSG_ADMIN_FACTOR_WHO, .choices = rules),
	{ 0 },
};

/* "3 trong 12 tài khoản thuộc diện này chưa có mã xác thực." */
static enum err how_many(struct req *r, struct str *out)
{
	struct buf b = { .a = r->mem };
	int64_t bound, without;
	enum err e = factor_rule_count(&r->tx, FACTOR_OFFICIALS, &bound, &without);
	if (e)
		return e;
	msg_admin_factor_count(&b, r->lang, bound, without);
	*out = buf_str(&b);
	return OK;
}

enum err admin_factor_show(struct req *r)
{
	struct str title = msg_plain(r->lang, MSG_ADMIN_FACTOR_TITLE);
	struct admin_page page = { .title = title,
				   .lede = msg_plain(r->lang, MSG_ADMIN_FACTOR_LEDE) };
	enum factor_rule rule;
	struct form *form;
	struct unit u;
	enum err e = admin_find_root(r, &u);
	if (e || (e = factor_rule_get(&r->tx, &rule)) || (e = how_many(r, &page.note)))
		return e;
	struct rule_form now = { factor_rule_word(rule) };
	if ((e = form_show(r, admin_factor_fields, &now, NULL, req_url(r, "/quan-tri/ma-xac-thuc"),
			   MSG_ADMIN_FACTOR_SET, &form)))
		return e;
	page.frame = admin_frame(r, &u, title);
	page.kicker = unit_heading(r->mem, &u, r->lang);
	page.form = form;
	if (str_eq(req_query(r, "xong"), S("ghi"))) {
		struct banner *b = NEW(r->mem, struct banner);
		*b = (struct banner){ .tone = TONE_OK,
				      .title = msg_plain(r->lang, MSG_ADMIN_FACTOR_DONE) };
		page.banner = b;
	}
	page_admin(&r->out, &page);
	return OK;
}

enum err admin_factor_post(struct req *r)
{
	const struct rule_form *f = r->form;
	enum factor_rule rule = FACTOR_NOBODY;
	struct unit u;
	enum err e = admin_find_root(r, &u);
	if (e)
		return e;
	if (!factor_rule_read(f->rule, &rule))
		return tx_fail(&r->tx, ERR_INVALID, "no rule: %.*s", STR_ARG(f->rule));
	e = factor_rule_set(&r->tx, rule);
	return e ? e
		 : req_redirect(r, url_with(r->mem, req_url(r, "/quan-tri/ma-xac-thuc"), S("xong"),
					    S("ghi")));
}
