/// What a machine-readable zone says.
///
/// Values are as they stand; whether the zone is sound tells the `MRZReading` that it came with.
public struct MachineReadableZone: Hashable, Sendable, Codable {
    /// Which kind of zone it is.
    public var format: MRZFormat
    /// The lines, in full.
    public var lines: [String]
    /// One or two letters: `P`, `PN`, `I`, `V`.
    public var documentCode: String
    /// Who issued it; `nil` where the code is not known.
    public var issuer: CountryCode?
    /// The number without fillers. In the Russian passport its own six digits, without the series.
    public var documentNumber: String
    /// The series, in the Russian passport: its four digits.
    public var series: String?
    /// The holder's nationality; `nil` where the code is not known.
    public var nationality: CountryCode?
    /// The holder's date of birth.
    public var birthDate: MRZDate
    /// The holder's sex as it stands: `F`, `M`, `X`, or `nil` where it is not specified.
    public var sex: String?
    /// The last day on which the document is valid; `nil` where the field is empty.
    public var expiryDate: MRZDate?
    /// Date of issue, in the Russian passport.
    public var issueDate: MRZDate?
    /// Code of the office that issued it, in the Russian passport: `770-001`.
    public var divisionCode: String?
    /// What the issuing state put into its own fields, without the fillers at the end.
    public var optionalData: [String]
    /// The names.
    public var names: MRZNames

    /// Which kind of document it is taken to be, where the zone tells.
    public var documentKind: DocumentKind? {
        switch format {
        case .russianPassport: .russianPassport
        case .td3 where documentCode.hasPrefix("P"):
            issuer == .russia ? .russianTravelPassport : .foreignPassport
        case .td1, .td2: issuer == .russia ? nil : .foreignIdentityCard
        case .td3, .mrvA, .mrvB: nil
        }
    }
}

/// What became of reading a zone.
public struct MRZReading: Hashable, Sendable, Codable {
    /// What it says; `nil` where it is no zone.
    public var zone: MachineReadableZone?
    /// What is wrong with it.
    public var faults: [MRZFault]
    /// What was put right.
    public var repairs: [MRZRepair]

    /// Whether it is a zone, all check digits agree, and nothing else is wrong.
    public var isSound: Bool { zone != nil && faults.isEmpty }
}
