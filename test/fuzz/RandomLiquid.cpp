//===- RandomLiquid.cpp - random NIR graphs of recurrent cells ------------===//
#include "test/fuzz/RandomLiquid.h"

#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Export.h"
#include "test/fuzz/RandomCell.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

/// What the dialect can express and a file cannot (a precision, an operand) makes some attempts fail.
static constexpr unsigned kAttempts = 200;

/// Cells in a row; the elapsed time, where there is one, is an input of the network.
static OwningOpRef<ModuleOp> makeNetwork(MLIRContext &context, RandomNumbers &random) {
  OpBuilder builder(&context);
  Location loc = builder.getUnknownLoc();
  auto makeType = [&] { return RankedTensorType::get({random.range(1, 6)}, builder.getF32Type()); };
  RankedTensorType inputType = makeType();
  SmallVector<Type> inputs{inputType};
  bool isTimed = random.chance(0.3);
  if (isTimed)
    inputs.push_back(RankedTensorType::get({1}, builder.getF32Type()));

  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  builder.setInsertionPointToEnd(module->getBody());
  SmallVector<RankedTensorType> states(random.range(1, 3));
  std::generate(states.begin(), states.end(), makeType);
  auto network = NetworkOp::create(builder, loc, "liquid", builder.getFunctionType(inputs, {}), 1.0);
  if (isTimed)
    network.setArgAttr(1, NetworkOp::kPortNameAttr, builder.getStringAttr("timespans"));
  Block &body = network.getBody().front();
  builder.setInsertionPointToStart(&body);
  Value value = body.getArgument(0);
  for (auto [index, state] : llvm::enumerate(states)) {
    CellContext around;
    around.input = value;
    around.type = state;
    around.elapsed = isTimed ? Value(body.getArgument(1)) : Value();
    around.shortest = 0.1;
    Operation *cell = addRandomCell(builder, random, "cell" + std::to_string(index), around);
    value = cell->getResult(0);
  }
  OutputOp::create(builder, loc, ValueRange{value});
  network.setType(builder.getFunctionType(inputs, {value.getType()}));
  return module;
}

nir::Graph lle::fuzz::makeLiquidGraph(MLIRContext &context, Random &random) {
  ScopedDiagnosticHandler silent(&context, [](Diagnostic &) { return success(); });
  for (unsigned attempt = 0; attempt < kAttempts; ++attempt) {
    RandomNumbers numbers(random.below(uint64_t(1) << 32), NumberClass::real);
    OwningOpRef<ModuleOp> module = makeNetwork(context, numbers);
    if (failed(verify(*module)))
      continue;
    FailureOr<nir::Graph> graph = nir::exportNIR(*module->getOps<NetworkOp>().begin());
    if (succeeded(graph))
      return std::move(*graph);
  }
  llvm::report_fatal_error("no random cell can be written as NIR", /*gen_crash_diag=*/false);
}
