"""Writes arithmetic.mlir, a function for each operation on each type, and main.c, which calls each as machine code of
LLVM and as C on numbers at the edges of the types, and compares the results bit for bit."""

import sys

C = {"i8": "int8_t", "i16": "int16_t", "i32": "int32_t", "i64": "int64_t", "index": "size_t", "f32": "float",
     "f64": "double"}
INTS = ["i8", "i16", "i32", "i64", "index"]
FLOATS = ["f32", "f64"]
BITS = {"i1": 1, "i8": 8, "i16": 16, "i32": 32, "i64": 64, "index": 64}
COUNT = 4096

functions, checks = [], []


def add(name, types, result, lines, second="any", extra=""):
    """A function of one or of two arrays; `lines` compute %r of %a and %b."""
    arguments = ", ".join("%%p%d: memref<%dx%s>" % (i, COUNT, t) for i, t in enumerate(types))
    loads = "".join("    %%%s = memref.load %%p%d[%%i] : memref<%dx%s>\n" % ("ab"[i], i, COUNT, t)
                    for i, t in enumerate(types))
    functions.append("""func.func @%s(%s, %%out: memref<%dx%s>) {
  %%zero = arith.constant 0 : index
  %%one = arith.constant 1 : index
  %%count = arith.constant %d : index
  scf.for %%i = %%zero to %%count step %%one {
%s%s    memref.store %%r, %%out[%%i] : memref<%dx%s>
  }
  return
}
""" % (name, arguments, COUNT, result, COUNT, loads, "".join("    %s\n" % line for line in lines), COUNT, result))
    checks.append((name, types, result, second))


def main(folder):
    for t in INTS:
        for op in "addi subi muli andi ori xori maxsi minsi maxui minui".split():
            add("%s_%s" % (op, t), [t, t], t, ["%%r = arith.%s %%a, %%b : %s" % (op, t)])
        for op in "divui divsi remui remsi".split():
            add("%s_%s" % (op, t), [t, t], t, ["%%r = arith.%s %%a, %%b : %s" % (op, t)], "divisor")
        for op in "shli shrui shrsi".split():
            add("%s_%s" % (op, t), [t, t], t, ["%%r = arith.%s %%a, %%b : %s" % (op, t)], "shift")
            add("%s_by_3_%s" % (op, t), [t], t, ["%%three = arith.constant 3 : %s" % t,
                                                 "%%r = arith.%s %%a, %%three : %s" % (op, t)])
        for op, value in (("addi", -1), ("muli", -7), ("andi", -2), ("xori", -1), ("subi", 100)):
            add("%s_constant_%s" % (op, t), [t], t, ["%%c = arith.constant %d : %s" % (value, t),
                                                     "%%r = arith.%s %%a, %%c : %s" % (op, t)])
        for predicate in "eq ne slt sle sgt sge ult ule ugt uge".split():
            add("cmpi_%s_%s" % (predicate, t), [t, t], "i8", [
                "%%c = arith.cmpi %s, %%a, %%b : %s" % (predicate, t), "%r = arith.extui %c : i1 to i8"])
        add("select_%s" % t, [t, t], t, ["%%c = arith.cmpi slt, %%a, %%b : %s" % t,
                                         "%%r = arith.select %%c, %%b, %%a : %s" % t])
        for u in INTS:
            if "index" in (t, u):
                if t != u:
                    for op in ("index_cast", "index_castui"):
                        add("%s_%s_%s" % (op, t, u), [t], u, ["%%r = arith.%s %%a : %s to %s" % (op, t, u)])
            elif BITS[t] < BITS[u]:
                for op in ("extsi", "extui"):
                    add("%s_%s_%s" % (op, t, u), [t], u, ["%%r = arith.%s %%a : %s to %s" % (op, t, u)])
            elif BITS[t] > BITS[u]:
                add("trunci_%s_%s" % (t, u), [t], u, ["%%r = arith.trunci %%a : %s to %s" % (t, u)])
        if t == "index":
            continue
        for f in FLOATS:
            for op in ("sitofp", "uitofp"):
                add("%s_%s_%s" % (op, t, f), [t], f, ["%%r = arith.%s %%a : %s to %s" % (op, t, f)])
            for op in ("fptosi", "fptoui"):
                add("%s_%s_%s" % (op, f, t), [f], t, ["%%r = arith.%s %%a : %s to %s" % (op, f, t)], "in_range_" + op)
        # One bit.
        for op in "andi ori xori addi subi muli".split():
            add("%s_i1_of_%s" % (op, t), [t, t], "i8", [
                "%%x = arith.trunci %%a : %s to i1" % t, "%%y = arith.trunci %%b : %s to i1" % t,
                "%%z = arith.%s %%x, %%y : i1" % op, "%r = arith.extui %z : i1 to i8"])
        for op, to in (("extsi", t), ("extui", t), ("sitofp", "f32"), ("uitofp", "f64")):
            if to != "i1":
                add("%s_i1_%s_of_%s" % (op, to, t), [t], to, ["%%x = arith.trunci %%a : %s to i1" % t,
                                                           "%%r = arith.%s %%x : i1 to %s" % (op, to)])
        add("not_i1_of_%s" % t, [t], "i8", ["%%x = arith.trunci %%a : %s to i1" % t, "%true = arith.constant true",
                                            "%y = arith.xori %x, %true : i1", "%r = arith.extui %y : i1 to i8"])
    for t in ("i32", "i64"):
        for op in "cttz ctlz ctpop".split():
            add("%s_%s" % (op, t), [t], t, ["%%r = math.%s %%a : %s" % (op, t)])
    for f in FLOATS:
        for op in "addf subf mulf divf maximumf minimumf maxnumf minnumf".split():
            add("%s_%s" % (op, f), [f, f], f, ["%%r = arith.%s %%a, %%b : %s" % (op, f)])
        add("negf_%s" % f, [f], f, ["%%r = arith.negf %%a : %s" % f])
        # A product is rounded before it is added.
        add("product_and_sum_%s" % f, [f, f], f, ["%%x = arith.mulf %%a, %%b : %s" % f,
                                                  "%%r = arith.addf %%x, %%a : %s" % f])
        for predicate in "false oeq ogt oge olt ole one ord ueq ugt uge ult ule une uno true".split():
            add("cmpf_%s_%s" % (predicate, f), [f, f], "i8", [
                "%%c = arith.cmpf %s, %%a, %%b : %s" % (predicate, f), "%r = arith.extui %c : i1 to i8"])
        for op in "floor ceil trunc round roundeven absf".split():
            add("%s_%s" % (op, f), [f], f, ["%%r = math.%s %%a : %s" % (op, f)])
        add("copysign_%s" % f, [f, f], f, ["%%r = math.copysign %%a, %%b : %s" % f])
        i = "i32" if f == "f32" else "i64"
        add("bits_of_%s" % f, [f], i, ["%%r = arith.bitcast %%a : %s to %s" % (f, i)])
        add("%s_of_bits" % f, [i], f, ["%%r = arith.bitcast %%a : %s to %s" % (i, f)])
        for value in ("1.0e-45", "-0.1", "3.4028234663852886e38", "0.333333333333333314829616256247390992939472198486"):
            name = "constant%d_%s" % (len(functions), f)
            add(name, [f], f, ["%%c = arith.constant %s : %s" % (value, f), "%%r = arith.mulf %%a, %%c : %s" % f])
    add("sqrt_f32", ["f32"], "f32", ["%r = math.sqrt %a : f32"])
    add("wide_f64_of_f32", ["f32"], "f64", ["%r = arith.extf %a : f32 to f64"])
    add("short_f32_of_f64", ["f64"], "f32", ["%r = arith.truncf %a : f64 to f32"])

    with open(folder + "/arithmetic.mlir", "w") as file:
        file.write("".join(functions))
    with open(folder + "/main.c", "w") as file:
        file.write(MAIN)
        for name, types, result, _ in checks:
            file.write("void %s(%s, %s *);\n" % (name, ", ".join("const %s *" % C[t] for t in types), C[result]))
        for name, types, result, second in checks:
            file.write("static void check_%s(void) {\n" % name)
            for i, t in enumerate(types):
                file.write("  static %s in%d[COUNT];\n  fill_%s(in%d, %d, %s);\n" % (
                    C[t], i, t, i, i, "\"%s\"" % (second if i == len(types) - 1 else "any")))
                if second.startswith("in_range"):
                    file.write("  clamp_%s(in%d, %d, %d);\n" % (t, i, BITS[result], second == "in_range_fptoui"))
            inputs = ", ".join("in%d" % i for i in range(len(types)))
            file.write("  static %s c[COUNT], llvm[COUNT];\n" % C[result])
            file.write("  %s_kernel(%s, c);\n  %s(%s, llvm);\n" % (name, inputs, name, inputs))
            test = "c[i] != c[i] && llvm[i] != llvm[i]" if result in FLOATS else "0"
            file.write("  for (int i = 0; i < COUNT; ++i)\n    if (memcmp(&c[i], &llvm[i], sizeof(c[i])) != 0 && !(%s))\n"
                       "      fail(\"%s\", i, (double)in0[i], (double)in%d[i], (double)c[i], (double)llvm[i]);\n}\n" % (
                           test, name, len(types) - 1))
        file.write("int main(void) {\n%s  printf(\"%%d operations, %%d differ\\n\", %d, failures);\n  return failures != 0;\n}\n" % (
            "".join("  check_%s();\n" % name for name, *_ in checks), len(checks)))


MAIN = """#include "c.c"
#include <math.h>
#include <stdio.h>
#include <string.h>
#define COUNT %d
static int failures;
static void fail(const char *name, int i, double a, double b, double c, double llvm) {
  static const char *last;
  if (last != name) {
    failures += 1;
    printf("%%s: element %%d, of %%.17g and %%.17g: %%.17g in C, %%.17g by LLVM\\n", name, i, a, b, c, llvm);
  }
  last = name;
}
static uint64_t seed = 88172645463325252u;
static uint64_t draw(void) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return seed;
}
/* Every pair of edges, then numbers of every magnitude. */
#define EDGES 16
static uint64_t pick(int i, int which, int bits) {
  const uint64_t top = (uint64_t)1 << (bits - 1), edges[EDGES] = {0, 1, 2, 3, top, top - 1, top + 1, top >> 1, ~(uint64_t)0,
    ~(uint64_t)1, ~(uint64_t)2, 5, 100, ~(uint64_t)99, 0x5555555555555555u, 0xAAAAAAAAAAAAAAAAu};
  if (i < EDGES * EDGES)
    return edges[which == 0 ? i %% EDGES : i / EDGES];
  return draw() >> (draw() %% 64);
}
#define FILL_INTEGER(name, type, bits) \\
  static void fill_##name(type *to, int which, const char *kind) { \\
    for (int i = 0; i < COUNT; ++i) { \\
      to[i] = (type)pick(i, which, bits); \\
      if (strcmp(kind, "shift") == 0) to[i] = (type)(to[i] & (bits - 1)); \\
      if (strcmp(kind, "divisor") == 0 && (to[i] == 0 || to[i] == (type)-1)) to[i] = 7; \\
    } \\
  }
FILL_INTEGER(i8, int8_t, 8)
FILL_INTEGER(i16, int16_t, 16)
FILL_INTEGER(i32, int32_t, 32)
FILL_INTEGER(i64, int64_t, 64)
FILL_INTEGER(index, size_t, 64)
/* Halves, whole numbers around the largest ones with digits behind the point, infinities, NaN, subnormals, and any. */
#define FILL_FLOAT(name, type, word, digits) \\
  static void fill_##name(type *to, int which, const char *kind) { \\
    const type edges[EDGES] = {0, -(type)0.0, 1, -1, (type)0.5, (type)-0.5, (type)1.5, (type)2.5, (type)INFINITY, \\
      (type)-INFINITY, (type)NAN, (type)ldexp(1, digits), (type)(ldexp(1, digits) - 1), (type)-ldexp(1, digits - 1) + (type)0.5, \\
      (type)ldexp(1, digits + 7), (type)(1 - ldexp(1, -digits - 1))}; \\
    (void)kind; \\
    for (int i = 0; i < COUNT; ++i) { \\
      if (i < EDGES * EDGES) \\
        to[i] = edges[which == 0 ? i %% EDGES : i / EDGES]; \\
      else if (i %% 2 == 0) { \\
        word bits = (word)draw(); \\
        memcpy(&to[i], &bits, sizeof(bits)); \\
      } else \\
        to[i] = (type)(ldexp((double)draw(), -64 + (int)(draw() %% 40)) * (draw() %% 2 ? 1 : -1)); \\
    } \\
  } \\
  static void clamp_##name(type *to, int bits, int is_unsigned) { \\
    for (int i = 0; i < COUNT; ++i) { \\
      double least = is_unsigned ? -0.5 : -ldexp(1, bits - 1), most = ldexp(1, bits - (is_unsigned ? 0 : 1)); \\
      if (!(to[i] > least && to[i] < most - 1)) to[i] = (type)(i %% 100); \\
    } \\
  }
FILL_FLOAT(f32, float, uint32_t, 23)
FILL_FLOAT(f64, double, uint64_t, 52)
""" % COUNT

main(sys.argv[1])
