/// The number of a bank account (ISO 13616), checked.
package struct IBAN: Hashable, Sendable {
    /// In capitals, without spaces.
    package let text: String

    /// Takes an account of the SEPA area, or of a neighbour that banks here pay to; spaces and case do
    /// not matter.
    package init(_ input: String) throws(ValidationError) {
        guard input.utf8.count <= 60 else { throw ValidationError(.iban, .tooLong(max: 34)) }
        let compact = input.filter { $0 != " " && $0 != "\u{A0}" }.uppercased()
        guard !compact.isEmpty else { throw ValidationError(.iban, .missing) }
        let bytes = Array(compact.utf8)
        guard bytes.count > 4, bytes[..<2].allSatisfy(\.isUppercaseLetter),
            bytes[2..<4].allSatisfy(\.isDigit),
            bytes.allSatisfy({ $0.isDigit || $0.isUppercaseLetter })
        else { throw ValidationError(.iban, .malformed) }
        let country = String(compact.prefix(2))
        guard let length = Self.lengths[country] else {
            throw ValidationError(.iban, .unsupported)
        }
        guard bytes.count == length else { throw ValidationError(.iban, .malformed) }
        guard Mod97.remainder(of: bytes[4...] + bytes[..<4]) == 1 else {
            throw ValidationError(.iban, .wrongCheckDigits)
        }
        text = compact
    }

    /// Takes a number that the database kept.
    package init(stored text: String) {
        self.text = text
    }

    /// The country of the bank, by its ISO 3166-1 code.
    package var country: String { String(text.prefix(2)) }

    /// `RO49 **** 0000`: enough to know one's own by.
    package var masked: String { text.prefix(4) + " **** " + text.suffix(4) }

    /// Letters and digits in all, from SWIFT's IBAN registry.
    private static let lengths: [String: Int] = [
        "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22,
        "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21,
        "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
        "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24,
        "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
    ]
}

extension IBAN: CustomStringConvertible {
    /// In groups of four, as it is printed.
    package var description: String {
        var groups = ""
        for (index, letter) in text.enumerated() {
            if index > 0, index.isMultiple(of: 4) { groups.append(" ") }
            groups.append(letter)
        }
        return groups
    }
}

/// ISO/IEC 7064 MOD 97-10, the check of bank accounts and of references.
enum Mod97 {
    /// The remainder of digits and capitals, of which a letter counts as two digits, A as 10.
    static func remainder(of bytes: some Sequence<UInt8>) -> Int {
        var remainder = 0
        for byte in bytes {
            if byte.isDigit {
                remainder = (remainder * 10 + Int(byte - 0x30)) % 97
            } else {
                remainder = (remainder * 100 + Int(byte - 0x41) + 10) % 97
            }
        }
        return remainder
    }
}

/// ISO 11649: what a company writes on its transfer, so that it is known what was paid.
package struct CreditorReference: Hashable, Sendable {
    /// As in `RF18V20260000001`.
    package let text: String

    /// Puts `RF` and two check digits before 1 to 21 capitals and digits.
    package init?(_ reference: String) {
        let bytes = Array(reference.utf8)
        guard (1...21).contains(bytes.count),
            bytes.allSatisfy({ $0.isDigit || $0.isUppercaseLetter })
        else { return nil }
        let check = 98 - Mod97.remainder(of: bytes + Array("RF00".utf8))
        text = "RF" + padded(check, 2) + reference
    }

    /// Takes a reference that the database kept.
    package init(stored text: String) {
        self.text = text
    }
}

/// Where an affiliate is paid.
package struct PayoutDetails: Hashable, Sendable {
    package let holder: AccountHolder
    package let iban: IBAN
    /// Where the affiliate is taxed.
    package let country: CountryCode
    package let taxID: TaxID

    package init(holder: AccountHolder, iban: IBAN, country: CountryCode, taxID: TaxID) {
        self.holder = holder
        self.iban = iban
        self.country = country
        self.taxID = taxID
    }
}

/// The number under which a person or company is taxed: CNP, CUI, VAT number.
package struct TaxID: Hashable, Sendable {
    /// Capitals and digits.
    package let text: String

    /// Takes 2 to 20 letters and digits; spaces, dots, dashes and slashes between them do not matter.
    package init(
        _ input: String, field: ValidationError.Field = .taxID
    ) throws(ValidationError) {
        guard input.utf8.count <= 60 else { throw ValidationError(field, .tooLong(max: 20)) }
        let compact = input.filter { !" .-/".contains($0) }.uppercased()
        guard !compact.isEmpty else { throw ValidationError(field, .missing) }
        guard (2...20).contains(compact.utf8.count),
            compact.utf8.allSatisfy({ $0.isDigit || $0.isUppercaseLetter })
        else { throw ValidationError(field, .malformed) }
        text = compact
    }

    /// Takes a number that the database kept.
    package init(stored text: String) {
        self.text = text
    }
}
