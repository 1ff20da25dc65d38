/* What a step costs without sockets: a clerk of a site records disclosures, so many to a commit, each
 * in a savepoint of its own and by a session looked up, as in the writer's batches.
 *
 *     bench_steps [-q] FOLDER LOGIN TIMES BATCH     -q: also the statements of a step, and how often
 *
 * Prints the processor time of a step. Instructions are counted by valgrind --tool=callgrind
 * --toggle-collect=repeat. */
#include "main/home.h"
#include "modules/know/disclosure.h"
#include "office/account.h"
#include "office/session.h"
#include "office/step.h"
#include "store/engine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static enum err record(struct tx *tx, struct str cookie)
{
	struct session session;
	struct member who;
	enum err e = session_load(tx, cookie, &session);
	if (e || (e = member_load(tx, session.person, &who)))
		return e;
	tx->who = &who;
	struct step_input in = { .on = NO_DATE };
	struct faults faults = { .a = tx->mem };
	struct disclosure *form = step_form(tx->mem, kind_step(&disclosure_kind, S("record")));
	struct dossier *made;

	form->matter = S("XA07-05-01");
	form->title = S("Công khai dự toán ngân sách xã");
	form->body = S("Nội dung công khai dự toán");
	form->issuer = S("UBND xã");
	form->issued_on = date_add(tx_today(tx), -1);
	return dossier_open(tx, &disclosure_kind, who.at[0].unit, "record", form, &in, &faults,
			    &made);
}

/* A function of its own, for the profilers. */
__attribute__((noinline)) static enum err repeat(struct home *h, struct str cookie, int times,
						 int batch)
{
	struct arena *outer = arena_new(0), *one = arena_new(0);
	struct tx all, tx;
	enum err e = OK;

	for (int done = 0; !e && done < times; done += batch) {
		if ((e = home_begin(h, &all, outer, DB_WRITE)))
			break;
		for (int i = 0; !e && i < batch; i++) {
			tx = all;
			tx.mem = one;
			if (!(e = tx_savepoint(&tx)))
				e = tx_savepoint_end(&tx, record(&tx, cookie));
			arena_clear(one);
		}
		if (e)
			fprintf(stderr, "bench_steps: %s\n", tx.why);
		e = tx_end(&all, e);
		arena_clear(outer);
	}
	arena_free(one);
	arena_free(outer);
	return e;
}

static enum err sign_in(struct home *h, struct str login, struct str *cookie)
{
	struct credential c;
	struct tx tx;
	enum err e = home_begin(h, &tx, h->mem, DB_WRITE);

	if (e)
		return e;
	if (!(e = credential_load(&tx, login, &c))) {
		c.passed = true;
		e = session_open(&tx, &c, S(""), cookie);
	}
	return tx_end(&tx, e);
}

static void show_queries(struct db *db, int times)
{
	for (struct statement *s = db->newest; s; s = s->older)
		printf("    %5.2f  %.150s\n", (double)s->run / times, s->sql);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(0);
	struct home home = { .lock = -1 };
	struct str why = S(""), cookie = S("");
	bool show = argc > 1 && strcmp(argv[1], "-q") == 0;
	char **word = argv + 1 + show;

	if (argc != 5 + show) {
		fputs("usage: bench_steps [-q] FOLDER LOGIN TIMES BATCH\n", stderr);
		return 2;
	}
	int times = (int)strtol(word[2], NULL, 10), batch = (int)strtol(word[3], NULL, 10);
	enum err e = home_open(&home, a, &(struct home_where){ .data = str_of(word[0]) }, DB_WRITE,
			       &why);
	if (!e && !(e = sign_in(&home, str_of(word[1]), &cookie)) &&
	    !(e = repeat(&home, cookie, batch, batch))) {
		for (struct statement *s = home.db->newest; s; s = s->older)
			s->run = 0;
		double began = cpu_us();
		e = repeat(&home, cookie, times, batch);
		printf("%.1f us a step\n", (cpu_us() - began) / times);
		if (show)
			show_queries(home.db, times);
	}
	if (e)
		fprintf(stderr, "bench_steps: %s %.*s\n", err_name(e), STR_ARG(why));
	home_close(&home);
	arena_free(a);
	return e ? 3 : 0;
}
