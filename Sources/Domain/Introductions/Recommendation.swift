/// A person whom an affiliate names for a job; nobody else hears of it before the person agrees.
package struct Recommendation: Hashable, Sendable {
    package let name: PersonName
    package let email: EmailAddress
    package let phone: PhoneNumber?
    /// In which the person is written to.
    package let language: Language
    /// What the affiliate says of the person; may be empty.
    package let words: CoverMessage

    /// For how long the person may answer; then what is known of them is erased.
    package static let answerDays = 30
    /// What one affiliate may recommend in a day.
    package static let perAffiliateMax = 20
    /// How often one address is written to in `mailDays`, whoever recommends.
    package static let mailsMax = 3
    package static let mailDays = 30

    package init(
        name: PersonName, email: EmailAddress, phone: PhoneNumber?, language: Language,
        words: CoverMessage
    ) {
        self.name = name
        self.email = email
        self.phone = phone
        self.language = language
        self.words = words
    }
}
