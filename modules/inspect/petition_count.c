/* What the statutory tables count of a petition (Circular 02/2021/TT-TTCP; statistic_tables.c says which
 * column reads which): at each office of its chain, from the day it came there.
 *
 * The item of a figure is a day and the office's number in the chain. Of what is counted from the receipt
 * on it is the day of the receipt, of the rest the day on which the office said what becomes of it: so a
 * table can ask for what came before its period and was dealt with in it, and how what was dealt with
 * in it stands at its end. */
#include "modules/inspect/denunciation.h"

#include <inttypes.h>

enum { OFFICES_MOST = 1000 };

#define FRESH (PETITION_FRESH | COMPLAINT_SECOND | DENUNCIATION_LODGED)
#define UNDER_WAY                                                                       \
	(PETITION_HANDLED | PETITION_CONTESTED | PETITION_MERGED | COMPLAINT_ACCEPTED | \
	 COMPLAINT_SUSPENDED | COMPLAINT_SECOND_ACCEPTED | COMPLAINT_SECOND_HEARD |     \
	 DENUNCIATION_ACCEPTED | DENUNCIATION_SUSPENDED | DENUNCIATION_RENEWED)
#define REFUSED (PETITION_REFUSED | DENUNCIATION_REFUSED)
#define DECIDED                                                                                  \
	(COMPLAINT_DECIDED | COMPLAINT_SENT | COMPLAINT_SECOND_DECIDED | COMPLAINT_SECOND_SENT | \
	 COMPLAINT_FINAL | COMPLAINT_EXECUTED)

static const char *const first_rules[] = { "reception.intake_answer", "complaint.accept",
					   "complaint.second.accept", "denunciation.check",
					   "denunciation.renewed" };
static const char *const denunciation_rules[] = { "denunciation.resolve" };
static const char *const resolve_rules[] = { "complaint.resolve", "complaint.second.resolve" };

/* What is asked again and again of one dossier. */
struct counted {
	const struct fold *f;
	const struct petition *x;
	const char *type; /* "second": a complaint in its second instance */
	int no;           /* of the office in the chain */
	struct str sphere;
	unsigned state;
	int64_t came, said; /* items */
	struct classes *out;
};

static bool is_rule(const struct duty *y, const char *rule)
{
	return str_eq(y->rule, str_of(rule));
}

/* The duty of one of the rules that began last at this office; of the first office it hangs on no line. */
static const struct duty *last_duty(const struct dossier *d, const char *const *rules, size_t n,
				    int line)
{
	for (size_t i = d->duties.n; i > 0; i--)
		for (size_t k = 0; k < n; k++)
			if ((line < 0 || d->duties.at[i - 1].line == line) &&
			    is_rule(&d->duties.at[i - 1], rules[k]))
				return &d->duties.at[i - 1];
	return NULL;
}

static int64_t item_of(const struct counted *c, struct date day)
{
	return (int64_t)day.days * OFFICES_MOST + c->no;
}

static void put(struct counted *c, const char *what, int64_t item)
{
	fold_class(c->out, str_printf(c->f->mem, "petition.%s.%s", what, c->type), item);
}

/* A complaint heard by the unit above counts apart from those heard for the first time. */
static const char *type_of(const struct counted *c)
{
	static const char *const types[] = { "feedback", "proposal", "complaint", "denunciation" };
	const struct duty *y =
		last_duty(c->f->d, first_rules, LENGTH(first_rules), c->no > 1 ? c->no : 0);
	if (y && is_rule(y, "complaint.second.accept"))
		return "second";
	for (size_t i = 0; i < LENGTH(types); i++)
		if (str_eq(c->x->type, str_of(types[i])))
			return types[i];
	return "feedback";
}

/* When this office said what becomes of it. */
static struct date said_on(const struct counted *c, const struct petition_hop *hop)
{
	const struct duty *y =
		last_duty(c->f->d, first_rules, LENGTH(first_rules), c->no > 1 ? c->no : 0);
	return y && date_is_set(y->met) ? y->met : hop->since;
}

static bool was_taken_up(const struct counted *c)
{
	return date_is_set(c->x->answer_by) ||
	       last_duty(c->f->d, resolve_rules, LENGTH(resolve_rules), -1) ||
	       c->state == DENUNCIATION_STOPPED;
}

static void put_sum(struct counted *c, const char *what, const char *of, int64_t item, int64_t n)
{
	fold_class_sum(c->out, str_printf(c->f->mem, "petition.%s.%s.%s", what, of, c->type), item,
		       n);
}

/* What a decision orders counts when it is made; it is owed from the day it binds, in one sum with the
 * decisions themselves, and leaves with them: as "executed" all of it, as "got" what was really done. */
static void put_effects(struct counted *c, bool binds, bool executed)
{
	const struct petition *x = c->x;
#define PUT_ORDERED(name, ...) put_sum(c, "ordered", #name, c->said, x->name);
#define PUT_OWED(name, ...) put_sum(c, "owed", #name, c->said, binds ? x->name : 0);
#define PUT_LEFT(name, ...) put_sum(c, "left", #name, c->said, executed ? x->name : 0);
#define PUT_GOT(name, ...) put_sum(c, "got", #name, c->said, executed ? x->got_##name : 0);
	/* clang-format off */
	COMPLAINT_EFFECTS(PUT_ORDERED)
	COMPLAINT_RIGHTS(PUT_ORDERED)
	COMPLAINT_EFFECTS(PUT_OWED)
	COMPLAINT_EFFECTS(PUT_LEFT)
	COMPLAINT_EFFECTS(PUT_GOT)
	/* clang-format on */
}

/* What came of a complaint, and whether in time. */
static void put_decision(struct counted *c)
{
	bool second = str_eq(str_of(c->type), S("second"));
	bool wrong = str_eq(c->x->decision, S("wrong"));
	const struct duty *y = last_duty(c->f->d, &resolve_rules[second], 1, -1);
	put(c, "concluded", c->said);
	put(c, "decided", c->said);
	if (second)
		put(c, wrong ? "upheld" : "changed", c->said);
	else
		put(c,
		    wrong                               ? "wrong"
		    : str_eq(c->x->decision, S("part")) ? "part"
							: "right",
		    c->said);
	put(c, y && y->state == DUTY_LATE ? "too_late" : "in_time", c->said);
	bool binds = c->state & (COMPLAINT_FINAL | COMPLAINT_EXECUTED);
	bool executed = c->state & COMPLAINT_EXECUTED;
	if (binds)
		put(c, "binding", c->said);
	if (executed)
		put(c, "executed", c->said);
	put_effects(c, binds, executed);
}

/* A matter counts by what the office said it is about; without a word, and as "other", it is what the sums
 * leave: so what was counted before offices said so stays as it was. */
static void put_matter(struct counted *c)
{
	put(c, "matter", c->said);
	if (!c->sphere.len)
		put(c, "unsorted", c->said);
	else if (!str_eq(c->sphere, S("other")))
		put(c, str_printf(c->f->mem, "sphere.%.*s", STR_ARG(c->sphere)).at, c->said);
}

/* The day after the term of its resolution, as extended; NO_DATE: none runs, or it was met. One that was over when
 * the matter was suspended stays over. */
static struct date overdue_from(const struct counted *c)
{
	const struct duty *y =
		last_duty(c->f->d, denunciation_rules, LENGTH(denunciation_rules), -1);
	bool late = y && y->state == DUTY_LATE && c->state == DENUNCIATION_SUSPENDED;
	return y && (y->state == DUTY_OPEN || late) ? date_add(y->due, 1) : NO_DATE;
}

/* Whoever does not agree with a conclusion denounces again to the unit above: there it counts as that. */
static bool is_renewed(const struct counted *c)
{
	const struct duty *y =
		last_duty(c->f->d, first_rules, LENGTH(first_rules), c->no > 1 ? c->no : 0);
	return y && is_rule(y, "denunciation.renewed");
}

static void put_denunciation(struct counted *c)
{
	struct date over = overdue_from(c);
	if (is_renewed(c))
		put(c, "own_again", c->said);
	if (date_is_set(over))
		fold_class_from(c->out, S("petition.overdue.denunciation"), c->said, over);
}

/* Within what the office may decide. Petitions and matters are two counts: one that was joined to another is
 * of the same matter. */
static void put_own(struct counted *c)
{
	bool complaint = *c->type == 'c' || *c->type == 's';
	const char *stands = c->state & UNDER_WAY ? "doing" : "settled";
	put(c, "fit", c->said);
	put(c, "own", c->said);
	put(c, stands, c->said);
	if (!c->f->d->parent) {
		put_matter(c);
		put(c, "own_matter", c->said);
		put(c,
		    c->state & UNDER_WAY           ? "doing_matter"
		    : complaint_is_judged(c->f->d) ? "judged_matter"
						   : "settled_matter",
		    c->said);
		if (str_eq(str_of(c->type), S(DENUNCIATION_TYPE)))
			put_denunciation(c);
	}
	if (complaint && c->state & DECIDED) {
		put_decision(c);
	} else if (complaint && c->state == PETITION_WITHDRAWN) {
		put(c, "concluded", c->said);
		put(c, "withdrawn", c->said);
	}
}

/* Belongs to others: guided there or sent on. What they make of it is counted with them. */
static void put_out(struct counted *c, const char *how)
{
	put(c, "fit", c->said);
	put_matter(c);
	put(c, how, c->said);
	put(c, "elsewhere", c->said);
}

/* Given back because another office has it and is slow: that office was urged. */
static bool was_urged(const struct counted *c)
{
	return (c->state == PETITION_REFUSED && str_eq(c->x->ground, S(PETITION_URGED))) ||
	       (c->state == DENUNCIATION_REFUSED && str_eq(c->x->refusal, S(PETITION_URGED)));
}

/* An office that sends it on says what it is about in that same act, and it counts there. */
static struct str sphere_of(const struct fold *f, bool leaves)
{
	struct str now = ((const struct petition *)f->d->data)->sphere, why;
	const struct step *s = leaves ? f->act->step : NULL;
	const struct field *asked = s && s->form ? field_find(s->form, S("sphere")) : NULL;
	struct json data;
	if (!asked || !json_parse(f->mem, f->act->data, &data, &why))
		return now;
	void *form = arena_get(f->mem, s->size);
	fields_init(s->form, form);
	fields_read(f->mem, s->form, &data, form);
	return field_str(asked, form)->len ? *field_str(asked, form) : now;
}

void petition_classes(const struct fold *f, bool leaves, struct classes *out)
{
	const struct dossier *d = f->d;
	const struct line *last = petition_last_hop(d, NULL);
	if (!last)
		return;
	const struct petition_hop *hop = last->data;
	struct counted c = { .f = f, .x = d->data, .no = last->no, .state = d->state, .out = out };
	bool sent_on =
		leaves && c.state & (PETITION_FRESH | PETITION_HANDLED | DENUNCIATION_LODGED);
	c.type = type_of(&c);
	c.sphere = sphere_of(f, leaves);
	c.came = item_of(&c, hop->since);
	put(&c, "in", c.came);
	if (c.state & FRESH && !sent_on)
		return;
	c.said = item_of(&c, c.state & FRESH ? f->act->on : said_on(&c, hop));
	put(&c, "done", c.came);
	if (leaves)
		c.state &= ~(unsigned)(COMPLAINT_FINAL | COMPLAINT_EXECUTED);
	if (leaves && !c.state)
		c.state = COMPLAINT_SENT; /* complained of again: what was decided stays counted */
	if (sent_on)
		put_out(&c, "sent_on");
	else if (was_urged(&c))
		put_out(&c, "urged");
	else if (c.state == DENUNCIATION_PASSED ||
		 (c.state == PETITION_REFUSED && str_eq(c.x->ground, S("not_ours"))))
		put_out(&c, "guided");
	else if (!(c.state & REFUSED) && (c.state != PETITION_WITHDRAWN || was_taken_up(&c)))
		put_own(&c);
}
