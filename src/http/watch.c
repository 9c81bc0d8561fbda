/* watch: ends connections that are past their total deadline. */
#include "http/watch.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/banned.h"

enum { TICK_MS = 100, DRAIN_STEP_MS = 2, FD_MAX = 1 << 20 };

/* Held by its worker while it begins and ends, and by the watcher while it
 * shuts the socket: so the socket is still this connection's own. */
struct slot {
	pthread_mutex_t lock;
	int peer_port;
	int64_t deadline_ms; /* 0: not in use */
	bool shut;           /* for reading, already */
};

struct watch {
	struct slot *slots;
	size_t slot_count;
	atomic_int port;
	atomic_size_t busy;
	atomic_bool stop;
	pthread_t thread;
};

static int
port_of(const struct sockaddr_storage *a)
{
	struct sockaddr_in in;

	if (a->ss_family != AF_INET)
		return -1;
	memcpy(&in, a, sizeof in);
	return ntohs(in.sin_port);
}

/* Is this descriptor a connection from peer_port to our port, or, with
 * peer_port 0, any socket on our port, the listening one too? */
static bool
is_ours(int fd, int port, int peer_port)
{
	struct sockaddr_storage a = { 0 };
	socklen_t len = sizeof a;

	if (getsockname(fd, (struct sockaddr *)&a, &len) != 0 ||
		port_of(&a) != port)
		return false;
	if (peer_port == 0)
		return true;
	len = sizeof a;
	return getpeername(fd, (struct sockaddr *)&a, &len) == 0 &&
		port_of(&a) == peer_port;
}

static void
shut_sockets(int port, int peer_port, int how)
{
	DIR *dir = opendir("/proc/self/fd");
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL) {
		int64_t fd;

		if (text_to_int(text_of(entry->d_name), 0, FD_MAX, &fd) &&
			is_ours((int)fd, port, peer_port))
			(void)shutdown((int)fd, how);
	}
	(void)closedir(dir);
}

static void
watch_slot(struct watch *w, struct slot *s)
{
	int64_t late_ms;

	(void)pthread_mutex_lock(&s->lock);
	late_ms = s->deadline_ms ? clock_monotonic_ms() - s->deadline_ms : 0;
	if (late_ms > WATCH_GRACE_MS) {
		shut_sockets(w->port, s->peer_port, SHUT_RDWR);
	} else if (late_ms > 0 && !s->shut) {
		shut_sockets(w->port, s->peer_port, SHUT_RD);
		s->shut = true;
	}
	(void)pthread_mutex_unlock(&s->lock);
}

static void
sleep_ms(int ms)
{
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };

	(void)nanosleep(&t, NULL);
}

static void *
watch_run(void *context)
{
	struct watch *w = context;

	while (!w->stop) {
		sleep_ms(TICK_MS);
		for (size_t i = 0; w->busy > 0 && i < w->slot_count; i++)
			watch_slot(w, &w->slots[i]);
	}
	return NULL;
}

static void
watch_free(struct watch *w)
{
	for (size_t i = 0; i < w->slot_count; i++)
		(void)pthread_mutex_destroy(&w->slots[i].lock);
	free(w->slots);
	free(w);
}

bool
watch_open(size_t slots, struct watch **out, struct err *e)
{
	struct watch *w = calloc(1, sizeof *w);

	*out = NULL;
	if (!w)
		return err_set(e, ERR_SYSTEM, "no memory for the server");
	w->slots = calloc(slots, sizeof *w->slots);
	if (!w->slots) {
		free(w);
		return err_set(e, ERR_SYSTEM, "no memory for %zu workers",
			slots);
	}
	for (; w->slot_count < slots; w->slot_count++)
		(void)pthread_mutex_init(&w->slots[w->slot_count].lock, NULL);
	if (pthread_create(&w->thread, NULL, watch_run, w) != 0) {
		watch_free(w);
		return err_set(e, ERR_SYSTEM, "cannot start a thread");
	}
	*out = w;
	return true;
}

void
watch_close(struct watch *w)
{
	if (!w)
		return;
	w->stop = true;
	(void)pthread_join(w->thread, NULL);
	watch_free(w);
}

void
watch_set_port(struct watch *w, int port)
{
	w->port = port;
}

void
watch_begin(struct watch *w, size_t slot, int peer_port, int64_t deadline_ms)
{
	struct slot *s = &w->slots[slot];

	(void)pthread_mutex_lock(&s->lock);
	s->peer_port = peer_port;
	s->deadline_ms = deadline_ms;
	s->shut = false;
	(void)pthread_mutex_unlock(&s->lock);
	w->busy++;
}

void
watch_move(struct watch *w, size_t slot, int64_t deadline_ms)
{
	struct slot *s = &w->slots[slot];

	(void)pthread_mutex_lock(&s->lock);
	s->deadline_ms = deadline_ms;
	(void)pthread_mutex_unlock(&s->lock);
}

void
watch_end(struct watch *w, size_t slot)
{
	struct slot *s = &w->slots[slot];

	(void)pthread_mutex_lock(&s->lock);
	s->deadline_ms = 0;
	(void)pthread_mutex_unlock(&s->lock);
	w->busy--;
}

void
watch_drain(struct watch *w, int max_ms)
{
	int64_t end = clock_monotonic_ms() + max_ms;

	while (w->busy > 0 && clock_monotonic_ms() < end)
		sleep_ms(DRAIN_STEP_MS);
}

void
watch_shut_all(struct watch *w)
{
	shut_sockets(w->port, 0, SHUT_RDWR);
}
