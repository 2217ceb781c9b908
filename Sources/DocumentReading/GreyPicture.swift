import CLeptonica
import FaceAnalysis

/// A picture's luminance: 8 bits a pixel, row by row from the top left.
struct GreyPicture {
    let width: Int
    let height: Int
    let pixels: [UInt8]

    init(width: Int, height: Int, pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// The luminance of a colour picture (ITU-R BT.601).
    init(_ raster: PictureRaster) {
        let rgb = raster.pixels
        let count = raster.width * raster.height
        self.init(
            width: raster.width,
            height: raster.height,
            pixels: [UInt8](unsafeUninitializedCapacity: count) { grey, filled in
                rgb.withUnsafeBufferPointer { rgb in
                    for place in 0..<count {
                        let red = Int(rgb[place * 3]) * 77
                        let green = Int(rgb[place * 3 + 1]) * 150
                        let blue = Int(rgb[place * 3 + 2]) * 29
                        grey[place] = UInt8((red + green + blue) >> 8)
                    }
                }
                filled = count
            }
        )
    }

    /// The picture turned by a quarter to the right.
    func turned() -> GreyPicture {
        let (width, height) = (self.width, self.height)
        return GreyPicture(
            width: height,
            height: width,
            pixels: [UInt8](unsafeUninitializedCapacity: pixels.count) { turned, filled in
                pixels.withUnsafeBufferPointer { pixels in
                    for y in 0..<height {
                        for x in 0..<width { turned[x * height + (height - 1 - y)] = pixels[y * width + x] }
                    }
                }
                filled = pixels.count
            }
        )
    }

    /// The same for leptonica, which keeps four pixels in a word, the first one highest.
    func leptonica() -> LeptonicaPicture? {
        guard let picture = LeptonicaPicture(pixCreate(Int32(width), Int32(height), 8)) else { return nil }
        guard let words = pixGetData(picture.pointer) else { return nil }
        let wordsInRow = Int(pixGetWpl(picture.pointer))
        pixels.withUnsafeBufferPointer { pixels in
            for y in 0..<height {
                let row = words + y * wordsInRow
                for word in 0..<wordsInRow {
                    var value: UInt32 = 0
                    for byte in 0..<4 {
                        let x = word * 4 + byte
                        value = value << 8 | (x < width ? UInt32(pixels[y * width + x]) : 0)
                    }
                    row[word] = value
                }
            }
        }
        return picture
    }
}

/// The owner of one picture of leptonica's.
struct LeptonicaPicture: ~Copyable {
    let pointer: UnsafeMutablePointer<Pix>

    /// Takes over what a function of leptonica's made; `nil` where it failed.
    init?(_ made: UnsafeMutablePointer<Pix>?) {
        guard let made else { return nil }
        pointer = made
    }

    deinit {
        var pointer: UnsafeMutablePointer<Pix>? = pointer
        pixDestroy(&pointer)
    }
}
