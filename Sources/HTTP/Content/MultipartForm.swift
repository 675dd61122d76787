/// A form with files (`multipart/form-data`, RFC 7578) over its complete content.
package struct MultipartForm: Sendable {
    /// A file as a range of the content, not a copy.
    package struct File: Sendable, Hashable {
        /// The name of the control.
        package let name: String
        /// The last component of the name the file had; only text to show, never a path.
        package let filename: String
        /// What the sender says it is, in lower case and without parameters; not to be trusted.
        package let contentType: String
        /// Where it stands in the content.
        package let range: Range<Int>
    }

    /// The bounds on a form.
    package struct Limits: Sendable {
        /// Parts of any kind.
        package var partsMax = 64
        /// Bytes of one part's head.
        package var partHeadBytesMax = 2_048
        /// Bytes of one text.
        package var textBytesMax = 262_144
        /// Bytes of one file.
        package var fileBytesMax = 5 * 1_024 * 1_024

        /// The defaults: room for a long form and a file of 5 MB.
        package init() {}
    }

    /// The texts.
    package let texts: FormData
    /// The files that were chosen; a control left empty has none.
    package let files: [File]
    private let body: [UInt8]

    /// Reads the content of a request that must be multipart.
    package init(_ request: Request, limits: Limits = Limits()) throws(FormError) {
        guard let type = ContentType(request.head.fields) else { throw .contentType }
        try self.init(request.body, type: type, limits: limits)
    }

    /// Reads content of the type, which has the boundary.
    package init(
        _ body: [UInt8], type: ContentType, limits: Limits = Limits()
    ) throws(FormError) {
        guard type.essence == "multipart/form-data", let boundary = type.parameter("boundary"),
            Self.isBoundary(boundary)
        else { throw .contentType }
        var reader = MultipartReader(boundary: boundary, limits: limits)
        try body.withUnsafeBufferPointer { (bytes) throws(FormError) in try reader.read(bytes) }
        texts = FormData(fields: reader.texts)
        files = reader.files
        self.body = body
    }

    /// The text of the first field with this name.
    package subscript(_ name: String) -> String? { texts[name] }

    /// The first file of the control with this name.
    package func file(_ name: String) -> File? {
        files.first { $0.name == name }
    }

    /// The bytes of a file of this form; shares the content's memory.
    package func bytes(of file: File) -> ArraySlice<UInt8> { body[file.range] }

    /// The grammar of a boundary (RFC 2046 5.1.1).
    private static func isBoundary(_ text: String) -> Bool {
        (1...70).contains(text.utf8.count) && !text.hasSuffix(" ")
            && text.utf8.allSatisfy { byte in
                CharacterClass.unreserved.contains(byte) && byte != UInt8(ascii: "~")
                    || "'()+,/:=? ".utf8.contains(byte)
            }
    }
}
