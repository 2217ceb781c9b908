package import DocumentReading
import Formulas
import Foundation
package import HTTPServer
import Proctoring
package import TransparencyLog
package import Workflows

/// The HTTP API: the endpoint table, its description, and the routes made from both.
package struct APIService: Sendable {
    private let endpoints: [Endpoint]
    private let dispatcher: Dispatcher
    private let metrics: Metrics
    private let streams: OpenStreams
    private let authentication: Authentication
    private let log: @Sendable (LogLine) -> Void

    /// Puts the API together.
    ///
    /// - Parameters:
    ///   - visual: how visual identification is run.
    ///   - documentReader: reads machine-readable zones; `nil` where its model is not installed.
    ///   - logVerifier: the public key of the log's checkpoints.
    ///   - version: the program's version, for the description.
    ///   - provider: the institution's login provider, where there is one.
    ///   - witness: what cosigns other institutions' logs, where the service is one.
    ///   - lastBackup: when the data was backed up last, as far as this service knows.
    ///   - isBehindProxy: whether a proxy in front says in `X-Forwarded-For` where requests come from.
    ///   - log: takes lines of the service's own log.
    package init(
        services: Services,
        recognition: FaceRecognition,
        visual: VisualSettings = VisualSettings(),
        documentReader: DocumentReader? = nil,
        logVerifier: NoteVerifier,
        version: String,
        provider: InstitutionProvider? = nil,
        witness: Witness? = nil,
        lastBackup: @escaping @Sendable () -> ServiceState.Backup? = { nil },
        isBehindProxy: Bool = false,
        log: @escaping @Sendable (LogLine) -> Void
    ) throws {
        let metrics = Metrics()
        metrics.gauge("attestd_event_followers") { Double(services.events.followerCount) }
        metrics.gauge("attestd_pictures_waiting") { Double(recognition.load.waiting) }
        metrics.gauge("attestd_pictures_refused_last_minute") { Double(recognition.load.refusedLastMinute) }
        metrics.gauge("process_resident_memory_bytes") { ProcessMemory.residentBytes() }
        let streams = OpenStreams()
        let material = CaseMaterial(services, recognition, visual)
        let authentication = Authentication(services)
        let administration = ExamAdministration(services)
        let domain =
            AccountEndpoints(registration: Registration(services), login: Login(services), streams: streams).all
            + ProviderLoginEndpoints(
                login: ProviderLogin(services, provider) { log(LogLine(.warning, $0, ["reason": $1])) }
            ).all
            + ProviderUnlinkingEndpoints(unlinking: ProviderUnlinking(services), streams: streams).all
            + OwnAccountEndpoints(own: OwnAccount(services), streams: streams).all
            + SecondFactorEndpoints(setup: SecondFactorSetup(services), streams: streams).all
            + PasswordResetEndpoints(resets: PasswordResets(services), streams: streams).all
            + AccountRegisterEndpoints(administration: AccountAdministration(services), streams: streams).all
            + APITokenEndpoints(tokens: APITokens(services), streams: streams).all
            + ContractEndpoints(
                register: ContractRegister(services),
                imports: ContractImports(services.database, now: services.now)
            ).all
            + OwnContractEndpoints(contracts: OwnContracts(services)).all
            + PortraitEndpoints(enrolment: PortraitEnrolment(services, recognition)).all
            + QuestionBankEndpoints(imports: QuestionImports(services), banks: QuestionBanks(services)).all
            + PracticeEndpoints(desk: PracticeDesk(services)).all
            + AnswerFileEndpoints(files: AnswerFiles(services)).all
            + FormulaEndpoints(renderer: FormulaRenderer()).all
            + PhoneUploadEndpoints(uploads: PhoneUploads(services)).all
            + ExamEndpoints(administration: administration).all
            + AttemptEndpoints(
                runner: AttemptRunner(services),
                saving: AnswerSaving(services),
                comparison: FrameComparison(services, recognition),
                metrics: metrics
            ).all
            + AttemptControlEndpoints(control: AttemptControl(services), runner: AttemptRunner(services)).all
            + AnswerQueueEndpoints(queue: AnswerQueue(services)).all
            + AccommodationEndpoints(accommodations: Accommodations(services)).all
            + LivenessEndpoints(liveness: LivenessCheck(services, recognition), metrics: metrics).all
            + PolicyEndpoints(policies: IdentificationPolicies(services)).all
            + ApartEndpoints(identification: ApartIdentification(services, recognition), metrics: metrics).all
            + DemandEndpoints(desk: DemandDesk(services)).all
            + VisualEndpoints(queue: VisualQueue(services), material: material).all
            + VerifierEndpoints(
                desk: VisualDesk(services, recognition, visual),
                material: material,
                reading: CaseReading(services, desk: VisualDesk(services, recognition, visual), reader: documentReader),
                decision: VisualDecision(services, visual),
                metrics: metrics
            ).all
            + DuplicateEndpoints(review: DuplicateReview(services)).all
            + GradingEndpoints(services: services).all
            + EventEndpoints(feed: EventFeed(services), streams: streams).all
            + FlagEndpoints(review: FlagReview(services), rules: services.flagRules).all
            + MessageEndpoints(messages: AttemptMessages(services)).all
            + RegisterEndpoints(register: IdentificationRegister(services), logVerifier: logVerifier).all
            + RegisterSearchEndpoints(register: IdentificationRegister(services), views: SavedViews(services)).all
            + ExportEndpoints(desk: ExportDesk(services)).all
            + PublicLogEndpoints(log: PublicLog(services, witness: witness)).all
            + ServiceStateEndpoints(
                state: ServiceState(services, logVerifier: logVerifier, lastBackup: lastBackup),
                version: version
            ).all
            + OrderEndpoints(register: OrderRegister(services)).all
            + CaseEndpoints(desk: CaseDesk(services), documents: CaseDocuments(services)).all
            + NoticeEndpoints(board: NoticeBoard(services)).all
            + AdmissionEndpoints(
                gate: AdmissionGate(services),
                rules: AdmissionRulesDesk(services),
                control: CurrentControl(services),
                keys: AccessKeys(services)
            ).all
            + ScheduleEndpoints(schedules: ExamSchedules(services)).all
            + SystemCheckEndpoints(checks: SystemChecks(services)).all
            + FormEndpoints(forms: ExamForms(services), sheets: AnswerSheets(services)).all
            + TalkEndpoints(talks: Talks(services)).all
            + AttemptReviewEndpoints(review: AttemptReview(services)).all
            + OverviewEndpoints(overview: ExamOverview(services), recognition: recognition).all
            + ConsentEndpoints(register: ConsentRegister(services)).all
            + ComplianceEndpoints(services: services).all
            + StaffConsentEndpoints(register: ConsentRegister(services), erasure: Erasure(services)).all
        let document = DocumentBox()
        let operational = OperationalEndpoints(readiness: recognition.readiness, metrics: metrics) { document.data }.all
        endpoints = domain + operational
        document.data = try OpenAPIDocument(endpoints: endpoints, version: version).json()
        dispatcher = Dispatcher(
            authentication: authentication,
            foreignAccess: ForeignAccess(services),
            metrics: metrics,
            isBehindProxy: isBehindProxy,
            log: log
        )
        self.metrics = metrics
        self.log = log
        self.streams = streams
        self.authentication = authentication
    }

    /// Ends the streams whose login or token holds no longer: it ran out, or was ended by another process.
    package func endStreamsOfEndedLogins() async throws {
        let open = streams.credentialIDs
        guard !open.isEmpty else { return }
        for id in try await authentication.ended(among: open) { streams.finish(credentialID: id) }
    }

    /// The routes, and beside them those of the pages.
    package func router(pages: [Route] = []) -> Router {
        Router(routes: endpoints.map { dispatcher.route($0) } + pages)
    }

    /// Answers the server's own refusals (unknown path, too large a body, …) as problem documents.
    package var problemRenderer: ProblemRenderer {
        { status, detail, head in
            let code = status.reasonPhrase.lowercased().replacingOccurrences(of: " ", with: "_")
            let text = LocalizedText(ru: Self.russianDetail(of: status) ?? detail, en: detail)
            let problem = Problem(
                status,
                code: code,
                detail: text.text(in: Dispatcher.language(of: head.headers)),
                requestID: head.id
            )
            return Dispatcher.response(problem.answer())
        }
    }

    /// What the server's own refusals are in Russian; the server itself says them in English.
    private static func russianDetail(of status: HTTPStatus) -> String? {
        switch status {
        case .badRequest: "Запрос составлен с ошибкой."
        case .notFound: "По этому адресу ничего нет."
        case .methodNotAllowed: "Этот метод здесь не действует."
        case .requestTimeout: "Запрос не пришёл вовремя."
        case .contentTooLarge: "Содержимое запроса слишком велико."
        case .uriTooLong: "Адрес запроса слишком длинный."
        case .requestHeaderFieldsTooLarge: "Заголовки запроса слишком велики."
        case .serviceUnavailable: "Служба занята или завершает работу. Повторите через несколько секунд."
        default: nil
        }
    }

    /// Counts and logs requests. The log has routes, not paths with queries, and no addresses.
    package var observer: @Sendable (RequestLogEntry) -> Void {
        { [metrics, log] entry in
            let route = entry.route ?? "none"
            let status = entry.status.map { String($0.code) } ?? "none"
            metrics.count(
                "attestd_http_requests_total",
                ["method": entry.method.rawValue, "route": route, "status": status]
            )
            let seconds = entry.duration / .seconds(1)
            metrics.count("attestd_http_request_seconds_total", ["route": route], by: seconds)
            log(
                LogLine(
                    .debug,
                    "request",
                    [
                        "request": entry.requestID, "method": entry.method.rawValue, "route": route,
                        "status": status, "ms": String(Int((seconds * 1000).rounded())),
                    ]
                )
            )
        }
    }
}

/// The document describes the endpoint that serves it, so it is filled in after the table is made.
private final class DocumentBox: @unchecked Sendable {
    // Written once, before the server starts.
    var data = Data()
}
