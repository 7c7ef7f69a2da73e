//===- SpkAttrs.td - how a neuron is made discrete and fires -*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_SPKATTRS_TD
#define LLE_DIALECTS_SPK_SPKATTRS_TD

include "dialects/Spk/SpkDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

class Spk_Enum<string name, string summary, list<I32EnumAttrCase> cases> : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::lle::spk";
  let genSpecializedAttr = 0;
}

def Spk_Integrator : Spk_Enum<"Integrator", "how the differential equation becomes a step", [
  I32EnumAttrCase<"euler", 0>,       // forward Euler
  I32EnumAttrCase<"exact", 1>,       // closed form with the input held over the step
  I32EnumAttrCase<"hold", 2>,        // each stage in closed form with its own input held
  I32EnumAttrCase<"decay_euler", 3>, // decay by 1 - dt/tau, then add
  I32EnumAttrCase<"decay_exp", 4>,   // decay by exp(-dt/tau), then add
  I32EnumAttrCase<"discrete", 5>     // decay given per step
]>;

def Spk_Order : Spk_Enum<"Order", "whether the input is added after the decay or decays with the state", [
  I32EnumAttrCase<"decay_first", 0>, I32EnumAttrCase<"input_first", 1>
]>;

def Spk_Gain : Spk_Enum<"Gain", "what multiplies the input", [
  I32EnumAttrCase<"unit", 0>,       // one
  I32EnumAttrCase<"continuous", 1>, // the r (and w_in) of the differential equation
  I32EnumAttrCase<"per_step", 2>    // r dt/tau (and w_in dt/tau_syn): what one step of the equation adds
]>;

def Spk_Scale : Spk_Enum<"Scale", "the unit of the membrane potential", [
  I32EnumAttrCase<"membrane", 0>, // as the parameters are given
  I32EnumAttrCase<"input", 1>     // divided by what one step adds for an input of one
]>;

def Spk_Compare : Spk_Enum<"Compare", "how the membrane potential is compared with the threshold", [
  I32EnumAttrCase<"gt", 0>, I32EnumAttrCase<"ge", 1>
]>;

/// On its own, for a neuron that only compares.
def Spk_CompareAttr : EnumAttr<Spk_Dialect, Spk_Compare, "compare"> {
  let assemblyFormat = "$value";
}

def Spk_Reset : Spk_Enum<"Reset", "what firing does to the membrane potential", [
  I32EnumAttrCase<"to_value", 0>, I32EnumAttrCase<"subtract", 1>, I32EnumAttrCase<"none", 2>
]>;

def Spk_When : Spk_Enum<"When", "when the reset is applied", [
  I32EnumAttrCase<"same_step", 0>,   // right after the comparison
  I32EnumAttrCase<"next_before", 1>, // in the next step, before the state is updated
  I32EnumAttrCase<"next_after", 2>,  // in the next step, after the state is updated
  I32EnumAttrCase<"same_step_held", 3> // right after a comparison that the spike of the old state makes harder
]>;

def Spk_Emit : Spk_Enum<"Emit", "which state the emitted spike is computed from", [
  I32EnumAttrCase<"updated", 0>, // the state after this step's update
  I32EnumAttrCase<"held", 1>     // the state at the beginning of the step: one step late, and breaks a cycle
]>;

def Spk_Scope : Spk_Enum<"Scope", "which states a reset to a value touches", [
  I32EnumAttrCase<"membrane", 0>,
  I32EnumAttrCase<"all", 1> // the synaptic current is set to zero as well
]>;

def Spk_DynamicsAttr : AttrDef<Spk_Dialect, "Dynamics"> {
  let mnemonic = "dynamics";
  let summary = "how a neuron's state is updated from its input";
  let parameters = (ins EnumParameter<Spk_Integrator>:$integrator, EnumParameter<Spk_Order>:$order,
                        EnumParameter<Spk_Gain>:$gain, EnumParameter<Spk_Scale>:$scale);
  let assemblyFormat = "`<` struct(params) `>`";
}

def Spk_FiringAttr : AttrDef<Spk_Dialect, "Firing"> {
  let mnemonic = "firing";
  let summary = "when a neuron fires and what firing does";
  let description = [{
    `max_spikes` is the largest number of spikes in one step: 1 for a binary neuron. With more, the number is
    `trunc(v / threshold)` for a positive v, at most `max_spikes`, and a reset by subtraction subtracts the threshold
    once for each.
  }];
  let parameters = (ins EnumParameter<Spk_Compare>:$compare, EnumParameter<Spk_Reset>:$reset,
                        EnumParameter<Spk_When>:$when, EnumParameter<Spk_Emit>:$emit,
                        EnumParameter<Spk_Scope>:$scope, "int64_t":$max_spikes);
  let assemblyFormat = "`<` struct(params) `>`";
}

//===----------------------------------------------------------------------===//
// Second tier: SpkModelOps.td
//===----------------------------------------------------------------------===//

def Spk_AdaptTime : Spk_Enum<"AdaptTime", "when the threshold's adaptation decays", [
  I32EnumAttrCase<"before", 0>, // before the comparison, which sees the decayed adaptation
  I32EnumAttrCase<"after", 1>   // after the comparison, together with what the spike adds
]>;
def Spk_AdaptTimeAttr : EnumAttr<Spk_Dialect, Spk_AdaptTime, "adapt_time"> {
  let assemblyFormat = "`<` $value `>`";
}

def Spk_Coupling : Spk_Enum<"Coupling", "in which order the membrane and its adaptation current are updated", [
  I32EnumAttrCase<"simultaneous", 0>, // each from the old value of the other
  I32EnumAttrCase<"v_first", 1>,      // the current from the new membrane, after its reset
  I32EnumAttrCase<"w_first", 2>       // the membrane from the new current
]>;
def Spk_CouplingAttr : EnumAttr<Spk_Dialect, Spk_Coupling, "coupling"> {
  let assemblyFormat = "`<` $value `>`";
}

def Spk_Refractory : Spk_Enum<"Refractory", "what a neuron does while it is refractory", [
  I32EnumAttrCase<"hold", 0>,      // the membrane stays as it is; no spikes
  I32EnumAttrCase<"clamp", 1>,     // the membrane is v_reset; no spikes
  I32EnumAttrCase<"mask_input", 2> // the membrane leaks without input
]>;
def Spk_RefractoryAttr : EnumAttr<Spk_Dialect, Spk_Refractory, "refractory"> {
  let assemblyFormat = "`<` $value `>`";
}

def Spk_TimeUnit : Spk_Enum<"TimeUnit", "what a period is counted in", [
  I32EnumAttrCase<"steps", 0>, I32EnumAttrCase<"seconds", 1>
]>;
def Spk_TimeUnitAttr : EnumAttr<Spk_Dialect, Spk_TimeUnit, "time_unit"> {
  let assemblyFormat = "`<` $value `>`";
}

def Spk_Resonator : Spk_Enum<"Resonator", "when a resonator fires", [
  I32EnumAttrCase<"phase", 0>,     // the real part is above the threshold when the imaginary part crosses zero upwards
  I32EnumAttrCase<"izhikevich", 1> // the imaginary part is above the threshold; it is reset
]>;
def Spk_ResonatorAttr : EnumAttr<Spk_Dialect, Spk_Resonator, "resonator"> {
  let assemblyFormat = "`<` $value `>`";
}

def Spk_Solver : Spk_Enum<"Solver", "how state equations become a step", [
  I32EnumAttrCase<"next", 0>,              // the region gives the next states, not derivatives
  I32EnumAttrCase<"euler", 1>,             // forward Euler
  I32EnumAttrCase<"exponential_euler", 2>, // closed form of each equation, which is linear in its own state
  I32EnumAttrCase<"midpoint", 3>,          // second order: the slope at half the step
  I32EnumAttrCase<"heun", 4>,              // second order: the mean of the slopes at both ends
  I32EnumAttrCase<"rk4", 5>                // the classical Runge-Kutta method of fourth order
]>;
def Spk_SolverAttr : EnumAttr<Spk_Dialect, Spk_Solver, "solver"> {
  let assemblyFormat = "`<` $value `>`";
}

#endif
