import CPango
import Foundation

/// The fonts that documents are set in, and nothing else of what the machine has: the same contents look the same
/// everywhere.
///
/// PT Serif was made for all languages of Russia's peoples, so a Tatar or Yakut name prints as it is written; what it
/// has not comes from DejaVu. Used on one queue only.
final class FontBook {
    /// Pango's map.
    let map: UnsafeMutablePointer<PangoFontMap>

    static let family = "PT Serif"

    /// As Debian's packages `fonts-paratype` and `fonts-dejavu-core` have them. File by file: for folders, fontconfig
    /// wants to keep a cache.
    static let files = [
        "paratype/PTF55F.ttf", "paratype/PTF75F.ttf", "dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Bold.ttf",
    ].map { "/usr/share/fonts/truetype/" + $0 }

    /// - Throws: ``DocumentError`` with code `fontsMissing`.
    init() throws {
        guard let fonts = FcConfigCreate() else { throw DocumentError(.notWritten, "fontconfig does not start.") }
        // The map keeps a reference of its own.
        defer { FcConfigDestroy(fonts) }
        for file in Self.files where cpango_add_font(fonts, file) == 0 {
            throw DocumentError(
                .fontsMissing,
                "There is no font \(file): install Debian's packages fonts-paratype and fonts-dejavu-core."
            )
        }
        guard let map = cpango_font_map_create(fonts) else {
            throw DocumentError(.notWritten, "Pango does not start.")
        }
        self.map = map
    }

    deinit {
        cpango_release(map)
    }
}
