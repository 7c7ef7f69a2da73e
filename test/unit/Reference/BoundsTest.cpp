//===- BoundsTest.cpp - states stay within their limits -------------------===//
//
// Random cells run with inputs that saturate whatever they reach, and with ordinary ones. What BoundedStateOpInterface
// says of their states and results must hold at every step.
//
//===----------------------------------------------------------------------===//
#include "dialects/LTC/LTCOps.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"
#include "test/fuzz/MakeElements.h"
#include "test/fuzz/RandomCell.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"

#include "gtest/gtest.h"

#include <map>

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

namespace {
constexpr unsigned kSteps = 200;
constexpr double kLargestInput = 500, kLargestHidden = 2, kShortestTime = 0.01;

/// The reference rounds each operation to double.
void expectWithin(const Values &values, const Bounds &bounds, const std::string &what) {
  ASSERT_EQ(values.size(), bounds.size()) << what;
  for (auto [value, limits] : llvm::zip_equal(values, bounds)) {
    double rounding = 1e-12 * (1 + std::abs(limits.lower) + std::abs(limits.upper));
    ASSERT_GE(value, limits.lower - rounding) << what;
    ASSERT_LE(value, limits.upper + rounding) << what;
  }
}

class BoundsTest : public testing::TestWithParam<bool> {
protected:
  BoundsTest() {
    DialectRegistry registry;
    registry.insert<LLEDialect, ltc::LTCDialect>();
    registerReferenceModels(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// A network of one random cell, with the input, the time and, if `hasHidden`, the state to start from as arguments.
  OwningOpRef<ModuleOp> makeNetwork(RandomNumbers &random, bool hasHidden) {
    OpBuilder builder(&context);
    Location loc = builder.getUnknownLoc();
    OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
    builder.setInsertionPointToEnd(module->getBody());
    auto getType = [&](int64_t length) { return RankedTensorType::get({length}, builder.getF64Type()); };
    RankedTensorType state = getType(random.range(1, 12));
    SmallVector<Type> inputs{getType(random.range(1, 8)), getType(1)};
    if (hasHidden)
      inputs.push_back(state);
    auto network = NetworkOp::create(builder, loc, "net", builder.getFunctionType(inputs, {}), 1.0);
    Block &body = network.getBody().front();
    builder.setInsertionPointToEnd(&body);
    CellContext surroundings;
    surroundings.input = body.getArgument(0);
    surroundings.type = state;
    surroundings.elapsed = body.getArgument(1);
    surroundings.shortest = kShortestTime;
    if (hasHidden)
      surroundings.hidden = body.getArgument(2);
    Operation *cell = addRandomCell(builder, random, "cell", surroundings);
    OutputOp::create(builder, loc, cell->getResults());
    network.setFunctionType(builder.getFunctionType(inputs, cell->getResultTypes()));
    return module;
  }

  MLIRContext context;
};

TEST_P(BoundsTest, Hold) {
  std::map<std::string, unsigned> bounded; // Cells with limits, of each kind.
  for (uint64_t seed = 0; seed < 150; ++seed) {
    RandomNumbers random(seed, NumberClass::real);
    OwningOpRef<ModuleOp> module = makeNetwork(random, GetParam());
    ASSERT_TRUE(succeeded(verify(*module)));
    auto network = *module->getOps<NetworkOp>().begin();
    auto cell = *network.getOps<BoundedStateOpInterface>().begin();
    SmallVector<MaybeBounds> operands(cell->getNumOperands());
    if (GetParam())
      operands.back() = Bounds(cast<RankedTensorType>(cell->getOperands().back().getType()).getNumElements(),
                               Limits{-kLargestHidden, kLargestHidden});
    SmallVector<MaybeBounds> states = cell.getStateBounds(operands), results = cell.getResultBounds(operands);
    auto descriptors = cast<StatefulOpInterface>(*cell).getStates();
    ASSERT_EQ(states.size(), descriptors.size());
    ASSERT_EQ(results.size(), cell->getNumResults());
    if (llvm::none_of(results, [](const MaybeBounds &bounds) { return bounds.has_value(); }))
      continue;
    ++bounded[cell->getName().getStringRef().str()];

    auto engine = createReferenceEngine(network, Precision::f64);
    auto instance = engine->instantiate();
    std::vector<Values> outputs;
    for (unsigned step = 0; step < kSteps; ++step) {
      double largest = random.pick({1.0, kLargestInput});
      std::vector<Values> inputs;
      for (auto [index, type] : llvm::enumerate(network.getArgumentTypes())) {
        Values &values = inputs.emplace_back(cast<RankedTensorType>(type).getNumElements());
        for (double &value : values)
          value = index == 0   ? random.real(-largest, largest)
                  : index == 1 ? random.real(kShortestTime, 3)
                               : random.real(-kLargestHidden, kLargestHidden);
      }
      instance->step(inputs, outputs);
      std::string where =
          cell->getName().getStringRef().str() + " of seed " + std::to_string(seed) + ", step " + std::to_string(step);
      for (auto [values, bounds] : llvm::zip_equal(outputs, results))
        if (bounds)
          ASSERT_NO_FATAL_FAILURE(expectWithin(values, *bounds, where));
      for (auto [descriptor, bounds] : llvm::zip_equal(descriptors, states)) {
        if (!bounds)
          continue;
        auto values = instance->readState("cell", descriptor.name);
        ASSERT_TRUE(bool(values));
        ASSERT_NO_FATAL_FAILURE(expectWithin(*values, *bounds, where + ", state " + descriptor.name.str()));
      }
    }
  }
  for (const char *kind : {"ltc.ltc_cell", "ltc.cfc_cell", "ltc.lstm_cell", "ltc.gru_cell", "ltc.ctrnn_cell"})
    EXPECT_GE(bounded[kind], 3u) << kind;
}

INSTANTIATE_TEST_SUITE_P(Cells, BoundsTest, testing::Bool(),
                         [](const auto &info) { return info.param ? "HiddenGiven" : "HiddenKept"; });
} // namespace
