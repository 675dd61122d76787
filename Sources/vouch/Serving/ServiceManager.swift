import CLinux
import Foundation
import Glibc

/// Tells systemd what the service is at, by the protocol of `sd_notify(3)`; without effect where
/// the program was not started by systemd.
struct ServiceManager: Sendable {
    private let address: String?
    /// How often the watchdog wants to hear from the service; nil where there is none.
    let watchdogInterval: Duration?

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        address = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isForUs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        // Twice as often as needed, so that one late turn is no reason to be killed.
        watchdogInterval =
            isForUs
            ? environment["WATCHDOG_USEC"].flatMap { Int64($0) }.map { .microseconds($0 / 2) }
            : nil
    }

    /// True where systemd has started the program.
    var isPresent: Bool { address != nil }

    /// The service takes requests.
    func ready() { send("READY=1") }

    /// The service has begun to stop.
    func stopping() { send("STOPPING=1") }

    /// The service is alive.
    func alive() { send("WATCHDOG=1") }

    private func send(_ state: String) {
        guard let address else { return }
        var path = Array(address.utf8)
        // An abstract socket is written with "@" in place of its leading zero.
        if path[0] == UInt8(ascii: "@") { path[0] = 0 }
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: target.sun_path)
        guard path.count < room else { return }
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = Array(state.utf8).withUnsafeBytes {
                    sendto(
                        descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL), address,
                        length)
                }
            }
        }
    }
}

/// Limits of this process.
enum ProcessLimits {
    /// Allows as many descriptors as the system lets this process have; how many that is.
    @discardableResult
    static func raiseDescriptors() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return Int(clamping: limit.rlim_cur)
    }
}
