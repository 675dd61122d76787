import EmbeddedPostgres
import Glibc
import Logging
import Postgres
import Synchronization

/// The PostgreSQL server of a test process: started at the first use, ended with the process.
///
/// The kernel ends it where the process crashes; what then is left in the temporary directory
/// is removed by the next run.
package enum TestCluster {
    /// A libpq connection string of a superuser's, without a schema.
    package static func connectionString() throws -> String {
        try started.get()
    }

    /// Where its files are, and those of what lives as long as it does.
    static let directory = "/tmp/vouch-tests-\(getpid())"
    private static let server = EmbeddedPostgres(dataDirectory: directory, durable: false)

    private static let started: Result<String, any Error> = Result {
        removeLeftovers()
        let connectionString = try server.start()
        atexit { TestCluster.end() }
        return connectionString
    }

    private static func end() {
        server.stop()
        TemporaryDirectory.remove(directory)
    }

    private static func removeLeftovers() {
        for name in TemporaryDirectory.names(in: "/tmp") where name.hasPrefix("vouch-tests-") {
            guard let process = pid_t(name.dropFirst("vouch-tests-".count)) else { continue }
            if kill(process, 0) != 0, errno == ESRCH {
                TemporaryDirectory.remove("/tmp/\(name)")
            }
        }
    }
}
