#include "CLinuxTimer.h"

#include <sys/timerfd.h>
#include <time.h>

int vouch_timer_create(void) {
    return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
}

int vouch_timer_set(int timer, uint64_t nanoseconds) {
    struct itimerspec value = {{0, 0}, {0, 0}};
    value.it_value.tv_sec = (time_t)(nanoseconds / 1000000000u);
    value.it_value.tv_nsec = (long)(nanoseconds % 1000000000u);
    return timerfd_settime(timer, TFD_TIMER_ABSTIME, &value, 0);
}
