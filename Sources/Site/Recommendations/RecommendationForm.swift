import Domain
import HTTP

/// What an affiliate has typed, or a program has sent, to recommend somebody.
struct RecommendationForm {
    let recommendation: Recommendation

    /// Reads all fields and complains about all of them at once.
    init(_ fields: Fields, language: Language) throws(DomainError) {
        var validation = Validation()
        let name = validation.read { () throws(ValidationError) in
            try PersonName(fields[.candidateName], field: .candidateName)
        }
        let email = validation.read { () throws(ValidationError) in
            try EmailAddress(fields[.email])
        }
        let phone = validation.read { () throws(ValidationError) -> PhoneNumber? in
            fields[.phone].isEmpty ? nil : try PhoneNumber(fields[.phone])
        }
        let written = validation.read { () throws(ValidationError) -> Language in
            guard !fields[.language].isEmpty else { return language }
            guard let known = Language(rawValue: fields[.language]) else {
                throw ValidationError(.language, .unsupported)
            }
            return known
        }
        let words = validation.read { () throws(ValidationError) in
            try CoverMessage(fields[.message])
        }
        if fields[.consent].isEmpty { validation.refuse(.consent, .notAccepted) }
        try validation.finish()
        guard let name, let email, let written, let words else {
            throw .invalid(validation.errors)
        }
        recommendation = Recommendation(
            name: name, email: email, phone: phone ?? nil, language: written, words: words)
    }
}

/// What a person has typed who agrees to a recommendation.
struct AgreementForm {
    let phone: PhoneNumber?
    let message: CoverMessage
    let cv: CVFile?

    /// - Parameter cv: the file as it came; nil when none was chosen.
    init(_ fields: Fields, cv: (name: String, bytes: [UInt8])?) throws(DomainError) {
        var validation = Validation()
        let phone = validation.read { () throws(ValidationError) -> PhoneNumber? in
            fields[.phone].isEmpty ? nil : try PhoneNumber(fields[.phone])
        }
        let file = validation.read { () throws(ValidationError) -> CVFile? in
            try cv.map { file throws(ValidationError) in
                try CVFile(name: file.name, bytes: file.bytes)
            }
        }
        let message = validation.read { () throws(ValidationError) in
            try CoverMessage(fields[.message])
        }
        if fields[.consent].isEmpty { validation.refuse(.consent, .notAccepted) }
        try validation.finish()
        guard let message else { throw .invalid(validation.errors) }
        self.phone = phone ?? nil
        self.message = message
        self.cv = file ?? nil
    }
}
