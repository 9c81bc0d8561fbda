/* listen: asks the system, which knows why. */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/banned.h"

/* 0, or the number of the error. */
static int
try_address(const struct sockaddr_in *a)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int on = 1, failed = 0;

	if (fd < 0)
		return errno;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (const struct sockaddr *)a, sizeof *a) != 0 ||
		listen(fd, 1) != 0)
		failed = errno;
	(void)close(fd);
	return failed;
}

bool
listen_check(const char *host, int port, struct err *e)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	int failed;

	a.sin_port = htons((uint16_t)port);
	if (inet_pton(AF_INET, host, &a.sin_addr) != 1)
		return err_set(e, ERR_USAGE,
			"\"%s\" is no numeric IPv4 address", host);
	failed = try_address(&a);
	if (failed == EADDRINUSE)
		return err_set(e, ERR_SYSTEM,
			"%s:%d is taken by another program", host, port);
	if (failed)
		return err_set(e, ERR_SYSTEM, "cannot listen on %s:%d: %s",
			host, port, strerror(failed));
	return true;
}
