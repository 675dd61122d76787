/// Reads one object of a profile: says where a value is wrong, and which names nobody knows.
///
/// A class, so that readers of inner objects add to one list of problems.
final class ProfileReader {
    /// The problems of the whole document.
    final class Complaints {
        var list: [String] = []
    }

    private let members: [String: ProfileValue]
    /// Where the object stands: `classes[2].steps[0]`; empty for the document.
    let place: String
    let complaints: Complaints
    private var known: Set<String> = []

    /// Complains where the value is no object, and then reads as an empty one.
    init(_ value: ProfileValue, place: String, _ complaints: Complaints) {
        self.place = place
        self.complaints = complaints
        if case .object(let members) = value {
            self.members = members
        } else {
            members = [:]
            complaints.list.append("\(place.isEmpty ? "the profile" : place): not an object")
        }
    }

    /// Complains about what nobody has asked for; call it last.
    func finish() {
        for name in members.keys.sorted() where !known.contains(name) {
            complain(name, "unknown name")
        }
    }

    func complain(_ name: String, _ reason: String) {
        complaints.list.append("\(path(name)): \(reason)")
    }

    func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    func value(_ name: String) -> ProfileValue? {
        known.insert(name)
        return members[name]
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    // MARK: Kinds of values; each complains where the value is of another kind.

    func text(_ name: String) -> String? {
        guard let value = value(name) else { return nil }
        if let text = value.text { return text }
        complain(name, "not a text")
        return nil
    }

    func wantedText(_ name: String) -> String {
        if !has(name) { complain(name, "missing") }
        return text(name) ?? ""
    }

    func number(_ name: String, in range: ClosedRange<Double>) -> Double? {
        guard let value = value(name) else { return nil }
        if let number = value.number, range.contains(number) { return number }
        complain(name, "not a number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    func flag(_ name: String) -> Bool {
        guard let value = value(name) else { return false }
        if case .flag(let flag) = value { return flag }
        complain(name, "neither true nor false")
        return false
    }

    func duration(_ name: String, max: Duration) -> Duration? {
        guard let text = text(name) else { return nil }
        if let duration = Duration(shortText: text), duration <= max { return duration }
        complain(name, "not a time such as 500ms or 2s, at most \(max.inSeconds) s")
        return nil
    }

    func template(_ name: String) -> Template? {
        guard let text = text(name) else { return nil }
        if let template = Template(text) { return template }
        complain(name, "a \"${\" without a name and \"}\" behind it")
        return nil
    }

    func list(_ name: String) -> [ProfileValue] {
        guard let value = value(name) else { return [] }
        if let list = value.list { return list }
        complain(name, "not a list")
        return []
    }

    /// Readers of the objects in a list.
    func objects(_ name: String) -> [ProfileReader] {
        list(name).enumerated().map { index, value in
            ProfileReader(value, place: "\(path(name))[\(index)]", complaints)
        }
    }

    /// The members of an inner object, by name; their order says nothing, so they are sorted.
    func members(of name: String) -> [(name: String, value: ProfileValue)] {
        guard let value = value(name) else { return [] }
        guard case .object(let inner) = value else {
            complain(name, "not an object")
            return []
        }
        return inner.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// An inner object of templates.
    func templates(_ name: String) -> [(name: String, value: Template)] {
        members(of: name).compactMap { member in
            guard let text = member.value.text, let template = Template(text) else {
                complain("\(name).\(member.name)", "not a text with whole \"${…}\"")
                return nil
            }
            return (name: member.name, value: template)
        }
    }
}
