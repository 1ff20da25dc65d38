/* What Decree 145/2020 asks of a dialogue at a workplace: how many delegates, and how many of them there. */
#include "modules/discuss/dialogue_steps.h"

enum { QUORUM = 70, ASKED = 30 }; /* in a hundred */

const struct headcount *dialogue_headcount(const struct law *law, int64_t workers, struct date on)
{
	for (size_t i = 0; i < law->headcounts.n; i++) {
		const struct headcount *h = &law->headcounts.at[i];
		bool holds =
			workers >= h->workers_from && (!h->workers_to || workers <= h->workers_to);
		if (holds)
			return h->cite.act && span_holds(h->cite.act->valid, on) ? h : NULL;
	}
	return NULL;
}

bool dialogue_has_quorum(int64_t present, int64_t delegates)
{
	return delegates > 0 && present * 100 > delegates * QUORUM;
}

bool dialogue_may_be_asked_for(int64_t asking, int64_t delegates)
{
	return delegates > 0 && asking * 100 >= delegates * ASKED;
}

enum err workplace_check_request(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults)
{
	const struct dialogue *x = form;
	(void)tx, (void)d, (void)on;
	if (x->asking > x->delegates)
		fault_add_msg(faults, "asking", MSG_WORKPLACE_FAULT_MORE);
	else if (!dialogue_may_be_asked_for(x->asking, x->delegates))
		fault_add_msg(faults, "asking", MSG_WORKPLACE_FAULT_ASKING);
	return OK;
}

enum err workplace_check_plan(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct dialogue *x = form;
	const struct headcount *h = dialogue_headcount(tx->office->law, x->workers, x->day);
	struct buf b = { .a = tx->mem };
	enum lang lang = faults ? faults->lang : LANG_VI;
	if (h && x->delegates < h->worker_delegates) {
		msg_workplace_fault_delegates(&b, lang, x->workers, h->worker_delegates,
					      citation_words(tx->mem, &h->cite, lang == LANG_EN));
		fault_add(faults, "delegates", buf_str(&b));
	}
	if (h && x->employer_delegates < h->employer_delegates)
		fault_add_msg(faults, "employer_delegates", MSG_WORKPLACE_FAULT_EMPLOYER);
	return dialogue_check_plan(tx, d, form, on, faults);
}

/* Without them it is no dialogue: it is put off to another day. */
enum err workplace_check_hold(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct dialogue *x = form, *now = d->data;
	struct buf b = { .a = tx->mem };
	bool rule = dialogue_headcount(tx->office->law, now->workers, on) != NULL;
	if (x->people > now->delegates) {
		fault_add_msg(faults, "people", MSG_WORKPLACE_FAULT_MORE);
	} else if (rule && !dialogue_has_quorum(x->people, now->delegates)) {
		msg_workplace_fault_quorum(&b, faults ? faults->lang : LANG_VI, x->people,
					   now->delegates, now->delegates * QUORUM / 100 + 1);
		fault_add(faults, "people", buf_str(&b));
	}
	return dialogue_check_hold(tx, d, form, on, faults);
}
