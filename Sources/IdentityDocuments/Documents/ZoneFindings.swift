public import Accounts

extension DocumentRules {
    /// What there is to say about the machine-readable zone beside the document's fields and the account's name.
    ///
    /// - Parameters:
    ///   - reading: The zone; `nil` where none was typed or read.
    ///   - document: The fields as they were typed.
    ///   - account: The name under which the person is registered.
    public func findings(
        _ reading: MRZReading?,
        of document: IdentityDocument,
        account: PersonName
    ) -> [DocumentFinding] {
        guard let reading else { return absence(document) }
        let faults = reading.faults.map { fault in
            DocumentFinding(.zoneFault, .error, .zone, ru: fault.text.ru, en: fault.text.en)
        }
        // What a faulty zone says is not held against anybody.
        guard reading.isSound, let zone = reading.zone else { return faults }
        return repairs(reading) + contradictions(zone, document) + names(zone, document, account)
    }

    private func absence(_ document: IdentityDocument) -> [DocumentFinding] {
        guard document.kind.demand(for: .zone) == .expected else { return [] }
        return [
            DocumentFinding(
                .fieldExpected,
                .warning,
                .zone,
                ru:
                    "В таком документе обычно есть машиночитаемая зона. Введите её; если её нет, напишите об этом в решении.",
                en:
                    "Such documents mostly have a machine-readable zone. Type it; if there is none, say so in the decision."
            )
        ]
    }

    private func repairs(_ reading: MRZReading) -> [DocumentFinding] {
        guard !reading.repairs.isEmpty else { return [] }
        return [
            DocumentFinding(
                .zoneRepaired,
                .warning,
                .zone,
                ru: "Похожие знаки исправлены при распознавании (\(reading.repairs.count)). Сверьте зону с документом.",
                en:
                    "Look-alike characters were put right in recognition (\(reading.repairs.count)). Compare the zone with "
                    + "the document."
            )
        ]
    }

    private func contradictions(
        _ zone: MachineReadableZone,
        _ document: IdentityDocument
    ) -> [DocumentFinding] {
        var findings: [DocumentFinding] = []
        func compare<Value: Equatable>(_ field: DocumentField, _ inZone: Value?, _ typed: Value?) {
            guard let inZone, let typed, inZone != typed else { return }
            findings.append(
                DocumentFinding(
                    .zoneContradicts,
                    .error,
                    field,
                    ru: "Машиночитаемая зона и поле «\(field.label.ru)» расходятся. Сверьте оба с документом.",
                    en: "The machine-readable zone and the \(field.label.en) differ. Compare both with the document."
                )
            )
        }
        if !Self.fits(zone, document.kind) {
            findings.append(
                DocumentFinding(
                    .zoneContradicts,
                    .error,
                    .zone,
                    ru:
                        "Машиночитаемая зона — от документа другого вида. Введите зону этого документа или исправьте вид.",
                    en:
                        "The machine-readable zone is of another kind of document. Type this document's zone, or correct "
                        + "the kind."
                )
            )
        }
        if zone.format == .russianPassport {
            compare(.series, zone.series, document.number.series)
            compare(.number, zone.documentNumber, document.number.number)
        } else {
            // Zones have series and number together, without what is no letter or digit.
            let typed = ((document.number.series ?? "") + document.number.number).filter { $0.isLetter || $0.isNumber }
            compare(.number, zone.documentNumber, CyrillicTransliteration.latin(typed))
        }
        compare(.country, zone.issuer, document.country)
        compare(.birthDate, zone.birthDate.date, document.birthDate)
        compare(.expiryDate, zone.expiryDate?.date, document.expiryDate)
        compare(.issueDate, zone.issueDate?.date, document.issueDate)
        // A day that the zone alone bears counts as well.
        if document.expiryDate == nil, let expiry = zone.expiryDate?.date, expiry < day {
            findings.append(
                DocumentFinding(
                    .expired,
                    .error,
                    .zone,
                    ru: "По машиночитаемой зоне срок действия истёк \(expiry.inRussian).",
                    en: "By its machine-readable zone it expired on \(expiry)."
                )
            )
        }
        return findings
    }

    /// Visas are no identity documents; a passport's zone belongs to its own kind of passport.
    private static func fits(_ zone: MachineReadableZone, _ kind: DocumentKind) -> Bool {
        if zone.format == .mrvA || zone.format == .mrvB { return false }
        let passports: Set<DocumentKind> = [.russianPassport, .russianTravelPassport, .foreignPassport]
        guard let zoneKind = zone.documentKind, passports.contains(zoneKind) || passports.contains(kind) else {
            return true
        }
        // A refugee's or another travel document may have a passport's zone.
        return zoneKind == kind || (zoneKind != .russianPassport && !passports.contains(kind))
    }

    /// Another name is an error only in Russian documents: a foreign name in Cyrillic letters is a rendering by ear, which
    /// no table turns back.
    private func names(
        _ zone: MachineReadableZone,
        _ document: IdentityDocument,
        _ account: PersonName
    ) -> [DocumentFinding] {
        let comparison = NameComparison(account, with: zone)
        let expected = comparison.expected
        switch comparison.verdict {
        case .same: return []
        case .compatible where comparison.differences == [.patronymicAbsent]:
            // Passports for travel never have one.
            return []
        case .compatible:
            let differences = comparison.differences.map(\.text)
            return [
                DocumentFinding(
                    .nameNear,
                    .warning,
                    .holder,
                    ru: "Имя в зоне похоже на имя в учётной записи: \(differences.map(\.ru).joined(separator: ", ")). "
                        + "Сверьте с документом.",
                    en: "The name in the zone is near the account's: \(differences.map(\.en).joined(separator: ", ")). "
                        + "Compare with the document."
                )
            ]
        case .different:
            return [
                DocumentFinding(
                    .nameDiffers,
                    document.kind.isRussian ? .error : .warning,
                    .holder,
                    ru: "Имя в зоне другое: ожидалось \(expected). Сверьте имя в документе и в учётной записи.",
                    en: "The name in the zone is another: \(expected) was expected. Compare the document's and the "
                        + "account's."
                )
            ]
        }
    }
}
