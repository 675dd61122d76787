/// What a candidate sends when applying.
package struct Application: Hashable, Sendable {
    package let name: PersonName
    package let email: EmailAddress
    package let phone: PhoneNumber?
    package let message: CoverMessage
    package let cv: CVFile?
    package let language: Language

    package init(
        name: PersonName, email: EmailAddress, phone: PhoneNumber?, message: CoverMessage,
        cv: CVFile?, language: Language
    ) {
        self.name = name
        self.email = email
        self.phone = phone
        self.message = message
        self.cv = cv
        self.language = language
    }
}

/// A CV: a PDF, bounded, kept as it came.
package struct CVFile: Hashable, Sendable {
    package let name: FileName
    package let bytes: [UInt8]

    /// 5 MB, the figure of the product's contract.
    package static let bytesMax = 5 * 1024 * 1024

    /// Takes a file that says in its first bytes that it is a PDF (ISO 32000-1 7.5.2).
    package init(name: String, bytes: [UInt8]) throws(ValidationError) {
        guard !bytes.isEmpty else { throw ValidationError(.cv, .missing) }
        guard bytes.count <= Self.bytesMax else {
            throw ValidationError(.cv, .tooLarge(bytesMax: Self.bytesMax))
        }
        guard bytes.starts(with: "%PDF-".utf8) else {
            throw ValidationError(.cv, .wrongFileType)
        }
        self.name = try FileName(Self.baseName(of: name), field: .cv)
        self.bytes = bytes
    }

    /// Takes a file that the database kept.
    package init(storedName: FileName, bytes: [UInt8]) {
        self.name = storedName
        self.bytes = bytes
    }

    /// Some browsers send the whole path; without a name it is `cv.pdf`.
    private static func baseName(of name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let scalars = last.unicodeScalars.filter { !$0.isControl && $0 != "\"" }
        let clean = String(String.UnicodeScalarView(scalars.suffix(TextRules.FileName.lengthMax)))
        return clean.trimmingSpaces().isEmpty ? "cv.pdf" : clean
    }
}

/// A language the pages and mails have.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case english = "en"
    case romanian = "ro"
}
