import Foundation

/// The folders that come with the program: `Public` and `Migrations`.
struct Resources: Sendable {
    let publicFolder: String
    let migrationsFolder: String

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// Looks in the folder of the setting, or else in the working folder and in those above the
    /// program (`.build/release/vouch` lies inside the checkout).
    init(setting: String?) throws {
        var candidates = [setting ?? FileManager.default.currentDirectoryPath]
        if setting == nil {
            var folder = URL(filePath: Self.programPath).deletingLastPathComponent()
            for _ in 0..<6 where folder.path != "/" {
                candidates.append(folder.path)
                candidates.append(folder.path + "/share/vouch")
                folder.deleteLastPathComponent()
            }
        }
        for candidate in candidates {
            let (assets, migrations) = (candidate + "/Public", candidate + "/Migrations")
            if Self.isFolder(assets), Self.isFolder(migrations) {
                publicFolder = assets
                migrationsFolder = migrations
                return
            }
        }
        throw Missing(
            description: "the folders Public and Migrations are not in \(candidates[0])"
                + (setting == nil
                    ? " nor beside the program; name their folder with "
                        + "--resources or VOUCH_RESOURCES" : ""))
    }

    private static var programPath: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
    }

    private static func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }
}
