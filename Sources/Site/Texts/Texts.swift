import Domain

/// The catalogue: every text a person reads, in one language.
///
/// A text is a member of a group, such as `texts.job.applyNow`; it is declared with all its languages
/// side by side, so none can be missing. What varies is a parameter of the text.
package struct Texts: Hashable, Sendable {
    let voice: Voice

    package init(_ language: Language) {
        voice = Voice(language: language, isMarked: false)
    }

    private init(voice: Voice) { self.voice = voice }

    /// English with `⟦⟧` around each text: what a page shows outside of them is not from here.
    static let marked = Texts(voice: Voice(language: .english, isMarked: true))

    /// The language of the texts.
    package var language: Language { voice.language }

    package var common: CommonTexts { CommonTexts(voice: voice) }
    package var form: FormTexts { FormTexts(voice: voice) }
    package var value: ValueTexts { ValueTexts(voice: voice) }
    package var error: ErrorTexts { ErrorTexts(voice: voice) }
    package var api: APITexts { APITexts(voice: voice) }
    package var home: HomeTexts { HomeTexts(voice: voice) }
    package var job: JobTexts { JobTexts(voice: voice) }
    package var application: ApplicationTexts { ApplicationTexts(voice: voice) }
    package var account: AccountTexts { AccountTexts(voice: voice) }
    package var recommendation: RecommendationTexts { RecommendationTexts(voice: voice) }
    package var mailed: MailedLinkTexts { MailedLinkTexts(voice: voice) }
    package var factor: SecondFactorTexts { SecondFactorTexts(voice: voice) }
    package var dispute: DisputeTexts { DisputeTexts(voice: voice) }
    package var status: StatusTexts { StatusTexts(voice: voice) }
    package var company: CompanyTexts { CompanyTexts(voice: voice) }
    package var affiliate: AffiliateTexts { AffiliateTexts(voice: voice) }
    package var admin: AdminTexts { AdminTexts(voice: voice) }
    package var money: MoneyTexts { MoneyTexts(voice: voice) }
    package var erasure: ErasureTexts { ErasureTexts(voice: voice) }
    package var spool: SpoolTexts { SpoolTexts(voice: voice) }
    package var overload: OverloadTexts { OverloadTexts(voice: voice) }
    package var invoice: InvoiceTexts { InvoiceTexts(voice: voice) }
    package var mailbox: MailboxTexts { MailboxTexts(voice: voice) }
    package var mail: MailTexts { MailTexts(voice: voice) }
}

/// How a text is said: the language, and in tests the marks around it.
struct Voice: Hashable, Sendable {
    let language: Language
    let isMarked: Bool
    private let isRomanian: Bool

    init(language: Language, isMarked: Bool) {
        self.language = language
        self.isMarked = isMarked
        isRomanian = language == .romanian
    }

    @inline(__always)
    func choose(_ english: () -> String, _ romanian: () -> String) -> String {
        let text = isRomanian ? romanian() : english()
        return isMarked ? "⟦" + text + "⟧" : text
    }
}

/// Texts that belong together.
protocol TextGroup {
    var voice: Voice { get }
}

extension TextGroup {
    /// One text in every language.
    @inline(__always)
    func say(
        _ english: @autoclosure () -> String, _ romanian: @autoclosure () -> String
    ) -> String {
        voice.choose(english, romanian)
    }

    /// A number with the noun it counts, in the plural forms of each language (CLDR).
    func count(
        _ number: Int, _ english: (one: String, other: String),
        _ romanian: (one: String, few: String, other: String)
    ) -> String {
        voice.choose(
            { formatted(number) + " " + (number == 1 ? english.one : english.other) },
            {
                let form =
                    switch RomanianPlural(number) {
                    case .one: romanian.one
                    case .few: romanian.few
                    case .other: romanian.other
                    }
                return formatted(number) + " " + form
            })
    }

    private func formatted(_ number: Int) -> String {
        NumberFormat(voice.language).integer(number)
    }
}

/// CLDR's plural forms of Romanian: 1 job, 2 joburi, 20 de joburi, 101 joburi.
private enum RomanianPlural {
    case one
    case few
    case other

    init(_ number: Int) {
        let rest = number.magnitude % 100
        if number == 1 {
            self = .one
        } else if number == 0 || (1...19).contains(rest) {
            self = .few
        } else {
            self = .other
        }
    }
}
