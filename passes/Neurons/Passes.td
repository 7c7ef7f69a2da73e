//===- Passes.td - the passes of passes/Neurons ------------*- tablegen -*-===//
#ifndef LLE_PASSES_NEURONS_PASSES_TD
#define LLE_PASSES_NEURONS_PASSES_TD

include "mlir/Pass/PassBase.td"
include "passes/Analysis/EvaluationOptions.td"

def ConvertNeurons : Pass<"spk-convert-neurons", "NetworkOp"> {
  let summary = "express the spiking populations by another neuron model";
  let description = [{
    So that the cost and the accuracy of models can be compared on one network. Each population that emits spikes
    becomes a `spk.lif`, `spk.adlif` or `spk.plif`; readouts without spikes stay. What another model cannot say is a
    remark at the population where it is a property that is left out, and an error where the membrane itself would be
    another one.

    | from | to lif |
    |---|---|
    | `spk.plif` | exact, but for rounding of the time constant |
    | `spk.if` of gain unit | exact: it decays by one |
    | `spk.adlif`, `spk.alif`, `spk.refractory_lif` | exact if they do not adapt, or their period is zero; else without it |
    | others | an error |

    To `adlif` a population passes through `lif` and gets an adaptation of zero, which is exact. To `plif` it does too;
    `w` is then the logarithm of `s / (1 - s)` with `s` the fraction that the membrane forgets in a step, which loses
    the last bit, and an error where that is not between 0 and 1. Both need a reset in the same step and no floor.

    With `to=lif`, the neuron forgets half of its membrane in each step:

    ```mlir
    lle.network @trained(%x: tensor<3xf32>) -> tensor<3xi1> attributes {dt = 1.000000e-03 : f64} {
      %z = spk.plif "plif" %x
        firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
        {decay_input = true, v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
         v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>,
         w = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
      lle.output %z : tensor<3xi1>
    }
    ```
  }];
  let dependentDialects = ["::lle::spk::SpkDialect"];
  let options = [
    Option<"to", "to", "::lle::NeuronModel", "::lle::NeuronModel::lif", "model of all spiking populations",
           [{::llvm::cl::values(clEnumValN(::lle::NeuronModel::lif, "lif", "spk.lif"),
                                clEnumValN(::lle::NeuronModel::adlif, "adlif", "spk.adlif"),
                                clEnumValN(::lle::NeuronModel::plif, "plif", "spk.plif"))}]>];
}

def SelectNeurons : Pass<"spk-select-neurons", "::mlir::ModuleOp"> {
  let summary = "make neurons simpler, or spike less, where the metric allows it";
  let description = [{
    A neuron with a synaptic current, an adaptation or a refractory period keeps two states, or more, and updates them in
    every step. Where a network does not need them, a `spk.lif` is half of the memory and work. Populations of
    `spk.cuba_lif`, `spk.adlif`, `spk.alif` and `spk.refractory_lif` are tried as `spk.lif`, the largest first, and become
    one where the metric over the data set still meets the requirement. (`spk-convert-neurons` does the same without
    asking, and does not know the synaptic current.)

    A membrane behind a synaptic current answers late: the mean delay of its answer to an impulse, in steps, is that of
    the current, `c / (1 - c)` with the decay c, plus that of the membrane. The `spk.lif` for it has the same rest, the
    same answer to a constant input and this mean delay (W. C. Elmore, Journal of Applied Physics 19 (1948) 55); as the
    unit of its membrane is another one, so are threshold and reset. As the time constant that is best for a network also
    depends on its spikes (W. Fang et al., ICCV 2021, train one for each layer, PLIF), 0.25, 0.5, 0.75 and 1.5 of the mean
    delay are tried, too, for each population, and the best one is taken.

    That is what `models=lif` does. With `models=plif` and `models=adlif` populations of `spk.lif`, those included that have just
    become so, are changed where the network then has fewer spikes, by 1 % at least, and the metric is kept; of all forms that were
    tried the one with the fewest spikes is taken. `plif` tries other time constants for a population: 0.5,
    0.75, 1.5 and 2 of the mean delay. They are numbers, as a trained `spk.plif` has them, and so the result is a `spk.lif`. `adlif` tries an
    adaptation current that every spike adds to, as in neurons whose rate falls while their input lasts (J. Benda, A. V. M.
    Herz, Neural Computation 15 (2003) 2523): it is four times as slow as the membrane, or as a step, and takes 0.1, 0.3 or 1 of the
    threshold from a membrane that forgets nothing. That is a state more, which spikes on a chip may not be worth and native
    code seldom.

    A population gets `spk.selected_from`, the model that it was, `spk.delay_share`, and `spk.adaptation` where it adapts; the network gets `spk.neurons`:
    what was measured before and after, and the elements of all states. Remarks of the category `neurons` say the same,
    and why a population stays what it is. A network without such populations stays as it is. `dataset`, `labels`, `metric`, `output`, `samples`, `engine`, `seed` and the
    requirement are as for `spk-tune-timesteps`.

    The current and the membrane of this network both forget half in a step: the mean delay is two steps, of which a
    membrane that forgets a third has as much.

    ```mlir
    lle.network @smooth(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
      %z = spk.cuba_lif "lif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
        firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = all, max_spikes = 1>
        {decay_mem = dense<5.000000e-01> : tensor<2xf32>, decay_syn = dense<5.000000e-01> : tensor<2xf32>,
         v_init = dense<0.000000e+00> : tensor<2xf32>, v_reset = dense<0.000000e+00> : tensor<2xf32>,
         v_threshold = dense<1.000000e+00> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
      lle.output %z : tensor<2xi1>
    }
    ```
  }];
  let dependentDialects = ["::lle::spk::SpkDialect"];
  let options = EvaluationOptions # [
    ListOption<"models", "models", "std::string", "what populations may become, of lif, plif and adlif; lif">];
}

#endif
