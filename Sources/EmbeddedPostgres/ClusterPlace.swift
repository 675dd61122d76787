import Glibc

/// Where the files of the private cluster are.
struct ClusterPlace {
    /// What the server calls its data directory.
    let cluster: String
    /// Where its socket is; only the server's user (and root) may enter.
    let socketDirectory: String
    let log: String
    /// Locked by the process that started the server, for as long as it lives.
    let lock: String

    private let base: String

    /// The longest path of a socket that Linux takes (`sun_path` with its zero).
    private static let socketPathMax = 107
    private static let socketName = "/.s.PGSQL.5432"

    /// Decides the place and makes its directories.
    ///
    /// The cluster is kept in `directory`, unless root has started this program in a place
    /// where the server's unprivileged user cannot pass (a home directory of mode 0700): then
    /// it is kept below `/var/lib/vouch`, in a folder named after `directory`, and the file
    /// `location` in `directory` says where. The socket moves to `/tmp` where the path would
    /// be too long for one.
    static func prepare(
        _ directory: String, for user: ServerUser
    ) throws(EmbeddedPostgresError) -> ClusterPlace {
        try Files.makeDirectory(directory, mode: user.isOther ? 0o711 : 0o700)
        guard let wanted = Files.resolved(directory) else {
            throw Files.failure("find", directory)
        }
        var base = wanted
        if !user.canReach(wanted) {
            base = "/var/lib/vouch/\(name(of: wanted))"
            try Files.makeDirectory(base, mode: 0o711)
            guard user.canReach(base) else {
                throw EmbeddedPostgresError(
                    "The database's user can enter neither \(wanted) nor \(base). Open the way "
                        + "(chmod o+x), or set VOUCH_DATA to another place.")
            }
            try write("\(base)\n", to: "\(wanted)/location")
        }
        let place = ClusterPlace(
            cluster: "\(base)/cluster", socketDirectory: socketDirectory(base, wanted),
            log: "\(base)/postgres.log", lock: "\(base)/owner.lock", base: base)
        try place.makeSocketDirectory(for: user)
        return place
    }

    /// Where a cluster is made before it gets its name: a half-made one is never used.
    var unfinishedCluster: String { "\(cluster).new" }

    /// The major version of the cluster, or nil where there is none yet.
    var version: Int? {
        guard let text = Files.read("\(cluster)/PG_VERSION") else { return nil }
        return text.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }
    }

    /// A libpq connection string.
    var connectionString: String {
        var host = ""
        for character in socketDirectory {
            if character == "'" || character == "\\" { host.append("\\") }
            host.append(character)
        }
        return "host='\(host)' port=5432 dbname=vouch user=vouch"
    }

    /// The value of `unix_socket_directories`, which is a list.
    var socketSetting: String { "\"\(socketDirectory)\"" }

    private static func socketDirectory(_ base: String, _ wanted: String) -> String {
        let near = "\(base)/socket"
        let fits = near.utf8.count + socketName.utf8.count <= socketPathMax
        // A comma would part the path for libpq, a quote for the server.
        return fits && !near.contains(",") && !near.contains("\"")
            ? near : "/tmp/vouch-\(name(of: wanted))"
    }

    private func makeSocketDirectory(for user: ServerUser) throws(EmbeddedPostgresError) {
        if mkdir(socketDirectory, 0o700) == 0 { return try user.own(socketDirectory) }
        guard errno == EEXIST else { throw Files.failure("make", socketDirectory) }
        var information = stat()
        // In /tmp anybody may have made it first.
        guard lstat(socketDirectory, &information) == 0,
            information.st_mode & S_IFMT == S_IFDIR, information.st_mode & 0o077 == 0,
            information.st_uid == user.user
        else {
            throw EmbeddedPostgresError(
                "\(socketDirectory) belongs to somebody else or others may enter it; remove it.")
        }
    }

    /// Removes the socket's directory where it is in `/tmp`, so that nothing is left there.
    func removeFarSocketDirectory() {
        if !socketDirectory.hasPrefix(base) { Files.remove(socketDirectory) }
    }

    private static func write(_ text: String, to path: String) throws(EmbeddedPostgresError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Files.failure("write", path) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw Files.failure("write", path)
        }
    }

    /// A short name that differs for each path: FNV-1a, 64 bits.
    private static func name(of path: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
