#!/usr/bin/env python3
"""Counts the single tests behind one or more ctest runs.

usage: summarise-tests.py BUILD_DIRECTORY...

Each build directory holds test-reports/ctest.xml, written by `ctest --output-junit`. A ctest test
NAME that left test-reports/NAME.json (lit's --output) or NAME.xml (GoogleTest's --gtest_output)
counts as the tests in that report; any other counts as one. Lists what failed and why tests were
skipped, and ends with the line `N passed, N failed, N skipped`. With LLE_REQUIRE_DATA=1 a test that
was skipped for want of golden data counts as failed. Exit status 1 if anything failed or nothing ran.
"""

import json
import os
import re
import sys
import xml.etree.ElementTree as xml
from collections import Counter, namedtuple

Result = namedtuple("Result", "name outcome reason")

# How lit, LLE_NEEDS_SHARED_DATA and the integration scripts say that data is missing.
WANT_OF_DATA = re.compile(r"shared-data|LLE_TEST_DATA")


def from_lit(name, report):
    outcomes = {
        "PASS": "passed", "XFAIL": "passed", "FLAKYPASS": "passed",
        "UNSUPPORTED": "skipped", "SKIPPED": "skipped", "EXCLUDED": "skipped",
    }
    for test in report["tests"]:
        reason = test["output"].strip() if test["code"] == "UNSUPPORTED" else ""
        yield Result(f"{name}: {test['name']}", outcomes.get(test["code"], "failed"), reason)


def from_googletest(name, report):
    for case in report.iter("testcase"):
        label = f"{name}: {case.get('classname')}.{case.get('name')}"
        skip = case.find("skipped")
        if case.find("failure") is not None:
            yield Result(label, "failed", "")
        elif skip is not None:
            # The first line of the message is the place of the GTEST_SKIP.
            yield Result(label, "skipped", skip.get("message").split("\n", 1)[-1].strip())
        elif case.get("status") == "notrun":
            yield Result(label, "skipped", "disabled")
        else:
            yield Result(label, "passed", "")


def from_ctest(case):
    name, status = case.get("name"), case.get("status")
    if status == "run":
        return Result(name, "passed", "")
    # A missing executable or a failed fixture says "skipped" here too.
    skip = case.find("skipped")
    if skip is not None and skip.get("message", "").startswith("SKIP_"):
        return Result(name, "skipped", case.findtext("system-out", "").strip())
    return Result(name, "failed", skip.get("message") if skip is not None else "")


def collect(directory):
    reports = os.path.join(directory, "test-reports")
    summary = os.path.join(reports, "ctest.xml")
    if not os.path.exists(summary):
        yield Result(directory, "failed", "ctest wrote no report")
        return
    for case in xml.parse(summary).getroot().iter("testcase"):
        whole = from_ctest(case)
        detail = os.path.join(reports, whole.name)
        if os.path.exists(detail + ".json"):
            with open(detail + ".json") as file:
                single = list(from_lit(whole.name, json.load(file)))
        elif os.path.exists(detail + ".xml"):
            single = list(from_googletest(whole.name, xml.parse(detail + ".xml")))
        else:
            single = [whole]
        yield from single
        # A crash at exit or a lit that found no tests leaves no single test to blame.
        if whole.outcome == "failed" and not any(r.outcome == "failed" for r in single):
            yield whole


def main(directories):
    if not directories or directories[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if directories else 1
    results = [result for directory in directories for result in collect(directory)]
    if os.environ.get("LLE_REQUIRE_DATA") == "1":
        results = [
            r._replace(outcome="failed")
            if r.outcome == "skipped" and WANT_OF_DATA.search(r.reason) else r for r in results
        ]
    skips = Counter(re.sub(r"\s+", " ", r.reason) for r in results if r.outcome == "skipped")
    for reason, number in sorted(skips.items()):
        print(f"skipped {number}: {reason or 'no reason given'}")
    for result in results:
        if result.outcome == "failed":
            print(f"failed: {result.name}" + (f" ({result.reason})" if result.reason else ""))
    count = Counter(r.outcome for r in results)
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
