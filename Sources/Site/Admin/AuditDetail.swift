import Domain
import Store

/// What a row of the audit log says besides who, when and what: before and after, and the rest.
struct AuditDetail {
    let lines: [Line]

    /// One value.
    struct Line: Hashable {
        /// Empty for the state before and after.
        let name: String
        /// What it was; nil where the row says only what it is.
        let before: String?
        let value: String
        /// Where the value is an amount.
        let money: Money?
    }

    /// Reads the flat object that the row keeps; what is none has no lines.
    init(_ entry: AuditLog.Entry) {
        guard case .object(let members)? = try? JSONValue(Array(entry.detail.utf8)) else {
            lines = []
            return
        }
        var lines: [Line] = []
        if let to = Self.text(members["to"]) {
            let from = Self.text(members["from"])
            lines.append(Line(name: "", before: from ?? "–", value: to, money: nil))
        }
        let currency = members["currency"]?.text.flatMap { Currency(rawValue: $0) }
        let currencyBefore =
            members["from_currency"]?.text.flatMap { Currency(rawValue: $0) } ?? currency
        for name in members.keys.sorted() where !Self.isTold(name, in: members) {
            guard let value = Self.text(members[name]) else { continue }
            let isAmount = Self.isAmount(name, entry)
            lines.append(
                Line(
                    name: name,
                    before: Self.before(name, in: members).map { before in
                        let money = isAmount ? Self.money(before, currencyBefore) : nil
                        return money.map { "\($0.decimal) \($0.currency.rawValue)" }
                            ?? Self.text(before) ?? "–"
                    }, value: value,
                    money: isAmount ? Self.money(members[name], currency) : nil))
        }
        self.lines = lines
    }

    /// What a value was before stands under one of two names.
    private static func before(
        _ name: String, in members: [String: JSONValue]
    ) -> JSONValue? {
        members[name + after] ?? members[ahead + name]
    }

    private static let after = "_before"
    private static let ahead = "from_"

    private static func isTold(_ name: String, in members: [String: JSONValue]) -> Bool {
        switch name {
        case "to": true
        case "from": members["to"] != nil
        case "currency": members.keys.contains { amounts.contains($0) || $0 == "commission" }
        case _ where name.hasSuffix(after): members[String(name.dropLast(after.count))] != nil
        case _ where name.hasPrefix(ahead): members[String(name.dropFirst(ahead.count))] != nil
        default: false
        }
    }

    private static let amounts: Set<String> = ["amount", "total", "reversed"]

    /// Hires and jobs say under `commission` how much, everything else which one.
    private static func isAmount(_ name: String, _ entry: AuditLog.Entry) -> Bool {
        amounts.contains(name)
            || (name == "commission" && ["hire", "job"].contains(entry.subject))
    }

    private static func money(_ value: JSONValue?, _ currency: Currency?) -> Money? {
        guard let currency, let units = value?.integer else { return nil }
        return Money(minorUnits: units, currency: currency)
    }

    /// Nil for what is null or empty, which says nothing.
    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .text(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        case .decimal(let text): text
        case .flag(let flag): flag ? "true" : "false"
        case .null, .list, .object, nil: nil
        }
    }
}

/// Which rows of the log are asked for, as an address says it.
package struct AuditFilter: Hashable, Sendable {
    private var values: [String: String] = [:]

    static let subject = "subject"
    static let id = "id"
    static let account = "account"
    static let action = "action"
    static let day = "day"
    private static let names = [subject, id, account, action, day]

    package init(subject: String? = nil, id: Int64? = nil, account: AccountID? = nil) {
        values[Self.subject] = subject
        values[Self.id] = id.map(String.init)
        values[Self.account] = account?.description
    }

    /// Reads the parameters of an address; what is too long to mean anything is left out.
    init(_ value: (String) -> String?) {
        for name in Self.names {
            guard let text = value(name), !text.isEmpty, text.utf8.count <= 60 else { continue }
            values[name] = text
        }
    }

    subscript(_ name: String) -> String { values[name] ?? "" }

    var parameters: [(name: String, value: String)] {
        Self.names.compactMap { name in values[name].map { (name, $0) } }
    }

    /// What the store is asked for; what names nothing finds nothing.
    var wanted: AuditLog.Filter? {
        var filter = AuditLog.Filter(
            subject: values[Self.subject], action: values[Self.action])
        // PostgreSQL's text has no NUL, and no name in the log has anything but these letters.
        for name in [filter.subject, filter.action].compactMap({ $0 }) {
            guard name.utf8.allSatisfy(Self.isOfName) else { return nil }
        }
        if let text = values[Self.id] {
            guard let id = Int64(text), id >= 0 else { return nil }
            filter.subjectID = id
        }
        if let text = values[Self.account] {
            guard let id = AccountID(text) else { return nil }
            filter.account = id
        }
        if let text = values[Self.day] {
            guard let day = CalendarDate(text) else { return nil }
            filter.day = day
        }
        return filter
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".")
    }
}
