import Glibc

/// The user under whom the cluster runs: PostgreSQL refuses to run as root.
struct ServerUser {
    let user: uid_t
    let group: gid_t
    /// True where a child has to give up root to become this user.
    let isOther: Bool

    /// This process's user, or, for root, who owns the cluster already, else `postgres`, else
    /// `nobody`.
    static func choose(
        forClusterAt path: String
    ) throws(EmbeddedPostgresError) -> ServerUser {
        var information = stat()
        let exists = stat(path, &information) == 0
        guard geteuid() == 0 else {
            guard !exists || information.st_uid == geteuid() else {
                throw EmbeddedPostgresError(
                    "\(path) belongs to another user (\(information.st_uid)): start as that "
                        + "user or as root, or set VOUCH_DATA to another place.")
            }
            return ServerUser(user: geteuid(), group: getegid(), isOther: false)
        }
        if exists, information.st_uid != 0 {
            return ServerUser(
                user: information.st_uid, group: information.st_gid, isOther: true)
        }
        for name in ["postgres", "nobody"] {
            guard let entry = getpwnam(name), entry.pointee.pw_uid != 0 else { continue }
            return ServerUser(
                user: entry.pointee.pw_uid, group: entry.pointee.pw_gid, isOther: true)
        }
        throw EmbeddedPostgresError(
            "PostgreSQL does not run as root, and there is neither a user postgres nor nobody.")
    }

    /// True where this user may pass through the directory and all above it.
    func canReach(_ directory: String) -> Bool {
        guard isOther else { return true }
        var path = ""
        for part in directory.split(separator: "/") {
            path += "/\(part)"
            var information = stat()
            guard stat(path, &information) == 0 else { return true }
            let bit: mode_t =
                information.st_uid == user ? 0o100 : information.st_gid == group ? 0o010 : 0o001
            if information.st_mode & bit == 0 { return false }
        }
        return true
    }

    /// Gives the file or the directory to this user.
    func own(_ path: String) throws(EmbeddedPostgresError) {
        guard isOther else { return }
        guard lchown(path, user, group) == 0 else {
            throw Files.failure("change the owner of", path)
        }
    }
}
