import HTTPServer

/// One setting: how it is called, what it may be, and what it is without anybody's word.
///
/// The key in camel case is the YAML key; `--kebab-case` is the flag and `VOUCH_SNAKE_CASE` the
/// environment variable.
struct Setting: Sendable {
    /// What a value must be, and its unit.
    enum Kind: Sendable {
        case text
        case flag
        case choice([String])
        /// A whole number within the range.
        case number(ClosedRange<Int>)
        /// A time such as `500ms`, `10s`, `5m` or `1h`, within the range.
        case time(ClosedRange<Duration>)
        /// Bytes such as `4096`, `64KiB` or `5MiB`, within the range.
        case bytes(ClosedRange<Int>)
        /// Host and port.
        case address
        case file
    }

    let key: String
    let kind: Kind
    /// Nil: there is none, and the setting may stay unset.
    let fallback: String?
    let explanation: String
    var isSecret = false

    /// The words of the key: `headBytesMax` has `head`, `bytes`, `max`.
    private var words: [String] {
        var words: [String] = []
        var previousIsLower = false
        for character in key {
            if character.isUppercase, previousIsLower || words.isEmpty {
                words.append(character.lowercased())
            } else if words.isEmpty {
                words.append(String(character))
            } else {
                words[words.count - 1] += character.lowercased()
            }
            previousIsLower = character.isLowercase
        }
        return words
    }

    /// The flag on the command line.
    var flagName: String { "--" + words.joined(separator: "-") }

    /// The variable in the environment.
    var variable: String { "VOUCH_" + words.joined(separator: "_").uppercased() }

    /// The type as `config/vouch.yaml` and `--help` print it.
    var typeName: String {
        switch kind {
        case .text: "text"
        case .flag: "true or false"
        case .choice(let choices): choices.joined(separator: " | ")
        case .number(let range): "number, \(range.lowerBound) to \(range.upperBound)"
        case .time(let range):
            "time, \(range.lowerBound.settingText) to \(range.upperBound.settingText)"
        case .bytes(let range):
            "bytes, \(range.lowerBound) to \(range.upperBound.byteSettingText)"
        case .address: "host:port"
        case .file: "path"
        }
    }

    /// What is wrong with a value; nil where nothing is.
    func complaint(about value: String) -> String? {
        switch kind {
        case .text, .file: return value.isEmpty ? "is empty" : nil
        case .flag: return ["true", "false"].contains(value) ? nil : "is not true or false"
        case .choice(let choices):
            return choices.contains(value)
                ? nil : "is not one of \(choices.joined(separator: ", "))"
        case .number(let range):
            return Int(value).map { range.contains($0) } == true ? nil : "is not a \(typeName)"
        case .time(let range):
            return Duration(setting: value).map { range.contains($0) } == true
                ? nil : "is not a \(typeName) (as 500ms, 10s, 5m, 1h)"
        case .bytes(let range):
            return Int(byteSetting: value).map { range.contains($0) } == true
                ? nil : "is not a number of \(typeName) (as 4096, 64KiB, 5MiB)"
        case .address: return ListenAddress(value) == nil ? "is not host:port" : nil
        }
    }
}

extension Duration {
    /// Reads `500ms`, `10s`, `5m` or `1h`.
    init?(setting text: String) {
        let units: [(String, Duration)] = [
            ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)),
            ("h", .seconds(3_600)),
        ]
        for (suffix, unit) in units where text.hasSuffix(suffix) {
            guard let count = Int(text.dropLast(suffix.count)), (0...1_000_000).contains(count)
            else { continue }
            self = unit * count
            return
        }
        return nil
    }

    /// The shortest text that `init(setting:)` reads as this time.
    var settingText: String {
        let milliseconds = Int(self / .milliseconds(1))
        if milliseconds % 1_000 != 0 || milliseconds == 0 { return "\(milliseconds)ms" }
        let seconds = milliseconds / 1_000
        if seconds % 3_600 == 0 { return "\(seconds / 3_600)h" }
        return seconds % 60 == 0 && seconds >= 120 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}

extension Int {
    /// Reads `4096`, `64KiB`, `5MiB` or `1GiB`.
    init?(byteSetting text: String) {
        for (suffix, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30)]
        where text.hasSuffix(suffix) {
            guard let count = Int(text.dropLast(3)), (0...(1 << 30)).contains(count) else {
                return nil
            }
            self = count << shift
            return
        }
        self.init(text)
    }

    /// The shortest text that `init(byteSetting:)` reads as this number.
    var byteSettingText: String {
        for (suffix, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)]
        where self != 0 && self % (1 << shift) == 0 {
            return "\(self >> shift)\(suffix)"
        }
        return "\(self)"
    }
}
