/* The words of the board that the site keeps of its witnesses; and the policy file that a stranger may begin
 * with, who should ask each witness for its key himself. */
#include "web/verify_witness.h"

#include "ledger/log.h"
#include "web/house.h"
#include "web/verify_parts.h"

static struct tag standing(struct req *r, const struct log_witness *w, uint64_t size)
{
	if (!w->answers)
		return (struct tag){ TONE_SOON, verify_word(r, MSG_VERIFY_WITNESS_SILENT),
				     ICON_NONE };
	if (w->size < size)
		return (struct tag){ TONE_WAIT, verify_word(r, MSG_VERIFY_WITNESS_BEHIND),
				     ICON_NONE };
	return (struct tag){ TONE_OK, verify_word(r, MSG_VERIFY_WITNESS_UP), ICON_NONE };
}

static struct str entries(struct req *r, uint64_t n)
{
	struct buf b = { .a = r->mem };
	msg_verify_witness_entries(&b, r->lang, (int64_t)n);
	return buf_str(&b);
}

static void add_row(struct req *r, struct table *t, const struct log_witness *w, uint64_t size)
{
	struct row *row = &t->rows.at[t->rows.n++];
	bool ever = w->seen.ms != 0;
	row->at = NEW_N(r->mem, struct cell, 4);
	row->at[row->n++] = (struct cell){ .text = w->key.name };
	row->at[row->n++] =
		(struct cell){ .text = ever ? entries(r, w->size)
					    : verify_word(r, MSG_VERIFY_WITNESS_NEVER) };
	row->at[row->n++] =
		(struct cell){ .text = ever ? verify_moment(r, w->seen)
					    : verify_word(r, MSG_VERIFY_WITNESS_NEVER) };
	row->at[row->n++] = (struct cell){ .tag = standing(r, w, size) };
}

/* A majority of them, by names w1, w2, ... */
static struct str policy_text(struct req *r, const struct log_witnesses *all)
{
	struct strs keys = log_vkeys(r->house->log, r->mem);
	struct buf b = { .a = r->mem };
	for (size_t i = 0; i < keys.n; i++)
		buf_printf(&b, "log %.*s\n", STR_ARG(keys.at[i]));
	for (size_t i = 0; i < all->n; i++) {
		buf_printf(&b, "witness w%zu ", i + 1);
		buf_put_vkey(&b, &all->at[i].key);
		buf_putc(&b, '\n');
	}
	buf_printf(&b, "group w %zu", all->n / 2 + 1);
	for (size_t i = 0; i < all->n; i++)
		buf_printf(&b, " w%zu", i + 1);
	buf_put(&b, S("\nquorum w\n"));
	return buf_str(&b);
}

void verify_show_witnesses(struct req *r, struct verify_page *p)
{
	static const enum msg columns[] = { MSG_VERIFY_WITNESS, MSG_VERIFY_WITNESS_SAW,
					    MSG_VERIFY_WITNESS_WHEN, MSG_VERIFY_WITNESS_NOW };
	struct log_published now = { .size = 0 };
	p->policy = S("");
	if (!r->house->log)
		return;
	struct log_witnesses all = log_witnesses(r->house->log, r->mem);
	if (!all.n || log_checkpoint(r->house->log, r->mem, &now))
		return;
	p->witnesses = verify_table(r, MSG_VERIFY_WITNESSES, columns, LENGTH(columns), all.n);
	p->witnesses.named = true;
	for (size_t i = 0; i < all.n; i++)
		add_row(r, &p->witnesses, &all.at[i], now.size);
	p->policy = policy_text(r, &all);
}
