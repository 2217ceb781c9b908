package import Accounts

/// What the institution decides about accounts.
package struct AccountSettings: Sendable {
    /// Whether staff must have a second factor.
    package var staffSecondFactor: SecondFactorRule
    /// The service's name: authenticator apps show it, and no password may be made of it.
    package var serviceName: String

    /// Creates the settings.
    package init(staffSecondFactor: SecondFactorRule = .optional, serviceName: String = "attestd") {
        self.staffSecondFactor = staffSecondFactor
        self.serviceName = serviceName
    }
}
