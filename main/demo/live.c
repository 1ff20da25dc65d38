/* Day by day: first the calendar, as a server does after midnight, then the diary. Every entry is one
 * step of a member with the rights that member has; some hundreds of acts share a commit. */
#include "main/demo/demo.h"

#include "ledger/log.h"
#include "main/demo/boards.h"
#include "main/demo/criticisms.h"
#include "main/demo/denunciations.h"
#include "main/demo/documents.h"
#include "main/demo/fill.h"
#include "main/demo/news.h"
#include "main/demo/openings.h"
#include "main/demo/people.h"
#include "main/demo/requests.h"
#include "main/demo/talks.h"
#include "main/demo/voices.h"
#include "modules/know/disclosure.h"
#include "modules/know/plan.h"
#include "office/daily.h"
#include "office/person.h"

enum { BATCH = 400 };

const char *const demo_forms[] = {
	[DEMO_FORM_HEADS] = "TRUONGTHON",
	[DEMO_FORM_INTERNAL] = "NOIBO",
	[DEMO_FORM_MEETING] = "HOP",
	[DEMO_FORM_LETTER] = "VANBAN",
};

/* On a day before it is written down, when one is given: then from paper. */
static enum err take(struct demo *d, struct tx *tx, struct dossier *x, const struct demo_form *f,
		     struct date on)
{
	struct step_input in = { .on = on,
				 .channel = date_is_set(on) ? CHANNEL_PAPER : CHANNEL_WEB };
	return demo_step(d, tx, x, f, &in);
}

/* Some sheets are photographed, torn ones always. Which, and what is to be seen, comes from streams of
 * its own: no unit's year depends on its pictures. */
static enum err add_photo(struct demo *d, struct tx *tx, const struct demo_entry *entry,
			  struct demo_form *f)
{
	struct demo_unit *u = &d->units[entry->unit];
	bool torn = entry->deed == DEED_TORN;
	struct date day = date_is_set(entry->on) ? entry->on : entry->day;
	struct rng wall, hand;
	struct str jpeg, why = S("");
	demo_stream(d, str_printf(tx->mem, "wall %.*s %d", STR_ARG(u->unit.code), entry->arg),
		    &wall);
	demo_stream(d,
		    str_printf(tx->mem, "photo %.*s %d %d %d", STR_ARG(u->unit.code), entry->item,
			       entry->arg, entry->deed),
		    &hand);
	if (!u->camera || (!torn && rng_below(&hand, 5) > 1))
		return OK;
	struct file_refs photos = { NEW(tx->mem, struct file_ref), 1 };
	struct ymd c = date_ymd(day);
	struct str name = str_printf(tx->mem, "bang-tin-%04d%02d%02d-%d.jpg", c.year, c.month,
				     c.day, entry->arg + 1);
	enum err e = demo_photo(tx->mem, &wall, &hand, torn, day, &jpeg);
	if (!e)
		e = demo_photo_keep(tx->mem, d->home->office.files, jpeg, name, photos.at, &why);
	if (e)
		return tx_fail(tx, e, "a photograph: %.*s", STR_ARG(why));
	demo_files(f, "photos", photos);
	return OK;
}

/* --- Steps --- */

static enum err issue_plan(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_unit *u = &d->units[entry->unit];
	struct step_input in = { .on = NO_DATE };
	struct demo_form f = demo_form_of(tx, &plan_kind, "issue");
	struct dossier *made;
	demo_text(&f, "title",
		  str_printf(tx->mem, "Kế hoạch công khai năm %d của %.*s", entry->arg,
			     STR_ARG(u->facts.title)));
	demo_text(&f, "year", str_printf(tx->mem, "%d", entry->arg));
	return demo_open(d, tx, &plan_kind, u->unit.id, &f, &in, &made);
}

static void fill_content(struct disclosure *x, const struct demo_item *item)
{
	*x = (struct disclosure){
		.matter = str_of(item->story->matter),
		.title = item->text.title,
		.body = buf_str(&item->text.body),
		.number = item->text.number,
		.issuer = item->text.issuer,
		.issued_on = item->text.day,
		.names = buf_str(&item->text.names),
	};
}

static enum err record(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_item *item = &d->items[entry->item];
	struct step_input in = { .on = NO_DATE };
	struct demo_form f = demo_form_of(tx, &disclosure_kind, "record");
	struct dossier *made;
	fill_content(f.at, item);
	d->disclosures++;
	enum err e =
		demo_open(d, tx, &disclosure_kind, d->units[entry->unit].unit.id, &f, &in, &made);
	if (!e)
		item->dossier = made->id;
	return e;
}

/* The sheet that hangs at a place now, as the number of its line; 0: none. */
static int sheet_at(const struct dossier *x, struct str place)
{
	for (size_t i = 0; i < x->lines.n; i++) {
		const struct line *l = &x->lines.at[i];
		if (l->kind == &x->kind->lines[LINE_POSTING] && l->state == POSTING_HANGS &&
		    str_eq(((const struct posting *)l->data)->place, place))
			return l->no;
	}
	return 0;
}

static bool run_is_over(const struct dossier *x, int sheet)
{
	for (size_t i = 0; i < x->duties.n; i++)
		if (x->duties.at[i].line == sheet && x->duties.at[i].state == DUTY_OPEN)
			return false;
	return true;
}

static enum err about_sheet(struct demo *d, struct tx *tx, struct dossier *x,
			    const struct demo_entry *entry)
{
	static const char *const steps[] = {
		[DEED_SEEN] = "seen", [DEED_TORN] = "torn", [DEED_UNPOST] = "unpost"
	};
	struct str place = d->units[entry->unit].places[entry->arg];
	int sheet = sheet_at(x, place);
	if (!sheet || (entry->deed == DEED_UNPOST && !run_is_over(x, sheet)))
		return OK;
	struct demo_form f = demo_form_of(tx, x->kind, steps[entry->deed]);
	demo_text(&f, "sheet", str_printf(tx->mem, "%d", sheet));
	if (entry->deed == DEED_TORN)
		demo_date(&f, "again", entry->day);
	enum err e = entry->deed == DEED_UNPOST ? OK : add_photo(d, tx, entry, &f);
	return e ? e : take(d, tx, x, &f, entry->on);
}

/* Who told the office of the mistake: some corrections name him and his telephone, which they should not. */
struct teller {
	struct str name, phone; /* "": nobody is named */
};

static struct teller teller_of(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct str code = d->units[entry->unit].unit.code;
	struct rng rng;
	demo_stream(d, str_printf(tx->mem, "teller %.*s %d", STR_ARG(code), entry->item), &rng);
	if (rng_below(&rng, 3))
		return (struct teller){ S(""), S("") };
	return (struct teller){
		.name = str_of(demo_person(tx->mem, &rng, code, 4)),
		.phone = str_printf(tx->mem, "0912 %03d %03d", (int)rng_below(&rng, 1000),
				    (int)rng_below(&rng, 1000)),
	};
}

/* The same day, when somebody points it out. */
static enum err redact(struct demo *d, struct tx *tx, struct dossier *x, const struct teller *who)
{
	struct demo_form f = demo_form_of(tx, x->kind, "redact");
	demo_text(&f, "passages",
		  str_printf(tx->mem, "%.*s\n%.*s", STR_ARG(who->name), STR_ARG(who->phone)));
	demo_text(&f, "redaction_ground", S("personal"));
	demo_text(&f, "redaction_note",
		  S("Nêu họ tên, số điện thoại của người phản ánh khi chưa được đồng ý."));
	demo_tick(&f, "reviewed");
	return take(d, tx, x, &f, NO_DATE);
}

static enum err correct(struct demo *d, struct tx *tx, struct dossier *x,
			const struct demo_entry *entry)
{
	struct demo_form f = demo_form_of(tx, x->kind, "correct");
	const struct disclosure *was = x->data;
	struct teller who = teller_of(d, tx, entry);
	struct str names;
	struct buf body = { .a = tx->mem };
	enum err e = disclosure_names(tx, x, &names);
	buf_put(&body, was->body);
	buf_put(&body, S("\n*Đính chính: số liệu đã được rà soát lại, các tổng không đổi.*\n"));
	if (who.name.len)
		buf_printf(&body, "\nNgười phản ánh: %.*s, điện thoại %.*s.\n", STR_ARG(who.name),
			   STR_ARG(who.phone));
	demo_text(&f, "title", was->title);
	demo_text(&f, "body", buf_str(&body));
	demo_text(&f, "number", was->number);
	demo_text(&f, "names", names);
	demo_text(&f, "reason", S("Sửa lỗi đánh máy khi nhập văn bản."));
	if (e || (e = take(d, tx, x, &f, NO_DATE)))
		return e;
	return who.name.len ? redact(d, tx, x, &who) : OK;
}

static enum err simple_step(struct demo *d, struct tx *tx, struct dossier *x,
			    const struct demo_entry *entry)
{
	struct demo_form f;
	enum err e = OK;
	switch (entry->deed) {
	case DEED_SUBMIT:
		f = demo_form_of(tx, x->kind, "submit");
		demo_tick(&f, "no_secret");
		demo_tick(&f, "names_lawful");
		break;
	case DEED_RETURN:
		f = demo_form_of(tx, x->kind, "return");
		demo_text(&f, "reason", S("Ghi rõ thêm số, ngày văn bản."));
		break;
	case DEED_EDIT:
		f = demo_form_of(tx, x->kind, "edit");
		fill_content(f.at, &d->items[entry->item]);
		break;
	case DEED_PUBLISH:
		f = demo_form_of(tx, x->kind, "publish");
		break;
	case DEED_BROADCAST:
		f = demo_form_of(tx, x->kind, "broadcast");
		demo_number(&f, "days", entry->arg);
		demo_number(&f, "times", 2);
		break;
	case DEED_USE_FORM:
		f = demo_form_of(tx, x->kind, "use_form");
		demo_text(&f, "form", str_of(demo_forms[entry->arg]));
		break;
	case DEED_POST:
		if (sheet_at(x, d->units[entry->unit].places[entry->arg]))
			return OK;
		f = demo_form_of(tx, x->kind, "post");
		demo_text(&f, "place", d->units[entry->unit].places[entry->arg]);
		e = add_photo(d, tx, entry, &f);
		break;
	case DEED_WITHDRAW:
		f = demo_form_of(tx, x->kind, "withdraw");
		demo_text(&f, "reason", S("Văn bản đã được thay thế bằng văn bản mới."));
		break;
	default: /* DEED_TAKE_DOWN */
		f = demo_form_of(tx, x->kind, "take_down");
		demo_text(&f, "ground", S("personal"));
		demo_text(&f, "detail",
			  S("Danh sách có thông tin cá nhân chưa được phép công khai."));
	}
	return e ? e : take(d, tx, x, &f, entry->on);
}

/* A leader signs that nothing arose under a matter, for the oldest period that still waits. */
static enum err sign_nil(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct str matter = str_of(d->items[entry->item].story->matter);
	struct dossier *plan;
	enum err e = plan_find(tx, d->units[entry->unit].unit.id, DEMO_YEAR, &plan);
	if (e)
		return e;
	for (size_t i = 0; i < plan->duties.n; i++) {
		const struct duty *y = &plan->duties.at[i];
		if (y->state != DUTY_OPEN || !str_starts(y->about, matter) ||
		    date_cmp(y->from, entry->day) > 0)
			continue;
		struct demo_form f = demo_form_of(tx, plan->kind, "nil");
		demo_text(&f, "about", y->about);
		demo_text(&f, "reason", S("Trong kỳ không phát sinh nội dung phải công khai."));
		return take(d, tx, plan, &f, NO_DATE);
	}
	return OK;
}

/* The deputy is given the leader's office for those days, and acts on his behalf. */
static enum err go_away(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_unit *u = &d->units[entry->unit];
	struct appointment_new n = { .substitute_of = u->leader.at[0].id,
				     .from = entry->day,
				     .to = date_add(entry->day, entry->arg) };
	struct arena *one = tx->mem;
	struct rng rng;
	int64_t id;
	demo_stream(d, str_printf(one, "deputy %.*s", STR_ARG(u->unit.code)), &rng);
	struct str name = str_of(demo_person(one, &rng, u->unit.code, 3));
	tx->who = &home_system;
	enum err e = person_add(tx, name, u->unit.id, true, &n.person);
	if (!e)
		e = appointment_make(tx, &n, &id);
	tx->mem = d->mem; /* the member lasts longer than this entry */
	if (!e)
		e = member_load(tx, n.person, &u->deputy);
	tx->mem = one;
	u->away_from = n.from;
	u->away_to = n.to;
	return e;
}

const struct member *demo_leader_on(const struct demo_unit *u, struct date day)
{
	bool away =
		u->deputy.n && date_cmp(u->away_from, day) <= 0 && date_cmp(day, u->away_to) <= 0;
	return away ? &u->deputy : &u->leader;
}

static bool in_time(const struct dossier *x, enum demo_deed deed)
{
	static const unsigned from[] = {
		[DEED_SUBMIT] = EDITORIAL_RECORDED,
		[DEED_RETURN] = EDITORIAL_SUBMITTED,
		[DEED_EDIT] = EDITORIAL_RECORDED,
		[DEED_PUBLISH] = EDITORIAL_SUBMITTED,
		[DEED_UNPOST] = EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN,
		[DEED_NIL] = 0,
	};
	return x->state & (from[deed] ? from[deed] : EDITORIAL_PUBLISHED);
}

/* Whatever is not a disclosure's. */
static enum err (*const takers[])(struct demo *d, struct tx *tx, const struct demo_entry *entry) = {
	[DEED_AWAY] = go_away,
	[DEED_NEWS] = demo_take_news,
	[DEED_VOICE] = demo_take_voice,
	[DEED_DOCUMENT] = demo_take_document,
	[DEED_REQUEST] = demo_take_request,
	[DEED_RECEPTION] = demo_take_reception,
	[DEED_VISIT] = demo_take_visit,
	[DEED_PETITION] = demo_take_petition,
	[DEED_TALK] = demo_take_talk,
	[DEED_BOARD] = demo_take_board,
	[DEED_CRITICISM] = demo_take_criticism,
	[DEED_DENUNCIATION] = demo_take_denunciation,
	[DEED_OPENING] = demo_take_opening,
};

enum err demo_take(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_unit *u = &d->units[entry->unit];
	struct dossier *x;
	bool leads = entry->deed == DEED_PLAN || entry->deed == DEED_RETURN ||
		     entry->deed == DEED_PUBLISH || entry->deed == DEED_CORRECT ||
		     entry->deed == DEED_WITHDRAW || entry->deed == DEED_NIL;
	if (entry->deed < LENGTH(takers) && takers[entry->deed])
		return takers[entry->deed](d, tx, entry);
	tx->who = leads ? demo_leader_on(u, entry->day) : &u->clerk;
	if (entry->deed == DEED_PLAN)
		return issue_plan(d, tx, entry);
	if (entry->deed == DEED_NIL)
		return sign_nil(d, tx, entry);
	if (entry->deed == DEED_RECORD)
		return record(d, tx, entry);
	if (!d->items[entry->item].dossier)
		return OK;
	enum err e = dossier_load(tx, d->items[entry->item].dossier, &x);
	if (e || !in_time(x, entry->deed))
		return e;
	switch (entry->deed) {
	case DEED_SEEN:
	case DEED_TORN:
	case DEED_UNPOST:
		return about_sheet(d, tx, x, entry);
	case DEED_CORRECT:
		return correct(d, tx, x, entry);
	default:
		return simple_step(d, tx, x, entry);
	}
}

/* --- Time --- */

struct life {
	struct demo *d;
	struct tx tx;
	struct arena *batch; /* of the transaction */
	struct arena *one;   /* of an act */
	struct rng rng;      /* codes and salts */
	int64_t since;       /* acts in this transaction */
	bool open;
};

static enum err begin(struct life *l, struct instant now)
{
	if (!l->open) {
		enum err e = home_begin(l->d->home, &l->tx, l->batch, DB_WRITE);
		if (e)
			return e;
		l->open = true;
		l->since = l->d->acts;
		l->tx.rng = &l->rng;
	}
	l->tx.now = now;
	return OK;
}

/* The leaves get their indexes in the same commit. */
static enum err commit(struct life *l)
{
	int64_t given = 0;
	if (!l->open)
		return OK;
	l->tx.mem = l->batch;
	enum err e = tx_end(&l->tx, log_sequence(&l->tx, 1 << 20, &given));
	l->open = false;
	if (!e)
		arena_clear(l->batch);
	return e;
}

static enum err calendar_day(struct life *l, struct date day)
{
	struct daily walk = { 0 };
	enum err e = begin(l, date_instant(day, 5));
	l->tx.mem = l->batch;
	l->tx.who = &home_system;
	do
		if (!e)
			e = daily_run(&l->tx, 500, &walk);
	while (!e && walk.more);
	if (!e && walk.failed)
		return tx_fail(&l->tx, ERR_CORRUPT, "%s", walk.why);
	return e;
}

static enum err live_entry(struct life *l, const struct demo_entry *entry)
{
	/* A second of its own within the minute, so that recorded instants differ. */
	struct instant now = date_instant(entry->day, entry->minute);
	now.ms += entry->serial % 60 * 1000;
	enum err e = begin(l, now);
	if (e)
		return e;
	l->tx.mem = l->one;
	e = demo_take(l->d, &l->tx, entry);
	l->tx.mem = l->batch;
	arena_clear(l->one);
	return e || l->d->acts - l->since < BATCH ? e : commit(l);
}

static enum err live_day(struct life *l, struct date day, int *next)
{
	struct demo *d = l->d;
	enum err e = calendar_day(l, day);
	for (; !e && *next < d->entry_count && date_cmp(d->diary[*next].day, day) <= 0; ++*next) {
		const struct demo_entry *entry = &d->diary[*next];
		if (date_instant(entry->day, entry->minute).ms < d->end.ms)
			e = live_entry(l, entry);
	}
	return e;
}

enum err demo_live(struct demo *d, struct str *why)
{
	struct life l = { .d = d, .batch = arena_new(0), .one = arena_new(0) };
	struct date day = date_year_start(DEMO_YEAR);
	int next = 0;
	enum err e = OK;
	demo_stream(d, S("codes and salts"), &l.rng);
	for (; !e && date_cmp(day, instant_date(d->end)) <= 0; day = date_add(day, 1)) {
		e = live_day(&l, day, &next);
		if (d->progress && !e)
			d->progress(day, d->acts, d->context);
	}
	if (!e)
		e = commit(&l);
	if (e) {
		*why = str_printf(d->mem, "%.*s: %s", STR_ARG(date_iso(d->mem, date_add(day, -1))),
				  l.tx.why);
		if (l.open)
			e = tx_end(&l.tx, e);
	}
	arena_free(l.one);
	arena_free(l.batch);
	return e;
}
