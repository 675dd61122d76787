/// A self-signed ECDSA P-256 certificate and its key, as PEM files.
package struct TestCertificate: Sendable {
    package let path: String
    package let keyPath: String

    /// Makes `NAME.pem` and `NAME.key` in the directory.
    package init(in directory: String, name: String = "localhost") throws {
        path = "\(directory)/\(name).pem"
        keyPath = "\(directory)/\(name).key"
        try Self.make(path, keyPath, name: name)
    }

    /// Makes the files, in place of what is there; `name` is the host that they are for.
    package static func make(_ path: String, _ keyPath: String, name: String) throws {
        try runProgram(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-days", "2", "-subj", "/CN=\(name)",
                "-addext", "subjectAltName=DNS:\(name)", "-keyout", keyPath, "-out", path,
            ])
    }
}
