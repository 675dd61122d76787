// What the Glibc module of Swift leaves out: epoll, eventfd, accept4, and macros of them.
#ifndef VOUCH_CLINUX_H
#define VOUCH_CLINUX_H

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include "CLinuxListen.h"
#include "CLinuxSpawn.h"
#include "CLinuxTimer.h"

/// Flags that the importer cannot read because they are enum or cast expressions.
static const uint32_t vouch_epoll_in = EPOLLIN;
static const uint32_t vouch_epoll_out = EPOLLOUT;
static const uint32_t vouch_epoll_rdhup = EPOLLRDHUP;
static const uint32_t vouch_epoll_err = EPOLLERR;
static const uint32_t vouch_epoll_hup = EPOLLHUP;
static const uint32_t vouch_epoll_edge = (uint32_t)EPOLLET;
static const uint32_t vouch_epoll_exclusive = (uint32_t)EPOLLEXCLUSIVE;

/// Declared here because the headers hide them behind _GNU_SOURCE; defining that would make
/// other shapes of system types than those of Swift's Glibc module.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
extern int pthread_setname_np(pthread_t, const char *);

/// Nanoseconds of CLOCK_MONOTONIC.
static inline uint64_t vouch_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/// Microseconds of CLOCK_REALTIME since 1970. Here and not in Swift, because `timespec` belongs to
/// whichever module the compiler happens to load first, and its members are then not visible to a
/// file that imports Glibc.
static inline int64_t vouch_realtime_microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

#endif
