import CCurl
import Domain
import Glibc

/// A connection to the mail server, kept from mail to mail by libcurl; used by one thread at a time.
///
/// `@unchecked Sendable`: whoever takes it from the pool has it alone.
final class SMTPConnection: @unchecked Sendable {
    private let handle: OpaquePointer
    private let server: SMTPServer
    private let timeMax: Int
    private let patience: Patience

    /// - Parameters:
    ///   - timeMax: seconds that one mail may take, from connecting to the last reply.
    ///   - patience: ends a mail under way when it is over, within a second or so.
    init?(_ server: SMTPServer, timeMax: Int, patience: Patience) {
        self.patience = patience
        guard let handle = curl_easy_init() else { return nil }
        self.handle = OpaquePointer(handle)
        self.server = server
        self.timeMax = timeMax
    }

    deinit { curl_easy_cleanup(curl) }

    private var curl: UnsafeMutableRawPointer { UnsafeMutableRawPointer(handle) }

    /// Hands a mail over and waits for the server's word; never call it on a loop.
    func send(_ mail: OutgoingMail) -> DeliveryOutcome {
        // Connections outlive this, options do not.
        curl_easy_reset(curl)
        let upload = Upload(MIMEMessage(mail).bytes)
        let trace = Trace()
        var recipients: UnsafeMutablePointer<curl_slist>?
        for address in mail.recipients {
            recipients = curl_slist_append(recipients, "<\(address.text)>")
        }
        defer { curl_slist_free_all(recipients) }
        guard prepare(from: mail.from.address, recipients, upload, trace) else {
            return .unavailable("libcurl refuses the settings")
        }
        let code = withExtendedLifetime((upload, trace)) { curl_easy_perform(curl) }
        if code == CURLE_OK { return .accepted }
        return trace.transcript.outcome(String(cString: curl_easy_strerror(code)))
    }

    /// Asked by libcurl while it waits; anything but 0 ends the mail.
    private static let goOn: curl_xferinfo_callback = { context, _, _, _, _ in
        guard let context else { return 0 }
        return Unmanaged<Patience>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
    }

    private func prepare(
        from sender: EmailAddress, _ recipients: UnsafeMutablePointer<curl_slist>?,
        _ upload: Upload, _ trace: Trace
    ) -> Bool {
        let uploading = Unmanaged.passUnretained(upload).toOpaque()
        let tracing = Unmanaged.passUnretained(trace).toOpaque()
        var texts: [(CURLoption, String)] = [
            (CURLOPT_URL, server.url), (CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            (CURLOPT_MAIL_FROM, "<\(sender.text)>"), (CURLOPT_PROXY, ""),
        ]
        if let user = server.user { texts.append((CURLOPT_USERNAME, user)) }
        if let password = server.password { texts.append((CURLOPT_PASSWORD, password)) }
        if let file = server.certificates { texts.append((CURLOPT_CAINFO, file)) }
        let use =
            switch server.encryption {
            case .required: CURLUSESSL_ALL
            case .optional: CURLUSESSL_TRY
            case .off: CURLUSESSL_NONE
            }
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_UPLOAD, 1), (CURLOPT_NOSIGNAL, 1), (CURLOPT_USE_SSL, Int(use.rawValue)),
            (CURLOPT_CONNECTTIMEOUT, min(15, timeMax)), (CURLOPT_TIMEOUT, timeMax),
            // Without it the answer to QUIT is waited for two minutes.
            (CURLOPT_SERVER_RESPONSE_TIMEOUT, timeMax),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
        ]
        let codes =
            texts.map { vouch_curl_set_text(curl, $0.0, $0.1) }
            + numbers.map { vouch_curl_set_number(curl, $0.0, $0.1) }
            + [
                vouch_curl_set_list(curl, CURLOPT_MAIL_RCPT, recipients),
                vouch_curl_set_reader(curl, Upload.read, uploading),
                vouch_curl_set_trace(curl, Trace.note, tracing),
                vouch_curl_set_progress(
                    curl, Self.goOn, Unmanaged.passUnretained(patience).toOpaque()),
            ]
        return codes.allSatisfy { $0 == CURLE_OK }
    }
}

/// The bytes of a mail, as libcurl asks for them.
private final class Upload {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static let read: curl_read_callback = { buffer, size, count, context in
        guard let buffer, let context else { return 0 }
        return Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue()
            .take(into: buffer, max: size * count)
    }

    private func take(into buffer: UnsafeMutablePointer<CChar>, max: Int) -> Int {
        let count = min(max, bytes.count - position)
        bytes.withUnsafeBytes { bytes in
            guard count > 0, let start = bytes.baseAddress else { return }
            memcpy(buffer, start + position, count)
        }
        position += count
        return count
    }
}

/// Listens in on the conversation; what it hears of passwords it forgets.
private final class Trace {
    private(set) var transcript = SMTPTranscript()

    static let note: curl_debug_callback = { _, kind, data, size, context in
        guard let data, let context else { return 0 }
        let trace = Unmanaged<Trace>.fromOpaque(context).takeUnretainedValue()
        let bytes = UnsafeRawBufferPointer(start: data, count: size)
        let text = String(decoding: bytes, as: UTF8.self)
        switch kind {
        case CURLINFO_HEADER_OUT: trace.transcript.sent(text)
        case CURLINFO_HEADER_IN: trace.transcript.received(text)
        default: break
        }
        return 0
    }
}
