/* The law decides the row, the calendar counts the days; this page only asks both and tells. What is
 * doubtful - a rule from memory, a year whose holidays nobody has entered - stands beside the answer. */
#include "web/due_page.h"

#include "gen/web_pages.h"
#include "law/due_print.h"
#include "law/rule_words.h"
#include "web/timing.h"

/* What was asked, and what the law says to it. */
struct asked_due {
	struct str name;
	struct date from;
	const struct calendar *calendar;
	const struct time_limit *row; /* NULL: none in force on that day */
	struct law_gap gap;
	struct due due;
	bool set;
};

static struct str words_of(struct req *r, const struct time_limit *row)
{
	enum msg label = rule_label(row->rule);
	return label ? msg_plain(r->lang, label) : row->rule;
}

/* Rules one can be late with: those on how to count are left out. */
static bool offered(const struct law *l, const char *rule)
{
	for (size_t i = 0; i < l->limits.n; i++)
		if (str_eq(l->limits.at[i].rule, str_of(rule)))
			return l->limits.at[i].kind != LIMIT_RULE;
	return false;
}

static void fill_groups(struct req *r, struct str chosen, struct due_page *p)
{
	const struct law *l = r->tx.office->law;
	const struct time_limit *row = law_limit(l, chosen);
	struct str rule = row ? row->rule : chosen;
	size_t n = 0;
	enum msg last = MSG_NONE;
	while (rule_words()[n].rule)
		n++;
	p->groups.at = NEW_N(r->mem, struct due_group, n);
	for (const struct rule_word *w = rule_words(); w->rule; w++) {
		if (!offered(l, w->rule))
			continue;
		if (w->group != last) {
			struct due_group *g = &p->groups.at[p->groups.n++];
			g->label = msg_plain(r->lang, w->group);
			g->choices.at = NEW_N(r->mem, struct due_choice, n);
			last = w->group;
		}
		struct due_group *g = &p->groups.at[p->groups.n - 1];
		g->choices.at[g->choices.n++] =
			(struct due_choice){ str_of(w->rule), msg_plain(r->lang, w->label),
					     str_eq(rule, str_of(w->rule)) };
	}
}

static void fill_added(struct req *r, const struct calendar *c, struct due_page *p)
{
	size_t n;
	const struct calendar_day *days = calendar_days(c, &n);
	p->added.at = arena_get_n(r->mem, n, sizeof *p->added.at);
	for (size_t i = 0; i < n; i++) {
		const struct calendar_day *d = &days[i];
		if (!d->recorded_at.ms)
			continue;
		enum msg what = d->off                     ? MSG_CALC_ADDED_OFF
				: d->kind == DAY_SWAP_WORK ? MSG_CALC_ADDED_WORK
							   : MSG_CALC_ADDED_NONE_OF_BOTH;
		p->added.at[p->added.n++] = (struct added_row){
			.day = d->date,
			.name = r->lang == LANG_EN && d->name_en.len ? d->name_en : d->name_vi,
			.what = msg_plain(r->lang, what),
			.recorded_at = d->recorded_at,
		};
	}
}

static struct url ask_again(struct req *r, struct str rule, struct date day)
{
	struct url u = url_with(r->mem, req_url(r, "/tinh-han"), S("quy-tac"), rule);
	return url_with(r->mem, u, S("ngay"), date_iso(r->mem, day));
}

/* --- No row holds on that day --- */

static void add_way(struct req *r, struct banner *b, const struct time_limit *row, struct date day)
{
	struct buf text = { .a = r->mem };
	msg_calc_gap_way(&text, r->lang, row->code, day);
	b->ways.at[b->ways.n++] =
		(struct link){ buf_str(&text), ask_again(r, row->rule, day), false };
}

static void fill_gap(struct req *r, const struct asked_due *q, struct banner *b)
{
	struct buf text = { .a = r->mem };
	const struct time_limit *before = q->gap.previous, *after = q->gap.next;
	const struct time_limit *asked = law_limit(r->tx.office->law, q->name);
	b->tone = TONE_SOON;
	b->title = msg_plain(r->lang, MSG_CALC_GAP_TITLE);
	b->ways.at = NEW_N(r->mem, struct link, 3);
	if (q->gap.in_force && asked) {
		msg_calc_gap_row(&text, r->lang, asked->code, q->from, q->gap.in_force->code);
		add_way(r, b, q->gap.in_force, q->from);
	} else if (before && after) {
		msg_calc_gap_between(&text, r->lang, words_of(r, before), q->from, before->code,
				     before->valid.to, after->code, after->valid.from);
	} else if (after) {
		msg_calc_gap_early(&text, r->lang, words_of(r, after), q->from, after->code,
				   after->valid.from);
	} else if (before) {
		msg_calc_gap_late(&text, r->lang, words_of(r, before), q->from, before->code,
				  before->valid.to);
	}
	if (!q->gap.in_force && before)
		add_way(r, b, before, before->valid.to);
	if (!q->gap.in_force && after)
		add_way(r, b, after, after->valid.from);
	b->text = buf_str(&text);
}

/* --- The answer --- */

static void add_doubt(struct due_page *p, struct req *r, bool it_is, enum msg doubt)
{
	if (it_is)
		p->doubts.at[p->doubts.n++] = msg_plain(r->lang, doubt);
}

static void add_fact(struct req *r, struct due_page *p, enum msg label, struct str value)
{
	if (value.len)
		p->facts.at[p->facts.n++] =
			(struct kv){ .label = msg_plain(r->lang, label), .value = value };
}

static void fill_facts(struct req *r, const struct asked_due *q, struct due_page *p)
{
	const struct time_limit *row = q->row;
	struct buf in_force = { .a = r->mem }, rule = { .a = r->mem };
	bool english = r->lang == LANG_EN;
	p->facts.at = NEW_N(r->mem, struct kv, 6);
	add_fact(r, p, MSG_CALC_WHAT, words_of(r, row));
	add_fact(r, p, MSG_CALC_BASIS, citation_words(r->mem, &row->cite, english));
	if (date_is_set(row->valid.to))
		msg_calc_valid_between(&in_force, r->lang, row->valid.from, row->valid.to);
	else
		msg_calc_valid_since(&in_force, r->lang, row->valid.from);
	add_fact(r, p, MSG_CALC_VALID, buf_str(&in_force));
	buf_printf(&rule, "%.*s · %.*s", STR_ARG(row->code), STR_ARG(row->rule));
	add_fact(r, p, MSG_CALC_RULE, buf_str(&rule));
	/* The table's notes are English; a Vietnamese page says so where it must show one. */
	add_fact(r, p, english ? MSG_CALC_FROM : MSG_NONE, english ? row->counted_from : S(""));
	add_fact(r, p, MSG_CALC_NOTE, row->extension);
}

static void fill_answer(struct req *r, const struct asked_due *q, struct due_page *p,
			struct banner *b)
{
	struct buf title = { .a = r->mem }, how = { .a = r->mem };
	due_put_head(&title, r->lang, &q->due);
	b->tone = TONE_INFO;
	b->title = buf_str(&title);
	p->doubts.at = NEW_N(r->mem, struct str, 3);
	add_doubt(p, r, q->due.unverified, MSG_CALC_UNVERIFIED);
	add_doubt(p, r, q->due.days_unverified, MSG_DUE_DAYS_UNVERIFIED);
	add_doubt(p, r, q->due.year_unknown, MSG_DUE_YEAR_UNKNOWN);
	fill_facts(r, q, p);
	if (!q->set) {
		b->text = msg_plain(r->lang, MSG_CALC_NONE_SET);
		return;
	}
	due_put_how(&how, r->lang, &q->due);
	b->text = buf_str(&how);
	struct duty d = {
		.row = q->row->code, .from = q->from, .due = q->due.due, .due_before = NO_DATE
	};
	p->count = duty_day_count(r->mem, r->lang, r->tx.office->law, q->calendar, &d, true);
	p->json = url_with(r->mem, req_url(r, "/tinh-han.json"), S("quy-tac"), q->row->rule);
	p->json = url_with(r->mem, p->json, S("ngay"), date_iso(r->mem, q->from));
}

static void look_up(struct req *r, struct asked_due *q)
{
	const struct law *l = r->tx.office->law;
	q->row = law_rule(l, q->name, q->from);
	if (q->row)
		q->set = due_compute(r->mem, q->calendar, q->row, q->from, &q->due);
	else
		q->gap = law_rule_gap(l, q->name, q->from);
}

/* --- JSON --- */

static enum err refuse(struct req *r, int status, struct str why)
{
	struct buf b = { .a = r->mem };
	buf_putc(&b, '{');
	json_key_str(&b, "error", why);
	buf_put(&b, S("}\n"));
	r->reply.status = status;
	r->reply.keep = KEEP_NEVER;
	return req_bytes(r, S("application/json; charset=utf-8"), buf_str(&b));
}

static enum err show_json(struct req *r, struct asked_due *q)
{
	struct buf b = { .a = r->mem };
	if (!q->name.len)
		return refuse(r, 400, msg_plain(r->lang, MSG_CALC_FAULT_RULE));
	if (!date_is_set(q->from))
		return refuse(r, 400, msg_plain(r->lang, MSG_WEB_FAULT_DATE));
	look_up(r, q);
	if (!q->row) {
		if (q->gap.unknown)
			msg_calc_unknown(&b, r->lang, q->name);
		else
			law_gap_text(&b, r->lang, q->name, q->from, &q->gap, r->tx.office->law);
		return refuse(r, 404, buf_str(&b));
	}
	due_json(&b, &q->due);
	buf_putc(&b, '\n');
	return req_bytes(r, S("application/json; charset=utf-8"), buf_str(&b));
}

/* --- The page --- */

static void fill_question(struct req *r, struct asked_due *q, struct due_page *p)
{
	struct buf why = { .a = r->mem };
	if (!q->name.len)
		return;
	if (!date_is_set(q->from)) {
		p->date_fault = msg_plain(r->lang, MSG_WEB_FAULT_DATE);
		p->frame->invalid = true;
		return;
	}
	look_up(r, q);
	if (!q->row && q->gap.unknown) {
		msg_calc_unknown(&why, r->lang, q->name);
		p->rule_fault = buf_str(&why);
		p->frame->invalid = true;
		return;
	}
	struct banner *b = NEW(r->mem, struct banner);
	if (q->row)
		fill_answer(r, q, p, b);
	else
		fill_gap(r, q, b);
	p->banner = b;
}

enum err due_show(struct req *r)
{
	struct str typed = req_query(r, "ngay");
	struct asked_due q = { .name = req_query(r, "quy-tac"), .from = tx_today(&r->tx) };
	enum err e = office_calendar(&r->tx, &q.calendar);
	if (e)
		return e;
	if (typed.len && !date_parse_any(typed, &q.from))
		q.from = NO_DATE;
	if (r->format == FORMAT_JSON)
		return show_json(r, &q);
	struct due_page p = {
		.frame = req_frame(r, msg_plain(r->lang, MSG_CALC_TITLE), DOOR_NONE),
		.action = req_url(r, "/tinh-han"),
	};
	struct buf date = { .a = r->mem };
	lang_put_date(&date, r->lang, q.from);
	p.date = date_is_set(q.from) ? buf_str(&date) : typed;
	fill_groups(r, q.name, &p);
	fill_question(r, &q, &p);
	fill_added(r, q.calendar, &p);
	page_due(&r->out, &p);
	return OK;
}
