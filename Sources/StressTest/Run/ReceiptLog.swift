import Glibc

/// A file with a line of JSON for each write that was sent, so that somebody can look in the database
/// afterwards: what was acknowledged must be there exactly once, what got no answer at most once.
///
/// `@unchecked Sendable`: the stream, which the C library locks for each call.
package final class ReceiptLog: @unchecked Sendable {
    private let stream: UnsafeMutablePointer<FILE>

    /// Makes the file, in place of one that is there; nil where that is not possible.
    package init?(path: String) {
        guard let stream = fopen(path, "we") else { return nil }
        self.stream = stream
    }

    deinit { fclose(stream) }

    /// - Parameters:
    ///   - isAcknowledged: whether an answer of status 2xx or 3xx came.
    ///   - status: of the answer; nil where none came.
    func note(
        className: String, key: String, url: String, isAcknowledged: Bool, status: Int?
    ) {
        let fields = [
            "\"class\":\(quoted(className))", "\"key\":\(quoted(key))",
            "\"acknowledged\":\(isAcknowledged)",
            "\"status\":\(status.map { "\($0)" } ?? "null")", "\"url\":\(quoted(url))",
        ]
        fputs("{\(fields.joined(separator: ","))}\n", stream)
    }

    /// Writes what is still in memory.
    func flush() { fflush(stream) }

    private func quoted(_ text: String) -> String {
        let escaped = CompiledText.jsonEscaped(Array(text.utf8))
        return "\"" + String(decoding: escaped, as: UTF8.self) + "\""
    }
}
