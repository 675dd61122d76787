/// What a load test sends: who arrives how often, and what each of them does.
///
/// `config/stress/default.json` shows every part.
package struct Profile: Sendable {
    /// Visitors a second of all classes with a share together, where the factor is 1.
    package var rate: Double
    package var phases: Phases
    package var lists: [ChoiceList]
    package var classes: [TrafficClass]
}

/// Values of which every visitor gets one by chance, such as the slugs of all open jobs.
package struct ChoiceList: Sendable {
    /// Where the values come from.
    package enum Source: Sendable {
        case values([String])
        /// A JSON list of the target: the member `items`, in each the member `value` (a path with
        /// dots), and the member `next` with the cursor of the next page, which is sent as `cursor`.
        case json(path: String, items: String, value: String, next: String?, cursor: String)
        /// Every text between two marks in a document of the target.
        case text(path: String, Capture)
    }

    package let name: String
    package let source: Source
    package let headers: [Header]
    /// At most as many values are fetched.
    package let countMax: Int
}

/// A field of a request.
package struct Header: Sendable {
    package let name: String
    package let value: Template
}

/// One kind of visitor.
package struct TrafficClass: Sendable {
    /// How often visitors of a class arrive.
    package enum Arrivals: Sendable, Hashable {
        /// A share of the profile's rate; shares are divided by their sum.
        case share(Double)
        /// A share of the profile's rate, whatever the phase: people who have work to do there,
        /// and whom no article brings.
        case steady(Double)
        /// So many a second, whatever the phase: probes, which no crowd makes more frequent.
        case fixed(Double)
    }

    package let name: String
    package let arrivals: Arrivals
    package var connections: ConnectionMode
    /// How long a visitor waits for an answer before closing the connection.
    package let patience: Duration
    /// Another server than the run's, as scheme, host and port.
    package let target: Template?
    package let headers: [Header]
    package let steps: [Step]
    /// Left out, with a notice, where a variable of the environment or a list that it needs is
    /// missing; other classes make that an error.
    package let isOptional: Bool
}

/// How visitors of a class use connections.
package enum ConnectionMode: String, Sendable, CaseIterable {
    /// Connections stay open and serve one visitor after another, as behind a proxy.
    case kept
    /// One for each visitor, as browsers do.
    case visit
    /// One for each request.
    case new
}

/// One request of a visitor.
package struct Step: Sendable {
    package let method: String
    package let path: Template
    package let headers: [Header]
    package let body: Body?
    /// Statuses that are right; empty: every 2xx and 3xx.
    package let expected: [Int]
    /// What later steps need of the answer, by the name of the variable.
    package let captures: [Capture]
    /// How long the visitor reads before this step.
    package let pause: Duration
    /// What is noted of this write when the server acknowledges it; nil for what is not a write.
    package let receipt: ReceiptNote?

    /// What a request carries.
    package enum Body: Sendable {
        case form([(name: String, value: Template)])
        case multipart([(name: String, part: Part)])
        /// JSON whose texts are templates.
        case json(ProfileValue)
        case text(type: String, Template)
    }

    /// A part of multipart content.
    package struct Part: Sendable {
        package let fileName: String?
        package let type: String?
        package let content: Template
    }
}

/// A text of an answer between two marks; of `&amp;` in it becomes `&`.
package struct Capture: Sendable, Hashable {
    package let name: String
    package let after: String
    package let before: String
}

/// How an acknowledged write is found again afterwards.
package struct ReceiptNote: Sendable {
    package let key: Template
    package let url: Template
}

/// Everything that is wrong with a profile, each with the place where it stands.
package struct ProfileProblems: Error, Hashable, CustomStringConvertible {
    package let list: [String]

    package init(_ list: [String]) { self.list = list }

    /// A line for each problem.
    package var description: String { list.joined(separator: "\n") }
}
