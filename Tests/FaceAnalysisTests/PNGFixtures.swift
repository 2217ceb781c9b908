import Foundation
import Testing

/// A small picture file with what must come out of it.
struct PictureFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let file: Data
    let width: Int32
    let height: Int32
    let brightness: Float
    let contrast: Float

    init(_ name: String, _ base64: String, _ width: Int32, _ height: Int32, _ brightness: Float, _ contrast: Float) {
        self.name = name
        file = Data(base64Encoded: base64) ?? Data()
        self.width = width
        self.height = height
        self.brightness = brightness
        self.contrast = contrast
    }

    var testDescription: String { name }
}

/// A picture file that must be refused as corrupt.
struct CorruptFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let file: Data

    init(_ name: String, _ base64: String) {
        self.name = name
        file = Data(base64Encoded: base64) ?? Data()
    }

    var testDescription: String { name }
}

/// Small PNG files, one of each kind.
enum PNGFixtures {
    static let valid: [PictureFixture] = [
        PictureFixture(
            "grey of 1 bit",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQAAAADsdIMmAAAADklEQVR42mMIZVjFgIQBHpwD/XAVyZAAAAAASUVORK5CYII=",
            8,
            8,
            127.5,
            127.5
        ),
        PictureFixture(
            "grey of 4 bits",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIBAAAAAAklAxWAAAADklEQVR42mPgBwIGwgQAJagB4fmfgRoAAAAASUVORK5CYII=",
            8,
            8,
            127.5,
            127.5
        ),
        PictureFixture(
            "grey of 8 bits",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR42mNIgQIGyhgAhHUZAUxWjfQAAAAASUVORK5CYII=",
            8,
            8,
            100,
            0
        ),
        PictureFixture(
            "grey of 16 bits",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIEAAAAACx9D0UAAAAEElEQVR42mNoYECFDAMjAACRACABKr4+ywAAAABJRU5ErkJg\
            gg==
            """,
            8,
            8,
            128,
            0
        ),
        PictureFixture(
            "grey with one transparent shade",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAAnRSTlMAMr5EnLgAAAARSURBVHjaY0gBAiMgYKCMAQCv5hLB\
            jR65fAAAAABJRU5ErkJggg==
            """,
            8,
            8,
            177.5,
            77.5
        ),
        PictureFixture(
            "grey with alpha",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAQAAABuBnYAAAAAD0lEQVR42mNgaECDAyMAAHEAIAFwsLyHAAAAAElFTkSuQmCC",
            8,
            8,
            127,
            0
        ),
        PictureFixture(
            "palette of 2 bits",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAgMAAAC5YVYYAAAADFBMVEX/AAAA/wAAAP/////7AGD2AAAAEUlEQVR42mNgCGWA\
            o1X/4QgAPoQH+bkH4akAAAAASUVORK5CYII=
            """,
            8,
            8,
            127.5,
            85.24
        ),
        PictureFixture(
            "palette with transparent entries",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAgMAAAC5YVYYAAAADFBMVEX/AAAA/wAAAP/////7AGD2AAAAA3RSTlMAAAD6dsTe\
            AAAAEUlEQVR42mNgCGWAo1X/4QgAPoQH+bkH4akAAAAASUVORK5CYII=
            """,
            8,
            8,
            255,
            0
        ),
        PictureFixture(
            "colour of 8 bits",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mPgEpHDihiGlgQA2BMPAb19TKoAAAAASUVORK5C\
            YII=
            """,
            8,
            8,
            18.15,
            0
        ),
        PictureFixture(
            "colour of 16 bits",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIEAIAAAAb/fWfAAAAEklEQVR42mNwYCANMoxqoIUGANukMAEC0zBHAAAAAElFTkSu\
            QmCC
            """,
            8,
            8,
            64,
            0
        ),
        PictureFixture(
            "colour with alpha",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAYAAADED76LAAAAE0lEQVR42mNgYGD4j4YxwAhQAABAtx/hR9sDYQAAAABJRU5E\
            rkJggg==
            """,
            8,
            8,
            127.5,
            127.5
        ),
        PictureFixture(
            "colour of 16 bits with alpha",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIEAYAAACUn2LIAAAAFElEQVR42mNgAIMGBsroUQOGuAEAM+ggAZNbJ2sAAAAASUVO\
            RK5CYII=
            """,
            8,
            8,
            127,
            0
        ),
        PictureFixture(
            "gradient",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAFElEQVR42mNgkLOJqpi25RIDZQwAihUaQZwDEoIAAAAASUVO\
            RK5CYII=
            """,
            8,
            8,
            105,
            68.74
        ),
        PictureFixture(
            "gradient, interlaced",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAAGWY9HBAAAAJUlEQVR42mNgYKgAIZstIMRgUwEl5KKmXUInGORsoiqmbcHH\
            AACdVBpBFfcm7gAAAABJRU5ErkJggg==
            """,
            8,
            8,
            105,
            68.74
        ),
        PictureFixture(
            "wide",
            """
            iVBORw0KGgoAAAANSUhEUgAAFAEAAAAQCAAAAADs2/0iAAAAjUlEQVR42u3YQREAAAyDsIqdfw3zwSUSeLIDAAAAALomAQAA\
            AACEOYAAAAAAUOYAAgAAAECZAwgAAAAAZQ4gAAAAAJQ5gAAAAABQ5gACAAAAQJkDCAAAAABlDiAAAAAAlDmAAAAAAFDmAAIA\
            AABAmQMIAAAAAGUOIAAAAACUOYAAAAAAUOYAAgAAAEDZA3iyDZSuKkKSAAAAAElFTkSuQmCC
            """,
            5121,
            16,
            100,
            0
        ),
        PictureFixture(
            "orientation before the pixels",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAAAAACWpiEsAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kA\
            AAAOSURBVHjaY0iBAgbcDADhJAyBa5RCDwAAAABJRU5ErkJggg==
            """,
            4,
            8,
            100,
            0
        ),
        PictureFixture(
            "orientation behind the pixels",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAAAAACWpiEsAAAADklEQVR42mNIgQIG3AwA4SQMgWuUQg8AAAAaZVhJZk1NACoA\
            AAAIAAEBEgADAAAAAQAGAAAAAAAA1mdLaQAAAABJRU5ErkJggg==
            """,
            4,
            8,
            100,
            0
        ),
    ]

    static let corrupt: [CorruptFixture] = [
        CorruptFixture(
            "bad CRC of the pixels",
            """
            iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAFElEQVR42mJgkLOJqpi25RIDZQwAihUaQZwDEoIAAAAASUVO\
            RK5CYII=
            """
        ),
        CorruptFixture(
            "no end chunk",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAFElEQVR42mNgkLOJqpi25RIDZQwAihUaQZwDEoI="
        ),
        CorruptFixture(
            "too few rows",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAC0lEQVR4nGNgwAkAABsAAco8Sg0AAAAASUVORK5CYII="
        ),
        CorruptFixture(
            "no pixels at all",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAAElFTkSuQmCC"
        ),
        CorruptFixture(
            "zero width",
            "iVBORw0KGgoAAAANSUhEUgAAAAAAAAAICAAAAADys6GjAAAAC0lEQVR4nGNggAIAAAkAAftSuKkAAAAASUVORK5CYII="
        ),
        CorruptFixture(
            "palette missing",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAMAAADz0U65AAAADElEQVR4nGNgoA4AAABIAAEuuDx+AAAAAElFTkSuQmCC"
        ),
        CorruptFixture(
            "not deflate",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAC0lEQVRoZWxsbyB0aGVyZWq8Zv4AAAAASUVORK5CYII="
        ),
        CorruptFixture(
            "bit depth 3",
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAwAAAACWtNBGAAAADElEQVR4nGNgoA4AAABIAAEuuDx+AAAAAElFTkSuQmCC"
        ),
    ]
}
