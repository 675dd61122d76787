import Testing

@testable import HTTP

@Suite struct CharacterClassTests {
    private static let alphanumeric =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    private static let visible = String(
        decoding: (UInt8(0x21)...0x7E).map { $0 }, as: UTF8.self)

    @Test(arguments: [
        (CharacterClass.token, alphanumeric + "!#$%&'*+-.^_`|~"),
        (.unreserved, alphanumeric + "-._~"),
        (.path, alphanumeric + "-._~!$&'()*+,;=:@/%[]|"),
        (.query, visible.filter { !"\"#<>".contains($0) }),
        (.cookieOctet, visible.filter { !"\",;\\".contains($0) }),
        (.entityTag, visible.filter { $0 != "\"" }),
    ])
    func `a class has exactly the characters of its grammar`(
        characters: CharacterClass, expected: String
    ) {
        let members = (UInt8.min...UInt8.max).filter { characters.contains($0) }

        #expect(members == expected.utf8.sorted())
    }

    @Test func `every known field is recognised by its name in any case, and nothing near it`() {
        for field in KnownField.allCases where field != .unknown {
            let name = field.name.description
            for spelling in [name, name.lowercased(), name.uppercased()] {
                let known = Array(spelling.utf8).withUnsafeBufferPointer { KnownField($0) }
                #expect(known == field)
            }
            for index in name.utf8.indices {
                var bytes = Array(name.utf8)
                let place = name.utf8.distance(from: name.utf8.startIndex, to: index)
                bytes[place] = bytes[place] == 0x71 ? 0x7A : 0x71
                let known = bytes.withUnsafeBufferPointer { KnownField($0) }
                #expect(known == .unknown, "\(name) with \(place) changed")
            }
        }
    }
}
