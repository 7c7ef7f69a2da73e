// RUN: lle-opt %s
check.expect_eq %a, %b
