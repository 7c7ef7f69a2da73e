//===- EmulatorEngine.h - core maps as engines ------------------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_EMULATORENGINE_H
#define LLE_TOOLS_COMMON_EMULATORENGINE_H

#include "passes/Analysis/Engine.h"
#include "runtime/emulator/Emulator.h"

namespace lle {

/// Runs a core map; its ports are those of the map.
class EmulatorEngine final : public Engine {
public:
  explicit EmulatorEngine(runtime::Emulator emulator) : emulator(std::move(emulator)) {}

  std::unique_ptr<Instance> instantiate() override;

  const runtime::CoreMap &getMap() const { return emulator.map(); }
  uint32_t getLatency() const { return emulator.latency(); }
  /// What all instances have done that are gone.
  const runtime::Activity &getActivity() const { return activity; }
  void addActivity(const runtime::Activity &more) { activity += more; }

private:
  runtime::Emulator emulator;
  runtime::Activity activity;
};

} // namespace lle

#endif
