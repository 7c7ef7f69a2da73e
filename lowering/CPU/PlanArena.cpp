//===- PlanArena.cpp - one arena for all buffers --------------------------===//
#include "lowering/Interface.h"
#include "lowering/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/Transforms/BufferViewFlowAnalysis.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/Support/MathExtras.h"

namespace lle {
#define GEN_PASS_DEF_PLANARENA
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
struct Buffer {
  memref::AllocOp alloc;
  int64_t bytes;
  unsigned first, last; ///< Operations of the entry block that use it.
  int64_t offset = 0;

  bool livesWith(const Buffer &other) const { return first <= other.last && other.first <= last; }
};

struct PlanArena : lle::impl::PlanArenaBase<PlanArena> {
  using PlanArenaBase::PlanArenaBase;
  void runOnOperation() override;

private:
  FailureOr<SmallVector<Buffer>> collectBuffers(func::FuncOp function, int64_t alignment);
  int64_t place(SmallVectorImpl<Buffer> &buffers);
};
} // namespace

FailureOr<SmallVector<Buffer>> PlanArena::collectBuffers(func::FuncOp function, int64_t alignment) {
  Block &entry = function.getBody().front();
  llvm::DenseMap<Operation *, unsigned> position;
  for (auto [index, op] : llvm::enumerate(entry))
    position[&op] = index;
  BufferViewFlowAnalysis aliases(function);

  SmallVector<Buffer> buffers;
  WalkResult result = function.walk([&](memref::AllocOp alloc) {
    MemRefType type = alloc.getType();
    if (!type.hasStaticShape() || !type.getLayout().isIdentity() || alloc->getBlock() != &entry) {
      alloc.emitOpError("cannot be placed in a static arena: it needs a static shape, outside of loops");
      return WalkResult::interrupt();
    }
    int64_t bytes = type.getNumElements() * llvm::divideCeil(type.getElementTypeBitWidth(), 8);
    // Memory is needed from the first use on: an allocation may be far above it.
    Buffer buffer{alloc, int64_t(llvm::alignTo(bytes, alignment)), unsigned(position.size()), position[alloc]};
    for (Value alias : aliases.resolve(alloc)) {
      for (Operation *user : alias.getUsers()) {
        unsigned place = position.lookup(entry.findAncestorOpInBlock(*user));
        buffer.first = std::min(buffer.first, place);
        buffer.last = std::max(buffer.last, place);
      }
    }
    buffer.first = std::min(buffer.first, buffer.last);
    buffers.push_back(buffer);
    return WalkResult::advance();
  });
  if (result.wasInterrupted())
    return failure();
  return buffers;
}

/// Largest first, each at the lowest offset at which it overlaps no buffer that lives at the same time.
int64_t PlanArena::place(SmallVectorImpl<Buffer> &buffers) {
  SmallVector<Buffer *> order = llvm::map_to_vector(buffers, [](Buffer &buffer) { return &buffer; });
  llvm::sort(order, [](Buffer *a, Buffer *b) { return std::make_pair(-a->bytes, a) < std::make_pair(-b->bytes, b); });
  SmallVector<Buffer *> placed;
  int64_t total = 0;
  for (Buffer *buffer : order) {
    SmallVector<Buffer *> neighbours;
    for (Buffer *other : placed)
      if (buffer->livesWith(*other))
        neighbours.push_back(other);
    llvm::sort(neighbours,
               [](Buffer *a, Buffer *b) { return std::make_pair(a->offset, a) < std::make_pair(b->offset, b); });
    for (Buffer *other : neighbours)
      if (buffer->offset + buffer->bytes > other->offset)
        buffer->offset = std::max(buffer->offset, other->offset + other->bytes);
    placed.push_back(buffer);
    total = std::max(total, buffer->offset + buffer->bytes);
  }
  return total;
}

/// The most that buffers need at the same time: no plan takes less.
static int64_t getPeak(ArrayRef<Buffer> buffers) {
  int64_t peak = 0;
  for (const Buffer &buffer : buffers) { // the peak begins where some buffer begins
    int64_t bytes = 0;
    for (const Buffer &other : buffers)
      if (other.first <= buffer.first && buffer.first <= other.last)
        bytes += other.bytes;
    peak = std::max(peak, bytes);
  }
  return peak;
}

/// The largest two buffers that are needed at the same time.
static int64_t getLargestPair(ArrayRef<Buffer> buffers) {
  int64_t most = 0;
  for (const Buffer &buffer : buffers) {
    most = std::max(most, buffer.bytes);
    for (const Buffer &other : buffers)
      if (&other != &buffer && buffer.livesWith(other))
        most = std::max(most, buffer.bytes + other.bytes);
  }
  return most;
}

void PlanArena::runOnOperation() {
  func::FuncOp function = getOperation();
  if (function.isExternal())
    return;
  auto said = function->getAttrOfType<IntegerAttr>(kAlignmentAttr);
  FailureOr<SmallVector<Buffer>> buffers = collectBuffers(function, said ? said.getInt() : kWidestAlignment);
  if (failed(buffers))
    return signalPassFailure();
  int64_t bytes = place(*buffers);
  OpBuilder builder(&getContext());
  function->setAttr(kScratchBytesAttr, builder.getI64IntegerAttr(bytes));
  if (remark) {
    if (int64_t peak = getPeak(*buffers); bytes != peak)
      function.emitRemark("the arena's scratch has ") << bytes << " bytes, of which " << peak << " are used at once";
    if (int64_t pair = getLargestPair(*buffers); bytes > pair)
      function.emitRemark("the arena's scratch has ")
          << bytes << " bytes, more than " << pair << " of the largest pair";
  }
  if (buffers->empty())
    return;

  unsigned index = function.getNumArguments();
  auto arenaType = MemRefType::get({bytes}, builder.getI8Type());
  auto attributes = builder.getDictionaryAttr(builder.getNamedAttr(kKindAttr, builder.getStringAttr("scratch")));
  if (failed(function.insertArgument(index, arenaType, attributes, function.getLoc())))
    return signalPassFailure();
  Value arena = function.getArgument(index);
  for (Buffer &buffer : *buffers) {
    builder.setInsertionPoint(buffer.alloc);
    Value offset = arith::ConstantIndexOp::create(builder, buffer.alloc.getLoc(), buffer.offset);
    Value view =
        memref::ViewOp::create(builder, buffer.alloc.getLoc(), buffer.alloc.getType(), arena, offset, ValueRange());
    buffer.alloc.replaceAllUsesWith(view);
    buffer.alloc.erase();
  }
}
