// What a listening socket can be asked beyond the usual: a filter before its queue, and how many
// attempts it has dropped.
#ifndef VOUCH_CLINUX_LISTEN_H
#define VOUCH_CLINUX_LISTEN_H

#include <stdint.h>

/// Lets the kernel drop connection attempts (SYN without ACK) whose group is `passing` or higher,
/// before they are queued. The group is the upper byte of the product of `multiplier` and the
/// source address; of an IPv6 address its upper half counts, the two words by exclusive or. Other
/// segments pass. Returns 0, or -1 with errno.
int vouch_sieve_attach(int descriptor, uint32_t multiplier, uint32_t passing);

/// Takes the filter away; without one that is no error.
int vouch_sieve_detach(int descriptor);

/// Segments that a socket dropped since it was opened; -1 with errno.
int64_t vouch_socket_drops(int descriptor);

/// Nanoseconds of CPU time of the calling thread.
uint64_t vouch_thread_cpu_nanoseconds(void);

#endif
