//===- ModelTest.cpp - Loading and running code ---------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/host/Model.h"
#include "TinyPackage.h"
#include "gmock/gmock.h"
#include <cstring>

using namespace lle::runtime;
using lle::test::tinyPackage;
using testing::HasSubstr;

extern "C" int lle_test_c_api(const char *path, char *error, size_t error_size);

namespace {

Bytes object(const char *name) {
  Result<Bytes> bytes = readFile(std::string(LLE_TEST_OBJECTS "/") + name, size_t(1) << 24);
  EXPECT_TRUE(bool(bytes)) << bytes.error().message;
  return bytes ? *bytes : Bytes();
}

Result<Model> load(const Package &package, const std::string &target = {}) {
  Result<Bytes> bytes = writePackage(package);
  if (!bytes)
    return bytes.error();
  return Model::load(bytes->data(), bytes->size(), "m.lle", target);
}

std::string refusal(const Package &package, const std::string &target = {}) {
  Result<Model> model = load(package, target);
  return model ? "accepted" : model.error().message;
}

/// Feeds `x` to all six integrators; returns the spikes as bits and checks the step count.
unsigned step(Instance &instance, float x, int32_t expectedCount) {
  float inputs[6] = {x, x, x, x, x, x};
  uint8_t spikes[6];
  int32_t count = 0;
  const void *from[] = {inputs};
  void *to[] = {spikes, &count};
  instance.step(from, to);
  EXPECT_EQ(count, expectedCount);
  unsigned bits = 0;
  for (int i = 0; i < 6; ++i)
    bits |= unsigned(spikes[i]) << i;
  return bits;
}

std::vector<float> voltages(const Instance &instance) {
  Result<Bytes> bytes = instance.readState("lif", "v");
  EXPECT_TRUE(bool(bytes));
  std::vector<float> values(6);
  if (bytes)
    std::memcpy(values.data(), bytes->data(), bytes->size());
  return values;
}

} // namespace

TEST(Model, InterleavedInstancesDoNotDisturbEachOther) {
  Result<Model> model = load(tinyPackage(object("tiny.so")));
  ASSERT_TRUE(bool(model)) << model.error().message;
  Result<Instance> a = model->instantiate(), b = model->instantiate();
  ASSERT_TRUE(a && b);
  EXPECT_EQ(voltages(*a), (std::vector<float>{0, 1, 2, 10, 11, 12}));
  EXPECT_EQ(step(*a, 9, 1), 0b110000u); // 9 10 11 | 19 20 21
  EXPECT_EQ(step(*b, 1, 1), 0u);        // 1  2  3 | 11 12 13
  EXPECT_EQ(step(*a, 9, 2), 0b001100u); // 18 19 20 | 28 9 10
  EXPECT_EQ(step(*b, 8, 2), 0b110000u); // 9 10 11 | 19 20 21
  EXPECT_EQ(voltages(*a), (std::vector<float>{18, 19, 0, 8, 9, 10}));
  EXPECT_EQ(voltages(*b), (std::vector<float>{9, 10, 11, 19, 0, 1}));
}

TEST(Model, StatesAreSavedRestoredAndReset) {
  Result<Model> model = load(tinyPackage(object("tiny.so")));
  ASSERT_TRUE(bool(model)) << model.error().message;
  Result<Instance> a = model->instantiate(), b = model->instantiate();
  ASSERT_TRUE(a && b);
  step(*a, 9, 1);
  Bytes saved = a->save();
  std::vector<float> then = voltages(*a);
  unsigned expected = step(*a, 9, 2);
  ASSERT_TRUE(bool(b->restore(saved))); // also into another instance
  EXPECT_EQ(voltages(*b), then);
  EXPECT_EQ(step(*b, 9, 2), expected);
  a->reset();
  EXPECT_EQ(voltages(*a), (std::vector<float>{0, 1, 2, 10, 11, 12}));
  saved.pop_back();
  EXPECT_EQ(b->restore(saved).error().message, "m.lle: saved states have 127 bytes, expected 128");
}

TEST(Model, SingleStatesAreWritten) {
  Result<Model> model = load(tinyPackage(object("tiny.so")));
  ASSERT_TRUE(bool(model)) << model.error().message;
  Result<Instance> a = model->instantiate();
  ASSERT_TRUE(bool(a));
  std::vector<float> v = {0, 0, 0, 0, 0, 20};
  Bytes bytes(24);
  std::memcpy(bytes.data(), v.data(), 24);
  ASSERT_TRUE(bool(a->writeState("lif", "v", bytes)));
  EXPECT_EQ(voltages(*a), v);
  EXPECT_EQ(step(*a, 0, 1), 0b100000u);
  EXPECT_EQ(a->writeState("lif", "v", {}).error().message, "m.lle: state 'lif/v' has 24 bytes, got 0");
  EXPECT_EQ(a->readState("lif", "w").error().message, "m.lle: there is no state 'lif/w'");
}

TEST(Model, RunEqualsSteps) {
  Result<Model> model = load(tinyPackage(object("tiny.so")));
  ASSERT_TRUE(bool(model)) << model.error().message;
  Result<Instance> a = model->instantiate(), b = model->instantiate();
  ASSERT_TRUE(a && b);
  std::vector<float> x(6 * 50);
  for (size_t i = 0; i < x.size(); ++i)
    x[i] = float(i % 7);
  std::vector<uint8_t> spikes(6 * 50), expected(6 * 50);
  std::vector<int32_t> counts(50), expectedCounts(50);
  const void *allInputs[] = {x.data()};
  void *allOutputs[] = {spikes.data(), counts.data()};
  a->run(50, allInputs, allOutputs);
  for (size_t t = 0; t < 50; ++t) {
    const void *from[] = {&x[6 * t]};
    void *to[] = {&expected[6 * t], &expectedCounts[t]};
    b->step(from, to);
  }
  EXPECT_EQ(spikes, expected);
  EXPECT_EQ(counts, expectedCounts);
  EXPECT_EQ(counts.back(), 50);
}

TEST(Model, TwoModelsHaveTheirOwnCode) {
  // The system's loader takes objects of one path for the same object.
  Result<Model> one = load(tinyPackage(object("tiny.so")));
  Result<Model> ten = load(tinyPackage(object("tiny10.so")));
  ASSERT_TRUE(one && ten);
  Result<Instance> a = one->instantiate(), b = ten->instantiate();
  ASSERT_TRUE(a && b);
  EXPECT_EQ(step(*a, 1, 1), 0u);
  EXPECT_EQ(step(*b, 1, 1), 0b111000u);
}

TEST(Model, InstanceOutlivesModel) {
  std::optional<Instance> instance;
  {
    Result<Model> model = load(tinyPackage(object("tiny.so")));
    ASSERT_TRUE(bool(model)) << model.error().message;
    Result<Instance> made = model->instantiate();
    ASSERT_TRUE(bool(made));
    instance.emplace(std::move(*made));
  }
  EXPECT_EQ(step(*instance, 9, 1), 0b110000u);
}

TEST(Model, DescribesItself) {
  Result<Model> model = load(tinyPackage(object("tiny.so")));
  ASSERT_TRUE(bool(model)) << model.error().message;
  const lle_program &program = model->program();
  EXPECT_STREQ(program.name, "tiny");
  EXPECT_EQ(program.inputs[0].bytes, 24u);
  EXPECT_EQ(program.outputs[0].bytes, 6u);
  EXPECT_EQ(program.outputs[0].node, nullptr);
  EXPECT_STREQ(program.outputs[1].node, "counter");
  EXPECT_EQ(program.states[0].order[0], 1);
}

TEST(Model, ChoosesTheVariantThatAsksMost) {
#if defined(__x86_64__)
  const char *feature = "sse2";
#else
  const char *feature = "neon";
#endif
  Package package = tinyPackage(object("tiny.so"));
  Variant better = package.variants[0];
  better.target = "better";
  better.requiredFeatures = {feature};
  Variant strange = better;
  strange.target = "strange";
  strange.requiredFeatures = {feature, "flux-capacitor"};
  package.variants.push_back(better);
  package.variants.push_back(strange);
  Result<Model> model = load(package);
  ASSERT_TRUE(bool(model)) << model.error().message;
  EXPECT_EQ(model->variant().target, "better");
  Result<Model> plain = load(package, "host");
  ASSERT_TRUE(bool(plain)) << plain.error().message;
  EXPECT_EQ(plain->variant().target, "host");
  EXPECT_EQ(refusal(package, "mars"), "m.lle: variants: there is none for the target 'mars'");
  EXPECT_EQ(refusal(package, "strange"),
            "m.lle: variants: none runs here; strange: the CPU feature 'flux-capacitor' is unknown "
            "to this runtime");
}

TEST(Model, CodeForAnotherMachineIsRefused) {
  Package package = tinyPackage(object("tiny.so"));
  package.variants[0].triple = "riscv64-unknown-elf";
  EXPECT_THAT(refusal(package), HasSubstr("host: is for riscv64-unknown-elf, this machine is "));
}

TEST(Model, BadCodeIsRefused) {
  EXPECT_EQ(refusal(tinyPackage()), "m.lle: variants[0].code: is no ELF file");
  EXPECT_EQ(refusal(tinyPackage(object("needy.so"))), "m.lle: variants[0].code: needs another shared library");
  Bytes cut = object("tiny.so");
  cut.resize(cut.size() / 4);
  EXPECT_THAT(refusal(tinyPackage(cut)), HasSubstr("variants[0].code: segment "));
  Bytes foreign = object("tiny.so");
  foreign[18] ^= 1; // e_machine
  EXPECT_EQ(refusal(tinyPackage(foreign)), "m.lle: variants[0].code: is no 64-bit shared object for this machine");
  Package package = tinyPackage(object("tiny.so"));
  package.variants[0].stepSymbol = "other_step";
  EXPECT_EQ(refusal(package), "m.lle: variants[0].step_symbol: 'other_step' is not in the code");
  package.variants[0].stepSymbol = "tiny_step";
  package.variants[0].runSymbol = "other_run";
  EXPECT_EQ(refusal(package), "m.lle: variants[0].run_symbol: 'other_run' is not in the code");
}

TEST(Model, ArenaThatCannotBeAllocatedIsRefused) {
#ifdef LLE_SANITIZED
  GTEST_SKIP() << "the sanitizer aborts on such a size";
#endif
  Package package = tinyPackage(object("tiny.so"));
  package.arenaBytes = kMaxTensorBytes;
  Result<Model> model = load(package);
  ASSERT_TRUE(bool(model)) << model.error().message;
  Result<Instance> instance = model->instantiate();
  if (instance) // the system promises memory that it may not have; nothing was touched
    EXPECT_EQ(step(*instance, 9, 1), 0b110000u);
  else
    EXPECT_THAT(instance.error().message, HasSubstr("m.lle: arena_bytes: cannot allocate"));
}

TEST(Model, CInterface) {
  Result<Bytes> bytes = writePackage(tinyPackage(object("tiny.so")));
  ASSERT_TRUE(bool(bytes));
  std::string path = testing::TempDir() + "/lle_c_api.lle";
  ASSERT_TRUE(bool(writeFile(path, bytes->data(), bytes->size())));
  char error[256] = "";
  EXPECT_EQ(lle_test_c_api(path.c_str(), error, sizeof(error)), 0) << error;
  std::remove(path.c_str());
}
