/// The text of `config/vouch.yaml`: every setting with its type, default and unit.
enum SettingsFile {
    static let text: String = {
        var text = """
            # All settings of vouch at their defaults; uncomment what you change, and start with
            # 'vouch serve --config FILE'. Flags and the environment are stronger than this file.
            # Secrets never stand here: they come from the environment or from a file that it names.

            """
        for setting in SettingTable.all {
            text += "\n# \(setting.explanation)\n# \(setting.typeName)\n"
            if setting.isSecret {
                text += "# only as \(setting.variable) or \(setting.variable)_FILE\n"
            } else {
                text += "#\(setting.key): \(setting.fallback ?? "")\n"
            }
        }
        return text
    }()
}
