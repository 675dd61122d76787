/// What the API's description says of a route, and what its requests are held to.
package struct Contract: Sendable {
    /// One sentence.
    let summary: String
    /// The content of the request; nil for none.
    let takes: (any Described.Type)?
    /// The content of the answer; nil for what is not JSON.
    let answers: (any Described.Type)?
    /// What the answer is a page of, with a cursor; nil for what is no list.
    let list: List?
    /// Whether a write may be sent without an Idempotency-Key.
    let key: KeyRule
    /// The status when all went well.
    let status: UInt16

    /// A list, and the parameters that it can be narrowed with.
    struct List: Sendable {
        let filters: [Schema.Member]
    }

    /// What the Idempotency-Key of a route is.
    enum KeyRule: Sendable {
        /// The route only reads.
        case none
        /// Sending the same twice makes no second thing anyway.
        case optional
        /// Sending the same twice would make two, or it moves money.
        case required
    }

    /// One value.
    static func one(_ answers: any Described.Type, _ summary: String) -> Contract {
        Contract(
            summary: summary, takes: nil, answers: answers, list: nil, key: .none, status: 200)
    }

    /// A page of a list.
    static func list(
        of answers: any Described.Type, by filters: [Schema.Member] = [], _ summary: String
    ) -> Contract {
        Contract(
            summary: summary, takes: nil, answers: answers, list: List(filters: filters),
            key: .none, status: 200)
    }

    /// A file.
    static func file(_ summary: String) -> Contract {
        Contract(summary: summary, takes: nil, answers: nil, list: nil, key: .none, status: 200)
    }

    /// A write.
    static func write(
        _ takes: (any Described.Type)? = nil, answers: any Described.Type, status: UInt16 = 200,
        key: KeyRule = .optional, _ summary: String
    ) -> Contract {
        Contract(
            summary: summary, takes: takes, answers: answers, list: nil, key: key,
            status: status)
    }
}
