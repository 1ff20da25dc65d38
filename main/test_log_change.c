/* `dinh log rotate-key` and `retire-key` on a whole site: what is refused, what is served, what strangers
 * make of it, and that a change may be cut off anywhere. */
#include "tests/program.h"
#include "tests/test_db.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *new_site(void)
{
	const char *dir = z("%s/site", test_dir()).at;
	must(z("init --data '%s' --unit 14554 --day 2020-06-01 --name 'Xã thử'", dir));
	return dir;
}

static struct str vkeys(const char *dir)
{
	struct served s = serve(dir);
	struct str body = get(&s, "/log/vkey").body;
	CHECK_INT(stop(&s), 0);
	return body;
}

static size_t lines(struct str text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++)
		n += text.at[i] == '\n';
	return n;
}

static void verifies(const char *dir)
{
	struct ran r = dinh(z("verify --json --data '%s'", dir));
	if (r.code)
		FAIL("%.*s", STR_ARG(r.out));
}

static struct str first_line(struct str text)
{
	struct str line;
	return str_next(&text, '\n', &line) ? line : S("");
}

TEST(a_change_of_keys_is_refused_while_the_site_is_served)
{
	const char *dir = new_site();
	struct served s = serve(dir);
	struct str before = get(&s, "/log/vkey").body;
	struct ran r = dinh(z("log rotate-key --data '%s' --lang en", dir));
	CHECK_INT(r.code, 3);
	CHECK(str_has(r.out, S("another dinh serves this site; stop it first")));
	CHECK_STR(get(&s, "/log/vkey").body, before);
	CHECK_INT(stop(&s), 0);
	CHECK_INT(lines(test_file(z("%s/log.key", dir).at)), 1);
}

TEST(what_would_be_unsafe_or_is_no_change_is_refused)
{
	const char *dir = new_site();
	CHECK_INT(dinh(z("log retire-key --data '%s'", dir)).code, 2);
	CHECK_INT(dinh(z("log rotate --data '%s'", dir)).code, 2);
	CHECK_INT(dinh(z("log rotate-key --accept --data '%s'", dir)).code, 2);
	CHECK_INT(dinh(z("log rotate-key --data '%s'", dir)).code, 0);
	struct ran twice = dinh(z("log rotate-key --data '%s'", dir));
	CHECK_INT(twice.code, 2);
	CHECK(str_has(twice.out, S("retire-key")));
	CHECK_INT(dinh(z("log retire-key --data '%s'", dir)).code, 0);
	CHECK_INT(dinh(z("log retire-key --data '%s'", dir)).code, 2);
	/* A log that may not be signed gets no new key either. */
	CHECK_INT(shell(z("rm '%s/checkpoint'", dir)).code, 0);
	struct ran lost = dinh(z("log rotate-key --data '%s'", dir));
	CHECK_INT(lost.code, 2);
	CHECK(str_has(lost.out, S("checkpoint is missing")));
	CHECK_INT(lines(test_file(z("%s/log.key", dir).at)), 2);
}

TEST(both_keys_are_served_while_they_change_and_strangers_follow)
{
	const char *dir = new_site();
	struct str old = first_line(vkeys(dir)), state = z("%s/state", test_dir()),
		   seldom = z("%s/seldom", test_dir());
	struct served s = serve(dir);
	struct str ask = z("verify --lang en --url http://127.0.0.1:%d", s.port);
	must(z("%.*s --state %.*s", STR_ARG(ask), STR_ARG(state)));
	must(z("%.*s --state %.*s", STR_ARG(ask), STR_ARG(seldom)));
	CHECK_INT(stop(&s), 0);

	struct ran r = dinh(z("log rotate-key --data '%s' --lang en", dir));
	CHECK_INT(r.code, 0);
	CHECK(str_has(r.out, S("There is a new key: ")));
	CHECK(str_has(r.out, z("Old key, signs until retire-key: %.*s\n", STR_ARG(old))));
	CHECK_STR(shell(z("stat -c %%a '%s/log.key'", dir)).out, S("600\n"));
	s = serve(dir);
	struct str both = get(&s, "/log/vkey").body, fresh = first_line(both);
	CHECK_INT(lines(both), 2);
	CHECK(!str_eq(fresh, old));
	CHECK_STR(first_line(str_from(both, fresh.len + 1)), old);
	struct http_reply page = get(&s, "/kiem-chung"), data = get(&s, "/du-lieu");
	CHECK(str_has(page.body, fresh) && str_has(page.body, old));
	CHECK(str_has(page.body, S("đang được đổi")));
	CHECK(str_has(data.body, fresh) && str_has(data.body, old));
	ask = z("verify --lang en --url http://127.0.0.1:%d", s.port);
	r = dinh(z("%.*s --state %.*s", STR_ARG(ask), STR_ARG(state)));
	CHECK_INT(r.code, 0);
	CHECK(str_has(r.out, z("trusted before vouches for this one: %.*s\n", STR_ARG(old))));
	must(z("%.*s --vkey '%.*s' --state %s/x", STR_ARG(ask), STR_ARG(old), dir));
	CHECK_INT(stop(&s), 0);

	must(z("log retire-key --data '%s'", dir));
	CHECK_STR(vkeys(dir), z("%.*s\n", STR_ARG(fresh)));
	s = serve(dir);
	ask = z("verify --lang en --url http://127.0.0.1:%d", s.port);
	must(z("%.*s --state %.*s", STR_ARG(ask), STR_ARG(state)));
	r = dinh(z("%.*s --state %.*s", STR_ARG(ask), STR_ARG(seldom)));
	CHECK_INT(r.code, 0);
	CHECK(str_has(r.out, fresh));
	struct str log = z("http://127.0.0.1:%d/log", s.port);
	CHECK_INT(shell(z("python3 docs/verify-log.py log %.*s '%.*s'", STR_ARG(log), STR_ARG(old)))
			  .code,
		  0);
	CHECK_INT(shell(z("python3 docs/verify-log.py log %.*s", STR_ARG(log))).code, 0);
	CHECK_INT(stop(&s), 0);
	verifies(dir);
	struct ran state_of = dinh(z("log --data '%s' --lang en", dir));
	CHECK_INT(state_of.code, 0);
	CHECK(str_has(state_of.out, S("Ready to sign")));
}

/* Killed at a random moment, again and again: the log always verifies, the key file always fits, and the
 * change can be brought to its end. */
TEST(a_change_of_keys_may_be_killed_at_any_moment)
{
	const char *dir = new_site();
	const char *dinh_path = program();
	int finished = 0;
	for (int round = 0; round < 24; round++) {
		const char *word = round % 2 ? "retire-key" : "rotate-key";
		pid_t pid = fork();
		CHECK(pid >= 0);
		if (!pid) {
			if (!freopen("/dev/null", "w", stdout) ||
			    dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
				_exit(99);
			execl(dinh_path, "dinh", "log", word, "--data", dir, (char *)NULL);
			_exit(99);
		}
		usleep((useconds_t)test_below(400000));
		kill(pid, SIGKILL);
		int status;
		CHECK(waitpid(pid, &status, 0) == pid);
		finished += WIFEXITED(status);
		verifies(dir);
		struct ran now = dinh(z("log --data '%s' --lang en", dir));
		if (now.code || !str_has(now.out, S("Ready to sign")))
			FAIL("after %s: %.*s", word, STR_ARG(now.out));
		/* To its end, whatever was done of it: refused only when it was done already. */
		struct ran again = dinh(z("log %s --data '%s'", word, dir));
		if (again.code != 0 && again.code != 2)
			FAIL("%.*s", STR_ARG(again.out));
		CHECK_STR(shell(z("stat -c %%a '%s/log.key'", dir)).out, S("600\n"));
		verifies(dir);
	}
	printf("# %d of 24 changes came to their end before they were killed\n", finished);
}
