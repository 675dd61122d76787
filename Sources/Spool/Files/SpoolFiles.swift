import EventLoop

/// What the spool asks of its folder: the seam at which tests put a disk that fails.
///
/// Used by one thread at a time. A descriptor is a small number that `create` and `open` give and
/// `close` takes back.
package protocol SpoolFiles: AnyObject, Sendable {
    /// Takes the folder for this process alone, until it ends or `unlock`; false where another holds
    /// it.
    func lock() throws(SystemError) -> Bool
    func unlock()
    /// The names in the folder, in no order.
    func names() throws(SystemError) -> [String]
    /// Makes a new file for reading and writing; `EEXIST` where there is one.
    func create(_ name: String) throws(SystemError) -> Int32
    /// Opens a file for reading and writing.
    func open(_ name: String) throws(SystemError) -> Int32
    func length(of file: Int32) throws(SystemError) -> Int
    /// Writes some of the bytes at a place, and says how many.
    func write(
        _ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int
    ) throws(SystemError) -> Int
    /// Reads some bytes of a place, and says how many; 0 at the end of the file.
    func read(
        into buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int
    ) throws(SystemError) -> Int
    /// Returns when what was written will survive the loss of power (`fdatasync`).
    func synchronize(_ file: Int32) throws(SystemError)
    /// Returns when files made, renamed and removed before will survive too.
    func synchronizeFolder() throws(SystemError)
    func truncate(_ file: Int32, to length: Int) throws(SystemError)
    func rename(_ name: String, to other: String) throws(SystemError)
    func remove(_ name: String) throws(SystemError)
    func close(_ file: Int32)
}

extension SpoolFiles {
    /// Writes all the bytes; a write may be short without an error (POSIX write(2)).
    func writeAll(_ bytes: [UInt8], to file: Int32, at offset: Int) throws(SystemError) {
        // Array.withUnsafeBytes passes on no typed error.
        try bytes.withUnsafeBytes { all in
            Result { () throws(SystemError) in
                var done = 0
                while done < all.count {
                    done += try write(
                        UnsafeRawBufferPointer(rebasing: all[done...]), to: file,
                        at: offset + done)
                }
            }
        }.get()
    }

    /// Reads so many bytes of a place; fewer where the file ends before.
    func readAll(_ count: Int, from file: Int32, at offset: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = try bytes.withUnsafeMutableBytes { all in
            Result { () throws(SystemError) in
                var done = 0
                while done < count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: all[done...])
                    let got = try read(into: rest, from: file, at: offset + done)
                    if got == 0 { break }
                    done += got
                }
                return done
            }
        }.get()
        return Array(bytes.prefix(done))
    }
}

extension SystemError {
    /// True where there is no room: on the disk, in a quota, or for a file of this size.
    var isLackOfRoom: Bool { errno == noSpace || errno == quotaExceeded || errno == fileTooLarge }
}
