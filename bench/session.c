/* Signs a person of a site in without the page for it, so that a benchmark can send real forms: what
 * it measures is the step, not the hashing of a password. Prints the cookie.
 *
 *     bench_session FOLDER LOGIN */
#include "office/session.h"
#include "main/home.h"

#include <stdio.h>

static enum err sign_in(struct tx *tx, struct str login, struct str *cookie)
{
	struct credential c;
	enum err e = credential_load(tx, login, &c);

	if (e)
		return e;
	c.passed = true;
	return session_open(tx, &c, S(""), cookie);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(0);
	struct home home = { .lock = -1 };
	struct str why = S(""), cookie = S("");
	struct tx tx = { 0 };

	if (argc != 3) {
		fputs("usage: bench_session FOLDER LOGIN\n", stderr);
		return 2;
	}
	enum err e = home_open(&home, a, &(struct home_where){ .data = str_of(argv[1]) }, DB_WRITE,
			       &why);
	if (!e)
		e = home_begin(&home, &tx, a, DB_WRITE);
	if (!e)
		e = tx_end(&tx, sign_in(&tx, str_of(argv[2]), &cookie));
	if (e)
		fprintf(stderr, "bench_session: %s %.*s %s\n", err_name(e), STR_ARG(why), tx.why);
	else
		printf("%.*s\n", STR_ARG(cookie));
	home_close(&home);
	arena_free(a);
	return e ? 3 : 0;
}
