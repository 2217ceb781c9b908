import CFaceEngine
public import Foundation

/// The pixels of a picture: RGB, 8 bits a channel, row by row from the top left.
///
/// A recognition never needs them outside the engine; what draws test pictures and cuts portraits does.
public struct PictureRaster: Equatable, Sendable {
    /// Pixels in a row.
    public let width: Int
    /// How many rows.
    public let height: Int
    /// Three bytes for each pixel.
    public private(set) var pixels: [UInt8]

    /// Longer sides than this do not fit a JPEG file.
    static let longestSide = 65_500

    /// A raster of one colour.
    ///
    /// - Precondition: Both sides are 1 to 65 500 pixels long.
    public init(width: Int, height: Int, red: UInt8 = 0, green: UInt8 = 0, blue: UInt8 = 0) {
        precondition((1...Self.longestSide).contains(width) && (1...Self.longestSide).contains(height))
        let row = Array(repeatElement([red, green, blue], count: width).joined())
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for _ in 0..<height { pixels += row }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// A raster of colours by place: column, row; red, green and blue of 0 to 255.
    ///
    /// - Precondition: Both sides are 1 to 65 500 pixels long.
    public init(width: Int, height: Int, _ colour: (Int, Int) -> SIMD3<Float>) {
        precondition((1...Self.longestSide).contains(width) && (1...Self.longestSide).contains(height))
        self.width = width
        self.height = height
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for y in 0..<height {
            for x in 0..<width {
                let value = colour(x, y)
                for channel in 0..<3 { pixels.append(UInt8(min(255, max(0, value[channel].rounded())))) }
            }
        }
        self.pixels = pixels
    }

    private init(width: Int, height: Int, pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Decodes a JPEG or PNG file upright, under the same caps as a picture that is analysed.
    ///
    /// A picture whose longer side is more than twice 1 280 pixels comes out smaller by a power of two.
    ///
    /// - Throws: One of the `picture_…` codes.
    public init(decoding file: Data, limits: PictureLimits = PictureLimits()) throws(FaceAnalysisError) {
        let picture = try DecodedPicture(file, limits: limits)
        let info = picture.info
        var pixels = [UInt8](repeating: 0, count: Int(info.kept_width) * Int(info.kept_height) * 3)
        var error = afe_error()
        guard afe_image_copy_pixels(picture.pointer, &pixels, pixels.count, &error) else {
            throw Self.failure(error)
        }
        self.init(width: Int(info.kept_width), height: Int(info.kept_height), pixels: pixels)
    }

    /// The colour at a place between pixels, bilinear; beyond the edges the edge continues.
    public func sample(x: Float, y: Float) -> SIMD3<Float> {
        let column = min(max(x, 0), Float(width - 1))
        let row = min(max(y, 0), Float(height - 1))
        let left = min(Int(column), max(0, width - 2))
        let top = min(Int(row), max(0, height - 2))
        let across = column - Float(left)
        let down = row - Float(top)
        let right = min(left + 1, width - 1)
        let bottom = min(top + 1, height - 1)
        let upper = self[left, top] * (1 - across) + self[right, top] * across
        let lower = self[left, bottom] * (1 - across) + self[right, bottom] * across
        return upper * (1 - down) + lower * down
    }

    /// The colour of a pixel: red, green, blue, 0 to 255.
    public subscript(x: Int, y: Int) -> SIMD3<Float> {
        let place = (y * width + x) * 3
        return SIMD3(Float(pixels[place]), Float(pixels[place + 1]), Float(pixels[place + 2]))
    }

    /// The raster at another size: by area where it shrinks, cubic where it grows.
    ///
    /// - Throws: `engine_failure`.
    public func resized(width newWidth: Int, height newHeight: Int) throws(FaceAnalysisError) -> PictureRaster {
        precondition((1...Self.longestSide).contains(newWidth) && (1...Self.longestSide).contains(newHeight))
        var scaled = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
        var error = afe_error()
        guard
            afe_pixels_resize(
                pixels,
                Int32(width),
                Int32(height),
                &scaled,
                Int32(newWidth),
                Int32(newHeight),
                &error
            )
        else { throw Self.failure(error) }
        return PictureRaster(width: newWidth, height: newHeight, pixels: scaled)
    }

    /// The raster as a JPEG file.
    ///
    /// - Parameter quality: 1 to 100 as libjpeg counts it.
    /// - Throws: `engine_failure`.
    public func jpeg(quality: Int) throws(FaceAnalysisError) -> Data {
        var count = 0
        var error = afe_error()
        guard
            let bytes = afe_jpeg_encode(
                pixels,
                Int32(width),
                Int32(height),
                Int32(min(100, max(1, quality))),
                &count,
                &error
            )
        else { throw Self.failure(error) }
        return Data(bytesNoCopy: bytes, count: count, deallocator: .custom { bytes, _ in afe_bytes_free(bytes) })
    }

    /// Multiplies all values by a gain and adds the noise of a sensor, the same for the same seed.
    ///
    /// - Parameters:
    ///   - readNoise: Standard deviation of the part that does not depend on the light, in steps of 255.
    ///   - shotNoise: Variance of the photons' part for each step of value.
    package mutating func expose(gain: Float, readNoise: Float, shotNoise: Float, seed: UInt64) {
        afe_pixels_expose(&pixels, pixels.count, gain, readNoise, shotNoise, seed)
    }

    /// Draws a textured mesh onto the raster.
    ///
    /// - Parameter depths: The z-buffer: the distance of what each pixel shows, infinite where nothing is drawn yet.
    /// - Throws: `engine_failure` when a triangle names a corner that is not there.
    package mutating func draw(
        _ mesh: TexturedMesh,
        texture: PictureRaster,
        depths: inout [Float]
    ) throws(FaceAnalysisError) {
        precondition(depths.count == width * height)
        guard !mesh.triangles.isEmpty else { return }
        let corners = mesh.corners.map {
            afe_vertex(x: $0.x, y: $0.y, depth: $0.depth, u: $0.u, v: $0.v, light: $0.light)
        }
        var error = afe_error()
        guard
            afe_pixels_draw(
                &pixels,
                &depths,
                Int32(width),
                Int32(height),
                texture.pixels,
                Int32(texture.width),
                Int32(texture.height),
                corners,
                corners.count,
                mesh.triangles,
                mesh.triangles.count,
                &error
            )
        else { throw Self.failure(error) }
    }

    private static func failure(_ error: afe_error) -> FaceAnalysisError {
        let reason = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return FaceAnalysisError(.engineFailure, reason)
    }
}

/// Triangles as a camera sees them.
package struct TexturedMesh: Sendable {
    /// A corner of triangles.
    package struct Corner: Equatable, Sendable {
        /// Pixels from the left of the picture that is drawn.
        package var x: Float
        /// Pixels from its top.
        package var y: Float
        /// Distance from the camera; a triangle with a corner at or behind the camera is left out.
        package var depth: Float
        /// Pixels from the left of the texture.
        package var u: Float
        /// Pixels from its top.
        package var v: Float
        /// Factor on the texture's values.
        package var light: Float

        /// Makes a corner.
        package init(x: Float, y: Float, depth: Float, u: Float, v: Float, light: Float = 1) {
            self.x = x
            self.y = y
            self.depth = depth
            self.u = u
            self.v = v
            self.light = light
        }
    }

    /// The corners.
    package var corners: [Corner]
    /// Three places in `corners` for each triangle.
    package var triangles: [UInt32]

    /// Makes a mesh.
    package init(corners: [Corner], triangles: [UInt32]) {
        self.corners = corners
        self.triangles = triangles
    }
}
