//===- Retime.cpp - start ticks of populations ----------------------------===//
#include "lowering/SpkToNeuro/Retime.h"

#include "llvm/ADT/STLExtras.h"

#include <optional>

using namespace mlir;
using namespace lle;

Retiming lle::retime(unsigned populations, ArrayRef<TimedEdge> edges) {
  Retiming result;
  result.starts.assign(populations, 0);
  SmallVector<std::optional<unsigned>> reason(populations); // the edge that a start is due to
  std::optional<unsigned> last;                             // a population that moved in the last round
  for (unsigned round = 0; round <= populations; ++round) {
    last.reset();
    for (auto [index, edge] : llvm::enumerate(edges)) {
      int64_t earliest = result.starts[edge.source] + 1 - edge.delay;
      if (earliest <= result.starts[edge.target])
        continue;
      result.starts[edge.target] = earliest;
      reason[edge.target] = unsigned(index);
      last = edge.target;
    }
    if (!last)
      return result;
  }

  // No longest path has as many edges as there are populations: going back that far ends in a loop.
  unsigned member = *last;
  for (unsigned i = 0; i < populations; ++i)
    member = edges[*reason[member]].source;
  unsigned population = member;
  do {
    result.loop.push_back(*reason[population]);
    population = edges[*reason[population]].source;
  } while (population != member);
  std::reverse(result.loop.begin(), result.loop.end());
  result.starts.clear();
  return result;
}
