// Goodfit bench: our side of every comparison; bench/run starts it and talks to it line by line.
//
//   goodfit_bench list                          the workloads, a line of JSON each
//   goodfit_bench machine                       peak, bandwidth, and the way from core to core
//   goodfit_bench share WORKLOAD FILE           writes what a peer starts from
//   goodfit_bench work WORKLOAD THREADS [free]  reads commands from stdin, answers in JSON:
//     check 0 → {"check": x}     run N → {"seconds": of N steps after a reset}
//     free: a batch falls into as many shards as there are threads
//   goodfit_bench memory WORKLOAD THREADS       bytes of a training step, by plan and measured
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "bench/machine.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/base/clock.hpp"
#include "goodfit/base/error.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/base/version.hpp"
#include "goodfit/compute/kernels/targets.hpp"

namespace goodfit::bench {
namespace {

void say(const Setting& answer) {
  fmt::print("{}\n", to_json(answer));
  std::fflush(stdout);
}

const Listed& workload(const std::string& name) {
  for (const Listed& one : workloads)
    if (one.name == name) return one;
  fail("there is no workload {}: see goodfit_bench list", name);
}

int list() {
  for (const Listed& one : workloads) {
    Setting line{Setting::Table{}};
    line["name"] = one.name;
    line["title"] = one.title;
    line["peers"] = one.peers;
    say(line);
  }
  return 0;
}

int machine() {
  const int all = Threads().count();
  Setting line{Setting::Table{}};
  line["version"] = version();
  line["target"] = kernels::targets().front();
  line["cores"] = all;
  line["peak_one"] = peak(1);
  line["peak_all"] = peak(all);
  line["triad_one"] = triad(1);
  line["triad_all"] = triad(all);
  line["round_trip"] = all > 1 ? round_trip() : 0;
  say(line);
  return 0;
}

int share(const std::string& name, const std::string& file) {
  Threads one(1);
  write_safetensors(file, workload(name).make(one)->shared());
  return 0;
}

double run(Workload& work, long steps) {
  constexpr long warm_steps = 3;
  work.reset();
  for (long i = 0; i < std::min(warm_steps, steps); ++i) work.step();
  const double began = seconds_now();
  for (long i = 0; i < steps; ++i) work.step();
  return seconds_now() - began;
}

int work(const std::string& name, int count, bool free) {
  Threads threads(count);
  const std::unique_ptr<Workload> work = workload(name).make(threads);
  if (free) work->cut_by_threads();
  Setting ready{Setting::Table{}};
  ready["threads"] = threads.count();
  ready["flops"] = work->floor().flops;
  ready["bytes"] = work->floor().bytes;
  ready["one_core"] = work->floor().one_core;
  say(ready);
  for (std::string command; std::getline(std::cin, command);) {
    Setting answer{Setting::Table{}};
    if (command.rfind("check ", 0) == 0)
      answer["check"] = work->check();
    else if (command.rfind("run ", 0) == 0)
      answer["seconds"] = run(*work, std::atol(command.c_str() + 4));
    else
      fail("the command {} is not known: check 0, or run N", command);
    say(answer);
  }
  return 0;
}

// What /proc says of this process, in bytes: VmRSS now, VmHWM at most until now.
double resident(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name)) return 1024 * std::atof(line.c_str() + name.size() + 1);
  return 0;
}

int memory(const std::string& name, int count) {
  constexpr int steps = 3;
  Threads threads(count);
  const double before = resident("VmRSS");
  const std::unique_ptr<Workload> work = workload(name).make(threads);
  for (int i = 0; i < steps; ++i) work->step();
  const Memory memory = work->memory();
  Setting line{Setting::Table{}};
  line["planned"] = memory.planned;
  line["bound"] = memory.bound;
  line["measured"] = resident("VmHWM") - before - memory.samples;
  say(line);
  return 0;
}

int act(const std::vector<std::string>& words) {
  const std::string verb = words.empty() ? "" : words[0];
  if (verb == "list" && words.size() == 1) return list();
  if (verb == "machine" && words.size() == 1) return machine();
  if (verb == "share" && words.size() == 3) return share(words[1], words[2]);
  const bool free = words.size() == 4 && words[3] == "free";
  if (verb == "work" && (words.size() == 3 || free))
    return work(words[1], std::atoi(words[2].c_str()), free);
  if (verb == "memory" && words.size() == 3) return memory(words[1], std::atoi(words[2].c_str()));
  fail(
      "goodfit_bench list | machine | share WORKLOAD FILE | work WORKLOAD THREADS [free] | memory "
      "WORKLOAD THREADS");
}

}  // namespace
}  // namespace goodfit::bench

int main(int argc, char** argv) {
  try {
    return goodfit::bench::act({argv + 1, argv + argc});
  } catch (const goodfit::Error& error) {
    fmt::print(stderr, "goodfit_bench: {}\n", error.what());
    return error.exit_code;
  }
}
