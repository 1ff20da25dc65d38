#include "web/paper.h"

#include "base/encode.h"
#include "base/utf8.h"
#include "ledger/log.h"
#include "office/dossier.h"
#include "office/kind.h"
#include "web/dossier_page.h"
#include "web/qr.h"
#include "web/root.h"

#include <string.h>

enum { QR_SIZE = 132 };

enum err paper_begin(struct req *r, const struct dossier *d, enum msg name, size_t more,
		     struct paper *out)
{
	struct str body;
	enum err e = req_body_words(r, d->unit, &body);
	if (e)
		return e;
	*out = (struct paper){ .frame = req_frame(r, msg_plain(r->lang, name), kind_door(d->kind)),
			       .back = { dossier_title(d), dossier_url(r, d->code) },
			       .body_name = utf8_upper(r->mem, body) };
	out->facts.at = NEW_N(r->mem, struct kv, PAPER_FACTS + more);
	return OK;
}

void paper_fact(struct req *r, struct paper *p, enum msg label, struct str value)
{
	if (value.len)
		p->facts.at[p->facts.n++] =
			(struct kv){ .label = msg_plain(r->lang, label), .value = value };
}

struct paper_part *paper_add_part(struct req *r, struct paper *p, enum msg head, size_t most)
{
	if (!p->parts.at)
		p->parts.at = NEW_N(r->mem, struct paper_part, PAPER_PARTS);
	struct paper_part *part = &p->parts.at[p->parts.n++];
	part->head = msg_plain(r->lang, head);
	part->lines.at = NEW_N(r->mem, struct kv, most);
	return part;
}

enum err paper_dated(struct req *r, const struct dossier *d, struct date on, struct paper *p)
{
	struct unit u;
	struct buf b = { .a = r->mem };
	struct ymd day = date_ymd(on);
	enum err e = unit_find(&r->tx, d->unit, tx_today(&r->tx), &u);
	if (e)
		return e;
	/* Decree 30/2020, annex I: days under 10 and the months 1 and 2 are written with a nought. */
	msg_paper_place_day(&b, r->lang, u.name, str_printf(r->mem, "%02d", day.day),
			    str_printf(r->mem, day.month < 3 ? "%02d" : "%d", day.month), day.year);
	p->place = buf_str(&b);
	return OK;
}

enum err paper_checked(struct req *r, const struct dossier *d, const char *step, struct paper *p)
{
	struct acts acts;
	struct log_leaf leaf;
	int64_t id = 0;
	struct url address = req_absolute(r, dossier_url(r, d->code));
	enum err e = act_list(&r->tx, d, &acts);
	for (size_t i = 0; !e && i < acts.n; i++)
		if (step ? strcmp(acts.at[i].step->name, step) == 0 : acts.at[i].step->version)
			id = acts.at[i].leaf;
	if (e || (e = log_leaf_find(&r->tx, id, &leaf)))
		return e;
	p->check_value = check_value_text(r->mem, leaf.hash.b);
	p->address = address.s;
	return qr_svg(r->mem, address.s, msg_plain(r->lang, MSG_PAPER_QR), QR_SIZE, &p->qr);
}
