extension GradingResult {
    /// The result with other items, as it is after a question was found faulty.
    public func replacing(_ change: (ItemGrade) -> ItemGrade, scale: GradingScale) -> GradingResult {
        GradingResult(items: items.map(change), scale: scale)
    }
}
