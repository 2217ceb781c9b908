public import Cryptography
public import Foundation

/// A check of a candidate's device and connection before an exam (row D15; S2 appendix A).
///
/// The server measures the connection with its own clock, from the moment that it hands out random bytes until the
/// device shows their hash: the true speed is never lower than what it finds.
public struct SystemCheck: Hashable, Sendable, Codable, Identifiable {
    /// Whether a device can be used.
    public enum DeviceState: String, Hashable, Sendable, Codable, CaseIterable {
        /// It works.
        case working
        /// There is none.
        case missing
        /// The browser was not allowed to use it.
        case denied
    }

    /// What stands in the way of an exam.
    public enum Finding: String, Hashable, Sendable, Codable, CaseIterable {
        /// The connection is slower than 1.5 Mbit/s.
        case slowConnection = "slow_connection"
        /// There is no camera.
        case cameraMissing = "camera_missing"
        /// The camera may not be used.
        case cameraDenied = "camera_denied"
        /// There is no microphone.
        case microphoneMissing = "microphone_missing"
        /// The microphone may not be used.
        case microphoneDenied = "microphone_denied"
        /// The browser gives no access to camera and microphone at all.
        case browserUnsuitable = "browser_unsuitable"
    }

    /// What the device says of itself.
    public struct Report: Hashable, Sendable, Codable {
        /// The camera.
        public let camera: DeviceState
        /// The microphone.
        public let microphone: DeviceState
        /// Whether the browser gives access to both (`navigator.mediaDevices`).
        public let hasMediaDevices: Bool
        /// What the browser calls itself.
        public let browser: String

        enum CodingKeys: String, CodingKey {
            case camera, microphone, browser
            case hasMediaDevices = "has_media_devices"
        }

        /// Makes a value.
        public init(camera: DeviceState, microphone: DeviceState, hasMediaDevices: Bool, browser: String) {
            self.camera = camera
            self.microphone = microphone
            self.hasMediaDevices = hasMediaDevices
            self.browser = browser
        }
    }

    /// What came of it.
    public struct Result: Hashable, Sendable, Codable {
        /// When.
        public let at: Date
        /// What the connection carries at least.
        public let bitsPerSecond: Int
        /// What the device said.
        public let report: Report
        /// What stands in the way; empty where the check is passed.
        public let findings: [Finding]

        enum CodingKeys: String, CodingKey {
            case at, report, findings
            case bitsPerSecond = "bits_per_second"
        }
    }

    /// The identifier.
    public let id: UUID
    /// Whose device it is.
    public let accountID: UUID
    /// When it was begun.
    public let at: Date
    /// SHA-256 of the random bytes; nil before they were handed out.
    public private(set) var digest: SHA256Digest?
    /// When they were handed out.
    public private(set) var servedAt: Date?
    /// What came of it.
    public private(set) var result: Result?

    enum CodingKeys: String, CodingKey {
        case id, at, digest, result
        case accountID = "account_id"
        case servedAt = "served_at"
    }

    /// How many random bytes are handed out: 2.8 s at 1.5 Mbit/s.
    public static let byteCount = 524_288
    /// What the connection must carry (S2 appendix A).
    public static let leastBitsPerSecond = 1_500_000
    /// For how long a passed check counts.
    public static let validSeconds: TimeInterval = 86_400

    /// Begins a check.
    public init(id: UUID, accountID: UUID, at: Date) {
        self.id = id
        self.accountID = accountID
        self.at = at.toMillisecond
    }

    /// Notes that the bytes are handed out; nil where they were already, for whoever has them twice measures nothing.
    public func serving(_ digest: SHA256Digest, at now: Date) -> SystemCheck? {
        guard self.digest == nil else { return nil }
        var next = self
        next.digest = digest
        next.servedAt = now.toMillisecond
        return next
    }

    /// Judges the check; nil where nothing was handed out, the hash is another one, or it is judged already.
    public func judged(showing shown: SHA256Digest, _ report: Report, at now: Date) -> SystemCheck? {
        guard let digest, let servedAt, result == nil, shown == digest else { return nil }
        let milliseconds = max(1, now.milliseconds - servedAt.milliseconds)
        let speed = Int(Int64(Self.byteCount) * 8_000 / milliseconds)
        var findings: [Finding] = []
        if speed < Self.leastBitsPerSecond { findings.append(.slowConnection) }
        if report.hasMediaDevices {
            switch report.camera {
            case .working: break
            case .missing: findings.append(.cameraMissing)
            case .denied: findings.append(.cameraDenied)
            }
            switch report.microphone {
            case .working: break
            case .missing: findings.append(.microphoneMissing)
            case .denied: findings.append(.microphoneDenied)
            }
        } else {
            findings.append(.browserUnsuitable)
        }
        var next = self
        next.result = Result(at: now.toMillisecond, bitsPerSecond: speed, report: report, findings: findings)
        return next
    }

    /// Whether it was passed, and still counts.
    public func admits(at now: Date) -> Bool {
        guard let result else { return false }
        return result.findings.isEmpty && now.timeIntervalSince(result.at) <= Self.validSeconds
    }
}

extension SystemCheck.Finding {
    /// What people read: what is wrong and what to do.
    public var message: BilingualText {
        switch self {
        case .slowConnection:
            BilingualText(
                ru: "Соединение медленнее 1,5 Мбит/с. Закройте другие программы, подойдите к роутеру или подключите "
                    + "кабель и проверьте ещё раз.",
                en:
                    "The connection is slower than 1.5 Mbit/s. Close other programs, move to the router or plug a cable "
                    + "in, and check again."
            )
        case .cameraMissing:
            BilingualText(ru: "Камера не найдена. Подключите её.", en: "There is no camera. Connect one.")
        case .cameraDenied:
            BilingualText(
                ru: "Браузеру не разрешена камера. Разрешите её для этого сайта.",
                en: "The browser may not use the camera. Allow it for this site."
            )
        case .microphoneMissing:
            BilingualText(ru: "Микрофон не найден. Подключите его.", en: "There is no microphone. Connect one.")
        case .microphoneDenied:
            BilingualText(
                ru: "Браузеру не разрешён микрофон. Разрешите его для этого сайта.",
                en: "The browser may not use the microphone. Allow it for this site."
            )
        case .browserUnsuitable:
            BilingualText(
                ru: "Браузер не даёт доступа к камере и микрофону. Обновите его или возьмите другой.",
                en: "The browser gives no access to camera and microphone. Update it or take another one."
            )
        }
    }
}
