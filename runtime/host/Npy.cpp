//===- Npy.cpp - NumPy's .npy files ---------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Npy.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

using namespace lle::runtime;

namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kMaxRank = 32;

struct DTypeInfo {
  DType type;
  std::string_view descr;
  std::string_view name;
  size_t bytes;
};
constexpr DTypeInfo kTypes[] = {
    {DType::Bool, "|b1", "bool", 1},   {DType::U8, "|u1", "uint8", 1},  {DType::I8, "|i1", "int8", 1},
    {DType::U16, "<u2", "uint16", 2},  {DType::I16, "<i2", "int16", 2}, {DType::U32, "<u4", "uint32", 4},
    {DType::I32, "<i4", "int32", 4},   {DType::I64, "<i8", "int64", 8}, {DType::F32, "<f4", "float32", 4},
    {DType::F64, "<f8", "float64", 8},
};

const DTypeInfo &info(DType type) { return kTypes[static_cast<size_t>(type)]; }

struct Header {
  const DTypeInfo *type = nullptr;
  std::optional<bool> fortranOrder;
  std::optional<std::vector<int64_t>> shape;
};

/// Reads the header: a Python dictionary with the three keys, in any order.
class HeaderParser {
public:
  HeaderParser(std::string_view text, const std::string &name) : text(text), name(name) {}

  Result<Header> parse() {
    Header header;
    if (!take('{'))
      return syntax("expected '{'");
    while (!take('}')) {
      std::optional<std::string_view> key = quoted();
      if (!key || !take(':'))
        return syntax("expected a key and ':'");
      Status status = *key == "descr"           ? descr(header)
                      : *key == "fortran_order" ? fortranOrder(header)
                      : *key == "shape"         ? shape(header)
                                                : syntax("unknown key");
      if (!status)
        return status.error();
      if (!take(',') && peek() != '}')
        return syntax("expected ',' or '}'");
    }
    if (peek() != 0)
      return syntax("unexpected text behind '}'");
    if (!header.type || !header.fortranOrder || !header.shape)
      return syntax("descr, fortran_order and shape are required");
    return header;
  }

private:
  Error syntax(const char *what) { return makeError(name, ": header: ", what, " at character ", at); }
  char peek() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n'))
      ++at;
    return at < text.size() ? text[at] : 0;
  }
  bool take(char c) {
    bool found = peek() == c;
    at += found;
    return found;
  }
  bool takeWord(std::string_view word) {
    peek();
    bool found = text.substr(at, word.size()) == word;
    at += found ? word.size() : 0;
    return found;
  }
  std::optional<std::string_view> quoted() {
    char quote = peek();
    if (quote != '\'' && quote != '"')
      return std::nullopt;
    size_t end = text.find(quote, at + 1);
    if (end == text.npos)
      return std::nullopt;
    std::string_view inside = text.substr(at + 1, end - at - 1);
    at = end + 1;
    return inside;
  }

  Status descr(Header &header) {
    if (peek() == '[')
      return makeError(name, ": header: structured dtypes are not supported");
    std::optional<std::string_view> text = quoted();
    if (!text || header.type)
      return syntax("expected one dtype");
    for (const DTypeInfo &type : kTypes)
      if (*text == type.descr)
        header.type = &type;
    if (!header.type)
      return makeError(name, ": header: dtype '", *text, "' is not supported");
    return {};
  }

  Status fortranOrder(Header &header) {
    bool yes = takeWord("True");
    if ((!yes && !takeWord("False")) || header.fortranOrder)
      return syntax("expected one True or False");
    header.fortranOrder = yes;
    return {};
  }

  Status shape(Header &header) {
    if (!take('(') || header.shape)
      return syntax("expected one tuple");
    std::vector<int64_t> dims;
    while (!take(')')) {
      int64_t dim = 0;
      if (peek() < '0' || peek() > '9')
        return syntax("expected a dimension");
      for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        int64_t digit = text[at] - '0';
        if (dim > (std::numeric_limits<int64_t>::max() - digit) / 10)
          return syntax("dimension is too large");
        dim = dim * 10 + digit;
      }
      dims.push_back(dim);
      if (dims.size() > kMaxRank)
        return syntax("too many dimensions");
      if (!take(',') && peek() != ')')
        return syntax("expected ',' or ')'");
    }
    header.shape = std::move(dims);
    return {};
  }

  std::string_view text;
  const std::string &name;
  size_t at = 0;
};

/// The number of elements, if their bytes are `bytes`.
bool sizeMatches(const std::vector<int64_t> &shape, size_t elementBytes, size_t bytes) {
  if (std::count(shape.begin(), shape.end(), 0))
    return bytes == 0;
  size_t total = elementBytes;
  for (int64_t dim : shape) {
    if (static_cast<uint64_t>(dim) > bytes / total)
      return false;
    total *= static_cast<size_t>(dim);
  }
  return total == bytes;
}

/// From Fortran order, where the first index is the fastest, to C order.
Bytes toCOrder(const uint8_t *data, const std::vector<int64_t> &shape, size_t elementBytes, size_t bytes) {
  Bytes result(bytes);
  std::vector<int64_t> index(shape.size());
  std::vector<size_t> stride(shape.size());
  size_t step = elementBytes;
  for (size_t d = 0; d < shape.size() && bytes; ++d) {
    stride[d] = step;
    step *= static_cast<size_t>(shape[d]);
  }
  size_t from = 0;
  for (size_t to = 0; to < bytes; to += elementBytes) {
    std::memcpy(&result[to], data + from, elementBytes);
    for (size_t d = shape.size(); d-- > 0;) {
      from += stride[d];
      if (++index[d] < shape[d])
        break;
      from -= static_cast<size_t>(index[d]) * stride[d];
      index[d] = 0;
    }
  }
  return result;
}

/// Calls `f` with a null pointer to the C++ type.
template <typename F>
auto visit(DType type, F f) {
  switch (type) {
  case DType::Bool: // stored as bytes; convertArray knows that a bool is 0 or 1
  case DType::U8:
    return f(static_cast<uint8_t *>(nullptr));
  case DType::I8:
    return f(static_cast<int8_t *>(nullptr));
  case DType::U16:
    return f(static_cast<uint16_t *>(nullptr));
  case DType::I16:
    return f(static_cast<int16_t *>(nullptr));
  case DType::U32:
    return f(static_cast<uint32_t *>(nullptr));
  case DType::I32:
    return f(static_cast<int32_t *>(nullptr));
  case DType::I64:
    return f(static_cast<int64_t *>(nullptr));
  case DType::F32:
    return f(static_cast<float *>(nullptr));
  case DType::F64:
    return f(static_cast<double *>(nullptr));
  }
  __builtin_unreachable();
}

/// The value as an integer, if it is one that int64_t holds.
template <typename T>
std::optional<int64_t> asInteger(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    constexpr T kLimit = 9223372036854775808.0; // 2^63
    if (!(value >= -kLimit && value < kLimit) || value != std::trunc(value))
      return std::nullopt;
  }
  return static_cast<int64_t>(value);
}

/// Converts all elements; returns the first that does not fit, or their number.
template <typename From, typename To>
size_t convertElements(const Bytes &from, Bytes &to, bool toBool) {
  size_t count = from.size() / sizeof(From);
  for (size_t i = 0; i < count; ++i) {
    From value;
    std::memcpy(&value, &from[i * sizeof(From)], sizeof(From));
    To converted;
    if constexpr (std::is_floating_point_v<To>) {
      converted = static_cast<To>(value);
    } else {
      std::optional<int64_t> integer = asInteger(value);
      int64_t low = std::numeric_limits<To>::min();
      int64_t high = toBool ? 1 : std::numeric_limits<To>::max();
      if (!integer || *integer < low || *integer > high)
        return i;
      converted = static_cast<To>(*integer);
    }
    std::memcpy(&to[i * sizeof(To)], &converted, sizeof(To));
  }
  return count;
}

} // namespace

size_t lle::runtime::dtypeBytes(DType type) { return info(type).bytes; }
std::string_view lle::runtime::dtypeName(DType type) { return info(type).name; }

DType lle::runtime::dtypeOf(lle_element element) {
  constexpr DType kOf[LLE_ELEMENT_COUNT] = {DType::F32, DType::F64, DType::I8, DType::I16, DType::I32};
  return kOf[element];
}

Result<Array> lle::runtime::convertArray(const Array &array, DType type, const std::string &name) {
  if (array.type == type)
    return array;
  size_t count = array.data.size() / dtypeBytes(array.type);
  Array result{type, array.shape, Bytes(count * dtypeBytes(type))};
  size_t done = visit(array.type, [&](auto *from) {
    return visit(type, [&](auto *to) {
      using From = std::remove_pointer_t<decltype(from)>;
      using To = std::remove_pointer_t<decltype(to)>;
      return convertElements<From, To>(array.data, result.data, type == DType::Bool);
    });
  });
  if (done != count)
    return makeError(name, ": element ", done, " is no ", dtypeName(type), " value (the array is ",
                     dtypeName(array.type), ")");
  return result;
}

bool lle::runtime::isNpy(const uint8_t *data, size_t size) {
  return std::string_view(reinterpret_cast<const char *>(data), size).substr(0, kMagic.size()) == kMagic;
}

Result<Array> lle::runtime::parseNpy(const uint8_t *data, size_t size, const std::string &name) {
  std::string_view text(reinterpret_cast<const char *>(data), size);
  if (!isNpy(data, size))
    return makeError(name, ": is no .npy file (the magic string is missing)");
  size_t lengthBytes = size > 6 && data[6] == 1 ? 2 : 4;
  size_t start = kMagic.size() + 2 + lengthBytes;
  if (size < start)
    return makeError(name, ": the header is truncated");
  if (data[6] < 1 || data[6] > 3 || data[7] != 0)
    return makeError(name, ": format version ", unsigned(data[6]), ".", unsigned(data[7]),
                     " is unknown, expected 1.0 to 3.0");
  size_t length = 0;
  for (size_t i = lengthBytes; i-- > 0;)
    length = length << 8 | data[kMagic.size() + 2 + i];
  if (length > size - start)
    return makeError(name, ": the header is truncated");

  Result<Header> header = HeaderParser(text.substr(start, length), name).parse();
  if (!header)
    return header.error();
  const uint8_t *elements = data + start + length;
  size_t bytes = size - start - length;
  if (!sizeMatches(*header->shape, header->type->bytes, bytes))
    return makeError(name, ": ", bytes, " bytes of data do not match shape and dtype ", header->type->name);
  return Array{header->type->type, *header->shape,
               *header->fortranOrder ? toCOrder(elements, *header->shape, header->type->bytes, bytes)
                                     : Bytes(elements, elements + bytes)};
}

Bytes lle::runtime::formatNpy(const Array &array) {
  std::string header = "{'descr': '" + std::string(info(array.type).descr) + "', 'fortran_order': False, 'shape': (";
  for (size_t d = 0; d < array.shape.size(); ++d)
    header += (d ? " " : "") + std::to_string(array.shape[d]) + ",";
  if (array.shape.size() > 1)
    header.pop_back();
  header += "), }";
  // The data starts at a multiple of 64; rank 32 fits the 16 bits of version 1.
  header.append(63 - (kMagic.size() + 4 + header.size()) % 64, ' ');
  header += '\n';

  std::string start(kMagic);
  for (size_t c : {size_t(1), size_t(0), header.size() & 255, header.size() >> 8})
    start += static_cast<char>(c);
  start += header;
  Bytes bytes;
  bytes.reserve(start.size() + array.data.size());
  bytes.insert(bytes.end(), start.begin(), start.end());
  bytes.insert(bytes.end(), array.data.begin(), array.data.end());
  return bytes;
}

Result<Array> lle::runtime::readNpy(const std::string &path) {
  Result<Bytes> bytes = readFile(path, kMaxArrayFileBytes);
  if (!bytes)
    return bytes.error();
  return parseNpy(bytes->data(), bytes->size(), path);
}

Status lle::runtime::writeNpy(const std::string &path, const Array &array) {
  Bytes bytes = formatNpy(array);
  return writeFile(path, bytes.data(), bytes.size());
}
