//===- Damage.h - files that are wrong --------------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_DAMAGE_H
#define LLE_TEST_FUZZ_DAMAGE_H

#include "frontends/NIR/Data.h"
#include "runtime/host/File.h"
#include "test/fuzz/Random.h"

namespace lle::fuzz {

/// Flips bits, cuts, or overwrites a block; more often near the ends, where formats keep their structure.
void damageBytes(std::string &bytes, Random &random);

/// Makes one to three changes to what the graph says: parameters that are missing, of the wrong shape, element type or
/// value, types that do not exist, names that no file should have, edges that lead nowhere or in a circle.
void damageGraph(nir::Graph &graph, Random &random);

/// Makes one or two changes to recordings: arrays as damageGraph does, kinds, numbers and names.
void damageData(std::vector<nir::Observable> &observables, Random &random);

/// Changes a package as damageBytes does, or changes its payload or single fields of it so that the hash still holds.
void damagePackage(runtime::Bytes &file, Random &random);

} // namespace lle::fuzz

#endif
