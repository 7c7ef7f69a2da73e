"""What spk-tune-timesteps says of samples that end early, beside what lle-run measures; what samples lose that the pass
did not see."""
import json
import re
import sys

folder = sys.argv[1]


def read(name):
    with open(f"{folder}/{name}.json") as file:
        return {metric["name"]: metric["value"] for metric in json.load(file)["metrics"]}


with open(f"{folder}/early.mlir") as file:
    facts = re.search(r"spk.timesteps = {([^}]*)}.*steps = (\d+)", file.read())
said = {name: float(value) for name, value in re.findall(r"(\w+) = ([-+.\de]+) : f64", facts.group(1))}
seen, unseen, whole = read("seen"), read("unseen"), read("all")
assert abs(seen["accuracy"] - said["after"]) < 1e-12, (seen, said)
assert abs(seen["steps"] - said["mean_steps"]) < 1e-12, (seen, said)
assert said["after"] >= said["before"] - 0.005, said
print("the pass and lle-run agree:", said, "of", facts.group(2))
assert whole["accuracy"] - unseen["accuracy"] <= 0.03, (whole, unseen)
assert unseen["steps"] < float(facts.group(2)), unseen
print(f"unseen samples end after {unseen['steps']:.3f} steps: accuracy {unseen['accuracy']:.4f}, {whole['accuracy']:.4f} "
      "with all steps")
