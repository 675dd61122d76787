/// Why the schema could not be brought up to date; the sentence is for the operator.
package enum MigrationError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The folder or a file of it cannot be read.
    case unreadable(String)
    case unavailable(String)
    /// A file was changed after it had been applied.
    case changed(String)
    /// A file that had been applied is gone, though newer ones are there.
    case missing(String)
    /// The server refused a statement; the file was rolled back.
    case refused(file: String, line: Int?, message: String)

    package var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read."
        case .unavailable(let reason): "The database cannot be reached: \(reason)"
        case .changed(let name):
            "\(name) has been applied and was changed afterwards; write a new file instead."
        case .missing(let name): "\(name) has been applied, but the file is gone."
        case .refused(let file, let line?, let message): "\(file), line \(line): \(message)"
        case .refused(let file, nil, let message): "\(file): \(message)"
        }
    }
}
