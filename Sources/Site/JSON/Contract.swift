import HTTP

/// What the API's description says of a route, and what its requests are held to.
package struct Contract: Sendable {
    /// One sentence.
    let summary: String
    /// The content of the request; nil for none.
    let takes: (any Described.Type)?
    /// The content of the answer; nil for what is not JSON.
    let answers: (any Described.Type)?
    /// Whether the answer is a page of a list, with a cursor.
    let isList: Bool
    /// What stands in the query, besides the cursor and the limit of a list.
    let parameters: [Schema.Member]
    /// What kinds of content the answer may have.
    let mediaTypes: [StaticString]
    /// Whether a write may be sent without an Idempotency-Key.
    let key: KeyRule
    /// The content of the answer 202, where a write may wait for the database; nil where none does.
    let kept: (any Described.Type)?
    /// The status when all went well.
    let status: UInt16

    /// What the Idempotency-Key of a route is.
    enum KeyRule: Sendable {
        /// The route only reads.
        case none
        /// Sending the same twice makes no second thing anyway.
        case optional
        /// Sending the same twice would make two, or it moves money.
        case required
    }

    private init(
        _ summary: String, takes: (any Described.Type)? = nil,
        answers: (any Described.Type)? = nil, isList: Bool = false,
        parameters: [Schema.Member] = [], mediaTypes: [StaticString] = ["application/json"],
        key: KeyRule = .none, kept: (any Described.Type)? = nil, status: UInt16 = 200
    ) {
        self.summary = summary
        self.takes = takes
        self.answers = answers
        self.isList = isList
        self.parameters = parameters
        self.mediaTypes = mediaTypes
        self.key = key
        self.kept = kept
        self.status = status
    }

    /// One value.
    ///
    /// - Parameter parameters: of the query.
    static func one(
        _ answers: any Described.Type, by parameters: [Schema.Member] = [], _ summary: String
    ) -> Contract {
        Contract(summary, answers: answers, parameters: parameters)
    }

    /// A page of a list.
    static func list(
        of answers: any Described.Type, by filters: [Schema.Member] = [], _ summary: String
    ) -> Contract {
        Contract(summary, answers: answers, isList: true, parameters: filters)
    }

    /// A file.
    static func file(
        _ summary: String, types: [StaticString] = ["application/pdf"]
    ) -> Contract {
        Contract(summary, mediaTypes: types)
    }

    /// Server-sent events: an answer that stays open.
    static func events(_ summary: String) -> Contract {
        Contract(
            summary, parameters: [.maybe("after", .text(lengthMax: 340))],
            mediaTypes: [EventStream.contentType])
    }

    /// A write that answers with a file.
    static func write(file types: [StaticString], _ summary: String) -> Contract {
        Contract(summary, mediaTypes: types, key: .optional)
    }

    /// A write.
    static func write(
        _ takes: (any Described.Type)? = nil, answers: any Described.Type, status: UInt16 = 200,
        key: KeyRule = .optional, kept: (any Described.Type)? = nil, _ summary: String
    ) -> Contract {
        Contract(summary, takes: takes, answers: answers, key: key, kept: kept, status: status)
    }
}
