import Domain
import HTTP

/// Which language a reader gets: what they chose by the switch, else what their browser asks for.
enum ReaderLanguage {
    static let cookie: StaticString = "vouch-language"
    private static let yearSeconds = 31_536_000

    /// The language for a request; English if it says nothing.
    static func of(_ head: RequestHead) -> Language {
        let chosen = Cookies(head).withValue(of: cookie) { value -> Language? in
            value.count == 2 ? Language(rawValue: String(decoding: value, as: UTF8.self)) : nil
        }
        if let language = chosen ?? nil { return language }
        if let language = obvious(head.fields) { return language }
        let best = AcceptLanguage(head.fields).best(of: Language.allCases.map(\.rawValue))
        return best.flatMap(Language.init(rawValue:)) ?? .english
    }

    /// The cookie of the switch.
    static func set(_ language: Language, isSecure: Bool) -> SetCookie {
        SetCookie(
            cookie, language.rawValue, secondsToLive: yearSeconds, isSecure: isSecure)
    }

    /// What nearly every browser sends, decided without reading the list: its first language has
    /// no weight, so none has more.
    private static func obvious(_ fields: RequestFields) -> Language? {
        guard fields.contains(.acceptLanguage) else { return .english }
        let language = fields.withValue(of: .acceptLanguage) { value -> Language? in
            let first = value.prefix { $0 != UInt8(ascii: ",") }
            guard first.count == 2 || (first.count > 2 && first[2] == UInt8(ascii: "-")),
                !first.contains(UInt8(ascii: ";"))
            else { return nil }
            return Language(rawValue: String(decoding: first.prefix(2), as: UTF8.self))
        }
        return language ?? nil
    }
}
