/* The register is made anew from law, plan and records each time: nothing in it is typed in. */
#include "modules/know/know_pages.h"

#include "base/utf8.h"
#include "gen/know_pages.h"
#include "modules/know/disclosure.h"
#include "modules/know/plan.h"
#include "office/gate.h"
#include "office/list.h"
#include "office/readaloud.h"
#include "office/step.h"
#include "web/dossier_page.h"
#include "web/duty_page.h"
#include "web/markdown.h"
#include "web/paper.h"
#include "web/root.h"
#include "web/timing.h"

enum { REGISTER_DUTIES = 8, SOON_DAYS = 31 };

/* --- Duties in words --- */

static struct str matter_title(struct tx *tx, struct str code, enum lang lang)
{
	const struct disclosure_matter *m = law_matter(tx->office->law, code);
	return !m ? code : lang == LANG_EN ? m->title_en : m->title_vi;
}

bool know_about(struct tx *tx, struct str rule, struct str about, enum lang lang, struct str *out)
{
	struct str rest = about, code = S(""), period = S("");
	struct buf b = { .a = tx->mem };
	if (str_ends(rule, S(".quarterly_list"))) {
		msg_know_list_of(&b, lang, period_words(tx->mem, lang, about));
		*out = buf_str(&b);
		return true;
	}
	if (!str_starts(rule, S("house.disclosure.")) || !str_next(&rest, '|', &code) ||
	    !str_next(&rest, '|', &period))
		return false;
	msg_know_expected(&b, lang, matter_title(tx, code, lang),
			  period_words(tx->mem, lang, period));
	*out = buf_str(&b);
	return true;
}

bool know_facet(struct tx *tx, struct str kind, struct str value, enum lang lang, struct str *out)
{
	if (!str_eq(kind, str_of(disclosure_kind.name)) || !law_matter(tx->office->law, value))
		return false;
	*out = matter_title(tx, value, lang);
	return true;
}

bool know_duty(struct tx *tx, struct str rule, struct str about, enum lang lang, struct str *out)
{
	if (know_about(tx, rule, about, lang, out))
		return true;
	if (!str_starts(rule, S("disclosure.")))
		return false;
	*out = msg_plain(lang, str_ends(rule, S(".publish"))     ? MSG_KNOW_DUTY_PUBLISH
			       : str_ends(rule, S(".posting"))   ? MSG_KNOW_DUTY_POSTING
			       : str_ends(rule, S(".broadcast")) ? MSG_KNOW_DUTY_BROADCAST
								 : MSG_KNOW_DISCLOSURE);
	return true;
}

/* --- The register of a unit --- */

static struct str every_words(enum lang lang, struct str every)
{
	return msg_plain(lang, str_eq(every, S("month"))     ? MSG_KNOW_EVERY_MONTH
			       : str_eq(every, S("quarter")) ? MSG_KNOW_EVERY_QUARTER
			       : str_eq(every, S("half"))    ? MSG_KNOW_EVERY_HALF
			       : str_eq(every, S("year"))    ? MSG_KNOW_EVERY_YEAR
							     : MSG_KNOW_EVERY_NONE);
}

static struct str frequency(const struct dossier *plan, struct str matter)
{
	for (size_t i = 0; plan && i < plan->lines.n; i++) {
		const struct plan_item *item = plan->lines.at[i].data;
		if (str_eq(item->matter, matter))
			return item->every;
	}
	return S("none");
}

static struct str forms_words(struct req *r, const struct disclosure_matter *m)
{
	const struct law *law = r->tx.office->law;
	struct buf b = { .a = r->mem };
	for (size_t i = 0; i < law->disclosure_forms.n; i++) {
		const struct disclosure_form *f = &law->disclosure_forms.at[i];
		if (!(m->forms >> i & 1))
			continue;
		if (b.len)
			buf_put(&b, m->any_form ? S(" / ") : S(" + "));
		buf_put(&b, r->lang == LANG_EN ? f->title_en : f->title_vi);
	}
	return buf_str(&b);
}

static struct str deadline_words(struct req *r, const struct disclosure_matter *m)
{
	struct buf b = { .a = r->mem };
	if (m->deadline_kind == LIMIT_WORKING)
		msg_know_within_working(&b, r->lang, m->deadline_days);
	else if (m->deadline_kind == LIMIT_CALENDAR)
		msg_know_within_days(&b, r->lang, m->deadline_days);
	return buf_str(&b);
}

/* How many a unit has shown in a year, and the list of just these. */
static enum err fill_published(struct req *r, const struct unit *u, struct str matter, int year,
			       struct register_row *row)
{
	struct list_filter f = {
		.kind = &disclosure_kind,
		.under = u->id,
		.facet = matter,
		.limit = 1,
		.from = date_year_start(year),
		.to = date_add(date_year_start(year + 1), -1),
		.after_on = NO_DATE,
	};
	struct url list = url_with(r->mem, req_url(r, "/cong-khai"), S("don-vi"), u->code);
	list = url_with(r->mem, list, S("noi-dung"), matter);
	list = url_with(r->mem, list, S("tu"), date_iso(r->mem, f.from));
	row->list = url_with(r->mem, list, S("den"), date_iso(r->mem, f.to));
	return list_total(&r->tx, &f, &row->published);
}

static enum err fill_matters(struct req *r, const struct unit *u, struct date day,
			     const struct dossier *plan, struct register_part *p)
{
	int year = date_ymd(day).year;
	struct disclosure_matters matters = law_matters(r->tx.office->law, r->mem, u->regime, day);
	p->rows.at = arena_get_n(r->mem, matters.n, sizeof *p->rows.at);
	for (size_t i = 0; i < matters.n; i++) {
		const struct disclosure_matter *m = matters.at[i];
		struct register_row *row = &p->rows.at[p->rows.n++];
		*row = (struct register_row){
			.matter = r->lang == LANG_EN ? m->title_en : m->title_vi,
			.law = citation_words(r->mem, &m->cite, r->lang == LANG_EN),
			.every = every_words(r->lang, frequency(plan, m->code)),
			.forms = forms_words(r, m),
			.deadline = deadline_words(r, m),
			.unverified = m->basis.unverified,
			.house = plan != NULL,
		};
		p->unverified |= m->basis.unverified;
		enum err e = fill_published(r, u, m->code, year, row);
		if (e)
			return e;
	}
	return OK;
}

/* Notices that hang and photos that show it: what an inspector asks for first. */
static struct str evidence_words(struct req *r, const struct dossier *d)
{
	struct buf b = { .a = r->mem };
	int64_t places = 0, photos = 0;
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct line *l = &d->lines.at[i];
		if (l->kind != &d->kind->lines[LINE_POSTING])
			continue;
		places++;
		photos += (int64_t)((const struct posting *)l->data)->photos.n;
	}
	if (places && photos)
		msg_know_evidence(&b, r->lang, places, photos);
	else if (places)
		msg_know_evidence_unseen(&b, r->lang, places);
	else
		buf_put(&b, msg_plain(r->lang, MSG_KNOW_NO_EVIDENCE));
	return buf_str(&b);
}

enum column { COLUMN_WHAT, COLUMN_LAW, COLUMN_DUE, COLUMN_STATE, COLUMN_EVIDENCE, COLUMNS };

static void set_columns(struct req *r, struct table *t)
{
	static const enum msg heads[COLUMNS] = {
		[COLUMN_WHAT] = MSG_KNOW_COLUMN_WHAT,
		[COLUMN_LAW] = MSG_KNOW_COLUMN_LAW,
		[COLUMN_DUE] = MSG_KNOW_COLUMN_DUE,
		[COLUMN_STATE] = MSG_KNOW_COLUMN_STATE,
		[COLUMN_EVIDENCE] = MSG_KNOW_COLUMN_EVIDENCE,
	};
	t->columns.at = arena_get_n(r->mem, COLUMNS, sizeof *t->columns.at);
	for (size_t i = 0; i < COLUMNS; i++)
		t->columns.at[t->columns.n++].label = msg_plain(r->lang, heads[i]);
}

static struct cell *row_new(struct req *r, struct table *t)
{
	struct row *row = &t->rows.at[t->rows.n++];
	row->at = NEW_N(r->mem, struct cell, t->columns.n);
	row->n = t->columns.n;
	for (size_t i = 0; i < row->n; i++)
		row->at[i].text = S("");
	return row->at;
}

static void put_due(struct req *r, struct cell *cell, struct date due)
{
	struct buf b = { .a = r->mem };
	lang_put_long_date(&b, r->lang, due);
	cell->text = buf_str(&b);
}

/* "Điều 5, khoản 1": the law itself stands above the table. */
static struct str article_words(struct req *r, struct str matter)
{
	const struct disclosure_matter *m = law_matter(r->tx.office->law, matter);
	if (!m)
		return S("–");
	struct str words = citation_words(r->mem, &m->cite, r->lang == LANG_EN);
	struct str law = S(""), rest = words;
	str_next(&rest, ',', &law);
	return rest.len ? str_trim(rest) : words;
}

static enum err put_duty(struct req *r, const struct calendar *calendar, const struct duty_row *row,
			 struct table *t)
{
	struct cell *cells = row_new(r, t);
	struct str rest = row->duty.about, matter = row->facet;
	if (str_starts(row->duty.rule, S("house.disclosure.")))
		str_next(&rest, '|', &matter);
	cells[COLUMN_WHAT].text = duty_words(r, row);
	if (row->shown)
		cells[COLUMN_WHAT].url = dossier_url(r, row->code);
	cells[COLUMN_LAW].text = article_words(r, matter);
	put_due(r, &cells[COLUMN_DUE], row->duty.due);
	cells[COLUMN_STATE].tag = duty_tag(r->mem, r->lang, calendar, &row->duty, tx_today(&r->tx));
	bool far = date_cmp(row->duty.due, tx_today(&r->tx)) > 0;
	cells[COLUMN_EVIDENCE].text =
		msg_plain(r->lang, far ? MSG_KNOW_NOT_YET : MSG_KNOW_NO_EVIDENCE);
	return OK;
}

static enum err put_done(struct req *r, const struct calendar *calendar, const struct list_row *row,
			 struct table *t)
{
	struct dossier *d;
	enum err e = dossier_load(&r->tx, row->id, &d);
	if (e)
		return e;
	struct cell *cells = row_new(r, t);
	cells[COLUMN_WHAT].text = gate_may_see_content(&r->tx, d)
					  ? row->title
					  : msg_plain(r->lang, MSG_DOSSIER_HIDDEN_TITLE);
	cells[COLUMN_WHAT].url = dossier_url(r, row->code);
	cells[COLUMN_LAW].text = article_words(r, row->facet);
	put_due(r, &cells[COLUMN_DUE], row->due);
	cells[COLUMN_STATE].tag =
		timing_tag(r->mem, r->lang, calendar, row->due, row->met, tx_today(&r->tx));
	cells[COLUMN_EVIDENCE].text = evidence_words(r, d);
	return OK;
}

/* The register is of what has to be disclosed; dialogues have a part of the page of their own. */
static void only_ours(struct duty_rows *rows)
{
	static const char *const others[] = { "house.comment.", "house.dialogue.",
					      "house.workplace.", "dialogue." };
	size_t n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		bool ours = true;
		for (size_t k = 0; k < LENGTH(others); k++)
			ours &= !str_starts(rows->at[i].duty.rule, str_of(others[k]));
		if (ours)
			rows->at[n++] = rows->at[i];
	}
	rows->n = n;
}

/* Most urgent first: what is overdue or due within a month, what was disclosed last, what has time. */
static enum err fill_duties(struct req *r, const struct unit *u, struct register_part *p)
{
	const struct calendar *calendar;
	struct date soon = date_add(tx_today(&r->tx), SOON_DAYS);
	struct duty_rows rows;
	struct list_rows last;
	struct table *t = &p->duties;
	struct duty_filter f = { .under = u->id,
				 .exactly = true,
				 .when = DUTIES_OPEN,
				 .limit = REGISTER_DUTIES,
				 .after_due = NO_DATE };
	struct list_filter done = { .kind = &disclosure_kind,
				    .under = u->id,
				    .from = NO_DATE,
				    .to = NO_DATE,
				    .after_on = NO_DATE,
				    .limit = REGISTER_DUTIES };
	enum err e = req_calendar(r, &calendar);
	if (e || (e = duty_list(&r->tx, &f, &rows)) || (e = list_dossiers(&r->tx, &done, &last)))
		return e;
	if (rows.more)
		p->owed =
			url_with(r->mem, url_with(r->mem, req_url(r, "/han"), S("don-vi"), u->code),
				 S("xem"), S("tat-ca"));
	only_ours(&rows);
	set_columns(r, t);
	t->caption = msg_plain(r->lang, MSG_KNOW_URGENT_FIRST);
	t->rows.at = arena_get_n(r->mem, rows.n + last.n, sizeof *t->rows.at);
	size_t i = 0;
	for (; !e && i < rows.n && date_cmp(rows.at[i].duty.due, soon) <= 0; i++)
		e = put_duty(r, calendar, &rows.at[i], t);
	for (size_t k = 0; !e && k < last.n; k++)
		if (last.at[k].unit == u->id && date_is_set(last.at[k].met))
			e = put_done(r, calendar, &last.at[k], t);
	for (; !e && i < rows.n; i++)
		e = put_duty(r, calendar, &rows.at[i], t);
	return e;
}

enum err know_on_unit(struct req *r, const struct unit *u, struct date day)
{
	struct register_part p = { 0 };
	struct dossier *plan = NULL;
	struct buf caption = { .a = r->mem };
	if (u->regime == REGIME_NONE)
		return OK;
	enum err e = plan_find(&r->tx, u->id, date_ymd(day).year, &plan);
	if (e && e != ERR_NOT_FOUND)
		return e;
	if (plan)
		p.plan = dossier_url(r, plan->code);
	p.all = url_with(r->mem, req_url(r, "/cong-khai"), S("don-vi"), u->code);
	if (r->tx.who && member_may(r->tx.who, LEADER, u->id, S("know")))
		p.import = req_url(r, "/cong-khai/nhap/%s", u->code);
	msg_know_matters_of(&caption, r->lang, date_ymd(day).year);
	p.caption = buf_str(&caption);
	if ((e = fill_matters(r, u, day, plan, &p)) || (e = fill_duties(r, u, &p)))
		return e;
	if (!p.rows.n)
		p.none = msg_plain(r->lang, MSG_KNOW_FAULT_NO_LAW);
	part_register(&r->out, &p);
	return OK;
}

/* --- On a dossier --- */

void know_facts(struct req *r, const struct dossier *d, struct kvs *out)
{
	if (d->kind != &disclosure_kind)
		return;
	const struct disclosure *x = d->data;
	const struct disclosure_matter *m = law_matter(r->tx.office->law, x->matter);
	if (m)
		out->at[out->n++] = (struct kv){
			.label = msg_plain(r->lang, MSG_KNOW_BASIS),
			.value = citation_words(r->mem, &m->cite, r->lang == LANG_EN),
		};
}

static void add_photos(struct req *r, const struct dossier *d, struct str what, struct date on,
		       const struct file_refs *files, struct evidence_part *p)
{
	for (size_t i = 0; i < files->n; i++) {
		struct buf caption = { .a = r->mem }, size = { .a = r->mem };
		const struct file_ref *f = &files->at[i];
		if (!str_starts(f->type, S("image/")))
			continue;
		msg_know_photo(&caption, r->lang, what, on);
		msg_know_photo_size(&size, r->lang, (f->size + 1023) / 1024);
		struct url whole = file_url(r, d, f);
		p->photos.at[p->photos.n++] = (struct photo){
			.whole = whole,
			.thumb = url_with(r->mem, whole, S("co"), S("nho")),
			.caption = buf_str(&caption),
			.size = buf_str(&size),
		};
	}
}

static void fill_photos(struct req *r, const struct dossier *d, struct evidence_part *p)
{
	size_t n = 0;
	const struct line_kind *kinds = d->kind->lines;
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct line *l = &d->lines.at[i];
		n += l->kind == &kinds[LINE_POSTING]     ? ((struct posting *)l->data)->photos.n
		     : l->kind == &kinds[LINE_BROADCAST] ? ((struct broadcast *)l->data)->photos.n
							 : ((struct form_used *)l->data)->photos.n;
	}
	p->photos.at = arena_get_n(r->mem, n, sizeof *p->photos.at);
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct line *l = &d->lines.at[i];
		if (l->kind == &kinds[LINE_POSTING]) {
			const struct posting *x = l->data;
			add_photos(r, d, x->place, date_is_set(x->seen_on) ? x->seen_on : x->from,
				   &x->photos, p);
		} else if (l->kind == &kinds[LINE_BROADCAST]) {
			const struct broadcast *x = l->data;
			add_photos(r, d, msg_plain(r->lang, MSG_KNOW_LINE_BROADCAST), x->from,
				   &x->photos, p);
		} else {
			const struct form_used *x = l->data;
			add_photos(r, d, msg_plain(r->lang, MSG_KNOW_LINE_FORM), x->on, &x->photos,
				   p);
		}
	}
}

/* The run that will be over first says how far the posting has come. */
static void fill_run(struct req *r, const struct dossier *d, struct evidence_part *p)
{
	const struct duty *run = NULL;
	struct date today = tx_today(&r->tx);
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (y->state == DUTY_OPEN && y->line && (!run || date_cmp(y->due, run->due) < 0))
			run = y;
	}
	if (!run)
		return;
	const struct posting *sheet = d->lines.at[run->line - 1].data;
	int64_t all = run->due.days - run->from.days, done = today.days - run->from.days;
	struct buf b = { .a = r->mem };
	done = done < 0 ? 0 : done > all ? all : done;
	msg_know_run(&b, r->lang, sheet->place, done, all, run->due);
	p->run = buf_str(&b);
	p->percent = all ? done * 100 / all : 0;
}

static struct str form_words(struct req *r, struct str code)
{
	const struct law *law = r->tx.office->law;
	for (size_t i = 0; i < law->disclosure_forms.n; i++) {
		const struct disclosure_form *f = &law->disclosure_forms.at[i];
		if (str_eq(f->code, code))
			return r->lang == LANG_EN ? f->title_en : f->title_vi;
	}
	return code;
}

/* What is still to be done before the duty to publish is met: "late" alone tells nobody what to do. */
static void fill_owed(struct req *r, const struct dossier *d, struct evidence_part *p)
{
	const struct disclosure *x = d->data;
	struct buf forms = { .a = r->mem }, text = { .a = r->mem };
	bool open = false;
	for (size_t i = 0; i < d->duties.n; i++)
		open |= d->duties.at[i].state == DUTY_OPEN &&
			str_ends(d->duties.at[i].rule, S(".publish"));
	for (size_t i = 0; open && i < x->owed.n; i++) {
		if (date_is_set(disclosure_form_used_on(d, x->owed.at[i])))
			continue;
		if (forms.len)
			buf_put(&forms, S("; "));
		buf_put(&forms, form_words(r, x->owed.at[i]));
	}
	if (forms.len && x->any_form)
		msg_know_left_any(&text, r->lang, buf_str(&forms));
	else if (forms.len)
		msg_know_left(&text, r->lang, buf_str(&forms));
	p->owed = buf_str(&text);
}

enum err know_on_dossier(struct req *r, const struct dossier *d)
{
	struct evidence_part p = { 0 };
	if (d->kind != &disclosure_kind || dossier_visibility(d) != VISIBLE_PUBLIC)
		return OK;
	if (d->state == EDITORIAL_PUBLISHED)
		fill_owed(r, d, &p);
	fill_photos(r, d, &p);
	fill_run(r, d, &p);
	part_evidence(&r->out, &p);
	return OK;
}

enum err know_on_dossier_side(struct req *r, const struct dossier *d)
{
	if (d->kind != &disclosure_kind || d->state != EDITORIAL_PUBLISHED)
		return OK;
	struct links ways = { NEW_N(r->mem, struct link, 2), 0 };
	ways.at[ways.n++] = (struct link){ .text = msg_plain(r->lang, MSG_KNOW_PRINT),
					   .url = req_url(r, "/ho-so/%s/niem-yet", d->code) };
	ways.at[ways.n++] = (struct link){ .text = msg_plain(r->lang, MSG_KNOW_ALOUD),
					   .url = req_url(r, "/ho-so/%s/doc-loa", d->code) };
	part_papers(&r->out, &(struct papers_part){ msg_plain(r->lang, MSG_KNOW_WAYS), ways });
	return OK;
}

static enum err public_disclosure(struct req *r, struct dossier **out)
{
	enum err e = dossier_asked(r, out);
	if (e)
		return e;
	bool right = (*out)->kind == &disclosure_kind && gate_may_see_content(&r->tx, *out) &&
		     (*out)->state == EDITORIAL_PUBLISHED;
	return right ? OK : ERR_NOT_FOUND;
}

enum err notice_show(struct req *r)
{
	struct dossier *d;
	struct paper p;
	struct buf number = { .a = r->mem }, until = { .a = r->mem };
	enum err e = public_disclosure(r, &d);
	if (e || (e = paper_begin(r, d, MSG_KNOW_NOTICE, 0, &p)) ||
	    (e = paper_dated(r, d, d->shown_on, &p)))
		return e;
	const struct disclosure *x = d->data;
	p.head = msg_plain(r->lang, MSG_KNOW_NOTICE_HEAD);
	p.title = x->title;
	if (x->number.len)
		msg_know_of_document(&number, r->lang, x->number, x->issued_on);
	p.lede = buf_str(&number);
	if (x->posting_days > 0)
		msg_know_posting_least(&until, r->lang, x->posting_days);
	p.close = buf_str(&until);
	markdown_html(r->mem, x->body, &p.body);
	p.right = p.body_name;
	if ((e = disclosure_names(&r->tx, d, &p.names)) || (e = paper_checked(r, d, NULL, &p)))
		return e;
	page_paper(&r->out, &p);
	return OK;
}

enum err aloud_show(struct req *r)
{
	struct dossier *d;
	struct aloud_page p = { .title = msg_plain(r->lang, MSG_KNOW_ALOUD) };
	enum err e = public_disclosure(r, &d);
	if (e)
		return e;
	const struct disclosure *x = d->data;
	struct str text = readaloud(r->mem, x->title, markdown_text(r->mem, x->body)), line;
	p.frame = req_frame(r, p.title, DOOR_KNOW);
	p.back = (struct link){ .text = x->title, .url = dossier_url(r, d->code) };
	size_t n = 1;
	for (size_t i = 0; i < text.len; i++)
		n += text.at[i] == '\n';
	p.sentences.at = NEW_N(r->mem, struct str, n);
	while (str_next(&text, '\n', &line))
		if (line.len)
			p.sentences.at[p.sentences.n++] = line;
	page_aloud(&r->out, &p);
	return OK;
}
