"""Measures what is in bench/: called by script/bench.

  script/bench                     every benchmark at a moderate size, as one table
  script/bench NAME [OPTION…]      one; options go to the program instead of its usual ones
  script/bench [NAME] --write      puts what was measured into docs/benchmarks.md as well
  script/bench --list              the benchmarks, and the commands behind them
  script/bench --check             counts instructions of fixed work and ends with 1 when one part takes
                                   more than bench/counts/expected.txt allows, naming what grew
  script/bench --accept            writes that file anew; look at its difference before you commit it

Every figure is the least, the middle and the greatest of several rounds. Pieces that are compared run
in turn within a round, so that they meet the same noise; how far least and greatest lie apart is that
noise. A figure says nothing without its machine, date and command: --write notes them. Nothing in the
tests asserts on time; what guards against slow changes is --check, because instructions do not depend
on what else the machine does. They do depend on processor kind, compiler and libraries, so after a
change of those the file is accepted anew.

A new benchmark is a program of the preset `bench` and an entry in BENCHMARKS below, or any executable
file bench/NAME/run, in whatever language: it is listed by itself, its second line is its summary, and
FLIT_BENCH_BUILD tells it where the preset is built. Either prints one line for each figure, five
fields joined by tabs: what, unit, least, middle, greatest. Whatever else it has to say goes to stderr.
"""
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

BUILD = "build/bench"
PAGE = "docs/benchmarks.md"
EXPECTED = "bench/counts/expected.txt"
ROUNDS = 5            # of programs that measure once
TOLERANCE = 0.02      # of instructions
SHOWN = 12            # functions that are kept for each part, to say later which grew


class Command:
    """One program with its usual options, and how its output is read. `always`: options that only make
    it print what can be read; a person would not type them."""

    def __init__(self, program, options, read, repeat=1, always=()):
        self.program, self.options, self.read, self.repeat = program, options.split(), read, repeat
        self.always = list(always)

    def line(self, options=None):
        return [self.program] + (self.options if options is None else options)


def tab_lines(outputs):
    """Figures of programs that print our own form."""
    for output in outputs:
        for line in output.splitlines():
            fields = line.split("\t")
            if len(fields) == 5:
                yield fields[0], fields[1], tuple(float(f) for f in fields[2:])


def google(outputs):
    """Figures of Google Benchmark: its repetitions by name; a rate where the benchmark states one."""
    found = {}
    for output in outputs:
        runs = json.loads(output)["benchmarks"]
        runs.sort(key=lambda run: (run["family_index"], run.get("per_family_instance_index", 0)))  # they ran shuffled
        for run in runs:
            if run.get("run_type") != "iteration":
                continue
            name = run["name"].split("/iterations:")[0]
            rate = next((k for k in ("rows/s", "bytes_per_second", "items_per_second") if k in run), None)
            if rate == "bytes_per_second":
                found.setdefault((name, "MB/s"), []).append(run[rate] / 1e6)
            elif rate:
                found.setdefault((name, rate.replace("items_per_second", "items/s")), []).append(run[rate])
            else:
                found.setdefault((name, run["time_unit"]), []).append(run["cpu_time"])
    for (name, unit), values in found.items():
        yield name, unit, spread(values)


def pattern(*figures):
    """Figures of programs that print a sentence: (regular expression with one group, what, unit)."""
    def read(outputs):
        for expression, what, unit in figures:
            values = [float(m.group(1)) for o in outputs for m in re.finditer(expression, o)]
            if values:
                yield what, unit, spread(values)
    return read


def spread(values):
    return min(values), statistics.median_high(values), max(values)


def google_program(program):
    return Command(program, "--benchmark_min_time=0.02", google,
                   always=["--benchmark_format=json", "--benchmark_repetitions=%d" % ROUNDS,
                           "--benchmark_enable_random_interleaving=true"])


def http(lanes, delay, sent, received):
    what = "%d lanes, %d ms, %d/%d B" % (lanes, delay, sent, received)
    return Command("http/bench_http", "%d %d 2 %d %d" % (lanes, delay, sent, received),
                   pattern((r": (\d+) requests/s", what, "requests/s"), (r"([\d.]+) us CPU", what + ": CPU", "µs/request")),
                   repeat=3)


def sim_server(way):
    return Command("sim_base/bench_sim_server", way + " 16 1000 20000",
                   pattern((r": +(\d+) requests/s", way + ", 16 connections, 1,000 B", "requests/s"),
                           (r"server +(\d+) ", way + ": CPU", "µs/request")), repeat=ROUNDS)


def lanes(way):
    return Command("lanes/bench_lanes", "speed %s 64 1" % way,
                   pattern((r" (\d+) ns/switch", way + ", 64 lanes", "ns/switch")), repeat=ROUNDS)


BENCHMARKS = {
    "transform": ("records into rows, against merely parsing them (target: 3 times as long)",
                  [Command("transform/bench_transform", "20000 11", tab_lines)]),
    "ledger": ("the ledger alone: records a second with and without waiting for the disk, bytes a record",
               [Command("ledger/bench_ledger", "20000 5", tab_lines)]),
    "base": ("values to and from text, hashes: what loading does once a field",
             [google_program("base/bench_values")]),
    "http": ("the HTTP client against a server on loopback", [http(64, 0, 200, 200), http(500, 50, 200, 200)]),
    "lanes": ("ways to suspend a lane (ADR 0001)", [lanes("product"), lanes("fibers"), lanes("machines")]),
    "sim_base": ("a simulator's server (ADR 0002)", [sim_server("frame"), sim_server("httplib")]),
    "sim_dataverse": ("the simulated Dataverse: reading requests, keeping rows",
                      [google_program("sim_dataverse/bench_dataverse_requests"),
                       google_program("sim_dataverse/bench_dataverse_rows")]),
    "sim_salesforce": ("the simulated Salesforce: loading and reading rows in bulk",
                       [google_program("sim_salesforce/bench_salesforce_rows")]),
    "automap": ("proposing the map of one object of 150 fields (needs ../shared/data/mapping)",
                [Command("automap/bench_automap", "object",
                         pattern((r"median CPU: ([\d.]+) ms", "one object, 150 fields", "ms")), repeat=3)]),
}


# --- running ---------------------------------------------------------------------------------------

def say(text):
    print("==> " + text, file=sys.stderr, flush=True)


def fail(text, code=2):
    print(text, file=sys.stderr)
    sys.exit(code)


def drivers():
    """Benchmarks that are scripts: bench/NAME/run, with the second line as their summary."""
    found = {}
    for name in sorted(os.listdir("bench")):
        path = os.path.join("bench", name, "run")
        if os.access(path, os.X_OK):
            lines = open(path, encoding="utf-8").read().splitlines()
            found[name] = lines[1].lstrip("#/ ") if len(lines) > 1 else ""
    return found


def build(targets):
    subprocess.run(["script/setup", "--packages"], check=True)
    say("building: " + ", ".join(targets))
    subprocess.run(["cmake", "--preset", "bench"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", "--preset", "bench", "--target", *targets], check=True, stdout=subprocess.DEVNULL)


def run(line, folder=None, environment=None):
    done = subprocess.run(line, cwd=folder, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode != 0:
        fail("%s ended with %d" % (" ".join(line), done.returncode), 1)
    return done.stdout


def measured(name, options):
    """[(command as a person would type it, its figures)] of one benchmark."""
    if name in drivers():
        line = [os.path.join("bench", name, "run")] + (options or [])
        say(" ".join(line))
        output = run(line, environment=dict(os.environ, FLIT_BENCH_BUILD=BUILD))
        return [("script/bench " + " ".join([name] + (options or [])), list(tab_lines([output])))]
    commands = BENCHMARKS[name][1]
    if options is not None:
        commands = commands[:1]
    outputs = [[] for _ in commands]
    for turn in range(max(c.repeat for c in commands)):
        for command, printed in zip(commands, outputs):
            if turn < command.repeat:
                line = [os.path.join(BUILD, "bench", command.program)] + command.line(options)[1:] + command.always
                say(" ".join(line) + (" (%d of %d)" % (turn + 1, command.repeat) if command.repeat > 1 else ""))
                printed.append(run(line))
    return [(" ".join([os.path.basename(c.program)] + c.line(options)[1:]), list(c.read(printed)))
            for c, printed in zip(commands, outputs)]


# --- showing ---------------------------------------------------------------------------------------

def figure(value):
    if value >= 1000:
        return "{:,.0f}".format(float("%.4g" % value))
    return "%.4g" % value if value >= 100 else "%.3g" % value


def table(parts):
    rows = ["| command | what | unit | least | middle | greatest |", "|---|---|---|---:|---:|---:|"]
    for command, figures in parts:
        for i, (what, unit, values) in enumerate(figures):
            shown = "`%s`" % command if i == 0 else "″"
            rows.append("| %s | %s | %s | %s |" % (shown, what, unit, " | ".join(figure(v) for v in values)))
    return "\n".join(rows)


def machine():
    cpu = next((l.split(":", 1)[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "?")
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, encoding="utf-8").stdout.strip()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, encoding="utf-8").stdout.strip()
    return "%s, commit %s; %d cores (%s), g++ %s, load %.1f before and %%.1f after." % (
        datetime.date.today().strftime("%-d %B %Y"), commit, os.cpu_count(), cpu, compiler, os.getloadavg()[0])


def marked(name, text):
    return "<!-- bench %s: begin -->\n%s\n<!-- bench %s: end -->" % (name, text, name)


def write(name, text):
    page = open(PAGE, encoding="utf-8").read()
    begin, end = "<!-- bench %s: begin -->" % name, "<!-- bench %s: end -->" % name
    if begin in page and end in page:
        page = page[:page.index(begin)] + marked(name, text) + page[page.index(end) + len(end):]
    else:
        page = page.rstrip("\n") + "\n\n## bench/%s\n\n%s\n" % (name, marked(name, text))
    open(PAGE, "w", encoding="utf-8").write(page)


def measure(names, options, keep):
    targets = [os.path.basename(c.program) for n in names if n in BENCHMARKS for c in BENCHMARKS[n][1]]
    if targets:
        build(sorted(set(targets)))
    everything = []
    for name in names:
        weather = machine()
        parts = measured(name, options)
        everything += parts
        if keep:
            write(name, "`script/bench %s`, %s\n\n%s" % (" ".join([name] + (options or [])), weather % os.getloadavg()[0], table(parts)))
    print(table(everything))


# --- counting --------------------------------------------------------------------------------------

def count(part):
    """Instructions a row of one part, and of the functions that take most of them."""
    folder = os.path.join(BUILD, "counts", part)
    os.makedirs(folder, exist_ok=True)
    program = os.path.abspath(os.path.join(BUILD, "bench/counts/bench_counts"))
    line = ["valgrind", "--tool=callgrind", "--instr-atstart=no", "--callgrind-out-file=profile", program, part]
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(line, cwd=folder, env=plain, capture_output=True, encoding="utf-8")
    total = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not total:
        fail("counting %s failed:\n%s" % (part, done.stderr), 1)
    rows = int(done.stdout)
    return int(total.group(1)) / rows, functions(os.path.join(folder, "profile"), rows)


def functions(profile, rows):
    output = subprocess.run(["callgrind_annotate", "--auto=no", "--threshold=100", profile], capture_output=True, encoding="utf-8").stdout
    found = {}
    for line in output.splitlines():
        match = re.match(r" *([\d,]+) \([ \d.]+%\)  (.*)", line)
        if match and ":" in match.group(2):
            name = re.sub(r" \[[^\[]*\]$", "", match.group(2).split(":", 1)[1])
            if name.startswith("0x"):  # a library without symbols
                name = "inside " + re.search(r"([^/\]]*)\]$", match.group(2)).group(1)
            name = re.sub(r"\(anonymous namespace\)::|\[abi:cxx11\]|'\d+$", "", name).split("(")[0].strip()
            found[name] = found.get(name, 0) + int(match.group(1).replace(",", "")) / rows
    return dict(sorted(found.items(), key=lambda item: -item[1])[:SHOWN])


def counted():
    build(["bench_counts"])
    parts = run([os.path.join(BUILD, "bench/counts/bench_counts")]).split()
    say("counting instructions of %d parts" % len(parts))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(parts, pool.map(count, parts)))


def surroundings():
    """What the counts depend on beside our own code."""
    packages = ["libc6", "libsimdjson14", "libsqlite3-0", "libzstd1", "libphonenumber8", "libgumbo1", "libicu72", "valgrind"]
    output = subprocess.run(["dpkg-query", "-W", "-f=${Package} ${Version}\n", *packages], capture_output=True, encoding="utf-8").stdout
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, encoding="utf-8").stdout.strip()
    flags = next((l for l in open("/proc/cpuinfo") if l.startswith("flags")), "")
    vectors = "avx2" if " avx2 " in flags else "no avx2"
    return ["g++ " + compiler, vectors] + sorted(output.split("\n")[:-1])


def accept():
    lines = ["# Instructions a row of fixed work (bench/counts), counted by callgrind. Written by script/bench --accept;",
             "# script/bench --check allows %g %% more. Below each part what takes most of it, to say which of them grew." % (100 * TOLERANCE)]
    lines += ["with %s" % one for one in surroundings()]
    for part, (total, inside) in counted().items():
        lines.append("%s %.0f" % (part, total))
        lines += ["  %.0f %s" % (each, name) for name, each in inside.items()]
    open(EXPECTED, "w", encoding="utf-8").write("\n".join(lines) + "\n")
    say("written: " + EXPECTED)


def expected():
    parts, around = {}, []
    for line in open(EXPECTED, encoding="utf-8").read().splitlines():
        if line.startswith("with "):
            around.append(line[len("with "):])
        elif line.startswith("  "):
            each, name = line.split(None, 1)
            parts[last][1][name] = float(each)
        elif not line.startswith("#"):
            last, total = line.split()
            parts[last] = (float(total), {})
    return parts, around


def growth(before, now):
    """Functions that take more than they did, the worst first."""
    grown = {name: each - before.get(name, 0) for name, each in now.items()}
    worst = sorted((item for item in grown.items() if item[1] > 0.5), key=lambda item: -item[1])
    return ["      %+.0f  %s%s" % (more, name, "" if name in before else "  (was not among the largest)") for name, more in worst[:5]]


def check():
    before, around = expected()
    now, broken = counted(), []
    for part in sorted(set(before) | set(now)):
        if part not in before or part not in now:
            print("  %-15s %s" % (part, "is not in the file" if part in now else "is not counted any more"))
            broken.append(part)
            continue
        (was, inside_was), (total, inside) = before[part], now[part]
        print("  %-15s %10s instructions a row, %+.1f %% of %s" % (part, figure(total), 100 * (total / was - 1), figure(was)))
        if total > was * (1 + TOLERANCE):
            broken.append(part)
            print("\n".join(growth(inside_was, inside)))
        elif total < was * (1 - TOLERANCE):
            print("      less than it was: script/bench --accept keeps that")
    others = [one for one in surroundings() if one not in around]
    if others:
        print("counted with other surroundings than the file: " + ", ".join(others))
    if broken:
        fail("more than %g %% above %s: %s\nIf that is meant: script/bench --accept, and say in the commit why. "
             "The whole profile: callgrind_annotate %s/counts/PART/profile" % (100 * TOLERANCE, EXPECTED, ", ".join(broken), BUILD), 1)


# --- the command line ------------------------------------------------------------------------------

def list_them():
    for name, (summary, commands) in BENCHMARKS.items():
        print("%-15s %s" % (name, summary))
        for command in commands:
            print("%-15s   %s" % ("", " ".join(["%s/bench/%s" % (BUILD, command.program)] + command.options + command.always)))
    for name, summary in drivers().items():
        print("%-15s %s\n%-15s   bench/%s/run" % (name, summary, "", name))


def main(words):
    keep = "--write" in words
    words = [w for w in words if w != "--write"]
    known = list(BENCHMARKS) + list(drivers())
    if words[:1] in (["--help"], ["-h"]):
        print(__doc__.split("\n", 2)[2].rstrip())
    elif words == ["--list"]:
        list_them()
    elif words == ["--check"]:
        check()
    elif words == ["--accept"]:
        accept()
    elif not words:
        measure(known, None, keep)
    elif words[0] in known:
        measure(words[:1], words[1:] or None, keep)
    else:
        fail("there is no benchmark '%s'; known: %s (script/bench --help)" % (words[0], ", ".join(known)))


if __name__ == "__main__":
    main(sys.argv[1:])
