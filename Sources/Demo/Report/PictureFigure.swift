import Foundation

/// A picture around its face, with the detected box and landmarks drawn over it.
struct PictureFigure {
    let picture: Picture
    let sheet: FaceSheet
    /// Whether what lies beyond the picture's edge is shown too, because the edge is the point.
    var showsEdge = false
    /// The outcome's colour: the name of a class.
    var tone = "neutral"

    /// Width over height of every figure.
    private static let aspect = 0.8

    var html: String {
        let window = window
        let view = [window.x, window.y, window.width, window.height].map(HTML.number).joined(separator: " ")
        let radius = HTML.number(window.width * 0.011)
        let dots = sheet.landmarks.map {
            "<circle cx=\"\(HTML.number($0.x))\" cy=\"\(HTML.number($0.y))\" r=\"\(radius)\" class=\"landmark\"/>"
        }
        let pixels = "\(Int(sheet.width)) × \(Int(sheet.height)) px"
        return """
            <figure class="picture \(tone)">
            <svg viewBox="\(view)" role="img" aria-label="\(HTML.escaped(picture.part)): \
            \(HTML.escaped(picture.provenance))">
            <rect x="\(HTML.number(window.x))" y="\(HTML.number(window.y))" width="\(HTML.number(window.width))" \
            height="\(HTML.number(window.height))" class="beyond"/>
            <rect x="\(HTML.number(window.x))" y="\(HTML.number(window.y))" width="\(HTML.number(window.width))" \
            height="\(HTML.number(window.height))" fill="url(#outside)"/>
            <use href="#\(PictureFiles.identifier(picture))"/>
            <rect x="\(HTML.number(sheet.left))" y="\(HTML.number(sheet.top))" \
            width="\(HTML.number(sheet.right - sheet.left))" height="\(HTML.number(sheet.bottom - sheet.top))" \
            class="box"/>
            \(dots.joined(separator: "\n"))
            </svg>
            <figcaption>\(HTML.escaped(picture.part))
            <small>\(pixels) · eyes \(Int(sheet.interEyeDistance.rounded())) px apart</small></figcaption>
            </figure>
            """
    }

    /// The part of the picture that is shown, in its pixels.
    private var window: (x: Double, y: Double, width: Double, height: Double) {
        let faceHeight = sheet.bottom - sheet.top
        var height = faceHeight * 2
        var width = height * Self.aspect
        if !showsEdge {
            let shrink = min(1, sheet.width / width, sheet.height / height)
            (width, height) = (width * shrink, height * shrink)
        }
        var x = (sheet.left + sheet.right - width) / 2
        var y = (sheet.top + sheet.bottom - height) / 2 + faceHeight * 0.1
        y = min(max(0, y), max(0, sheet.height - height))
        if !showsEdge { x = min(max(0, x), sheet.width - width) }
        return (x, y, width, height)
    }
}
