import Accounts
package import Cryptography
package import Foundation
package import Identification
import Storage
import TransparencyLog

/// Exports as staff order and fetch them (row F2).
package struct ExportDesk: Sendable {
    let services: Services

    /// The most unfinished exports of one person.
    static let mostUnfinished = 10

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// Orders an export; it is made behind the answer.
    ///
    /// - Parameter viewID: a saved view whose conditions count instead of the order's.
    /// - Throws: `Refusal`.
    package func order(
        _ order: ExportOrder,
        viewID: UUID?,
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> ExportJob {
        guard services.exports.folder != nil else { throw Refusal.exportsOff }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let digest = SHA256Digest.hash(try encoder.encode(order) + Data((viewID?.lowercased ?? "").utf8)).hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: "export \(digest)")
        let now = services.now()
        let id = services.makeID(at: now)
        return try await services.database.write { stores in
            if let earlier = try idempotency.earlierResource(in: stores), let job = try stores.export(earlier) {
                return job
            }
            var order = order
            if let viewID { order.filter = try SavedViews.usable(viewID, principal, in: stores).filter }
            try Self.check(order, principal)
            let own = try stores.unfinishedExports(limit: 1_000).count { $0.requestedBy == principal.id }
            guard own < Self.mostUnfinished else { throw Refusal.tooManyExports }
            let job = ExportJob(id: id, order: order, requestedBy: principal.id, requestedAt: now)
            try idempotency.note(id, at: now, in: stores)
            try stores.saveExport(job)
            return job
        }
    }

    private static func check(_ order: ExportOrder, _ principal: Principal) throws {
        let needed: Permission =
            switch order.register {
            case .identifications: .readRegister
            case .consents: .readConsents
            case .orders, .responsiblePersons: .manageOrders
            }
        guard principal.may(needed) else { throw Refusal.registerNotAllowed }
        guard order.format != .bundle || order.register == .identifications else { throw Refusal.bundleOfOthers }
        let hasPictures = order.hasPictures || order.documentPurpose != nil
        guard !hasPictures || order.format == .bundle else { throw Refusal.picturesInBundlesOnly }
        var rest = order.filter
        switch order.register {
        case .identifications: return
        case .consents: (rest.from, rest.until, rest.subject, rest.groupID) = (nil, nil, nil, nil)
        case .orders, .responsiblePersons: break
        }
        guard rest == IdentificationFilter() else { throw Refusal.conditionNotApplicable }
    }

    /// A page of the caller's exports, newest first.
    package func jobs(before: UUID?, limit: Int, principal: Principal) async throws -> [ExportJob] {
        try await services.database.read { try $0.exports(of: principal.id, before: before, limit: limit) }
    }

    /// One of the caller's exports.
    ///
    /// - Throws: `Refusal` where there is none.
    package func job(_ id: UUID, principal: Principal) async throws -> ExportJob {
        try await services.database.read { try Self.own(id, principal, in: $0) }
    }

    /// Cancels an export that is not finished, or deletes the file of one that is.
    ///
    /// - Throws: `Refusal` where there is none.
    package func cancel(_ id: UUID, principal: Principal) async throws {
        try await services.database.write { stores in
            var job = try Self.own(id, principal, in: stores)
            switch job.state {
            case .waiting, .running: job.state = .cancelled
            case .finished: job.state = .expired
            case .failed, .cancelled, .expired: return
            }
            job.wrappedKey = nil
            job.progress = nil
            try stores.saveExport(job)
        }
        // Without its key the file is noise; the runner removes what it may still be writing.
        if let file = services.exports.file(id) { try? FileManager.default.removeItem(at: file) }
    }

    /// The file of a finished export; the first fetching is logged.
    ///
    /// - Throws: `Refusal` where it is not there.
    package func file(_ id: UUID, principal: Principal) async throws -> (job: ExportJob, reader: SealedFileReader) {
        let now = services.now()
        let job = try await services.database.write { [vault = services.vault] stores in
            var job = try Self.own(id, principal, in: stores)
            switch job.state {
            case .waiting, .running: throw Refusal.exportNotReady
            case .failed, .cancelled, .expired: throw Refusal.exportGone
            case .finished: break
            }
            guard !job.fetchedBy.contains(principal.id) else { return job }
            job.fetchedBy.append(principal.id)
            try stores.saveExport(job)
            try LogBook(vault: vault).append(
                "export_fetched",
                recordID: job.id,
                subject: nil,
                at: now,
                facts: ["by": .string(principal.id.lowercased)],
                personal: [String: String](),
                to: stores
            )
            return job
        }
        guard let file = services.exports.file(id), let wrapped = job.wrappedKey, let count = job.byteCount,
            FileManager.default.fileExists(atPath: file.path)
        else { throw Refusal.exportGone }
        let key = try services.vault.unwrap(wrapped, purpose: Self.purpose(id))
        return (job, try SealedFileReader(file: file, key: key, name: id.lowercased, byteCount: count))
    }

    static func purpose(_ id: UUID) -> MasterKeyUse { MasterKeyUse(.exportKeys, id.lowercased) }

    private static func own(_ id: UUID, _ principal: Principal, in stores: any Stores) throws -> ExportJob {
        guard let job = try stores.export(id), job.requestedBy == principal.id else { throw Refusal.unknownExport }
        return job
    }
}

extension Refusal {
    fileprivate static let unknownExport = notFound(
        "export_unknown",
        ru: "Такой выгрузки нет среди ваших.",
        en: "You have no such export."
    )

    fileprivate static let exportNotReady = Refusal(
        .conflict,
        "export_not_ready",
        ru: "Выгрузка ещё готовится. Подождите, пока она закончится.",
        en: "The export is still being made. Wait until it is finished."
    )

    fileprivate static let exportGone = Refusal(
        .conflict,
        "export_file_gone",
        ru: "Файла этой выгрузки нет: она не закончена, отменена или срок хранения вышел. Закажите её снова.",
        en: "This export has no file: it failed, was cancelled or its time is over. Order it again."
    )

    fileprivate static let tooManyExports = Refusal(
        .conflict,
        "too_many_exports",
        ru: "У вас уже десять незаконченных выгрузок. Дождитесь их или отмените лишние.",
        en: "You have ten unfinished exports. Wait for them or cancel some."
    )

    fileprivate static let exportsOff = Refusal(
        .unavailable,
        "exports_off",
        ru: "Выгрузки на этом сервере не настроены. Сообщите администратору.",
        en: "Exports are not set up on this server. Tell the administrator."
    )

    fileprivate static let registerNotAllowed = Refusal(
        .forbidden,
        "register_not_allowed",
        ru: "Читать этот реестр вам не разрешено, выгрузить его тоже нельзя.",
        en: "You may not read this register, and so you cannot export it."
    )

    fileprivate static let bundleOfOthers = Refusal(
        .unprocessable,
        "bundle_of_log_only",
        ru: "Архив доказательств составляется только из журнала идентификации. Выберите другой формат.",
        en: "Evidence bundles are made from the identification log only. Choose another format."
    )

    fileprivate static let picturesInBundlesOnly = Refusal(
        .unprocessable,
        "pictures_in_bundles_only",
        ru: "Снимки выгружаются только в архиве доказательств. Выберите формат bundle.",
        en: "Pictures are exported in evidence bundles only. Choose the format bundle."
    )

    fileprivate static let conditionNotApplicable = Refusal(
        .unprocessable,
        "condition_not_applicable",
        ru: "К этому реестру такие условия не применяются: согласия отбираются по времени, человеку и группе, "
            + "приказы выгружаются все.",
        en: "These conditions do not apply to this register: consents are chosen by time, person and group, orders "
            + "are exported wholly."
    )
}
