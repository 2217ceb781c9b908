"""Lets most of the generated requests reach things that exist, and keeps the service's throttles out of the way."""

import os
import uuid

import schemathesis

EXISTING = {
    "exam_id": os.environ.get("EXAM_ID"),
    "attempt_id": os.environ.get("ATTEMPT_ID"),
    "account_id": os.environ.get("ACCOUNT_ID"),
    "order_id": os.environ.get("ORDER_ID"),
    "discipline": "IB",
    "kind": "distance_technology",
}


def is_identifier(value):
    try:
        return str(uuid.UUID(str(value))) == str(value).lower()
    except ValueError:
        return False


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    # What is malformed on purpose stays so; of the well-formed identifiers only every fourth names nothing.
    for name, existing in EXISTING.items():
        value = (path_parameters or {}).get(name)
        if value is None or existing is None:
            continue
        if name in ("discipline", "kind"):
            path_parameters[name] = existing
        elif is_identifier(value) and str(value)[0].lower() not in "048c":
            path_parameters[name] = existing
    return path_parameters
