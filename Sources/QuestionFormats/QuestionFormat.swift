/// The formats that question banks are exchanged in.
public enum QuestionFormat: String, Hashable, Sendable, Codable, CaseIterable {
    /// Moodle's GIFT.
    case gift
    /// Aiken.
    case aiken
    /// Moodle XML.
    case moodleXML = "moodle_xml"
    /// IMS QTI 2.1: a package or a single item.
    case qti21 = "qti_2.1"
    /// IMS QTI 2.2: a package or a single item.
    case qti22 = "qti_2.2"
    /// 1EdTech QTI 3.0: a package or a single item.
    case qti30 = "qti_3.0"
}
