import CLinux
import EventLoop
import Glibc

/// Opening the generator's sockets.
enum ClientSocket {
    /// `IP_BIND_ADDRESS_NO_PORT` of linux/in.h: the port is chosen by `connect`, which then knows
    /// the other end and need not keep the port from all others.
    private static let bindAddressNoPort: Int32 = 24

    /// A non-blocking socket that connects to the target; the caller closes it.
    ///
    /// - Parameter source: the last two bytes of 127.0.x.y to come from; nil lets the system choose.
    /// - Throws: `SystemError` where there is no descriptor or port, or the target refuses at once.
    static func connect(to target: Target, source: UInt16?) throws(SystemError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = try systemCall("socket") {
            socket(target.family, type | Int32(SOCK_CLOEXEC.rawValue), 0)
        }
        do {
            var yes: Int32 = 1
            let size = socklen_t(MemoryLayout<Int32>.size)
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, size)
            if let source {
                setsockopt(descriptor, Int32(IPPROTO_IP), bindAddressNoPort, &yes, size)
                try bind(descriptor, source)
            }
            try systemCall("connect") {
                target.withSocketAddress { address, length in
                    let result = Glibc.connect(descriptor, address, length)
                    return result == -1 && errno == EINPROGRESS ? 0 : result
                }
            }
            return descriptor
        } catch {
            closeDescriptor(descriptor)
            throw error
        }
    }

    private static func bind(_ descriptor: Int32, _ source: UInt16) throws(SystemError) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = (UInt32(0x7f00_0000) | UInt32(source)).bigEndian
        try systemCall("bind") {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    /// Why a socket that has become writable did not connect; nil where it did.
    static func error(of descriptor: Int32) -> Int32? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return errno }
        return code == 0 ? nil : code
    }

    /// Allows as many descriptors as the system lets this process have; how many that is.
    static func raiseDescriptors() -> Int {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0 else { return 1_024 }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            setrlimit(resource, &limit)
            getrlimit(resource, &limit)
        }
        return Int(clamping: limit.rlim_cur)
    }
}

extension SystemError {
    /// True where the generator, not the target, ran out of something: descriptors, memory, ports.
    var isGeneratorShortage: Bool {
        isResourceExhaustion || errno == EADDRNOTAVAIL || errno == EADDRINUSE
    }
}
