"""A service with demonstration data: an exam that is open, candidates in all states, somebody in the verifiers' queue."""

import signal
import sys

from institution import CANDIDATES, ROLES, Institution, picture
from service import PASSWORD, instant

place = Institution(int(sys.argv[1]))
exam = place.exam()
coming = place.exam("Сети и протоколы", opens_at=instant(days=8), closes_at=instant(days=9))
place.call("POST", f"/v1/exams/{coming}/schedules", "examiner", json={"opens_at": instant(days=8), "closes_at": instant(days=9), "place": "дистанционно"})
running = place.candidate(0, portrait="obama.jpg")
place.started(exam, running)
impostor = place.candidate(1, portrait="obama3.jpg")
attempt = place.started(exam, impostor, frame="obama2.jpg")
place.service.call("POST", f"/v1/attempts/{attempt}/frames", impostor, **picture("biden.jpg"))
done = place.candidate(2, portrait="obama.jpg")
attempt = place.started(exam, done)
place.service.call("POST", f"/v1/attempts/{attempt}/submit", done)
waiting = place.candidate(3, consents=("personal_data",))
place.service.call("POST", "/v1/me/visual-identifications", waiting, json={"procedure": "final_attestation"})

width = max(len(role) for role in [*ROLES, "candidate"])
print(f"\nattestd serves demonstration data: {place.service.base}\n\nEverybody's password is: {PASSWORD}\n")
for role in ROLES:
    print(f"  {role:{width}}  {role}@example.org")
for name, surname, given_name, *_ in CANDIDATES[:4]:
    print(f"  {'candidate':{width}}  {name}@example.org  ({surname} {given_name})")
print(f"  {'':{width}}  register yourself: {CANDIDATES[4][1]} {CANDIDATES[4][2]}, contract {CANDIDATES[4][4]}\n")
print(f"Examiner: {place.service.base}/staff/wall/{exam}\nVerifier: {place.service.base}/staff/queue\n\nCtrl-C ends it; nothing is kept.", flush=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
try:
    signal.pause()
except (KeyboardInterrupt, SystemExit):
    pass
finally:
    place.stop()
