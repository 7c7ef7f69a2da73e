//===- NodeBuilder.h - one node of NIR to one operation -----------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_NODEBUILDER_H
#define LLE_FRONTENDS_NIR_NODEBUILDER_H

#include "frontends/NIR/FlatGraph.h"
#include "frontends/NIR/Quantise.h"
#include "mlir/IR/Builders.h"

namespace lle::nir {

/// Steps of an explicit delay, one for each element of the node.
llvm::Expected<std::vector<int64_t>> getDelaySteps(const FlatNode &node, double dt, Report &report);

/// Whether the node's result depends on what arrives in the same step.
bool isCombinational(const FlatNode &node, const Profile &profile, double dt);

/// The element type of a node's spikes; null where it gives real values.
mlir::Type getSpikeType(const FlatNode &node, const Profile &profile, mlir::MLIRContext *context);

/// Says in the report what the profile cannot express of a node.
void checkProfile(const FlatNode &node, const Profile &profile, double dt, Report &report);

class NodeBuilder {
public:
  /// With `quantised`, weights and populations are taken from there.
  NodeBuilder(mlir::OpBuilder &builder, const Profile &profile, double dt, const QuantisedNetwork *quantised,
              Report &report)
      : builder(builder), profile(profile), dt(dt), quantised(quantised), report(report) {}

  /// The operation of a node that is no cell, its parameters before it. The input is operand 0.
  mlir::Operation *build(const FlatNode &node, mlir::Location loc, mlir::Value input, mlir::Type resultElement);

private:
  mlir::Value addWeight(llvm::StringRef param, llvm::ArrayRef<int64_t> shape);
  mlir::Value addWeight(const Array &array, llvm::StringRef param, llvm::ArrayRef<int64_t> shape);
  void addSynapseOperands(llvm::SmallVectorImpl<mlir::Value> &operands, bool needsBias);
  mlir::Operation *create(llvm::StringRef op, mlir::ValueRange operands, mlir::NamedAttrList attributes);
  mlir::Operation *buildSynapse(llvm::StringRef op);
  mlir::Operation *buildWindow(llvm::StringRef op);
  mlir::Operation *buildFlatten();
  mlir::Operation *buildActivation();
  mlir::Operation *buildDelay();
  mlir::Operation *buildThreshold();
  mlir::Operation *buildNeuron(llvm::StringRef op);
  mlir::Operation *buildQuantisedNeuron();

  mlir::OpBuilder &builder;
  const Profile &profile;
  double dt;
  const QuantisedNetwork *quantised;
  Report &report;

  // Of the node being built.
  const FlatNode *flat = nullptr;
  const Node *node = nullptr;
  std::optional<mlir::Location> loc;
  mlir::Value input;
  mlir::RankedTensorType resultType;
};

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_NODEBUILDER_H
