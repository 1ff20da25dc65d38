/* A calendar is never edited: every added day makes another one, in the order of the acts. So the
 * fold can be repeated: it changes calendars between the same two acts as it did the first time. */
#include "office/added_day.h"

#include "office/place.h"
#include "office/step.h"
#include "office/tally.h"

enum { DECLARED = 2 };

static const struct field_choice whats[] = {
	{ "off", MSG_OFFICE_DAY_OFF },
	{ "work", MSG_OFFICE_DAY_WORK },
	{ "none", MSG_OFFICE_DAY_NONE },
	{ 0 },
};

static const struct field fields[] = {
	FIELD(struct added_day, day, .label = MSG_OFFICE_DAY_DATE),
	FIELD(struct added_day, title, .min = 3, .max = 100, .label = MSG_OFFICE_DAY_NAME),
	FIELD(struct added_day, what, .label = MSG_OFFICE_DAY_WHAT, .choices = whats),
	{ 0 },
};

static struct calendar_day row_of(const struct added_day *d)
{
	bool off = str_eq(d->what, S("off")), work = str_eq(d->what, S("work"));
	return (struct calendar_day){
		.date = d->day,
		.name_vi = d->title,
		.name_en = d->title,
		.kind = off    ? DAY_STATUTORY
			: work ? DAY_SWAP_WORK
			       : DAY_UNVERIFIED,
		.off = off,
	};
}

static enum err check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
		      struct faults *faults)
{
	(void)d, (void)on;
	const struct added_day *f = form;
	const struct calendar *unused;
	struct str why;
	if (!date_is_set(f->day) || !f->title.len)
		return OK;
	struct calendar_day day = row_of(f);
	if (calendar_with(tx->mem, tx->office->calendar, &day, 1, &unused, &why))
		fault_add_msg(faults, "day", MSG_OFFICE_DAY_WEEKDAY);
	return OK;
}

/* Open duties whose count may meet the day, forwards or backwards. */
static enum err affected(struct tx *tx, struct date day, int64_t **out, size_t *n)
{
	struct query q = db_query(tx, "SELECT DISTINCT dossier FROM duty WHERE state = 0"
				      " AND row_code <> '' AND (due_on >= $1 OR from_on >= $1)"
				      " ORDER BY dossier");
	BIND(&q, day);
	int64_t *ids = NULL;
	size_t count = 0, cap = 0;
	while (db_next(&q)) {
		if (count == cap) {
			size_t wider = cap ? cap * 2 : 64;
			ids = arena_grow(tx->mem, ids, cap * sizeof *ids, wider * sizeof *ids);
			cap = wider;
		}
		ids[count++] = col_int(&q, 0);
	}
	*out = ids;
	*n = count;
	return q.err;
}

static enum err count_anew(struct tx *tx, int64_t id, const struct calendar *calendar)
{
	struct dossier *d;
	enum err e = dossier_load(tx, id, &d);
	if (e)
		return e;
	struct placed was = place_of(d);
	struct fold f = { .mem = tx->mem, .law = tx->office->law, .d = d };
	fold_calendar(&f, calendar);
	if ((e = place_dossier_update(tx, d)) || (e = tally_add(tx, &f)))
		return e;
	return place_changes(tx, d, &was);
}

static enum err insert_day(struct tx *tx, int64_t act, const struct added_day *day,
			   struct instant recorded_at)
{
	struct query q = db_query(tx, "INSERT INTO calendar_day (act, day, name, kind, recorded_at)"
				      " VALUES ($1, $2, $3, $4, $5)");
	BIND(&q, act, day->day, day->title, day->what, recorded_at);
	return db_exec(&q);
}

/* The day counts from this act on. */
static enum err stored(struct tx *tx, struct dossier *d, const struct act *act, const void *data)
{
	(void)d;
	const struct added_day *form = data;
	const struct calendar *calendar;
	enum err e = insert_day(tx, act->id, form, tx->now);
	int64_t *ids;
	size_t n;
	if (e || (e = office_calendar(tx, &calendar)) || (e = affected(tx, form->day, &ids, &n)))
		return e;
	struct arena *outer = tx->mem, *one = arena_new(0);
	tx->mem = one; /* a province has more open duties than one transaction has memory */
	for (size_t i = 0; !e && i < n; i++) {
		e = count_anew(tx, ids[i], calendar);
		arena_clear(one);
	}
	tx->mem = outer;
	arena_free(one);
	return e;
}

static const struct state states[] = {
	{ DECLARED, "declared", MSG_OFFICE_DAY_DECLARED, TONE_INFO, VISIBLE_PUBLIC },
	{ 0 },
};

static const struct step steps[] = {
	{
		.name = "declare",
		.from = NEW,
		.to = DECLARED,
		.may = ADMIN,
		.label = MSG_OFFICE_DAY_DECLARE,
		.done = MSG_OFFICE_DAY_DONE,
		.size = sizeof(struct added_day),
		.form = fields,
		.is_public = true,
		.check = check,
		.stored = stored,
	},
	{ 0 },
};

const struct kind added_day_kind = {
	.name = "calendar",
	.code = "LV",
	.slug = "lich-lam-viec",
	.work = "",
	.title = MSG_OFFICE_DAY_KIND,
	.titles = MSG_OFFICE_DAY_KINDS,
	.unlisted = true,
	.mute = true,
	.size = sizeof(struct added_day),
	.fields = fields,
	.states = states,
	.steps = steps,
};

static enum err added_days(struct tx *tx, struct calendar_day **out, int64_t **acts, size_t *n)
{
	struct query q = db_query(tx, "SELECT act, day, name, kind, recorded_at FROM calendar_day"
				      " ORDER BY act LIMIT 2000");
	struct calendar_day *days = NULL;
	int64_t *ids = NULL;
	size_t count = 0;
	while (db_next(&q)) {
		days = arena_grow(tx->mem, days, count * sizeof *days, (count + 1) * sizeof *days);
		ids = arena_grow(tx->mem, ids, count * sizeof *ids, (count + 1) * sizeof *ids);
		struct added_day d = { col_date(&q, 1), col_str(&q, 2), col_str(&q, 3) };
		ids[count] = col_int(&q, 0);
		days[count] = row_of(&d);
		days[count++].recorded_at = col_instant(&q, 4);
	}
	*out = days;
	*acts = ids;
	*n = count;
	return q.err;
}

enum err calendar_history(struct tx *tx, struct calendar_history *out)
{
	struct calendar_day *days;
	int64_t *acts;
	size_t n;
	struct str why;
	enum err e = added_days(tx, &days, &acts, &n);
	if (e)
		return e;
	struct calendar_since *at = NEW_N(tx->mem, struct calendar_since, n + 1);
	at[0].calendar = tx->office->calendar;
	for (size_t i = 0; i < n; i++) {
		at[i + 1].act = acts[i];
		if (calendar_with(tx->mem, tx->office->calendar, days, i + 1, &at[i + 1].calendar,
				  &why))
			return tx_fail(tx, ERR_CORRUPT, "added day: %.*s", STR_ARG(why));
	}
	*out = (struct calendar_history){ at, n + 1 };
	return OK;
}

enum err office_calendar(struct tx *tx, const struct calendar **out)
{
	struct calendar_day *days;
	int64_t *acts;
	size_t n;
	struct str why;
	enum err e = added_days(tx, &days, &acts, &n);
	if (e)
		return e;
	*out = tx->office->calendar;
	if (n && calendar_with(tx->mem, tx->office->calendar, days, n, out, &why))
		return tx_fail(tx, ERR_CORRUPT, "added day: %.*s", STR_ARG(why));
	return OK;
}

enum err added_day_list(struct tx *tx, struct added_day_rows *out)
{
	struct added_day_rows list = { NULL, 0 };
	struct query q = db_query(tx, "SELECT c.day, c.name, c.kind, c.recorded_at, d.code"
				      " FROM calendar_day c JOIN act a ON a.id = c.act"
				      " JOIN dossier d ON d.id = a.dossier"
				      " ORDER BY c.day DESC, c.act DESC LIMIT 500");
	while (db_next(&q)) {
		list.at = arena_grow(tx->mem, list.at, list.n * sizeof *list.at,
				     (list.n + 1) * sizeof *list.at);
		list.at[list.n++] = (struct added_day_row){
			.day = { col_date(&q, 0), col_str(&q, 1), col_str(&q, 2) },
			.code = col_str(&q, 4),
			.recorded_at = col_instant(&q, 3),
		};
	}
	if (!q.err)
		*out = list;
	return q.err;
}

struct declared {
	int64_t act;
	struct instant at;
	struct str data;
};

enum err added_days_again(struct tx *tx)
{
	enum { MOST = 2000 }; /* as added_days reads */
	struct declared *all = NEW_N(tx->mem, struct declared, MOST);
	size_t n = 0;
	enum err e = OK;
	struct query q = db_query(tx, "SELECT a.id, a.recorded_at, a.data FROM dossier d JOIN act a"
				      " ON a.dossier = d.id WHERE d.kind = $1 AND a.step = $2"
				      " ORDER BY a.id LIMIT $3");
	BIND(&q, str_of(added_day_kind.name), str_of(steps[0].name), (int64_t)MOST);
	for (; n < MOST && db_next(&q); n++)
		all[n] = (struct declared){ col_int(&q, 0), col_instant(&q, 1), col_str(&q, 2) };
	db_end(&q);
	if (q.err)
		return q.err;
	for (size_t i = 0; !e && i < n; i++) {
		struct added_day day = { .day = NO_DATE };
		struct json j;
		struct str why;
		if (!json_parse(tx->mem, all[i].data, &j, &why))
			return tx_fail(tx, ERR_INVALID, "act %lld: %.*s", (long long)all[i].act,
				       STR_ARG(why));
		fields_read(tx->mem, fields, &j, &day);
		if (!date_is_set(day.day))
			return tx_fail(tx, ERR_INVALID, "act %lld declares no day",
				       (long long)all[i].act);
		day.title = str_some(day.title);
		day.what = str_some(day.what);
		e = insert_day(tx, all[i].act, &day, all[i].at);
	}
	return e;
}
