import Admission

/// What the overload control is to do.
enum OverloadInput: Described {
    static let schemaName = "OverloadInput"
    static let schema = Schema.object([.always("mode", .choice(AdmissionMode.allCases.map(\.name)))]
    )
}

/// The overload control of the server that answers.
struct OverloadResource: JSONWritable {
    let view: OverloadView

    init(_ view: OverloadView) { self.view = view }

    static let schemaName = "Overload"
    static let schemaDescription =
        "Of the server that answers; each has its own. Each part is ten seconds."
    static let schema = Schema.object([
        .always("mode", .choice(AdmissionMode.allCases.map(\.name))),
        .always("load", .choice(["calm", "busy", "overloaded"])),
        .always("in_flight", .integer(min: 0)),
        .always("level", .integer(min: 0)),
        .always("parts", .list(.named(Part.self))),
    ])

    func write(to json: inout JSONWriter) {
        let load =
            switch view.load {
            case .calm: "calm"
            case .busy: "busy"
            case .overloaded: "overloaded"
            }
        json.object { json in
            json.member("mode", view.mode.name)
            json.member("load", load)
            json.member("in_flight", view.inFlight)
            json.member("level", Int(view.level.rawValue))
            json.member("parts", view.parts.map { Part(part: $0) })
        }
    }

    /// Ten seconds.
    struct Part: JSONWritable {
        let part: OverloadView.Part

        static let schemaName = "OverloadPart"
        static let schemaDescription = "Times are in microseconds, the longest of the ten seconds."
        static let schema = Schema.object([
            .always("ends_at", .moment),
            .always("classes", .list(.named(ClassCount.self))),
            .always("would_refuse", .integer(min: 0)),
            .always("delay", .integer(min: 0)),
            .always("lag", .integer(min: 0)),
            .always("level", .integer(min: 0)),
        ])

        func write(to json: inout JSONWriter) {
            let summary = part.summary
            json.object { json in
                json.member("ends_at", part.at)
                json.member("would_refuse", summary.wouldRefuse)
                json.member("delay", summary.delayMost)
                json.member("lag", summary.lagMost)
                json.member("level", Int(summary.levelMost.rawValue))
                json.member(
                    "classes",
                    RequestClass.allCases.map { requestClass in
                        ClassCount(
                            requestClass: requestClass, admitted: summary.admitted[requestClass],
                            refused: summary.refused[requestClass])
                    })
            }
        }
    }

    /// The requests of one class in them.
    struct ClassCount: JSONWritable {
        let requestClass: RequestClass
        let admitted: Int
        let refused: Int

        static let schemaName = "OverloadClassCount"
        static let schema = Schema.object([
            .always("class", .choice(RequestClass.allCases.map(\.name))),
            .always("admitted", .integer(min: 0)),
            .always("refused", .integer(min: 0)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("class", requestClass.name)
                json.member("admitted", admitted)
                json.member("refused", refused)
            }
        }
    }
}
