import Foundation
import Testing

@testable import Formulas

@Suite("D1 Formulas")
struct FormulaRendererTests {
    private let renderer = FormulaRenderer()

    @Test(
        "TeX as questions have it becomes MathML",
        arguments: [
            ("2^8 = 256", "<msup><mn>2</mn><mn>8</mn></msup>"),
            (#"\frac{1}{2}"#, "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
            (#"\sqrt{x}"#, "<msqrt><mi>x</mi></msqrt>"), (#"\alpha"#, "<mi>α</mi>"),
            (#"\text{если}"#, "<mtext>если</mtext>"),
            (#"\begin{pmatrix}1&2\\3&4\end{pmatrix}"#, "<mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr>"),
        ]
    )
    func typeset(tex: String, part: String) async {
        let found = await renderer.mathML(of: tex)
        #expect(found?.contains(part) == true, "\(found ?? "nothing")")
    }

    @Test(
        "what is no formula is none",
        arguments: [
            "", #"\frac{1}"#, #"\unknowncommand"#, "{", #"\newcommand{\a}{\a\a}\a"#, "a\u{0}b",
            String(repeating: "x", count: 1_001),
            #"\input{/etc/passwd}"#,
        ]
    )
    func refused(tex: String) async {
        #expect(await renderer.mathML(of: tex) == nil)
    }

    @Test("markup in a formula stays text")
    func markup() async throws {
        let found = await renderer.mathML(of: #"a < b \text{<script>}"#)
        #expect(found?.contains("<script>") != true && found?.contains("a < b") != true)
    }

    @Test("formulas at random never bring more than an answer or none")
    func mutated() async {
        let seeds = [#"\frac{1}{2}\sqrt{x^2}"#, #"\begin{cases}1 & x>0\\0\end{cases}"#, #"\sum_{i=0}^{n} \vec{a}_i"#]
        let pieces = ["{", "}", "\\", "^", "_", "&", "\\\\", "\\begin{", "\\left(", "\\sqrt[", "é", "я", "\\right."]
        var random = SplitMix(state: 20_261_122)
        var typeset = 0
        for _ in 0..<300 {
            var text = Array(seeds[random.below(seeds.count)])
            for _ in 0...random.below(3) {
                let place = random.below(text.count + 1)
                if random.below(2) == 0 {
                    text.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
                } else if place < text.count {
                    text.remove(at: place)
                }
            }
            guard let found = await renderer.mathML(of: String(text)) else { continue }
            typeset += 1
            #expect(found.hasPrefix("<") && !found.contains("<markup>") && !found.contains("<script"))
        }
        #expect(typeset > 0 && typeset < 300)
    }

    @Test(
        "a program that is missing or fails leaves formulas as they were",
        arguments: ["/nowhere", "/bin/false", "/usr/bin/true"]
    )
    func broken(program: String) async {
        #expect(await FormulaRenderer(program: program).mathML(of: "x") == nil)
    }
}

/// Numbers that are the same in every run (Steele, Lea and Flood 2014).
private struct SplitMix {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(limit))
    }
}
