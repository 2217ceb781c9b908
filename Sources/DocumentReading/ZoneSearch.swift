import Accounts
import Foundation
import IdentityDocuments

/// Looks for a zone in a picture: groups of lines, read until all check digits agree or the time is up.
struct ZoneSearch {
    let day: CalendarDay
    /// Asked before each cut: one takes some hundredths of a second, a picture full of lines has hundreds.
    let isTimeUp: () -> Bool

    /// More groups than this are not read.
    private static let mostGroups = 8
    /// A line with a character that is less sure than this does not count: no check digit protects names.
    static let leastCertainty: Float = 0.3

    /// The first sound reading; `nil` where there is none.
    func read(_ picture: GreyPicture, by reader: borrowing LineReader) -> MRZReading? {
        // Upright or on its head, then turned by a quarter.
        if let reading = search(picture, by: reader) { return reading }
        guard !isTimeUp() else { return nil }
        return search(picture.turned(), by: reader)
    }

    private func search(_ picture: GreyPicture, by reader: borrowing LineReader) -> MRZReading? {
        let groups = Self.groups(of: LineFinder.lines(in: picture)).prefix(Self.mostGroups)
        for isUpsideDown in [false, true] {
            for group in groups {
                for count in group.count == 3 ? [30] : [44, 36] {
                    guard !isTimeUp() else { return nil }
                    let reading = read(group, count: count, of: picture, isUpsideDown: isUpsideDown, by: reader)
                    if let reading { return reading }
                }
            }
        }
        return nil
    }

    private func read(
        _ group: [TextLine],
        count: Int,
        of picture: GreyPicture,
        isUpsideDown: Bool,
        by reader: borrowing LineReader
    ) -> MRZReading? {
        var texts: [String] = []
        for line in isUpsideDown ? group.reversed() : group {
            let text = reader.read(
                line,
                count: count,
                in: picture,
                isUpsideDown: isUpsideDown,
                atLeast: Self.leastCertainty,
                until: isTimeUp
            )
            guard let text else { return nil }
            texts.append(String(text.characters))
        }
        let reading = MRZReading(recognised: texts.joined(separator: "\n"), on: day)
        return reading.isSound ? reading : nil
    }

    /// Lines that may make a zone together, from top to bottom; threes before the pairs in them, longer ones first.
    static func groups(of lines: [TextLine]) -> [[TextLine]] {
        var threes: [[TextLine]] = []
        var pairs: [[TextLine]] = []
        for first in lines {
            for second in lines where first.isFollowed(by: second) {
                pairs.append([first, second])
                threes += lines.filter { second.isFollowed(by: $0) && $0 != first }.map { [first, second, $0] }
            }
        }
        return threes + pairs.sorted { $0[0].length > $1[0].length }
    }
}
