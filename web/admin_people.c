/* Appointments: made with their days, lent to a substitute for some of them, ended. A person is named
 * by the login everybody knows, because names repeat. */
#include "gen/web_pages.h"
#include "web/admin_pages.h"
#include "web/grid.h"

static const struct field no_fields[] = { { 0 } };

static struct str number(struct req *r, int64_t n)
{
	return str_printf(r->mem, "%lld", (long long)n);
}

/* --- people --- */

enum err admin_add_show(struct req *r)
{
	struct unit u;
	enum err e = admin_find(r, &u);
	if (e)
		return e;
	return admin_form(r, &u, MSG_ADMIN_ADD, msg_plain(r->lang, MSG_ADMIN_ADD_LEDE),
			  counter_fields, NULL,
			  req_url(r, "/quan-tri/don-vi/%s/them-nguoi", u.code), MSG_COUNTER_ADD);
}

enum err admin_add(struct req *r)
{
	struct unit u;
	int64_t id;
	enum err e = admin_find(r, &u);
	if (e || (e = person_take(r, u.id, &id)))
		return e;
	return req_redirect(r, url_with(r->mem, req_url(r, "/quan-tri/nguoi/%s", number(r, id)),
					S("xong"), S("them")));
}

/* --- appointing --- */

static const struct field_choice roles[] = {
	{ "clerk", MSG_ADMIN_ROLE_CLERK },       { "leader", MSG_ADMIN_ROLE_LEADER },
	{ "front", MSG_ADMIN_ROLE_FRONT },       { "inspector", MSG_ADMIN_ROLE_INSPECTOR },
	{ "steering", MSG_ADMIN_ROLE_STEERING }, { "election", MSG_ADMIN_ROLE_ELECTION },
	{ "admin", MSG_ADMIN_ROLE_ADMIN },       { 0 },
};

/* No appointment is limited to a field of this name: fields are words of small letters. */
#define EVERY_FIELD "*"

/* The fields of work of this site's kinds, each once. */
static enum err works(struct tx *tx, const void *subject, enum lang lang, struct choices *out)
{
	(void)subject;
	const struct kind *const *kinds = tx->office ? tx->office->kinds : NULL;
	size_t n = 0;
	while (kinds && kinds[n])
		n++;
	struct choices all = { NEW_N(tx->mem, struct choice, n + 1), 0 };
	all.at[all.n++] = (struct choice){ S(EVERY_FIELD), work_title(lang, S("")) };
	for (size_t i = 0; i < n; i++) {
		struct str work = str_of(kinds[i]->work);
		bool known = !work.len;
		for (size_t k = 0; k < all.n && !known; k++)
			known = str_eq(all.at[k].value, work);
		if (!known)
			all.at[all.n++] = (struct choice){ work, work_title(lang, work) };
	}
	*out = all;
	return OK;
}

struct appoint_form {
	struct str login, role, work;
	struct date from, to;
};

const struct field admin_appoint_fields[] = {
	FIELD(struct appoint_form, login, .max = 60, .label = MSG_ADMIN_WHO),
	FIELD(struct appoint_form, role, .label = MSG_ADMIN_ROLE, .choices = roles),
	FIELD(struct appoint_form, work, .label = MSG_ADMIN_WORK, .options = works),
	FIELD(struct appoint_form, from, .label = MSG_ADMIN_FROM),
	FIELD(struct appoint_form, to, .optional = true, .label = MSG_ADMIN_TO,
	      .hint = MSG_ADMIN_TO_HINT),
	{ 0 },
};

enum err admin_appoint_show(struct req *r)
{
	struct unit u;
	struct appoint_form initial = { .work = S(EVERY_FIELD),
					.from = tx_today(&r->tx),
					.to = NO_DATE };
	enum err e = admin_find(r, &u);
	if (e)
		return e;
	return admin_form(r, &u, MSG_ADMIN_APPOINT_TITLE,
			  msg_plain(r->lang, MSG_ADMIN_APPOINT_LEDE), admin_appoint_fields,
			  &initial, req_url(r, "/quan-tri/don-vi/%s/giao-viec", u.code),
			  MSG_ADMIN_APPOINT);
}

/* The person behind a login; a fault of the form when there is none. */
static enum err named(struct req *r, struct str login, int64_t *person)
{
	struct account a;
	enum err e = account_by_login(&r->tx, login, &a);
	if (e == ERR_NOT_FOUND)
		return req_fault(r, "login", MSG_ADMIN_WHO_UNKNOWN);
	if (!e)
		*person = a.person;
	return e;
}

static enum err made(struct req *r, enum err e, enum msg invalid, enum msg conflict,
		     const struct unit *u)
{
	if (e == ERR_INVALID)
		return req_fault(r, "from", invalid);
	if (e == ERR_CONFLICT)
		return req_fault(r, "from", conflict);
	return e ? e : admin_back(r, u, "giao");
}

enum err admin_appoint(struct req *r)
{
	const struct appoint_form *f = r->form;
	struct unit u;
	enum err e = admin_find(r, &u);
	if (e)
		return e;
	bool every = str_eq(f->work, S(EVERY_FIELD));
	struct appointment_new n = {
		.unit = u.id, .field = every ? S("") : f->work, .from = f->from, .to = f->to
	};
	int64_t id;
	if (!role_read(f->role, &n.role))
		return ERR_INVALID;
	if (n.role == ADMIN && n.field.len)
		return req_fault(r, "work", MSG_ADMIN_ADMIN_ALL);
	if ((e = named(r, f->login, &n.person)))
		return e;
	e = appointment_make(&r->tx, &n, &id);
	return made(r, e, MSG_ADMIN_APPOINT_DAYS, MSG_ADMIN_APPOINT_TWICE, &u);
}

/* --- an appointment that stands --- */

struct standing {
	struct appointment a;
	struct unit unit;
	struct str name, office, days;
};

static enum err find_standing(struct req *r, struct standing *s)
{
	struct person p;
	int64_t id;
	bool may;
	enum err e = req_id(r, "id", &id);
	if (e || (e = appointment_find(&r->tx, id, &s->a)) ||
	    (e = member_administers(&r->tx, s->a.unit, &may)))
		return e;
	if (!may)
		return tx_fail(&r->tx, ERR_DENIED, "not an administrator there");
	if ((e = unit_find(&r->tx, s->a.unit, tx_today(&r->tx), &s->unit)) ||
	    (e = person_find(&r->tx, s->a.person, &p)))
		return e;
	s->name = p.name;
	s->office = appointment_title(r, &s->a);
	s->days = appointment_days(r, &s->a);
	return OK;
}

struct stand_in_form {
	struct str login;
	struct date from, to;
};

const struct field admin_stand_in_fields[] = {
	FIELD(struct stand_in_form, login, .max = 60, .label = MSG_ADMIN_WHO),
	FIELD(struct stand_in_form, from, .label = MSG_ADMIN_FROM),
	FIELD(struct stand_in_form, to, .optional = true, .label = MSG_ADMIN_TO,
	      .hint = MSG_ADMIN_TO_HINT),
	{ 0 },
};

enum err admin_stand_in_show(struct req *r)
{
	struct standing s;
	struct stand_in_form initial = { .from = tx_today(&r->tx), .to = NO_DATE };
	struct buf lede = { .a = r->mem };
	enum err e = find_standing(r, &s);
	if (e)
		return e;
	msg_admin_substitute_lede(&lede, r->lang, s.office, s.name, s.days);
	return admin_form(r, &s.unit, MSG_ADMIN_SUBSTITUTE, buf_str(&lede), admin_stand_in_fields,
			  &initial, req_url(r, "/quan-tri/viec/%s/lam-thay", number(r, s.a.id)),
			  MSG_ADMIN_SUBSTITUTE);
}

enum err admin_stand_in(struct req *r)
{
	const struct stand_in_form *f = r->form;
	struct standing s;
	int64_t id;
	enum err e = find_standing(r, &s);
	struct appointment_new n = { .from = f->from, .to = f->to };
	if (e || (e = named(r, f->login, &n.person)))
		return e;
	n.substitute_of = s.a.id;
	e = appointment_make(&r->tx, &n, &id);
	return made(r, e, MSG_ADMIN_SUBSTITUTE_DAYS, MSG_ADMIN_SUBSTITUTE_TWICE, &s.unit);
}

struct end_form {
	struct date last;
};

const struct field admin_end_fields[] = {
	FIELD(struct end_form, last, .label = MSG_ADMIN_END_LAST),
	{ 0 },
};

enum err admin_end_show(struct req *r)
{
	struct standing s;
	struct end_form initial = { .last = tx_today(&r->tx) };
	struct buf lede = { .a = r->mem };
	enum err e = find_standing(r, &s);
	if (e)
		return e;
	msg_admin_end_lede(&lede, r->lang, s.office, s.name, s.days);
	return admin_form(r, &s.unit, MSG_ADMIN_END_TITLE, buf_str(&lede), admin_end_fields,
			  &initial, req_url(r, "/quan-tri/viec/%s/thoi", number(r, s.a.id)),
			  MSG_ADMIN_END);
}

enum err admin_end(struct req *r)
{
	const struct end_form *f = r->form;
	struct standing s;
	enum err e = find_standing(r, &s);
	if (e)
		return e;
	e = appointment_end(&r->tx, s.a.id, f->last);
	if (e == ERR_INVALID)
		return req_fault(r, "last", MSG_ADMIN_END_EARLY);
	if (e == ERR_CONFLICT)
		return req_fault(r, "last", MSG_ADMIN_END_REFUSED);
	return e ? e : admin_back(r, &s.unit, "thoi");
}

/* --- one person's account --- */

/* Somebody whose unit, or whose office, this member administers. The acts ask more: whoever takes
 * over an official's account administers every unit where that person acts. */
static enum err find_person(struct req *r, struct person *p)
{
	struct appointment_list held;
	int64_t id;
	bool may = false;
	enum err e = req_id(r, "id", &id);
	if (e || (e = person_find(&r->tx, id, p)) ||
	    (e = member_administers(&r->tx, p->unit, &may)) ||
	    (e = appointment_list_person(&r->tx, id, &held)))
		return e;
	for (size_t i = 0; i < held.n && !may; i++)
		if ((e = member_administers(&r->tx, held.at[i].a.unit, &may)))
			return e;
	return may ? OK : tx_fail(&r->tx, ERR_DENIED, "not an administrator of this person");
}

static enum err held_table(struct req *r, int64_t person, struct table **out)
{
	static const enum msg columns[] = { MSG_ADMIN_ROLE, MSG_ADMIN_UNIT, MSG_ADMIN_DAYS,
					    MSG_ADMIN_ON_BEHALF };
	struct appointment_list list;
	enum err e = appointment_list_person(&r->tx, person, &list);
	if (e)
		return e;
	struct table *t = grid_new(r, MSG_SIGN_OFFICES, list.n, columns, LENGTH(columns));
	for (size_t i = 0; i < list.n; i++) {
		struct cell *c = grid_row(r, t);
		c[0].text = appointment_title(r, &list.at[i].a);
		if ((e = grid_unit(r, list.at[i].a.unit, &c[1])))
			return e;
		c[2].text = appointment_days(r, &list.at[i].a);
		c[3].text = list.at[i].substitute_of_name;
	}
	t->named = true;
	*out = list.n ? t : NULL;
	return OK;
}

static enum err button(struct req *r, struct url action, enum msg words, const struct form **out)
{
	struct form *form;
	enum err e = form_show(r, no_fields, NULL, NULL, action, words, &form);
	if (!e)
		*out = form;
	return e;
}

static enum err buttons(struct req *r, const struct account *a, struct person_page *page)
{
	struct str id = number(r, a->person);
	enum err e = OK;
	if (a->person == r->tx.who->person)
		return OK;
	if (!a->disabled)
		e = button(r, req_url(r, "/quan-tri/nguoi/%s/ma", id), MSG_COUNTER_PRINT,
			   &page->slip);
	if (!e && a->totp_on)
		e = button(r, req_url(r, "/quan-tri/nguoi/%s/tat-ma-xac-thuc", id),
			   MSG_SIGN_FACTOR_DROP, &page->factor);
	if (!e && a->disabled)
		e = button(r, req_url(r, "/quan-tri/nguoi/%s/mo", id), MSG_ADMIN_OPEN,
			   &page->close);
	else if (!e)
		e = button(r, req_url(r, "/quan-tri/nguoi/%s/khoa", id), MSG_ADMIN_CLOSE,
			   &page->close);
	return e;
}

enum err admin_person(struct req *r)
{
	struct person_page page = { 0 };
	struct account a;
	struct person p;
	struct unit u;
	bool has;
	enum err e = find_person(r, &p);
	if (e || (e = person_facts(r, &p, &page.facts, &a, &has)) ||
	    (e = held_table(r, p.id, &page.offices)) || (has && (e = buttons(r, &a, &page))))
		return e;
	page.title = p.name;
	page.kicker = S("");
	page.frame = req_frame(r, p.name, DOOR_NONE);
	if (p.unit) {
		if ((e = unit_find(&r->tx, p.unit, tx_today(&r->tx), &u)))
			return e;
		page.frame = admin_frame(r, &u, p.name);
		page.kicker = unit_heading(r->mem, &u, r->lang);
	}
	page.banner = person_done(r);
	page_person(&r->out, &page);
	return OK;
}

static enum err back(struct req *r, const struct person *p, struct str done)
{
	return req_redirect(r, url_with(r->mem, req_url(r, "/quan-tri/nguoi/%s", number(r, p->id)),
					S("xong"), done));
}

enum err admin_person_slip(struct req *r)
{
	struct person p;
	enum err e = find_person(r, &p);
	return e ? e : slip_print(r, p.id, req_url(r, "/quan-tri/nguoi/%s", number(r, p.id)));
}

/* Nobody closes the account by which he is signed in: there would be no way back for the last. */
static enum err close_account(struct req *r, bool closed)
{
	struct person p;
	enum err e = find_person(r, &p);
	if (e)
		return e;
	if (p.id == r->tx.who->person)
		return tx_fail(&r->tx, ERR_DENIED, "nobody closes his own account");
	e = account_disable(&r->tx, p.id, closed);
	return e ? e : back(r, &p, closed ? S("dong") : S("mo"));
}

enum err admin_person_close(struct req *r)
{
	return close_account(r, true);
}

enum err admin_person_open(struct req *r)
{
	return close_account(r, false);
}

enum err admin_person_factor(struct req *r)
{
	struct person p;
	enum err e = find_person(r, &p);
	if (e)
		return e;
	if (p.id == r->tx.who->person)
		return tx_fail(&r->tx, ERR_DENIED, "one's own needs a code");
	e = totp_drop(&r->tx, p.id, S(""));
	return e ? e : back(r, &p, S("ma-tat"));
}
