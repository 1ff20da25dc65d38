/* One visit by the calendar at the beginning of a period opens everything that begins on that day: what it
 * opens follows from the law and the posts alone, so the act carries nothing. A duty is named
 * "RC-01|2026-06-01|1": the row, the first day of the period, which of its days. */
#include "modules/inspect/reception_plan.h"

#include "office/redaction.h"
#include "office/step.h"
#include "office/unit.h"

/* --- What the law asks of a post --- */

bool reception_period(const struct reception_rule *row, struct date day, struct date *from,
		      struct date *to)
{
	if (row->per == PER_WEEK) {
		*from = date_add(day, -((date_weekday(day) + 6) % 7));
		*to = date_add(*from, 6);
	} else if (row->per == PER_MONTH) {
		*from = date_add(day, 1 - date_ymd(day).day);
		*to = date_month_end(day);
	} else {
		return false;
	}
	return true;
}

/* The row by which a period of this post begins on `day`; NULL: none does. */
static const struct reception_rule *begins(const struct law *law, struct str post, struct date day,
					   struct date *to)
{
	const struct reception_rule *row = law_reception(law, post, day);
	struct date from;
	if (!row || !reception_period(row, day, &from, to) || date_cmp(from, day) != 0 ||
	    (date_is_set(row->valid.to) && date_cmp(*to, row->valid.to) > 0))
		return NULL;
	return row;
}

static const struct {
	const char *post;
	enum msg words;
} posts[] = {
	{ "Chủ tịch UBND cấp xã", MSG_RECEPTION_POST_COMMUNE },
	{ "Chủ tịch UBND cấp huyện", MSG_RECEPTION_POST_DISTRICT },
	{ "Chủ tịch UBND cấp tỉnh", MSG_RECEPTION_POST_PROVINCE },
	{ "Người đứng đầu cơ quan", MSG_RECEPTION_POST_AGENCY },
	{ "Người đứng đầu đơn vị sự nghiệp công lập", MSG_RECEPTION_POST_SERVICE },
	{ "Ban tiếp công dân cấp tỉnh", MSG_RECEPTION_POST_BOARD },
	{ "Công chức được phân công", MSG_RECEPTION_POST_ASSIGNED },
	{ "Bí thư Đảng ủy", MSG_RECEPTION_POST_PARTY_COMMUNE },
	{ "Bí thư cấp ủy huyện", MSG_RECEPTION_POST_PARTY_DISTRICT },
	{ "Bí thư cấp ủy tỉnh", MSG_RECEPTION_POST_PARTY_PROVINCE },
	{ "Đại biểu HĐND", MSG_RECEPTION_POST_DEPUTY },
};

struct str reception_post_words(enum lang lang, struct str post)
{
	for (size_t i = 0; i < LENGTH(posts); i++)
		if (str_eq(post, str_of(posts[i].post)))
			return msg_plain(lang, posts[i].words);
	return post;
}

static bool serves(const struct reception_rule *row, enum unit_level level)
{
	switch (level) {
	case LEVEL_PROVINCE:
		return str_eq(row->level, S("tỉnh")) || str_eq(row->level, S("các cấp"));
	case LEVEL_DISTRICT:
		return str_eq(row->level, S("huyện")) || str_eq(row->level, S("các cấp"));
	case LEVEL_COMMUNE:
		return str_eq(row->level, S("xã")) || str_eq(row->level, S("các cấp"));
	case LEVEL_AGENCY:
		return str_eq(row->level, S("cơ quan")) ||
		       str_eq(row->level, S("đơn vị sự nghiệp"));
	case LEVEL_COUNTRY:
	case LEVEL_VILLAGE:
	case LEVEL_ENTERPRISE:
		break;
	}
	return false;
}

static bool has(const struct choices *all, struct str value)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->at[i].value, value))
			return true;
	return false;
}

enum err reception_posts(struct tx *tx, int64_t unit, enum lang lang, struct choices *out)
{
	const struct law *law = tx->office->law;
	struct unit u;
	enum err e = unit_find(tx, unit, tx_today(tx), &u);
	if (e)
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, law->receptions.n), 0 };
	for (size_t i = 0; i < law->receptions.n; i++) {
		const struct reception_rule *row = &law->receptions.at[i];
		if (serves(row, u.level) && !has(out, row->post))
			out->at[out->n++] = (struct choice){
				.value = row->post,
				.label = reception_post_words(lang, row->post),
				.note = S(""),
			};
	}
	return OK;
}

static bool read_about(struct str about, struct str *row, struct date *from, int64_t *no)
{
	struct str rest = about, day = S(""), number = S("");
	return str_next(&rest, '|', row) && str_next(&rest, '|', &day) && date_parse(day, from) &&
	       str_next(&rest, '|', &number) && str_int(number, no);
}

bool reception_days_words(struct tx *tx, struct str about, enum lang lang, struct str *out)
{
	struct str code = S("");
	struct date from = NO_DATE;
	int64_t no = 0;
	struct buf b = { .a = tx->mem };
	const struct reception_rule *row = read_about(about, &code, &from, &no)
						   ? law_reception_row(tx->office->law, code)
						   : NULL;
	if (!row)
		return false;
	struct str post = reception_post_words(lang, row->post);
	if (row->per == PER_WEEK)
		msg_reception_of_week(&b, lang, post, from, no);
	else
		msg_reception_of_month(&b, lang, post, date_ymd(from).month, date_ymd(from).year,
				       no);
	*out = buf_str(&b);
	return true;
}

/* --- Opening what begins --- */

enum { LONGEST_PERIOD = 31 };

static struct date next_beginning(const struct law *law, const struct reception_plan *x,
				  struct date from)
{
	struct date to;
	for (int i = 0; i <= LONGEST_PERIOD; i++)
		for (size_t k = 0; k < x->posts.n; k++)
			if (begins(law, x->posts.at[k], date_add(from, i), &to))
				return date_add(from, i);
	/* Nothing in force begins soon: look again, the law may change. */
	return date_add(date_month_end(date_add(from, LONGEST_PERIOD)), 1);
}

static struct date later(struct date a, struct date b)
{
	return date_cmp(a, b) > 0 ? a : b;
}

static void apply_issue(struct fold *f, const void *form)
{
	const struct reception_plan *x = f->d->data;
	(void)form;
	f->d->wake_on = next_beginning(f->law, x, x->since);
}

/* What has begun is owed as it was: the other posts count from the day after the change was recorded. */
static void apply_change(struct fold *f, const void *form)
{
	const struct reception_plan *x = f->d->data;
	struct date after = date_add(instant_date(f->act->at), 1);
	(void)form;
	if (date_is_set(f->d->wake_on) && date_cmp(after, f->d->wake_on) < 0)
		f->d->wake_on = next_beginning(f->law, x, later(after, x->since));
}

static void open_period(struct fold *f, const struct reception_rule *row, struct date from,
			struct date to)
{
	for (int no = 1; no <= row->min_days; no++)
		fold_open_row(f, S(RECEPTION_DAYS), row->code, row->basis.unverified, from, to,
			      str_printf(f->mem, "%.*s|%.*s|%d", STR_ARG(row->code),
					 STR_ARG(date_iso(f->mem, from)), no));
}

struct turn_form {
	bool over; /* the unit has ended: nothing begins any more */
};

static void apply_turn(struct fold *f, const void *form)
{
	const struct reception_plan *x = f->d->data;
	const struct turn_form *turn = form;
	struct date to;
	f->d->wake_on = turn->over ? NO_DATE : next_beginning(f->law, x, date_add(f->act->on, 1));
	for (size_t i = 0; !turn->over && i < x->posts.n; i++) {
		const struct reception_rule *row = begins(f->law, x->posts.at[i], f->act->on, &to);
		if (row)
			open_period(f, row, f->act->on, to);
	}
}

static enum err wake(struct tx *tx, struct dossier *d)
{
	enum err e = OK;
	while (!e && date_is_set(d->wake_on) && date_cmp(d->wake_on, tx_today(tx)) <= 0) {
		struct date day = d->wake_on;
		struct unit u;
		if ((e = unit_find(tx, d->unit, day, &u)))
			return e;
		e = step_follow(tx, d, "turn", &(struct turn_form){ !u.in_force }, day);
	}
	return e;
}

/* --- Held --- */

struct fulfil_form {
	struct str about, code;
};

static void apply_fulfil(struct fold *f, const void *form)
{
	const struct fulfil_form *x = form;
	struct duty *y = fold_duty(f, S(RECEPTION_DAYS), 0, x->about);
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

/* The first day still owed by the post of the period that holds `day`. */
static const struct duty *owed(const struct law *law, const struct dossier *plan, struct str post,
			       struct date day)
{
	for (size_t i = 0; date_is_set(day) && i < plan->duties.n; i++) {
		const struct duty *y = &plan->duties.at[i];
		const struct reception_rule *row = law_reception_row(law, y->row);
		if (y->state == DUTY_OPEN && row && str_eq(row->post, post) &&
		    date_cmp(y->from, day) <= 0 && date_cmp(day, y->due) <= 0)
			return y;
	}
	return NULL;
}

enum err reception_plan_find(struct tx *tx, int64_t unit, struct dossier **out)
{
	return dossier_kept(tx, &reception_plan_kind, unit, S(""), out);
}

enum err reception_plan_fulfil(struct tx *tx, int64_t unit, struct str post, struct date held,
			       struct date announced, struct str code)
{
	struct dossier *plan;
	enum err e = reception_plan_find(tx, unit, &plan);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	if ((e = wake(tx, plan)))
		return e;
	const struct duty *y = owed(tx->office->law, plan, post, held);
	if (!y)
		y = owed(tx->office->law, plan, post, announced);
	if (!y)
		return OK;
	return step_follow(tx, plan, "fulfil", &(struct fulfil_form){ y->about, code }, held);
}

/* --- Not held after all --- */

static void apply_take_back(struct fold *f, const void *form)
{
	const struct fulfil_form *x = form;
	for (size_t i = 0; i < f->d->duties.n; i++) {
		struct duty *y = &f->d->duties.at[i];
		if (str_eq(y->rule, S(RECEPTION_DAYS)) && str_eq(y->about, x->about) &&
		    y->state != DUTY_OPEN)
			fold_reopen(f, y);
	}
}

/* Which of the days owed this one met, by the last act that says so; "": none, or it was taken back. */
static enum err met_by(struct tx *tx, const struct dossier *plan, struct str code, struct str *out)
{
	struct acts acts;
	enum err e = act_list(tx, plan, &acts);
	*out = S("");
	for (size_t i = acts.n; !e && i > 0; i--) {
		const struct act *act = &acts.at[i - 1];
		struct fulfil_form form = { S(""), S("") };
		struct json data;
		struct str why;
		bool fulfils = str_eq(str_of(act->step->name), S("fulfil"));
		if (!fulfils && !str_eq(str_of(act->step->name), S("take_back")))
			continue;
		if (!json_parse(tx->mem, act->data, &data, &why))
			return tx_fail(tx, ERR_CORRUPT, "%.*s", STR_ARG(why));
		fields_read(tx->mem, act->step->form, &data, &form);
		if (!str_eq(form.code, code))
			continue;
		*out = fulfils ? form.about : S("");
		break;
	}
	return e;
}

enum err reception_plan_take_back(struct tx *tx, int64_t unit, struct str code)
{
	struct dossier *plan;
	struct fulfil_form form = { .code = code };
	enum err e = reception_plan_find(tx, unit, &plan);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	if ((e = met_by(tx, plan, code, &form.about)) || !form.about.len)
		return e;
	return step_follow(tx, plan, "take_back", &form, tx_today(tx));
}

/* --- Tables --- */

static enum err begin_issue(struct tx *tx, const struct dossier *d, void *form)
{
	struct reception_plan *x = form;
	(void)d;
	x->title = msg_plain(LANG_VI, MSG_RECEPTION_PLAN);
	x->since = tx_today(tx);
	return OK;
}

static enum err check_issue(struct tx *tx, const struct dossier *d, const void *form,
			    struct date on, struct faults *faults)
{
	struct dossier *other;
	(void)form, (void)on;
	enum err e = reception_plan_find(tx, d->unit, &other);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (!e)
		fault_add_msg(faults, "", MSG_RECEPTION_FAULT_PLAN);
	return e;
}

static enum err post_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	return reception_posts(tx, ((const struct dossier *)subject)->unit, lang, out);
}

#define SCHEDULE                                                                                  \
	FIELD(struct reception_plan, title, .min = 5, .label = MSG_RECEPTION_PLAN_TITLE),         \
		FIELD(struct reception_plan, posts, .max = 12, .options = post_options,           \
		      .label = MSG_RECEPTION_POSTS, .hint = MSG_RECEPTION_POSTS_HINT),            \
		FIELD(struct reception_plan, place, .min = 3, .max = 200,                         \
		      .label = MSG_RECEPTION_PLACE),                                              \
		FIELD(struct reception_plan, body, .optional = true, .lines = true, .max = 10000, \
		      .markdown = true, .label = MSG_RECEPTION_RULES,                             \
		      .hint = MSG_RECEPTION_RULES_HINT)

static const struct field fields[] = {
	SCHEDULE,
	FIELD(struct reception_plan, since, .label = MSG_RECEPTION_SINCE,
	      .hint = MSG_RECEPTION_SINCE_HINT),
	{ 0 },
};

static const struct field change_fields[] = { SCHEDULE, { 0 } };

static const struct field turn_fields[] = {
	FIELD(struct turn_form, over, .optional = true, .hidden = true,
	      .label = MSG_RECEPTION_OVER),
	{ 0 },
};

static const struct field fulfil_fields[] = {
	FIELD(struct fulfil_form, about, .hidden = true, .label = MSG_RECEPTION_DAYS),
	FIELD(struct fulfil_form, code, .hidden = true, .label = MSG_RECEPTION_KIND),
	{ 0 },
};

static const struct state states[] = {
	{ RECEPTION_PLAN_IN_FORCE, "in_force", MSG_RECEPTION_PLAN_IN_FORCE, TONE_INFO,
	  VISIBLE_PUBLIC },
	{ 0 },
};

static const struct step steps[] = {
	{ "issue", NEW, RECEPTION_PLAN_IN_FORCE, LEADER, MSG_RECEPTION_ISSUE,
	  MSG_RECEPTION_ISSUE_DONE, sizeof(struct reception_plan), fields, .is_public = true,
	  .version = true, .begin = begin_issue, .check = check_issue, .apply = apply_issue },
	{ "change", RECEPTION_PLAN_IN_FORCE, 0, LEADER, MSG_RECEPTION_CHANGE,
	  MSG_RECEPTION_CHANGE_DONE, sizeof(struct reception_plan), change_fields,
	  .is_public = true, .version = true, .apply = apply_change },
	{ "turn", RECEPTION_PLAN_IN_FORCE, 0, SYSTEM, MSG_RECEPTION_TURN_DONE,
	  MSG_RECEPTION_TURN_DONE, sizeof(struct turn_form), turn_fields, .is_public = true,
	  .follows = true, .apply = apply_turn },
	{ "fulfil", RECEPTION_PLAN_IN_FORCE, 0, SYSTEM, MSG_RECEPTION_FULFIL_DONE,
	  MSG_RECEPTION_FULFIL_DONE, sizeof(struct fulfil_form), fulfil_fields, .is_public = true,
	  .follows = true, .apply = apply_fulfil },
	{ "take_back", RECEPTION_PLAN_IN_FORCE, 0, SYSTEM, MSG_RECEPTION_TAKE_BACK_DONE,
	  MSG_RECEPTION_TAKE_BACK_DONE, sizeof(struct fulfil_form), fulfil_fields,
	  .is_public = true, .follows = true, .apply = apply_take_back },
	REDACTION_TEXT_STEP(RECEPTION_PLAN_IN_FORCE, LEADER),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "TD-05", MEASURE_IN_TIME, .means = MSG_RECEPTION_MEANS_DAYS, .classes = { 700, 850, 950 },
	  .law = "LW-09", .parts = { { COUNT_DUTIES, RECEPTION_DAYS, MSG_RECEPTION_DAYS } } },
	{ 0 },
};

const struct kind reception_plan_kind = {
	.name = "reception_plan",
	.code = "LT",
	.slug = "lich-tiep-dan",
	.work = "inspect",
	.title = MSG_RECEPTION_PLAN,
	.titles = MSG_RECEPTION_PLANS,
	.many_duties = true,
	.mute = true,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY,
	.size = sizeof(struct reception_plan),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = indicators,
	.wake = wake,
};
