/// A response as a handler makes it. Date, Connection and the framing fields are the writer's.
package struct Response: Sendable {
    /// The status; of no account if the body is prepared.
    package var status: Status
    /// The fields.
    package var fields: ResponseFields
    /// The content.
    package var body: ResponseBody
    /// Whether the connection is to be closed after this response.
    package var closesConnection = false
    /// Whom it was for, as far as a server under overload wants to know.
    package var standing = AnswerStanding.ordinary

    /// A response made of its parts.
    package init(
        _ status: Status, fields: ResponseFields = ResponseFields(), body: ResponseBody = .none
    ) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A response made in advance.
    package init(prepared: PreparedResponse) {
        self.init(prepared.status, body: .prepared(prepared))
    }

    /// Content of the type.
    package init(_ status: Status, contentType: StaticString, _ bytes: [UInt8]) {
        self.init(status, body: .bytes(bytes))
        fields.add(.contentType, contentType)
    }

    /// A page.
    package static func html(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, contentType: "text/html; charset=utf-8", bytes)
    }

    /// A JSON text.
    package static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, contentType: "application/json", bytes)
    }

    /// Plain text.
    package static func text(_ text: String, status: Status = .ok) -> Response {
        Response(status, contentType: "text/plain; charset=utf-8", Array(text.utf8))
    }

    /// A redirect, by default the one that follows a form (303).
    ///
    /// - Parameter location: a URI reference; bytes that a URI cannot have are escaped.
    package static func redirect(to location: String, status: Status = .seeOther) -> Response {
        var response = Response(status)
        response.fields.add(.location, PercentCoding.encodedReference(location))
        return response
    }
}

/// What an answer says about the connection that it leaves by: whose next request is read first
/// when not all can be read.
package enum AnswerStanding: Sendable {
    /// For anybody.
    case ordinary
    /// For somebody who must not be kept waiting by a crowd.
    case important
    /// It asks to come again.
    case refused
}
