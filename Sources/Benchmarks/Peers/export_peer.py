#!/usr/bin/env python3
"""The peers of `make bench-export`: the same rows as plain text, nothing sealed, proved or logged.

Usage: export_peer.py DATABASE csv|xlsx OUTPUT

csv is the sqlite3 shell's own output; xlsx is XlsxWriter with constant_memory. Prints seconds, peak memory, records, bytes.
"""
import json
import os
import resource
import sqlite3
import subprocess
import sys
import time

QUERY = """
SELECT row_number() OVER (ORDER BY i.at, i.id), strftime('%d.%m.%Y %H:%M:%S', i.at / 1000000 + 10800, 'unixepoch'),
    a.surname || ' ' || a.given_name || ' ' || coalesce(a.patronymic, ''), i.subject, i.procedure, i.moment,
    i.attempt_id, i.method, i.outcome, i.reason, i.tries, o.surname || ' ' || o.given_name, i.operator_id,
    i.authority_id, i.document_kind, NULL, json_extract(i.comparison, '$.distance'),
    json_extract(i.comparison, '$.matchAtOrBelow'), json_extract(i.comparison, '$.nonMatchAbove'),
    json_extract(i.comparison, '$.modelID'), i.evidence, i.erased_at, i.id, p.entry_index
FROM identifications AS i LEFT JOIN accounts AS a ON a.id = i.subject LEFT JOIN accounts AS o ON o.id = i.operator_id
    LEFT JOIN log_places AS p ON p.record_id = i.id
ORDER BY i.at, i.id
"""


def csv(database, output):
    with open(output, "wb") as file:
        subprocess.run(["sqlite3", "-csv", database, QUERY], stdout=file, check=True)
    with open(output, "rb") as file:
        records = sum(1 for _ in file)
    return records, resource.getrusage(resource.RUSAGE_CHILDREN)


def xlsx(database, output):
    import xlsxwriter
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    records = 0
    for records, row in enumerate(sqlite3.connect(database).execute(QUERY), 1):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(records, column, value)
    book.close()
    return records, resource.getrusage(resource.RUSAGE_SELF)


def main(database, form, output):
    start = time.monotonic()
    records, usage = {"csv": csv, "xlsx": xlsx}[form](database, output)
    print(json.dumps({
        "seconds": time.monotonic() - start, "peak_bytes": usage.ru_maxrss * 1024, "records": records,
        "bytes": os.path.getsize(output), "processor_seconds": usage.ru_utime + usage.ru_stime,
    }))


if __name__ == "__main__":
    main(*sys.argv[1:])
