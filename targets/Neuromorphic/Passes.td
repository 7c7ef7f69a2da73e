//===- Passes.td - the passes of targets/Neuromorphic --------*- tablegen -*-===//
#ifndef LLE_TARGETS_NEUROMORPHIC_PASSES_TD
#define LLE_TARGETS_NEUROMORPHIC_PASSES_TD

include "mlir/Pass/PassBase.td"

// What all four have in common: the target of the map is a file of targets/, whose limits those of the map replace where
// both have one; and the contents of the cores are computed once for passes that follow each other.

def RouteMap : Pass<"neuro-route", "::lle::neuro::MapOp"> {
  let summary = "write where the packets of each core go";
  let description = [{
    Makes a `neuro.route` for each core that sends, and for the host. On a chip of multicast routers each core gets keys
    and each chip a `neuro.router` (runtime/coremap/Routing.h: neighbour exploring rings, or dimension order where links
    could wait for each other in a circle; tables are compressed until they fit `router_entries`). On others packets go
    along x, then along y, and need no table. A remark counts packets of a tick, the links that they take and those from
    chip to chip, at the rates of the map, or at 0.1 where none was measured.

    Preconditions: cores have places. Routes that there are already are replaced.

    Core 0 has neurons that send to core 1, which sends nothing. The host is number 2:

    ```mlir
    neuro.map @relay target "loihi2" attributes {dt = 1.0e-03 : f64} {
      neuro.input @x "x" : tensor<1xi1>
      neuro.population @a cuba_lif start 1 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
        du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<1> : tensor<2xi32>}} : tensor<2xi1>
      neuro.population @b cuba_li start 2 {cores = dense<[[1, 1]]> : tensor<1x2xi32>, parameters = {
        du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
      neuro.synapses @x -> @a {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
        row_begin = dense<[0, 2]> : tensor<2xi64>, offsets = dense<[0, 1]> : tensor<2xi32>,
        weights = dense<3> : tensor<2xi16>, delays = dense<1> : tensor<2xi8>}
      neuro.synapses @a -> @b {rows = dense<0> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
        row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>,
        weights = dense<2> : tensor<1xi16>, delays = dense<1> : tensor<1xi8>}
      neuro.output "y" @b
      neuro.core 0 at [0, 0, 0, 0]
      neuro.core 1 at [0, 1, 0, 0]
    }
    ```
  }];
}

def LayOutMemory : Pass<"neuro-layout-memory", "::lle::neuro::MapOp"> {
  let summary = "write what lies where in the memory of each core";
  let description = [{
    Gives each `neuro.core` its `memory`: regions in bytes, as runtime/coremap/Layout.h has them. Each row of synapses is
    stored dense or with offsets, whichever takes less. That it all fits is for `neuro-check-capacity`.

    Preconditions: cores have places.

    Two neurons of 8 bytes each, and their sums of 24 bits for each of two ticks:

    ```mlir
    neuro.map @alone target "loihi2" attributes {dt = 1.0e-03 : f64} {
      neuro.population @a cuba_li start 0 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
        du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
      neuro.core 0 at [0, 0, 0, 0]
    }
    ```
  }];
}

def GatePower : Pass<"neuro-gate-power", "::lle::neuro::MapOp"> {
  let summary = "choose the power level of each core, and what is off";
  let description = [{
    SpiNNaker2: each core runs at the lower level (`power = "low"`) if that ends its busiest tick, in which all its
    sources spike, within `dt`, else at the higher one; `busy` is the share of a tick for which it works at
    the rates of the populations that reach it, after which it sleeps; `rate` is that of populations without one. Cores that hold nothing are off. A core that is late even at the
    higher level is a warning. A remark has the power of the chips as planned, and with all cores on at the higher level
    (runtime/coremap/Power.h has the published figures).

    Loihi: power states of cores are not published, so that cores without neurons, which the remark counts, are all that
    is planned.

    Preconditions: cores have places.

    One neuron is little work for a tick of a millisecond, and too much for one of a tenth of a microsecond:

    ```mlir
    neuro.map @calm target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
      neuro.population @a cuba_lif start 0 {cores = dense<[[0, 1]]> : tensor<1x2xi32>, parameters = {
        decay_v = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}} : tensor<1xi1>
      neuro.core 0 at [0, 0, 0, 0]
    }
    ```
  }];
  let options = [Option<"rate", "rate", "double", "0.1", "share of a population that spikes in a tick on the mean, where no rate was measured">];
}

def CheckCapacity : Pass<"neuro-check-capacity", "::lle::neuro::MapOp"> {
  let summary = "refuse a map that its chip cannot hold";
  let description = [{
    Counts what each core uses from what it holds (runtime/coremap/Capacity.h, which shares no code with the passes that
    partition, place, route and lay out) and compares it with the limits. Each error names the layer, the core, the
    resource, what is used, the limit with where it comes from, and what would help. Changes nothing.

    Preconditions: cores have places.

    ```mlir
    neuro.map @narrow target "loihi2" attributes {dt = 1.0e-03 : f64, limits = {core_neurons = 1 : i64}} {
      neuro.population @a cuba_li start 0 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
        du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
      neuro.core 0 at [0, 0, 0, 0]
    }
    ```
  }];
}

#endif
