//===- Npz.cpp - NumPy's .npz archives ------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libzip sees memory only; files are read and replaced by File.h.
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Npy.h"

#include <algorithm>
#include <memory>
#include <zip.h>

using namespace lle::runtime;

namespace {

constexpr std::string_view kSuffix = ".npy";
/// No deflated byte stands for more than this many.
constexpr uint64_t kMaxDeflateRatio = 1032;

struct ZipError {
  ZipError() { zip_error_init(&error); }
  ~ZipError() { zip_error_fini(&error); }
  const char *text() { return zip_error_strerror(&error); }
  zip_error_t error;
};

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using Entry = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;
using Source = std::unique_ptr<zip_source_t, decltype(&zip_source_free)>;

Error archiveError(const std::string &path, zip_t *archive) { return makeError(path, ": ", zip_strerror(archive)); }

/// Reads entry `index`; what it stands for in the file is taken from `fileBytes`, so that entries
/// that overlap cannot expand without limit.
Result<Bytes> readEntry(zip_t *archive, zip_uint64_t index, const zip_stat_t &stat, const std::string &name,
                        uint64_t &fileBytes) {
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    return makeError(name, ": compression method ", stat.comp_method, " is not supported");
  if (stat.comp_size > fileBytes)
    return makeError(name, ": the entry is larger than the file, or overlaps another");
  fileBytes -= stat.comp_size;
  uint64_t ratio = stat.comp_method == ZIP_CM_STORE ? 1 : kMaxDeflateRatio;
  if (stat.size > stat.comp_size * ratio)
    return makeError(name, ": ", stat.size, " bytes cannot come from ", stat.comp_size);

  Entry entry(zip_fopen_index(archive, index, 0), zip_fclose);
  if (!entry)
    return archiveError(name, archive);
  Bytes bytes(stat.size + 1); // one more, so that the end is seen and the checksum verified
  size_t used = 0;
  for (;;) {
    zip_int64_t count = zip_fread(entry.get(), bytes.data() + used, bytes.size() - used);
    if (count < 0)
      return makeError(name, ": ", zip_file_strerror(entry.get()));
    used += static_cast<size_t>(count);
    if (used > stat.size)
      return makeError(name, ": is longer than its directory says");
    if (count == 0)
      break;
  }
  bytes.resize(used);
  return bytes;
}

} // namespace

Result<Arrays> lle::runtime::readNpz(const std::string &path, const std::vector<std::string> &keys) {
  Result<Bytes> bytes = readFile(path, kMaxArrayFileBytes);
  if (!bytes)
    return bytes.error();
  ZipError error;
  zip_source_t *source = zip_source_buffer_create(bytes->data(), bytes->size(), /*freep=*/0, &error.error);
  if (!source)
    return makeError(path, ": ", error.text());
  Archive archive(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error.error), zip_discard);
  if (!archive) {
    zip_source_free(source);
    return makeError(path, ": is no .npz archive: ", error.text());
  }

  Arrays arrays;
  uint64_t fileBytes = bytes->size();
  zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_uint64_t index = static_cast<zip_uint64_t>(i);
    zip_stat_t stat;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(archive.get(), index, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded)
      return archiveError(path, archive.get());
    std::string key = stat.name, name = path + ": " + key;
    if (key.size() <= kSuffix.size() || key.compare(key.size() - kSuffix.size(), kSuffix.size(), kSuffix) != 0)
      return makeError(name, ": the entry's name does not end in .npy");
    key.resize(key.size() - kSuffix.size());
    if (!keys.empty() && std::find(keys.begin(), keys.end(), key) == keys.end())
      continue;
    Result<Bytes> entry = readEntry(archive.get(), index, stat, name, fileBytes);
    if (!entry)
      return entry.error();
    Result<Array> array = parseNpy(entry->data(), entry->size(), name);
    if (!array)
      return array.error();
    if (!arrays.emplace(key, std::move(*array)).second)
      return makeError(name, ": occurs twice");
  }
  return arrays;
}

Status lle::runtime::writeNpz(const std::string &path, const Arrays &arrays) {
  if (arrays.empty()) { // libzip makes no empty archives: the end-of-directory record alone
    constexpr uint8_t kEmpty[22] = {'P', 'K', 5, 6};
    return writeFile(path, kEmpty, sizeof(kEmpty));
  }

  ZipError error;
  Source target(zip_source_buffer_create(nullptr, 0, /*freep=*/0, &error.error), zip_source_free);
  if (!target)
    return makeError(path, ": ", error.text());
  zip_source_keep(target.get()); // one reference for the archive, one to read the result
  Archive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error.error), zip_discard);
  if (!archive) {
    zip_source_free(target.get());
    return makeError(path, ": ", error.text());
  }

  std::vector<Bytes> contents; // alive until the archive is closed
  contents.reserve(arrays.size());
  for (const auto &[key, array] : arrays) {
    contents.push_back(formatNpy(array));
    zip_source_t *source = zip_source_buffer(archive.get(), contents.back().data(), contents.back().size(), 0);
    std::string name = key + std::string(kSuffix);
    zip_int64_t index = source ? zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      zip_source_free(source);
      return archiveError(path, archive.get());
    }
    constexpr zip_uint16_t kFirstDate = 1 << 5 | 1; // 1980-01-01, the least that zip can say
    zip_uint64_t entry = static_cast<zip_uint64_t>(index);
    if (zip_set_file_compression(archive.get(), entry, ZIP_CM_STORE, 0) != 0 ||
        zip_file_set_dostime(archive.get(), entry, 0, kFirstDate, 0) != 0)
      return archiveError(path, archive.get());
  }
  if (zip_close(archive.get()) != 0)
    return archiveError(path, archive.get());
  (void)archive.release(); // a closed archive is gone

  zip_stat_t stat;
  if (zip_source_stat(target.get(), &stat) != 0 || zip_source_open(target.get()) != 0)
    return makeError(path, ": ", zip_error_strerror(zip_source_error(target.get())));
  Bytes bytes(stat.size);
  zip_int64_t count = zip_source_read(target.get(), bytes.data(), bytes.size());
  zip_source_close(target.get());
  if (count != static_cast<zip_int64_t>(bytes.size()))
    return makeError(path, ": the archive could not be assembled");
  return writeFile(path, bytes.data(), bytes.size());
}
