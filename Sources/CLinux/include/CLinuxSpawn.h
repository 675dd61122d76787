// Starting a child process under another user: Swift cannot fork, and posix_spawn changes no
// user.
#ifndef VOUCH_CLINUX_SPAWN_H
#define VOUCH_CLINUX_SPAWN_H

#include <stdint.h>
#include <sys/types.h>

/// How a child process is started. All pointers are the caller's.
struct vouch_spawn_options {
    const char *path;
    char *const *arguments;
    char *const *environment;
    /// Where the child starts.
    const char *directory;
    /// Become the standard streams; errors go where the output goes.
    int input;
    int output;
    /// Nonzero: the child gives up root and becomes this user and group.
    int changes_user;
    uid_t user;
    gid_t group;
    /// The signal the child gets when the thread that started it ends; 0: none.
    int death_signal;
};

/// Starts a child in a session of its own. Returns its id, or -1 with errno, also when the
/// child could not become the user or the program could not be started.
pid_t vouch_spawn(const struct vouch_spawn_options *options);

#endif
