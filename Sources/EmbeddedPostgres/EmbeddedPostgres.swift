import CLinux
import Glibc
import Synchronization

/// A private PostgreSQL cluster that lives and ends with this process.
///
/// It has its own socket and no TCP; who may enter the socket's directory (the server's user
/// and root) is trusted. Its functions block.
///
/// The process that starts the server holds a lock. A second process on the same directory
/// (`vouch migrate` beside `vouch serve`) uses the server of the first and stops nothing. After
/// a crash, the kernel tells the server to shut down; a start that finds it still there waits
/// for its end and starts another.
package final class EmbeddedPostgres: Sendable {
    private struct Running {
        var child: ChildProcess
        let place: ClusterPlace
        let lock: Int32
    }

    private let dataDirectory: String
    private let isDurable: Bool
    private let furtherSettings: [String]
    private let running = Mutex<Running?>(nil)

    private static let startMillisecondsMax = 120_000
    private static let stopMillisecondsMax = 30_000
    private static let attemptsMax = 20

    /// - Parameters:
    ///   - dataDirectory: made where it does not exist.
    ///   - durable: false gives up the safety of the data for speed; for tests.
    ///   - settings: `name=value` of the server, which win over those made here; for tests.
    package init(dataDirectory: String, durable: Bool = true, settings: [String] = []) {
        self.dataDirectory = dataDirectory
        isDurable = durable
        furtherSettings = settings
    }

    /// Makes the cluster where there is none, starts its server, and waits until it takes
    /// connections.
    ///
    /// - Returns: a libpq connection string.
    package func start() throws(EmbeddedPostgresError) -> String {
        let user = try ServerUser.choose(forClusterAt: "\(dataDirectory)/cluster")
        let place = try ClusterPlace.prepare(dataDirectory, for: user)
        guard let lock = try lockUnlessServed(place) else { return place.connectionString }
        do throws(EmbeddedPostgresError) {
            try endOrphan(place)
            let binaries = try ServerBinaries.find(version: place.version)
            if place.version == nil {
                try ClusterMaker(
                    place: place, user: user, binaries: binaries, isDurable: isDurable
                ).make()
            }
            let child = try startServer(place, user, binaries)
            running.withLock { $0 = Running(child: child, place: place, lock: lock) }
            return place.connectionString
        } catch {
            close(lock)
            throw error
        }
    }

    /// Starts the server again where it has ended by itself, as after a crash or a `kill`; false
    /// where it runs, or where this object has started none.
    package func revive() throws(EmbeddedPostgresError) -> Bool {
        guard let ended = running.withLock({ $0 }), ended.child.status != nil else { return false }
        let user = try ServerUser.choose(forClusterAt: ended.place.cluster)
        let binaries = try ServerBinaries.find(version: ended.place.version)
        let child = try startServer(ended.place, user, binaries)
        let isWanted = running.withLock { running in
            running?.child = child
            return running != nil
        }
        // Stopped in the meantime: nobody would end this one.
        if !isWanted { child.signal(SIGINT) }
        return isWanted
    }

    /// Shuts the server down in order and waits for its end; without effect where this object
    /// has started none.
    package func stop() {
        end(with: SIGINT)
    }

    /// Kills the server the hard way, as a crash would; for tests.
    package func kill() {
        end(with: SIGKILL)
    }

    /// Freezes the server's main process and all its sessions, or lets them go on; for tests.
    package func setFrozen(_ isFrozen: Bool) {
        guard let id = running.withLock({ $0?.child.id }) else { return }
        let children = Files.read("/proc/\(id)/task/\(id)/children") ?? ""
        for process in [id] + children.split(separator: " ").compactMap({ pid_t($0) }) {
            _ = Glibc.kill(process, isFrozen ? SIGSTOP : SIGCONT)
        }
    }

    /// Gives a file, or a directory with all that is in it, to the user under whom the server
    /// runs; for tests.
    package func handOver(_ path: String) throws(EmbeddedPostgresError) {
        let user = try ServerUser.choose(forClusterAt: "\(dataDirectory)/cluster")
        for name in Files.names(in: path) { try handOver("\(path)/\(name)") }
        try user.own(path)
    }

    private func end(with signal: Int32) {
        guard
            let server = running.withLock({ running in
                defer { running = nil }
                return running
            })
        else { return }
        server.child.signal(signal)
        if !server.child.waitForEnd(milliseconds: Self.stopMillisecondsMax) {
            server.child.signal(SIGQUIT)
            if !server.child.waitForEnd(milliseconds: 5_000) { server.child.signal(SIGKILL) }
            _ = server.child.waitForEnd(milliseconds: 5_000)
        }
        server.place.removeFarSocketDirectory()
        close(server.lock)
    }

    // MARK: Other processes

    /// The lock's descriptor, or nil where another process has it. The kernel drops the lock
    /// with the process, however that ends.
    private func lock(_ place: ClusterPlace) throws(EmbeddedPostgresError) -> Int32? {
        let descriptor = open(place.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.failure("open", place.lock) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        close(descriptor)
        return nil
    }

    /// The lock, or nil once the server of another process that has it is ready.
    private func lockUnlessServed(_ place: ClusterPlace) throws(EmbeddedPostgresError) -> Int32? {
        for _ in 0..<(Self.startMillisecondsMax / 20) {
            if let lock = try lock(place) { return lock }
            // Alive as well: the file outlives a server that was killed, and so does its lock for
            // as long as a child that was just forked has not become its program.
            if let file = PostmasterFile(cluster: place.cluster), file.isReady,
                file.isAlive(cluster: place.cluster)
            {
                return nil
            }
            usleep(20_000)
        }
        throw EmbeddedPostgresError(
            "Another process holds \(place.lock), but its database does not become ready; see "
                + "\(place.log).")
    }

    /// A server whose `vouch` has crashed is told to end, if the kernel has not done so.
    private func endOrphan(_ place: ClusterPlace) throws(EmbeddedPostgresError) {
        guard let file = PostmasterFile(cluster: place.cluster) else { return }
        for (signal, milliseconds) in [(SIGINT, Self.stopMillisecondsMax), (SIGQUIT, 5_000)] {
            guard file.isAlive(cluster: place.cluster) else { return }
            _ = Glibc.kill(file.id, signal)
            for _ in 0..<(milliseconds / 10) {
                guard file.isAlive(cluster: place.cluster) else { return }
                usleep(10_000)
            }
        }
        throw EmbeddedPostgresError(
            "A database server of an earlier start (process \(file.id)) does not end.")
    }

    // MARK: Starting

    private func startServer(
        _ place: ClusterPlace, _ user: ServerUser, _ binaries: ServerBinaries
    ) throws(EmbeddedPostgresError) -> ChildProcess {
        rotateLog(place)
        // The sessions of a server that was killed may outlive it for a moment, and keep its
        // shared memory; the next server refuses to start until they are gone.
        for _ in 0..<Self.attemptsMax {
            let child = try ChildProcess(
                ChildProcess.Options(
                    path: "\(binaries.directory)/postgres", arguments: arguments(place),
                    directory: place.cluster, user: user, outputPath: place.log,
                    deathSignal: SIGINT))
            if try awaitReady(child, place) { return child }
            usleep(250_000)
        }
        throw EmbeddedPostgresError(
            "PostgreSQL does not start. Its last words in \(place.log):\n"
                + Files.tail(place.log, lines: 10))
    }

    private func awaitReady(
        _ child: ChildProcess, _ place: ClusterPlace
    ) throws(EmbeddedPostgresError) -> Bool {
        for _ in 0..<(Self.startMillisecondsMax / 5) {
            if child.status != nil { return false }
            if let file = PostmasterFile(cluster: place.cluster), file.id == child.id,
                file.isReady
            {
                return true
            }
            usleep(5_000)
        }
        child.signal(SIGQUIT)
        throw EmbeddedPostgresError(
            "PostgreSQL is not ready after \(Self.startMillisecondsMax / 1_000) s; see "
                + "\(place.log).")
    }

    private func arguments(_ place: ClusterPlace) -> [String] {
        var settings = [
            "listen_addresses=", "port=5432", "unix_socket_permissions=0700",
            "unix_socket_directories=\(place.socketSetting)", "cluster_name=vouch",
            "log_line_prefix=%m [%p] ", "log_timezone=UTC", "timezone=UTC",
            // Compiling pays for statements of seconds; here even lists take milliseconds. And a
            // service that may not make memory executable (systemd's MemoryDenyWriteExecute)
            // would see every compiled statement fail.
            "jit=off",
        ]
        if !isDurable {
            settings += [
                "fsync=off", "synchronous_commit=off", "full_page_writes=off",
                "shared_buffers=32MB", "max_connections=200", "autovacuum=off",
            ]
        }
        settings += furtherSettings
        return ["-D", place.cluster] + settings.flatMap { ["-c", $0] }
    }

    private func rotateLog(_ place: ClusterPlace) {
        var information = stat()
        // 10 MB of log, and as much of the one before, is enough to look back.
        if stat(place.log, &information) == 0, information.st_size > 10_000_000 {
            rename(place.log, "\(place.log).1")
        }
    }
}
