"""A small college: staff of every role, candidates with contracts, a bank of questions of all kinds, exams."""

import tempfile

from service import PASSWORD, Service, day, instant, picture

ROLES = ["examiner", "administrator", "verifier", "partner", "reviewer", "compliance_officer", "technical_responsible"]
NAMES = {
    "examiner": ("Кузнецова", "Ирина"), "administrator": ("Орлов", "Сергей"), "verifier": ("Белова", "Марина"), "partner": ("Зайцев", "Илья"),
    "reviewer": ("Фёдоров", "Павел"), "compliance_officer": ("Тихонова", "Вера"), "technical_responsible": ("Громов", "Олег"),
}
CANDIDATES = [
    ("soloveva", "Соловьёва", "Алёна", "Игоревна", "1/26"), ("zhuravlev", "Журавлёв", "Пётр", "Ильич", "2/26"),
    ("galkina", "Галкина", "Ольга", "", "3/26"), ("snegirev", "Снегирёв", "Олег", "Олегович", "4/26"), ("drozdova", "Дроздова", "Вера", "", "5/26"),
]
BANK = r"""
$CATEGORY: $course$/top/Сети

// [tag:difficulty=1]
::Порт::Какой порт у HTTPS? {=443 ~80 ~22}

// [tag:difficulty=2]
::Пары::Установите соответствие. {=DNS -> имена =SSH -> управление =NTP -> время}

$CATEGORY: $course$/top/Криптография

// [tag:difficulty=1]
::Соль::Соль пароля хранят в тайне. {FALSE}

// [tag:difficulty=2]
::Биты::Сколько бит даёт SHA-256, если $$2^8 \= 256$$? {#256}

// [tag:difficulty=2]
::Фишинг::Поддельные письма называются {=фишинг}

// [tag:difficulty=2]
::Шифры::Что из этого — шифры? {~%50%Кузнечик ~%50%Магма ~%-100%Стрибог}

// [tag:difficulty=3]
::Эссе::Опишите модель нарушителя. {}

// [tag:pool=practice]
::Тренинг::Пароль записывают на мониторе. {FALSE}

// [tag:pool=practice]
::Тренинг два::Какой порт у SSH? {=22 ~21 ~25}
"""


class Institution:
    def __init__(self, port=0, more=None):
        self.service = service = Service(port, more)
        for role in ROLES:
            surname, given_name = NAMES[role]
            service.command("accounts", "add", "--role", role, "--email", f"{role}@example.org", "--surname", surname, "--given-name", given_name, text=PASSWORD + "\n")
        self.tokens = {role: service.login(f"{role}@example.org") for role in ROLES}
        self.ids = {role: service.call("GET", "/v1/me", token)["id"] for role, token in self.tokens.items()}
        rows = "номер;фамилия;имя;отчество\n" + "".join(f"{c[4]};{c[1]};{c[2]};{c[3]}\n" for c in CANDIDATES)
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as register:
            register.write(rows)
            register.flush()
            service.command("contracts", "import", register.name)
        self.call("POST", "/v1/question-banks/IB/imports", "examiner", data=BANK.encode(), headers={"Content-Type": "text/plain"})
        for role, organisation in [("verifier", None), ("partner", "Колледж связи")]:
            power = {"kind": "power_of_attorney", "number": f"{role}/Д", "date": day(-30), "valid_until": day(300), "scopes": ["identification"], "holders": [self.ids[role]], "issued_by": "Ректор"}
            if organisation:
                power["partner_organisation"] = organisation
            self.call("POST", "/v1/orders", "administrator", json=power)

    def call(self, method, path, role, **more):
        return self.service.call(method, path, self.tokens.get(role, role), **more)

    def exam(self, title="Основы информационной безопасности", **changes):
        exam = {
            "title": title, "discipline": "IB", "opens_at": instant(hours=-1), "closes_at": instant(hours=8), "liveness": False, "duration_seconds": 3600, "sections": [{"count": 7}],
            "shuffle_questions": False, "identification": ["electronic", "biometric"], "procedure": "intermediate_attestation",
        }
        exam.update(changes)
        # A policy of its own says everything about identification.
        exam = {name: value for name, value in exam.items() if value is not None}
        made = self.call("POST", "/v1/exams", "examiner", json=exam)
        return made["id"]

    def candidate(self, place, consents=("personal_data", "biometric"), portrait=None):
        """Registers a candidate and answers their token."""
        name, surname, given_name, patronymic, contract = CANDIDATES[place]
        form = {"email": f"{name}@example.org", "password": PASSWORD, "surname": surname, "given_name": given_name, "contract_number": contract}
        if patronymic:
            form["patronymic"] = patronymic
        self.service.call("POST", "/v1/accounts", json=form)
        token = self.service.login(f"{name}@example.org")
        texts = self.service.call("GET", "/v1/consent-texts")["texts"]
        for kind in consents:
            text = next(text for text in texts if text["kind"] == kind)
            self.service.call("POST", "/v1/me/consents", token, json={"kind": kind, "version": text["version"], "sha256": text["ru"]["sha256"]})
        if portrait:
            self.service.call("PUT", "/v1/me/portrait", token, **picture(portrait))
        return token

    def started(self, exam, token, frame="obama2.jpg"):
        """An attempt that is under way."""
        attempt = self.service.call("POST", f"/v1/exams/{exam}/attempts", token)["id"]
        self.service.call("POST", f"/v1/attempts/{attempt}/frames", token, **picture(frame))
        self.service.call("POST", f"/v1/attempts/{attempt}/start", token)
        return attempt

    def stop(self):
        self.service.stop()
