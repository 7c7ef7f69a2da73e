//===- Passes.td - the passes of passes/Placement ------------*- tablegen -*-===//
#ifndef LLE_PASSES_PLACEMENT_PASSES_TD
#define LLE_PASSES_PLACEMENT_PASSES_TD

include "mlir/Pass/PassBase.td"

def PartitionMap : Pass<"neuro-partition", "::lle::neuro::MapOp"> {
  let summary = "divide the neurons of a map among cores";
  let description = [{
    Each population gets `cores`, and the map a `neuro.core` for each core. No core gets more than the limits of the map
    allow: neurons (`core_neurons`), sources that reach it (`core_in_axons`), cores that its neurons send to
    (`core_out_axons`), different pairs of decays and thresholds (`core_configurations`, `core_thresholds`), bytes of
    synapses (`core_synapse_bytes`) and of all (`core_memory_bytes`). A limit that the map does not have does not bind.
    Bytes are those of runtime/coremap/Layout.h with rows that are not shared: shared ones take less.

    `strategy=multilevel` seeks few packets (passes/Placement/Partitioner.h): a spike is one for each core that it goes
    to, and neurons and inputs spike at the rates that the map has of them, or at 0.1 in a step where none was measured.
    `seed` is that of its random choices. Its result is taken if it has fewer packets than the natural order; else a remark
    says why not.

    `strategy=sequential` takes that: it fills one core after the other with the populations in the order of the map, each
    row-major. A neuron that fits into no core is an error that says what it lacks.

    The slowest core ends a tick. With `balance` above 0, neurons of either strategy's cores then change them such that the
    core with most to do gets less of it: spikes over its synapses, and those that its neurons send. Packets grow by no
    more than that share, cores stay as many, and a remark says what was reached.

    Preconditions: the map has no cores yet.

    With `strategy=sequential neurons=2` this population is on two cores, `cores = dense<[[0, 2], [1, 1]]>`:

    ```mlir
    neuro.map @relay target "loihi2" attributes {dt = 1.000000e-03 : f64} {
      neuro.input @x "x" : tensor<2xi1>
      neuro.population @lif cuba_lif start 1 {parameters = {du = dense<4095> : tensor<3xi32>,
        dv = dense<410> : tensor<3xi32>, v_threshold = dense<64> : tensor<3xi32>}} : tensor<3xi1>
      neuro.synapses @x -> @lif {rows = dense<[0, 1]> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
        row_begin = dense<[0, 3, 5]> : tensor<3xi64>, offsets = dense<[0, 1, 2, 0, 2]> : tensor<5xi32>,
        weights = dense<[3, -2, 1, 4, 4]> : tensor<5xi16>, delays = dense<1> : tensor<5xi8>}
      neuro.output "y" @lif
    }
    ```
  }];
  let options = [
    Option<"strategy", "strategy", "::lle::PartitionStrategy", "::lle::PartitionStrategy::multilevel",
           "how neurons that go together are found", [{::llvm::cl::values(
             clEnumValN(::lle::PartitionStrategy::multilevel, "multilevel", "those that save packets"),
             clEnumValN(::lle::PartitionStrategy::sequential, "sequential", "those that follow each other"))}]>,
    Option<"seed", "seed", "int64_t", "1", "of the random choices">,
    Option<"neurons", "neurons", "int64_t", "0", "most neurons of a core; 0: as many as it holds">,
    Option<"balance", "balance", "double", "0", "share by which packets may grow for less work on the busiest core">];
}

def PlaceMap : Pass<"neuro-place", "::lle::neuro::MapOp"> {
  let summary = "give each core of a map its place on the chip";
  let description = [{
    What matters, in this order:
    1. Time of the slowest core. A core does the same work wherever it lies, so that places do not change it; `balance` of
       `neuro-partition` does, and `joint` keeps it.
    2. Spikes on the busiest link, of which each counts as `links` links.
    3. Links of the XY routes of each spike to all cores that it goes to, at the rates of `neuro-partition`.
    4. A link to another chip, which counts as one and `crossing` more; where `crossing` is above 0, no more chips are used
       than the cores need.
    5. Temperature, below.

    `strategy=annealing` seeks the least sum of 2 to 4 (passes/Placement/Placer.h). It is a sum and not one after the
    other, for the last percents of the busiest link cost many times as much of all the others; a high `links` is that
    order. What the host sends is not looked at. `seed` is that of the random choices, and `effort` the number of
    searches, whose time grows with the network.

    With `locality` above 0 the cores of a population are drawn together: each is as if it sent `locality` times what cores
    send in the mean to the population's next one, though over no link.

    With `joint`, neurons then move between the cores that have places, alone or two for each other, while that makes ways
    shorter (passes/Placement/JointRefinement.h). Cores keep the limits that `neuro-partition` keeps, no more neurons
    than the largest had, and no more work than the slowest; a remark says by how much ways and crossings fell, or why
    nothing moved: the sum must fall, the busiest link included. Packets may grow.

    Temperature comes last: with `thermal` above 0, cores are swapped while that lowers the warmest router's temperature in
    the steady state (passes/Placement/Thermal.h) and what was sought stays below 1 + `thermal` times what it was. Cores
    take what their synaptic operations and updates do by the target's `unit_pj`, `dt` a tick. A remark has the
    temperature over the air, before and after.

    `strategy=sequential` goes through the cores of a router, then through the routers of a row, the rows of a chip, and
    the chips. The limits `grid_width`, `grid_height`, `router_cores` and `system_chips` of the map say how many there
    are, and `chip_cores` how many of a chip are used; bit `grid_width` y + x of `grid_gaps` is set where a router has no
    cores. Chips lie in rows of `board_width`, in one row where that is missing, or in the hexagon of 48 chips where there is
    `board_hexagon`.

    Preconditions: the map has cores. Those that have a place get another one.

    With `strategy=sequential`, `grid_width = 2`, `grid_height = 1` and `router_cores = 1` the cores are at `[0, 0, 0, 0]` and `[0, 1, 0, 0]`:

    ```mlir
    neuro.map @relay target "loihi2" attributes {dt = 1.000000e-03 : f64, limits = {chip_cores = 2 : i64,
        grid_height = 1 : i64, grid_width = 2 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
      neuro.population @lif cuba_li start 0 {cores = dense<[[0, 2], [1, 1]]> : tensor<2x2xi32>, parameters = {
        du = dense<4095> : tensor<3xi32>, dv = dense<410> : tensor<3xi32>}} : tensor<3xsi32>
      neuro.core 0
      neuro.core 1
    }
    ```
  }];
  let options = [
    Option<"strategy", "strategy", "::lle::PlacementStrategy", "::lle::PlacementStrategy::annealing",
           "how places are found", [{::llvm::cl::values(
             clEnumValN(::lle::PlacementStrategy::annealing, "annealing", "near those that talk to each other"),
             clEnumValN(::lle::PlacementStrategy::sequential, "sequential", "one after the other"))}]>,
    Option<"seed", "seed", "int64_t", "1", "of the random choices">,
    Option<"effort", "effort", "unsigned", "1", "annealings, of which the best one counts">,
    Option<"crossing", "crossing", "double", "4", "links that one to another chip counts for more">,
    Option<"links", "links", "double", "10", "what a spike on the busiest link counts, in links">,
    Option<"locality", "locality", "double", "0", "how much the cores of a population are drawn together">,
    Option<"joint", "joint", "bool", "false", "neurons may change their cores for shorter ways">,
    Option<"thermal", "thermal", "double", "0",
           "share by which ways may grow for a lower temperature; 0: it is not looked at">];
}

#endif
