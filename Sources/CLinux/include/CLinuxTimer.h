// Timers as descriptors.
#ifndef VOUCH_CLINUX_TIMER_H
#define VOUCH_CLINUX_TIMER_H

#include <stdint.h>

/// A timer of CLOCK_MONOTONIC as a non-blocking descriptor; -1 with errno.
int vouch_timer_create(void);

/// Lets a timer expire once at a moment in nanoseconds, or at once where it is past; 0 switches it
/// off.
int vouch_timer_set(int timer, uint64_t nanoseconds);

#endif
