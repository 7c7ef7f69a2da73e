//===- PlaceList.cpp - a list of what is visited --------------------------===//
#include "lowering/LLEToLinalg/PlaceList.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include <cmath>

using namespace mlir;
using namespace lle;

/// Places that are written for a mask at once, whether it has as many bits or not.
static constexpr int64_t kMostAtOnce = 32;

PlaceList::PlaceList(StepBuilder &b, int64_t length, double activity) : activity(activity) {
  auto type = MemRefType::get({length + kMostAtOnce}, length <= 65536 ? b.getIntegerType(16) : b.getI32Type());
  places = memref::AllocOp::create(b, type, b.getI64IntegerAttr(64));
}

/// So many places that few masks have more: two standard deviations of bits that are drawn one by one.
static int64_t getPlacesAtOnce(double expected) {
  auto most = int64_t(std::ceil(expected + 2 * std::sqrt(expected)));
  return std::clamp<int64_t>(most, 2, kMostAtOnce);
}

Value PlaceList::append(StepBuilder &b, Value count, Value first, Value mask, int64_t width) {
  Type maskType = mask.getType(), placeType = cast<MemRefType>(places.getType()).getElementType();
  Value base = arith::IndexCastUIOp::create(b, b.getI32Type(), first);
  // Of an empty mask it writes some place, which the next one writes over. Returns the mask without the bit.
  auto write = [&](StepBuilder &b, Value mask, Value index) -> Value {
    Value bit = math::CountTrailingZerosOp::create(b, mask);
    if (!maskType.isInteger(32))
      bit = arith::TruncIOp::create(b, b.getI32Type(), bit);
    Value place = arith::AddIOp::create(b, base, bit);
    if (placeType != place.getType())
      place = arith::TruncIOp::create(b, placeType, place);
    memref::StoreOp::create(b, place, places, index);
    Value one = arith::ConstantOp::create(b, b.getIntegerAttr(maskType, 1));
    return arith::AndIOp::create(b, mask, arith::SubIOp::create(b, mask, one));
  };
  Value found = arith::IndexCastUIOp::create(b, b.getIndexType(), math::CtPopOp::create(b, mask));
  int64_t atOnce = std::min(getPlacesAtOnce(double(width) * activity), width);
  for (int64_t place = 0; place < atOnce; ++place)
    mask = write(b, mask, arith::AddIOp::create(b, count, b.index(place)));
  if (atOnce < width) {
    auto loop = scf::ForOp::create(b, b.index(atOnce), found, b.index(1), mask);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    Value index = arith::AddIOp::create(inner, count, loop.getInductionVar());
    scf::YieldOp::create(inner, write(inner, loop.getRegionIterArgs().front(), index));
  }
  return arith::AddIOp::create(b, count, found);
}

SmallVector<Value> PlaceList::forEach(StepBuilder &b, ValueRange carried, SpikeBody body) const {
  auto loop = scf::ForOp::create(b, b.index(0), count, b.index(1), carried);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value place = memref::LoadOp::create(inner, places, loop.getInductionVar());
  place = arith::IndexCastUIOp::create(inner, inner.getIndexType(), place);
  yieldCarried(inner, body(inner, place, loop.getRegionIterArgs()));
  return SmallVector<Value>(loop.getResults());
}
