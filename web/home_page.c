/* The pages that gather: what is due, what is fresh, where to look. Each shows rows that other rooms
 * have found and counted; every number opens the rows it counts. */
#include "web/home_page.h"

#include "base/csv.h"
#include "base/encode.h"
#include "gen/web_pages.h"
#include "office/person.h"
#include "office/step.h"
#include "office/unit_search.h"
#include "web/dossier_page.h"
#include "web/list_page.h"
#include "web/module.h"
#include "web/root.h"
#include "web/timing.h"

enum {
	SHORT_LIST = 5,
	BOARD_ROWS = 30,
	UNITS_FOUND = 12,
	FOUND_ROWS = 20,
	DUTY_ROWS = 50,
	YEAR_DAYS = 365,
	MONTH_DAYS = 31
};

/* --- Duties in words --- */

/* What is owed: by the module whose rule it is, else by the dossier's title. Of a draft only its
 * matter is known. */
struct str duty_words(struct req *r, const struct duty_row *row)
{
	struct str words;
	struct buf b = { .a = r->mem };
	if (!row->shown) {
		if (!facet_words(r, row->kind, row->facet, &words))
			return msg_plain(r->lang, MSG_HOME_HIDDEN_DUTY);
		msg_home_hidden_duty_of(&b, r->lang, words);
		return buf_str(&b);
	}
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->about &&
		    (*m)->about(&r->tx, row->duty.rule, row->duty.about, r->lang, &words))
			return words;
	return row->title.len ? row->title : row->code;
}

enum err duty_url(struct req *r, const struct duty_row *row, struct url *out)
{
	struct unit u;
	if (row->shown) {
		*out = dossier_url(r, row->code);
		return OK;
	}
	enum err e = unit_find(&r->tx, row->unit, tx_today(&r->tx), &u);
	if (!e)
		*out = req_url(r, "/don-vi/%s", u.code);
	return e;
}

enum err duty_items(struct req *r, const struct duty_rows *rows, struct items *out)
{
	const struct calendar *calendar;
	struct date today = tx_today(&r->tx);
	enum err e = office_calendar(&r->tx, &calendar);
	out->at = NEW_N(r->mem, struct item, rows->n);
	for (size_t i = 0; !e && i < rows->n; i++) {
		const struct duty_row *row = &rows->at[i];
		struct buf meta = { .a = r->mem };
		struct str unit;
		struct url url;
		if ((e = req_body_words(r, row->unit, &unit)) || (e = duty_url(r, row, &url)))
			break;
		msg_home_duty_meta(&meta, r->lang, unit, row->duty.due);
		out->at[out->n++] = (struct item){
			.title = duty_words(r, row),
			.meta = buf_str(&meta),
			.url = url,
			.tag = duty_tag(r->mem, r->lang, calendar, &row->duty, today),
		};
	}
	return e;
}

/* At most a few, and nothing that has more than a month yet. */
static enum err due_at(struct req *r, int64_t unit, enum duty_when when, struct items *out)
{
	struct duty_rows rows;
	struct date soon = date_add(tx_today(&r->tx), MONTH_DAYS);
	struct duty_filter f = {
		.under = unit, .when = when, .limit = SHORT_LIST, .after_due = NO_DATE
	};
	enum err e = duty_list(&r->tx, &f, &rows);
	while (!e && rows.n && date_cmp(rows.at[rows.n - 1].duty.due, soon) > 0)
		rows.n--;
	return e ? e : duty_items(r, &rows, out);
}

/* What is overdue first; where nothing is, what is due next. */
static enum err most_urgent(struct req *r, int64_t unit, struct items *out)
{
	enum err e = due_at(r, unit, DUTIES_OVERDUE, out);
	if (e || out->n >= SHORT_LIST)
		return e;
	struct items next = { 0 }, all = { NEW_N(r->mem, struct item, (size_t)SHORT_LIST * 2), 0 };
	static const enum duty_when then[] = { DUTIES_TODAY, DUTIES_SOON };
	for (size_t i = 0; i < out->n; i++)
		all.at[all.n++] = out->at[i];
	for (size_t k = 0; k < LENGTH(then) && all.n < SHORT_LIST; k++) {
		next.n = 0;
		if ((e = due_at(r, unit, then[k], &next)))
			return e;
		for (size_t i = 0; i < next.n && all.n < SHORT_LIST; i++)
			all.at[all.n++] = next.at[i];
	}
	*out = all;
	return OK;
}

/* The kind whose list stands first on this site. */
static const struct kind *listed_kind(struct req *r)
{
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		if (!(*k)->unlisted)
			return *k;
	return NULL;
}

static enum err freshest(struct req *r, int64_t unit, struct items *out)
{
	struct list_filter f = { .kind = listed_kind(r),
				 .under = unit,
				 .limit = SHORT_LIST,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	struct list_rows rows;
	if (!f.kind)
		return OK;
	enum err e = list_dossiers(&r->tx, &f, &rows);
	return e ? e : list_items(r, rows.at, rows.n, out);
}

static enum err place_items(struct req *r, const struct unit *u, struct date day, struct items *out)
{
	struct unit_list children;
	enum err e = unit_children(&r->tx, u->id, day, 300, &children);
	if (e)
		return e;
	out->at = NEW_N(r->mem, struct item, children.n);
	for (size_t i = 0; i < children.n; i++) {
		const struct unit *c = &children.at[i];
		int64_t counts[LEVELS];
		struct buf meta = { .a = r->mem };
		if ((e = unit_count(&r->tx, c->id, day, counts)))
			return e;
		if (c->level < LEVEL_COMMUNE && counts[LEVEL_COMMUNE])
			msg_home_communes(&meta, r->lang, counts[LEVEL_COMMUNE]);
		else if (c->households)
			msg_home_households(&meta, r->lang, c->households);
		out->at[out->n++] = (struct item){
			.title = unit_heading(r->mem, c, r->lang),
			.meta = buf_str(&meta),
			.url = req_url(r, "/don-vi/%s", c->code),
		};
	}
	return OK;
}

void home_modules(struct page *out, const struct home_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_home && !p->r->tx.err)
			p->r->tx.err = (*m)->on_home(p->r, p->root);
}

void unit_modules(struct page *out, const struct unit_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_unit && !p->r->tx.err)
			p->r->tx.err = (*m)->on_unit(p->r, p->unit, p->day);
}

enum err home_show(struct req *r)
{
	struct unit root;
	struct duty_counts counts;
	struct date today = tx_today(&r->tx);
	struct home_page p = { .r = r, .root = &root, .now = r->tx.now };
	enum err e = req_root(r, &root);
	if (e || (e = duty_count(&r->tx, root.id, &counts)) ||
	    (e = duty_count_due(&r->tx, root.id, date_quarter_start(today), today,
				&p.due_in_quarter)))
		return e;
	struct buf title = { .a = r->mem };
	msg_home_title(&title, r->lang, unit_title(r->mem, &root, r->lang));
	p.frame = req_frame(r, buf_str(&title), DOOR_NONE);
	p.doors = p.frame->doors;
	p.find = req_url(r, "/tim");
	p.look_up = req_url(r, "/tim");
	p.overdue = counts.overdue;
	p.units_overdue = counts.units_overdue;
	p.overdue_url = url_with(r->mem, req_url(r, "/han"), S("xem"), S("qua-han"));
	p.list_url = req_url(r, "/cong-khai");
	if ((e = most_urgent(r, root.id, &p.due)) || (e = freshest(r, root.id, &p.fresh)) ||
	    (e = place_items(r, &root, today, &p.places)))
		return e;
	page_home(&r->out, &p);
	return r->tx.err;
}

/* --- A unit --- */

static enum err ended_banner(struct req *r, const struct unit *u, const struct banner **out)
{
	struct unit_links links;
	if (u->in_force)
		return OK;
	enum err e = unit_successors(&r->tx, u->id, &links);
	if (e)
		return e;
	struct banner *b = NEW(r->mem, struct banner);
	struct buf text = { .a = r->mem };
	b->tone = TONE_INFO;
	b->title = msg_plain(r->lang, MSG_UNIT_ENDED);
	msg_unit_ended_on(&text, r->lang, u->to);
	b->text = buf_str(&text);
	b->ways.at = NEW_N(r->mem, struct link, links.n);
	for (size_t i = 0; i < links.n; i++)
		b->ways.at[b->ways.n++] = (struct link){
			.text = unit_heading(r->mem, &links.at[i].unit, r->lang),
			.url = req_url(r, "/don-vi/%s", links.at[i].unit.code),
		};
	*out = b;
	return OK;
}

static struct fact fact_of(struct req *r, enum msg label, int64_t n, struct url url)
{
	struct buf b = { .a = r->mem };
	lang_put_int(&b, r->lang, n);
	return (struct fact){ msg_plain(r->lang, label), buf_str(&b), url };
}

/* How many of the first listed kind were on time, of all that should have been in the last twelve
 * months: what was never done counts, so that silence lowers it. Nothing where there are too many to
 * count on a page. */
static enum err on_time_fact(struct req *r, const struct unit *u, int64_t overdue,
			     struct facts *out)
{
	const struct kind *k = listed_kind(r);
	struct date today = tx_today(&r->tx), from = date_add(today, -YEAR_DAYS);
	struct list_filter f = { .kind = k,
				 .under = u->id,
				 .from = from,
				 .to = today,
				 .timing = TIMING_ON_TIME,
				 .after_on = NO_DATE };
	struct buf value = { .a = r->mem };
	int64_t good, late;
	if (!k)
		return OK;
	enum err e = list_total(&r->tx, &f, &good);
	f.timing = TIMING_LATE;
	if (e || (e = list_total(&r->tx, &f, &late)) || good > 1000 || late > 1000 ||
	    !(good + late))
		return e;
	struct url url = url_with(r->mem, req_url(r, "/%s", str_of(k->slug)), S("don-vi"), u->code);
	url = url_with(r->mem, url, S("tu"), date_iso(r->mem, from));
	lang_put_int(&value, r->lang, good);
	buf_putc(&value, '/');
	lang_put_int(&value, r->lang, good + late + overdue);
	out->at[out->n++] = (struct fact){ msg_plain(r->lang, MSG_UNIT_ON_TIME), buf_str(&value),
					   url_with(r->mem, url, S("tinh-trang"), S("dung-han")) };
	return OK;
}

static enum err unit_facts_of(struct req *r, const struct unit *u, struct facts *out)
{
	struct duty_counts counts;
	struct url han = url_with(r->mem, req_url(r, "/han"), S("don-vi"), u->code);
	enum err e = duty_count(&r->tx, u->id, &counts);
	if (e)
		return e;
	out->at = NEW_N(r->mem, struct fact, 4);
	out->at[out->n++] = fact_of(r, MSG_UNIT_OVERDUE, counts.overdue,
				    url_with(r->mem, han, S("xem"), S("qua-han")));
	out->at[out->n++] = fact_of(r, MSG_UNIT_TODAY, counts.today,
				    url_with(r->mem, han, S("xem"), S("hom-nay")));
	if ((e = on_time_fact(r, u, counts.overdue, out)))
		return e;
	out->at[out->n++] = fact_of(r, MSG_UNIT_LATER, counts.later,
				    url_with(r->mem, han, S("xem"), S("sap-toi")));
	return OK;
}

static void fill_add(struct req *r, const struct unit *u, struct links *out)
{
	size_t n = 0;
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		n++;
	out->at = NEW_N(r->mem, struct link, n);
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		for (const struct step *s = (*k)->steps; s->name; s++)
			if (!(*k)->unlisted &&
			    step_allowed(&r->tx, dossier_blank(r->mem, *k, u->id), s, NULL)) {
				out->at[out->n++] = (struct link){
					.text = msg_plain(r->lang, s->label),
					.url = req_url(r, "/ghi-moi/%s/%s", str_of((*k)->slug),
						       u->code),
				};
				break;
			}
}

enum err unit_show(struct req *r)
{
	struct unit u;
	struct unit_list path;
	struct date today = tx_today(&r->tx), day = req_query_date(r, "ngay", today);
	struct unit_page p = { .r = r, .unit = &u, .day = day };
	struct buf responsible = { .a = r->mem };
	enum err e = unit_by_code_any(&r->tx, req_param(r, "code"), day, &u);
	if (e || (e = unit_path(&r->tx, u.id, day, &path)))
		return e;
	p.title = unit_heading(r->mem, &u, r->lang);
	p.frame = req_frame(r, p.title, DOOR_NONE);
	for (size_t i = 0; i + 1 < path.n; i++)
		frame_crumb(r->mem, p.frame, unit_heading(r->mem, &path.at[i], r->lang),
			    req_url(r, "/don-vi/%s", path.at[i].code));
	if (path.n > 1)
		p.kicker = unit_heading(r->mem, &path.at[path.n - 2], r->lang);
	if (u.level <= LEVEL_COMMUNE) {
		msg_unit_responsible(&responsible, r->lang, unit_title(r->mem, &u, r->lang));
		p.responsible = buf_str(&responsible);
	}
	p.all = url_with(r->mem, req_url(r, "/cong-khai"), S("don-vi"), u.code);
	fill_add(r, &u, &p.add);
	if ((e = ended_banner(r, &u, &p.ended)) || (e = unit_facts_of(r, &u, &p.facts)) ||
	    (e = place_items(r, &u, day, &p.children)))
		return e;
	/* A unit that owes something has a register instead of these two. */
	p.gathers = u.regime == REGIME_NONE;
	if (p.gathers && ((e = most_urgent(r, u.id, &p.due)) || (e = freshest(r, u.id, &p.fresh))))
		return e;
	p.beneath =
		msg_plain(r->lang, u.level == LEVEL_COMMUNE ? MSG_UNIT_VILLAGES : MSG_UNIT_BENEATH);
	page_unit(&r->out, &p);
	return r->tx.err;
}

/* --- Search --- */

static enum err found_units(struct req *r, struct str words, struct items *out)
{
	struct unit root;
	struct unit_list found;
	struct date today = tx_today(&r->tx);
	enum err e = req_root(r, &root);
	if (e || (e = unit_search(&r->tx, words, root.id, today, UNITS_FOUND, &found)))
		return e;
	out->at = NEW_N(r->mem, struct item, found.n);
	for (size_t i = 0; i < found.n; i++) {
		struct item *item = &out->at[out->n++];
		*item = (struct item){ .url = req_url(r, "/don-vi/%s", found.at[i].code) };
		if ((e = req_place_words(r, found.at[i].id, &item->title)))
			return e;
	}
	return OK;
}

enum err find_show(struct req *r)
{
	struct str words = req_query(r, "q"), code;
	struct search_rows rows = { 0 };
	struct find_page p = { .words = words, .action = req_url(r, "/tim") };
	struct buf answer = { .a = r->mem };
	/* Whether there is such a matter is for its own page to say: asking here tells nothing. */
	if (code_read(r->mem, words, &code))
		return req_redirect(r, dossier_url(r, code));
	p.frame = req_frame(r, msg_plain(r->lang, MSG_FIND_TITLE), DOOR_NONE);
	p.frame->index = false;
	struct search_filter f = { .words = words, .limit = FOUND_ROWS };
	f.elsewhere = req_query_int(r, "phan", 0, 1, 0) == 1;
	f.after_id = req_query_int(r, "sau", 1, INT64_MAX, 0);
	enum err e = words.len ? list_search(&r->tx, &f, &rows) : OK;
	if (e || (e = list_items(r, rows.at, rows.n, &p.dossiers)))
		return e;
	if (words.len && !f.after_id && (e = found_units(r, words, &p.units)))
		return e;
	if (words.len && !p.dossiers.n && !p.units.n)
		msg_find_nothing(&answer, r->lang, words);
	p.answer = buf_str(&answer);
	if (rows.more) {
		p.pager.next =
			url_with_int(r->mem,
				     url_with_int(r->mem, url_with(r->mem, p.action, S("q"), words),
						  S("phan"), rows.elsewhere),
				     S("sau"), rows.at[rows.n - 1].id);
	}
	page_find(&r->out, &p);
	return OK;
}

/* --- The queue --- */

static enum err fill_board(struct req *r, struct board *b, enum msg title, enum msg empty,
			   const struct duty_rows *rows)
{
	struct buf text = { .a = r->mem };
	buf_put(&text, msg_plain(r->lang, title));
	buf_printf(&text, " (%zu%s)", rows->n, rows->more ? "+" : "");
	b->title = buf_str(&text);
	b->empty = msg_plain(r->lang, empty);
	b->more = rows->more;
	return duty_items(r, rows, &b->items);
}

static enum err fill_waiting(struct req *r, struct board *b, const struct list_rows *rows)
{
	struct buf text = { .a = r->mem };
	buf_put(&text, msg_plain(r->lang, MSG_QUEUE_WAITING));
	buf_printf(&text, " (%zu%s)", rows->n, rows->more ? "+" : "");
	b->title = buf_str(&text);
	b->empty = msg_plain(r->lang, MSG_QUEUE_NONE_WAITING);
	b->more = rows->more;
	return list_items(r, rows->at, rows->n, &b->items);
}

static enum err fill_substitutes(struct req *r, struct strs *out)
{
	out->at = NEW_N(r->mem, struct str, r->tx.who->n);
	for (size_t i = 0; i < r->tx.who->n; i++) {
		const struct appointment *a = &r->tx.who->at[i];
		struct appointment held;
		struct person p;
		struct buf b = { .a = r->mem };
		if (!a->substitute_of)
			continue;
		enum err e = appointment_find(&r->tx, a->substitute_of, &held);
		if (e || (e = person_find(&r->tx, held.person, &p)))
			return e;
		msg_queue_substitute(&b, r->lang, r->tx.who->name, p.name, a->to);
		out->at[out->n++] = buf_str(&b);
	}
	return OK;
}

enum err queue_show(struct req *r)
{
	struct queue q;
	struct queue_page p = { .title = msg_plain(r->lang, MSG_QUEUE_TITLE), .now = r->tx.now };
	enum err e = queue_load(&r->tx, BOARD_ROWS, &q);
	if (e)
		return e;
	p.frame = req_frame(r, p.title, DOOR_NONE);
	if ((e = fill_board(r, &p.boards[0], MSG_QUEUE_OVERDUE, MSG_QUEUE_NONE_OVERDUE,
			    &q.overdue)) ||
	    (e = fill_board(r, &p.boards[1], MSG_QUEUE_TODAY, MSG_QUEUE_NONE_TODAY, &q.today)) ||
	    (e = fill_waiting(r, &p.boards[2], &q.waiting)) ||
	    (e = fill_board(r, &p.later, MSG_QUEUE_LATER, MSG_QUEUE_NONE_LATER, &q.later)) ||
	    (e = fill_substitutes(r, &p.substitutes)))
		return e;
	page_queue(&r->out, &p);
	return OK;
}

/* --- Open duties, anywhere --- */

static const struct field_choice whens[] = {
	{ "qua-han", MSG_QUEUE_OVERDUE },
	{ "hom-nay", MSG_QUEUE_TODAY },
	{ "sap-toi", MSG_QUEUE_LATER },
	{ "tat-ca", MSG_HOME_ALL_DUTIES },
	{ 0 },
};

static void put_duty_csv(struct req *r, const struct duty_rows *rows, struct buf *out)
{
	static const char *const heads[] = { "code", "about", "unit", "rule",
					     "row",  "from",  "due",  "unverified" };
	struct csv_writer csv;
	csv_begin(&csv, out, ',', true);
	for (size_t i = 0; i < LENGTH(heads); i++)
		csv_put(&csv, str_of(heads[i]));
	csv_end_row(&csv);
	for (size_t i = 0; i < rows->n; i++) {
		const struct duty_row *row = &rows->at[i];
		struct str unit = S("");
		if (req_place_words(r, row->unit, &unit))
			unit = S("");
		csv_put(&csv, row->code);
		csv_put(&csv, duty_words(r, row));
		csv_put(&csv, unit);
		csv_put(&csv, row->duty.rule);
		csv_put(&csv, row->duty.row);
		csv_put(&csv, date_iso(r->mem, row->duty.from));
		csv_put(&csv, date_iso(r->mem, row->duty.due));
		csv_put(&csv, row->duty.unverified ? S("1") : S("0"));
		csv_end_row(&csv);
	}
}

enum err duties_show(struct req *r)
{
	struct unit u;
	struct duty_rows rows;
	struct str code = req_query(r, "don-vi"), when = req_query(r, "xem");
	enum err e = req_root(r, &u);
	if (!e && code.len)
		e = unit_by_code_any(&r->tx, code, tx_today(&r->tx), &u);
	if (e)
		return e;
	struct duty_filter f = { .under = u.id, .limit = DUTY_ROWS, .after_due = NO_DATE };
	for (int i = 0; whens[i].value; i++)
		if (str_eq(when, str_of(whens[i].value)))
			f.when = (enum duty_when)i;
	if (r->format == FORMAT_CSV)
		f.limit = 500;
	struct str after = req_query(r, "sau"), day = S(""), id = S("");
	if (str_next(&after, '.', &day) && str_next(&after, '.', &id) &&
	    date_parse(day, &f.after_due) && !str_int(id, &f.after_id))
		f.after_id = 0;
	if ((e = duty_list(&r->tx, &f, &rows)))
		return e;
	if (r->format == FORMAT_CSV) {
		struct buf out = { .a = r->mem };
		put_duty_csv(r, &rows, &out);
		return req_bytes(r, S("text/csv; charset=utf-8"), buf_str(&out));
	}
	struct list_page p = { .title = msg_plain(r->lang, whens[f.when].label) };
	p.lede = unit_heading(r->mem, &u, r->lang);
	p.frame = req_frame(r, p.title, DOOR_SUPERVISE);
	p.total = p.title;
	if (rows.more && rows.n) {
		const struct duty_row *last = &rows.at[rows.n - 1];
		p.pager.next = url_query(r->mem, r->path, &r->query, S("sau"),
					 str_printf(r->mem, "%.*s.%lld",
						    STR_ARG(date_iso(r->mem, last->duty.due)),
						    (long long)last->id));
	}
	p.formats.at = NEW(r->mem, struct link);
	p.formats.at[p.formats.n++] = (struct link){
		.text = msg_plain(r->lang, MSG_LIST_CSV),
		.url = url_query(r->mem, str_printf(r->mem, "%.*s.csv", STR_ARG(r->path)),
				 &r->query, S("sau"), S("")),
	};
	p.filters.action = req_url(r, "/han");
	p.filters.at = arena_get_n(r->mem, 2, sizeof *p.filters.at);
	p.filters.at[0] = (struct filter){ .name = S("don-vi"),
					   .text = code,
					   .label = msg_plain(r->lang, MSG_LIST_UNIT) };
	struct filter *pick = &p.filters.at[1];
	*pick = (struct filter){ .name = S("xem"), .label = msg_plain(r->lang, MSG_LIST_TIMING) };
	pick->choices.at = arena_get_n(r->mem, LENGTH(whens), sizeof *pick->choices.at);
	for (int i = 0; whens[i].value; i++) {
		pick->choices.at[i].value = str_of(whens[i].value);
		pick->choices.at[i].label = msg_plain(r->lang, whens[i].label);
		pick->choices.at[i].chosen = f.when == (enum duty_when)i;
		pick->choices.n++;
	}
	p.filters.n = 2;
	if ((e = duty_items(r, &rows, &p.items)))
		return e;
	page_list(&r->out, &p);
	return OK;
}
