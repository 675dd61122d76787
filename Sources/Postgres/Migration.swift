import Glibc

/// One file of the folder of migrations.
package struct Migration: Sendable {
    /// The file's name, which also is its place in the order.
    package let name: String
    let text: [UInt8]

    /// FNV-1a, 64 bits, of the file's bytes: it tells a change, it guards against nobody.
    var checksum: Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int64(bitPattern: hash)
    }

    /// The line, from 1, of a character of the text, counted from 1 as the server does.
    func line(ofCharacter position: Int) -> Int {
        let before = String(decoding: text, as: UTF8.self).unicodeScalars.prefix(position - 1)
        return 1 + before.count { $0 == "\n" }
    }

    /// Reads all files ending in `.sql`, by name.
    static func all(in directory: String) throws(MigrationError) -> [Migration] {
        guard let stream = opendir(directory) else { throw .unreadable(directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    String(cString: $0)
                }
            }
            if name.hasSuffix(".sql"), !name.hasPrefix(".") { names.append(name) }
        }
        var migrations: [Migration] = []
        for name in names.sorted() {
            let text = try read("\(directory)/\(name)")
            migrations.append(Migration(name: name, text: text))
        }
        return migrations
    }

    private static func read(_ path: String) throws(MigrationError) -> [UInt8] {
        guard let file = fopen(path, "re") else { throw .unreadable(path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[0..<count]
        }
        guard ferror(file) == 0 else { throw .unreadable(path) }
        return bytes
    }
}
