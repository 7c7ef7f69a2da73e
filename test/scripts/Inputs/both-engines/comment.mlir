// RUN: %check-native
// check.expect_close needs both
