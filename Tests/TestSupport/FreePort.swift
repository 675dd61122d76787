import Glibc
import Synchronization

/// Each call has another one, from a beginning by chance: several runs may go on at once.
private let lastPort = Atomic<UInt32>(UInt32.random(in: 0..<12_000))

/// A TCP port of 127.0.0.1 that nobody uses, and that the kernel gives to nobody by itself: those come
/// from 32768 on (`ip_local_port_range`), where a port that was free a moment ago may be gone.
package func freePort() throws -> UInt16 {
    for _ in 0..<1_000 {
        let next = lastPort.add(1, ordering: .relaxed).newValue
        let port = UInt16(20_000 + next % 12_000)
        if isFree(port) { return port }
    }
    throw TestFailure("no free port")
}

private func isFree(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
            bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}
