/// How a client is to treat the content (RFC 6266).
package enum ContentDisposition {
    /// The value that makes a client keep the content as a file of this name: once with "_" for
    /// what is not plain ASCII, and once in full for clients that read RFC 8187.
    package static func attachment(_ filename: String) -> String {
        let plain = filename.unicodeScalars.map { scalar -> Character in
            let isPlain =
                CharacterClass.entityTag.contains(UInt8(exactly: scalar.value) ?? 0x80)
                || scalar == " "
            let isSafe = isPlain && scalar != "\\" && scalar != "%" && scalar != "/"
            return isSafe ? Character(scalar) : "_"
        }
        return "attachment; filename=\"\(String(plain))\"; "
            + "filename*=UTF-8''\(PercentCoding.encoded(filename))"
    }
}
