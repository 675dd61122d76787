/// The media types of files by the extension of their names.
package enum MediaTypes {
    /// The value of Content-Type for the file; any bytes if the extension is not known.
    package static func contentType(ofFile name: String) -> StaticString {
        guard let dot = name.utf8.lastIndex(of: Octet.dot) else { return any }
        return types[name[name.index(after: dot)...].lowercased()] ?? any
    }

    /// Whether content of the type gets smaller by compressing it.
    package static func isCompressible(_ contentType: StaticString) -> Bool {
        let text = contentType.description
        return text.hasPrefix("text/") || ["json", "xml", "wasm"].contains { text.contains($0) }
    }

    private static let any: StaticString = "application/octet-stream"

    private static let types: [String: StaticString] = [
        "atom": "application/atom+xml; charset=utf-8",
        "avif": "image/avif",
        "css": "text/css; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "gif": "image/gif",
        "htm": "text/html; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "ico": "image/x-icon",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "map": "application/json",
        "mjs": "text/javascript; charset=utf-8",
        "mp4": "video/mp4",
        "pdf": "application/pdf",
        "png": "image/png",
        "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8",
        "wasm": "application/wasm",
        "webm": "video/webm",
        "webmanifest": "application/manifest+json",
        "webp": "image/webp",
        "woff": "font/woff",
        "woff2": "font/woff2",
        "xml": "application/xml; charset=utf-8",
        "zip": "application/zip",
    ]
}
