import COpenSSL

/// A password as it is kept: scrypt (RFC 7914) with its parameters beside it, so that they can grow.
///
/// The form is `$scrypt$ln=15,r=8,p=3$salt$hash`, both in base64.
package struct PasswordHash: Sendable, Hashable {
    /// How much work one try is.
    package struct Cost: Sendable, Hashable {
        /// The binary logarithm of N.
        package let logN: Int
        package let r: Int
        package let p: Int

        package init(logN: Int, r: Int, p: Int) {
            self.logN = logN
            self.r = r
            self.p = p
        }

        /// N = 2^15, r = 8, p = 3, as the OWASP password storage sheet has it: 32 MB, three times.
        package static let standard = Cost(logN: 15, r: 8, p: 3)
        /// For tests, which sign in often.
        package static let trivial = Cost(logN: 4, r: 1, p: 1)

        /// 128 * N * r for the table and 128 * r * p for the blocks, and room beside them.
        var memoryMax: UInt64 { UInt64(128 * r * ((1 << logN) + p)) + 1_048_576 }

        /// What this program is willing to compute for a hash it reads.
        var isSane: Bool {
            (1...20).contains(logN) && (1...16).contains(r) && (1...16).contains(p)
        }
    }

    let cost: Cost
    let salt: [UInt8]
    let hash: [UInt8]

    /// Hashes a password; nil when there is no memory for the table. Takes long on purpose: never
    /// call it on a loop.
    init?(of password: String, cost: Cost, salt: [UInt8]) {
        guard let hash = Self.scrypt(password, cost, salt) else { return nil }
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// Reads the kept form.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let cost = Cost(parts[2]), cost.isSane,
            let salt = Base64.urlDecoded(parts[3].utf8), salt.count >= 8,
            let hash = Base64.urlDecoded(parts[4].utf8), hash.count == 32
        else { return nil }
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// The kept form.
    package var text: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)"
            + "$\(Base64.urlEncoded(salt))$\(Base64.urlEncoded(hash))"
    }

    /// Whether this is the password; nil when there is no memory for the table. Takes long on
    /// purpose: never call it on a loop.
    func matches(_ password: String) -> Bool? {
        Self.scrypt(password, cost, salt).map { Digest.isEqual($0, hash) }
    }

    private static func scrypt(_ password: String, _ cost: Cost, _ salt: [UInt8]) -> [UInt8]? {
        var key = [UInt8](repeating: 0, count: 32)
        let bytes = password.utf8.map(CChar.init(bitPattern:))
        let result = EVP_PBE_scrypt(
            bytes, bytes.count, salt, salt.count, 1 << UInt64(cost.logN), UInt64(cost.r),
            UInt64(cost.p), cost.memoryMax, &key, key.count)
        // A key of zeros would be a password that everybody knows.
        return result == 1 ? key : nil
    }
}

extension PasswordHash.Cost {
    fileprivate init?(_ text: Substring) {
        let values = text.split(separator: ",", omittingEmptySubsequences: false)
        let names = ["ln=", "r=", "p="]
        guard values.count == 3 else { return nil }
        var numbers: [Int] = []
        for (value, name) in zip(values, names) {
            guard value.hasPrefix(name), let number = Int(value.dropFirst(name.count)) else {
                return nil
            }
            numbers.append(number)
        }
        self.init(logN: numbers[0], r: numbers[1], p: numbers[2])
    }
}
