import EventLoop
import Glibc

let noEntry = ENOENT
let noSpace = ENOSPC
let quotaExceeded = EDQUOT
let fileTooLarge = EFBIG

/// A folder of the operating system.
///
/// `@unchecked Sendable`: the lock's descriptor is written by whoever opens the spool and then by its
/// thread.
package final class LinuxFolder: SpoolFiles, @unchecked Sendable {
    private let path: String
    private let folder: Int32
    private var lockDescriptor: Int32 = -1

    private static let lockName = "lock"

    /// Opens a folder, and makes it with its parents where it is not there.
    package init(path: String) throws(SystemError) {
        self.path = path
        try Self.makeFolder(path)
        folder = try systemCall("open") {
            Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
    }

    deinit {
        unlock()
        closeDescriptor(folder)
    }

    private static func makeFolder(_ path: String) throws(SystemError) {
        // Nobody else's eyes: CVs lie here.
        if mkdir(path, 0o700) == 0 { return try synchronizeParent(of: path) }
        let code = errno
        if code == EEXIST { return }
        guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw SystemError(call: "mkdir", errno: code)
        }
        // A slash at the end names the same folder: then it is there already.
        try makeFolder(String(path[..<slash]))
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw SystemError(call: "mkdir", errno: errno)
        }
        try synchronizeParent(of: path)
    }

    /// A new folder is an entry of its parent, which has to survive too.
    private static func synchronizeParent(of path: String) throws(SystemError) {
        let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = try systemCall("open") {
            Glibc.open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        defer { closeDescriptor(descriptor) }
        try systemCall("fsync") { fsync(descriptor) }
    }

    /// `flock`: it belongs to the open file, so it ends with the process however that ends, and holds
    /// against another spool of this process too.
    package func lock() throws(SystemError) -> Bool {
        let descriptor = try systemCall("openat") {
            openat(folder, Self.lockName, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        }
        do throws(SystemError) {
            try systemCall("flock") { flock(descriptor, LOCK_EX | LOCK_NB) }
        } catch {
            closeDescriptor(descriptor)
            if error.errno == EWOULDBLOCK { return false }
            throw error
        }
        lockDescriptor = descriptor
        return true
    }

    package func unlock() {
        if lockDescriptor >= 0 { closeDescriptor(lockDescriptor) }
        lockDescriptor = -1
    }

    package func names() throws(SystemError) -> [String] {
        guard let stream = opendir(path) else { throw SystemError(call: "opendir", errno: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                // POSIX readdir(3): the end and an error look alike but for errno.
                if errno != 0 { throw SystemError(call: "readdir", errno: errno) }
                return names
            }
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                        String(cString: $0)
                    }
                })
        }
    }

    package func create(_ name: String) throws(SystemError) -> Int32 {
        try systemCall("openat") {
            openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
    }

    package func open(_ name: String) throws(SystemError) -> Int32 {
        try systemCall("openat") { openat(folder, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW) }
    }

    package func length(of file: Int32) throws(SystemError) -> Int {
        var information = stat()
        try systemCall("fstat") { fstat(file, &information) }
        return Int(information.st_size)
    }

    package func write(
        _ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int
    ) throws(SystemError) -> Int {
        try systemCall("pwrite") { pwrite(file, bytes.baseAddress, bytes.count, offset) }
    }

    package func read(
        into buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int
    ) throws(SystemError) -> Int {
        try systemCall("pread") { pread(file, buffer.baseAddress, buffer.count, offset) }
    }

    /// POSIX fdatasync: like fsync, but for what is not needed to read the data back; the new length
    /// of a file is needed.
    package func synchronize(_ file: Int32) throws(SystemError) {
        try systemCall("fdatasync") { fdatasync(file) }
    }

    package func synchronizeFolder() throws(SystemError) {
        try systemCall("fsync") { fsync(folder) }
    }

    package func truncate(_ file: Int32, to length: Int) throws(SystemError) {
        try systemCall("ftruncate") { ftruncate(file, length) }
    }

    package func rename(_ name: String, to other: String) throws(SystemError) {
        try systemCall("renameat") { renameat(folder, name, folder, other) }
    }

    package func remove(_ name: String) throws(SystemError) {
        try systemCall("unlinkat") { unlinkat(folder, name, 0) }
    }

    package func close(_ file: Int32) {
        closeDescriptor(file)
    }
}
