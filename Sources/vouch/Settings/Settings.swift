import Domain
import Foundation
import HTTPServer

/// The effective values of all settings, each with where it comes from.
struct Settings: Sendable {
    /// Where a value comes from, the strongest first.
    enum Origin: Sendable, Equatable, CustomStringConvertible {
        case commandLine(String)
        case environment(String)
        case file(String)
        case fallback

        var description: String {
            switch self {
            case .commandLine(let flag): "flag \(flag)"
            case .environment(let variable): "environment \(variable)"
            case .file(let path): "file \(path)"
            case .fallback: "default"
            }
        }
    }

    private var values: [String: (text: String, origin: Origin)] = [:]

    /// Reads flags, environment and the YAML file that `--config` or `VOUCH_CONFIG` names.
    ///
    /// - Throws: `SettingsProblems` with all that is wrong at once.
    static func load(
        flags: [String], environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> Settings {
        var reader = SettingsReader(flags: flags, environment: environment)
        await reader.openFile()
        var settings = Settings()
        for setting in SettingTable.all {
            if let found = reader.value(of: setting) {
                settings.values[setting.key] = found
            } else if let fallback = setting.fallback {
                settings.values[setting.key] = (fallback, .fallback)
            }
        }
        reader.problems += settings.contradictions()
        guard reader.problems.isEmpty else { throw SettingsProblems(list: reader.problems) }
        return settings
    }

    /// What is missing beside something else that is there.
    private func contradictions() -> [String] {
        var found: [String] = []
        if values["tlsListen"] != nil {
            for key in ["tlsCertificate", "tlsKey"] where values[key] == nil {
                found.append("tlsListen needs \(key), which is not set")
            }
        }
        if values["databaseURL"] != nil, values["secret"] == nil {
            found.append(
                "secret is not set: with databaseURL every instance needs the same VOUCH_SECRET "
                    + "or VOUCH_SECRET_FILE (make one with: openssl rand -base64 48)")
        }
        for key in secretKeys where key.utf8.count < 32 {
            found.append("secret has a key of fewer than 32 characters")
        }
        if let key = self["demoTOTP"], FactorSecret(base32: key) == nil {
            found.append("demoTOTP is not 32 letters of base32")
        }
        return found + mailProblems + issuerProblems
    }

    /// A setting's value and origin; nil where it is unset.
    func entry(_ key: String) -> (text: String, origin: Origin)? { values[key] }

    /// The text of a setting that has a value.
    subscript(_ key: String) -> String? { values[key]?.text }

    // The table has checked every value, so that a missing one is a mistake in this program: it
    // is answered with the least that works.

    func number(_ key: String) -> Int { values[key].flatMap { Int($0.text) } ?? 0 }

    func bytes(_ key: String) -> Int { values[key].flatMap { Int(byteSetting: $0.text) } ?? 0 }

    func time(_ key: String) -> Duration {
        values[key].flatMap { Duration(setting: $0.text) } ?? .seconds(1)
    }

    func flag(_ key: String) -> Bool { values[key]?.text == "true" }

    func address(_ key: String) -> ListenAddress? { values[key].flatMap { ListenAddress($0.text) } }

    /// The signing keys that were given, the newest first.
    var secretKeys: [String] {
        (self["secret"] ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }
}

/// Everything that is wrong with the settings; the program ends with status 78 (`EX_CONFIG`).
struct SettingsProblems: Error, CustomStringConvertible {
    let list: [String]

    var description: String {
        "vouch cannot start with these settings:\n" + list.map { "  - \($0)\n" }.joined()
    }
}
