public import Foundation

/// Where groups, their members and the disciplines' scales are kept.
///
/// All calls run inside one storage transaction and are synchronous; backends pass one contract suite.
public protocol GroupStore: AnyObject {
    /// The group of a name, which is made where there is none; its faculty is replaced where one is given.
    func group(_ kind: StudentGroup.Kind, named name: String, faculty: String, orMake id: UUID) throws -> StudentGroup
    /// One group.
    func group(_ id: UUID) throws -> StudentGroup?
    /// The groups of a name, the study group in front.
    func groups(named name: String) throws -> [StudentGroup]
    /// The groups that an account is in by one of its contracts, in the order of kind and name.
    func groups(ofAccount account: UUID) throws -> [StudentGroup]
    /// The groups in the order of kind and name.
    func groups(after: UUID?, limit: Int) throws -> [StudentGroup]
    /// Puts somebody into a group, or replaces the record book; an empty number leaves the one that is known.
    func addMember(_ contractID: UUID, recordBook: String, to groupID: UUID, at time: Date) throws -> GroupImport
    /// Takes somebody out of a group; false where they were not in it.
    func removeMember(_ contractID: UUID, from groupID: UUID) throws -> Bool
    /// The members in the order of names.
    func members(of groupID: UUID) throws -> [GroupMember]

    /// Adds a scale; the newest counts.
    func insertScale(_ scale: DisciplineScale) throws
    /// A discipline's scale that counts; nil where none was set.
    func scale(of discipline: String) throws -> DisciplineScale?
}
