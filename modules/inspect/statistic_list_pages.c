/* What a cell of a statutory table counted. */
#include "modules/inspect/statistic_pages.h"

#include "gen/inspect_pages.h"
#include "modules/inspect/petition.h"
#include "web/dossier_page.h"
#include "web/report_list_page.h"

static void fill_list_words(struct req *r, const struct stat_filter *f, int64_t secret,
			    struct statistic_list_page *p)
{
	const struct stat *s = f->stat;
	struct buf kicker = { .a = r->mem }, days = { .a = r->mem }, total = { .a = r->mem },
		   hidden = { .a = r->mem };
	msg_statistics_kicker(&kicker, r->lang, str_of(s->table->code),
			      unit_heading(r->mem, &s->unit, r->lang));
	msg_statistics_days(&days, r->lang, s->first[f->span], s->last);
	msg_statistics_cell(&total, r->lang, s->values[f->span][f->column - 1]);
	if (secret)
		msg_statistics_secret(&hidden, r->lang, secret);
	p->kicker = buf_str(&kicker);
	p->days = buf_str(&days);
	p->total = p->pager.summary = buf_str(&total);
	p->secret = buf_str(&hidden);
	p->title = statistic_column_words(r->mem, r->lang, &s->table->columns[f->column - 1]);
}

/* What tells one petition from another where its title and code are not shown: the day it was received, what it
 * is about and whether it is over. The lists of other columns tell as much. Of one that was sealed and is of
 * another type now the same is said, or the line would tell that it was. */
static enum err add_petition(struct req *r, const struct report_dossier *row, struct item *item)
{
	struct dossier *d;
	struct buf b = { .a = r->mem };
	if (row->kind != &petition_kind)
		return OK;
	enum err e = dossier_load_text(&r->tx, row->id, &d);
	if (e)
		return e;
	const struct petition *x = d->data;
	struct str sphere = dossier_words(r, d, "sphere");
	bool goes_on = dossier_state(d)->waits || d->state == PETITION_MERGED;
	msg_statistics_petition(&b, r->lang, x->received_on,
				sphere.len ? sphere
					   : msg_plain(r->lang, MSG_STATISTICS_UNSORTED_ONE),
				row->shown ? msg_plain(r->lang, dossier_state(d)->label)
					   : msg_plain(r->lang, goes_on ? MSG_STATISTICS_GOES_ON
									: MSG_STATISTICS_OVER));
	item->meta = str_printf(r->mem, "%.*s · %.*s", STR_ARG(buf_str(&b)), STR_ARG(item->meta));
	return OK;
}

static enum err fill_items(struct req *r, const struct report_entries *entries, struct items *out)
{
	enum err e = OK;
	out->at = NEW_N(r->mem, struct item, entries->n);
	for (size_t i = 0; !e && i < entries->n; i++) {
		struct item *item = &out->at[out->n++];
		struct buf meta = { .a = r->mem };
		*item = (struct item){ .meta = S("") };
		if ((e = report_dossier_item(r, &entries->at[i].dossier, item)) ||
		    (e = add_petition(r, &entries->at[i].dossier, item)))
			break;
		msg_statistics_share(&meta, r->lang, entries->at[i].dossier.n);
		if (entries->at[i].dossier.n != 1)
			item->meta = str_printf(r->mem, "%.*s · %.*s", STR_ARG(item->meta),
						STR_ARG(buf_str(&meta)));
	}
	return e;
}

/* "431.77": the unit and the dossier after which a list goes on. */
static void read_place(struct req *r, struct stat_filter *f)
{
	struct str rest = req_query(r, "sau"), unit = S(""), dossier = S("");
	int64_t u, d;
	if (str_next(&rest, '.', &unit) && str_next(&rest, '.', &dossier) && str_int(unit, &u) &&
	    str_int(dossier, &d)) {
		f->after_unit = u;
		f->after_id = d;
	}
}

enum err statistic_list_show(struct req *r)
{
	struct stat s;
	struct statistic_days days;
	struct report_entries entries;
	struct statistic_list_page p = { .frame = NULL };
	int64_t column, secret = 0;
	enum err e = statistic_read(r, &s, &days);
	if (e || (e = req_id(r, "column", &column)))
		return e;
	if (days.no_month)
		return tx_fail(&r->tx, ERR_NOT_FOUND, "no whole month in these days");
	p.rounded = statistic_rounded_words(r, &days);
	if (column < 1 || column > s.table->n ||
	    !stat_is_listed(s.table, &s.table->columns[column - 1]))
		return tx_fail(&r->tx, ERR_NOT_FOUND, "no such list");
	struct stat_filter f = { .stat = &s, .column = (int)column, .limit = 50 };
	f.span = str_eq(req_query(r, "luy-ke"), S("1")) ? STAT_YEAR : STAT_PERIOD;
	read_place(r, &f);
	if ((e = stat_list(&r->tx, &f, &entries)) || (e = stat_secret(&r->tx, &f, &secret)) ||
	    (e = fill_items(r, &entries, &p.items)))
		return e;
	fill_list_words(r, &f, secret, &p);
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	if ((e = statistic_crumbs(r, &s, false, p.frame)))
		return e;
	frame_crumb(r->mem, p.frame, p.kicker, statistic_url(r, &s, s.unit.code, 0, STAT_PERIOD));
	if (f.after_id)
		p.pager.first = url_query(r->mem, r->path, &r->query, S("sau"), S(""));
	if (entries.more) {
		const struct report_dossier *last = &entries.at[entries.n - 1].dossier;
		p.pager.next = url_query(r->mem, r->path, &r->query, S("sau"),
					 str_printf(r->mem, "%lld.%lld", (long long)last->unit,
						    (long long)last->id));
	}
	page_statistic_list(&r->out, &p);
	return OK;
}
