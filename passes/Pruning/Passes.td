//===- Passes.td - the passes of passes/Pruning ------------*- tablegen -*-===//
#ifndef LLE_PASSES_PRUNING_PASSES_TD
#define LLE_PASSES_PRUNING_PASSES_TD

include "mlir/Pass/PassBase.td"
include "passes/Analysis/EvaluationOptions.td"

def PruneChannels : Pass<"lle-prune-channels", "::mlir::ModuleOp"> {
  let summary = "remove the neurons and channels that matter least";
  let description = [{
    Structured pruning: whole neurons, convolution channels, and units of CfC and LTC cells go, and all shapes shrink, so that the
    network takes less flash, memory and time on any target. What makes the channels (rows of weights, biases,
    parameters of neurons, heads of a cell) and what reads them (columns) is sliced alike, through delays and recurrent
    loops, sums, factors, activations, pooling, batch norms and flattening. Channels that reach an output, an input or an
    operation that mixes them otherwise stay; a remark says why.

    `importance` says which channels go first:

    * `output-change`: greedily, those whose loss changes least what their readers deliver, where the weights of all
      channels that are left make up for it. With A the second moments of the signal and w_j the readers' weights of
      channel j, that change is `|w_j|^2 / [A^-1]_jj` (the optimal brain surgeon), as a share of the reader's mean
      square, summed over readers. A is measured over the data set.
    * `magnitude`: those whose own weights have the least square sum.
    * `spikes`: those whose signal has the least mean magnitude, so that silent neurons go first.

    With `correct` (the default) the readers' weights become the least-squares solution over the data set whichever way
    channels were chosen; `ridge`, a share of a channel's mean square, holds them near what they were. Readers with a
    bias are corrected by that too. Integer weights are rounded to their type. A signal of spikes is added up over 8
    steps before it counts as one observation, any other signal counts step by step; `window` is another number of
    steps, 0 all of a sample. Layers are pruned from the last to the first, so that nothing is spent on what goes
    anyway. With `rounds` channels go in as many steps, each measured on the network that the step before left.

    Of an LTC cell the inter and command neurons go; motor neurons stay, unless all neurons are motor and only layers
    read them. The current into neuron k is linear in the weights of its synapses: with `phi_ik = s(sigma_ik (v_i -
    mu_ik)) (erev_ik - v_k)` measured at the end of each step it is `sum w_ik phi_ik + gleak_k (vleak_k - v_k)`, so that
    each neuron is a reader. All neurons of a cell together weigh as much as one layer that reads it. The correction is
    the least-squares solution without negative weights, where no leak falls below a tenth of what it was; it changes
    the weights of the synapses that are there, leaks and resting potentials. Masks shrink with the cell.

    `ratio` is the share of each layer's channels to remove, rounded to whole channels; at least one stays. Without it,
    the pass takes the largest of 1/32, 2/32, ... that meets the requirement, found by bisection, or with a budget of
    `target` (`energy-budget-mj`, `max-latency-ms`, `max-memory-kb`) the smallest with which an inference keeps it. The
    requirement is
    `min-accuracy`, an accuracy or F1 score, or else the metric before less `max-drop` (for `mse` the error may grow by
    as much); with `ratio` or a budget it only holds where one of them is given, and is an error where it is not met. `layers` names
    the populations to prune, NAME or NAME=RATIO where one has a ratio of its own; without it all are that can be. `dataset` names .npy files of shape (samples, steps, shape
    of the input...): one, or NAME=FILE for each input. `labels`, `output`, `samples` and `engine` are those of
    `spk-tune-timesteps`.

    With `epochs` the pruned network is then trained, by surrogate gradients, to give the spike counts of the network
    before, which is the teacher: no labels are needed. `training-dataset` names inputs to train on, which may be more
    than those of `dataset` (images made of them by small distortions, for one). `dropout` leaves out events of them,
    others in each epoch, for the pruned network and its teacher alike. Where `training-labels` names the classes of
    what is trained on, a teacher that errs is put right: its count of the right class and its largest one change
    places, since distorted inputs mislead it too. Weights are trained, and, unless `train-biases` is off, biases, which
    neurons without any get (mantissas of 13 bits). `rate` is the first learning rate, in integers of a weight; that of
    a bias is the same, as if it were a weight of an input that spikes in every step. It takes chains of `lle.linear`
    with weights of si8 and `spk.fixed_cuba_lif`. Spikes have the derivative of a fast sigmoid of the membrane with
    slope 2 (in thresholds), counts are compared by cross entropy at a temperature of 0.3 per spike, and steps are those
    of Adam for batches of 20. E. Neftci et al., Surrogate gradient learning in spiking neural networks, IEEE Signal
    Processing Magazine 36 (2019) 51; G. Hinton et al., Distilling the knowledge in a neural network, arXiv 1503.02531;
    D. Kingma and J. Ba, Adam, ICLR 2015.

    Weights must be constants and not quantised, and layers whose synapses were pruned before are not corrected, since
    that would bring synapses back: it is an error without `correct=false`. Other cells, cells with an operand `hidden`, what an LTC cell reads, and
    CfC cells whose mask is read without a backbone, and convolutions of groups are not pruned. What was decided is in
    `lle.kept_channels` of each population, indices of before the pass, in `lle.pruning` of the network and in remarks of
    the category `pruning`, with the relative squared error that least squares left of what readers are sent.

    B. Hassibi, D. Stork, Second order derivatives for network pruning: Optimal Brain Surgeon, NIPS 1993; Y. He et al.,
    Channel pruning for accelerating very deep neural networks, ICCV 2017; H. Li et al., Pruning filters for efficient
    ConvNets, ICLR 2017 (magnitude).

    Channels 0 and 2 of this network are the same. With a ratio of 0.34 channel 0 goes, and channel 2 takes its weight:
    what is left are the rows `[0, 1]` and `[1, 0]`, and the weights 2 and 4.

    ```mlir
    lle.network @twins(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
      %w1 = lle.weight dense<[[1.000000e+00, 0.000000e+00], [0.000000e+00, 1.000000e+00], [1.000000e+00, 0.000000e+00]]> : tensor<3x2xf32>
      %w2 = lle.weight dense<[[1.000000e+00, 2.000000e+00, 3.000000e+00]]> : tensor<1x3xf32>
      %a = lle.linear %x, %w1 : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
      %r = lle.activation <relu> %a {name = "hidden"} : tensor<3xf32>
      %y = lle.linear %r, %w2 : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<1xf32>
      lle.output %y : tensor<1xf32>
    }
    ```
  }];
  let options = EvaluationOptions # CostOptions # [
    Option<"ratio", "ratio", "double", "0", "share of each layer's channels to remove; the largest that meets the requirement">,
    Option<"importance", "importance", "::lle::ChannelImportance", "::lle::ChannelImportance::OutputChange",
           "which channels go first",
           [{::llvm::cl::values(clEnumValN(::lle::ChannelImportance::OutputChange, "output-change", "those whose loss, once made up for, changes least what the next layers deliver"),
                                clEnumValN(::lle::ChannelImportance::Magnitude, "magnitude", "those with the smallest weights"),
                                clEnumValN(::lle::ChannelImportance::Spikes, "spikes", "those that fire least"))}]>,
    Option<"correct", "correct", "bool", "true", "whether the next layers' weights make up for what is removed">,
    Option<"rounds", "rounds", "int64_t", "1", "steps in which channels are removed; each measures anew">,
    ListOption<"layers", "layers", "std::string", "the populations to prune, NAME or NAME=RATIO; all that can be">,
    Option<"window", "window", "int64_t", "-1", "steps over which a signal is added up; 0: a sample">,
    Option<"ridge", "ridge", "double", "0.003", "regularisation of the correction">,
    Option<"epochs", "epochs", "int64_t", "0", "how often the pruned network is trained on all training inputs; 0: not">,
    Option<"rate", "rate", "double", "0.02", "the first learning rate, in integers of a weight">,
    Option<"dropout", "dropout", "double", "0", "share of the events of an input that are left out of training, others each time">,
    Option<"biases", "train-biases", "bool", "true", "whether training gives neurons biases">,
    ListOption<"trainingData", "training-dataset", "std::string", "inputs to train on; dataset">,
    Option<"trainingLabels", "training-labels", "std::string", "\"\"", "classes of what is trained on, which the teacher is put right by">];
}

def PruneSynapses : Pass<"lle-prune-synapses", "::mlir::ModuleOp"> {
  let summary = "remove the synapses that matter least";
  let description = [{
    Unstructured pruning: single synapses go, and shapes stay. The synapses of an LTC cell, from neurons and from inputs,
    leave its masks, which are compiled away: each costs an exponential and a division in every unfold, so that any
    target gains. The weights of other cells and of `lle.linear`, `lle.affine` and convolutions become zero, which a chip
    that stores synapses one by one gains by (Loihi 2, SpiNNaker 2). So do microcontrollers, whose code keeps a fully
    connected layer as rows of what is left where that takes less time, or much less memory; the code of other
    processors, and of convolutions, adds whole rows of weights. With `target` the cost model says so: where an inference would take no less energy, time or flash, the pass
    warns, and leaves the network as it is. A weight that is zero, or masked, is no synapse.

    1. Order: with A the second moments over the data set of what a row of weights w is multiplied with, to lose synapse j
       costs `w_j^2 / [A^-1]_jj` where all others make up for it (the optimal brain surgeon). Each row loses its
       synapses greedily, to the last, and A^-1 follows. Of an LTC cell a row is the conductances to a neuron, its leak,
       and leak times resting potential; it is multiplied with the derivatives of the neuron's potential at the end of a
       step, which follow its own potential through all unfolds and steps.
    2. Choice: synapses of all rows and layers go by that cost as a share of the mean square of what their layer delivers,
       until `ratio` of all are gone. So layers lose what they can spare. With `pattern` = N:M, of each M inputs of a row,
       as they are stored one after the other, N keep their synapse; LTC cells have none.
    3. Correction (`correct`, the default): what is left is the least-squares solution; `ridge`, a share of the mean square
       of an input, holds it near what it was. A layer behind others is fitted to what it gets from those as pruned.
       Conductances do not become negative, and no leak falls below a tenth of what it was. Integers are rounded.

    Without `ratio` and `pattern` the pass takes the largest of 1/32, 2/32, ... that meets the requirement, found by
    bisection; with a budget of `target` (`energy-budget-mj`, `max-latency-ms`, `max-memory-kb`) the smallest with which an
    inference keeps it, and then the requirement holds only where one is given. The requirement, `dataset`, `labels`, `output`, `samples` and `engine` are those of `lle-prune-channels`.
    `layers` names synapses and cells; without it all weights are pruned that are constants, and not quantised.

    What was decided is in `lle.sparsity` of each weight and cell and of the network, and in remarks of the category
    `pruning`. `lle-allocate-bits` gives pruned synapses no bits.

    B. Hassibi, D. Stork, Second order derivatives for network pruning: Optimal Brain Surgeon, NIPS 1993; E. Frantar,
    D. Alistarh, Optimal Brain Compression, NeurIPS 2022; A. Mishra et al., Accelerating sparse deep neural networks,
    arXiv 2104.08378 (N:M).

    The first two inputs of this layer are always the same. With a ratio of 0.34 the smaller of their synapses goes, and
    the other one takes its weight: `[0, 4, 8]` is left.

    ```mlir
    lle.network @twins(%x: tensor<3xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
      %w = lle.weight dense<[[1.000000e+00, 3.000000e+00, 8.000000e+00]]> : tensor<1x3xf32>
      %y = lle.linear %x, %w : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<1xf32>
      lle.output %y : tensor<1xf32>
    }
    ```
  }];
  let options = EvaluationOptions # CostOptions # [
    Option<"ratio", "ratio", "double", "0", "share of all synapses to remove; the largest that meets the requirement">,
    Option<"pattern", "pattern", "std::string", "\"\"", "N:M: how many synapses of each M inputs of a row stay">,
    Option<"correct", "correct", "bool", "true", "whether the weights that are left make up for what is removed">,
    ListOption<"layers", "layers", "std::string", "names of synapses and cells to prune; all">,
    Option<"ridge", "ridge", "double", "0.003", "regularisation of the correction">];
}

#endif
