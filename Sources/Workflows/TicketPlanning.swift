import Accounts
import Attestation
import Foundation
import Grading
import Storage

/// Looks up what a plan of tickets depends on: the bank, the groups, and what the discipline's exams have shown or will
/// show (S2 5.2).
package struct TicketPlanning: Sendable {
    let services: Services

    /// How an exam's material is kept apart from that of others.
    package struct Separation: Hashable, Sendable {
        /// For how many days back questions that were shown in the discipline are not shown again.
        package var freshDays: Int
        /// Whether they may come again where the bank does not suffice otherwise.
        package var mayRepeat: Bool
        /// Whether groups may have questions in common where the bank does not suffice.
        package var mayShare: Bool
        /// The most questions for each place on the ticket that a set takes; `nil` shares the whole bank out.
        package var variety: Int?

        package init(freshDays: Int = 365, mayRepeat: Bool = true, mayShare: Bool = false, variety: Int? = nil) {
            self.freshDays = freshDays
            self.mayRepeat = mayRepeat
            self.mayShare = mayShare
            self.variety = variety
        }
    }

    /// A plan with what it was made from.
    struct Planned: Sendable {
        /// The plan as it is kept and committed to.
        var document: Data
        var warnings: [BlueprintFinding]
        var state: State
    }

    /// What a plan depends on.
    struct State: Equatable, Sendable {
        var revision: String
        var used: Set<UUID>
        var groups: [ExamGroup]
    }

    /// What tells one state of everything that a plan depends on from another.
    func state(of draft: ExamAdministration.Draft, at now: Date, in stores: any Stores) throws -> State {
        State(
            revision: try stores.bankRevision(discipline: draft.discipline),
            used: try used(draft, at: now, in: stores),
            groups: try Self.groups(of: draft, in: stores)
        )
    }

    /// The planner of a draft.
    ///
    /// - Throws: `Refusal` where the groups are not in order.
    func planner(
        for draft: ExamAdministration.Draft,
        at now: Date,
        in stores: any Stores
    ) throws -> TicketPlanner {
        let groups = try Self.groups(of: draft, in: stores)
        return TicketPlanner(
            blueprint: draft.blueprint,
            bank: try services.banks.summaries(discipline: draft.discipline, in: stores),
            sets: Exam.ticketSets(of: groups),
            used: try used(draft, at: now, in: stores),
            mayRepeat: draft.separation.mayRepeat,
            allowsSharing: draft.separation.mayShare,
            variety: draft.separation.variety
        )
    }

    /// What exams of the discipline have shown, and what is set aside for those that are not closed.
    private func used(
        _ draft: ExamAdministration.Draft,
        at now: Date,
        in stores: any Stores
    ) throws -> Set<UUID> {
        guard draft.separation.freshDays > 0 else { return [] }
        let since = now - Double(draft.separation.freshDays) * 86_400
        var used = try stores.usedQuestions(discipline: draft.discipline, since: since)
        for exam in try stores.openExams(discipline: draft.discipline, at: now) where exam.planDigest != nil {
            let dealer = try services.dealers.dealer(of: exam, services: services, in: stores)
            used.formUnion(dealer.plan.questions.map(\.id))
        }
        return used
    }

    /// The groups of a draft: those of the register as they are now, the others with the people that were named.
    ///
    /// - Throws: `Refusal` where they are not in order.
    static func groups(of draft: ExamAdministration.Draft, in stores: any Stores) throws -> [ExamGroup] {
        var people: [UUID] = []
        let groups = try draft.groups.map { group in
            if let members = group.members, group.registeredID == nil, let name = group.name {
                people += members
                return ExamGroup(name: name, set: group.set, members: members)
            }
            guard group.members == nil, (group.registeredID == nil) != (group.name == nil) else {
                throw groupsRefused(
                    ru: "Группа указывается по реестру групп (номером или названием) либо списком слушателей.",
                    en: "A group is named by the register, its identifier or its name, or by a list of candidates."
                )
            }
            let found =
                try group.registeredID.map { try stores.group($0) } ?? stores.groups(named: group.name ?? "").first
            guard let registered = found else {
                throw groupsRefused(
                    ru: "Такой группы нет в реестре групп: сначала загрузите её состав.",
                    en: "The register has no such group: import its members first."
                )
            }
            let members = try stores.members(of: registered.id)
            people += members.compactMap(\.contract.accountID)
            return ExamGroup(
                name: registered.name,
                set: group.set,
                members: [],
                registeredID: registered.id,
                registeredSeats: members.count
            )
        }
        try check(groups, people, in: stores)
        return groups
    }

    private static func check(_ groups: [ExamGroup], _ people: [UUID], in stores: any Stores) throws {
        let numbers = Set(groups.map(\.set))
        guard Set(groups.map(\.name)).count == groups.count, numbers.isEmpty || numbers == Set(1...numbers.count) else {
            throw groupsRefused(
                ru: "Названия групп не должны повторяться, а комплекты билетов нумеруются подряд с 1.",
                en: "Names of groups must differ, and sets of tickets are numbered from 1 without gaps."
            )
        }
        guard Set(people).count == people.count else {
            throw groupsRefused(
                ru: "Один слушатель указан в двух группах или дважды.",
                en: "A candidate stands in two groups or twice."
            )
        }
        for member in groups.flatMap(\.members) {
            guard let account = try stores.account(member), account.roles.contains(.candidate) else {
                throw groupsRefused(
                    ru: "Учётной записи слушателя \(member.lowercased) нет.",
                    en: "There is no candidate's account \(member.lowercased)."
                )
            }
        }
    }

    private static func groupsRefused(ru: String, en: String) -> Refusal {
        Refusal(.unprocessable, "groups_refused", ru: ru, en: en)
    }
}
