//===- Result.h - A value, or why there is none -----------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_HOST_RESULT_H
#define LLE_RUNTIME_HOST_RESULT_H

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace lle::runtime {

/// Why something was refused: one sentence in lower case that starts with the file it speaks of.
struct Error {
  std::string message;
};

namespace detail {
inline void append(std::string &text, std::string_view part) { text += part; }
template <typename T, typename = std::enable_if_t<std::is_integral_v<T>>>
void append(std::string &text, T number) {
  text += std::to_string(number);
}
} // namespace detail

/// Joins texts and integers to an error.
template <typename... Parts>
Error makeError(const Parts &...parts) {
  Error error;
  (detail::append(error.message, parts), ...);
  return error;
}

/// Success, or an error. True means success.
class [[nodiscard]] Status {
public:
  Status() = default;
  Status(Error error) : failure(std::move(error)) {}
  explicit operator bool() const { return !failure; }
  const Error &error() const { return *failure; }

private:
  std::optional<Error> failure;
};

/// A value, or an error. True means that there is a value.
template <typename T>
class [[nodiscard]] Result {
public:
  Result(T value) : content(std::move(value)) {}
  Result(Error error) : content(std::move(error)) {}
  explicit operator bool() const { return content.index() == 0; }
  T &operator*() { return *std::get_if<0>(&content); }
  const T &operator*() const { return *std::get_if<0>(&content); }
  T *operator->() { return std::get_if<0>(&content); }
  const T *operator->() const { return std::get_if<0>(&content); }
  const Error &error() const { return *std::get_if<1>(&content); }

private:
  std::variant<T, Error> content;
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_HOST_RESULT_H
