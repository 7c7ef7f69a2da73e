//===- Passes.td - the passes of passes/Tuning -------------*- tablegen -*-===//
#ifndef LLE_PASSES_TUNING_PASSES_TD
#define LLE_PASSES_TUNING_PASSES_TD

include "mlir/Pass/PassBase.td"
include "passes/Analysis/EvaluationOptions.td"

def ProfileActivity : Pass<"lle-profile-activity", "::mlir::ModuleOp"> {
  let summary = "run networks over a data set and write down how active they are";
  let description = [{
    Every synapse gets `lle.activity`, the fraction of its input elements that are not zero over all steps of the
    samples, and every spiking population `lle.rate`, the mean number of spikes of a neuron in a step. The network gets
    `lle.activity_source`, which says what they were measured on. Nothing else changes. (The pass is one of modules because
    an engine compiles, which must not happen beside passes on other networks.)

    `dataset` names .npy files of shape (samples, steps, shape of the input...): one, or NAME=FILE for each input.
    A file may also be a member of a .npz file, FILE.npz:MEMBER, or an IDX file (MNIST's format), and an array without
    steps holds samples that are the same in all steps of the network. `samples` is how many of them are run (0: all),
    `engine` what runs them; which there are depends on the tool. A sample ends after the network's `steps`, where it has them.

    ```mlir
    lle.network @relay(%x: tensor<3xi1>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
      %w = lle.weight dense<5.000000e-01> : tensor<2x3xf32>
      %y = lle.linear %x, %w {name = "fc"} : (tensor<3xi1>, tensor<2x3xf32>) -> tensor<2xf32>
      %z = spk.threshold %y ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
      lle.output %z : tensor<2xi1>
    }
    ```
  }];
  let options = RecordingOptions # [
    ListOption<"dataset", "dataset", "std::string", "files of calibration data, .npy">,
    Option<"samples", "samples", "int64_t", "0", "samples to run, 0 for all">,
    Option<"engine", "engine", "std::string", "\"native\"", "what runs the network">];
}

def SpikeFromANN : Pass<"spk-from-ann", "::mlir::ModuleOp"> {
  let summary = "make an integrate-and-fire network of a ReLU network";
  let description = [{
    Each `lle.activation <relu>` becomes a population of `spk.if` neurons with reset by subtraction, whose firing rate
    stands for the activation: a spike is worth `s`, the activation that would make the neuron fire in every step. The
    network runs over `dataset`, and `s` of each population is the largest activation (`method=max`) or, so that few
    outliers do not make all others slow, a percentile of the positive ones, with linear interpolation.

    Weights stay as they are. A membrane counts in the unit of the spikes that reach it: with `s_in` their worth (1 for
    an input of the network, which comes as a current in every step), the threshold is `s / s_in`, and biases before the
    neuron are divided by `s_in`. `membrane=half` starts membranes at half of the threshold, which makes the error of a
    rate over T steps symmetric. Average and sum pooling, flatten, concatenation, slices and element-wise factors keep
    the worth; where signals of different worth are added or joined, they are scaled to that of the first.

    An output becomes an accumulator: with `output=membrane` an `spk.integrator` of what reaches it, times
    `s_in / steps`, so that its value in the last step (`lle.emit = "last"`) is near that of the ReLU network; with
    `output=spikes` an `spk.if` population. `steps` becomes that of the network. Each neuron gets `spk.from_ann`: the
    worth of its spike, the largest activation, the share of positive activations above the worth, and the number of
    inputs that were run; a remark says the same.

    P. U. Diehl et al., Fast-Classifying, High-Accuracy Spiking Deep Networks Through Weight and Threshold Balancing,
    IJCNN 2015; percentile and analog input: B. Rueckauer et al., Frontiers in Neuroscience 11 (2017) 682; half of the
    threshold: T. Bu et al., Optimal ANN-SNN Conversion, ICLR 2022.

    The network must have no state, and hold only `lle.linear`, `lle.affine`, `lle.conv1d`, `lle.conv2d`,
    `lle.activation` (relu or linear), `lle.add`, `lle.scale`, `lle.sum_pool2d`, `lle.avg_pool2d`, `lle.flatten`,
    `lle.concat` and `lle.slice`; another operation is an error there. The largest of several rates is not the rate of
    the first spike, so maximum pooling has no such form. Batch normalisation must have been folded. The pass is one of
    modules because an engine compiles, which must not happen beside passes on other networks.

    If 2 is the largest activation of "r" and T is 4, this network fires at 2, and its bias stays, because the input is
    worth 1; the weights behind it are unchanged, and what they deliver is worth 2:

    ```mlir
    lle.network @ann(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
      %w1 = lle.weight dense<[[1.000000e+00, 0.000000e+00], [0.000000e+00, 1.000000e+00]]> : tensor<2x2xf32>
      %b1 = lle.weight dense<5.000000e-01> : tensor<2xf32>
      %w2 = lle.weight dense<[[1.000000e+00, -1.000000e+00]]> : tensor<1x2xf32>
      %b2 = lle.weight dense<1.000000e+00> : tensor<1xf32>
      %a = lle.affine %x, %w1, %b1 : (tensor<2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
      %r = lle.activation <relu> %a {name = "r"} : tensor<2xf32>
      %y = lle.affine %r, %w2, %b2 : (tensor<2xf32>, tensor<1x2xf32>, tensor<1xf32>) -> tensor<1xf32>
      lle.output %y : tensor<1xf32>
    }
    ```
  }];
  let options = [
    ListOption<"dataset", "dataset", "std::string", "files of calibration data, .npy: one, or NAME=FILE for each input">,
    Option<"method", "method", "ThresholdMethod", "ThresholdMethod::Percentile",
           "which activation becomes the worth of a spike",
           [{llvm::cl::values(clEnumValN(ThresholdMethod::Max, "max", "the largest"),
                              clEnumValN(ThresholdMethod::Percentile, "percentile", "a percentile of the positive ones"))}]>,
    Option<"percentile", "percentile", "double", "99.9", "above 0, up to 100; of method=percentile">,
    Option<"steps", "steps", "int64_t", "32", "time steps of an inference">,
    Option<"membrane", "membrane", "InitialMembrane", "InitialMembrane::Half", "where membranes start",
           [{llvm::cl::values(clEnumValN(InitialMembrane::Half, "half", "half of the threshold"),
                              clEnumValN(InitialMembrane::Zero, "zero", "zero"))}]>,
    Option<"output", "output", "SpikingOutput", "SpikingOutput::Membrane", "what outputs become",
           [{llvm::cl::values(clEnumValN(SpikingOutput::Membrane, "membrane", "the mean current, in the unit of the ReLU network"),
                              clEnumValN(SpikingOutput::Spikes, "spikes", "spikes, to be counted"))}]>,
    Option<"engine", "engine", "std::string", "\"native\"", "what runs the network over the data set">];
  let dependentDialects = ["::lle::spk::SpkDialect"];
}

def TuneTimesteps : Pass<"spk-tune-timesteps", "::mlir::ModuleOp"> {
  let summary = "give networks as few time steps as keep their metric";
  let description = [{
    Sets `steps` to the smallest number from which on the metric over the data set meets the requirement with any
    number of steps: a shorter sample that happens to meet it, while a longer one does not, is luck. One run tells, since
    a sample of fewer steps is the beginning of a longer one. What the numbers were is in the attribute `spk.timesteps`
    and in a remark of the category `timesteps`.

    The requirement is `min-accuracy`, an accuracy or F1 score; or else that of all steps, less `max-drop` (for the
    metric `mse` the error may grow by as much). Where no number of steps meets it, the error names the best one.
    `dataset` names .npy files of shape (samples, steps, shape of the input...): one, or NAME=FILE for each input.
    `labels` holds one class for each sample, or for `mse` targets of an output that counts only in the last step;
    without it, what the network gives with all steps is right. `output` is the name of the output that counts (the first
    one), `samples` how many samples are run (0: all), `engine` what runs them.

    With `early-exit` a sample ends as soon as its class is clear: once the largest element of the output exceeds all
    others by a margin, in its spike count so far where it spikes, else in its value; and after `steps` in any case. Of
    all margins and steps of which the metric, and that of any larger margin, meets the requirement, the pass takes those
    with the smallest mean of steps, all computed from the same run. The margin is the attribute `spk.exit_margin` of the
    output, which `lle-run` obeys and headers of compiled networks hold; the mean is in `spk.timesteps`. It is for accuracy
    and F1 score. Other passes measure samples of all steps: tune it last. (The gap between the two largest outputs is
    also what D. Wu et al., Optimising Event-Driven Spiking Neural Network with Regularisation and Cutoff, arXiv 2301.09522,
    end samples by.)

    Every output of this network is a spike after its first step, so one step is enough:

    ```mlir
    lle.network @relay(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
      %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
      lle.output %z : tensor<2xi1>
    }
    ```
  }];
  let options = EvaluationOptions # [
    Option<"earlyExit", "early-exit", "bool", "false", "end a sample once the output is decided by a margin">];
}

def CoarsenSteps : Pass<"lle-coarsen-steps", "NetworkOp"> {
  let summary = "make several time steps one";
  let description = [{
    A step of the new network stands for `factor` of the old one: `dt` becomes as many times as long, `steps` as many
    times fewer, and an input is the mean of what it was over these steps (an input of elapsed times is their sum, which
    `lle.downsample_by` says). `lle.downsample` says by which factor, and passes and tools that read recordings take the
    means.

    As long as no neuron fires and inputs do not change within the steps that become one, states afterwards are exactly
    those of before, for neurons whose equations are linear:

    | neuron | what changes |
    |---|---|
    | integrators exact and hold | nothing but dt |
    | euler, decay_euler | tau, so that one step forgets what `factor` did: `1 - dt/tau` to the power of it |
    | decay_exp, decay_euler of gain per_step | also r, for the input of the steps before the last |
    | gain unit, discrete | the unit of the membrane: threshold, reset, leak and initial value are divided by `(1 - d^k) / (1 - d)`, where d is the decay; a readout is multiplied by it again |
    | `spk.if`, `spk.integrator` | the same with d = 1 |
    | `spk.cuba_lif`, `spk.cuba_li`, other than exact | current and membrane become two populations, NAME.current and NAME |
    | `spk.alif`, `spk.adlif` without `a`, `spk.ternary_lif`, `spk.ilif`, `spk.plif` | the membrane as above; adaptations decay as much |
    | `spk.refractory_lif` | as above, where `factor` divides the period |
    | `spk.ode_neuron` | as many times more substeps |

    What it costs: a neuron fires once where it could fire `factor` times (max_spikes times as often, where it has
    more), at the end of the longer step, and what an input does within one is lost. A spike stands for `factor` steps,
    of which it was in one: weights behind populations are divided by `factor`, so that what a spike brings to a membrane
    until the end of its step is what it brought on average. Weights behind `spk.threshold` stay: it fires in each step
    while its input is high. Of liquid cells and CT-RNNs only the elapsed time is longer; their solvers and closed forms
    are approximations of which a longer one is another.

    Delays are divided by `factor`. One of a single step has no half; a recurrent network has such a delay for no other
    reason than to be computable, and so with `keep-loop-delays` those in loops, and those of neurons that emit from
    their old state, remain one step.

    It is an error where there is no such network: delays, refractory periods or `steps` that `factor` does not divide,
    integer arithmetic, GRU and LSTM, encoders, decoders and neurons that know single steps, inputs of spikes, and
    membranes that change their sign in each step.

    With `factor=2`, a membrane that forgets half forgets three quarters, its unit is 1 + 1/2, and the weight behind it is
    divided by 2:

    ```mlir
    lle.network @fine(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
      %w = lle.weight dense<[[1.000000e+00, -1.000000e+00]]> : tensor<1x2xf32>
      %z = spk.lif "lif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
        firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
        {decay = dense<5.000000e-01> : tensor<2xf32>, v_init = dense<0.000000e+00> : tensor<2xf32>,
         v_threshold = dense<3.000000e+00> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
      %y = lle.linear %z, %w : (tensor<2xi1>, tensor<1x2xf32>) -> tensor<1xf32>
      lle.output %y : tensor<1xf32>
    }
    ```
  }];
  let dependentDialects = ["::lle::LLEDialect", "::lle::spk::SpkDialect"];
  let options = [
    Option<"factor", "factor", "int64_t", "2", "steps that become one">,
    Option<"keepLoopDelays", "keep-loop-delays", "bool", "false", "leave delays of one step in loops as they are">];
}

def TuneDt : Pass<"lle-tune-dt", "::mlir::ModuleOp"> {
  let summary = "give networks as long a time step as keeps their metric";
  let description = [{
    Tries `lle-coarsen-steps` with 2, 3, ... up to `max-factor`, for each that divides the steps of a sample, and takes
    the longest step before the first that does not meet the requirement. A longer step does the work of several: a
    sample of 256 steps becomes one of 64. `spk-tune-timesteps` ends samples earlier instead; both can be done.

    Samples are downsampled as the network says: an input is the mean of as many steps. Labels are one for each sample
    (or targets of an output that counts only in the last step) and stay. A factor that a network cannot have is a remark
    of the category `timesteps` at the operation that stands in its way, and so is one that is not good enough; if there
    is none, the network stays as it is. The network gets `lle.dt_tuned`: what dt was, and what was measured before and
    after. Options and the requirement are those of `spk-tune-timesteps`.

    The membranes of this network end in the same order whatever its dt is, where each sample feeds one of them:

    ```mlir
    lle.network @slow(%x: tensor<2xf32>) -> (tensor<2xf32> {lle.emit = "last"}) attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
      %v = spk.li "readout" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
        {r = dense<1.000000e+00> : tensor<2xf32>, tau = dense<2.000000e-02> : tensor<2xf32>,
         v_init = dense<0.000000e+00> : tensor<2xf32>, v_leak = dense<0.000000e+00> : tensor<2xf32>} : tensor<2xf32>
      lle.output %v : tensor<2xf32>
    }
    ```
  }];
  let dependentDialects = ["::lle::LLEDialect", "::lle::spk::SpkDialect"];
  let options = EvaluationOptions # [
    Option<"maxFactor", "max-factor", "int64_t", "16", "the most steps that become one">,
    Option<"keepLoopDelays", "keep-loop-delays", "bool", "false", "leave delays of one step in loops as they are">];
}

def EstimateCost : Pass<"lle-estimate-cost", "::mlir::ModuleOp"> {
  let summary = "say what networks cost on a target: energy, time and memory of an inference";
  let description = [{
    Every operation gets `lle.cost`: its work in one time step (multiply-accumulates, synaptic operations at the activity
    of its input, state updates, calls of exp and the like, bytes), and, where the target has figures of that work, the
    cycles, energy and time of it. The network gets `lle.cost` of an inference: all its `steps`, or those of a sample of
    the data; without either, one step. Nothing else changes. What a number rests on is beside it: it is "derived", or
    "assumed" where a figure of the target or an activity is. A remark of the category `cost` says the same of each network.

    `target` names the target; `model` is `analytic`, which multiplies work with figures of the target's file
    (`unit_cycles`, `synapse_cycles`, `memory_factor`, `clock_hz` and `energy_pj`; of a neuromorphic chip `unit_pj`,
    `unit_ns` and `limits`). It needs no code, knows none, and takes milliseconds. Work without a figure is a gap: then
    there is no total, and the report says which figure is missing. The model `exact` compiles the network for the target
    and counts the blocks of code that the data makes it execute, as `lle-compile --report` does: it takes seconds, knows
    no chips, and says of flash, RAM and each operation what the code has. Without `dataset` it gives the longest path, with
    the shortest one as lower limit.

    With `dataset` (.npy files of shape (samples, steps, shape of the input...): one, or NAME=FILE for each input) the
    activity is measured, by `engine` on `samples` samples (0: all). Without it, it is what `lle-profile-activity` wrote
    (`lle.activity`, `lle.rate`), and else assumed. `report` is a file for a table of the operations, `-` for standard
    error; with `json` it is JSON.

    Of 4 inputs one is active in a step, so that two synaptic operations take place in this network, and two neurons are
    updated:

    ```mlir
    lle.network @relay(%x: tensor<4xi1>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64, steps = 10 : i64} {
      %w = lle.weight dense<5.000000e-01> : tensor<2x4xf32>
      %y = lle.linear %x, %w {lle.activity = 2.500000e-01 : f64} : (tensor<4xi1>, tensor<2x4xf32>) -> tensor<2xf32>
      %z = spk.threshold %y ge dense<1.000000e+00> : tensor<2xf32> {lle.rate = 5.000000e-01 : f64} : tensor<2xf32> -> tensor<2xi1>
      lle.output %z : tensor<2xi1>
    }
    ```
  }];
  let options = RecordingOptions # [
    Option<"target", "target", "std::string", "\"\"", "name of the target">,
    Option<"model", "model", "std::string", "\"analytic\"", "the cost model; which there are depends on the tool">,
    ListOption<"dataset", "dataset", "std::string", "files of data that the activity is measured on, .npy">,
    Option<"samples", "samples", "int64_t", "0", "samples to run, 0 for all">,
    Option<"engine", "engine", "std::string", "\"native\"", "what runs the network">,
    Option<"report", "report", "std::string", "\"\"", "file for a table, - for standard error">,
    Option<"json", "json", "bool", "false", "make the table JSON">];
}

def TuneThresholds : Pass<"spk-tune-thresholds", "::mlir::ModuleOp"> {
  let summary = "raise firing thresholds until spikes are few, as long as the metric holds";
  let description = [{
    Multiplies thresholds by factors, of each population (`granularity=layer`) or of each of its channels, the first
    dimension (`channel`), so that `cost` becomes small: `spikes` of all populations in a sample, or `operations`, where a
    spike counts as many as its synapses reach neurons, which is what the energy of event-driven hardware goes with.
    Tuned are populations that fire 0 or 1 at a constant threshold above 0, unless it is also the unit of what a spike stands
    for (few-spike neurons).

    `method=search` goes by coordinates. A move is a threshold up by a ratio, for layers also with balance: where the
    spikes reach only synapses, weights in floats are multiplied by the ratio, or thresholds of the populations behind
    divided by it if these compute in integers and have no bias, so that each of the fewer spikes counts for more. Of a
    population's moves (for channels: of the one of each channel, in turn) that is made which leaves the least cost among
    those that meet the requirement. When no move leaves less, the ratio becomes its square root, from 1.5 to 1.05.

    `method=percentile` raises thresholds to a percentile of the membrane: until no population or channel fires in more
    than 100 - `percentile` per cent of its steps. It does so round by round, because a reset makes membranes depend on
    thresholds. Without `percentile` the permitted rate sinks from the largest one by a tenth at a time, as long as the
    requirement is met.

    The requirement is `min-accuracy`, or else the metric at first, less `max-drop`, met with `confidence` by a paired
    test: the one-sided limit of what samples lost on average. At 0.5 it is what was measured. So that a choice among many
    candidates is not luck, the share `held-out` of the samples is not seen by the search: of all networks on its way, the
    cheapest one is taken that meets the requirement on these too. `reduce` is the fraction of the cost to do
    without: the search ends there, and a network that is not reached is an error that says what was. A sample is as
    many steps as the network has; other options are those of `spk-tune-timesteps`.

    What was measured is in the network's attribute `spk.thresholds` and in a remark of the category `thresholds`; the
    factors of each population are its `spk.threshold_factor` and `spk.weight_factor`. Percentiles as thresholds:
    B. Rueckauer et al., Frontiers in Neuroscience 11 (2017) 682, and of what a neuron gets in each step, A. Sengupta et al.,
    Frontiers in Neuroscience 13 (2019) 95; the paired test is that of Q. McNemar, Psychometrika 12 (1947) 153.

    Where inputs are 3, and sometimes 1, these neurons need not fire at 1:

    ```mlir
    lle.network @gate(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
      %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> {name = "gate"} : tensor<2xf32> -> tensor<2xi1>
      lle.output %z : tensor<2xi1>
    }
    ```
  }];
  let options = EvaluationOptions # [
    Option<"method", "method", "ThresholdSearch", "ThresholdSearch::Coordinates", "how thresholds are found",
           [{llvm::cl::values(clEnumValN(ThresholdSearch::Coordinates, "search", "by coordinates"),
                              clEnumValN(ThresholdSearch::Percentile, "percentile", "percentiles of the membrane"))}]>,
    Option<"granularity", "granularity", "ThresholdGranularity", "ThresholdGranularity::Layer",
           "what has a factor of its own",
           [{llvm::cl::values(clEnumValN(ThresholdGranularity::Layer, "layer", "each population"),
                              clEnumValN(ThresholdGranularity::Channel, "channel", "each channel"))}]>,
    Option<"cost", "cost", "SpikeCost", "SpikeCost::Spikes", "what should become less",
           [{llvm::cl::values(clEnumValN(SpikeCost::Spikes, "spikes", "spikes of all populations"),
                              clEnumValN(SpikeCost::Operations, "operations", "what spikes add to neurons"))}]>,
    Option<"reduce", "reduce", "double", "0", "fraction of the cost to do without; 0: as much as can be">,
    Option<"percentile", "percentile", "double", "0", "of method=percentile; 0: as high as can be">,
    Option<"heldOut", "held-out", "double", "0.5", "share of the samples that the search does not see">,
    Option<"confidence", "confidence", "double", "0.9", "with which the requirement must be met, from 0.5">];
}

def Optimize : Pass<"lle-optimize", "::mlir::ModuleOp"> {
  let summary = "make networks as cheap as can be while they are good enough, and keep budgets";
  let description = [{
    Tries `spk-convert-neurons`, `spk-select-neurons`, `lle-tune-dt`, `spk-tune-timesteps`, `lle-prune-channels`,
    `lle-prune-synapses`, `spk-tune-thresholds` and `lle-allocate-bits`, in this order, each with several settings, on the network and on up to `beam` of those that the
    passes before have made of it. What removes most comes first, so that finer passes correct for it. A candidate must
    meet the requirement, `min-accuracy` or the metric at first less `max-drop`, on all samples; time steps and their length are also tuned
    for a quarter and half of what may be lost. Thresholds, which take many evaluations, are tuned of the cheapest network only.
    `passes` leaves some of these out. What is followed is the front of
    those of which none is better than another in metric, energy, latency and memory on `target`; where it has more than
    `beam`, the corners and those far from each other (crowding distance of K. Deb et al., IEEE Transactions on
    Evolutionary Computation 6 (2002) 182).

    With `early-exit`, time steps are tuned so that samples end once they are decided, and energy and latency are those of
    the mean of steps that samples run, which is measured for each candidate. `lle-allocate-bits` also gets the budgets,
    where there are some, and the widths of states, where the file of `target` names some (`states`).

    Of the front within the budgets `energy-budget-mj`, `max-latency-ms` and `max-memory-kb`, all of an inference, the
    network becomes the one with the smallest weighted sum of `goals`: of a cost the share of the original's, of the
    accuracy the share of the drop that is allowed. With `pareto=N` it becomes up to N networks, best metric first, with
    numbers behind its name. Where no network is within the budgets, the error names the one that binds and the nearest
    network.

    Each network gets `lle.optimized`: the moves, as pipelines without the names of files; what was measured and derived
    before and after; and on the chosen one the moves that were refused, with reasons. `dataset`, `labels`, `metric`,
    `output`, `samples`, `engine` and `seed` are as for `spk-tune-timesteps`; without labels, what the network gives at
    first is right.

    This network fires from its first step on, so that one step of 8 is enough:

    ```mlir
    lle.network @relay(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
      %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
      lle.output %z : tensor<2xi1>
    }
    ```
  }];
  let options = EvaluationOptions # CostOptions # [
    ListOption<"goals", "goals", "std::string", "weights, GOAL:WEIGHT, of accuracy, energy, latency, memory">,
    ListOption<"passes", "passes", "std::string", "passes that may be tried; all of them">,
    Option<"pareto", "pareto", "unsigned", "0", "networks of the front to return; 0: the one that goals choose">,
    Option<"beam", "beam", "unsigned", "4", "networks that are followed from pass to pass">,
    Option<"earlyExit", "early-exit", "bool", "false", "let samples end once the output is decided by a margin">];
}

def ChooseSynapses : Pass<"lle-choose-synapses", "NetworkOp"> {
  let summary = "choose for each synapse whether it visits all elements of its input or those that are not zero";
  let description = [{
    Every synapse gets `lle.synapse`, "event" or "dense", which the lowering obeys. With `kernel=auto` a synapse that has
    the attribute keeps it, and all others get the kernel that takes fewer cycles at the activity of the synapse's input: the measured one, where `lle-profile-activity` left
    `lle.activity`; else an assumption, which is 1 for what a synapse delivers, and `assumed-activity` for spikes, for
    what pooling makes of them, and for inputs of the network.

    Cycles come from the entry `synapse_cycles` of the device "CPU" in the `dlti.target_system_spec` of a module around
    the network, and lanes from its `vector_lanes`; without one they are those of x86-64-v4. What was chosen from what
    is said in a remark of the category `synapses` for each synapse.

    ```mlir
    lle.network @two(%x: tensor<64xi1>, %y: tensor<64xf32>) -> tensor<16xf32> attributes {dt = 1.000000e-03 : f64} {
      %w = lle.weight dense<5.000000e-01> : tensor<16x64xf32>
      %a = lle.linear %x, %w {lle.activity = 2.000000e-02 : f64} : (tensor<64xi1>, tensor<16x64xf32>) -> tensor<16xf32>
      %b = lle.linear %y, %w {lle.activity = 1.000000e+00 : f64} : (tensor<64xf32>, tensor<16x64xf32>) -> tensor<16xf32>
      %c = lle.add %a, %b : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32>
      lle.output %c : tensor<16xf32>
    }
    ```
  }];
  let options = [
    Option<"kernel", "kernel", "::lle::SynapseChoice", "::lle::SynapseChoice::Auto", "which kernels to take",
           [{::llvm::cl::values(clEnumValN(::lle::SynapseChoice::Auto, "auto", "the cheaper one of each synapse"),
                                clEnumValN(::lle::SynapseChoice::Dense, "dense", "all elements"),
                                clEnumValN(::lle::SynapseChoice::Event, "event", "those that are not zero"))}]>,
    Option<"assumedActivity", "assumed-activity", "double", "::lle::kAssumedActivity",
           "activity of sparse signals that nothing was measured of">];
}

#endif
