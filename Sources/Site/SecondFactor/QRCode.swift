import CQRencode

/// A text as a QR code (ISO/IEC 18004), made by libqrencode.
package struct QRCode: Hashable, Sendable {
    /// Modules on each side, without the empty border.
    let size: Int
    /// Row by row; true is dark.
    let modules: [Bool]

    /// The border that readers want around the code, in modules.
    static let border = 4

    /// Nil for a text that is too long for any code, some 2,000 bytes.
    package init?(_ text: String) {
        // 15 % of the code may be unreadable: a screen is clean, and fewer modules are larger ones.
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        size = Int(code.pointee.width)
        // The lowest bit is the colour; the others say what a module is for.
        modules = (0..<(size * size)).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// Modules on each side of the picture.
    var extent: Int { size + 2 * Self.border }

    /// The dark modules as the data of an SVG path, each run of a row one rectangle.
    var path: String {
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                let start = column
                while column < size, modules[row * size + column] { column += 1 }
                if column > start {
                    let width = column - start
                    path += "M\(start + Self.border) \(row + Self.border)h\(width)v1h-\(width)z"
                }
                column += 1
            }
        }
        return path
    }
}
