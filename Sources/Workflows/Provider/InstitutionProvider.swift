package import OpenIDConnect

/// The institution's OpenID Connect provider, as the workflows know it (row A5).
package struct InstitutionProvider: Sendable {
    /// Speaks to the provider.
    let party: RelyingParty
    /// What the log-in page calls it.
    package let name: LocalizedText

    /// Creates a value.
    package init(party: RelyingParty, name: ProviderName) {
        self.party = party
        self.name = LocalizedText(ru: name.russian, en: name.english)
    }
}
