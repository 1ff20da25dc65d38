/* Starts the real program on a site of its own and holds every .http file against the .out beside it,
 * one TAP test a file: `http_runner [--accept] FILE...`. The site is made by `$DINH demo` with a fixed
 * seed in a folder that goes afterwards; HTTP_DEMO gives its options. */
#include "tests/http_client.h"
#include "tests/http_file.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 600, WAIT_US = 50000 };

static int free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), port = 0;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 &&
	    getsockname(fd, (struct sockaddr *)&at, &len) == 0)
		port = ntohs(at.sin_port);
	close(fd);
	return port;
}

static pid_t serve(const char *program, const char *dir, const char *listen)
{
	pid_t pid = fork();
	if (pid == 0) {
		dup2(STDERR_FILENO, STDOUT_FILENO); /* our standard output is TAP */
		execl(program, program, "serve", "--data", dir, "--listen", listen, (char *)NULL);
		_exit(127);
	}
	return pid;
}

static bool wait_for(int port, pid_t pid)
{
	for (int i = 0; i < PATIENCE; i++) {
		int fd = http_connect(port);
		if (fd >= 0) {
			close(fd);
			return true;
		}
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return false;
		usleep(WAIT_US);
	}
	return false;
}

static int run_files(int port, bool accept, int n, char **files)
{
	int failed = 0;
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		struct arena *a = arena_new(0);
		struct str rest = http_file_check(a, port, files[i], accept), line;
		failed += rest.len > 0;
		printf("%sok %d - %s\n", rest.len ? "not " : "", i + 1, files[i]);
		while (rest.len && str_next(&rest, '\n', &line))
			printf("# %.*s\n", STR_ARG(line));
		fflush(stdout);
		arena_free(a);
	}
	return failed;
}

int main(int argc, char **argv)
{
	const char *program = getenv("DINH"), *options = getenv("HTTP_DEMO");
	bool accept = argc > 1 && strcmp(argv[1], "--accept") == 0;
	char dir[] = "/tmp/dinh-http-XXXXXX", listen[32], command[4096];
	int port = free_port(), first = accept ? 2 : 1, failed = 1;

	if (!program || !mkdtemp(dir) || !port) {
		fprintf(stderr,
			"http_runner: DINH must name the program, and /tmp must be writable\n");
		return 3;
	}
	snprintf(command, sizeof command, "'%s' demo --data '%s/site' %s >&2", program, dir,
		 options ? options : "--seed 7 --scale 0.02");
	snprintf(listen, sizeof listen, "127.0.0.1:%d", port);
	if (system(command) == 0) {
		char site[64];
		snprintf(site, sizeof site, "%s/site", dir);
		pid_t pid = serve(program, site, listen);
		if (pid > 0 && wait_for(port, pid))
			failed = run_files(port, accept, argc - first, argv + first);
		else
			printf("Bail out! the server did not start\n");
		if (pid > 0) {
			kill(pid, SIGTERM);
			waitpid(pid, NULL, 0);
		}
	} else {
		printf("Bail out! no site could be made\n");
	}
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command) == 0 && !failed ? 0 : 1;
}
