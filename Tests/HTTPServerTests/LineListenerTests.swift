import CLinux
import EventLoop
import Glibc
import HTTPServer
import TestSupport
import Testing

@Suite struct LineListenerTests {
    @Test func `whoever connects gets the line and the end, without a word`() async throws {
        try await withLoop { loop in
            let any = try #require(ListenAddress("127.0.0.1:0"))
            let listener = try LineListener(loop: loop, address: any) { "ready up 75%\n" }
            listener.start()
            let port = listener.address.port
            for _ in 0..<40 {
                let line = try await onThread { try Self.read(port: port) }
                #expect(line == "ready up 75%\n")
            }
            listener.stop()
        }
    }

    private static func read(port: UInt16) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(outcome == 0)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
