import Domain

/// A value that stands in one segment of a path.
package protocol PathParameter: Sendable {
    /// Reads a segment; nil when no such value looks like that.
    init?(segment: String)

    /// The segment, which needs no escaping.
    var segment: String { get }

    /// A value of this kind: the table is built with it, and tests walk it.
    static var sample: Self { get }

    /// What the API's description says of such a segment.
    static var schema: Schema { get }
}

extension ID: PathParameter {
    package init?(segment: String) { self.init(segment) }
    package var segment: String { description }
    package static var sample: Self { Self(7) }
    package static var schema: Schema { .integer(min: 1) }
}

extension Slug: PathParameter {
    package init?(segment: String) { self.init(segment) }
    package var segment: String { text }
    package static var sample: Self { Self(stored: "site-reliability-engineer-7k2m9p4q") }
    package static var schema: Schema { .text(pattern: "^[a-z0-9-]+$", lengthMax: lengthMax) }
}

extension LinkCode: PathParameter {
    package init?(segment: String) { self.init(segment) }
    package var segment: String { text }
    package static var sample: Self { Self(stored: "7k2m9p4qab") }
    package static var schema: Schema { .text(pattern: "^[0-9a-z]{10}$") }
}

extension ReceiptCode: PathParameter {
    package init?(segment: String) { self.init(segment) }
    package var segment: String { text }
    package static var sample: Self { Self(stored: "7k2m9p4qab7k2m9p4qab7k2m9p") }
    package static var schema: Schema { .text(pattern: "^[0-9a-z]{26}$") }
}

extension MailToken: PathParameter {
    package init?(segment: String) { self.init(segment) }
    package var segment: String { text }
    package static var sample: Self { Self(stored: "7k2m9p4qab7k2m9p4qab7k2m9p") }
    package static var schema: Schema { .text(pattern: "^[0-9a-z]{26}$") }
}

extension InvoiceNumber: PathParameter {
    package init?(segment: String) { self.init(segment) }
    package var segment: String { text }
    package static var sample: Self { Self(stored: "V20260000001") }
    package static var schema: Schema { .text(pattern: "^V[0-9]{11}$") }
}

extension Language: PathParameter {
    package init?(segment: String) { self.init(rawValue: segment) }
    package var segment: String { rawValue }
    package static var sample: Self { .romanian }
    package static var schema: Schema { .choice(allCases.map(\.rawValue)) }
}

extension CalendarMonth: PathParameter {
    package init?(segment: String) { self.init(segment) }
    package var segment: String { description }
    package static var sample: Self { Self(CalendarDate(daysSinceEpoch: 20_000)) }
    package static var schema: Schema { .text(pattern: "^[0-9]{4}-[0-9]{2}$") }
}
