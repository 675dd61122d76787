import Domain
import HTTP
import Store

/// Which rows of a list a program asks for.
struct ListQuery {
    let after: Cursor?
    let limit: PageLimit
    private let filters: [String: String]

    /// Reads the parameters that the route's contract names; others are left alone, as links get
    /// decorated on their way.
    ///
    /// A wrong one is refused: for a program, other rows than those it asked for are worse than none.
    init(_ query: QueryString, _ contract: Contract?) throws(RefusedRequest) {
        var complaints: [Complaint] = []
        let after = query["after"]
        let cursor = after.flatMap { Cursor($0) }
        if after != nil, cursor == nil {
            complaints.append(Self.complaint("after", .cursor, .malformed))
        }
        let limit = query["limit"]
        let number = limit.flatMap { Int($0) }
        if limit != nil, !(1...PageLimit.max).contains(number ?? 0) {
            complaints.append(
                Self.complaint("limit", .limit, .outOfRange(min: 1, max: PageLimit.max)))
        }
        var filters: [String: String] = [:]
        for filter in contract?.parameters ?? [] {
            guard let value = query[filter.name], !value.isEmpty else {
                if filter.isRequired {
                    complaints.append(Self.complaint(filter.name, .search, .missing))
                }
                continue
            }
            filters[filter.name] = value
            if let reason = Self.reason(against: value, filter.schema) {
                complaints.append(Self.complaint(filter.name, .search, reason))
            }
        }
        try RefusedRequest.check(complaints)
        self.after = cursor
        self.limit = number.map { PageLimit(clamping: $0) } ?? .usual
        self.filters = filters
    }

    /// The value of a filter; nil where the program wants any.
    subscript(_ name: String) -> String? { filters[name] }

    private static func reason(
        against value: String, _ schema: Schema
    ) -> ValidationError.Reason? {
        switch schema {
        case .choice(let choices): choices.contains(value) ? nil : .unsupported
        case .text(_, let lengthMax?, _):
            value.unicodeScalars.count <= lengthMax ? nil : .tooLong(max: lengthMax)
        case .text(_, _, .date): CalendarDate(value) == nil ? .malformed : nil
        case .integer(let min, let max):
            Int64(value).map { Int64(min ?? .min)...Int64(max ?? .max) ~= $0 } == true
                ? nil : .malformed
        default: nil
        }
    }

    private static func complaint(
        _ name: String, _ field: ValidationError.Field, _ reason: ValidationError.Reason
    ) -> Complaint {
        Complaint(place: .parameter(name), reason: .value(ValidationError(field, reason)))
    }
}

extension Visit {
    /// Which rows of its list the program asks for.
    func listQuery() throws(RefusedRequest) -> ListQuery {
        try ListQuery(query, row.declaration.contract)
    }
}
