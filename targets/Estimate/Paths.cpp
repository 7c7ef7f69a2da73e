//===- Paths.cpp - the shortest and the longest path of a step ------------===//
//
// A procedure is an acyclic graph of blocks and loops, a loop is one of blocks and loops again, once the jumps back to
// where it is entered are left out. So a path is found in each, from the innermost loop to the procedure.
//
//===----------------------------------------------------------------------===//
#include "targets/Estimate/Paths.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

#include <cmath>
#include <numeric>

using namespace llvm;
using namespace lle;

namespace {
/// What one pass through a part of the graph executes.
struct Path {
  uint64_t instructions = 0;
  SmallVector<std::pair<unsigned, uint64_t>> counts; ///< Blocks, and how often.

  void add(const Path &other, uint64_t times) {
    instructions += other.instructions * times;
    for (auto [block, count] : other.counts)
      counts.push_back({block, count * times});
  }
};

class PathFinder {
public:
  PathFinder(const MachineProcedure &procedure, const LoopBounds &bounds, PathKind kind, ArrayRef<uint64_t> costs)
      : procedure(procedure), bounds(bounds), isLongest(kind == PathKind::Longest), costs(costs) {}

  Expected<Path> find();

private:
  const MachineProcedure &procedure;
  const LoopBounds &bounds;
  const bool isLongest;
  const ArrayRef<uint64_t> costs; ///< Of blocks, with what they call.
  /// A loop that is being looked at, and what the loops in it do beyond one iteration each, where that is known only of
  /// all its iterations together.
  struct OpenLoop {
    unsigned loop;
    Path beyond;
  };
  SmallVector<OpenLoop> open;

  /// A strongly connected part: a block, or a loop.
  using Part = std::vector<unsigned>;
  struct Region {
    std::vector<Part> parts; ///< Each behind those it leads to.
    DenseMap<unsigned, unsigned> partOf;
  };
  /// Paths from the head of a region: back to the head, and out of the region.
  struct RegionPaths {
    std::optional<Path> back, out;
  };

  Region split(ArrayRef<unsigned> blocks, std::optional<unsigned> head);
  Expected<RegionPaths> findInRegion(ArrayRef<unsigned> blocks, unsigned head, bool isLoop);
  Expected<Path> findInPart(const Part &part, ArrayRef<unsigned> blocks, std::optional<unsigned> head);
};
} // namespace

/// Tarjan's algorithm over the blocks, without jumps to the head; without recursion, because code may be long.
PathFinder::Region PathFinder::split(ArrayRef<unsigned> blocks, std::optional<unsigned> head) {
  Region region;
  DenseSet<unsigned> inside(blocks.begin(), blocks.end());
  DenseMap<unsigned, unsigned> number, low;
  DenseSet<unsigned> open;
  std::vector<unsigned> stack;
  std::vector<std::pair<unsigned, size_t>> calls; // a block, and its next successor
  auto enter = [&](unsigned block) {
    number[block] = low[block] = unsigned(number.size()) + 1;
    stack.push_back(block);
    open.insert(block);
    calls.push_back({block, 0});
  };
  for (unsigned root : blocks) {
    if (!number.contains(root))
      enter(root);
    while (!calls.empty()) {
      auto [block, next] = calls.back();
      const auto &successors = procedure.blocks[block].successors;
      if (next < successors.size()) {
        ++calls.back().second;
        unsigned successor = successors[next];
        if (!inside.contains(successor) || successor == head)
          continue;
        if (!number.contains(successor))
          enter(successor);
        else if (open.contains(successor))
          low[block] = std::min(low[block], number[successor]);
        continue;
      }
      calls.pop_back();
      if (!calls.empty())
        low[calls.back().first] = std::min(low[calls.back().first], low[block]);
      if (low[block] != number[block])
        continue;
      Part &part = region.parts.emplace_back();
      for (unsigned member = block + 1; member != block;) {
        member = stack.back();
        stack.pop_back();
        open.erase(member);
        part.push_back(member);
        region.partOf[member] = region.parts.size() - 1;
      }
      llvm::sort(part);
    }
  }
  return region;
}

/// A block, or all iterations of a loop. `head` is that of the region of `blocks`, if it is a loop's.
Expected<Path> PathFinder::findInPart(const Part &part, ArrayRef<unsigned> blocks, std::optional<unsigned> head) {
  bool isLoop = part.size() > 1 ||
                (part.front() != head && llvm::is_contained(procedure.blocks[part.front()].successors, part.front()));
  if (!isLoop)
    return Path{costs[part.front()], {{part.front(), 1}}};
  DenseSet<unsigned> inside(part.begin(), part.end());
  // Where it is entered.
  llvm::SmallSetVector<unsigned, 2> heads;
  if (inside.contains(0))
    heads.insert(0);
  for (unsigned block : blocks)
    if (!inside.contains(block))
      for (unsigned successor : procedure.blocks[block].successors)
        if (inside.contains(successor))
          heads.insert(successor);
  if (heads.size() != 1)
    return createStringError("a loop is entered in more than one place");
  std::optional<unsigned> loop;
  bool isFirst = true;
  for (unsigned block : part) {
    StringRef source = procedure.blocks[block].source;
    if (!bounds.knows(source))
      continue;
    loop = isFirst ? bounds.getLoop(source) : bounds.getCommonLoop(loop, bounds.getLoop(source));
    isFirst = false;
  }
  if (!loop || (isLongest && !bounds.getLoops()[*loop].most)) {
    std::string node = loop ? bounds.getLoops()[*loop].node : "";
    return createStringError("a loop " + (node.empty() ? "" : "of node '" + node + "' ") + "has no known bound");
  }
  const LoopBound &bound = bounds.getLoops()[*loop];
  open.push_back({*loop, Path()});
  Expected<RegionPaths> paths = findInRegion(part, heads.front(), /*isLoop=*/true);
  if (!paths)
    return paths.takeError();
  Path all = std::move(open.pop_back_val().beyond);
  uint64_t iterations = isLongest ? *bound.most : bound.least;
  if (paths->back && isLongest && bound.repeats && !open.empty() && open.back().loop == bound.parent)
    open.back().beyond.add(*paths->back, *bound.repeats);
  else if (paths->back && iterations > 1)
    all.add(*paths->back, iterations - 1);
  if (paths->out)
    all.add(*paths->out, 1);
  return all;
}

Expected<PathFinder::RegionPaths> PathFinder::findInRegion(ArrayRef<unsigned> blocks, unsigned head, bool isLoop) {
  std::optional<unsigned> loopHead = isLoop ? std::optional(head) : std::nullopt;
  Region region = split(blocks, loopHead);
  DenseSet<unsigned> inside(blocks.begin(), blocks.end());
  // The part before on the best way to each, and the cost up to it.
  std::vector<std::optional<unsigned>> before(region.parts.size());
  std::vector<std::optional<uint64_t>> cost(region.parts.size());
  std::vector<std::optional<Path>> own(region.parts.size());
  unsigned first = region.partOf[head];
  cost[first] = 0;
  RegionPaths best;
  std::optional<unsigned> backEnd, outEnd;
  uint64_t backCost = 0, outCost = 0;
  auto improves = [&](uint64_t candidate, bool hasOther, uint64_t other) {
    return !hasOther || (isLongest ? candidate > other : candidate < other);
  };
  for (unsigned part = unsigned(region.parts.size()); part-- > 0;) {
    if (!cost[part])
      continue; // not reached from the head
    Expected<Path> through = findInPart(region.parts[part], blocks, loopHead);
    if (!through)
      return through.takeError();
    uint64_t reached = *cost[part] + through->instructions;
    own[part] = std::move(*through);
    for (unsigned block : region.parts[part]) {
      const auto &successors = procedure.blocks[block].successors;
      bool leaves = successors.empty();
      for (unsigned successor : successors) {
        if (!inside.contains(successor)) {
          leaves = true;
        } else if (isLoop && successor == head) {
          if (improves(reached, backEnd.has_value(), backCost)) {
            backEnd = part;
            backCost = reached;
          }
        } else if (unsigned next = region.partOf[successor]; next != part) {
          if (improves(reached, cost[next].has_value(), cost[next].value_or(0))) {
            cost[next] = reached;
            before[next] = part;
          }
        }
      }
      if (leaves && improves(reached, outEnd.has_value(), outCost)) {
        outEnd = part;
        outCost = reached;
      }
    }
  }
  auto collect = [&](std::optional<unsigned> end) {
    std::optional<Path> path;
    for (; end; end = before[*end]) {
      if (!path)
        path.emplace();
      path->add(*own[*end], 1);
    }
    return path;
  };
  best.back = collect(backEnd);
  best.out = collect(outEnd);
  return best;
}

Expected<Path> PathFinder::find() {
  std::vector<unsigned> blocks(procedure.blocks.size());
  std::iota(blocks.begin(), blocks.end(), 0);
  Expected<RegionPaths> paths = findInRegion(blocks, 0, /*isLoop=*/false);
  if (!paths)
    return paths.takeError();
  return paths->out ? std::move(*paths->out) : Path();
}

namespace {
/// Paths of all procedures that one calls.
class CallPaths {
public:
  CallPaths(const MachineCode &code, const LoopBounds &bounds, const lle::Target &target, PathKind kind)
      : code(code), bounds(bounds), target(target), kind(kind) {
    paths.resize(code.procedures.size());
    isOpen.resize(code.procedures.size());
  }

  Error find(unsigned procedure);
  void addCounts(unsigned procedure, uint64_t times, PathCounts &counts) const;

private:
  const MachineCode &code;
  const LoopBounds &bounds;
  const lle::Target &target;
  const PathKind kind;
  std::vector<std::optional<Path>> paths;
  std::vector<bool> isOpen;

  std::optional<unsigned> findCallee(StringRef name) const {
    const MachineProcedure *callee = code.find(name);
    return callee ? std::optional<unsigned>(callee - code.procedures.data()) : std::nullopt;
  }
};
} // namespace

Error CallPaths::find(unsigned number) {
  const MachineProcedure &procedure = code.procedures[number];
  if (paths[number])
    return Error::success();
  if (isOpen[number])
    return createStringError("function '" + procedure.name + "' calls itself");
  isOpen[number] = true;
  std::vector<uint64_t> costs;
  for (const MachineBlock &block : procedure.blocks) {
    uint64_t &cost = costs.emplace_back(block.instructions.size() + (kind == PathKind::Longest ? block.padding : 0));
    for (const auto &[label, name] : block.calls) {
      std::optional<unsigned> callee = findCallee(name);
      const CostFigure *helper = callee ? nullptr : target.getHelper(name);
      if (helper)
        cost += uint64_t(kind == PathKind::Longest ? std::ceil(helper->high) : std::floor(helper->low));
      else if (!callee && kind == PathKind::Longest)
        return createStringError("the instructions of '" + name + "', which is called, are not known");
      if (!callee)
        continue;
      if (Error error = find(*callee))
        return error;
      cost += paths[*callee]->instructions;
    }
  }
  Expected<Path> path = PathFinder(procedure, bounds, kind, costs).find();
  if (!path)
    return path.takeError();
  paths[number] = std::move(*path);
  return Error::success();
}

void CallPaths::addCounts(unsigned number, uint64_t times, PathCounts &counts) const {
  for (auto [block, count] : paths[number]->counts) {
    counts[number][block] += count * times;
    for (const auto &[label, name] : code.procedures[number].blocks[block].calls)
      if (std::optional<unsigned> callee = findCallee(name))
        addCounts(*callee, count * times, counts);
  }
}

Expected<PathCounts> lle::findPath(const MachineCode &code, StringRef entry, const LoopBounds &bounds,
                                   const lle::Target &target, PathKind kind) {
  const MachineProcedure *procedure = code.find(entry);
  assert(procedure && "the code has the procedure");
  unsigned number = unsigned(procedure - code.procedures.data());
  CallPaths paths(code, bounds, target, kind);
  if (Error error = paths.find(number))
    return std::move(error);
  PathCounts counts;
  for (const MachineProcedure &each : code.procedures)
    counts.emplace_back(each.blocks.size());
  paths.addCounts(number, 1, counts);
  return counts;
}
