#!/usr/bin/env python3
"""Checks an evidence bundle of an identification log, independently of the service that made it.

Usage: verify_bundle.py BUNDLE.zip "KEY"

KEY is the institution's public key as it publishes it: name+id+base64. Needs Python 3.9 and PyNaCl (Ed25519,
XChaCha20-Poly1305). The format is described in the bundle's README. Exit codes: 0 sound, 1 not sound, 2 wrong usage.
"""
import base64
import hashlib
import hmac
import json
import sys
import zipfile

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey


class Fault(Exception):
    """Something in the bundle that is not as it should be."""


def sha256(data):
    return hashlib.sha256(data).digest()


def code(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def read_key(text):
    """C2SP signed-note: name+hash+base64(algorithm || key)."""
    name, key_id, encoded = text.split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    if len(raw) != 33 or raw[0] != 1:
        raise ValueError("not an Ed25519 verifier key")
    if sha256(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        raise ValueError("the id does not belong to the key")
    return name, bytes.fromhex(key_id), VerifyKey(raw[1:])


def signed_text(note, key):
    """The text of a signed note, once a signature of the key is found right."""
    name, key_id, verify_key = key
    text, blank, signatures = note.decode().rpartition("\n\n")
    if not blank:
        raise Fault("no signed note")
    text += "\n"
    for line in signatures.splitlines():
        mark, signer, encoded = line.split(" ", 2)
        raw = base64.b64decode(encoded, validate=True)
        if mark == "\u2014" and signer == name and raw[:4] == key_id:
            try:
                verify_key.verify(text.encode(), raw[4:])
            except BadSignatureError:
                raise Fault("a forged signature") from None
            return text
    raise Fault("not signed by this key")


def root_of(leaf, index, size, proof):
    """RFC 9162, 2.1.3.2."""
    if index >= size:
        raise Fault(f"record {index} lies beyond the log")
    node, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Fault(f"record {index}: the proof is too long")
        if node & 1 or node == last:
            result = sha256(b"\x01" + sibling + result)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            result = sha256(b"\x01" + result + sibling)
        node >>= 1
        last >>= 1
    if last:
        raise Fault(f"record {index}: the proof is too short")
    return result


def commitments(body):
    """The digests that a record names."""
    found = {body.get("payload_sha256")}
    for name, value in body["facts"].items():
        if name.endswith("_sha256") or body["kind"] == "grade_sheet" and name == "rows":
            found.update(value if isinstance(value, list) else [value])
    return found


def logged_digest(plaintext, opened):
    """The file's own digest, or that of the sealed box that holds it: version, nonce, commitment, ciphertext."""
    if "key" not in opened:
        return sha256(plaintext).hex()
    key, nonce, bound_to = (base64.b64decode(opened[name], validate=True) for name in ("key", "nonce", "bound_to"))
    header = bytes([2, 0]) + bound_to
    commitment = code(key, b"attestd sealed box commitment" + nonce + header)
    ciphertext = crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, header, nonce, key)
    return hashlib.sha256(bytes([2]) + nonce + commitment + ciphertext).hexdigest()


def verify(path, key_text):
    key = read_key(key_text)
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        if len(set(names)) != len(names):
            raise Fault("a file stands twice")
        listing = bundle.read("SHA256SUMS")
        lines = signed_text(bundle.read("bundle"), key).splitlines()
        titles = ("attestd evidence bundle 1", "attestd evidence bundle 2")
        if lines[0] != key[0] or lines[1] not in titles or lines[3] != sha256(listing).hex():
            raise Fault("the signed note is over another list")
        sums = dict(reversed(line.split("  ", 1)) for line in listing.decode().splitlines())
        if set(sums) != set(names) - {"SHA256SUMS", "bundle"}:
            raise Fault("the list names other files than there are")
        for name, digest in sums.items():
            if sha256(bundle.read(name)).hex() != digest:
                raise Fault(f"{name} is not the file that was listed")
        origin, size, root = signed_text(bundle.read("checkpoint"), key).splitlines()[:3]
        if origin != key[0]:
            raise Fault("the checkpoint is of another log")
        last, records, opened_files = -1, 0, set()
        for name in sorted(name for name in names if name.startswith("records/")):
            for line in bundle.read(name).splitlines():
                record = json.loads(line)
                index, body = record["index"], record["body"].encode()
                if index <= last:
                    raise Fault(f"record {index} is out of order")
                last = index
                proof = [base64.b64decode(node, validate=True) for node in record["proof"]]
                if root_of(sha256(b"\x00" + body), index, int(size), proof) != base64.b64decode(root, validate=True):
                    raise Fault(f"record {index} is not in the log")
                committed = commitments(json.loads(body))
                for opened in record["opened"]:
                    if opened["sha256"] not in committed or opened["file"] in opened_files:
                        raise Fault(f"record {index} does not name {opened['file']}")
                    if logged_digest(bundle.read(opened["file"]), opened) != opened["sha256"]:
                        raise Fault(f"{opened['file']} is not what was logged")
                    opened_files.add(opened["file"])
                records += 1
        strangers = {name for name in names if name.startswith("opened/")} - opened_files
        if strangers:
            raise Fault(f"no record tells of {sorted(strangers)[0]}")
    return records, len(opened_files), int(size), origin, lines[2]


def main(words):
    if len(words) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        records, opened, size, origin, made = verify(*words)
    except Fault as fault:
        print(f"not sound: {fault}")
        return 1
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, zipfile.BadZipFile, OSError) as error:
        print(f"not sound: the bundle is damaged ({type(error).__name__}: {error})")
        return 1
    print(f"sound: {records} records of a log of {size}, {opened} files opened, log {origin}, made {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
