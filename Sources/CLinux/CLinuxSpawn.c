#include "CLinuxSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Raw system calls: glibc's wrappers tell the other threads, which the child does not have.
static int become(const struct vouch_spawn_options *options) {
    if (!options->changes_user) return 0;
    gid_t group = options->group;
    uid_t user = options->user;
    if (syscall(SYS_setgroups, 1, &group) != 0) return -1;
    if (syscall(SYS_setresgid, group, group, group) != 0) return -1;
    return (int)syscall(SYS_setresuid, user, user, user);
}

static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// Runs in the child; what it calls must be async-signal-safe, because other threads of the
// parent may have held locks at the fork.
static void run_child(const struct vouch_spawn_options *options, int report, pid_t parent) {
    reset_signals();
    // A session of its own keeps the terminal's Ctrl-C from the child: its parent stops it,
    // in order.
    setsid();
    umask(077);
    if (dup2(options->input, 0) < 0 || dup2(options->output, 1) < 0) goto failed;
    if (dup2(options->output, 2) < 0) goto failed;
    if (chdir(options->directory) != 0) goto failed;
    if (become(options) != 0) goto failed;
    // After the change of user, which clears the setting.
    if (options->death_signal != 0) {
        prctl(PR_SET_PDEATHSIG, options->death_signal);
        if (getppid() != parent) _exit(127);
    }
#ifdef SYS_close_range
    // 4 is CLOSE_RANGE_CLOEXEC: no descriptor of the parent's gets into the program.
    syscall(SYS_close_range, 3u, ~0u, 4u);
#endif
    execve(options->path, options->arguments, options->environment);
failed:;
    int code = errno;
    ssize_t written = write(report, &code, sizeof code);
    (void)written;
    _exit(127);
}

pid_t vouch_spawn(const struct vouch_spawn_options *options) {
    int report[2];
    if (pipe(report) != 0) return -1;
    fcntl(report[0], F_SETFD, FD_CLOEXEC);
    fcntl(report[1], F_SETFD, FD_CLOEXEC);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) run_child(options, report[1], parent);
    int code = errno;
    close(report[1]);
    if (child > 0) {
        // The end of the pipe without a code means that the program has been started.
        ssize_t got;
        do got = read(report[0], &code, sizeof code);
        while (got < 0 && errno == EINTR);
        if (got == (ssize_t)sizeof code) {
            waitpid(child, NULL, 0);
            child = -1;
        }
    }
    close(report[0]);
    if (child < 0) errno = code;
    return child;
}
