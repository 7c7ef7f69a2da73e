// RUN: %check-reference
// RUN: %check-native
check.expect_eq %a, %b
