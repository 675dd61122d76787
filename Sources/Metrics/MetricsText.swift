/// Writes metrics as Prometheus reads them (text exposition format, version 0.0.4).
///
/// Names, labels and units follow its conventions: base units, `_total` for counters.
package struct MetricsText {
    package private(set) var bytes: [UInt8] = []

    package static let mediaType: StaticString =
        "text/plain; version=0.0.4; charset=utf-8"

    package init(capacity: Int = 16_384) { bytes.reserveCapacity(capacity) }

    /// What kind of number a family has.
    package enum Kind: String, Sendable { case counter, gauge, histogram }

    /// Begins a family; its samples follow.
    package mutating func family(_ name: StaticString, _ kind: Kind, _ help: StaticString) {
        write("# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n")
    }

    /// One sample; the values of labels may be anything.
    package mutating func sample(
        _ name: StaticString, _ labels: [(name: StaticString, value: String)] = [], _ value: Double
    ) {
        write(name.description)
        writeLabels(labels)
        write(" \(Self.text(value))\n")
    }

    /// A family with a single sample.
    package mutating func single(
        _ name: StaticString, _ kind: Kind, _ help: StaticString, _ value: Double
    ) {
        family(name, kind, help)
        sample(name, [], value)
    }

    /// The samples of a histogram, whose durations are told in seconds.
    package mutating func histogram(
        _ name: StaticString, _ labels: [(name: StaticString, value: String)] = [],
        _ histogram: DurationHistogram
    ) {
        var count = 0
        for (bound, upTo) in histogram.cumulative {
            let end = bound.map { Self.text(Double($0) / 1e6) } ?? "+Inf"
            write("\(name)_bucket")
            writeLabels(labels + [("le", end)])
            write(" \(upTo)\n")
            count = upTo
        }
        write("\(name)_sum")
        writeLabels(labels)
        write(" \(Self.text(Double(histogram.sum) / 1e6))\n\(name)_count")
        writeLabels(labels)
        write(" \(count)\n")
    }

    private mutating func writeLabels(_ labels: [(name: StaticString, value: String)]) {
        guard !labels.isEmpty else { return }
        write("{")
        for (index, label) in labels.enumerated() {
            write("\(index == 0 ? "" : ",")\(label.name)=\"")
            for byte in label.value.utf8 {
                switch byte {
                case UInt8(ascii: "\\"), UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), byte]
                case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
                default: bytes.append(byte)
                }
            }
            write("\"")
        }
        write("}")
    }

    private static func text(_ value: Double) -> String {
        if let whole = Int(exactly: value) { return "\(whole)" }
        if value.isNaN { return "NaN" }
        return value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : "\(value)"
    }

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
