// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A target of the product: what it may import stands here, and CI checks that it imports nothing else.
///
/// - Parameter computes: whether it loops over pixels or templates, and is optimised for debugging too: tests would
///   wait for minutes without.
func module(_ name: String, imports: [Target.Dependency] = [], computes: Bool = false) -> Target {
    let optimised: [SwiftSetting] = computes ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []
    return .target(name: name, dependencies: imports, swiftSettings: strict + optimised)
}

func tests(_ name: String, imports: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: imports, swiftSettings: strict)
}

let domains: [Target.Dependency] = [
    "Accounts", "Attestation", "Cases", "Grading", "Identification", "Proctoring", "QuestionBank", "Retention",
    "Surveys", "TransparencyLog",
]

let package = Package(
    name: "attestd",
    products: [.executable(name: "attestd", targets: ["attestd"])],
    targets: [
        // Debian's libraries, one target each.
        .systemLibrary(name: "CLeptonica", pkgConfig: "lept", providers: [.apt(["libleptonica-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "COath", pkgConfig: "liboath", providers: [.apt(["liboath-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        // Without pkg-config: its file asks for libarchive and libcurl, of which nothing is used here.
        .systemLibrary(name: "CTesseract", providers: [.apt(["libtesseract-dev"])]),
        .systemLibrary(
            name: "CPango",
            pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev", "libcairo2-dev"])]
        ),
        .systemLibrary(name: "CIcal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        // Without pkg-config: its file needs that of jansson, of which nothing is used here.
        .systemLibrary(name: "CJose", providers: [.apt(["libcjose-dev", "libssl-dev"])]),
        .target(
            name: "CFaceEngine",
            cxxSettings: [
                .headerSearchPath("opencv4"), .treatAllWarnings(as: .error),
                // Pictures are loops over a million pixels: without optimising, tests would wait for minutes.
                .unsafeFlags(["-O2"], .when(configuration: .debug)),
            ],
            linkerSettings: [
                // Named one by one: pkg-config's opencv4 would link every module there is.
                .linkedLibrary("opencv_core"), .linkedLibrary("opencv_imgproc"), .linkedLibrary("opencv_dnn"),
                // oneDNN, and the OpenMP runtime beneath it, to keep it on one thread.
                .linkedLibrary("dnnl"), .linkedLibrary("gomp"),
                .linkedLibrary("jpeg"), .linkedLibrary("png"),
            ]
        ),

        // What the domains stand on.
        .target(
            name: "CVectorKernels",
            cSettings: [.treatAllWarnings(as: .error), .unsafeFlags(["-O2"], .when(configuration: .debug))]
        ),
        module("Biometrics", imports: ["CVectorKernels"], computes: true),
        module("Cryptography", imports: ["CArgon2", "CNettle", "CSodium"]),
        module("StrictDecoding"),
        module("Documents", imports: ["CIcal", "CPango", "CXLSXWriter"]),
        module("Formulas"),
        module("QRCodes", imports: ["CQREncode"]),
        module("OneTimePasswords", imports: ["COath", "Cryptography"]),
        module("FaceAnalysis", imports: ["Biometrics", "CFaceEngine"]),
        module("Liveness", imports: ["Biometrics", "FaceAnalysis"], computes: true),
        module("OpenIDConnect", imports: ["CCurl", "CJose", "Cryptography", "StrictDecoding"]),
        module("Webhooks", imports: ["CCurl", "Cryptography"]),
        module("TimeStamps", imports: ["CCurl", "COpenSSL"]),
        module("HTTPServer", imports: ["CMicroHTTPD"]),

        // The pages that people work in.
        .target(name: "CPages", exclude: ["list"], cSettings: [.treatAllWarnings(as: .error)]),
        .target(
            name: "Pages",
            dependencies: ["CPages", "CZlib", "Cryptography", "HTTPServer"],
            exclude: ["Site"],
            swiftSettings: strict
        ),

        // Banks of questions, and the formats that they are exchanged in.
        module("QuestionBank", imports: ["Cryptography"]),
        module("Archives", imports: ["CZip"]),
        module("QuestionFormats", imports: ["QuestionBank", "Archives", "CXML2"]),

        // The domains.
        module("TransparencyLog", imports: ["Cryptography"], computes: true),
        module(
            "EvidenceBundle",
            imports: ["TransparencyLog", "Cryptography", "Archives", "TimeStamps"],
            computes: true
        ),
        module("Accounts", imports: ["Cryptography"]),
        module("IdentityDocuments", imports: ["Accounts"]),
        module(
            "DocumentReading",
            imports: ["Accounts", "Cryptography", "IdentityDocuments", "FaceAnalysis", "CLeptonica", "CTesseract"],
            computes: true
        ),
        module("Identification", imports: ["Accounts"]),
        module("Attestation", imports: ["Cryptography", "QuestionBank"]),
        module("Cases", imports: ["Accounts", "Attestation"]),
        module("Grading", imports: ["Accounts", "Attestation", "Cryptography"]),
        module("Proctoring", imports: ["Attestation"]),
        module("Retention"),
        module("Surveys"),

        // The seam to databases, and the databases.
        module("Storage", imports: domains),
        module("SQLiteStorage", imports: domains + ["Storage", "Cryptography", "CSQLite"]),

        // What people do, over HTTP and on the command line.
        module(
            "Workflows",
            imports: domains + [
                "IdentityDocuments", "Storage", "Cryptography", "OneTimePasswords", "OpenIDConnect", "Biometrics",
                "FaceAnalysis", "Liveness", "DocumentReading", "QuestionFormats", "Documents", "Webhooks",
                "EvidenceBundle", "TimeStamps",
            ]
        ),
        module("Evaluation", imports: ["Biometrics", "FaceAnalysis", "Liveness", "Cryptography"], computes: true),
        module(
            "API",
            imports: domains + [
                "IdentityDocuments", "DocumentReading", "Workflows", "Storage", "HTTPServer", "Cryptography",
                "Formulas", "QRCodes", "QuestionFormats",
            ]
        ),
        .executableTarget(
            name: "attestd",
            dependencies: domains + [
                "API", "Workflows", "Evaluation", "Storage", "SQLiteStorage", "HTTPServer", "FaceAnalysis", "Liveness",
                "Cryptography", "OpenIDConnect", "StrictDecoding", "QuestionFormats", "DocumentReading",
                "EvidenceBundle", "TimeStamps", "Webhooks", "Pages",
            ],
            swiftSettings: strict
        ),

        // Beside the product.
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Evaluation", "FaceAnalysis", "Biometrics", "Cryptography", "DocumentReading", "IdentityDocuments",
                "Accounts", "Attestation", "QuestionBank", "Identification", "Proctoring", "TransparencyLog", "Storage",
                "SQLiteStorage", "Workflows", "CSQLite",
            ],
            exclude: ["Peers"],
            swiftSettings: strict
        ),
        .executableTarget(name: "Demo", swiftSettings: strict),

        // What several test targets share.
        .target(
            name: "TestSupport",
            dependencies: ["CJose"],
            path: "Tests/TestSupport",
            exclude: ["time-stamp-authority.py", "webhook-receiver.py"],
            swiftSettings: strict
        ),
        tests("AccountsTests", imports: ["Accounts", "Cryptography"]),
        tests(
            "APITests",
            imports: domains + [
                "API", "Workflows", "Storage", "SQLiteStorage", "HTTPServer", "FaceAnalysis", "Liveness", "Evaluation",
                "Cryptography", "OneTimePasswords", "OpenIDConnect", "QuestionFormats", "CSQLite", "TestSupport",
                "DocumentReading", "Webhooks", "EvidenceBundle", "TimeStamps",
            ]
        ),
        tests(
            "AttestationTests",
            imports: ["Attestation", "Cryptography", "QuestionBank", "QuestionFormats"]
        ),
        tests("BiometricsTests", imports: ["Biometrics"]),
        .testTarget(
            name: "EvidenceBundleTests",
            dependencies: ["EvidenceBundle", "TransparencyLog", "Cryptography", "Archives"],
            exclude: ["Peer"],
            swiftSettings: strict
        ),
        tests("CasesTests", imports: ["Cases", "Accounts", "Attestation"]),
        tests("CryptographyTests", imports: ["Cryptography"]),
        // The built program as a process of its own.
        tests(
            "DaemonTests",
            imports: ["attestd", "CSQLite", "Cryptography", "OneTimePasswords", "TestSupport", "TransparencyLog"]
        ),
        .testTarget(
            name: "DocumentReadingTests",
            dependencies: ["DocumentReading", "IdentityDocuments", "FaceAnalysis", "Accounts", "TestSupport"],
            exclude: ["Specimens"],
            swiftSettings: strict
        ),
        tests("DocumentsTests", imports: ["Documents", "TestSupport"]),
        tests("EvaluationTests", imports: ["Evaluation", "Biometrics", "FaceAnalysis", "Liveness", "Cryptography"]),
        tests("FaceAnalysisTests", imports: ["FaceAnalysis", "Biometrics", "CFaceEngine", "Cryptography"]),
        tests("FormulasTests", imports: ["Formulas"]),
        tests("QRCodesTests", imports: ["QRCodes"]),
        tests("GradingTests", imports: ["Grading", "Accounts", "Attestation", "Cryptography"]),
        tests("HTTPServerTests", imports: ["HTTPServer"]),
        tests("IdentificationTests", imports: ["Identification", "Accounts"]),
        tests("IdentityDocumentsTests", imports: ["IdentityDocuments", "Accounts"]),
        tests("LivenessTests", imports: ["Liveness", "FaceAnalysis", "Biometrics"]),
        tests("OneTimePasswordsTests", imports: ["OneTimePasswords", "Cryptography"]),
        tests("OpenIDConnectTests", imports: ["OpenIDConnect", "CJose", "Cryptography", "TestSupport"]),
        tests("PagesTests", imports: ["Pages", "HTTPServer"]),
        tests("ProctoringTests", imports: ["Proctoring", "Attestation"]),
        tests("QuestionFormatsTests", imports: ["QuestionFormats", "QuestionBank", "CZip"]),
        tests("StorageTests", imports: domains + ["Storage", "SQLiteStorage", "Cryptography", "CSQLite"]),
        tests("TimeStampsTests", imports: ["TimeStamps", "TestSupport"]),
        tests("TransparencyLogTests", imports: ["TransparencyLog", "Cryptography"]),
        tests("WebhooksTests", imports: ["Webhooks", "Cryptography", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// The sanitizers build the vision tests and what those stand on, nothing else: Tests/sanitize.
if Context.environment["ATTESTD_ONLY_VISION"] != nil {
    var wanted: Set = ["FaceAnalysisTests", "LivenessTests", "BiometricsTests", "EvaluationTests"]
    var count = 0
    while count < wanted.count {
        count = wanted.count
        for target in package.targets where wanted.contains(target.name) {
            for case .byNameItem(let name, _) in target.dependencies { wanted.insert(name) }
        }
    }
    package.targets.removeAll { !wanted.contains($0.name) }
    package.products = []
}
