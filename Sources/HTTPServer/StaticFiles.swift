import CLinux
import Glibc
import HTTP

/// The files of a folder, read at start and answered from memory: with a strong `ETag`,
/// `Last-Modified`, `Range`, and gzip where it is smaller and the client takes it.
package struct StaticFiles: Sendable {
    private let files: [String: File]
    /// Changes when any of the files does: in the query of an address it makes a new address.
    package let version: String

    private struct File: Sendable {
        let plain: PreparedResponse
        let gzip: PreparedResponse?
        let fields: ResponseFields
        let hash: UInt64
    }

    /// A folder that cannot be served.
    package struct LoadError: Error, CustomStringConvertible {
        /// What is wrong, with the path.
        package let description: String
    }

    /// All files together may have this many bytes: they stay in memory.
    private static let totalBytesMax = 16 << 20
    /// For an address with a version in its query: a year, as its bytes never change.
    private static let cacheControl: StaticString = "public, max-age=31536000, immutable"
    /// Files that are asked for by a fixed name are asked about again after an hour.
    private static let unversionedCacheControl: StaticString = "public, max-age=3600"

    /// Reads all regular files of `folder` (not of folders inside it, and none whose name begins
    /// with a dot).
    ///
    /// - Throws: `LoadError` where the folder cannot be read or is larger than 16 MiB.
    package init(
        folder: String, headers: ResponseFields = ResponseFields()
    ) throws(LoadError) {
        guard let directory = opendir(folder) else {
            throw LoadError(description: "the folder \(folder) cannot be read")
        }
        defer { closedir(directory) }
        var files: [String: File] = [:]
        var total = 0
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix("."),
                let (bytes, modified) = try Self.read(folder + "/" + name)
            else { continue }
            total += bytes.count
            guard total <= Self.totalBytesMax else {
                throw LoadError(description: "the folder \(folder) has more than 16 MiB")
            }
            files[name] = Self.file(name, bytes, modified: modified, headers)
        }
        self.files = files
        version = String(
            files.values.reduce(0) { $0 ^ $1.hash &* 0x9e37_79b9_7f4a_7c15 }, radix: 36)
    }

    /// The answer to a GET or HEAD request for a file; nil where there is none.
    package func response(to head: RequestHead, name: String) -> Response? {
        guard let file = files[name] else { return nil }
        if head.fields.contains(.range) { return Self.part(of: file, head) }
        let takesGzip = head.fields.has(.acceptEncoding, token: "gzip")
        let chosen = takesGzip ? file.gzip ?? file.plain : file.plain
        return chosen.response(to: head)
    }

    /// Ranges are of the bytes without compression.
    private static func part(of file: File, _ head: RequestHead) -> Response {
        let whole = file.plain.response(to: head)
        guard whole.status == .ok,
            Preconditions.allowsRange(
                head, etag: file.plain.etag, lastModified: file.plain.lastModified)
        else { return whole }
        let length = file.plain.contentCount
        switch ByteRange(head, length: length) {
        case .whole: return whole
        case .part(let range):
            var fields = file.fields
            fields.add(.contentRange, ByteRange.contentRange(range, length: length))
            let bytes = file.plain.withContent { Array($0[range]) }
            return Response(.partialContent, fields: fields, body: .bytes(bytes))
        case .unsatisfiable:
            var response = Response(.rangeNotSatisfiable)
            response.fields.add(
                .contentRange, ByteRange.unsatisfiedContentRange(length: length))
            return response
        }
    }

    private static func file(
        _ name: String, _ bytes: [UInt8], modified: Int64, _ headers: ResponseFields
    ) -> File {
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
        let isVersioned = name.hasSuffix(".css") || name.hasSuffix(".js")
        let fields = fields(
            name, tag: hash, modified: modified, isVersioned: isVersioned, headers)
        var gzipFields = Self.fields(
            name, tag: hash &+ 1, modified: modified, isVersioned: isVersioned, headers)
        gzipFields.add(.contentEncoding, "gzip")
        let compressed = Gzip.compressed(bytes)
        return File(
            plain: PreparedResponse(.ok, fields: fields, content: bytes),
            gzip: compressed.map { PreparedResponse(.ok, fields: gzipFields, content: $0) },
            fields: fields, hash: hash)
    }

    private static func fields(
        _ name: String, tag: UInt64, modified: Int64, isVersioned: Bool,
        _ headers: ResponseFields
    ) -> ResponseFields {
        var fields = headers
        fields.add(.contentType, MediaTypes.contentType(ofFile: name))
        fields.add(.etag, ETag(tag).text)
        fields.add(.lastModified, HTTPDate(secondsSinceEpoch: modified).description)
        fields.add(.acceptRanges, "bytes")
        fields.add(.vary, "Accept-Encoding")
        fields.add(.cacheControl, isVersioned ? cacheControl : unversionedCacheControl)
        return fields
    }

    /// The bytes of a regular file and when they were changed; nil for anything else.
    private static func read(_ path: String) throws(LoadError) -> ([UInt8], Int64)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw LoadError(description: "\(path) cannot be read") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        guard status.st_size <= totalBytesMax else {
            throw LoadError(description: "\(path) has more than 16 MiB")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        let size = bytes.count
        var count = 0
        while count < size {
            let more = bytes.withUnsafeMutableBytes { [count] in
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), size - count)
            }
            guard more > 0 else { throw LoadError(description: "\(path) cannot be read") }
            count += more
        }
        return (bytes, Int64(status.st_mtim.tv_sec))
    }
}
