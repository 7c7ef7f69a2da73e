"""A lit format that fails a test of the check dialect which runs on one engine only.

What the reference interpreter says and what the compiled code does must be asserted by the same
file, so a RUN line for one engine asks for one for the other.
"""

import re

import lit.formats
import lit.Test

ENGINES = {"reference", "native"}
RUN = re.compile(r"\bRUN:(.*)")
COMMENT = re.compile(r"//.*")
ASSERTION = re.compile(r"\bcheck\.(expect_\w+|step|instantiate)\b")
ENGINE = re.compile(r"%check-(\w+)|--engine[= ](\w+)")
# Tools that read or rewrite a check op without executing it.
STATIC_TOOLS = re.compile(r"^\s*(not\s+)?(lle-opt|mlir-opt|FileCheck|split-file|echo|rm|cat|diff)\b")


def complaint(text):
    """Why a test with this text is refused, or None."""
    lines = RUN.findall(text)
    engines = {name for line in lines for pair in ENGINE.findall(line) for name in pair if name}
    code = "\n".join(COMMENT.sub("", line) for line in text.splitlines())
    if not ASSERTION.search(code):
        return None
    if engines:
        missing = ENGINES - engines
        return f"runs check ops without the {' and '.join(sorted(missing))} engine; " \
            "it needs both %check-reference and %check-native" if missing else None
    commands = [command for line in lines for command in re.split(r"\||&&|;", line)]
    if all(STATIC_TOOLS.match(command) for command in commands):
        return None
    return "executes check ops, but neither by %check-reference nor by %check-native"


class BothEnginesTest(lit.formats.ShTest):
    def execute(self, test, lit_config):
        if test.getFilePath().endswith(".mlir"):
            with open(test.getFilePath(), encoding="utf-8") as file:
                reason = complaint(file.read())
            if reason:
                return lit.Test.Result(lit.Test.FAIL, f"{test.getSourcePath()}: {reason}\n")
        return super().execute(test, lit_config)
