/* The address of a database may hold a password, and what a command says lands in journals and on screens:
 * no message repeats it, however the address was written. */
#include "tests/demo.h"
#include "tests/test_db.h"

#define SECRET "bi-mat" /* and its halves, where a sign of the address stands in it */

static const struct {
	const char *address;
	int code;
} addresses[] = {
	{ "host=127.0.0.1 port=1 user=dinh password=bi-mat", 2 },
	{ "mysql://dinh:bi-mat@127.0.0.1/dinh", 2 },
	{ "postgres://dinh:bi-mat@[::1/dinh", 2 },
	{ "postgres://dinh:bi-mat%zz@127.0.0.1:1/dinh", 2 },
	{ "postgres://dinh:x@bi-mat@127.0.0.1:1/dinh", 2 },
	{ "postgres://dinh:bi-mat/x@127.0.0.1:1/dinh", 2 },
	{ "postgres://127.0.0.1:1/dinh?user=dinh&bi-mat=x", 2 },
	{ "postgres://dinh:bi-mat@127.0.0.1:1/dinh", 3 },
};

static void refused(struct str environment, struct str arguments, int code)
{
	struct ran r = shell(
		z("%.*s '%s' %.*s 2>&1", STR_ARG(environment), program(), STR_ARG(arguments)));
	if (r.code != code || !r.out.len || str_has(r.out, S(SECRET)))
		FAIL("%.*s dinh %.*s: exit %d: %.*s", STR_ARG(environment), STR_ARG(arguments),
		     r.code, STR_ARG(r.out));
}

TEST(no_command_prints_the_password_of_an_address_it_cannot_use)
{
	static const char *const commands[] = {
		"due TL-001 2023-12-27", "verify", "serve --listen 127.0.0.1:0",      "user list",
		"init --unit 14554",     "log",    "backup --to /tmp/no-such-backup",
	};
	for (size_t i = 0; i < LENGTH(commands); i++)
		for (size_t j = 0; j < LENGTH(addresses); j++) {
			struct str at = z("%s --data %s/site", commands[i], test_dir());
			const char *address = addresses[j].address;
			refused(z("env -u DINH_DB"), z("%.*s --db '%s'", STR_ARG(at), address),
				addresses[j].code);
			refused(z("DINH_DB='%s'", address), at, addresses[j].code);
		}
}

TEST(a_replica_is_named_by_a_url_and_its_password_stays_out_of_what_is_logged)
{
	const char *dir = demo();
	struct ran r = dinh(z("serve --listen 127.0.0.1:0 --data '%s' --read-db '%s'", dir,
			      addresses[0].address));
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("--read-db")) && !str_has(r.out, S(SECRET)));
	for (size_t i = 1; i < LENGTH(addresses); i++) {
		struct served s =
			served_start(z("serve --listen 127.0.0.1:0 --data '%s' --read-db '%s'", dir,
				       addresses[i].address));
		CHECK_INT(get(&s, "/").status, 200); /* from the primary */
		CHECK_INT(stop(&s), 0);
		struct str log = said(&s);
		CHECK(str_has(log, S("web.database")) && !str_has(log, S(SECRET)));
	}
}
