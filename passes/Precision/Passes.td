//===- Passes.td - the passes of passes/Precision ----------*- tablegen -*-===//
#ifndef LLE_PASSES_PRECISION_PASSES_TD
#define LLE_PASSES_PRECISION_PASSES_TD

include "passes/Analysis/EvaluationOptions.td"

def DeriveStateBounds : Pass<"lle-derive-state-bounds", "NetworkOp"> {
  let summary = "derive the limits that states keep, whatever comes in";
  let description = [{
    Fixed-point code needs to know how large a state may become. For many cells that follows from their weights, without
    calibration: a fused liquid time-constant cell moves each potential to a mean of it, of zero, and of the leak and
    reversal potentials that reach the neuron. Each operation with state gets the attribute `lle.state_bounds`: for each
    of its states that has limits the lower and the upper ones. States without known limits are left out.

    Limits pass through delays, concatenations, slices and activations, so that cells get them whose state is held by a
    loop of the network. They hold where the network starts from its initial values and elapsed times are positive. They
    are of the mathematics: a computation in floating point may pass them by its rounding.

    | cell | limits of its state |
    |---|---|
    | `ltc.ltc_cell`, fused, no negative weight | the hull of 0, vleak, erev and sensory_erev of synapses that are not zero |
    | `ltc.ltc_cell`, euler and rk4 | none |
    | `ltc.cfc_cell`, default | those of the head's activation, and 0 |
    | `ltc.cfc_cell`, no_gate | those of the head's activation twice |
    | `ltc.cfc_cell`, pure | `abs(A) exp(-T abs(w_tau)) / (e T)` around A, and 0 |
    | `ltc.lstm_cell` | h: -1 and 1; c: none |
    | `ltc.gru_cell` | -1 and 1 |
    | `ltc.ctrnn_cell`, an unfold's time at most tau | tau times those of the activation, and 0 |

    In this network the pass adds `lle.state_bounds = {h = [dense<-1.0>, dense<1.0>]}`, with both of type
    `tensor<2xf64>`:

    ```mlir
    lle.network @gru(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
      %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<before>, w_in = dense<0.25> : tensor<6x3xf32>,
          w_rec = dense<0.5> : tensor<6x2xf32>, bias_in = dense<0.0> : tensor<6xf32>,
          bias_rec = dense<0.0> : tensor<6xf32>} : (tensor<3xf32>) -> tensor<2xf32>
      lle.output %h : tensor<2xf32>
    }
    ```
  }];
}

def ToFixedPoint : Pass<"lle-to-fixed-point", "::mlir::ModuleOp"> {
  let summary = "turn liquid networks of floats into networks in fixed point";
  let description = [{
    Post-training quantisation: every fused `ltc.ltc_cell` becomes an `ltc.fixed_ltc_cell`; every `ltc.cfc_cell` of the
    modes default and no_gate becomes layers, `ltc.fixed_cfc_gate` and an `lle.delay`; linear layers, activations and
    factors become `lle.fixed_affine` or part of a unit. Signals have 16 bits. Nothing is calibrated but inputs:
    potentials have the limits that `lle-derive-state-bounds` derives, heads those of their function, and a linear layer
    the largest sums that its weights allow.

    Inputs need a range: `input-range` gives the largest magnitude (one number, or one for each element of all inputs),
    or `dataset` names .npy files of shape (samples, steps, shape of the input...) whose largest magnitudes, times
    `margin`, are taken element by element. What is outside is clipped. The weights of inputs and of a CfC cell's state
    share a row's unit, so that with weights of 8 bits a margin costs resolution; with 16 bits it is free. With `split` a
    layer gets more columns, up to that fraction of those that it has: an input whose weights decide the units of rows
    comes in again, and the columns share its weights, each of which is then rounded once and more finely (outlier channel
    splitting: R. Zhao et al., ICML 2019). A margin then costs space more than resolution. Inputs of si8 and si16
    are taken as the counts they are.

    With `correct` the network is run on the data set, and in layers and in matrices of CfC cells the error of one rounded
    weight is compensated by those of the same row that are not rounded yet, as in `lle-allocate-bits`. Matrices that are
    masked with signs are rounded to the nearest numbers, as all are without it.

    With `ports=float` the network keeps its ports, and `lle.quantize` and `lle.dequantize` stand behind them. With
    `ports=fixed` inputs are of `input-bits`, outputs of si16, and `lle.scale` on a port says what one unit of it is
    worth. States, and the operations that hold them, get that attribute as well.

    Each row of a layer and each neuron of a cell has weights in a unit of its own; with `powers-of-two` those of layers
    are such that scaling is a shift. Weights of 16 bits use as many of them as sums of 32 bits allow.

    What has no such form is an error: explicit solvers, states or elapsed times that are operands, mode pure, gelu,
    softplus, and states without limits (linear or relu heads behind a backbone without limits).

    This network becomes an `lle.quantize` by 2^-15 of 32768/32767, an `lle.fixed_affine` and an `lle.dequantize`:

    ```mlir
    lle.network @layer(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
      %w = lle.weight dense<[[0.5, -0.25]]> : tensor<1x2xf32>
      %y = lle.linear %x, %w : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<1xf32>
      %t = lle.activation <tanh> %y : tensor<1xf32>
      lle.output %t : tensor<1xf32>
    }
    ```
  }];
  let options = [
    Option<"weights", "weights", "unsigned", "8", "bits of weights and conductances: 8 or 16">,
    Option<"slopes", "slopes", "unsigned", "16", "bits of the slopes of LTC synapses: 8 or 16">,
    Option<"powersOfTwo", "powers-of-two", "bool", "false", "scales of layers are shifts">,
    Option<"split", "split", "double", "0", "columns that a layer may get to split its largest weights, as a fraction">,
    Option<"ports", "ports", "FixedPorts", "FixedPorts::Float", "what ports become",
           [{llvm::cl::values(clEnumValN(FixedPorts::Float, "float", "they stay"),
                              clEnumValN(FixedPorts::Fixed, "fixed", "integers with a scale"))}]>,
    Option<"inputBits", "input-bits", "unsigned", "16", "bits of inputs, with ports=fixed: 8 or 16">,
    ListOption<"inputRange", "input-range", "double", "largest magnitudes of inputs">,
    ListOption<"dataset", "dataset", "std::string", "files of calibration data, .npy: one, or NAME=FILE for each input">,
    Option<"margin", "margin", "double", "1.0", "how much larger inputs may become than those of the data">,
    Option<"correct", "correct", "bool", "false", "with a dataset: errors of rounding are compensated">,
    Option<"engine", "engine", "std::string", "\"native\"", "what runs the network">];
  let dependentDialects = ["::lle::LLEDialect", "::lle::ltc::LTCDialect"];
}

def AllocateBits : Pass<"lle-allocate-bits", "::mlir::ModuleOp"> {
  let summary = "give weights, and states and payloads of spiking populations, the bits that they need";
  let description = [{
    Post-training quantisation of weights in mixed precision. Every tensor of synaptic weights, and every matrix of
    parameters of a liquid or recurrent cell (of an LTC cell sigma, mu, w and erev each), gets a width of `widths`, and
    its weights become levels of that width: floats that are a scale times an integer, or, where weights are integers,
    multiples of a power of two, which is how Loihi stores them. The network computes as before; nothing is trained.
    Biases and signals stay as they are, and so do states without `state-widths`.

    With `state-widths` each state of floats of a population that spikes is another tensor of the allocation, of 8 or 16
    bits or stored as it is computed. That is how native code then keeps it between steps (`lle.state_types`,
    dialects/LLE/StoredStates.h): from the smallest number that it has on the data, or a half or a quarter of that, to
    the largest, whichever changes the output least. What a step computes, and so a spike, is of numbers before they are
    rounded. Chips keep states in forms of their own.

    With `payload-widths` so is what a population sends that has more than a bit: several spikes of a step (`max_spikes`
    above 1), and the steps of `spk.delta` and `spk.sigma_delta`. Of 1 bit it is a spike or none, of 8 and 16 a number.
    The result of the population gets that type, and what passes it on (flatten, delay, max pooling, ...); what a step has
    beyond it stays in the membrane, or in the residue of the encoder, and is sent later. Native code is made for bits:
    synapses add the rows of those that are set, without a product. A population whose spikes are an output of the network
    keeps its type; a remark says so.

    1. Sensitivity: each tensor alone is rounded to each width, and the network is run on the data set. The loss is the
       mean squared change of the output over its mean square, of the spike counts of a sample where it spikes. With
       `max-rate-change` the squared relative changes of the spikes of all populations are added.
    2. The multiple-choice knapsack of these losses is solved exactly: under `mean-bits` (the mean over all weights),
       `max-bytes` (packed weights, scales, tables of groups, and the states and payloads that widths are offered for), under
       `max-memory-kb` (weights and these states as `target` stores them, and what the cost model says that it keeps
       besides), or, where none of them is given, for all sizes.
    3. The network of that allocation is made and measured as a whole, because losses do not quite add up. Under a budget
       `repairs` rounds try what is next to it (a tensor wider, another one narrower) and take what is better. Without
       a budget the smallest allocation that keeps the requirement is found by bisection, then tensors are made
       narrower one by one while it is kept. The requirement is that of `spk-tune-timesteps`: `min-accuracy` or
       `max-drop`, and `max-rate-change`, the most by which the spikes of a population may change. Under a budget of
       size none has to be given. `energy-budget-mj` and `max-latency-ms` must hold besides: each allocation is priced
       by the cost model as active as it is on the data set, for rounded weights make more spikes or fewer. Where the
       smallest allocation takes too much, up to 16 wider ones are tried.

    Rounding: from the second moments of what a layer's inputs are on the data set, the error of one rounded weight is
    compensated by the weights of the same output that are not rounded yet, active inputs first; a layer behind others
    takes its inputs from those as rounded. So it is for `lle.linear`, `lle.affine` and convolutions of up to 4096 inputs
    an output. A matrix of a cell has as inputs the derivatives of a unit's state by the numbers of the matrix that are of
    this unit, which for an LTC cell follow its own potential through all unfolds and steps; the matrices of LSTM, GRU and
    CT-RNN cells and of backbones have what they are multiplied with. Synapses that the mask leaves out are no weights.
    What is larger, and all with `nearest`, goes to the nearest level. A scale is of each output, or of the
    whole tensor with `per-tensor`; the best of 14 from that of the largest weight down, or of 6 with `powers-of-two`. `b`
    bits are the integers from -2^(b-1) to 2^(b-1) - 1, those from 0 on where all weights have one sign, -1 and 1 for one
    bit, and with `asymmetric` those between the smallest and the largest weight, with 0 among them. The file of a
    `target` may say which widths it stores and of which kind its scales are (Loihi 2: powers of two, one for a tensor;
    SpiNNaker2: one for a tensor): these are then the defaults of `widths`, `per-tensor` and `powers-of-two`, and other
    widths an error, as are other `state-widths` than the file names. With `input-groups` of n
    the inputs of a fully connected layer are parted by activity into n groups with a width and scales of their own: a
    pixel that is never lit needs one bit.

    What was decided is in `lle.bits` of each weight or cell (for each attribute `bits`, `scale` and, with groups,
    `group` of each input), in that of the network (`state_bytes` are those of the states, `payload_bytes` those of a
    step's payloads), in `lle.state_types` and the type of a population, and in remarks of the category `bits`. `packed_bytes` is derived from the widths. Native code does not
    pack weights: it stores floats, and integers as si8 or si16, so that under `max-memory-kb` only states become smaller
    there. Loihi 2 stores each width, SpiNNaker2 8 bits for all.

    B. Hassibi and D. Stork, Second order derivatives for network pruning, NIPS 1992; E. Frantar, S. Ashkboos, T.
    Hoefler and D. Alistarh, GPTQ, ICLR 2023; G. Bellec et al., Nature Communications 11 (2020) 3625, for derivatives that
    follow a unit's own state; G. L. Nemhauser and Z. Ullmann, Management Science 15 (1969) 494.

    The weights of this layer are on the levels of two bits, a quarter apart, and two bits is what they get:

    ```mlir
    lle.network @layer(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.000000e+00 : f64} {
      %w = lle.weight dense<[[2.500000e-01, -5.000000e-01], [2.500000e-01, -2.500000e-01]]> : tensor<2x2xf32>
      %y = lle.linear %x, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
      lle.output %y : tensor<2xf32>
    }
    ```
  }];
  let options = !listconcat(EvaluationOptions, CostOptions, [
    ListOption<"widths", "widths", "unsigned", "bits that weights may have; 1, 2, 3, 4, 5, 6, 8 and 16">,
    ListOption<"stateWidths", "state-widths", "unsigned",
               "bits that states of spiking populations may have, beside those in which they are computed; 8 and 16">,
    ListOption<"payloadWidths", "payload-widths", "unsigned",
               "bits that a population may send in a step, beside those of its type; 1, 8 and 16">,
    Option<"meanBits", "mean-bits", "double", "0", "the most bits of a weight in the mean">,
    Option<"maxBytes", "max-bytes", "int64_t", "0", "the most bytes of packed weights, their scales and groups, and states with a width">,
    Option<"maxRateChange", "max-rate-change", "double", "0",
           "how much the spikes of a population may change, as a fraction; 0: not asked">,
    Option<"inputGroups", "input-groups", "int64_t", "1", "parts of a layer's inputs that have a width each">,
    Option<"perTensor", "per-tensor", "bool", "false", "one scale for each tensor, not one for each output">,
    Option<"powersOfTwo", "powers-of-two", "bool", "false", "scales are powers of two">,
    Option<"asymmetric", "asymmetric", "bool", "false", "levels lie between the smallest and the largest weight">,
    Option<"nearest", "nearest", "bool", "false", "round to the nearest level, errors are not compensated">,
    Option<"repairs", "repairs", "unsigned", "2", "rounds of changes by measurement after the exact solution">]);
}

#endif
