import Biometrics
import Testing

@Suite("Gallery search")
struct GallerySearchTests {
    typealias Kind = GallerySamples.Kind

    @Test(
        "finds the very candidates that comparing with every reference finds, to the last bit",
        arguments: Kind.allCases,
        TemplateGallery.SearchMethod.allCases
    )
    func exactness(_ kind: Kind, _ method: TemplateGallery.SearchMethod) throws {
        let templates = try GallerySamples.templates(kind, count: 700, dimension: 128)
        let gallery = try GallerySamples.gallery(of: templates)
        let probes =
            try [templates[0], templates[699]] + GallerySamples.templates(.random, count: 2, dimension: 128, seed: 9)
        for probe in probes {
            for limit in [1, 10, 64] {
                let list = try gallery.search(probe, limit: limit, method: method)
                #expect(try list.keys == GallerySamples.bruteForce(probe, templates, limit: limit))
                #expect(list.searchedCount == 700)
                #expect(list.comparedCount >= limit)
                #expect(!list.isTruncated)
            }
        }
    }

    @Test("works with every number of values", arguments: [1, 2, 3, 15, 16, 17, 31, 64, 130, 512])
    func dimensions(_ dimension: Int) throws {
        let templates = try GallerySamples.templates(.random, count: 90, dimension: dimension)
        let gallery = try GallerySamples.gallery(of: templates)
        let probe = try GallerySamples.templates(.random, count: 1, dimension: dimension, seed: 3)[0]
        for method in TemplateGallery.SearchMethod.allCases {
            let list = try gallery.search(probe, limit: 7, method: method)
            #expect(try list.keys == GallerySamples.bruteForce(probe, templates, limit: 7))
        }
    }

    @Test("answers several probes as it answers each alone", arguments: [2, 3, 4, 5, 33], Kind.allCases)
    func batch(_ count: Int, _ kind: Kind) throws {
        let templates = try GallerySamples.templates(kind, count: 197, dimension: 32)
        let gallery = try GallerySamples.gallery(of: templates)
        let probes = try GallerySamples.templates(.random, count: count, dimension: 32, seed: 4)
        for method in TemplateGallery.SearchMethod.allCases {
            let lists = try gallery.search(probes, limit: 5, method: method)
            #expect(try lists.map(\.keys) == probes.map { try GallerySamples.bruteForce($0, templates, limit: 5) })
        }
    }

    @Test("several threads find what one finds")
    func threads() throws {
        // More than two pieces of the rows.
        let templates = try GallerySamples.templates(.clustered, count: 40_000, dimension: 4)
        let gallery = try TemplateGallery(modelID: "m", dimension: 4, threads: 3)
        try gallery.append(
            contentsOf: templates.enumerated().map { (ReferenceIdentifier(UInt64($0.offset)), $0.element) }
        )
        let alone = try TemplateGallery(modelID: "m", dimension: 4, compact: false)
        try alone.append(
            contentsOf: templates.enumerated().map { (ReferenceIdentifier(UInt64($0.offset)), $0.element) }
        )
        for probe in templates[..<3] {
            #expect(try gallery.search(probe, limit: 20).keys == alone.search(probe, limit: 20).keys)
        }
    }

    @Test("orders equal distances by identifier, whichever came first")
    func ties() throws {
        let template = try FaceTemplate(modelID: "m", values: [0.6, 0.8])
        let gallery = try TemplateGallery(modelID: "m", dimension: 2)
        for number in [9, 2, 7, 4, 1, 8] as [UInt64] {
            try gallery.append(template, as: ReferenceIdentifier(number))
        }
        let list = try gallery.search(template, limit: 4)
        #expect(list.candidates.map(\.identifier.number) == [1, 2, 4, 7])
        #expect(list.candidates.allSatisfy { $0.score.distance == 0 })
    }

    @Test("finds all within a distance, the borders included", arguments: Kind.allCases)
    func withinDistance(_ kind: Kind) throws {
        let templates = try GallerySamples.templates(kind, count: 300, dimension: 24)
        let gallery = try GallerySamples.gallery(of: templates)
        let probe = templates[5]
        let all = try GallerySamples.bruteForce(probe, templates, limit: 300)
        for border in [all[0], all[17], all[299]].map(\.score.distance) {
            for distance in [border, border.nextUp, border.nextDown] where distance >= 0 {
                let expected = try GallerySamples.bruteForce(probe, templates, limit: 300, within: distance)
                for method in TemplateGallery.SearchMethod.allCases {
                    let list = try gallery.search(probe, limit: 300, within: distance, method: method)
                    #expect(list.keys == expected)
                    #expect(!list.isTruncated)
                }
            }
        }
    }

    @Test("says when a list could not take all within the distance")
    func truncation() throws {
        let templates = try GallerySamples.templates(.random, count: 50, dimension: 8)
        let gallery = try GallerySamples.gallery(of: templates)
        let all = try gallery.search(templates[0], limit: 50, within: 2)
        #expect(all.candidates.count == 50)
        #expect(!all.isTruncated)
        let some = try gallery.search(templates[0], limit: 49, within: 2)
        #expect(some.keys == Array(all.keys.prefix(49)))
        #expect(some.isTruncated)
        let none = try gallery.search(templates[0], limit: .max, within: 2)
        #expect(none.keys == all.keys)
    }

    @Test("reads little when little is alike: the rounded rows leave few to be compared")
    func pruning() throws {
        let templates = try GallerySamples.templates(.random, count: 5_000, dimension: 128)
        let gallery = try GallerySamples.gallery(of: templates)
        let list = try gallery.search(templates[17], limit: 10, method: .compact)
        #expect(list.candidates[0].score.distance == 0)
        #expect(list.comparedCount < 500)
    }

    @Test("an empty gallery has no candidates, and a small one no more than it holds")
    func fewReferences() throws {
        let gallery = try TemplateGallery(modelID: "m", dimension: 2)
        let probe = try FaceTemplate(modelID: "m", values: [1, 0])
        for method in TemplateGallery.SearchMethod.allCases {
            #expect(try gallery.search(probe, limit: 10, method: method).candidates.isEmpty)
            #expect(try gallery.search(probe, limit: 10, within: 2, method: method).candidates.isEmpty)
        }
        #expect(try gallery.search([]).isEmpty)
        try gallery.append(probe, as: ReferenceIdentifier(1))
        #expect(try gallery.search(probe, limit: 10).candidates.count == 1)
    }

    @Test(
        "refuses a search that means nothing",
        arguments: [(0, nil), (-1, nil), (1, -0.1), (1, .nan), (1, -.infinity)] as [(Int, Float?)]
    )
    func badSearch(_ limit: Int, _ distance: Float?) throws {
        let gallery = try GallerySamples.gallery(of: GallerySamples.templates(.random, count: 3, dimension: 4))
        let probe = try GallerySamples.templates(.random, count: 1, dimension: 4)[0]
        #expect(throws: BiometricsError(.searchInvalid, "")) {
            try gallery.search(probe, limit: limit, within: distance)
        }
    }

    @Test("refuses a probe of another model or length")
    func foreignProbe() throws {
        let gallery = try GallerySamples.gallery(of: GallerySamples.templates(.random, count: 3, dimension: 2))
        #expect(throws: BiometricsError(.modelMismatch, "")) {
            try gallery.search(FaceTemplate(modelID: "other", values: [1, 0]))
        }
        #expect(throws: BiometricsError(.lengthMismatch, "")) {
            try gallery.search(FaceTemplate(modelID: "m", values: [1, 0, 0]))
        }
    }

    @Test("finds the pairs that are alike, each once", arguments: [Kind.clustered, .nearTies])
    func similarPairs(_ kind: Kind) throws {
        let templates = try GallerySamples.templates(kind, count: 70, dimension: 16)
        let gallery = try GallerySamples.gallery(of: templates)
        var expected: [SimilarPairs.Pair] = []
        for (index, template) in templates.enumerated() {
            let identifier = GallerySamples.identifier(index)
            for key in try GallerySamples.bruteForce(template, templates, limit: 70, within: 0.1)
            where identifier < key.identifier {
                expected.append(SimilarPairs.Pair(first: identifier, second: key.identifier, score: key.score))
            }
        }
        expected.sort { ($0.score.distance, $0.first, $0.second) < ($1.score.distance, $1.first, $1.second) }
        let all = try gallery.similarPairs(within: 0.1, limit: 10_000)
        #expect(all.pairs == expected)
        #expect(!all.isTruncated)
        let some = try gallery.similarPairs(within: 0.1, limit: 40)
        #expect(some.pairs == Array(expected.prefix(40)))
        #expect(some.isTruncated)
        #expect(throws: BiometricsError(.searchInvalid, "")) { try gallery.similarPairs(within: .nan) }
        #expect(throws: BiometricsError(.searchInvalid, "")) { try gallery.similarPairs(within: 0.1, limit: 0) }
    }

    @Test("searches from a task")
    func fromTask() async throws {
        let templates = try GallerySamples.templates(.random, count: 20, dimension: 8)
        let gallery = try GallerySamples.gallery(of: templates, threads: 2)
        let list = try await gallery.candidates(for: templates[3], limit: 2)
        #expect(try list.keys == GallerySamples.bruteForce(templates[3], templates, limit: 2))
        await #expect(throws: BiometricsError(.searchInvalid, "")) {
            try await gallery.candidates(for: templates[3], limit: 0)
        }
    }
}
