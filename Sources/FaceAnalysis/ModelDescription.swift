/// One model of the manifest.
public struct ModelDescription: Codable, Equatable, Sendable {
    /// What a model is for.
    public enum Role: String, Codable, Sendable {
        /// Finds faces and their landmarks.
        case detector
        /// Turns an aligned face into a template.
        case embedder
    }

    /// What the network takes.
    public struct Input: Codable, Equatable, Sendable {
        /// `RGB` or `BGR`.
        public let channelOrder: String
        /// Subtracted from each channel, in the order red, green, blue.
        public let mean: [Float]
        /// Multiplied with the difference.
        public let scale: Float
        /// Detector: pixels to which the picture's longer side is scaled.
        public let longerSide: Int?
        /// Embedder: the chip's width in pixels.
        public let width: Int?
        /// Embedder: the chip's height in pixels.
        public let height: Int?
        /// Embedder: where eyes, nose tip and mouth corners lie in the chip.
        public let alignment: [[Float]]?
    }

    /// What the network gives.
    public struct Output: Codable, Equatable, Sendable {
        /// Embedder: how many numbers.
        public let length: Int?
        /// Embedder: whether the outputs of the chip and of its mirror image are added.
        public let mirrorSum: Bool?
    }

    /// When the detector's answer counts as a face.
    public struct Detection: Codable, Equatable, Sendable {
        /// The least confidence.
        public let scoreAtLeast: Float
        /// The overlap above which the weaker of two boxes is dropped.
        public let nonMaximumSuppressionOverlap: Float
    }

    /// The distances between which a comparison decides nothing.
    public struct Thresholds: Codable, Equatable, Sendable {
        /// The largest distance that is a match.
        public let matchAtOrBelow: Float
        /// The largest distance that is not yet a non-match.
        public let nonMatchAbove: Float
        /// The models that the thresholds were measured with; they hold for no others.
        public let measuredWith: [Fingerprint]?
        /// False match rates and the distances at which they hold.
        public let table: [Row]?

        /// A model's weights.
        public struct Fingerprint: Codable, Equatable, Sendable {
            /// The model's name.
            public let id: String
            /// SHA-256 of its weights in hexadecimal digits.
            public let sha256: String
        }

        /// Rates at one threshold, each with its 95 % interval.
        public struct Row: Codable, Equatable, Sendable {
            /// The false match rate that the threshold keeps.
            public let falseMatchRate: Double
            /// The largest distance that is a match there.
            public let threshold: Float
            /// The lower and the upper end of the false match rate at the threshold.
            public let falseMatchInterval: [Double]
            /// The false non-match rate at the threshold.
            public let falseNonMatchRate: Double
            /// The lower and the upper end of the false non-match rate at the threshold.
            public let falseNonMatchInterval: [Double]
        }
    }

    /// How a distance becomes the weight of its evidence.
    public struct Calibration: Codable, Equatable, Sendable {
        /// The natural log-likelihood ratio at distance 0.
        public let intercept: Double
        /// Its change a unit of distance.
        public let slope: Double
        /// The lowest log-likelihood ratio that the data support.
        public let lowestLogLikelihoodRatio: Double
        /// The highest log-likelihood ratio that the data support.
        public let highestLogLikelihoodRatio: Double
    }

    /// The model's name; templates carry it.
    public let id: String
    /// The version of the converted weights.
    public let version: String
    /// What the model is for.
    public let role: Role
    /// The name of the file with the weights.
    public let file: String
    /// SHA-256 of that file in hexadecimal digits.
    public let sha256: String
    /// The file's size in bytes.
    public let size: Int
    /// The licence of the weights (SPDX).
    public let licence: String
    /// What the network takes.
    public let input: Input
    /// What the network gives.
    public let output: Output
    /// Detector: when its answer counts.
    public let detection: Detection?
    /// Embedder: the thresholds measured with it.
    public let thresholds: Thresholds?
    /// Embedder: the calibration measured with it.
    public let calibration: Calibration?

    /// The digest's bytes; empty, which equals no digest, when the digits are not sixty-four hexadecimal ones.
    var digest: [UInt8] {
        let digits = sha256.compactMap(\.hexDigitValue)
        guard digits.count == 64, sha256.count == 64 else { return [] }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
