// RUN: lle-opt %s -split-input-file -verify-diagnostics

// C1: signals of rank 1.
lle.network @net(%x: tensor<1x2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C1] input and result must have rank 1, got 'tensor<1x2xsi16>' and 'tensor<1xsi16>'}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<1x2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C2: a capacitance for each neuron.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C2] capacitance must be a dense 'tensor<1xi32>', got 'tensor<2xi32>'}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<2xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C2: leaks have 32 bits.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C2] leak must be a dense 'tensor<1xi32>', got 'tensor<1xi16>'}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<1> : tensor<1xi16>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C2: slopes have 8 or 16 bits.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C2] slope must be a dense 'tensor<1x1xi8>' or 'tensor<1x1xi16>', got 'tensor<1x1xi32>'}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi32>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C2: from two inputs.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C2] sensory_offset must be a dense 'tensor<2x1xi32>', got 'tensor<1x1xi32>'}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<1> : tensor<1x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C3: an unfold at least.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C3] unfolds must be 1 or more, got 0}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 0 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C3: shifts are 0 to 30.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C3] shift must be 0 to 30, got 31}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 31 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C3: shifts are 0 to 30.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C3] sensory_shift must be 0 to 30, got -1}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = -1 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C4: nothing conducts less than nothing.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C4] conductance must not be negative, got -1 for the synapse from 0 to 0}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<-1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C4: a current is at most its conductance.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C4] sensory_current must be at most the conductance 1 in magnitude, got -2 for the synapse from 1 to 0}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<[[1], [-2]]> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C4: something keeps the denominator positive.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C4] capacitance and leak of neuron 0 must not be negative, and not both be 0, got 0 and 0}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<0> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C4: a drive is at most its leak.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C4] drive of neuron 0 must be at most the leak 0 in magnitude, got 1}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<1> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C5: 2^31 - 98304, and three conductances of 1.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C5] conductances of neuron 0 may add up to 2147483648, expected at most 2147483647}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<2147385344> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C6: 2^15 and the offset.
lle.network @net(%x: tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C6] slope and offset may give 2147483648, expected at most 2147483647 for the synapse from 0 to 0}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<2147450880> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<0> : tensor<2x1xi32>, sensory_conductance = dense<1> : tensor<2x1xi8>,
      sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi16> -> tensor<1xsi16>
  lle.output
}

// -----

// C6: 2^7 with an input of 8 bits.
lle.network @net(%x: tensor<2xsi8>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.fixed_ltc_cell' op [C6] sensory_slope and offset may give 2147483648, expected at most 2147483647 for the synapse from 1 to 0}}
  %v = ltc.fixed_ltc_cell "rnn" %x {
      unfolds = 1 : i64, capacitance = dense<1> : tensor<1xi32>, leak = dense<0> : tensor<1xi32>,
      drive = dense<0> : tensor<1xi32>, shift = 0 : i64, slope = dense<1> : tensor<1x1xi16>,
      offset = dense<0> : tensor<1x1xi32>, conductance = dense<1> : tensor<1x1xi8>,
      current = dense<0> : tensor<1x1xi8>, sensory_shift = 0 : i64, sensory_slope = dense<1> : tensor<2x1xi16>,
      sensory_offset = dense<[[2147483519], [-2147483520]]> : tensor<2x1xi32>,
      sensory_conductance = dense<1> : tensor<2x1xi8>, sensory_current = dense<1> : tensor<2x1xi8>}
    : tensor<2xsi8> -> tensor<1xsi16>
  lle.output
}
