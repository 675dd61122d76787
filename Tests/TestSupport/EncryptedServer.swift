import EmbeddedPostgres
import Glibc

/// A PostgreSQL server that takes connections by TCP on 127.0.0.1, but only with TLS and a
/// password.
package struct EncryptedServer: Sendable {
    /// Starts, ends and kills it.
    package let process: EmbeddedPostgres
    /// Of `localhost`, signed by itself, so that it is its own root certificate.
    package let certificate: TestCertificate
    /// A libpq connection string by TCP that says nothing of TLS.
    package let connectionString: String

    /// Makes the server in an existing directory and starts it; blocks.
    package init(in directory: String) throws {
        certificate = try TestCertificate(in: directory)
        let port = try freePort()
        let rules = try TemporaryDirectory.write(
            "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
            to: "\(directory)/rules")
        process = EmbeddedPostgres(
            dataDirectory: "\(directory)/data", durable: false,
            settings: [
                "listen_addresses=127.0.0.1", "port=\(port)", "ssl=on", "hba_file=\(rules)",
                "ssl_cert_file=\(certificate.path)", "ssl_key_file=\(certificate.keyPath)",
            ])
        // PostgreSQL reads a key of its own user's only, and openssl makes both for this user's eyes.
        for path in [certificate.path, certificate.keyPath] { try process.handOver(path) }
        connectionString =
            "host=localhost hostaddr=127.0.0.1 port=\(port) dbname=vouch user=vouch "
            + "password=secret"
        let local = try process.start().replacing("port=5432", with: "port=\(port)")
        // The password outlives a kill.
        try Statement.run(
            "SET synchronous_commit = on; ALTER ROLE vouch PASSWORD 'secret'", on: local)
    }

    /// The connection string of a client that checks all that can be checked.
    package var verified: String {
        "\(connectionString) sslmode=verify-full sslrootcert='\(certificate.path)' "
            + "channel_binding=require"
    }
}

/// The encrypted server of a test process: started at the first use, ended with the process.
package enum EncryptedCluster {
    /// The server, whose life is not the caller's business.
    package static func server() throws -> EncryptedServer {
        try started.get()
    }

    private static let started: Result<EncryptedServer, any Error> = Result {
        // What is asked first is ended last, with its directory and what is in it.
        _ = try TestCluster.connectionString()
        let directory = "\(TestCluster.directory)/encrypted"
        guard mkdir(directory, 0o711) == 0 else { throw TestFailure("mkdir: \(errno)") }
        let server = try EncryptedServer(in: directory)
        atexit { EncryptedCluster.end() }
        return server
    }

    private static func end() {
        if case .success(let server) = started { server.process.stop() }
    }
}
