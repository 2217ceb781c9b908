#!/usr/bin/env python3
"""Checks an evidence bundle of an identification log, independently of the service that made it.

Usage: verify_bundle.py BUNDLE.zip "KEY" [--key-notes FILE] [--witness "KEY"]... [--witness-threshold N]

KEY is the institution's public key as it publishes it: name+id+base64. Where the log's key was changed, notes in the
bundle, or in FILE as the institution publishes them (GET /v1/log/keys), lead from KEY to the bundle's. With witnesses of the log so many of them (all
by default) must have cosigned the checkpoint (C2SP tlog-cosignature). Needs Python 3.9 and PyNaCl (Ed25519,
XChaCha20-Poly1305). The format is described in the bundle's README. Exit codes: 0 sound, 1 not sound, 2 wrong usage.
"""
import argparse
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


def read_key(text, algorithm=1):
    """C2SP signed-note: name+hash+base64(algorithm || key); 1 signs notes, 4 cosigns checkpoints."""
    name, key_id, encoded = text.split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    if len(raw) != 33 or raw[0] != algorithm:
        raise ValueError("not an Ed25519 verifier key")
    if sha256(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        raise ValueError("the id does not belong to the key")
    return name, bytes.fromhex(key_id), VerifyKey(raw[1:])


def key_chain(trusted, *files):
    """All keys that notes, each signed by the old and the new one, lead to from a trusted one."""
    chain, notes = {trusted}, [note for file in files for note in json.loads(file)["notes"]]
    for _ in notes:
        for note in notes:
            lines = note.split("\n")
            if len(lines) < 5 or lines[1] != "attestd log key rotation 1" or not chain & set(lines[2:4]):
                continue
            try:
                for text in lines[2:4]:
                    signed_text(note.encode(), [read_key(text)])
            except (Fault, ValueError):
                continue
            if lines[0] == trusted.split("+")[0]:
                chain |= set(lines[2:4])
    return [read_key(text) for text in chain]


def signed_text(note, keys):
    """The text of a signed note, once a signature of one of the keys is found right."""
    for key in keys[1:]:
        try:
            return signed_text(note, [key])
        except Fault as fault:
            if "forged" in str(fault):
                raise
    name, key_id, verify_key = keys[0]
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


def is_cosigned(note, witness):
    """C2SP tlog-cosignature: the time in eight bytes, and a signature over it and the checkpoint."""
    name, key_id, verify_key = witness
    text, _, signatures = note.decode().rpartition("\n\n")
    for line in signatures.splitlines():
        _, signer, encoded = line.split(" ", 2)
        raw = base64.b64decode(encoded, validate=True)
        if signer == name and raw[:4] == key_id and len(raw) == 76:
            message = f"cosignature/v1\ntime {int.from_bytes(raw[4:12], 'big')}\n{text}\n"
            try:
                verify_key.verify(message.encode(), raw[12:])
                return True
            except BadSignatureError:
                return False
    return False


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


def verify(path, key_text, notes_file, witness_texts, threshold):
    key = read_key(key_text)
    witnesses = [read_key(text, algorithm=4) for text in dict.fromkeys(witness_texts)]
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        if len(set(names)) != len(names):
            raise Fault("a file stands twice")
        files = [bundle.read("key-notes.json")] if "key-notes.json" in names else []
        if notes_file:
            with open(notes_file, "rb") as file:
                files.append(file.read())
        keys = key_chain(key_text, *files)
        listing = bundle.read("SHA256SUMS")
        lines = signed_text(bundle.read("bundle"), keys).splitlines()
        titles = ("attestd evidence bundle 1", "attestd evidence bundle 2")
        if lines[0] != key[0] or lines[1] not in titles or lines[3] != sha256(listing).hex():
            raise Fault("the signed note is over another list")
        sums = dict(reversed(line.split("  ", 1)) for line in listing.decode().splitlines())
        if set(sums) != set(names) - {"SHA256SUMS", "bundle"}:
            raise Fault("the list names other files than there are")
        for name, digest in sums.items():
            if sha256(bundle.read(name)).hex() != digest:
                raise Fault(f"{name} is not the file that was listed")
        checkpoint = bundle.read("checkpoint")
        origin, size, root = signed_text(checkpoint, keys).splitlines()[:3]
        cosigned = {name for name, *rest in witnesses if is_cosigned(checkpoint, (name, *rest))}
        if len(cosigned) < (len(witnesses) if threshold is None else threshold):
            raise Fault(f"only {len(cosigned)} of the witnesses have cosigned the checkpoint")
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
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("bundle")
    parser.add_argument("key")
    parser.add_argument("--key-notes")
    parser.add_argument("--witness", action="append", default=[])
    parser.add_argument("--witness-threshold", type=int)
    given = parser.parse_args(words)
    try:
        records, opened, size, origin, made = verify(
            given.bundle, given.key, given.key_notes, given.witness, given.witness_threshold
        )
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
