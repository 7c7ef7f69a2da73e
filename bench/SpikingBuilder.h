//===- SpikingBuilder.h - spiking networks, layer by layer ------*- C++ -*-===//
#ifndef LLE_BENCH_SPIKINGBUILDER_H
#define LLE_BENCH_SPIKINGBUILDER_H

#include "bench/SpikingBound.h"
#include "dialects/LLE/Layers.h"
#include "dialects/Spk/SpkOps.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace lle::bench {

/// Builds networks whose weights are random, layer by layer. Spikes come in, or numbers, and spikes go out; the neurons
/// are those of SpikingBound.h unless another threshold is given.
class NetworkBuilder {
public:
  NetworkBuilder(mlir::MLIRContext &context, mlir::StringRef name, mlir::ArrayRef<int64_t> input, int64_t outputs,
                 bool spikesIn = true)
      : builder(&context), loc(mlir::NameLoc::get(builder.getStringAttr(name))), module(mlir::ModuleOp::create(loc)) {
    builder.setInsertionPointToEnd(module->getBody());
    network = NetworkOp::create(
        builder, loc, name,
        builder.getFunctionType({spikesIn ? getSpikes(input) : getCurrent(input)}, {getSpikes({outputs})}),
        /*dt=*/1e-3);
    builder.setInsertionPointToEnd(&network.getBody().front());
  }

  mlir::Value getInput() { return network.getBody().getArgument(0); }

  mlir::Value linear(mlir::Value input, const std::vector<float> &weights, Storage storage = Storage::f32) {
    int64_t inputs = mlir::cast<mlir::RankedTensorType>(input.getType()).getNumElements();
    int64_t outputs = int64_t(weights.size()) / inputs;
    return LinearOp::create(builder, loc, getCurrent({outputs}), input, weight(weights, {outputs, inputs}, storage),
                            mlir::StringAttr());
  }

  mlir::Value affine(mlir::Value input, const std::vector<float> &weights, const std::vector<float> &bias) {
    int64_t inputs = mlir::cast<mlir::RankedTensorType>(input.getType()).getNumElements();
    int64_t outputs = int64_t(bias.size());
    return AffineOp::create(builder, loc, getCurrent({outputs}), input, weight(weights, {outputs, inputs}),
                            weight(bias, {outputs}), mlir::StringAttr());
  }

  mlir::Value conv2d(mlir::Value input, const std::vector<float> &weights, int64_t outputs, int64_t kernel,
                     int64_t stride, int64_t padding) {
    return conv2d(input, weights, std::vector<float>(outputs), kernel, stride, padding);
  }

  mlir::Value conv2d(mlir::Value input, const std::vector<float> &weights, const std::vector<float> &bias,
                     int64_t kernel, int64_t stride, int64_t padding) {
    int64_t outputs = int64_t(bias.size());
    auto shape = mlir::cast<mlir::RankedTensorType>(input.getType()).getShape();
    int64_t size = (shape[1] + 2 * padding - kernel) / stride + 1;
    return Conv2dOp::create(builder, loc, getCurrent({outputs, size, size}), input,
                            weight(weights, {outputs, shape[0], kernel, kernel}), weight(bias, {outputs}),
                            builder.getDenseI64ArrayAttr({stride, stride}),
                            builder.getDenseI64ArrayAttr({padding, padding}), builder.getDenseI64ArrayAttr({1, 1}),
                            builder.getI64IntegerAttr(1), mlir::StringAttr());
  }

  mlir::Value sumPool(mlir::Value input) {
    auto shape = mlir::cast<mlir::RankedTensorType>(input.getType()).getShape();
    return SumPool2dOp::create(builder, loc, getCurrent({shape[0], shape[1] / 2, shape[2] / 2}), input,
                               builder.getDenseI64ArrayAttr({2, 2}), builder.getDenseI64ArrayAttr({2, 2}),
                               builder.getDenseI64ArrayAttr({0, 0}), mlir::StringAttr());
  }

  mlir::Value maxPool(mlir::Value input) {
    auto type = mlir::cast<mlir::RankedTensorType>(input.getType());
    auto shape = type.getShape();
    return MaxPool2dOp::create(builder, loc, type.clone({shape[0], shape[1] / 2, shape[2] / 2}), input,
                               builder.getDenseI64ArrayAttr({2, 2}), builder.getDenseI64ArrayAttr({2, 2}),
                               builder.getDenseI64ArrayAttr({0, 0}), mlir::StringAttr());
  }

  mlir::Value flatten(mlir::Value input) {
    auto type = mlir::cast<mlir::RankedTensorType>(input.getType());
    return FlattenOp::create(builder, loc, mlir::RankedTensorType::get({type.getNumElements()}, type.getElementType()),
                             input,
                             /*start_dim=*/0, /*end_dim=*/-1, mlir::StringAttr());
  }

  mlir::Value add(mlir::Value a, mlir::Value b) {
    return AddOp::create(builder, loc, a.getType(), mlir::ValueRange{a, b});
  }

  /// Spikes of the step before; what they are is given later.
  DelayOp delay(int64_t size) {
    auto type = getSpikes({size});
    auto steps = mlir::DenseElementsAttr::get(mlir::RankedTensorType::get({size}, builder.getI64Type()), int64_t(1));
    return DelayOp::create(builder, loc, type, builder.getStringAttr("before"), getInput(), steps,
                           builder.getF64FloatAttr(0));
  }

  mlir::Value neuron(mlir::Value input, float threshold = kLeakyThreshold, float decay = kLeakyDecay) {
    auto type = mlir::cast<mlir::RankedTensorType>(input.getType());
    auto uniform = [&](float value) -> mlir::Attribute { return mlir::DenseElementsAttr::get(type, value); };
    mlir::NamedAttribute attributes[] = {
        builder.getNamedAttr("name", builder.getStringAttr("lif" + mlir::Twine(++neurons))),
        builder.getNamedAttr("dynamics",
                             spk::DynamicsAttr::get(builder.getContext(), spk::Integrator::discrete,
                                                    spk::Order::decay_first, spk::Gain::unit, spk::Scale::membrane)),
        builder.getNamedAttr("firing",
                             spk::FiringAttr::get(builder.getContext(), spk::Compare::ge, spk::Reset::subtract,
                                                  spk::When::same_step, spk::Emit::updated, spk::Scope::membrane,
                                                  /*max_spikes=*/1)),
        builder.getNamedAttr("decay", uniform(decay)),
        builder.getNamedAttr("v_threshold", uniform(threshold)),
        builder.getNamedAttr("v_init", uniform(0)),
    };
    return spk::LIFOp::create(builder, loc, mlir::TypeRange(getSpikes(type.getShape())), mlir::ValueRange(input),
                              attributes)
        .getResult();
  }

  mlir::OwningOpRef<mlir::ModuleOp> finish(mlir::Value output) {
    OutputOp::create(builder, loc, output);
    return std::move(module);
  }

private:
  mlir::OpBuilder builder;
  mlir::Location loc;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  NetworkOp network;
  unsigned neurons = 0;

  mlir::RankedTensorType getSpikes(mlir::ArrayRef<int64_t> shape) {
    return mlir::RankedTensorType::get(shape, builder.getI1Type());
  }
  mlir::RankedTensorType getCurrent(mlir::ArrayRef<int64_t> shape) {
    return mlir::RankedTensorType::get(shape, builder.getF32Type());
  }
  mlir::Value weight(const std::vector<float> &values, mlir::ArrayRef<int64_t> shape, Storage storage = Storage::f32) {
    if (storage == Storage::int8) {
      QuantizedLayer layer = quantize(values);
      auto stored = mlir::RankedTensorType::get(shape, builder.getI8Type());
      auto element = mlir::quant::UniformQuantizedType::get(
          mlir::quant::QuantizationFlags::Signed, builder.getI8Type(), builder.getF32Type(), layer.scale,
          /*zeroPoint=*/0, /*storageTypeMin=*/-128, /*storageTypeMax=*/127);
      return WeightOp::create(builder, loc, mlir::RankedTensorType::get(shape, element),
                              mlir::DenseElementsAttr::get(stored, mlir::ArrayRef<int8_t>(layer.weights)));
    }
    mlir::RankedTensorType type = getCurrent(shape);
    return WeightOp::create(builder, loc, type, mlir::DenseElementsAttr::get(type, mlir::ArrayRef<float>(values)));
  }
};

} // namespace lle::bench

#endif
