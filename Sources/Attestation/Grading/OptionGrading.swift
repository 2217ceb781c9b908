import QuestionBank

/// What options earn that were chosen.
enum OptionGrading {
    /// The fractions of the options chosen, added up; with `isAllOrNothing` the whole for exactly the right ones.
    ///
    /// When the author gave no option a negative fraction, choosing everything would earn all the points; so each
    /// option that earns nothing then costs its share of the whole, and all of them together cost the whole.
    static func earned(_ options: [Choice.Option], chosen: [Int], isAllOrNothing: Bool = false) -> Fraction {
        if isAllOrNothing {
            let right = options.indices.filter { options[$0].fraction > .zero }
            return chosen.sorted() == right ? .full : .zero
        }
        let sum = chosen.reduce(0) { $0 + options[$1].fraction.units }
        let wrong = options.filter { $0.fraction == .zero }.count
        guard wrong > 0, !options.contains(where: { $0.fraction < .zero }) else { return Fraction(units: sum) }
        let chosenWrong = chosen.filter { options[$0].fraction == .zero }.count
        // Rounded up, so that all the wrong options together cost no less than the whole.
        return Fraction(units: sum - (Fraction.unitsOfWhole * chosenWrong + wrong - 1) / wrong)
    }
}
