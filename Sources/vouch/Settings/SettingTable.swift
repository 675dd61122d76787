import Domain

/// All settings of `vouch`, each once; `config/vouch.yaml` and `--help` follow from it.
enum SettingTable {
    static let all: [Setting] = addresses + storage + people + mail + bounds + database

    /// The setting of a key.
    static subscript(key: String) -> Setting? { byKey[key] }

    private static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

    private static let addresses = [
        Setting(
            key: "listen", kind: .address, fallback: "127.0.0.1:8080",
            explanation: "where HTTP is served"),
        Setting(
            key: "tlsListen", kind: .address, fallback: nil,
            explanation: "where HTTPS is served; needs tlsCertificate and tlsKey"),
        Setting(
            key: "tlsCertificate", kind: .file, fallback: nil,
            explanation: "PEM chain, the server's own certificate first; read again on SIGHUP"),
        Setting(
            key: "tlsKey", kind: .file, fallback: nil,
            explanation: "PEM private key of the certificate; read again on SIGHUP"),
        Setting(
            key: "membersListen", kind: .address, fallback: nil,
            explanation: "where companies, affiliates and admins are served apart from the crowd; "
                + "HTTPS where tlsCertificate is set"),
        Setting(
            key: "membersURL", kind: .text, fallback: nil,
            explanation:
                "scheme and host of membersListen, where signing in leads to; the host must "
                + "be that of publicURL"),
        Setting(
            key: "statusListen", kind: .address, fallback: nil,
            explanation: "where probes, metrics and the status page are served by a thread of "
                + "their own; without it 127.0.0.1:8081, if that is free"),
        Setting(
            key: "agentListen", kind: .address, fallback: nil,
            explanation: "where HAProxy's agent-check is answered"),
        Setting(
            key: "publicURL", kind: .text, fallback: nil,
            explanation: "scheme and host under which visitors know the site; without it what "
                + "is listened on"),
        Setting(
            key: "threads", kind: .number(0...256), fallback: "0",
            explanation: "event loops; 0 is one per core"),
        Setting(
            key: "intake", kind: .choice(["listener-per-loop", "door"]),
            fallback: "listener-per-loop",
            explanation: "how connections reach the loops: the kernel spreads them, or one "
                + "thread accepts for all"),
    ]

    private static let storage = [
        Setting(
            key: "data", kind: .file, fallback: "var",
            explanation: "folder of the embedded database, its password files and its log"),
        Setting(
            key: "spoolFolder", kind: .file, fallback: nil,
            explanation: "where applications are kept while the database is away; one program's "
                + "own, on a disk that outlives it; without it the folder spool in the data folder"),
        Setting(
            key: "spoolBytesMax", kind: .bytes((64 << 20)...(64 << 30)), fallback: "1GiB",
            explanation: "bytes that are kept there; beyond, applications are refused with 503"),
        Setting(
            key: "resources", kind: .file, fallback: nil,
            explanation: "folder with Public and Migrations; without it the working folder, or "
                + "one above the program"),
        Setting(
            key: "migrate", kind: .flag, fallback: "true",
            explanation: "bring the database's schema up to date at start"),
        Setting(
            key: "pageCache", kind: .choice(["on", "off"]), fallback: "on",
            explanation: "answer anonymous visitors' pages from memory"),
        Setting(
            key: "overload", kind: .choice(["off", "observe", "on"]), fallback: "on",
            explanation: "what is done when there is more to do than can be done: nothing but the "
                + "bounds, counting what would be refused, or refusing"),
        Setting(
            key: "logLevel",
            kind: .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            fallback: "info", explanation: "the least severe events that are logged"),
    ]

    private static let people = [
        Setting(
            key: "payerName", kind: .text, fallback: nil,
            explanation: "whose bank account affiliates are paid from, as files for the bank "
                + "name it"),
        Setting(
            key: "payerIBAN", kind: .text, fallback: nil,
            explanation: "the IBAN of that account; without both no file is made"),
        Setting(
            key: "issuerName", kind: .text, fallback: nil,
            explanation: "who issues invoices to companies; needs issuerAddress, issuerCountry "
                + "and issuerTaxID. What was issued stays as it is, and without these settings "
                + "the last ones go on"),
        Setting(
            key: "issuerAddress", kind: .text, fallback: nil,
            explanation: "the issuer's address, its lines separated by semicolons"),
        Setting(
            key: "issuerCountry", kind: .text, fallback: nil,
            explanation: "the issuer's country, as its two letters of ISO 3166-1"),
        Setting(
            key: "issuerTaxID", kind: .text, fallback: nil,
            explanation: "the issuer's tax number; with issuerVatRate its VAT number"),
        Setting(
            key: "issuerIBAN", kind: .text, fallback: nil,
            explanation: "the account that companies pay to; without it that of payerIBAN"),
        Setting(
            key: "issuerVatRate", kind: .number(VATRate.range), fallback: nil,
            explanation: "VAT on invoices in hundredths of a percent, 2100 for 21 %; companies in "
                + "other EU countries are invoiced with reverse charge. Without it the issuer is "
                + "not registered for VAT"),
        Setting(
            key: "secret", kind: .text, fallback: nil,
            explanation: "signs sessions and forms: keys of 32 or more characters, the newest "
                + "first, separated by commas; needed with databaseURL, otherwise made and kept "
                + "in the data folder",
            isSecret: true),
        Setting(
            key: "demoPassword", kind: .text, fallback: nil,
            explanation: "password of the demo accounts; without it one is made and kept in the "
                + "data folder",
            isSecret: true),
        Setting(
            key: "demoTOTP", kind: .text, fallback: nil,
            explanation: "key of the demo admin's second factor, 32 letters of base32; without it "
                + "one is made and kept in the data folder",
            isSecret: true),
    ]

    private static let mail = [
        Setting(
            key: "smtpURL", kind: .text, fallback: nil,
            explanation: "the mail server, as in smtp://user:password@host:587 or smtps://…; "
                + "without it mails wait; a demo keeps its mails for /dev/mail in any case",
            isSecret: true),
        Setting(
            key: "smtpTLS", kind: .choice(["required", "optional", "off"]), fallback: "required",
            explanation: "whether mails may travel in the clear; optional uses TLS where the "
                + "server offers it"),
        Setting(
            key: "smtpCertificates", kind: .file, fallback: nil,
            explanation: "PEM file of those who sign the mail server's certificate; without it "
                + "the system's"),
        Setting(
            key: "mailFrom", kind: .text, fallback: nil,
            explanation: "the address that mails come from; needed with smtpURL"),
    ]

    private static let bounds = [
        Setting(
            key: "headBytesMax", kind: .bytes(1_024...32_767), fallback: "16KiB",
            explanation: "head of a request"),
        Setting(
            key: "fieldsMax", kind: .number(10...1_000), fallback: "100",
            explanation: "fields of a request"),
        Setting(
            key: "targetBytesMax", kind: .bytes(256...32_767), fallback: "8KiB",
            explanation: "target of a request"),
        Setting(
            key: "headTimeMax", kind: .time(.milliseconds(100)...(.seconds(600))),
            fallback: "10s", explanation: "until the head of a request is here"),
        Setting(
            key: "handshakeTimeMax", kind: .time(.milliseconds(100)...(.seconds(600))),
            fallback: "10s", explanation: "until a TLS handshake is done"),
        Setting(
            key: "idleTimeMax", kind: .time(.milliseconds(100)...(.seconds(3_600))),
            fallback: "75s", explanation: "how long a connection may wait for its next request"),
        Setting(
            key: "halfCloseTimeMax", kind: .time(.zero...(.seconds(600))), fallback: "500ms",
            explanation: "how long after a request that changes nothing the end of a client's "
                + "bytes is no leaving"),
        Setting(
            key: "bodyRateMin", kind: .bytes(1...(1 << 30)), fallback: "1KiB",
            explanation: "bytes a second with which a body must arrive"),
        Setting(
            key: "sendRateMin", kind: .bytes(1...(1 << 30)), fallback: "1KiB",
            explanation: "bytes a second that a reader must take"),
        Setting(
            key: "rateGrace", kind: .time(.milliseconds(100)...(.seconds(600))), fallback: "5s",
            explanation: "how long a transfer may stand still before its rate counts"),
        Setting(
            key: "connectionsMax", kind: .number(10...1_000_000), fallback: "20000",
            explanation: "connections in all"),
        Setting(
            key: "connectionsPerAddressMax", kind: .number(0...1_000_000), fallback: "512",
            explanation: "connections of one address (IPv6: one /64); 0 is no bound, as behind "
                + "a proxy"),
        Setting(
            key: "requestsPerConnectionMax", kind: .number(1...1_000_000_000),
            fallback: "100000", explanation: "requests on one connection"),
        Setting(
            key: "bodyBytesHeldMax", kind: .bytes((6 << 20)...(64 << 30)), fallback: "128MiB",
            explanation: "bodies of all requests in memory at once"),
        Setting(
            key: "streamsMax", kind: .number(0...1_000_000), fallback: "10000",
            explanation: "pages that are told at once what happens; each is a connection too"),
        Setting(
            key: "backlog", kind: .number(1...65_535), fallback: "128",
            explanation:
                "connections that wait in the kernel to be accepted; under overload it is 16"),
        Setting(
            key: "drainTimeMax", kind: .time(.milliseconds(0)...(.seconds(600))),
            fallback: "10s", explanation: "how long requests may still take when it is stopped"),
    ]

    private static let database = [
        Setting(
            key: "databaseURL", kind: .text, fallback: nil,
            explanation: "any libpq connection string, several hosts included; without it a "
                + "private PostgreSQL is kept in the data folder",
            isSecret: true),
        Setting(
            key: "databaseConnectionsMax", kind: .number(1...1_000), fallback: "4",
            explanation: "connections for transactions and long queries, per event loop; there "
                + "is one more for short reads"),
        Setting(
            key: "databaseQueueMax", kind: .number(1...100_000), fallback: "64",
            explanation: "requests that wait for a connection, per event loop"),
        Setting(
            key: "databaseDeadline", kind: .time(.milliseconds(10)...(.seconds(600))),
            fallback: "10s", explanation: "until a query or a transaction must be done"),
        Setting(
            key: "databaseReadDeadline", kind: .time(.milliseconds(10)...(.seconds(600))),
            fallback: "2s", explanation: "until a short read must be done"),
        Setting(
            key: "statementTimeout", kind: .time(.milliseconds(10)...(.seconds(3_600))),
            fallback: "15s", explanation: "after which PostgreSQL itself ends a statement"),
        Setting(
            key: "lockTimeout", kind: .time(.milliseconds(10)...(.seconds(600))),
            fallback: "2s",
            explanation: "after which PostgreSQL gives up waiting for a row that somebody else "
                + "changes; more than its deadlock_timeout"),
        Setting(
            key: "connectTimeout", kind: .time(.milliseconds(1_000)...(.seconds(600))),
            fallback: "3s", explanation: "until one host must have accepted a connection"),
    ]
}
