"""Lets most of the generated requests reach things that exist, and keeps the service's throttles out of the way."""

import os
import uuid

import schemathesis

EXISTING = {
    "exam_id": os.environ.get("EXAM_ID"),
    "attempt_id": os.environ.get("ATTEMPT_ID"),
    "discipline": "IB",
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
        if name == "discipline":
            path_parameters[name] = existing
        elif is_identifier(value) and str(value)[0].lower() not in "048c":
            path_parameters[name] = existing
    return path_parameters
