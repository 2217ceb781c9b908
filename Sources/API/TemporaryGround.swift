extension Schema { static let day = Schema.string(StringRule(length: 10...10)) }
