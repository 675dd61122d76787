import CLinux
import Glibc

/// A system call that failed, with its `errno`.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The name of the call, as in its manual page.
    package let call: StaticString
    /// The value of `errno` right after the call.
    package let errno: Int32

    package init(call: StaticString, errno: Int32) {
        self.call = call
        self.errno = errno
    }

    package static func == (left: SystemError, right: SystemError) -> Bool {
        left.errno == right.errno && left.call.description == right.call.description
    }

    /// The call and the operating system's sentence about it.
    package var description: String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(errno, &buffer, buffer.count) == 0 else { return "\(call): \(errno)" }
        let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return "\(call): \(String(decoding: text, as: UTF8.self))"
    }

    /// True where the process or the machine ran out of descriptors, buffers or memory: the
    /// caller sheds load and tries again later.
    package var isResourceExhaustion: Bool {
        errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM
    }
}

/// Runs one system call, repeats it after `EINTR`, and throws what `errno` says on -1.
///
/// `EBADF`, `EFAULT` and `ENOTSOCK` mean that this program is wrong about its own descriptors
/// and memory; going on would act on somebody else's, so they trap.
@inline(__always)
@discardableResult
package func systemCall<Result: FixedWidthInteger & SignedInteger>(
    _ name: StaticString, _ call: () -> Result
) throws(SystemError) -> Result {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = Glibc.errno
        if code == EINTR { continue }
        refuseImpossible(code, name)
        throw SystemError(call: name, errno: code)
    }
}

/// Runs one call on a non-blocking descriptor: nil where it would have to wait (`EAGAIN`).
@inline(__always)
package func nonBlockingCall<Result: FixedWidthInteger & SignedInteger>(
    _ name: StaticString, _ call: () -> Result
) throws(SystemError) -> Result? {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = Glibc.errno
        if code == EINTR { continue }
        if code == EAGAIN || code == EWOULDBLOCK { return nil }
        refuseImpossible(code, name)
        throw SystemError(call: name, errno: code)
    }
}

@inline(__always)
private func refuseImpossible(_ code: Int32, _ name: StaticString) {
    precondition(
        code != EBADF && code != EFAULT && code != ENOTSOCK,
        "a system call was given a descriptor or an address that is not ours")
}

/// Closes a descriptor once; `EINTR` is not repeated, because Linux has released the number
/// already and a second call could close somebody else's.
package func closeDescriptor(_ descriptor: Int32) {
    _ = close(descriptor)
}
