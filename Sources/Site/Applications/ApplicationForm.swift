import Domain

/// What a candidate typed, or what was sent for them.
struct ApplicationForm {
    let application: Application

    /// Reads all fields and complains about all of them at once.
    ///
    /// - Parameter cv: the file as it came; nil when none was chosen.
    init(
        _ fields: Fields, cv: (name: String, bytes: [UInt8])?, language: Language
    ) throws(DomainError) {
        var validation = Validation()
        let name = validation.read { () throws(ValidationError) in try PersonName(fields[.name]) }
        let email = validation.read { () throws(ValidationError) in
            try EmailAddress(fields[.email])
        }
        let phone = validation.read { () throws(ValidationError) -> PhoneNumber? in
            fields[.phone].isEmpty ? nil : try PhoneNumber(fields[.phone])
        }
        let file = validation.read { () throws(ValidationError) in
            guard let cv else { throw ValidationError(.cv, .missing) }
            return try CVFile(name: cv.name, bytes: cv.bytes)
        }
        let message = validation.read { () throws(ValidationError) in
            try CoverMessage(fields[.message])
        }
        if fields[.consent].isEmpty { validation.refuse(.consent, .notAccepted) }
        try validation.finish()
        guard let name, let email, let message, let file else {
            throw .invalid(validation.errors)
        }
        application = Application(
            name: name, email: email, phone: phone ?? nil, message: message, cv: file,
            language: language)
    }
}
