extension Profile {
    /// Reads a profile from JSON.
    ///
    /// - Throws: `ProfileProblems` with all that is wrong at once.
    package init(json: [UInt8]) throws(ProfileProblems) {
        let document = try ProfileValue(json: json)
        let complaints = ProfileReader.Complaints()
        let reader = ProfileReader(document, place: "", complaints)
        _ = reader.value("about")
        rate = reader.number("rate", in: 0.01...1_000_000) ?? 10
        phases = Self.phases(reader)
        lists = Self.lists(reader)
        classes = Self.classes(reader)
        reader.finish()
        complaints.list += Self.contradictions(classes, lists)
        guard complaints.list.isEmpty else { throw ProfileProblems(complaints.list) }
    }

    private static func phases(_ reader: ProfileReader) -> Phases {
        guard let text = reader.text("phases") else { return Phases(steady: .seconds(10)) }
        if let phases = Phases(text) { return phases }
        reader.complain("phases", "not phases such as 10s@1,20s@10 of at most an hour")
        return Phases(steady: .seconds(10))
    }

    private static func lists(_ reader: ProfileReader) -> [ChoiceList] {
        reader.members(of: "lists").map { name, value in
            let inner = ProfileReader(value, place: "lists.\(name)", reader.complaints)
            if !Template.isName(name) { reader.complain("lists.\(name)", "not a name") }
            let list = ChoiceList(
                name: name, source: source(inner, name: name), headers: inner.headers(),
                countMax: Int(inner.number("max", in: 1...100_000) ?? 5_000))
            inner.finish()
            return list
        }
    }

    private static func source(_ reader: ProfileReader, name: String) -> ChoiceList.Source {
        if reader.has("values") {
            let values = reader.list("values").compactMap(\.text)
            if values.isEmpty { reader.complain("values", "no texts") }
            return .values(values)
        }
        let path = reader.wantedText("path")
        if reader.has("after") {
            return .text(
                path: path,
                Capture(
                    name: name, after: reader.wantedText("after"),
                    before: reader.wantedText("before")))
        }
        return .json(
            path: path, items: reader.wantedText("items"), value: reader.wantedText("value"),
            next: reader.text("next"), cursor: reader.text("cursor") ?? "after")
    }

    private static func classes(_ reader: ProfileReader) -> [TrafficClass] {
        if !reader.has("classes") { reader.complain("classes", "missing") }
        let classes = reader.objects("classes").map { inner in
            let result = TrafficClass(
                name: inner.wantedText("name"), arrivals: arrivals(inner),
                connections: mode(inner), patience: patience(inner),
                target: inner.template("target"), headers: inner.headers(),
                steps: inner.objects("steps").map(Step.init), isOptional: inner.flag("optional"))
            if result.steps.isEmpty { inner.complain("steps", "none") }
            inner.finish()
            return result
        }
        if reader.has("classes"), classes.isEmpty { reader.complain("classes", "none") }
        return classes
    }

    private static func arrivals(_ reader: ProfileReader) -> TrafficClass.Arrivals {
        if reader.has("rate"), reader.has("share") {
            reader.complain("rate", "there is a share too; one of both")
        }
        if let rate = reader.number("rate", in: 0.01...1_000_000) { return .fixed(rate) }
        if !reader.has("share"), !reader.has("rate") { reader.complain("share", "missing") }
        let share = reader.number("share", in: 0.000_001...1_000_000) ?? 1
        return reader.flag("steady") ? .steady(share) : .share(share)
    }

    private static func mode(_ reader: ProfileReader) -> ConnectionMode {
        guard let text = reader.text("connections") else { return .visit }
        if let mode = ConnectionMode(rawValue: text) { return mode }
        reader.complain("connections", "neither kept, visit nor new")
        return .visit
    }

    private static func patience(_ reader: ProfileReader) -> Duration {
        let patience = reader.duration("patience", max: .seconds(60)) ?? .seconds(2)
        if patience == .zero { reader.complain("patience", "nobody has none") }
        return patience
    }

    /// Two classes of one name, and variables that nothing gives a value.
    private static func contradictions(
        _ classes: [TrafficClass], _ lists: [ChoiceList]
    ) -> [String] {
        var found: [String] = []
        for (index, one) in classes.enumerated() {
            let place = "classes[\(index)]"
            let isName = !one.name.isEmpty && one.name.allSatisfy { $0.isLetter || $0 == "-" }
            if !isName || ["all", "scaled", "lag"].contains(one.name) {
                found.append("\(place).name: not a name of letters and hyphens, or a taken one")
            }
            if classes[..<index].contains(where: { $0.name == one.name }) {
                found.append("\(place).name: another class is called \"\(one.name)\"")
            }
            var given = Set(lists.map(\.name) + ["unique", "location"])
            for (number, step) in one.steps.enumerated() {
                let used = step.usedVariables + one.headers.flatMap(\.value.variables)
                for name in Set(used).subtracting(given).sorted() {
                    found.append("\(place).steps[\(number)]: nothing gives \"\(name)\" a value")
                }
                given.formUnion(step.captures.map(\.name))
                for name in Set(step.receiptVariables).subtracting(given).sorted() {
                    found.append("\(place).steps[\(number)]: nothing gives \"\(name)\" a value")
                }
            }
        }
        return found
    }
}

extension ProfileReader {
    /// The member `headers`, without what the generator itself says about connection and content.
    func headers() -> [Header] {
        let own = ["host", "connection", "content-length", "transfer-encoding", "content-type"]
        return templates("headers").compactMap { name, value in
            let isToken = name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
            guard isToken, !name.isEmpty, !own.contains(name.lowercased()) else {
                complain("headers.\(name)", "not a field that a profile may set")
                return nil
            }
            return Header(name: name, value: value)
        }
    }
}
