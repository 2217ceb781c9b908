"""Sets up what the generated requests need: accounts, an exam, a portrait, a started attempt.

Prints shell assignments: a token for each role and the identifiers that exist.
"""

import datetime
import os
import subprocess
import sys
import tempfile

import requests

program, config, base, root = sys.argv[1:]
PASSWORD = "three words here"
BANK = """
::Порт::Какой порт у HTTPS? {=443 ~80 ~22}

::Соль::Соль пароля хранят в тайне. {FALSE}

::Эссе::Опишите модель нарушителя. {}
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


tokens = {}
for role in ["examiner", "administrator"]:
    names = ["--surname", "Иванова", "--given-name", "Анна"]
    command("accounts", "add", "--role", role, "--email", f"{role}@example.org", *names, text=PASSWORD + "\n")
    tokens[role] = login(f"{role}@example.org")

with tempfile.NamedTemporaryFile("w", suffix=".csv") as register:
    register.write("номер;фамилия;имя;отчество\n1/26;Соловьёва;Алёна;Игоревна\n")
    register.flush()
    command("contracts", "import", register.name)
form = {
    "email": "candidate@example.org", "password": PASSWORD, "surname": "Соловьёва", "given_name": "Алёна",
    "patronymic": "Игоревна", "contract_number": "1/26",
}
call("POST", "/v1/accounts", json=form)
tokens["candidate"] = candidate = login("candidate@example.org")
for text in call("GET", "/v1/consent-texts")["texts"]:
    if text["kind"] in ("personal_data", "biometric"):
        given = {"kind": text["kind"], "version": text["version"], "sha256": text["ru"]["sha256"]}
        call("POST", "/v1/me/consents", candidate, json=given)

examiner = tokens["examiner"]
plain = {"Content-Type": "text/plain"}
call("POST", "/v1/question-banks/IB/imports", examiner, data=BANK.encode(), headers=plain)
exam = {
    "title": "Экзамен", "discipline": "IB", "opens_at": instant(-1), "closes_at": instant(1),
    "liveness": False, "duration_seconds": 86400, "sections": [{"count": 3}], "shuffle_questions": False,
    "identification": ["electronic", "biometric"],
}
exam_id = call("POST", "/v1/exams", examiner, json=exam)["id"]
call("PUT", "/v1/me/portrait", candidate, **picture("obama.jpg"))
attempt_id = call("POST", f"/v1/exams/{exam_id}/attempts", candidate)["id"]
call("POST", f"/v1/attempts/{attempt_id}/frames", candidate, **picture("obama2.jpg"))
call("POST", f"/v1/attempts/{attempt_id}/start", candidate)

# What is given on paper and withdrawn there is another candidate's: the first one's portrait must stay.
with tempfile.NamedTemporaryFile("w", suffix=".csv") as register:
    register.write("номер;фамилия;имя;отчество\n2/26;Журавлёв;Пётр;\n")
    register.flush()
    command("contracts", "import", register.name)
form = {
    "email": "other@example.org", "password": PASSWORD, "surname": "Журавлёв", "given_name": "Пётр",
    "contract_number": "2/26",
}
account_id = call("POST", "/v1/accounts", json=form)["id"]
administrator_id = call("GET", "/v1/me", tokens["administrator"])["id"]
order = {
    "kind": "order", "number": "1", "date": "2026-01-15", "scopes": ["technical_support"],
    "holders": [administrator_id], "issued_by": "Ректор",
}
order_id = call("POST", "/v1/orders", tokens["administrator"], json=order)["id"]

for role, token in tokens.items():
    print(f"token_{role}={token}")
print(f"exam_id={exam_id}")
print(f"attempt_id={attempt_id}")
print(f"account_id={account_id}")
print(f"order_id={order_id}")
