/// An extract of one grade as the service wrote it on 2026-11-21, with the public key of the log that signed it. Whatever
/// becomes of the program, extracts that people hold must verify.
package enum SampleExtract {
    /// The log's public key.
    package static let key = "attestd.test/identifications+004079ee+AXqxwgFPGlIOLNZXt7DR2mwNDzly6QhnQ1iQU2ke5P2g"

    /// The file.
    package static let file = #"""
        {
         "checkpoint": "attestd.test/identifications\n19\nh6+MeBlviaglCkp/lVrqPGjH5ZYAbNMKiTwSjiwkpXg=\n\n— attestd.test/identifications AEB57jRIr/j6s/in9OrWCEoK54ZIpm7rIzb/pJuT9jyxhyQ5HZKKEAb8vrxDZduZZFAXENFicJDy4S/xlCfjTqMwxgQ=\n",
         "format": "attestd-grade-extract-1",
         "grades": [
          {
           "entry": "{\"at\":\"2026-03-02T09:00:00.000Z\",\"facts\":{\"action\":\"closed\",\"decided_by\":\"019cadc6-9a80-7553-8166-c2332003aef6\",\"exam\":\"019cadc6-9a80-7553-8166-c233b1396227\",\"group\":\"019cadc6-9a80-7553-8166-c23ceea9f621\",\"number\":1,\"record\":\"019cadc6-9a80-7553-8166-c24dc8b51441\",\"rows\":[\"1f1461491fe9b6b749add943a1682d4a24d27995dd9fe5e90e6f4724b82f1c08\",\"71480afe80c745bcfa9df1ec72478ea3390022f0d02cf99f4bdaaec187c27a41\"],\"version\":1},\"kind\":\"grade_sheet\",\"v\":1}",
           "index": 18,
           "proof": [
            "5a598172e14cdcaf17adec3c9c9a5b45c4f7512949292aef75e018a3adfb9cea",
            "886244e4217dc67f2b8dc71296455131d2c5ff3a19d64deaf75f83da790cdd92"
           ],
           "statement": "{\"academic_year\":\"2025/2026\",\"control\":\"exam\",\"credit_units\":\"3.00\",\"discipline\":\"Основы информационной безопасности\",\"exam_day\":\"2026-03-02\",\"examiner\":\"Служебный Семён\",\"group\":\"ИБ-21\",\"hours\":108,\"mark\":\"excellent\",\"name\":\"Соловьёва Алёна Игоревич\",\"record_book\":\"21-100\",\"salt\":\"afe9e8298137e4c8ee70cc78ec016acf\",\"semester\":6,\"sheet\":\"019cadc6-9a80-7553-8166-c24dc8b51441\",\"sheet_number\":1,\"version\":1}"
          }
         ]
        }
        """#
}
