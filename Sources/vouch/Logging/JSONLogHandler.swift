import CLinux
import Glibc
import Logging

/// Writes one JSON object per event and line to standard error.
struct JSONLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let label: String

    /// A line longer than this is cut inside its values: a log is for reading.
    private static let valueBytesMax = 2_048

    init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        Self.append("{\"time\":\"", to: &line)
        Self.append(Self.timestamp(), to: &line)
        Self.append("\",\"level\":\"\(event.level.rawValue)\",\"logger\":", to: &line)
        Self.append(quoted: label, to: &line)
        Self.append(",\"message\":", to: &line)
        Self.append(quoted: event.message.description, to: &line)
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            Self.append(",", to: &line)
            Self.append(quoted: key, to: &line)
            Self.append(":", to: &line)
            Self.append(value, to: &line)
        }
        Self.append("}\n", to: &line)
        // One call per line: lines of several threads never mix.
        line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func append(_ value: Logger.MetadataValue, to line: inout [UInt8]) {
        switch value {
        case .string(let text): append(quoted: text, to: &line)
        case .stringConvertible(let text): append(quoted: text.description, to: &line)
        case .array(let values):
            append("[", to: &line)
            for (index, value) in values.enumerated() {
                if index > 0 { append(",", to: &line) }
                append(value, to: &line)
            }
            append("]", to: &line)
        case .dictionary(let values):
            append("{", to: &line)
            for (index, entry) in values.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { append(",", to: &line) }
                append(quoted: entry.key, to: &line)
                append(":", to: &line)
                append(entry.value, to: &line)
            }
            append("}", to: &line)
        }
    }

    private static func append(_ text: String, to line: inout [UInt8]) {
        line.append(contentsOf: text.utf8)
    }

    /// A JSON string (RFC 8259 7).
    private static func append(quoted text: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        let shown = text.utf8.count <= valueBytesMax ? text : String(text.prefix(512)) + "…"
        for byte in shown.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                line.append(UInt8(ascii: "\\"))
                line.append(byte)
            case UInt8(ascii: "\n"): append("\\n", to: &line)
            case 0..<0x20, 0x7f:
                append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16), to: &line)
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }

    /// UTC with milliseconds, as RFC 3339 writes it.
    private static func timestamp() -> String {
        let now = vouch_realtime_microseconds()
        var seconds = time_t(now / 1_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S", &parts)
        let text = buffer.prefix(count).map { UInt8(bitPattern: $0) }
        let milliseconds = String(now / 1_000 % 1_000)
        let zeros = String(repeating: "0", count: 3 - milliseconds.count)
        return String(decoding: text, as: UTF8.self) + "." + zeros + milliseconds + "Z"
    }
}
