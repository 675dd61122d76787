import EventLoop
import HTTP

/// Those who ask for `/held`, told something when others ask for `/held/tell`.
///
/// `@unchecked Sendable`: confined to its loop.
final class HeldReaders: @unchecked Sendable {
    private let loop: EventLoop
    private var contents: [Content] = []

    init(loop: EventLoop) { self.loop = loop }

    private final class Content: HeldContent, @unchecked Sendable {
        let readers: HeldReaders
        var reader: (any HeldReader)?
        var isClosed = false

        init(_ readers: HeldReaders) { self.readers = readers }

        func opened(_ reader: any HeldReader) {
            self.reader = reader
            reader.send(Array("opened".utf8))
        }

        func closed() {
            precondition(!isClosed, "told twice")
            isClosed = true
            reader = nil
            readers.contents.removeAll { $0 === self }
        }
    }

    var count: Int { contents.count }

    func join() -> Response {
        let content = Content(self)
        contents.append(content)
        var response = Response(.ok)
        response.body = .held(content)
        return response
    }

    /// Sends to all after the present turn, as an event of their owner's would.
    func tell(_ text: String) {
        loop.schedule(after: .zero) { [self] in
            for content in contents { content.reader?.send(Array(text.utf8)) }
        }
    }
}
