"""The naive draw: random.sample of each topic, mixed items and options, the record as sorted JSON, its SHA-256.

Without seeds of its own for each ticket, without keeping groups apart or exposure even; prints one line of JSON.
"""

import hashlib
import json
import platform
import random
import sys
import time
import uuid

bank_size, tickets = int(sys.argv[1]), int(sys.argv[2])
topics = [[] for _ in range(10)]
for number in range(bank_size):
    topics[number % 10].append(str(uuid.uuid4()))
start = time.process_time()
for _ in range(tickets):
    drawn = [(section, question) for section, topic in enumerate(topics) for question in random.sample(topic, 3)]
    random.shuffle(drawn)
    items = [
        {
            "number": number + 1, "section": section + 1, "question_id": question, "question_version": 1,
            "type": "single_choice", "points": "1.00", "option_order": random.sample(range(4), 4), "match_order": [],
        }
        for number, (section, question) in enumerate(drawn)
    ]
    record = json.dumps({"algorithm_version": 0, "items": items}, sort_keys=True, separators=(",", ":")).encode()
    hashlib.sha256(record).hexdigest()
print(json.dumps({"seconds": time.process_time() - start, "version": platform.python_version()}))
