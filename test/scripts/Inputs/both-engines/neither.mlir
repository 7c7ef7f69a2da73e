// RUN: lle-opt %s | true
check.expect_close %a, %b
