/// The number of an invoice, as in `V20260000001`: the year of its series, and its place in it.
package struct InvoiceNumber: Hashable, Sendable {
    package let text: String

    package static let length = 12

    /// Takes a number out of an address; nil when no number looks like that.
    package init?(_ input: String) {
        guard input.utf8.count == Self.length, input.utf8.first == UInt8(ascii: "V"),
            input.utf8.dropFirst().allSatisfy(\.isDigit)
        else { return nil }
        text = input
    }

    /// Takes a number that the database kept.
    package init(stored text: String) {
        self.text = text
    }
}

extension InvoiceNumber: CustomStringConvertible {
    package var description: String { text }
}

/// How things stand with an invoice on a day.
package enum InvoiceStanding: String, Hashable, Sendable, CaseIterable {
    /// To be paid, and its day has not passed; or a credit note, for which nobody is late.
    case due
    case overdue
    case paid
    case void

    package init(
        _ state: InvoiceState, amount: Money, dueOn: CalendarDate, today: CalendarDate
    ) {
        self =
            switch state {
            case .open: dueOn < today && amount.isPositive ? .overdue : .due
            case .received: .paid
            case .void: .void
            }
    }
}
