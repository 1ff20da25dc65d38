/* The chain of offices says who sent it on; figures say to whom a reply came (petition_apply_reply). */
#include "modules/inspect/petition_sent_on.h"

#include "office/sealed.h"

#include <string.h>

/* --- Who may know --- */

static const struct appointment *may_know(const struct tx *tx, const struct dossier *d,
					  int64_t unit)
{
	if (d->sealed)
		return sealed_sent_on(tx, d, unit);
	return member_may(tx->who, CLERK | LEADER, unit, str_of(d->kind->work));
}

static enum err hop_unit(struct tx *tx, const struct petition_hop *hop, int64_t *out)
{
	struct unit u;
	enum err e = unit_by_code_any(tx, hop->office, hop->since, &u);
	if (!e)
		*out = u.id;
	return e;
}

enum err petition_sent_on(struct tx *tx, const struct dossier *d, const struct appointment **by,
			  struct petition_passings *out)
{
	const struct line *from = NULL;
	*by = NULL;
	*out = (struct petition_passings){ NEW_N(tx->mem, struct petition_passing, d->lines.n), 0 };
	for (size_t i = 0; d->kind == &petition_kind && i < d->lines.n; i++) {
		const struct line *to = &d->lines.at[i];
		int64_t unit = 0;
		if (!petition_is_hop(to))
			continue;
		const struct line *before = from;
		from = to;
		if (!before || petition_is_brought(d, to))
			continue;
		enum err e = hop_unit(tx, before->data, &unit);
		if (e)
			return e;
		if (!*by)
			*by = may_know(tx, d, unit);
		if (*by && (*by)->unit == unit)
			out->at[out->n++] =
				(struct petition_passing){ before->data, to->data, to->no };
	}
	return OK;
}

/* --- What was replied --- */

enum err petition_replies(struct tx *tx, const struct dossier *d, const struct acts *acts,
			  int64_t unit, struct petition_reply_acts *out)
{
	const struct step *step = kind_step(d->kind, S("reply"));
	*out = (struct petition_reply_acts){ NEW_N(tx->mem, struct petition_reply_act, acts->n),
					     0 };
	for (size_t i = 0; i < acts->n; i++) {
		struct petition_reply_act *one = &out->at[out->n];
		struct json j;
		struct str why;
		if (acts->at[i].step != step)
			continue;
		if (!json_parse(tx->mem, acts->at[i].shown, &j, &why))
			return tx_fail(tx, ERR_CORRUPT, "a reply: %.*s", STR_ARG(why));
		*one = (struct petition_reply_act){ .act = &acts->at[i], .no = i };
		fields_init(step->form, &one->said);
		fields_read(tx->mem, step->form, &j, &one->said);
		out->n += one->said.asker == unit;
	}
	return OK;
}

/* Whose reply it was: the office of the hop that the figure names. */
static enum err news_of(struct tx *tx, int64_t dossier, int64_t hop, bool *known,
			struct petition_news *out)
{
	const struct appointment *by;
	struct petition_passings sent;
	enum err e = dossier_load(tx, dossier, &out->d);
	*known = false;
	if (e || (e = petition_sent_on(tx, out->d, &by, &sent)))
		return e;
	for (size_t i = 0; by && i < sent.n; i++)
		if (sent.at[i].to_line == hop) {
			*known = true;
			return hop_unit(tx, sent.at[i].to, &out->from);
		}
	return OK;
}

struct reply_figure {
	int64_t dossier, hop;
	struct date on;
};

static enum err replies_to(struct tx *tx, int64_t unit, struct reply_figure *out, size_t *n)
{
	struct query q =
		db_query(tx, "SELECT dossier, item, counted_on FROM figure WHERE unit = $1"
			     " AND figure_key IN ('petition.reply.feedback',"
			     " 'petition.reply.proposal', 'petition.reply.complaint',"
			     " 'petition.reply.denunciation') AND counted_on >= $2 AND n > 0"
			     " ORDER BY counted_on DESC, dossier DESC LIMIT $3");
	BIND(&q, unit, date_add(tx_today(tx), -PETITION_NEWS_DAYS), (int64_t)PETITION_NEWS_MOST);
	*n = 0;
	while (db_next(&q))
		out[(*n)++] =
			(struct reply_figure){ col_int(&q, 0), col_int(&q, 1), col_date(&q, 2) };
	return q.err;
}

enum err petition_news(struct tx *tx, struct petition_newses *out)
{
	const struct member *m = tx->who;
	struct reply_figure found[PETITION_NEWS_MOST];
	size_t units = m ? m->n : 0;
	*out = (struct petition_newses){
		NEW_N(tx->mem, struct petition_news, units * PETITION_NEWS_MOST), 0
	};
	for (size_t i = 0; i < units; i++) {
		size_t n;
		if (!(m->at[i].role & (CLERK | LEADER)) || !member_first_at(m, i, CLERK | LEADER))
			continue;
		enum err e = replies_to(tx, m->at[i].unit, found, &n);
		for (size_t k = 0; !e && k < n; k++) {
			struct petition_news *one = &out->at[out->n];
			bool known;
			e = news_of(tx, found[k].dossier, found[k].hop, &known, one);
			one->on = found[k].on;
			out->n += known;
		}
		if (e)
			return e;
	}
	return OK;
}
