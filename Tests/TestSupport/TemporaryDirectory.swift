import Glibc

/// A directory below `/tmp` that is gone when its owner is.
package final class TemporaryDirectory: Sendable {
    /// The absolute path.
    package let path: String

    package init() throws {
        var template = Array("/tmp/vouch-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestFailure("mkdtemp: \(errno)") }
        path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        // Mode 0711: a server that root has started runs as another user.
        chmod(path, 0o711)
    }

    deinit {
        Self.remove(path)
    }

    /// Writes a file in the directory; returns its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try Self.write(text, to: "\(path)/\(name)")
    }

    /// Writes a file anywhere; returns its path.
    package static func write(_ text: String, to path: String) throws -> String {
        guard let stream = fopen(path, "we") else { throw TestFailure("fopen: \(errno)") }
        defer { fclose(stream) }
        fputs(text, stream)
        return path
    }

    /// The names in a directory, without the two dots.
    package static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// The whole of a small text file, or nil where it cannot be read.
    package static func read(_ path: String) -> String? {
        guard let stream = fopen(path, "re") else { return nil }
        defer { fclose(stream) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&buffer, 1, buffer.count, stream)
        return String(decoding: buffer[0..<count], as: UTF8.self)
    }

    /// Removes a file or a directory with all that is in it; links are not followed.
    package static func remove(_ path: String) {
        var information = stat()
        guard lstat(path, &information) == 0 else { return }
        if information.st_mode & S_IFMT == S_IFDIR {
            for name in names(in: path) { remove("\(path)/\(name)") }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}

/// Something that a test needs could not be had.
package struct TestFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
