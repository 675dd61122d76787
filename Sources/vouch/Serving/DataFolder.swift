import Foundation
import Glibc

/// The folder that `vouch` keeps things in: the embedded database, its own secrets.
struct DataFolder: Sendable {
    let path: String

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Makes the folder where there is none.
    init(_ path: String) throws {
        self.path = URL(filePath: path).path
        guard mkdir(self.path, 0o755) == 0 || Glibc.errno == EEXIST else {
            throw Failure(
                description: "the data folder \(self.path) cannot be made: "
                    + String(cString: strerror(Glibc.errno)))
        }
    }

    /// The text of a private file of a folder; nil where there is none.
    static func existingSecret(_ name: String, in folder: String) -> String? {
        let text = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        return text?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The text of a private file, made by `make` where there is none.
    ///
    /// Of two processes that start at once, one makes the file and the other reads it: it is
    /// written under another name and then linked into place, which fails if it is there.
    func secret(_ name: String, make: () -> String) throws -> String {
        let target = path + "/" + name
        if let text = try? String(contentsOfFile: target, encoding: .utf8), !text.isEmpty {
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let draft = target + ".\(getpid())"
        defer { unlink(draft) }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                description: "\(target) cannot be written: "
                    + String(cString: strerror(Glibc.errno)))
        }
        let text = make()
        let written = Array((text + "\n").utf8).withUnsafeBytes {
            write(descriptor, $0.baseAddress, $0.count) == $0.count
        }
        let isKept = written && fsync(descriptor) == 0
        close(descriptor)
        guard isKept else { throw Failure(description: "\(target) cannot be written") }
        if link(draft, target) == 0 { return text }
        return try String(contentsOfFile: target, encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Random texts from the system's generator, for keys and first passwords.
enum RandomText {
    /// Letters and digits that are hard to mistake for one another.
    private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")

    /// A text with five bits of randomness in each of its characters.
    static func make(count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<count).map { _ in letters[Int.random(in: 0..<32, using: &generator)] })
    }
}
