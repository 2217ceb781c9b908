import QuestionBank

/// Reads question banks in Moodle's GIFT format.
///
/// What cannot be read is reported with its line; the rest is read, one item at a time. The rules are those of
/// Moodle's documentation ("GIFT format"); where it is silent, those of Moodle's importer. Tags and identifiers in
/// comments are as Moodle writes them since 3.6; ``BankTags`` carry what GIFT has no place for.
enum GIFTReader {
    /// Reads the lines to their end.
    ///
    /// - Throws: what the source or the sink throws.
    static func read(_ lines: LineReader, sink: @escaping ReadSink) throws {
        var blocks = GIFTBlockReader(lines)
        while let block = try blocks.next() {
            var desk = ItemDesk(line: block.line, sink: sink)
            var parser = GIFTItemParser()
            let interaction: Interaction
            do throws(ItemFault) {
                if block.isTooLarge {
                    throw ItemFault(.tooLarge, ru: "Вопрос слишком велик.", en: "The question is too large.")
                }
                interaction = try parser.parse(block.units[...])
            } catch {
                desk.title = parser.title
                try desk.refuse(error)
                continue
            }
            desk.title = parser.title
            parser.warnings.forEach { desk.note($0) }
            parser.losses.forEach { desk.lost($0) }
            var question = BankQuestion(
                externalID: block.externalID,
                topic: block.topic,
                title: parser.title,
                prompt: parser.prompt,
                points: interaction == .description ? .zero : .one,
                interaction: interaction,
                explanation: parser.generalFeedback
            )
            BankTags.apply(block.tags, to: &question, plain: true, desk: &desk)
            try desk.deliver(question)
        }
    }
}
