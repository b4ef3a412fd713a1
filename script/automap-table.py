#!/usr/bin/env python3
"""The tables of docs/benchmarks.md for the map proposer, from predictions: called by script/automap-eval.

  automap-table.py SCORER LEFT_OUT_GOLD LEFT_OUT_PREDICTIONS HELD_OUT_GOLD HELD_OUT_PREDICTIONS MODEL

SCORER is score.py of the labelled scenarios; nothing is measured here, only laid out. Same predictions, same bytes.
"""
import hashlib
import importlib.util
import json
import os
import sys

TARGETS = [("Recall@1", "recall_at_1", 0.90, True), ("Recall@3", "recall_at_3", 0.95, True), ("MRR", "mrr", 0.92, True),
           ("precision", "precision", 0.94, True), ("recall", "recall", 0.82, True),
           ("negatives refused", "negatives_left_unmapped", 0.93, True),
           ("hard negatives refused", "hard_negatives_left_unmapped", 0.90, True),
           ("expected calibration error", "ece", 0.03, False), ("value pairs right", "value_accuracy", 0.88, True),
           ("auto-acceptable at 97 % precision", "auto_accept_at_97", 0.60, True), ("object map, first table", "object_accuracy", None, True)]
BANDS = [(0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.0)]


def read_scorer(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def threshold_of(model):
    for line in open(model, encoding="utf-8"):
        if line.startswith("threshold "):
            return float(line.split()[1])
    raise SystemExit("%s: no threshold" % model)


class Part:
    """Scores of one folder of scenarios: together, each for itself, and the mean of them."""

    def __init__(self, score, gold, predictions, threshold):
        total, self.each, published, at_half = {}, {}, {}, {}
        for scenario in score.golds(gold):
            name = scenario["id"]
            prediction = score.load(os.path.join(predictions, name + ".json"))
            found = score.score_one(scenario, prediction, threshold)
            self.each[name] = score.summary(found)
            score.add(total, found)
            score.add(at_half, score.score_one(scenario, prediction, 0.5))
            scenario["gold"] = {"objects": [], "values": [], "fields": [
                f for f in scenario["gold"]["fields"] if f.get("evidence") == "published" and f["status"] == "map"]}
            score.add(published, score.score_one(scenario, prediction, threshold))
        self.confidences = total["conf"]
        self.micro = score.summary(total)
        self.published = score.summary(published)
        self.at_half = score.summary(at_half)
        self.macro = {}
        for _, key, _, _ in TARGETS:
            values = [s[key] for s in self.each.values() if s[key] == s[key]]
            self.macro[key] = sum(values) / len(values) if values else float("nan")


def figure(value, target, up):
    if value != value:
        return "–"
    text = "%.3f" % value
    missed = target is not None and (round(value, 3) < target if up else round(value, 3) > target)
    return "**%s**" % text if missed else text


def summary_table(left_out, held_out):
    print("| | target | left out, micro | macro | held out, micro | macro |\n|---|---|---|---|---|---|")
    for label, key, target, up in TARGETS:
        cells = [figure(part[key], target, up) for part in
                 (left_out.micro, left_out.macro, held_out.micro, held_out.macro)]
        print("| %s | %s | %s |" % (label, "%.2f" % target if target else "–", " | ".join(cells)))
    for name, part in (("Left out", left_out), ("Held out", held_out)):
        p = part.at_half
        print("\n%s, at a threshold of 0.5 instead: precision %.3f, recall %.3f, negatives refused %.3f, hard ones %.3f."
              % (name, p["precision"], p["recall"], p["negatives_left_unmapped"], p["hard_negatives_left_unmapped"]))
    for name, part in (("Left out", left_out), ("Held out", held_out)):
        p = part.published
        if p["gold_pairs"]:
            print("\n%s, only the %d pairs read in a published mapping: Recall@1 %.3f, Recall@3 %.3f, precision %.3f, recall %.3f."
                  % (name, p["gold_pairs"], p["recall_at_1"], p["recall_at_3"], p["precision"], p["recall"]))
        else:
            print("\n%s: no pair was read in a published mapping." % name)


def reliability_table(left_out, held_out):
    print("\n| confidence | left out: fields | mean confidence | share right | held out: fields | mean confidence | share right |")
    print("|---|---|---|---|---|---|---|")
    for low, high in BANDS:
        cells = []
        for part in (left_out, held_out):
            own = [c for c in part.confidences if low <= c[0] < high or (high == 1.0 and c[0] == 1.0)]
            n = len(own)
            cells += [str(n)] + (["%.3f" % (sum(c[i] for c in own) / n) for i in (0, 1)] if n else ["–", "–"])
        print("| %.2f–%.2f%s | %s |" % (low, high, " (*ready*)" if low == 0.97 else "", " | ".join(cells)))


def scenario_table(title, part):
    worst = sorted(part.each, key=lambda name: (part.each[name]["f1"], name))[:3]
    print("\n%s; worst three by F1: %s.\n" % (title, ", ".join("%s (%.3f)" % (w, part.each[w]["f1"]) for w in worst)))
    print("| scenario | fields | P | R | R@1 | R@3 | MRR | ECE | negatives | hard | objects | values | auto@97 |\n|" + "---|" * 13)
    for name in sorted(part.each):
        s = part.each[name]
        cells = ["%.3f" % s[k] if s[k] == s[k] else "–" for k in (
            "precision", "recall", "recall_at_1", "recall_at_3", "mrr", "ece", "negatives_left_unmapped",
            "hard_negatives_left_unmapped")]
        cells += ["%.2f" % s["object_accuracy"], "%.3f" % s["value_accuracy"] if s["value_accuracy"] == s["value_accuracy"] else "–",
                  "%.2f" % s["auto_accept_at_97"]]
        print("| %s | %d | %s |" % (name, s["fields"], " | ".join(cells)))


def main():
    scorer, left_gold, left_predictions, held_gold, held_predictions, model = sys.argv[1:]
    score = read_scorer(scorer)
    threshold = threshold_of(model)
    left_out = Part(score, left_gold, left_predictions, threshold)
    held_out = Part(score, held_gold, held_predictions, threshold)
    digest = hashlib.sha256(open(model, "rb").read()).hexdigest()
    print("%d scenarios with %d scored fields left out by system; %d scenarios with %d scored fields held out. Shipped weights: sha256 `%s…`, threshold %.2f.\n"
          % (len(left_out.each), left_out.micro["fields"], len(held_out.each), held_out.micro["fields"], digest[:16], threshold))
    summary_table(left_out, held_out)
    reliability_table(left_out, held_out)
    scenario_table("Left out", left_out)
    scenario_table("Held out", held_out)


if __name__ == "__main__":
    main()
