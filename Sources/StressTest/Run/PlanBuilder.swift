/// Turns a class of a profile into a plan: looks up variables, and writes what is the same for all
/// visitors once.
struct PlanBuilder {
    let environment: [String: String]
    /// Values by list.
    let lists: [String: [String]]
    private var slots: [String: Int] = [
        "unique": ClassPlan.uniqueSlot, "location": ClassPlan.locationSlot,
    ]

    /// No text that this program sends contains it: a line of a form ends nowhere else.
    private static let boundary = "----vouch-stress-7d1c0b5e"

    init(environment: [String: String], lists: [String: [String]]) {
        self.environment = environment
        self.lists = lists
    }

    /// What a class needs and does not have, as texts for people.
    static func missing(
        for traffic: TrafficClass, environment: [String: String], lists: [String: [String]],
        of sources: [ChoiceList]
    ) -> [String] {
        let templates =
            traffic.headers.map(\.value) + traffic.steps.flatMap(\.templates)
            + (traffic.target.map { [$0] } ?? [])
        let used = Set(templates.flatMap(\.variables))
        let empty = sources.filter { used.contains($0.name) && lists[$0.name, default: []].isEmpty }
        // A list that could not be asked for lacks what asking needs.
        let needed = templates + empty.flatMap { $0.headers.map(\.value) }
        let variables = Set(needed.flatMap(\.environmentVariables))
            .filter { environment[$0, default: ""].isEmpty }
        let reasons = variables.sorted().map { "\($0) is not set" }
        return reasons.isEmpty ? empty.map { "the list \"\($0.name)\" is empty" } : reasons
    }

    /// The steps of a class, and the values that its visitors have.
    mutating func steps(
        of traffic: TrafficClass, authority: String
    ) -> (steps: [StepPlan], slotCount: Int, choices: [(slot: Int, values: [[UInt8]])]) {
        let steps = traffic.steps.map { step in
            self.step(step, of: traffic, authority: authority)
        }
        let choices = slots.compactMap { name, slot in
            lists[name].map { (slot: slot, values: $0.map { Array($0.utf8) }) }
        }
        return (steps, slots.count, choices.sorted { $0.slot < $1.slot })
    }

    private mutating func step(
        _ step: Step, of traffic: TrafficClass, authority: String
    ) -> StepPlan {
        var head = CompiledText()
        head.append(literal: step.method + " ")
        append(step.path, to: &head)
        head.append(literal: " HTTP/1.1\r\nHost: \(authority)\r\n")
        var cookies: CompiledText?
        for header in traffic.headers + step.headers {
            if header.name.lowercased() == "cookie" {
                cookies?.append(literal: "; ")
                var text = cookies ?? CompiledText()
                append(header.value, to: &text)
                cookies = text
                continue
            }
            head.append(literal: header.name + ": ")
            append(header.value, to: &head)
            head.append(literal: "\r\n")
        }
        let (type, body) = self.body(step)
        if let type { head.append(literal: "Content-Type: \(type)\r\n") }
        let captures = step.captures.map { capture in
            (
                slot: slot(capture.name), after: Array(capture.after.utf8),
                before: Array(capture.before.utf8)
            )
        }
        let receipt = step.receipt.map { (key: compiled($0.key), url: compiled($0.url)) }
        return StepPlan(
            head: head, cookies: cookies, body: body, isHead: step.method == "HEAD",
            isSafe: step.method == "GET" || step.method == "HEAD", expected: step.expected,
            captures: captures, pause: step.pause, receipt: receipt)
    }

    // MARK: Content

    private mutating func body(_ step: Step) -> (type: String?, CompiledText?) {
        switch step.body {
        case .form(let fields): ("application/x-www-form-urlencoded", form(fields))
        case .multipart(let parts):
            ("multipart/form-data; boundary=\(Self.boundary)", multipart(parts))
        case .json(let value): ("application/json", json(value))
        case .text(let type, let template): (type, compiled(template))
        case nil: (nil, step.method == "POST" || step.method == "PUT" ? CompiledText() : nil)
        }
    }

    private mutating func form(_ fields: [(name: String, value: Template)]) -> CompiledText {
        var text = CompiledText()
        for (index, field) in fields.enumerated() {
            let name = CompiledText.formEncoded(Array(field.name.utf8))
            text.append(literal: index == 0 ? "" : "&")
            text.append(literal: String(decoding: name, as: UTF8.self) + "=")
            append(field.value, to: &text, .form)
        }
        return text
    }

    private mutating func multipart(_ parts: [(name: String, part: Step.Part)]) -> CompiledText {
        var text = CompiledText()
        for (name, part) in parts {
            text.append(
                literal: "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"")
            if let fileName = part.fileName {
                text.append(literal: "; filename=\"\(fileName)\"")
            }
            if let type = part.type { text.append(literal: "\r\nContent-Type: \(type)") }
            text.append(literal: "\r\n\r\n")
            append(part.content, to: &text)
            text.append(literal: "\r\n")
        }
        text.append(literal: "--\(Self.boundary)--\r\n")
        return text
    }

    private mutating func json(_ value: ProfileValue) -> CompiledText {
        var text = CompiledText()
        appendJSON(value, to: &text)
        return text
    }

    private mutating func appendJSON(_ value: ProfileValue, to text: inout CompiledText) {
        switch value {
        case .object(let members):
            text.append(literal: "{")
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                text.append(literal: (index == 0 ? "" : ",") + quoted(member.key) + ":")
                appendJSON(member.value, to: &text)
            }
            text.append(literal: "}")
        case .list(let values):
            text.append(literal: "[")
            for (index, value) in values.enumerated() {
                text.append(literal: index == 0 ? "" : ",")
                appendJSON(value, to: &text)
            }
            text.append(literal: "]")
        case .text(let template):
            text.append(literal: "\"")
            append(Template(template) ?? Template(literal: template), to: &text, .json)
            text.append(literal: "\"")
        case .number(let number):
            text.append(literal: Int64(exactly: number).map { "\($0)" } ?? "\(number)")
        case .flag(let flag): text.append(literal: flag ? "true" : "false")
        case .null: text.append(literal: "null")
        }
    }

    private func quoted(_ text: String) -> String {
        let escaped = CompiledText.jsonEscaped(Array(text.utf8))
        return "\"" + String(decoding: escaped, as: UTF8.self) + "\""
    }

    // MARK: Templates

    private mutating func compiled(_ template: Template) -> CompiledText {
        var text = CompiledText()
        append(template, to: &text)
        return text
    }

    private mutating func append(
        _ template: Template, to text: inout CompiledText,
        _ escaping: CompiledText.Escaping = .none
    ) {
        for part in template.parts {
            switch part {
            case .literal(let literal): text.append(literal: escaped(literal, escaping))
            case .environment(let name):
                text.append(literal: escaped(environment[name] ?? "", escaping))
            case .variable(let name): text.append(slot: slot(name), escaping)
            }
        }
    }

    private func escaped(_ text: String, _ escaping: CompiledText.Escaping) -> String {
        let bytes = Array(text.utf8)
        return switch escaping {
        case .none: text
        case .form: String(decoding: CompiledText.formEncoded(bytes), as: UTF8.self)
        case .json: String(decoding: CompiledText.jsonEscaped(bytes), as: UTF8.self)
        }
    }

    private mutating func slot(_ name: String) -> Int {
        if let slot = slots[name] { return slot }
        let slot = slots.count
        slots[name] = slot
        return slot
    }
}
