/* Members are typed as they stand in the minutes, one a line: name; role; whom they stand for. How many of them
 * there may be is counted by the row of the day. */
#include "modules/inspect/board_steps.h"

#include "base/utf8.h"
#include "office/unit.h"

static const struct {
	const char *word, *role;
} role_words[] = {
	{ "trưởng ban", "head" },   { "phó trưởng ban", "deputy" }, { "phó ban", "deputy" },
	{ "thành viên", "member" }, { "ủy viên", "member" },        { "head", "head" },
	{ "deputy", "deputy" },     { "member", "member" },
};

static bool read_role(struct arena *a, struct str word, struct str *out)
{
	struct str low = utf8_lower(a, str_trim(word));
	for (size_t i = 0; i < LENGTH(role_words); i++)
		if (str_eq(low, str_of(role_words[i].word))) {
			*out = str_of(role_words[i].role);
			return true;
		}
	return false;
}

static bool read_member(struct arena *a, struct str line, struct board_member *out)
{
	struct str rest = line, name = S(""), role = S("");
	*out = (struct board_member){ .from = NO_DATE, .to = NO_DATE, .reason = S("") };
	if (!str_next(&rest, ';', &name) || !str_next(&rest, ';', &role))
		return false;
	out->name = str_trim(name);
	out->represents = str_trim(rest);
	return out->name.len >= 2 && read_role(a, role, &out->role) && out->represents.len >= 2;
}

bool board_read_members(struct arena *a, struct str text, struct board_member *out, size_t most,
			size_t *n, int *line)
{
	struct str rest = text, one = S("");
	*n = 0;
	*line = 0;
	while (str_next(&rest, '\n', &one)) {
		++*line;
		if (!str_trim(one).len)
			continue;
		if (*n == most || !read_member(a, str_trim(one), &out[*n]))
			return false;
		++*n;
	}
	return true;
}

bool board_is_resident(struct arena *a, const struct board_member *m)
{
	struct str low = utf8_lower(a, m->represents);
	return !str_has(low, S("mặt trận")) && !str_has(low, S("mttq")) &&
	       !str_has(low, S("thanh tra nhân dân")) && !str_has(low, S("ban ttnd"));
}

const struct board_member *board_member(const struct dossier *d, const struct line *l)
{
	return l->kind == &d->kind->lines[LINE_MEMBER] ? l->data : NULL;
}

bool board_member_sits(const struct board_member *m, struct date on)
{
	return date_is_set(m->from) && date_cmp(m->from, on) <= 0 &&
	       (!date_is_set(m->to) || date_cmp(on, m->to) <= 0);
}

size_t board_sitting(const struct dossier *d, struct date on)
{
	size_t n = 0;
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct board_member *m = board_member(d, &d->lines.at[i]);
		n += m && board_member_sits(m, on);
	}
	return n;
}

/* --- Who sits in it --- */

struct counted {
	int members, heads, deputies, residents;
};

static void count_member(struct arena *a, const struct board_member *m, struct counted *c)
{
	c->members++;
	c->heads += str_eq(m->role, S("head"));
	c->deputies += str_eq(m->role, S("deputy"));
	c->residents += board_is_resident(a, m);
}

/* So many at least, so many at most; 0: as many as they like. */
static enum err bounds_of(struct tx *tx, const struct dossier *d, const struct body_numbers *x,
			  int *least, int *most)
{
	int64_t levels[LEVELS];
	*least = x->members_min;
	*most = x->more ? 0 : x->members_max;
	if (!x->by_villages)
		return OK;
	enum err e = unit_count(tx, d->unit, tx_today(tx), levels);
	int villages = e ? 0 : (int)levels[LEVEL_VILLAGE];
	if (villages && villages < x->few) {
		*least = 1;
		*most = x->few;
	} else if (villages) {
		*least = villages;
	}
	return e;
}

static enum err check_numbers(struct tx *tx, const struct dossier *d, const struct body *body,
			      const struct counted *c, const char *field, struct faults *faults)
{
	struct body_numbers x = body_numbers(body);
	struct buf b = { .a = tx->mem };
	int least, most, deputies = body_deputies(&x, c->members);
	enum err e = bounds_of(tx, d, &x, &least, &most);
	if (e)
		return e;
	if (c->members < least)
		msg_board_fault_few(&b, faults->lang, c->members, least,
				    board_cited(tx, body, faults->lang));
	else if (most && c->members > most)
		msg_board_fault_many(&b, faults->lang, c->members, most,
				     board_cited(tx, body, faults->lang));
	else if (deputies >= 0 && c->deputies > deputies)
		msg_board_fault_deputies(&b, faults->lang, c->deputies, c->members, deputies,
					 board_cited(tx, body, faults->lang));
	else if (x.residents_max && c->residents > x.residents_max)
		msg_board_fault_residents(&b, faults->lang, c->residents, x.residents_max,
					  board_cited(tx, body, faults->lang));
	if (b.len)
		fault_add(faults, field, buf_str(&b));
	return OK;
}

/* "none if 7 staff or fewer" */
static enum err check_staff(struct tx *tx, const struct dossier *d, const struct body *body,
			    struct faults *faults)
{
	struct body_numbers x = body_numbers(body);
	struct buf b = { .a = tx->mem };
	struct unit u;
	enum err e = x.nobody_to ? unit_find(tx, d->unit, tx_today(tx), &u) : OK;
	if (e || !x.nobody_to || !u.head_count || u.head_count > x.nobody_to)
		return e;
	msg_board_fault_staff(&b, faults->lang, u.head_count, board_cited(tx, body, faults->lang));
	fault_add(faults, "by", buf_str(&b));
	return OK;
}

static enum err first_kind(struct tx *tx, const struct dossier *d, struct str *by)
{
	struct choices all;
	enum err e = board_options(tx, d, LANG_VI, &all);
	if (!e && all.n)
		*by = all.at[0].value;
	return e;
}

enum err board_begin_elect(struct tx *tx, const struct dossier *d, void *form)
{
	return first_kind(tx, d, &((struct people_board *)form)->by);
}

enum err board_check_elect(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	const struct people_board *x = form;
	struct board_member *all = NEW_N(tx->mem, struct board_member, BOARD_MEMBERS_MOST);
	struct counted c = { 0 };
	struct buf b = { .a = tx->mem };
	size_t n;
	int line;
	const struct body *body = board_body(tx->office->law, x, on);
	if (str_eq(x->by, S("cisb")) && !x->project.len)
		fault_add_msg(faults, "project", MSG_BOARD_FAULT_PROJECT);
	if (!board_read_members(tx->mem, x->members, all, BOARD_MEMBERS_MOST, &n, &line)) {
		msg_board_fault_line(&b, faults->lang, line);
		fault_add(faults, "members", buf_str(&b));
		return OK;
	}
	for (size_t i = 0; i < n; i++)
		count_member(tx->mem, &all[i], &c);
	if (x->members.len && c.heads != 1)
		fault_add_msg(faults, "members", MSG_BOARD_FAULT_HEAD);
	if (!x->members.len || !body || body->basis.unverified)
		return OK;
	enum err e = check_staff(tx, d, body, faults);
	return e ? e : check_numbers(tx, d, body, &c, "members", faults);
}

static struct line *add_member(struct fold *f, const struct board_member *m)
{
	struct line *l = fold_line_add(f, LINE_MEMBER);
	*(struct board_member *)l->data = *m;
	fold_figure_on(f, S(BOARD_ELECTED), f->act->on, l->no, 1);
	return l;
}

void board_apply_elect(struct fold *f, const void *form)
{
	const struct people_board *x = form;
	struct people_board *now = f->d->data;
	const struct overseer *o = overseer_of(x->by);
	struct board_member *all = NEW_N(f->mem, struct board_member, BOARD_MEMBERS_MOST);
	size_t n;
	int line;
	if (!o || !board_read_members(f->mem, x->members, all, BOARD_MEMBERS_MOST, &n, &line)) {
		fold_fail(f, "no board can be read");
		return;
	}
	now->elected_on = f->act->on;
	for (size_t i = 0; i < n; i++)
		add_member(f, &all[i]);
	if (o->recognise)
		fold_open(f, str_of(o->recognise), f->act->on, 0, S(""));
}

/* --- Added, released --- */

static struct counted count_now(struct tx *tx, const struct dossier *d, struct date on)
{
	struct counted c = { 0 };
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct board_member *m = board_member(d, &d->lines.at[i]);
		if (m && board_member_sits(m, on))
			count_member(tx->mem, m, &c);
	}
	return c;
}

static struct board_member added(const struct board_add *x, struct date from)
{
	return (struct board_member){ x->name, x->role, x->represents, from, NO_DATE, S("") };
}

enum err board_check_add(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			 struct faults *faults)
{
	struct board_member m = added(form, on);
	const struct body *body = board_body(tx->office->law, d->data, on);
	struct counted c = count_now(tx, d, on);
	struct buf b = { .a = tx->mem };
	count_member(tx->mem, &m, &c);
	if (c.heads > 1)
		fault_add_msg(faults, "role", MSG_BOARD_FAULT_HEAD);
	if (!body || body->basis.unverified)
		return OK;
	struct body_numbers x = body_numbers(body);
	int least, most, deputies = body_deputies(&x, c.members);
	enum err e = bounds_of(tx, d, &x, &least, &most);
	if (most && c.members > most)
		msg_board_fault_many(&b, faults->lang, c.members, most,
				     board_cited(tx, body, faults->lang));
	else if (deputies >= 0 && c.deputies > deputies && str_eq(m.role, S("deputy")))
		msg_board_fault_deputies(&b, faults->lang, c.deputies, c.members, deputies,
					 board_cited(tx, body, faults->lang));
	if (b.len)
		fault_add(faults, "role", buf_str(&b));
	return e;
}

static struct duty *vacancy(struct fold *f)
{
	for (size_t i = 0; i < f->d->duties.n; i++) {
		struct duty *y = &f->d->duties.at[i];
		if (y->state == DUTY_OPEN && str_eq(y->rule, S(BOARD_REFILL)))
			return y;
	}
	return NULL;
}

void board_apply_add(struct fold *f, const void *form)
{
	struct board_member m = added(form, f->act->on);
	struct duty *y = vacancy(f);
	struct line *l = add_member(f, &m);
	fold_figure_on(f, board_key(f, "board.members"), f->act->on, l->no, 1);
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

enum err board_member_options(struct tx *tx, const void *subject, enum lang lang,
			      struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ arena_get_n(tx->mem, d->lines.n, sizeof *out->at), 0 };
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct board_member *m = board_member(d, &d->lines.at[i]);
		if (m && !date_is_set(m->to))
			out->at[out->n++] = (struct choice){
				str_printf(tx->mem, "%d", d->lines.at[i].no),
				str_printf(tx->mem, "%.*s (%.*s)", STR_ARG(m->name),
					   STR_ARG(m->represents)),
				S(""),
			};
	}
	return OK;
}

enum err board_check_release(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	int64_t no;
	(void)tx;
	if (!str_int(((const struct board_release *)form)->member, &no) || no < 1 ||
	    (uint64_t)no > d->lines.n)
		return OK;
	const struct board_member *m = board_member(d, &d->lines.at[no - 1]);
	if (m && date_cmp(on, m->from) < 0)
		fault_add_msg(faults, "happened_on", MSG_BOARD_FAULT_BEFORE);
	return OK;
}

/* Of an investment supervision board the law fills no seat: it ends with its project. */
static void owe_refill(struct fold *f, int line)
{
	const struct people_board *x = f->d->data;
	struct date on = f->act->on;
	if (!date_is_set(x->term_to) ||
	    date_cmp(date_add_months(on, BOARD_REFILL_MONTHS), date_add(x->term_to, 1)) > 0)
		return;
	fold_open_house(f, S(BOARD_REFILL), on, date_add(on, BOARD_REFILL_DAYS),
			str_printf(f->mem, "%d", line));
}

void board_apply_release(struct fold *f, const void *form)
{
	const struct board_release *x = form;
	int64_t no;
	struct line *l = str_int(x->member, &no) ? fold_line(f, no) : NULL;
	if (!l || l->kind != &f->d->kind->lines[LINE_MEMBER])
		return;
	struct board_member *m = l->data;
	m->to = f->act->on;
	m->reason = x->reason;
	fold_figure_on(f, S(BOARD_RELEASED), f->act->on, l->no, 1);
	owe_refill(f, l->no);
}
