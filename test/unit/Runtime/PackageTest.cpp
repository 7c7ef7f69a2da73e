//===- PackageTest.cpp - Writing, reading and refusing packages -----------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TinyPackage.h"
#include "runtime/host/PackageFormat.h"
#include "gmock/gmock.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <random>

using namespace lle::runtime;
using lle::test::tinyPackage;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

Bytes tinyBytes() {
  Result<Bytes> bytes = writePackage(tinyPackage());
  EXPECT_TRUE(bool(bytes)) << bytes.error().message;
  return bytes ? *bytes : Bytes();
}

/// Puts the right hash into a package whose payload was changed.
void fixHash(Bytes &bytes) {
  auto *package = flatbuffers::GetMutableRoot<lle::schema::Package>(bytes.data());
  lle::schema::Hash hash = contentHash(package->payload()->data(), package->payload()->size());
  auto *stored = const_cast<lle::schema::Hash *>(package->content_hash());
  std::memcpy(static_cast<void *>(stored), &hash, sizeof(hash));
}

std::string refusal(const Bytes &bytes) {
  Result<Package> package = readPackage(bytes.data(), bytes.size(), "m.lle");
  return package ? "accepted" : package.error().message;
}

} // namespace

TEST(Package, RoundTripKeepsEveryField) {
  Bytes bytes = tinyBytes();
  Result<Package> read = readPackage(bytes.data(), bytes.size(), "m.lle");
  ASSERT_TRUE(bool(read)) << read.error().message;
  EXPECT_EQ(read->name, "tiny");
  EXPECT_EQ(read->dt, 1e-3);
  EXPECT_EQ(read->steps, 16);
  EXPECT_EQ(read->profile, "nir");
  EXPECT_EQ(read->inputs.at(0).shape, (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(read->outputs.at(0).maxSpikes, 1);
  EXPECT_TRUE(read->outputs.at(0).isSpike);
  EXPECT_EQ(read->outputs.at(1).node, "counter");
  EXPECT_EQ(read->outputs.at(1).element, LLE_I32);
  EXPECT_EQ(read->states.at(0).order, (std::vector<int32_t>{1, 0}));
  EXPECT_EQ(read->states.at(1).offset, 64u);
  EXPECT_EQ(read->kept, std::vector<std::string>{"counter"});
  EXPECT_EQ(read->variants.at(0).code, (Bytes{1, 2, 3}));
  EXPECT_EQ(read->source, (Bytes{'M', 'L'}));
  EXPECT_EQ(read->explain, "lif: no decay\n");
  EXPECT_EQ(read->provenance.sourceName, "tiny.nir");
  EXPECT_EQ(read->metrics.at(0).value, 0.97);
  EXPECT_EQ(read->metrics.at(0).provenance, Evidence::Measured);
  // A field that one of the two directions forgets would differ here.
  Result<Bytes> again = writePackage(*read);
  ASSERT_TRUE(bool(again));
  EXPECT_EQ(*again, bytes);
}

TEST(Package, ReadsFromAnyAlignment) {
  Bytes bytes = tinyBytes();
  for (size_t shift = 0; shift < 16; ++shift) {
    Bytes shifted(shift);
    shifted.insert(shifted.end(), bytes.begin(), bytes.end());
    Result<Package> package = readPackage(shifted.data() + shift, bytes.size(), "m.lle");
    EXPECT_TRUE(bool(package)) << package.error().message;
  }
}

struct Rule {
  const char *message;
  std::function<void(Package &)> breakIt;
};

class PackageRule : public testing::TestWithParam<Rule> {};

TEST_P(PackageRule, IsCheckedByWriterAndReader) {
  Package package = tinyPackage();
  GetParam().breakIt(package);
  Status status = verifyPackage(package, "m.lle");
  ASSERT_FALSE(bool(status));
  EXPECT_THAT(status.error().message, StartsWith(std::string("m.lle: ") + GetParam().message));
  EXPECT_FALSE(bool(writePackage(package)));
}

constexpr int64_t kHuge = int64_t(1) << 62;

INSTANTIATE_TEST_SUITE_P(
    All, PackageRule,
    testing::Values(
        Rule{"format_version: is 1", [](Package &p) { p.formatVersion = 1; }},
        Rule{"name: is empty", [](Package &p) { p.name = ""; }},
        Rule{"name: contains the control", [](Package &p) { p.name = std::string("a\0b", 3); }},
        Rule{"name: has 1025 bytes", [](Package &p) { p.name.assign(1025, 'a'); }},
        Rule{"profile: is empty", [](Package &p) { p.profile = ""; }}, Rule{"dt: is not", [](Package &p) { p.dt = 0; }},
        Rule{"dt: is not", [](Package &p) { p.dt = std::numeric_limits<double>::infinity(); }},
        Rule{"dt: is not", [](Package &p) { p.dt = std::numeric_limits<double>::quiet_NaN(); }},
        Rule{"steps: is -1", [](Package &p) { p.steps = -1; }},
        Rule{"downsampling: is 0", [](Package &p) { p.downsampling = 0; }},
        Rule{"inputs[1].name: 'x' occurs", [](Package &p) { p.inputs.push_back(p.inputs[0]); }},
        Rule{"inputs[0].node: only", [](Package &p) { p.inputs[0].node = "a"; }},
        Rule{"inputs[0].element: unknown", [](Package &p) { p.inputs[0].element = 5; }},
        Rule{"inputs[0].shape: dimension 0", [](Package &p) { p.inputs[0].shape[1] = 0; }},
        Rule{"inputs[0].shape: dimension -3", [](Package &p) { p.inputs[0].shape[1] = -3; }},
        Rule{"inputs[0].shape: the product", [](Package &p) { p.inputs[0].shape = {kHuge, 4, 4}; }},
        Rule{"inputs[0].shape: has 9", [](Package &p) { p.inputs[0].shape.assign(9, 1); }},
        Rule{"inputs[0].max_spikes: is 1", [](Package &p) { p.inputs[0].maxSpikes = 1; }},
        Rule{"outputs: is empty", [](Package &p) { p.outputs.clear(); }},
        Rule{"outputs[0].element: a spike", [](Package &p) { p.outputs[0].element = LLE_F32; }},
        Rule{"outputs[0].max_spikes: is 0", [](Package &p) { p.outputs[0].maxSpikes = 0; }},
        Rule{"outputs[0].exit_margin: is negative", [](Package &p) { p.outputs[0].exitMargin = -1; }},
        Rule{"outputs[0].exit_margin: is negative or no finite number",
             [](Package &p) { p.outputs[0].exitMargin = std::numeric_limits<double>::infinity(); }},
        Rule{"outputs[1].name: 's' occurs", [](Package &p) { p.outputs[1].name = "s"; }},
        Rule{"kept[1]: 'counter' occurs", [](Package &p) { p.kept.push_back("counter"); }},
        Rule{"kept[0]: no output shows", [](Package &p) { p.kept[0] = "lif"; }},
        Rule{"arena_alignment: is 4,", [](Package &p) { p.arenaAlignment = 4; }},
        Rule{"arena_alignment: is 96", [](Package &p) { p.arenaAlignment = 96; }},
        Rule{"arena_alignment: is 8192", [](Package &p) { p.arenaAlignment = 8192; }},
        Rule{"arena_bytes: is", [](Package &p) { p.arenaBytes = UINT64_MAX; }},
        Rule{"state_bytes: is 193", [](Package &p) { p.stateBytes = 193; }},
        Rule{"states[0].node: is empty", [](Package &p) { p.states[0].node = ""; }},
        Rule{"states[0] (lif/v).order", [](Package &p) { p.states[0].order = {0}; }},
        Rule{"states[0] (lif/v).order", [](Package &p) { p.states[0].order = {1, 1}; }},
        Rule{"states[0] (lif/v).order", [](Package &p) { p.states[0].order = {0, -1}; }},
        Rule{"states[0] (lif/v).order", [](Package &p) { p.states[0].order = {0, 2}; }},
        Rule{"states[0] (lif/v).bytes: is 25", [](Package &p) { p.states[0].bytes = 25; }},
        Rule{"states[1] (counter/n).offset: is 4,", [](Package &p) { p.states[1].offset = 4; }},
        Rule{"states[1] (counter/n).offset: is 128,", [](Package &p) { p.states[1].offset = 128; }},
        Rule{"states[1] (counter/n).offset: is 18446744073709551552,",
             [](Package &p) { p.states[1].offset = UINT64_MAX - 63; }},
        Rule{"states: 'lif/v' and 'counter/n' overlap", [](Package &p) { p.states[1].offset = 0; }},
        Rule{"states[1].name: 'lif/v' occurs", [](Package &p) { p.states[1] = p.states[0]; }},
        Rule{"variants: is empty", [](Package &p) { p.variants.clear(); }},
        Rule{"variants[1].target: 'host' occurs", [](Package &p) { p.variants.push_back(p.variants[0]); }},
        Rule{"variants[0].kind: unknown", [](Package &p) { p.variants[0].kind = VariantKind(9); }},
        Rule{"variants[0].kind: a core map has no triple",
             [](Package &p) { p.variants[0].kind = VariantKind::CoreMap; }},
        Rule{"variants[0].triple: is empty", [](Package &p) { p.variants[0].triple = ""; }},
        Rule{"variants[0].required_features[0]: is empty", [](Package &p) { p.variants[0].requiredFeatures = {""}; }},
        Rule{"variants[0].init_symbol: is empty", [](Package &p) { p.variants[0].initSymbol = ""; }},
        Rule{"variants[0].step_symbol: '1st'", [](Package &p) { p.variants[0].stepSymbol = "1st"; }},
        Rule{"variants[0].step_symbol: 'a-b'", [](Package &p) { p.variants[0].stepSymbol = "a-b"; }},
        Rule{"variants[0].step_symbol: is the same", [](Package &p) { p.variants[0].stepSymbol = "tiny_init"; }},
        Rule{"variants[0].run_symbol: is empty", [](Package &p) { p.variants[0].runSymbol.clear(); }},
        Rule{"variants[0].run_symbol: is the same as step_symbol",
             [](Package &p) { p.variants[0].runSymbol = "tiny_step"; }},
        Rule{"variants[0].run_symbol: is the same as init_symbol",
             [](Package &p) { p.variants[0].runSymbol = "tiny_init"; }},
        Rule{"variants[0].code: is empty", [](Package &p) { p.variants[0].code.clear(); }},
        Rule{"provenance.source_name: is empty", [](Package &p) { p.provenance.sourceName = ""; }},
        Rule{"provenance.source_name: '/etc/x'", [](Package &p) { p.provenance.sourceName = "/etc/x"; }},
        Rule{"provenance.tool_version: is", [](Package &p) { p.provenance.toolVersion = ""; }},
        Rule{"metrics[0].value: is not", [](Package &p) { p.metrics[0].value = HUGE_VAL; }},
        Rule{"metrics[0].source: is empty", [](Package &p) { p.metrics[0].source = ""; }},
        Rule{"metrics[0].provenance: unknown", [](Package &p) { p.metrics[0].provenance = Evidence(3); }}));

TEST(Package, ReaderChecksRulesToo) {
  // The writer refuses, so the file is broken by hand: dt becomes negative.
  Bytes bytes = tinyBytes();
  double dt = tinyPackage().dt, negative = -1;
  auto *pattern = reinterpret_cast<const uint8_t *>(&dt);
  auto at = std::search(bytes.begin(), bytes.end(), pattern, pattern + sizeof(dt));
  ASSERT_NE(at, bytes.end());
  std::memcpy(&*at, &negative, sizeof(negative));
  EXPECT_EQ(refusal(bytes), "m.lle: content_hash: does not match the payload, the file is damaged");
  fixHash(bytes);
  EXPECT_THAT(refusal(bytes), StartsWith("m.lle: dt: "));
}

TEST(Package, ForeignFilesAreRefused) {
  EXPECT_THAT(refusal({}), HasSubstr("is no .lle package"));
  EXPECT_THAT(refusal(Bytes(100, 0)), HasSubstr("is no .lle package"));
  Result<Package> missing = readPackage(std::string("/nowhere/m.lle"));
  ASSERT_FALSE(bool(missing));
  EXPECT_EQ(missing.error().message, "/nowhere/m.lle: cannot open: No such file or directory");
}

TEST(Package, EveryTruncationIsRefused) {
  Bytes bytes = tinyBytes();
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_NE(refusal(Bytes(bytes.begin(), bytes.begin() + size)), "accepted") << size;
}

TEST(Package, EveryBitFlipOfThePayloadIsNoticed) {
  Bytes bytes = tinyBytes();
  auto *payload = flatbuffers::GetRoot<lle::schema::Package>(bytes.data())->payload();
  size_t begin = static_cast<size_t>(payload->data() - bytes.data());
  for (size_t bit = begin * 8; bit < (begin + payload->size()) * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    EXPECT_THAT(refusal(flipped), HasSubstr("content_hash")) << bit;
  }
}

TEST(Package, MutationsNeverCrash) {
  const Bytes bytes = tinyBytes();
  auto *payload = flatbuffers::GetRoot<lle::schema::Package>(bytes.data())->payload();
  size_t begin = static_cast<size_t>(payload->data() - bytes.data()), length = payload->size();
  std::mt19937 random(1);
  unsigned accepted = 0, refused = 0;
  for (unsigned round = 0; round < 20000; ++round) {
    Bytes mutated = bytes;
    bool fix = round % 2 == 0;
    for (unsigned n = 1 + random() % 4; n > 0; --n) {
      size_t at = fix ? begin + random() % length : random() % bytes.size();
      if (random() % 2)
        mutated[at] ^= static_cast<uint8_t>(1u << random() % 8);
      else
        mutated[at] = static_cast<uint8_t>(random());
    }
    if (fix)
      fixHash(mutated);
    Result<Package> package = readPackage(mutated.data(), mutated.size(), "m.lle");
    ++(package ? accepted : refused);
    if (package)
      EXPECT_TRUE(bool(writePackage(*package))); // what is accepted keeps all the rules
    else
      EXPECT_THAT(package.error().message, StartsWith("m.lle: "));
  }
  // Both ways are taken, or the test would say nothing.
  EXPECT_GT(accepted, 100u);
  EXPECT_GT(refused, 10000u);
}

TEST(Package, SharedVectorsDoNotExpand) {
  // 20,000 names that are all the same 100 kB: 2 GB when copied, 180 kB in the file.
  namespace fb = flatbuffers;
  using namespace lle::schema;
  fb::FlatBufferBuilder b;
  auto empty = b.CreateString("");
  auto name = b.CreateString(std::string(100000, 'a'));
  std::vector<fb::Offset<fb::String>> names(20000, name);
  auto ports = b.CreateVector(std::vector<fb::Offset<lle::schema::Port>>());
  auto states = b.CreateVector(std::vector<fb::Offset<lle::schema::State>>());
  auto variants = b.CreateVector(std::vector<fb::Offset<lle::schema::Variant>>());
  auto metrics = b.CreateVector(std::vector<fb::Offset<lle::schema::Metric>>());
  auto provenance = CreateProvenance(b, empty, empty, empty, empty);
  b.Finish(CreateModel(b, 1, empty, 1, 1, empty, ports, ports, states, b.CreateVector(names), 0, 64, 0, variants, 0, 0,
                       provenance, metrics));
  fb::FlatBufferBuilder outer;
  Hash hash = contentHash(b.GetBufferPointer(), b.GetSize());
  auto payload = outer.CreateVector(b.GetBufferPointer(), b.GetSize());
  FinishPackageBuffer(outer, CreatePackage(outer, &hash, payload));
  EXPECT_THAT(refusal(Bytes(outer.GetBufferPointer(), outer.GetBufferPointer() + outer.GetSize())),
              HasSubstr("payload: fields overlap"));
}
