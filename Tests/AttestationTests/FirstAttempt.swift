import Foundation

/// Attempts as the program kept them before there were records; written by that program.
enum FirstAttempt {
    static let submitted = Data(
        #"""
        {"candidate_id":"00000000-0000-4000-8000-000000000003",\#
        "exam_id":"00000000-0000-4000-8000-000000000002","history":[{"actor":"system",\#
        "at":"2027-01-15T08:00:10.000Z","from":"created","to":"ready_to_start"},{"actor":"system",\#
        "at":"2027-01-15T08:00:20.000Z","from":"ready_to_start",\#
        "reason":"the identification no longer suffices","to":"created"},{"actor":"system",\#
        "at":"2027-01-15T08:00:30.000Z","from":"created","to":"ready_to_start"},{"actor":"candidate",\#
        "at":"2027-01-15T08:01:00.000Z","author":"00000000-0000-4000-8000-0000000000FF",\#
        "from":"ready_to_start","to":"started"},{"actor":"candidate","at":"2027-01-15T08:30:00.000Z",\#
        "author":"00000000-0000-4000-8000-0000000000FF","from":"started","to":"submitted"}],\#
        "id":"00000000-0000-4000-8000-000000000001","ledger":{"entries":[{"at":"2027-01-15T08:00:00.000Z",\#
        "author":"system","kind":"base","reason":"","seconds":3600},{"at":"2027-01-15T08:10:00.000Z",\#
        "author":"00000000-0000-4000-8000-0000000000FF","kind":"pause","reason":"пауза","seconds":120}]},\#
        "result":{"awarded":"0.00","grade":"failed","items":[{"awarded":"0.00","is_answered":false,\#
        "maximum":"1.00","needs_person":false,"number":1},{"awarded":"0.00","is_answered":false,\#
        "maximum":"1.00","needs_person":false,"number":2}],"maximum":"2.00","percent_hundredths":0},\#
        "seed":"0000000000000000000000000000000000000000000000000000000000000001",\#
        "started_at":"2027-01-15T08:01:00.000Z","state":"submitted",\#
        "submitted_at":"2027-01-15T08:30:00.000Z","ticket":{"algorithm_version":1,\#
        "bank_digest":"902f697cd1a762d3b06077c3e0cb8e891b9315d8c0064af89a805326b2e1fbcf",\#
        "items":[{"match_order":[],"number":1,"option_order":[],"points":"1.00",\#
        "question_id":"00000000-0000-4000-8000-000000000001","question_version":1,"section":1,\#
        "type":"true_false"},{"match_order":[],"number":2,"option_order":[],"points":"1.00",\#
        "question_id":"00000000-0000-4000-8000-000000000002","question_version":1,"section":1,\#
        "type":"true_false"}],"seed":"0000000000000000000000000000000000000000000000000000000000000001"}}
        """#.utf8
    )
}
