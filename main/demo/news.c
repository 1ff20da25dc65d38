/* Who publishes news, when, and by which steps. Nothing of it depends on the disclosures' streams, and
 * nothing of theirs on these. */
#include "main/demo/news.h"

#include "main/demo/fill.h"
#include "main/demo/pen.h"
#include "modules/know/article.h"
#include "modules/know/clarification.h"
#include "office/gate.h"
#include "office/person.h"
#include "office/step.h"

enum { PAPERS_MOST = 420 };

/* The steps, in the order in which they can come: `arg` of an entry. */
enum news_step { RECORD, SUBMIT, PUBLISH, CORRECT, WITHDRAW, TAKE_DOWN };

/* --- Who publishes --- */

static struct demo_paper *paper_of(const struct demo *d, int64_t unit)
{
	for (int i = 0; i < d->paper_count; i++)
		if (d->papers[i].unit.id == unit)
			return &d->papers[i];
	return NULL;
}

static struct demo_paper *paper_new(struct demo *d, const struct unit *u)
{
	struct demo_paper *p = &d->papers[d->paper_count++];
	*p = (struct demo_paper){ .unit = *u, .camera = u->level == LEVEL_PROVINCE };
	p->facts = (struct demo_facts){ .title = unit_title(d->mem, u, LANG_VI),
					.place = u->name,
					.code = u->code };
	return p;
}

static enum err hire(struct demo *d, struct tx *tx, struct demo_paper *p, int no, enum role role,
		     struct member *out)
{
	struct rng rng;
	struct date first = date_year_start(DEMO_YEAR);
	struct appointment_new n = {
		.unit = p->unit.id, .role = role, .field = S(""), .from = first, .to = NO_DATE
	};
	int64_t id;
	demo_stream(d, str_printf(d->mem, "news people %.*s", STR_ARG(p->unit.code)), &rng);
	struct str name = str_of(demo_person(d->mem, &rng, p->unit.code, no));
	enum err e = person_add(tx, name, p->unit.id, true, &n.person);
	if (e || (e = appointment_make(tx, &n, &id)))
		return e;
	return member_load(tx, n.person, out);
}

/* Those above a commune, each once. */
static enum err settle_above(struct demo *d, struct tx *tx, int64_t unit)
{
	struct unit_list path;
	enum err e = unit_path(tx, unit, date_year_start(DEMO_YEAR), &path);
	for (size_t i = 0; !e && i < path.n; i++) {
		const struct unit *u = &path.at[i];
		if (u->level >= LEVEL_COMMUNE || paper_of(d, u->id))
			continue;
		struct demo_paper *p = paper_new(d, u);
		e = hire(d, tx, p, 21, CLERK, &p->clerk);
		if (!e)
			e = hire(d, tx, p, 22, LEADER, &p->leader);
	}
	return e;
}

enum err demo_settle_papers(struct demo *d, struct tx *tx, int64_t root)
{
	enum err e = OK;
	d->papers = NEW_N(d->mem, struct demo_paper, PAPERS_MOST);
	e = settle_above(d, tx, root);
	for (int i = 0; !e && i < d->unit_count; i++) {
		const struct demo_unit *u = &d->units[i];
		if (!u->commune || (e = settle_above(d, tx, u->unit.id)))
			continue;
		struct demo_paper *p = paper_new(d, &u->unit);
		p->facts = u->facts;
		p->commune = u;
		p->camera = u->camera;
	}
	return e;
}

const struct demo_paper *demo_paper_at(const struct demo *d, int64_t unit)
{
	for (int i = 0; i < d->paper_count; i++)
		if (d->papers[i].unit.id == unit)
			return &d->papers[i];
	return NULL;
}

const struct member *demo_official(const struct demo *d, int64_t unit, bool leads, struct date day)
{
	const struct demo_paper *p = demo_paper_at(d, unit);
	if (!p)
		return NULL;
	if (p->commune)
		return leads ? demo_leader_on(p->commune, day) : &p->commune->clerk;
	return leads ? &p->leader : &p->clerk;
}

/* --- What will be published --- */

static struct demo_news *news_new(struct pen *p, const struct demo_tale *tale)
{
	struct demo *d = p->d;
	d->news = demo_room(d, d->news, d->news_count, &d->news_cap, sizeof *d->news);
	struct demo_news *n = &d->news[d->news_count++];
	*n = (struct demo_news){ .paper = p->paper, .tale = tale };
	return n;
}

static void enter(struct pen *p, struct date day, int minute, enum news_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = DEED_NEWS,
					       .item = p->d->news_count - 1,
					       .arg = (int)step,
					       .on = NO_DATE });
}

/* The text is drawn with the tale, so that it is the same however the days fall. */
static struct demo_news *tell(struct pen *p, const struct demo_tale *tale, struct date day)
{
	struct demo_news *n = news_new(p, tale);
	struct demo_paper *paper = &p->d->papers[p->paper];
	n->place = paper->facts.place;
	n->text = (struct demo_text){ .mem = p->d->mem,
				      .rng = p->rng,
				      .unit = &paper->facts,
				      .day = day,
				      .body = { .a = p->d->mem },
				      .names = { .a = p->d->mem } };
	tale->write(n);
	return n;
}

static void write_one(struct pen *p, const struct demo_tale *tale, bool claim)
{
	struct date from = day_of(tale->from_month, tale->from_day);
	struct date to = day_of(tale->to_month, tale->to_day);
	struct date day = working(p, date_add(from, draw(p, 0, to.days - from.days)));
	const struct demo_news *n = tell(p, tale, day);
	struct date shown = working(p, date_add(day, draw(p, 0, 1)));
	enter(p, day, 8 * HOUR + draw(p, 0, 150), RECORD);
	enter(p, day, 11 * HOUR + draw(p, 0, 25), SUBMIT);
	enter(p, shown, 13 * HOUR + draw(p, 31, 200), PUBLISH);
	int fate = draw(p, 1, 100);
	int later = n->later.len ? draw(p, 4, 12) : draw(p, 1, 5);
	struct date again = working(p, date_add(shown, later));
	if (n->later.len || (!claim && fate <= 4))
		enter(p, again, 9 * HOUR + draw(p, 0, 120), CORRECT);
	else if (!claim && fate == 5)
		enter(p, again, 15 * HOUR + draw(p, 0, 60), WITHDRAW);
}

/* So many different tales of a table that this unit could tell. */
static void write_some(struct pen *p, const struct demo_tale *tales, int most, bool claim)
{
	const struct demo_tale *could[32];
	size_t n = 0;
	for (const struct demo_tale *t = tales; t->write && n < LENGTH(could); t++)
		if (t->level == p->d->papers[p->paper].unit.level)
			could[n++] = t;
	for (; most > 0 && n; most--) {
		size_t which = rng_below(p->rng, n);
		write_one(p, could[which], claim);
		could[which] = could[--n];
	}
}

/* Nobody may forget it: it is what the last day of the simulation is for. */
static void write_conference(struct pen *p)
{
	struct date day = instant_date(p->d->end);
	tell(p, &demo_conference, day);
	enter(p, day, 15 * HOUR + 40, RECORD);
	enter(p, day, 16 * HOUR + 5, SUBMIT);
	enter(p, day, 16 * HOUR + 35, PUBLISH);
}

/* One article went up that should not have: of some commune, in the middle of the year. */
static void write_takedown(struct pen *p)
{
	struct demo *d = p->d;
	for (int i = d->entry_count / 2; i < d->entry_count; i++) {
		const struct demo_entry e = d->diary[i];
		if (e.deed != DEED_NEWS || e.arg != PUBLISH || d->news[e.item].claim.len ||
		    !d->papers[d->news[e.item].paper].commune)
			continue;
		demo_enter(d, &(struct demo_entry){ .day = e.day,
						    .minute = 17 * HOUR + 20,
						    .deed = DEED_NEWS,
						    .item = e.item,
						    .arg = TAKE_DOWN,
						    .on = NO_DATE });
		return;
	}
}

void demo_write_news(struct demo *d)
{
	struct rng rng;
	struct pen p = { .d = d, .calendar = d->home->office.calendar, .rng = &rng };
	for (p.paper = 0; p.paper < d->paper_count; p.paper++) {
		const struct demo_paper *paper = &d->papers[p.paper];
		demo_stream(d, str_printf(d->mem, "news %.*s", STR_ARG(paper->unit.code)), &rng);
		bool commune = paper->commune != NULL;
		write_some(&p, demo_tales, commune ? draw(&p, 3, 6) : 3, false);
		int claims = draw(&p, 0, 19);
		bool first = paper->commune == d->units; /* a small demonstration has one too */
		write_some(&p, demo_claims, claims < 9 ? first : claims < 17 ? 1 : 2, true);
		if (paper->unit.level == LEVEL_PROVINCE)
			write_conference(&p);
	}
	write_takedown(&p);
}

bool demo_publishes_news(const struct demo_entry *entry)
{
	return entry->deed == DEED_NEWS && entry->arg == PUBLISH;
}

/* --- Its steps --- */

static enum err add_photo(struct demo *d, struct tx *tx, const struct demo_news *n,
			  struct article *x)
{
	struct str jpeg, why = S(""), code = d->papers[n->paper].unit.code;
	struct file_refs photos = { NEW(tx->mem, struct file_ref), 1 };
	struct rng hand;
	if (!d->papers[n->paper].camera || n->tale->scene == SCENE_NONE)
		return OK;
	demo_stream(d, str_printf(tx->mem, "news photo %.*s %d", STR_ARG(code), (int)(n - d->news)),
		    &hand);
	enum err e = demo_photo_scene(tx->mem, &hand, n->tale->scene, n->text.day, &jpeg);
	if (!e)
		e = demo_photo_keep(tx->mem, d->home->office.files, jpeg, S("anh-tin.jpg"),
				    photos.at, &why);
	if (e)
		return tx_fail(tx, e, "a photograph: %.*s", STR_ARG(why));
	x->photos = photos;
	x->captions = n->tale->scene == SCENE_MEETING
			      ? S("Quang cảnh buổi họp (hình vẽ minh họa) | dữ liệu minh họa")
			      : S("Tuyến đường trong thôn (hình vẽ minh họa) | dữ liệu minh họa");
	return OK;
}

/* The newest thing that the unit has disclosed so far: news of a commune lead to figures. */
static enum err add_source(struct demo *d, struct tx *tx, const struct demo_news *n,
			   struct article *x)
{
	const struct demo_unit *u = d->papers[n->paper].commune;
	enum err e = OK;
	for (int i = d->item_count; u && i > 0; i--) {
		const struct demo_item *item = &d->items[i - 1];
		struct dossier *made;
		if (&d->units[item->unit] != u || !item->dossier)
			continue;
		if ((e = dossier_load(tx, item->dossier, &made)))
			return e;
		if (made->state != EDITORIAL_PUBLISHED)
			continue;
		x->sources = made->code;
		x->body = str_printf(tx->mem,
				     "%.*s\nSố liệu đầy đủ: [nội dung đã công khai](%.*s).\n",
				     STR_ARG(x->body), STR_ARG(made->code));
		return OK;
	}
	return e;
}

static enum err fill_article(struct demo *d, struct tx *tx, const struct demo_news *n,
			     struct article *x)
{
	const struct demo_paper *paper = &d->papers[n->paper];
	*x = (struct article){
		.title = n->text.title,
		.lead = n->lead,
		.body = buf_str(&n->text.body),
		.byline = paper->commune ? str_printf(tx->mem, "Văn phòng UBND %.*s",
						      STR_ARG(paper->facts.title))
					 : str_printf(tx->mem, "Ban Chỉ đạo QCDC %.*s",
						      STR_ARG(paper->facts.title)),
		.place = n->place,
	};
	enum err e = add_photo(d, tx, n, x);
	return e ? e : add_source(d, tx, n, x);
}

static void fill_answer(const struct demo_news *n, struct clarification *x)
{
	*x = (struct clarification){
		.title = n->text.title,
		.claim = n->claim,
		.place = n->where,
		.since = date_add(n->text.day, -2),
		.verdict = n->verdict,
		.body = buf_str(&n->text.body),
	};
}

static enum err record(struct demo *d, struct tx *tx, struct demo_news *n)
{
	const struct kind *kind = n->claim.len ? &clarification_kind : &article_kind;
	struct step_input in = { .on = NO_DATE };
	struct demo_form f = demo_form_of(tx, kind, "record");
	struct dossier *made;
	enum err e = OK;
	if (n->claim.len)
		fill_answer(n, f.at);
	else
		e = fill_article(d, tx, n, f.at);
	if (e || (e = demo_open(d, tx, kind, d->papers[n->paper].unit.id, &f, &in, &made)))
		return e;
	n->dossier = made->id;
	return OK;
}

/* A correction says the content again, with what was wrong in it mended. */
static void fill_correction(struct tx *tx, const struct demo_news *n, const struct dossier *x,
			    void *form)
{
	fields_copy(x->kind->fields, x->data, form);
	if (!n->claim.len) {
		struct article *a = form;
		a->body = str_printf(tx->mem, "%.*s\n*Đính chính: bản trước ghi nhầm ngày.*\n",
				     STR_ARG(a->body));
		a->reason = S("Bản trước ghi nhầm ngày diễn ra.");
		return;
	}
	struct clarification *c = form;
	c->verdict = n->later_verdict;
	c->body = n->later;
	c->reason = S("Đã xác minh xong.");
}

static enum err step(struct demo *d, struct tx *tx, const struct demo_news *n, enum news_step which)
{
	static const char *const names[] = { [SUBMIT] = "submit",
					     [PUBLISH] = "publish",
					     [CORRECT] = "correct",
					     [WITHDRAW] = "withdraw",
					     [TAKE_DOWN] = "take_down" };
	struct step_input in = { .on = NO_DATE };
	struct dossier *x;
	enum err e = dossier_load(tx, n->dossier, &x);
	if (e)
		return e;
	struct demo_form f = demo_form_of(tx, x->kind, names[which]);
	if (!(f.step->from & x->state))
		return OK;
	for (const struct field *y = f.step->form; which == SUBMIT && y->type; y++)
		if (y->type == FIELD_BOOL)
			*field_bool(y, f.at) = true;
	if (which == CORRECT)
		fill_correction(tx, n, x, f.at);
	if (which == WITHDRAW)
		demo_text(&f, "reason", S("Bài trùng với bài đã đăng trước đó."));
	if (which == TAKE_DOWN)
		demo_text(&f, "ground", S("personal"));
	return demo_step(d, tx, x, &f, &in);
}

enum err demo_take_news(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_news *n = &d->news[entry->item];
	const struct demo_paper *p = &d->papers[n->paper];
	enum news_step which = (enum news_step)entry->arg;
	bool leads = which == PUBLISH || which == CORRECT || which == WITHDRAW;
	const struct member *clerk = p->commune ? &p->commune->clerk : &p->clerk;
	const struct member *leader =
		p->commune ? demo_leader_on(p->commune, entry->day) : &p->leader;
	tx->who = leads ? leader : clerk;
	if (which == RECORD)
		return record(d, tx, n);
	return n->dossier ? step(d, tx, n, which) : OK;
}
