/// How long a kind of text may be and whether it has lines.
package protocol TextRule: Sendable {
    /// Most Unicode scalars, which is what PostgreSQL's `char_length` counts.
    static var lengthMax: Int { get }
    static var lengthMin: Int { get }
    static var allowsLines: Bool { get }
    static var field: ValidationError.Field { get }
}

extension TextRule {
    package static var lengthMin: Int { 1 }
    package static var allowsLines: Bool { false }
}

/// A text a person wrote, trimmed, bounded, and free of control characters.
package struct BoundedText<Rule: TextRule>: Hashable, Sendable {
    package let text: String

    /// Trims and checks; a line break is kept only where the rule has lines, as `\n`.
    package init(
        _ input: String, field: ValidationError.Field = Rule.field
    ) throws(ValidationError) {
        // Refused before any work on it: the bound is generous, four bytes for a scalar.
        guard input.utf8.count <= Rule.lengthMax * 4 + 64 else {
            throw ValidationError(field, .tooLong(max: Rule.lengthMax))
        }
        let cleaned = try Self.cleaned(input, field: field)
        guard cleaned.count >= min(1, Rule.lengthMin) else {
            throw ValidationError(field, .missing)
        }
        guard cleaned.count >= Rule.lengthMin else {
            throw ValidationError(field, .tooShort(min: Rule.lengthMin))
        }
        guard cleaned.count <= Rule.lengthMax else {
            throw ValidationError(field, .tooLong(max: Rule.lengthMax))
        }
        text = String(cleaned)
    }

    /// Takes a text that passed these checks before it was stored.
    package init(stored text: String) {
        self.text = text
    }

    private static func cleaned(
        _ input: String, field: ValidationError.Field
    ) throws(ValidationError) -> String.UnicodeScalarView {
        var scalars = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in input.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            switch scalar {
            case "\r" where Rule.allowsLines: scalars.append("\n")
            // Browsers send CRLF from a text area; one line break is meant.
            case "\n" where Rule.allowsLines: if !afterReturn { scalars.append("\n") }
            case "\t" where Rule.allowsLines: scalars.append(scalar)
            default:
                guard !scalar.isControl else { throw ValidationError(field, .malformed) }
                scalars.append(scalar)
            }
        }
        let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
        let end = scalars.lastIndex { !$0.properties.isWhitespace }
        guard let end else { return String.UnicodeScalarView() }
        return String.UnicodeScalarView(scalars[start...end])
    }
}

extension BoundedText: CustomStringConvertible {
    package var description: String { text }
}

extension Unicode.Scalar {
    /// C0, C1, and the bidirectional overrides that can make a name read backwards.
    var isControl: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// The rules of every kind of text.
package enum TextRules {
    package enum PersonName: TextRule {
        package static let lengthMax = 120
        package static let field = ValidationError.Field.name
    }
    package enum CompanyName: TextRule {
        package static let lengthMax = 120
        package static let field = ValidationError.Field.companyName
    }
    package enum About: TextRule {
        package static let lengthMax = 5000
        package static let lengthMin = 0
        package static let allowsLines = true
        package static let field = ValidationError.Field.about
    }
    package enum BillingAddress: TextRule {
        package static let lengthMax = 300
        package static let allowsLines = true
        package static let field = ValidationError.Field.billingAddress
    }
    package enum JobTitle: TextRule {
        package static let lengthMax = 140
        package static let lengthMin = 3
        package static let field = ValidationError.Field.title
    }
    package enum JobDescription: TextRule {
        package static let lengthMax = 20_000
        package static let lengthMin = 20
        package static let allowsLines = true
        package static let field = ValidationError.Field.description
    }
    package enum City: TextRule {
        package static let lengthMax = 80
        package static let field = ValidationError.Field.city
    }
    package enum Note: TextRule {
        package static let lengthMax = 2000
        package static let lengthMin = 0
        package static let allowsLines = true
        package static let field = ValidationError.Field.note
    }
    package enum Message: TextRule {
        package static let lengthMax = 4000
        package static let lengthMin = 0
        package static let allowsLines = true
        package static let field = ValidationError.Field.message
    }
    package enum TokenName: TextRule {
        package static let lengthMax = 60
        package static let field = ValidationError.Field.tokenName
    }
    package enum Statement: TextRule {
        package static let lengthMax = 4000
        package static let allowsLines = true
        package static let field = ValidationError.Field.text
    }
    package enum BankReference: TextRule {
        package static let lengthMax = 140
        package static let lengthMin = 0
        package static let field = ValidationError.Field.bankReference
    }
    package enum AccountHolder: TextRule {
        package static let lengthMax = 70
        package static let field = ValidationError.Field.holder
    }
    package enum FileName: TextRule {
        package static let lengthMax = 200
        package static let field = ValidationError.Field.cv
    }
}

/// How a person is called.
package typealias PersonName = BoundedText<TextRules.PersonName>
/// How a company is called.
package typealias CompanyName = BoundedText<TextRules.CompanyName>
/// What a company says of itself; may be empty.
package typealias AboutText = BoundedText<TextRules.About>
/// Where an invoice goes or comes from, in lines.
package typealias BillingAddress = BoundedText<TextRules.BillingAddress>
/// The title of a job.
package typealias JobTitle = BoundedText<TextRules.JobTitle>
/// The text of a job: paragraphs divided by blank lines.
package typealias JobDescription = BoundedText<TextRules.JobDescription>
/// A town.
package typealias CityName = BoundedText<TextRules.City>
/// What somebody adds to a reason or a step; may be empty.
package typealias Note = BoundedText<TextRules.Note>
/// What a candidate writes to the company; may be empty.
package typealias CoverMessage = BoundedText<TextRules.Message>
/// What an owner calls a token of the API.
package typealias TokenName = BoundedText<TextRules.TokenName>
/// What a side says in a dispute.
package typealias DisputeText = BoundedText<TextRules.Statement>
/// What a bank calls a payment; may be empty.
package typealias BankReference = BoundedText<TextRules.BankReference>
/// Whose bank account it is, in the length that SEPA takes.
package typealias AccountHolder = BoundedText<TextRules.AccountHolder>
/// The name of an uploaded file.
package typealias FileName = BoundedText<TextRules.FileName>
