import Configuration
import Foundation
import SystemPackage

/// Looks settings up in the command line, the environment and the file, in that order, and
/// gathers what is wrong with them.
struct SettingsReader {
    var problems: [String] = []
    private let flags: [String]
    private let environment: [String: String]
    private let commandLine: CommandLineArgumentsProvider
    private let variables: KeyMappingProvider<EnvironmentVariablesProvider>
    private var file: (path: String, provider: FileProvider<YAMLSnapshot>)?

    /// Names that are read elsewhere and are not settings of the table.
    private static let otherVariables: Set<String> = ["VOUCH_CONFIG", "VOUCH_ARTIFACTS"]

    init(flags: [String], environment: [String: String]) {
        self.flags = flags
        self.environment = environment
        commandLine = CommandLineArgumentsProvider(arguments: ["vouch"] + flags)
        variables = EnvironmentVariablesProvider(environmentVariables: environment)
            .prefixKeys(with: "vouch")
        checkFlags()
        checkVariables()
    }

    /// Opens the YAML file, if one is named.
    mutating func openFile() async {
        let key = AbsoluteConfigKey("config")
        let flag = try? commandLine.value(forKey: key, type: .string).text
        guard let path = flag ?? environment["VOUCH_CONFIG"] else { return }
        // To a YAML parser a file of comments is null and no mapping; to a person it is a file in
        // which nothing is changed yet, as the one that comes with the program.
        if let text = try? String(contentsOfFile: path, encoding: .utf8), Self.isBlank(text) {
            return
        }
        do {
            let provider = try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
            file = (path, provider)
            checkKeys(in: path)
        } catch {
            problems.append("the file \(path) cannot be read as YAML: \(error)")
        }
    }

    private static func isBlank(_ text: String) -> Bool {
        text.split(separator: "\n").allSatisfy { line in
            line.drop(while: \.isWhitespace).first.map { $0 == "#" } ?? true
        }
    }

    /// The first value that is found, checked; nil where there is none.
    mutating func value(of setting: Setting) -> (text: String, origin: Settings.Origin)? {
        guard let found = lookUp(setting) else { return nil }
        if let complaint = setting.complaint(about: found.text) {
            let shown = setting.isSecret ? "the value" : "'\(found.text)'"
            problems.append("\(setting.key) (\(found.origin)): \(shown) \(complaint)")
        }
        return found
    }

    private mutating func lookUp(
        _ setting: Setting
    ) -> (text: String, origin: Settings.Origin)? {
        let key = AbsoluteConfigKey([setting.key])
        if let text = try? commandLine.value(forKey: key, type: .string).text {
            return (text, .commandLine(setting.flagName))
        }
        if let text = try? variables.value(forKey: key, type: .string).text {
            return (text, .environment(setting.variable))
        }
        if setting.isSecret, let path = environment[setting.variable + "_FILE"] {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                problems.append("\(setting.variable)_FILE: \(path) cannot be read")
                return nil
            }
            return (
                text.trimmingCharacters(in: .whitespacesAndNewlines),
                .environment(setting.variable + "_FILE")
            )
        }
        guard let file else { return nil }
        for type in [ConfigType.string, .int, .bool, .double] {
            if let text = try? file.provider.value(forKey: key, type: type).text {
                if setting.isSecret {
                    problems.append(
                        "\(setting.key) stands in \(file.path): secrets come from the "
                            + "environment (\(setting.variable) or \(setting.variable)_FILE)")
                }
                return (text, .file(file.path))
            }
        }
        return nil
    }

    private mutating func checkFlags() {
        let known = Set(SettingTable.all.map(\.flagName)).union(["--config"])
        var index = 0
        while index < flags.count {
            let name = String(flags[index].prefix { $0 != "=" })
            if !known.contains(name) { problems.append("\(name) is not a setting") }
            index += 1
            guard !flags[index - 1].contains("=") else { continue }
            if index == flags.count || flags[index].hasPrefix("--") {
                problems.append("\(name) has no value")
            } else {
                index += 1
            }
        }
    }

    private mutating func checkVariables() {
        var known = Self.otherVariables
        for setting in SettingTable.all {
            known.insert(setting.variable)
            if setting.isSecret { known.insert(setting.variable + "_FILE") }
        }
        for name in environment.keys.sorted() where name.hasPrefix("VOUCH_") {
            if !known.contains(name) { problems.append("\(name) is not a setting") }
        }
    }

    /// The file is flat, so its keys stand at the beginning of their lines.
    private mutating func checkKeys(in path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
        for line in text.split(separator: "\n") {
            guard let first = line.first, first != "#", !first.isWhitespace,
                let colon = line.firstIndex(of: ":")
            else { continue }
            let key = String(line[..<colon])
            if SettingTable[key] == nil { problems.append("\(key) in \(path) is not a setting") }
        }
    }
}

extension LookupResult {
    /// The value as text; nil where there is none.
    fileprivate var text: String? {
        switch value?.content {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .double(let number): String(number)
        default: nil
        }
    }
}
