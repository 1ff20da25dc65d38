#include "web/grid.h"

#include "office/unit.h"

struct table *grid_new(struct req *r, enum msg caption, size_t rows, const enum msg *columns,
		       size_t n)
{
	struct table *t = NEW(r->mem, struct table);
	t->caption = msg_plain(r->lang, caption);
	t->columns.at = arena_get_n(r->mem, n, sizeof *t->columns.at);
	for (size_t i = 0; i < n; i++)
		t->columns.at[t->columns.n++].label = msg_plain(r->lang, columns[i]);
	t->rows.at = NEW_N(r->mem, struct row, rows);
	return t;
}

struct cell *grid_row(struct req *r, struct table *t)
{
	struct row *row = &t->rows.at[t->rows.n++];
	*row = (struct row){ NEW_N(r->mem, struct cell, t->columns.n), t->columns.n };
	return row->at;
}

struct str role_title(enum lang lang, enum role role)
{
	static const struct {
		enum role role;
		enum msg title;
	} titles[] = {
		{ CLERK, MSG_ADMIN_ROLE_CLERK },       { LEADER, MSG_ADMIN_ROLE_LEADER },
		{ FRONT, MSG_ADMIN_ROLE_FRONT },       { INSPECTOR, MSG_ADMIN_ROLE_INSPECTOR },
		{ STEERING, MSG_ADMIN_ROLE_STEERING }, { ELECTION, MSG_ADMIN_ROLE_ELECTION },
		{ ADMIN, MSG_ADMIN_ROLE_ADMIN },
	};
	for (size_t i = 0; i < LENGTH(titles); i++)
		if (titles[i].role == role)
			return msg_plain(lang, titles[i].title);
	return S("");
}

struct str work_title(enum lang lang, struct str work)
{
	static const struct {
		struct str work;
		enum msg title;
	} titles[] = {
		{ S_INIT(""), MSG_ADMIN_WORK_ALL },
		{ S_INIT("know"), MSG_ADMIN_WORK_KNOW },
		{ S_INIT("discuss"), MSG_ADMIN_WORK_DISCUSS },
		{ S_INIT("decide"), MSG_ADMIN_WORK_DECIDE },
		{ S_INIT("works"), MSG_ADMIN_WORK_WORKS },
		{ S_INIT("inspect"), MSG_ADMIN_WORK_INSPECT },
		{ S_INIT("benefit"), MSG_ADMIN_WORK_BENEFIT },
		{ S_INIT("steer"), MSG_ADMIN_WORK_STEER },
		{ S_INIT("elect"), MSG_ADMIN_WORK_ELECT },
	};
	for (size_t i = 0; i < LENGTH(titles); i++)
		if (str_eq(titles[i].work, work))
			return msg_plain(lang, titles[i].title);
	return work;
}

struct str appointment_title(struct req *r, const struct appointment *a)
{
	struct buf b = { .a = r->mem };
	struct str role = role_title(r->lang, a->role);
	if (!a->field.len)
		return role;
	msg_admin_role_for(&b, r->lang, role, work_title(r->lang, a->field));
	return buf_str(&b);
}

struct str appointment_days(struct req *r, const struct appointment *a)
{
	struct buf b = { .a = r->mem };
	if (date_is_set(a->to) && date_cmp(a->to, a->from) < 0)
		return msg_plain(r->lang, MSG_ADMIN_DAYS_WITHDRAWN);
	if (date_is_set(a->to))
		msg_admin_days_both(&b, r->lang, a->from, a->to);
	else
		msg_admin_days_from(&b, r->lang, a->from);
	return buf_str(&b);
}

enum err grid_unit(struct req *r, int64_t unit, struct cell *out)
{
	struct unit u;
	enum err e = unit_find(&r->tx, unit, tx_today(&r->tx), &u);
	if (e)
		return e;
	*out = (struct cell){ .text = unit_heading(r->mem, &u, r->lang),
			      .url = req_url(r, "/don-vi/%s", u.code) };
	return OK;
}
