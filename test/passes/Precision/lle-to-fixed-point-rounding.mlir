// What makes the errors of 8 bits smaller: largest weights that are split, and weights that compensate each other.
// RUN: rm -rf %t && mkdir %t && split-file %s %t
// RUN: %python -c 'import numpy as np; r = np.random.RandomState(0); x = r.uniform(-1, 1, (64, 8, 1)) + 0.1 * r.uniform(-1, 1, (64, 8, 6)); np.save("%t/x.npy", (x * 4).astype(np.float32))'
// DEFINE: %{options} = input-range=1
// DEFINE: %{fixed} = lle-opt %t/split.mlir --lle-to-fixed-point="%{options}"

// 1 is 254 of half of it over 127: two columns of 127. The others follow that unit: 0.26 is 66, not 33.
// REDEFINE: %{options} = input-range=1 split=0.34
// RUN: %{fixed} | FileCheck %s --check-prefix=SPLIT
// SPLIT-LABEL: lle.network @largest
// SPLIT: [[X:%.+]] = lle.quantize
// SPLIT-NEXT: [[PART:%.+]] = lle.slice [[X]] {offset = 1 : i64} : (tensor<3xsi16>) -> tensor<1xsi16>
// SPLIT-NEXT: [[ALL:%.+]] = lle.concat [[X]], [[PART]] : (tensor<3xsi16>, tensor<1xsi16>) -> tensor<4xsi16>
// SPLIT-NEXT: lle.fixed_affine [[ALL]] linear {{.*}}weights = dense<{{\[\[}}66, 127, -30, 127], [127, 0, -66, 0]]> : tensor<2x4xi8>
// Where two columns are the largest, one more changes nothing.
// SPLIT-LABEL: lle.network @equal
// SPLIT-NOT: lle.concat
// SPLIT: weights = dense<{{\[\[}}127, 127, -66]]> : tensor<1x3xi8>
// The only weight of a row is rounded to itself, whatever its unit: it needs no second column.
// SPLIT-LABEL: lle.network @diagonal
// SPLIT-NOT: lle.concat
// SPLIT: weights = dense<{{\[\[}}127, 0, 0], [0, 127, 0], [0, 0, -127]]> : tensor<3x3xi8>
// As many columns as were asked for: a third of three is one, less is none.
// REDEFINE: %{options} = input-range=1 split=0.3
// RUN: %{fixed} | FileCheck %s --check-prefix=NONE
// NONE-LABEL: lle.network @largest
// NONE-NOT: lle.concat
// NONE: weights = dense<{{\[\[}}33, 127, -15], [127, 0, -66]]> : tensor<2x3xi8>
// REDEFINE: %{options} = input-range=1 split=1.5
// RUN: not %{fixed} 2>&1 | FileCheck %s --check-prefix=ERROR
// REDEFINE: %{options} = input-range=1 split=-1
// RUN: not %{fixed} 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: error: lle-to-fixed-point: split must be from 0 to 1, got {{-1|1.5}}
// REDEFINE: %{options} = input-range=1 correct
// RUN: not %{fixed} 2>&1 | FileCheck %s --check-prefix=DATA
// DATA: error: lle-to-fixed-point: correct needs a dataset
// REDEFINE: %{options} = dataset=%t/x.npy correct engine=none
// DEFINE: %{layer} = lle-opt %t/layer.mlir --lle-to-fixed-point="%{options}"
// RUN: not %{layer} 2>&1 | FileCheck %s --check-prefix=ENGINE
// ENGINE: layer.mlir:1:1: error: lle-to-fixed-point: {{.*}}'none'

// All inputs are nearly the same, so an error of one weight is made good by another one. Both engines agree on it.
// REDEFINE: %{options} = dataset=%t/x.npy
// RUN: %{layer} -o %t/nearest.mlir
// REDEFINE: %{options} = dataset=%t/x.npy correct
// RUN: %{layer} -o %t/corrected.mlir
// REDEFINE: %{options} = dataset=%t/x.npy correct split=0.5
// RUN: %{layer} -o %t/both.mlir
// RUN: lle-run %t/layer.mlir --input=%t/x.npy --output=%t/float.npy
// RUN: lle-run %t/nearest.mlir --input=%t/x.npy --output=%t/nearest.npy
// RUN: lle-run %t/corrected.mlir --input=%t/x.npy --output=%t/corrected.npy
// RUN: lle-run %t/both.mlir --input=%t/x.npy --output=%t/both.npy
// RUN: lle-run %t/both.mlir --input=%t/x.npy --output=%t/reference.npy --engine=reference
// RUN: %python %t/compare.py %t

//--- split.mlir
lle.network @largest(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[0.26, 1.0, -0.12], [0.5, 0.0, -0.26]]> : tensor<2x3xf32>
  %y = lle.linear %x, %w : (tensor<3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

lle.network @equal(%x: tensor<3xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[0.5, 0.5, -0.26]]> : tensor<1x3xf32>
  %y = lle.linear %x, %w : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

lle.network @diagonal(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[0.3, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, -0.7]]> : tensor<3x3xf32>
  %y = lle.linear %x, %w : (tensor<3xf32>, tensor<3x3xf32>) -> tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

//--- layer.mlir
lle.network @layer(%x: tensor<6xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[0.1234, -0.4321, 0.2717, 2.0, -0.0513, 0.3391],
                         [1.7, 0.0571, -0.2913, 0.1137, 0.4449, -0.0879]]> : tensor<2x6xf32>
  %y = lle.linear %x, %w : (tensor<6xf32>, tensor<2x6xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

//--- compare.py
import sys
import numpy as np

load = lambda name: np.load(f"{sys.argv[1]}/{name}.npy").astype(np.float64)
nearest, corrected, both = (np.mean((load(n) - load("float")) ** 2) for n in ("nearest", "corrected", "both"))
print(nearest, corrected, both)
assert corrected < 0.5 * nearest and both < 0.5 * corrected
assert np.array_equal(load("both"), load("reference"))
