/// An item of the ticket as the candidate sees it.
struct TicketItem: Sendable {
    var number: Int
    var type: String
    var prompt: String
    /// Points in hundredths: grades are exact.
    var points: Int
    var options: [String]
    var pairPrompts: [String]
    var pairChoices: [String]

    init(_ json: JSON) {
        number = json["number"].integer ?? 0
        type = json["type"].text
        prompt = json["prompt"]["text"].text
        points = Hundredths.of(json["points"].text)
        options = json["options"].elements.map { $0["text"].text }
        pairPrompts = json["pair_prompts"].elements.map { $0["text"].text }
        pairChoices = json["pair_choices"].elements.map { $0["text"].text }
    }
}
