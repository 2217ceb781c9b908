import TestSupport

/// A small question bank whose right answers are known here.
enum TestBank {
    /// All questions, the essay too.
    static let count = 7
    /// Those that the service grades by itself.
    static let closedCount = 6
    static let closedTypes: JSON = ["single_choice", "true_false", "numeric", "short_text", "matching"]

    static let gift = """
        $CATEGORY: $course$/top/Сети

        // [tag:difficulty=1]
        ::Порт::Какой порт у HTTPS? {
            =четыреста сорок три #Подсказка, которую видеть нельзя
            ~восемьдесят
            ~двадцать два
        }

        // [tag:difficulty=1]
        ::Шифр::Что из этого — симметричный шифр? {=Кузнечик ~Стрибог ~RSA}

        // [tag:difficulty=2]
        ::Соль::Соль пароля хранят в тайне. {FALSE}

        // [tag:difficulty=2]
        ::Биты::Сколько бит даёт SHA-256? {#256}

        // [tag:difficulty=2]
        ::Фишинг::Поддельные письма называются {=фишинг}

        // [tag:difficulty=3]
        ::Пары::Установите соответствие. {=DNS -> имена =SSH -> управление =NTP -> время}

        // [tag:difficulty=5]
        ::Эссе::Опишите модель нарушителя. {}
        """

    /// Words that must not reach a candidate before the end: titles, feedback and the key.
    static let hidden = ["Подсказка", "Фишинг", "фишинг", "256\"", "weight", "fraction", "correct", "feedback"]

    /// The right answer to an item of a ticket.
    static func rightAnswer(to item: JSON) -> JSON {
        let texts = item["options"].array.map { $0["text"].string ?? "" }
        switch item["type"].string {
        case "single_choice":
            let place = texts.firstIndex { ["четыреста сорок три", "Кузнечик"].contains($0) } ?? 0
            return ["type": "choice", "index": .number(Double(place))]
        case "true_false": return ["type": "truth", "value": false]
        case "numeric": return ["type": "number", "value": "256"]
        case "short_text": return ["type": "text", "text": "Фишинг"]
        case "matching":
            let pairs = ["DNS": "имена", "SSH": "управление", "NTP": "время"]
            let places = item["pair_prompts"].array.map { prompt -> JSON in
                let wanted = pairs[prompt["text"].string ?? ""]
                let place = item["pair_choices"].array.firstIndex { $0["text"].string == wanted }
                return place.map { .number(Double($0)) } ?? .null
            }
            return ["type": "matches", "indexes": .array(places)]
        default: return ["type": "essay", "text": "Нарушитель бывает внутренним и внешним."]
        }
    }

    /// An answer that fits an item and is wrong.
    static func wrongAnswer(to item: JSON) -> JSON {
        let right = rightAnswer(to: item)
        switch item["type"].string {
        case "single_choice": return ["type": "choice", "index": right["index"].int == 0 ? 1 : 0]
        case "true_false": return ["type": "truth", "value": true]
        case "numeric": return ["type": "number", "value": "128"]
        case "short_text": return ["type": "text", "text": "спам"]
        case "matching": return ["type": "matches", "indexes": .array(item["pair_prompts"].array.map { _ in .null })]
        default: return right
        }
    }
}
