import Glibc

/// What a running server writes into `postmaster.pid` (`miscadmin.h`, `LOCK_FILE_LINE_…`).
struct PostmasterFile {
    let id: pid_t
    /// True once the server takes connections.
    let isReady: Bool

    /// Reads the file of a cluster; nil where there is none.
    init?(cluster: String) {
        guard let text = Files.read("\(cluster)/postmaster.pid") else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let id = lines.first.flatMap({ pid_t($0) }), id > 0 else { return nil }
        self.id = id
        isReady = lines.count > 7 && lines[7].hasPrefix("ready")
    }

    /// True where the process of that id is this cluster's server, and not another process
    /// that was given the number since: a server's working directory is its cluster.
    func isAlive(cluster: String) -> Bool {
        guard let place = Files.resolved("/proc/\(id)/cwd") else { return false }
        return place == cluster
    }
}
