#include "main/gateway.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ANSWER_MS = 30000, STEP_MS = 20, TRY_AGAIN = 75 };

enum err gateway_check(struct arena *a, struct str command, struct str *why)
{
	struct stat st;
	const char *path = str_z(a, command);
	if (command.len && command.at[0] == '/' && stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    access(path, X_OK) == 0)
		return OK;
	*why = str_printf(a, "--sms-command %s: not the whole path of a program", path);
	return ERR_INVALID;
}

/* In a group of its own, so that what it starts ends with it; with nothing of ours open. */
static int start(const char *path, int input, pid_t *out)
{
	char *const arguments[] = { (char *)path, NULL };
	char *const environment[] = { (char *)"PATH=/usr/local/bin:/usr/bin:/bin", NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, usual;
	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
						      POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setpgroup(&attributes, 0);
	int fault = posix_spawn(out, path, &files, &attributes, arguments, environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	return fault;
}

/* False: it did not end in time and was ended. */
static bool wait_for(pid_t pid, const struct gateway_message *m, int *status)
{
	struct timespec step = { .tv_nsec = STEP_MS * 1000000L };
	int left = m->ms ? m->ms : ANSWER_MS;
	while (waitpid(pid, status, WNOHANG) == 0) {
		if (left <= 0 || (m->stop && atomic_load(m->stop))) {
			kill(-pid, SIGKILL);
			waitpid(pid, status, 0);
			return false;
		}
		nanosleep(&step, NULL);
		left -= STEP_MS;
	}
	kill(-pid, SIGKILL); /* what it left behind */
	return true;
}

static enum notice_outcome judge(int status, struct arena *a, struct str *why)
{
	if (WIFSIGNALED(status)) {
		*why = str_printf(a, "the command ended by signal %d", WTERMSIG(status));
		return OUTCOME_LATER;
	}
	int code = WEXITSTATUS(status);
	*why = code ? str_printf(a, "the command ended with %d", code) : S("");
	return code == 0 ? OUTCOME_SENT : code == TRY_AGAIN ? OUTCOME_LATER : OUTCOME_NEVER;
}

enum notice_outcome gateway_send(const struct gateway_message *m, struct arena *a, struct str *why)
{
	int ends[2], status = 0;
	pid_t pid;
	struct str input = str_printf(a, "to %.*s\nid %.*s\n\n%.*s\n", STR_ARG(m->to),
				      STR_ARG(m->id), STR_ARG(m->text));
	if (pipe2(ends, O_CLOEXEC) != 0) {
		*why = str_printf(a, "no pipe: %s", strerror(errno));
		return OUTCOME_LATER;
	}
	/* Less than a pipe holds: this never waits. */
	bool given = write(ends[1], input.at, input.len) == (ssize_t)input.len;
	close(ends[1]);
	int fault = given ? start(str_z(a, m->command), ends[0], &pid) : EIO;
	close(ends[0]);
	if (fault) {
		*why = str_printf(a, "the command did not start: %s", strerror(fault));
		return OUTCOME_LATER;
	}
	if (!wait_for(pid, m, &status)) {
		*why = S("the command did not answer in time");
		return OUTCOME_LATER;
	}
	return judge(status, a, why);
}
