// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: language mode 6, and a warning is an error.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift target of the product; the arrows of the map in README.md are its `imports`.
func room(_ name: String, imports: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: strict)
}

/// The tests of one room; what they share lives in `Tests/TestSupport`.
func tests(of name: String, imports: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.target(name: name), "TestSupport"] + imports,
        swiftSettings: strict)
}

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "vouch",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0",
            traits: [.defaults, "YAML", "CommandLineArguments"]),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "CLinux"),
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "COpenSSL",
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),

        room("EventLoop", imports: ["CLinux"]),
        room("TLS", imports: ["COpenSSL", "EventLoop"]),
        room("Metrics"),
        room("HTTP"),
        room("Admission"),
        room(
            "HTTPServer",
            imports: ["Admission", "HTTP", "EventLoop", "TLS", "CZlib", "CLinux", logging]),
        room("Postgres", imports: ["CLibpq", "EventLoop", logging]),
        room("EmbeddedPostgres", imports: ["CLinux"]),
        room("HTML"),
        room("Domain"),
        room("Store", imports: ["Domain", "Postgres"]),
        room("Spool", imports: ["Domain", "EventLoop"]),
        room(
            "Mail", imports: ["Domain", "Store", "Postgres", "HTML", "EventLoop", "CCurl", logging]),
        room("Demo", imports: ["Domain", "Store", "Postgres"]),
        room(
            "Site",
            imports: [
                "Admission", "Domain", "Store", "Spool", "Mail", "HTTP", "HTTPServer", "HTML",
                "COpenSSL", "CQRencode", "EventLoop", "Metrics", "Postgres", logging,
            ]),
        room("StressTest", imports: ["HTTP", "EventLoop", "TLS", "CLinux"]),
        .executableTarget(
            name: "vouch",
            dependencies: [
                "Site", "Mail", "Demo", "Store", "Spool", "Domain", "Postgres", "EmbeddedPostgres",
                "Admission", "HTTPServer", "Metrics",
                "HTTP", "EventLoop", "TLS", "StressTest", "CLinux", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        .target(
            name: "TestSupport",
            dependencies: ["EmbeddedPostgres", "Postgres", "EventLoop", "CLibpq", logging],
            path: "Tests/TestSupport", exclude: ["smtpd.py"],
            swiftSettings: strict),
        tests(of: "EventLoop", imports: ["CLinux"]),
        tests(of: "Metrics"),
        tests(of: "Admission", imports: ["AdmissionSimulating"]),
        .target(
            name: "AdmissionSimulating", dependencies: ["Admission"],
            path: "Tests/AdmissionSimulating", swiftSettings: strict),
        .executableTarget(
            name: "admissionsim", dependencies: ["AdmissionSimulating"],
            path: "Tests/AdmissionSim", swiftSettings: strict),
        tests(of: "HTTP", imports: ["HTTPFuzzing"]),
        .target(
            name: "HTTPFuzzing", dependencies: ["HTTP"], path: "Tests/HTTPFuzzing",
            swiftSettings: strict),
        .executableTarget(
            name: "httpfuzz", dependencies: ["HTTPFuzzing"], path: "Tests/HTTPFuzz",
            swiftSettings: strict),
        tests(
            of: "HTTPServer",
            imports: ["Admission", "HTTP", "EventLoop", "TLS", "CLinux", "COpenSSL"]),
        tests(of: "Postgres", imports: ["EmbeddedPostgres", "EventLoop", logging]),
        tests(of: "HTML"),
        tests(of: "Domain", imports: ["EmbeddedPostgres"]),
        tests(of: "Store", imports: ["Domain", "Postgres", "EmbeddedPostgres"]),
        tests(
            of: "Mail", imports: ["Domain", "Store", "Postgres", "EventLoop", "EmbeddedPostgres"]),
        tests(
            of: "Spool", imports: ["Domain", "EventLoop", "EmbeddedPostgres", "spoolwriter"]),
        .executableTarget(
            name: "spoolwriter", dependencies: ["Spool", "Domain", "EventLoop"],
            path: "Tests/SpoolWriter", swiftSettings: strict),
        tests(of: "Demo", imports: ["Domain", "Store", "Postgres"]),
        tests(
            of: "Site",
            imports: [
                "Admission", "Metrics", "EventLoop", "Postgres", "Domain", "Store", "Spool", "Mail",
                "HTTP", "HTTPServer", "HTML",
            ]),
        tests(of: "StressTest", imports: ["HTTP", "HTTPServer", "EventLoop", "TLS", "CLinux"]),
        .testTarget(
            name: "VouchTests",
            dependencies: ["vouch", "TestSupport", "EmbeddedPostgres", "Postgres"],
            swiftSettings: strict),
    ]
)
