extension Step {
    private static let methods = ["get", "head", "post", "put", "delete"]

    /// Reads a step; what is wrong with it is in the reader's complaints.
    init(_ reader: ProfileReader) {
        let named = Self.methods.filter { reader.has($0) }
        if named.count != 1 {
            reader.complain("get", "one of get, head, post, put, delete must say what is asked for")
        }
        let name = named.first ?? "get"
        for method in Self.methods { _ = reader.value(method) }
        method = name.uppercased()
        path = reader.has(name) ? reader.template(name) ?? Template(literal: "/") : .root
        if let first = path.parts.first, case .literal(let start) = first, !start.hasPrefix("/") {
            reader.complain(name, "not a path that begins with /")
        }
        headers = reader.headers()
        body = Self.body(reader)
        expected = reader.list("expect").compactMap { value in
            let status = value.number.flatMap { Int(exactly: $0) }
            if !(200..<400).contains(status ?? 0) {
                reader.complain("expect", "not statuses from 200 to 399")
            }
            return status
        }
        captures = Self.captures(reader)
        pause = reader.duration("pause", max: .seconds(600)) ?? .zero
        receipt = Self.receipt(reader)
        reader.finish()
    }

    private static func body(_ reader: ProfileReader) -> Body? {
        let kinds = ["form", "multipart", "json", "text"].filter { reader.has($0) }
        if kinds.count > 1 { reader.complain(kinds[1], "there is a \(kinds[0]) too") }
        let type = reader.text("type")
        switch kinds.first {
        case "form": return .form(reader.templates("form"))
        case "multipart":
            return .multipart(
                reader.members(of: "multipart").map { member in
                    (name: member.name, part: part(reader, member.name, member.value))
                })
        case "json":
            let value = reader.value("json") ?? .null
            if !value.hasWholeTemplates { reader.complain("json", "a \"${\" without its \"}\"") }
            return .json(value)
        case "text":
            return reader.template("text").map { .text(type: type ?? "text/plain", $0) }
        default: return nil
        }
    }

    private static func part(
        _ reader: ProfileReader, _ name: String, _ value: ProfileValue
    ) -> Part {
        if let text = value.text {
            if Template(text) == nil { reader.complain("multipart.\(name)", "no whole \"${…}\"") }
            return Part(fileName: nil, type: nil, content: Template(text) ?? .root)
        }
        let place = "\(reader.path("multipart")).\(name)"
        let inner = ProfileReader(value, place: place, reader.complaints)
        let part = Part(
            fileName: inner.wantedText("file"), type: inner.text("type"),
            content: inner.template("content") ?? .root)
        inner.finish()
        return part
    }

    private static func captures(_ reader: ProfileReader) -> [Capture] {
        reader.members(of: "capture").map { name, value in
            let place = "\(reader.path("capture")).\(name)"
            let inner = ProfileReader(value, place: place, reader.complaints)
            let capture = Capture(
                name: name, after: inner.wantedText("after"), before: inner.wantedText("before"))
            if !Template.isName(name) { inner.complain("", "not a name") }
            if capture.before.isEmpty { inner.complain("before", "empty") }
            inner.finish()
            return capture
        }
    }

    private static func receipt(_ reader: ProfileReader) -> ReceiptNote? {
        guard let value = reader.value("receipt") else { return nil }
        let inner = ProfileReader(value, place: reader.path("receipt"), reader.complaints)
        if !inner.has("key") { inner.complain("key", "missing") }
        let note = ReceiptNote(
            key: inner.template("key") ?? .root, url: inner.template("url") ?? .location)
        inner.finish()
        return note
    }

    // MARK: Variables

    /// What the request needs.
    var usedVariables: [String] {
        templates.flatMap(\.variables)
    }

    /// What the note about it needs, after its answer.
    var receiptVariables: [String] {
        receipt.map { $0.key.variables + $0.url.variables } ?? []
    }

    /// All templates of the request.
    var templates: [Template] {
        let inBody: [Template] =
            switch body {
            case .form(let fields): fields.map(\.value)
            case .multipart(let parts): parts.map(\.part.content)
            case .json(let value): value.templates
            case .text(_, let template): [template]
            case nil: []
            }
        return [path] + headers.map(\.value) + inBody
    }
}

extension Template {
    static let root = Template(literal: "/")
    static let location = Template("${location}") ?? .root
}

extension ProfileValue {
    var hasWholeTemplates: Bool {
        switch self {
        case .object(let members): members.values.allSatisfy(\.hasWholeTemplates)
        case .list(let values): values.allSatisfy(\.hasWholeTemplates)
        case .text(let text): Template(text) != nil
        case .number, .flag, .null: true
        }
    }

    /// The templates in all texts inside.
    var templates: [Template] {
        switch self {
        case .object(let members): members.values.flatMap(\.templates)
        case .list(let values): values.flatMap(\.templates)
        case .text(let text): Template(text).map { [$0] } ?? []
        case .number, .flag, .null: []
        }
    }
}
