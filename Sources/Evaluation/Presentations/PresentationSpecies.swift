/// What is held before the camera (ISO/IEC 30107-3: a species of presentation attack instrument), or a person.
public enum PresentationSpecies: String, Codable, CaseIterable, Sendable {
    /// A person who does what is asked.
    case bonaFide = "bona_fide"
    /// A photograph held still.
    case stillPrint = "still_print"
    /// A photograph shifted, turned in its plane and moved to and fro.
    case movedPrint = "moved_print"
    /// A photograph tilted about the axis that is asked for.
    case tiltedPrint = "tilted_print"
    /// A photograph bent about the vertical, turned and bent on as asked.
    case bentPrintVertical = "bent_print_vertical"
    /// A photograph bent about the horizontal, turned and bent on as asked.
    case bentPrintHorizontal = "bent_print_horizontal"
    /// A photograph pressed into 30 to 50 % of a head's relief, turned as asked.
    case embossedPrint = "embossed_print"
    /// A paper mask with holes for the eyes on another person's moving head.
    case cutOutMask = "cut_out_mask"
    /// The recording of the person doing what another challenge asked.
    case replay = "replay_of_other_challenge"
    /// Another person does what is asked; frames of the right person stand between the movements.
    case splicedPersons = "spliced_persons"
    /// Recordings of single movements of the right person, put together in the order that is asked.
    case splicedRecordings = "spliced_recordings"
    /// One recording of the right movements in another order, its parts put into the order asked, gaps filled by
    /// repeating frames.
    case reorderedFrames = "reordered_frames"

    /// The species that are attacks.
    public static var attacks: [PresentationSpecies] { allCases.filter { $0 != .bonaFide } }

    /// A name for a table.
    public var title: String {
        switch self {
        case .bonaFide: "bona fide"
        case .stillPrint: "print, still"
        case .movedPrint: "print, moved in its plane"
        case .tiltedPrint: "print, tilted"
        case .bentPrintVertical: "print, bent (vertical axis)"
        case .bentPrintHorizontal: "print, bent (horizontal axis)"
        case .embossedPrint: "print, embossed 30–50 %"
        case .cutOutMask: "cut-out over a moving face"
        case .replay: "replay of another challenge"
        case .splicedPersons: "spliced: two persons"
        case .splicedRecordings: "spliced: recordings of one"
        case .reorderedFrames: "re-ordered, repeated frames"
        }
    }
}
