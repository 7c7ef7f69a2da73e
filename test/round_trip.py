"""The lit format of the second run, in which lle-opt gets --verify-roundtrip.

It has the tests that run lle-opt themselves: all others, and the scripts that tests start, would run as in the first.
"""

import re

import lit.formats

LLE_OPT = re.compile(r"\b(?:RUN|DEFINE|REDEFINE):.*\blle-opt\b")


class RoundTripTest(lit.formats.ShTest):
    def getTestsForPath(self, *arguments):
        for test in super().getTestsForPath(*arguments):
            with open(test.getSourcePath(), encoding="utf-8", errors="replace") as file:
                if LLE_OPT.search(file.read()):
                    yield test
