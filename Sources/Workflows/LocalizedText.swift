package import Attestation

/// A text for people in the languages of the interface.
package struct LocalizedText: Hashable, Sendable {
    /// Russian.
    package var ru: String
    /// English.
    package var en: String

    /// Creates a text.
    package init(ru: String, en: String) {
        self.ru = ru
        self.en = en
    }

    /// A text of the attestation's domain.
    package init(_ text: BilingualText) {
        self.init(ru: text.ru, en: text.en)
    }

    /// The languages of the interface.
    package enum Language: String, Sendable {
        /// Russian, the default.
        case ru
        /// English.
        case en
    }

    /// The text in a language.
    package func text(in language: Language) -> String {
        switch language {
        case .ru: ru
        case .en: en
        }
    }
}
