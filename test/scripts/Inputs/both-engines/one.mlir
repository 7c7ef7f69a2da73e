// RUN: %check-reference
check.expect_eq %a, %b
