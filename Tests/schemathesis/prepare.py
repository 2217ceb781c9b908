"""Sets up what the generated requests need: accounts of every role, an exam, portraits, a started attempt, consents,
orders, demands, the same face under two accounts, and visual identifications in every state.

Writes one JSON file: a token for each role, and the identifiers that exist, for everybody and for single roles.
"""

import datetime
import json
import os
import subprocess
import sys
import tempfile
import time

import requests

program, config, base, root, result = sys.argv[1:]
PASSWORD = "three words here"
BANK = """
::Порт::Какой порт у HTTPS? {=443 ~80 ~22}

::Соль::Соль пароля хранят в тайне. {FALSE}

::Эссе::Опишите модель нарушителя. {}

// [tag:pool=practice]
::Тренинг::Пароль записывают на мониторе. {FALSE}
"""


def command(*words, text=""):
    subprocess.run([program, *words, "--config", config], input=text.encode(), check=True, stdout=sys.stderr)


def call(method, path, token=None, expect=(200, 201), **more):
    headers = more.pop("headers", {})
    if token:
        headers["Authorization"] = f"Bearer {token}"
    answer = requests.request(method, base + path, headers=headers, timeout=30, **more)
    if answer.status_code not in expect:
        sys.exit(f"{method} {path}: {answer.status_code} {answer.text}")
    return answer.json()


def login(email):
    form = {"email": email, "password": PASSWORD, "deliver": "token"}
    return call("POST", "/v1/login", json=form)["token"]


def picture(name):
    with open(os.path.join(root, "SampleImages/photographs", name), "rb") as file:
        return {"data": file.read(), "headers": {"Content-Type": "image/jpeg"}}


def instant(days):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)).isoformat()


def day(days):
    return instant(days)[:10]


def import_contracts(rows):
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as register:
        register.write("номер;фамилия;имя;отчество\n" + "".join(row + "\n" for row in rows))
        register.flush()
        command("contracts", "import", register.name)


def register(name, surname, given_name, contract):
    form = {
        "email": f"{name}@example.org", "password": PASSWORD, "surname": surname, "given_name": given_name,
        "contract_number": contract,
    }
    return call("POST", "/v1/accounts", json=form)["id"]


def consent(token, kind, **more):
    text = next(text for text in call("GET", "/v1/consent-texts")["texts"] if text["kind"] == kind)
    given = {"kind": kind, "version": text["version"], "sha256": text["ru"]["sha256"], **more}
    call("POST", "/v1/me/consents", token, json=given)


tokens = {}
for role in [
    "examiner", "administrator", "verifier", "partner", "reviewer", "compliance_officer", "technical_responsible",
]:
    names = ["--surname", "Иванова", "--given-name", "Анна"]
    command("accounts", "add", "--role", role, "--email", f"{role}@example.org", *names, text=PASSWORD + "\n")
    tokens[role] = login(f"{role}@example.org")
ids = {role: call("GET", "/v1/me", token)["id"] for role, token in tokens.items()}
examiner, officer, administrator = tokens["examiner"], tokens["compliance_officer"], tokens["administrator"]

import_contracts([
    "1/26;Соловьёва;Алёна;", "2/26;Журавлёв;Пётр;", "3/26;Галкина;Ольга;", "4/26;Снегирёв;Олег;", "5/26;Дроздова;Вера;",
])
register("candidate", "Соловьёва", "Алёна", "1/26")
tokens["candidate"] = candidate = login("candidate@example.org")
for kind in ("personal_data", "biometric"):
    consent(candidate, kind)

plain = {"Content-Type": "text/plain"}
call("POST", "/v1/question-banks/IB/imports", examiner, data=BANK.encode(), headers=plain)
question_id = call("GET", "/v1/question-banks/IB/questions", examiner)["questions"][0]["id"]
exam = {
    "title": "Экзамен", "discipline": "IB", "opens_at": instant(-1), "closes_at": instant(1),
    "liveness": False, "duration_seconds": 86400, "sections": [{"count": 3}], "shuffle_questions": False,
    "identification": ["electronic", "biometric"],
}
exam_id = call("POST", "/v1/exams", examiner, json=exam)["id"]
call("PUT", "/v1/me/portrait", candidate, **picture("obama.jpg"))
attempt_id = call("POST", f"/v1/exams/{exam_id}/attempts", candidate)["id"]
challenge_id = call("POST", f"/v1/attempts/{attempt_id}/liveness", candidate)["id"]
call("POST", f"/v1/attempts/{attempt_id}/frames", candidate, **picture("obama2.jpg"))
call("POST", f"/v1/attempts/{attempt_id}/start", candidate)
items = call("GET", f"/v1/attempts/{attempt_id}/ticket", candidate)["items"]
essay = next(item["number"] for item in items if item["type"] == "essay")
file_id = call("POST", f"/v1/attempts/{attempt_id}/answers/{essay}/files", candidate, **picture("obama.jpg"))["id"]
practice_id = call("POST", "/v1/disciplines/IB/practice-tests", candidate)["id"]
workplace = {"subject": "workplace", "message": "Покажите стол.", "seconds": 3600}
demand_id = call("POST", f"/v1/attempts/{attempt_id}/demands", examiner, json=workplace)["id"]

# What is given on paper and withdrawn there is another candidate's: the first one's portrait must stay.
account_id = register("other", "Журавлёв", "Пётр", "2/26")
order = {
    "kind": "order", "number": "1", "date": day(-100), "scopes": ["technical_support"],
    "holders": [ids["administrator"]], "issued_by": "Ректор",
}
order_id = call("POST", "/v1/orders", administrator, json=order)["id"]
contract_id = call("GET", "/v1/contracts?search=5%2F26", officer)["contracts"][0]["id"]
token_form = {"name": "Moodle", "scopes": ["read_exams"], "expires_at": instant(30)}
token_id = call("POST", "/v1/api-tokens", administrator, json=token_form)["id"]

# The verifiers may act, and each has a case in hand; another one waits, and one is decided.
for role, organisation in [("verifier", None), ("partner", "Колледж связи")]:
    power = {
        "kind": "power_of_attorney", "number": f"{role}/Д", "date": day(-30), "valid_until": day(30),
        "scopes": ["identification"], "holders": [ids[role]], "issued_by": "Ректор",
    }
    if organisation:
        power["partner_organisation"] = organisation
    call("POST", "/v1/orders", administrator, json=power)
PASSPORT = {
    "kind": "russian_passport", "series": "4515", "number": "123456", "issue_date": "2015-06-10",
    "birth_date": "1995-05-20",
}


def join_queue(token):
    return call("POST", "/v1/me/visual-identifications", token, json={"procedure": "final_attestation"})["id"]


def take(case, token, **document):
    path = f"/v1/visual-identifications/{case}"
    call("POST", f"{path}/taking", token)
    return call("PUT", f"{path}/document", token, json={**PASSPORT, **document})


own_case = join_queue(candidate)
call("PUT", f"/v1/me/visual-identifications/{own_case}/pictures/live", candidate, **picture("obama2.jpg"))
cases = {}
for holder, name, surname, given_name, contract in [
    ("verifier", "third", "Галкина", "Ольга", "3/26"), ("partner", "fourth", "Снегирёв", "Олег", "4/26"),
]:
    register(name, surname, given_name, contract)
    token = login(f"{name}@example.org")
    consent(token, "personal_data")
    if holder == "partner":
        consent(token, "partner_transfer", partners=["Колледж связи"])
    cases[holder] = join_queue(token)
    call("PUT", f"/v1/me/visual-identifications/{cases[holder]}/pictures/document", token, **picture("obama3.jpg"))
    details = take(cases[holder], tokens[holder], surname=surname, given_name=given_name)
    if holder == "verifier":
        ticked = [line["check"] for line in details["checklist"]]
        decision = {"reason": "document_matches", "route": "video_link", "checklist": ticked}
        call("POST", f"/v1/visual-identifications/{cases[holder]}/decision", tokens[holder], json=decision)
        cases[holder] = join_queue(token)
        take(cases[holder], tokens[holder], surname=surname, given_name=given_name)

# The same face under another account, which the daemon finds by itself.
consent(token, "biometric")
call("PUT", "/v1/me/portrait", token, **picture("obama3.jpg"))
for _ in range(300):
    found = call("GET", "/v1/face-duplicates", tokens["reviewer"])["duplicates"]
    if found:
        break
    time.sleep(0.1)
else:
    sys.exit("the same face under two accounts was not found")
identification_id = call("GET", "/v1/identifications?method=visual", officer)["identifications"][0]["id"]

existing = {
    "exam_id": exam_id, "attempt_id": attempt_id, "account_id": account_id, "order_id": order_id,
    "demand_id": demand_id, "contract_id": contract_id, "token_id": token_id, "challenge_id": challenge_id,
    "duplicate_id": found[0]["id"], "identification_id": identification_id, "case_id": own_case,
    "question_id": question_id, "file_id": file_id,
    "practice_id": practice_id,
}
names = {"discipline": "IB", "kind": "distance_technology", "procedure": "other", "picture": "live", "format": "gift"}
with open(result, "w") as file:
    of_roles = {role: {"case_id": case} for role, case in cases.items()}
    json.dump({"tokens": tokens, "existing": existing, "names": names, "of_roles": of_roles}, file)
