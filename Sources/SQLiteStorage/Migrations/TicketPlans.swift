extension Migrations {
    /// Plans of tickets, the places of tickets in their sets, which exam showed which question, and whose secrets were
    /// opened.
    ///
    /// Exams published before have no plan; what they showed is taken from their tickets.
    static let ticketPlans = """
        ALTER TABLE exams ADD COLUMN discipline TEXT NOT NULL DEFAULT '';
        ALTER TABLE exams ADD COLUMN closes_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE exams ADD COLUMN secret_opened_at INTEGER;
        UPDATE exams SET discipline = json_extract(document, '$.discipline'),
            closes_at = unixepoch(json_extract(document, '$.closes_at')) * 1000000;
        CREATE INDEX exams_by_discipline ON exams (discipline, closes_at);
        CREATE INDEX exams_unopened ON exams (closes_at) WHERE secret_opened_at IS NULL;

        CREATE TABLE ticket_plans (
            exam_id TEXT PRIMARY KEY REFERENCES exams (id),
            document BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER ticket_plans_unchanged BEFORE UPDATE ON ticket_plans
            BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;

        CREATE TABLE ticket_places (
            exam_id TEXT NOT NULL REFERENCES exams (id),
            ticket_set INTEGER NOT NULL,
            place INTEGER NOT NULL,
            attempt_id TEXT NOT NULL UNIQUE REFERENCES attempts (id),
            PRIMARY KEY (exam_id, ticket_set, place)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE question_uses (
            exam_id TEXT NOT NULL REFERENCES exams (id),
            question_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (exam_id, question_id)
        ) STRICT, WITHOUT ROWID;
        INSERT OR IGNORE INTO question_uses (exam_id, question_id, at)
            SELECT attempts.exam_id, lower(json_extract(item.value, '$.question_id')), attempt_records.at
            FROM attempt_records JOIN attempts ON attempts.id = attempt_records.attempt_id,
                json_each(attempt_records.document, '$.ticket.items') AS item;
        INSERT OR IGNORE INTO question_uses (exam_id, question_id, at)
            SELECT attempts.exam_id, lower(json_extract(item.value, '$.question_id')),
                unixepoch(json_extract(attempts.document, '$.started_at')) * 1000000
            FROM attempts, json_each(attempts.document, '$.ticket.items') AS item
            WHERE json_extract(attempts.document, '$.started_at') IS NOT NULL;
        """
}
