/// A password somebody wants to have; kept only until it is hashed.
package struct NewPassword: Hashable, Sendable {
    package let text: String

    /// NIST SP 800-63B 5.1.1.2 asks for 8 at least; 10 is this product's floor.
    package static let lengthMin = 10
    /// Bounds the work of hashing.
    package static let bytesMax = 256

    /// Refuses what is short, common, one repeated letter, or the person's own address or name.
    package init(
        _ text: String, email: EmailAddress?, name: String?,
        field: ValidationError.Field = .password
    ) throws(ValidationError) {
        guard !text.isEmpty else { throw ValidationError(field, .missing) }
        guard text.utf8.count <= Self.bytesMax else {
            throw ValidationError(field, .tooLong(max: Self.bytesMax))
        }
        guard text.unicodeScalars.count >= Self.lengthMin else {
            throw ValidationError(field, .tooShort(min: Self.lengthMin))
        }
        let lower = text.lowercased()
        guard Set(lower).count > 3, !Self.common.contains(lower) else {
            throw ValidationError(field, .tooCommon)
        }
        let own = [
            email?.key, email.map { String($0.key.prefix { $0 != "@" }) }, name?.lowercased(),
        ]
        for part in own.compactMap({ $0 }) where part.count >= 4 && lower.contains(part) {
            throw ValidationError(field, .containsPersonalData)
        }
        self.text = text
    }

    /// Refuses a second typing that differs.
    package func check(again: String) throws(ValidationError) {
        guard again == text else { throw ValidationError(.passwordAgain, .doesNotMatch) }
    }

    /// The passwords of ten letters and more that stand at the top of published leaks.
    private static let common: Set<String> = [
        "1234567890", "12345678910", "123456789a", "0123456789", "9876543210", "0987654321",
        "q1w2e3r4t5", "q1w2e3r4t5y6", "qwertyuiop", "qwerty12345", "qwerty123456", "1q2w3e4r5t",
        "1q2w3e4r5t6y", "1qaz2wsx3edc", "zaq12wsxcde3", "password12", "password123",
        "password1234", "password12345", "passw0rd123", "password123!", "parola12345",
        "parola123456", "parolamea123", "administrator", "admin12345", "admin123456",
        "welcome123", "welcome1234", "iloveyou12", "iloveyou123", "letmein123", "letmein1234",
        "changeme123", "superman123", "football123", "baseball123", "sunshine123", "princess123",
        "asdfghjkl1", "asdfghjkl;", "zxcvbnm123", "abcdefghij", "abcd123456", "abc1234567",
        "romania123", "bucuresti1", "bucuresti123", "steaua1986", "dinamo1948",
    ]
}
