import Attestation
import Cryptography
package import Foundation
package import Identification
package import Storage

/// Seals what staff write about the candidate of an attempt, under the candidate's key: a person who is erased takes it
/// along.
package struct PersonalTexts: Sendable {
    let vault: Vault

    /// Seals and opens by the keys of a vault.
    package init(vault: Vault) {
        self.vault = vault
    }

    /// Seals a text that belongs to an override or a demand. Runs inside a write transaction.
    package func seal(
        _ text: String,
        _ place: UnsealedText.Place,
        _ id: UUID,
        of candidate: UUID,
        in stores: any Stores
    ) throws -> Data {
        try vault.personKey(of: candidate, in: stores).sealed(Data(text.utf8), purpose: Self.purpose(place, id))
    }

    /// Opens it; `nil` where there is none, or its person's key is destroyed.
    package func open(
        _ sealed: Data?,
        _ place: UnsealedText.Place,
        _ id: UUID,
        of candidate: UUID,
        in stores: any Stores
    ) throws -> String? {
        guard let sealed, let key = try vault.existingPersonKey(of: candidate, in: stores) else { return nil }
        return String(decoding: try key.opened(sealed, purpose: Self.purpose(place, id)), as: UTF8.self)
    }

    /// Bound to its place: one demand's words cannot be passed off as another's.
    private static func purpose(_ place: UnsealedText.Place, _ id: UUID) -> String {
        switch place {
        case .override: "override reason:\(id.lowercased)"
        case .demand: "demand message:\(id.lowercased)"
        }
    }
}

/// Seals what older versions of the program wrote down as it was.
struct OldTexts {
    let services: Services

    /// Seals all of it, and leaves nothing of it in the database's files; where there is nothing it only looks.
    ///
    /// What is about a person whose key is destroyed can be sealed for nobody and is deleted.
    func sealAll() async throws {
        var isFound = false
        while try await !services.database.read({ try $0.unsealedTexts(limit: 1).isEmpty }) {
            isFound = true
            try await services.database.write { [vault = services.vault] stores in
                for text in try stores.unsealedTexts(limit: 100) {
                    var sealed: Data?
                    if let candidate = try stores.attempt(text.attemptID)?.candidateID,
                        try vault.existingPersonKey(of: candidate, in: stores) != nil
                    {
                        sealed = try PersonalTexts(vault: vault)
                            .seal(text.text, text.place, text.id, of: candidate, in: stores)
                    }
                    try stores.seal(text, as: sealed)
                }
            }
        }
        if isFound { _ = try await services.database.scrub() }
    }
}
