import Foundation
import HTTPServer
import TLS
import TestSupport
import Testing

/// A self-signed certificate in a folder of its own.
func withCertificate<Result>(
    _ body: (_ certificate: String, _ key: String) async throws -> Result
) async throws -> Result {
    let folder = try TemporaryDirectory()
    defer { withExtendedLifetime(folder) {} }
    let certificate = try TestCertificate(in: folder.path)
    return try await body(certificate.path, certificate.keyPath)
}

/// What a program prints; its standard input is `input`.
private func output(
    of program: String, _ arguments: [String], input: String = ""
) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = FileHandle.nullDevice
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let data = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}

@Suite struct TLSTests {
    private let request = "GET /secure HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `both versions of TLS are spoken, with http/1.1 chosen`(version: String) async throws {
        try await withCertificate { certificate, key in
            let context = try TLSContext(certificateFile: certificate, keyFile: key)
            try await withServer(tls: context) { address, _ in
                let printed = try output(
                    of: "openssl",
                    [
                        "s_client", version, "-alpn", "h2,http/1.1", "-ign_eof", "-connect",
                        "\(address)",
                    ], input: request)
                #expect(printed.contains("ALPN protocol: http/1.1"))
                #expect(printed.contains("\r\n\r\nsecure"))
            }
        }
    }

    @Test func `TLS 1.1 is refused`() async throws {
        try await withCertificate { certificate, key in
            let context = try TLSContext(certificateFile: certificate, keyFile: key)
            try await withServer(tls: context) { address, _ in
                let printed = try output(
                    of: "openssl",
                    [
                        "s_client", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", "-connect",
                        "\(address)",
                    ])
                #expect(!printed.contains("BEGIN CERTIFICATE"))
            }
        }
    }

    @Test func `a session is resumed with its ticket`() async throws {
        try await withCertificate { certificate, key in
            let session = certificate + ".session"
            let context = try TLSContext(certificateFile: certificate, keyFile: key)
            try await withServer(tls: context) { address, _ in
                _ = try output(
                    of: "openssl",
                    ["s_client", "-ign_eof", "-sess_out", session, "-connect", "\(address)"],
                    input: request)
                let second = try output(
                    of: "openssl",
                    ["s_client", "-ign_eof", "-sess_in", session, "-connect", "\(address)"],
                    input: request)
                #expect(second.contains("Reused, TLSv1.3"))
                #expect(second.contains("\r\n\r\nsecure"))
            }
        }
    }

    @Test func `a reload serves the new certificate, and a bad one keeps the old`() async throws {
        try await withCertificate { certificate, key in
            let context = try TLSContext(certificateFile: certificate, keyFile: key)
            try await withServer(tls: context) { address, _ in
                try TestCertificate.make(certificate, key, name: "renewed")
                try context.reload()
                try "rubbish".write(toFile: certificate, atomically: true, encoding: .utf8)
                #expect(throws: TLSError.self) { try context.reload() }
                let printed = try output(
                    of: "openssl", ["s_client", "-ign_eof", "-connect", "\(address)"],
                    input: request)
                #expect(printed.contains("CN = renewed"))
            }
        }
    }

    @Test func `plain text on the TLS port is cut, and so is a handshake that stops`() async throws
    {
        try await withCertificate { certificate, key in
            let context = try TLSContext(certificateFile: certificate, keyFile: key)
            try await withServer(tls: context) {
                $0.handshakeTimeMax = .milliseconds(10)
            } _: { address, _ in
                let plain = try TestClient(address)
                plain.send(request)
                #expect(!plain.receiveAll().contains("secure"))
                let silent = try TestClient(address)
                #expect(silent.receiveAll() == "")
            }
        }
    }

    @Test func `a request and the closing alert in one packet are answered`() async throws {
        try await withCertificate { certificate, key in
            let context = try TLSContext(certificateFile: certificate, keyFile: key)
            try await withServer(tls: context) { address, _ in
                for _ in 0..<10 {
                    let channel = try #require(
                        try TestChannel(address, isSecure: true, receiveBuffer: nil))
                    #expect(
                        channel.send(Array("GET /secure HTTP/1.1\r\nHost: a\r\n\r\n".utf8)[...]))
                    channel.finishSending()
                    var answer: [UInt8] = []
                    while case let more = channel.receive(4_096), !more.isEmpty { answer += more }
                    #expect(String(decoding: answer, as: UTF8.self).hasSuffix("secure"))
                }
            }
        }
    }

    @Test func `a missing certificate is an error that names the file`() {
        #expect {
            try TLSContext(certificateFile: "/nowhere/c.pem", keyFile: "/nowhere/k.pem")
        } throws: { "\($0)".contains("/nowhere/c.pem") }
    }
}
