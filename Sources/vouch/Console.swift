import Glibc

/// The terminal of the person who runs the program; what programs read is logged instead.
enum Console {
    /// Writes to standard output as it is.
    static func write(_ text: String) { write(text, to: STDOUT_FILENO) }

    /// Writes a line to standard error.
    static func complain(_ text: String) {
        write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            // A reader that has gone is not an error of the program.
            if count <= 0 { return }
            offset += count
        }
    }
}
