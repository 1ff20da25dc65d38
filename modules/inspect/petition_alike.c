/* The newest that are open are read one by one: an office has hundreds, not millions. Names are sealed, so
 * the sender is compared last, and only of those that the reader has opened. */
#include "modules/inspect/petition_alike.h"
#include "modules/inspect/petition_steps.h"

#include "base/utf8.h"
#include "office/alike.h"
#include "office/gate.h"
#include "office/person.h"

#include <stdlib.h>

enum { PLACE_LEAST = 60, PLACE_SCORE = 30, SENDER_SCORE = 50 };

struct known {
	struct str title, place;
};

static const struct field known_fields[] = {
	FIELD(struct known, title, .label = MSG_PETITION_TITLE),
	FIELD(struct known, place, .label = MSG_PETITION_PLACE),
	{ 0 },
};

static int by_score(const void *a, const void *b)
{
	const struct petition_like *x = a, *y = b;
	if (x->score != y->score)
		return y->score - x->score;
	return (x->id < y->id) - (x->id > y->id);
}

static enum err name_of(struct tx *tx, const struct dossier *d, struct str *out)
{
	struct petition x = { 0 };
	fields_init(petition_kind.fields, &x);
	enum err e = dossier_personal(tx, d, petition_kind.fields, &x);
	*out = e ? S("") : utf8_fold(tx->mem, str_some(x.name));
	return e;
}

static enum err is_same_sender(struct tx *tx, const struct dossier *d, struct str mine,
			       const struct dossier *other, bool *out)
{
	struct str theirs = S("");
	*out = d->author && other->author == d->author;
	if (*out || !mine.len)
		return OK;
	enum err e = name_of(tx, other, &theirs);
	*out = !e && str_eq(mine, theirs);
	return e;
}

/* Whose the others are is said of those alone that the reader has opened, with a reason; one that nothing but
 * its sender makes alike is left out before. */
static enum err compare_senders(struct tx *tx, const struct dossier *d, struct petition_likes *all)
{
	struct str mine;
	size_t n = 0;
	enum err e = name_of(tx, d, &mine);
	for (size_t i = 0; !e && i < all->n; i++) {
		struct petition_like l = all->at[i];
		struct dossier *other;
		if ((e = dossier_load_text(tx, l.id, &other)))
			return e;
		if (gate_may_read(tx, other))
			e = is_same_sender(tx, d, mine, other, &l.sender);
		l.score += l.sender ? SENDER_SCORE : 0;
		if (l.words || l.place || l.sender)
			all->at[n++] = l;
	}
	all->n = n;
	return e;
}

static enum err read_one(struct tx *tx, const struct dossier *d, struct query *q,
			 struct petition_likes *out)
{
	const struct petition *now = d->data;
	struct known known = { 0 };
	struct json j;
	struct str why;
	if (!json_parse(tx->mem, col_str(q, 4), &j, &why))
		return tx_fail(tx, ERR_CORRUPT, "%.*s", STR_ARG(why));
	fields_read(tx->mem, known_fields, &j, &known);
	struct petition_like l = {
		.id = col_int(q, 0),
		.code = col_str(q, 1),
		.opened_on = col_date(q, 2),
		.state = (unsigned)col_int(q, 3),
	};
	int words = alike(tx->mem, now->title, known.title);
	l.words = words >= ALIKE_LEAST;
	l.place = now->place.len && known.place.len &&
		  alike(tx->mem, now->place, known.place) >= PLACE_LEAST;
	l.score = (l.words ? words : 0) + (l.place ? PLACE_SCORE : 0);
	if (l.words || l.place || (d->author && col_int(q, 5) == d->author))
		out->at[out->n++] = l;
	return OK;
}

enum err petition_alike(struct tx *tx, const struct dossier *d, struct petition_likes *out)
{
	struct petition_likes all = { NEW_N(tx->mem, struct petition_like, PETITION_ALIKE_SEEN),
				      0 };
	enum err e = OK;
	struct query q = db_query(tx, "SELECT id, code, opened_on, state, data, author FROM dossier"
				      " WHERE holder = $1 AND visibility = $2 AND kind ="
				      " 'petition' AND (state & $3) <> 0 AND id <> $4"
				      " ORDER BY id DESC LIMIT $5");
	BIND(&q, d->holder, (int64_t)VISIBLE_PERSONAL, (int64_t)(PETITION_OPEN & ~PETITION_MERGED),
	     d->id, (int64_t)PETITION_ALIKE_SEEN);
	while (!e && db_next(&q))
		e = read_one(tx, d, &q, &all);
	db_end(&q);
	if (e || (e = q.err) || (e = compare_senders(tx, d, &all)))
		return e;
	if (all.n)
		qsort(all.at, all.n, sizeof *all.at, by_score);
	if (all.n > PETITION_ALIKE_MOST)
		all.n = PETITION_ALIKE_MOST;
	*out = all;
	return OK;
}

bool petition_may_lead(unsigned state)
{
	return state & (PETITION_HANDLED | PETITION_CONTESTED);
}

enum err petition_same_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out)
{
	struct petition_likes likes;
	enum err e = petition_alike(tx, subject, &likes);
	if (e)
		return e;
	const struct petition *now = ((const struct dossier *)subject)->data;
	bool is_complaint = petition_is_complaint(now); /* none is merged */
	*out = (struct choices){ NEW_N(tx->mem, struct choice, likes.n + 1), 0 };
	out->at[out->n++] =
		(struct choice){ S(PETITION_OTHER), msg_plain(lang, MSG_PETITION_SAME_NONE) };
	for (size_t i = 0; i < likes.n; i++) {
		struct buf b = { .a = tx->mem };
		if (!petition_may_lead(likes.at[i].state) || is_complaint)
			continue;
		msg_petition_alike_merge(&b, lang, likes.at[i].code);
		out->at[out->n++] = (struct choice){ likes.at[i].code, buf_str(&b) };
	}
	return OK;
}
