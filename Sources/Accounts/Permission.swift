/// A right to do one kind of thing; every operation of the API asks for exactly one.
///
/// The table of who has which is ``roles``; nothing else in the program decides about roles. Tokens for machines are
/// limited to permissions too.
public enum Permission: String, Hashable, Sendable, Codable, CaseIterable {
    /// The own account: password, sessions, consents.
    case ownAccount = "own_account"
    /// Read exams and attempts that concern oneself.
    case readExams = "read_exams"
    /// Be identified and sit exams.
    case sitExams = "sit_exams"
    /// Question banks, exams.
    case manageExams = "manage_exams"
    /// Read anybody's attempt, its answers and events.
    case readAttempts = "read_attempts"
    /// Follow the events of a whole exam.
    case followExams = "follow_exams"
    /// Follow what happens in all exams, as far as it is the role's matter.
    case followEvents = "follow_events"
    /// Demand that a candidate shows the face or the workplace, and look at what was sent.
    case controlExams = "control_exams"
    /// Let a candidate go on without identification, where the policy allows it to the role.
    case overrideIdentification = "override_identification"
    /// Read how candidates are identified.
    case readPolicies = "read_policies"
    /// Say how candidates are identified in kinds of procedure.
    case managePolicies = "manage_policies"
    /// See the queue of visual identification.
    case readQueue = "read_queue"
    /// Check identities by document.
    case verifyIdentity = "verify_identity"
    /// Decide about the same face under two accounts.
    case reviewDuplicates = "review_duplicates"
    /// Read the identification log.
    case readRegister = "read_register"
    /// Export registers that one may read.
    case exportRegisters = "export_registers"
    /// Enter and revoke orders and powers of attorney.
    case manageOrders = "manage_orders"
    /// Read the orders and powers of attorney that one acts by; all of them for those who enter them.
    case readOrders = "read_orders"
    /// Publish consent texts, record consents given on paper.
    case manageConsents = "manage_consents"
    /// Read people's consents and the erasures that followed; apart from managing them for the sake of tokens.
    case readConsents = "read_consents"
    /// The register of contracts.
    case manageContracts = "manage_contracts"
    /// Help people who cannot get in: find their account, reset its password.
    case supportAccounts = "support_accounts"
    /// Accounts of staff, roles, disabling.
    case manageAccounts = "manage_accounts"
    /// Decide about attempts that were handed in, after a review.
    case reviewAttempts = "review_attempts"
    /// File appeals and applications, and take the candidate's steps in cases.
    case applyInCases = "apply_in_cases"
    /// Read the cases that one has a part in.
    case readCases = "read_cases"
    /// Report a breach of discipline, and take a commission's steps.
    case actInCases = "act_in_cases"
    /// The office's part in all cases: commissions, orders, notices.
    case manageCases = "manage_cases"
    /// Tokens by which other programs use the API.
    case manageAPITokens = "manage_api_tokens"
    /// Groups and their members, grade sheets for them.
    case manageGradeSheets = "manage_grade_sheets"
    /// Fill and close the grade sheets that one is the examiner of.
    case fillGradeSheets = "fill_grade_sheets"
    /// Read grade sheets, groups and scales.
    case readGradeSheets = "read_grade_sheets"
    /// Open a closed grade sheet again.
    case reopenGradeSheets = "reopen_grade_sheets"
    /// Grade open answers without knowing whose they are.
    case gradeWork = "grade_work"
    /// Rule about faulty questions, and regrade those who had them.
    case regrade
    /// Which other systems are told what happens.
    case manageWebhooks = "manage_webhooks"
    /// Read the rules of retention, what they come to, and demands to erase people.
    case readRetention = "read_retention"
    /// Set rules of retention, hold data, destroy what is due, decide about erasing people.
    case manageRetention = "manage_retention"
    /// The own second factor, and the link to the account at the institution's provider.
    case ownSecondFactor = "own_second_factor"
}

extension Permission {
    /// Who has it.
    public var roles: Set<Role> {
        switch self {
        case .ownAccount, .readExams: Set(Role.allCases)
        case .sitExams, .applyInCases: [.candidate]
        case .readCases: [.candidate, .examiner, .verifier, .reviewer, .complianceOfficer, .administrator]
        case .actInCases: [.examiner, .verifier, .reviewer, .complianceOfficer, .administrator]
        case .manageExams: [.examiner, .administrator]
        case .readAttempts: [.examiner, .reviewer, .complianceOfficer, .administrator]
        case .followExams: [.examiner, .reviewer, .administrator]
        case .followEvents: Set(Role.allCases.filter { $0.isStaff && $0 != .technicalResponsible })
        case .controlExams: [.examiner, .administrator]
        case .reviewAttempts: [.examiner, .reviewer]
        case .overrideIdentification: [.examiner, .verifier, .reviewer, .complianceOfficer, .administrator]
        case .readPolicies: [.examiner, .verifier, .reviewer, .complianceOfficer, .administrator]
        case .managePolicies: [.complianceOfficer, .administrator]
        case .readQueue: [.verifier, .partner, .examiner, .complianceOfficer, .administrator]
        case .verifyIdentity: [.verifier, .partner]
        case .reviewDuplicates: [.reviewer, .complianceOfficer, .administrator]
        case .readRegister, .exportRegisters, .manageOrders, .manageConsents, .readConsents, .readRetention:
            [.complianceOfficer, .administrator]
        case .manageRetention: [.complianceOfficer]
        case .readOrders: Set(Role.allCases.filter(\.isStaff))
        case .manageContracts, .manageGradeSheets: [.administrator, .complianceOfficer]
        case .readGradeSheets: [.examiner, .administrator, .complianceOfficer]
        case .fillGradeSheets: [.examiner, .administrator, .complianceOfficer]
        case .reopenGradeSheets: [.administrator]
        case .gradeWork: [.examiner, .reviewer]
        case .regrade: [.examiner, .administrator]
        case .supportAccounts: [.administrator, .technicalResponsible]
        case .manageAccounts, .manageAPITokens, .manageCases, .manageWebhooks: [.administrator]
        case .ownSecondFactor: Set(Role.allCases.filter(\.isStaff))
        }
    }

    /// Whether only a person who is logged in may use it, never a token for machines: a token that leaked must not be
    /// able to make accounts, rights or further tokens.
    public var needsSession: Bool {
        switch self {
        case .ownAccount, .ownSecondFactor, .supportAccounts, .manageAccounts, .manageAPITokens, .manageWebhooks: true
        // A person decides about people.
        case .verifyIdentity, .overrideIdentification, .reviewDuplicates, .actInCases, .manageCases,
            .reviewAttempts, .reopenGradeSheets, .gradeWork, .regrade, .manageRetention:
            true
        default: false
        }
    }

    /// Whether one of the roles has it.
    public func isGranted(to roles: Set<Role>) -> Bool { !self.roles.isDisjoint(with: roles) }
}
