#include "goodfit/compute/engine/executor.hpp"

#include "goodfit/base/clock.hpp"
#include "goodfit/base/error.hpp"
#include "goodfit/base/machine.hpp"
#include "goodfit/compute/engine/pace.hpp"
#include "goodfit/compute/kernels/far.hpp"

namespace goodfit {
namespace {

struct Instruction {
  const Op* op;
  Call<float> call;
  Cut cut;  // of tiles
  // Floats per sample of the inputs and, last, of the output that are local; 0 of the others.
  std::array<Size, Call<float>::max_inputs + 1> local_row{};
  bool local = false;  // any of them
};

struct InstructionChain {
  std::vector<Instruction> ops;
  Size rows;
};

struct Shard {
  Size number = 0, begin = 0, end = 0;
  Size place = 0;  // of its local values, behind those of the first thread
};

struct Tile {
  std::size_t op;  // of the tiled ones
  Size number;
  double place;  // of its middle in the value, as a share
};

struct Section {  // one stage of the plan, as instructions
  std::vector<Instruction> before, tiled;
  std::vector<InstructionChain> segment;
  // By their places, so that threads, which take them from both ends, share each value alike.
  std::vector<Tile> tiles;
};

}  // namespace

struct Executor::Work {
  const Plan& plan;
  Store& store;
  Threads& threads;
  std::unique_ptr<float[]> arena;  // an op reads what another wrote, so it need not be filled
  float* base = nullptr;           // the arena from its first cache line on
  std::vector<Section> sections;
  std::vector<Stage> stages;  // the plan's, and the caller's finish as the last two
  Size rows = 0, first_row = 0;
  std::uint64_t seed = 0;
  std::uint32_t step = 0;
  std::array<Finish, 2> finishes;
  Store* own;
  bool first_run = true;
  Pace pace;

  Work(const Plan& p, Store& s, Threads& t, Store* o) : plan(p), store(s), threads(t), own(o) {
    must(plan.threads == 0 || threads.count() <= plan.threads,
         "a plan is run by no more threads than it was made for");
    constexpr std::size_t line = 16;
    const std::size_t floats = std::size_t(plan.arena_floats) + line;
    arena = std::make_unique_for_overwrite<float[]>(floats);
    wish_large_pages(arena.get(), floats);
    const auto address = reinterpret_cast<std::uintptr_t>(arena.get());
    base = arena.get() + (64 - address % 64) % 64 / sizeof(float);
    const Graph& graph = plan.graph();
    for (Id id = 0; id < Id(graph.nodes().size()); ++id)
      if (const Node& node = graph.node(id); !node.op && placed(id))  // zeros where nobody feeds it
        std::fill_n(memory(id), node.shape.count(), float(node.constant));
    for (const PlanStage& stage : plan.stages) sections.push_back(section(stage));
    stages.assign(sections.size(), {0, nullptr, &Work::do_unit});
    stages.insert(stages.end(), finishes.size(), {0, nullptr, &Work::do_finish});
  }

  bool placed(Id id) const { return plan.offset[std::size_t(id)] >= 0; }

  float* memory(Id id) {
    const Id origin = plan.storage[std::size_t(id)];
    const Node& node = plan.graph().node(origin);
    if (node.source == Source::parameter || node.source == Source::buffer)
      return (own && own->has(node.name) ? *own : store).at(node.name).data();
    must(placed(origin), "a value of the plan has a place");
    return base + plan.offset[std::size_t(origin)];
  }
  Size local_row(Id id) const {
    const bool local = plan.local[std::size_t(plan.storage[std::size_t(id)])];
    return local ? plan.graph().node(id).shape.row() : 0;
  }

  Instruction instruction(Id id) {
    const Node& node = plan.graph().node(id);
    Instruction made{node.op.get(), {}, {1, 1}};
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      made.call.in[i] = memory(node.inputs[i]);
      made.call.shapes[i] = &plan.graph().node(node.inputs[i]).shape;
      made.local_row[i] = local_row(node.inputs[i]);
    }
    made.call.out = memory(id);
    made.local_row.back() = local_row(id);
    made.local =
        std::any_of(made.local_row.begin(), made.local_row.end(), [](Size row) { return row > 0; });
    made.call.shape = &node.shape;
    made.call.far = plan.far[std::size_t(id)];
    made.call.shard_rows = plan.graph().shard_rows();
    if (node.spread == Spread::rows && node.batched) made.call.item = node.shape.row();
    if (node.spread == Spread::once) made.call.item = node.shape.count();
    if (node.spread == Spread::tiles)
      made.cut = node.op->cut(plan.graph().shapes(node.inputs), node.shape);
    return made;
  }

  Section section(const PlanStage& stage) {
    Section part;
    const auto fill = [&](const std::vector<Id>& ids, std::vector<Instruction>& to) {
      for (const Id id : ids)
        if (!plan.graph().node(id).op->is_view()) to.push_back(instruction(id));
    };
    fill(stage.before, part.before);
    for (const OpChain& chain : stage.chains) {
      part.segment.push_back({{}, chain.rows});
      fill(chain.ops, part.segment.back().ops);
    }
    fill(stage.tiled, part.tiled);
    for (std::size_t op = 0; op < part.tiled.size(); ++op) {
      const Cut& cut = part.tiled[op].cut;
      const Size count = (cut.items + cut.grain - 1) / cut.grain;
      for (Size number = 0; number < count; ++number)
        part.tiles.push_back({op, number, (double(number) + .5) / double(count)});
    }
    std::stable_sort(part.tiles.begin(), part.tiles.end(),
                     [](const Tile& a, const Tile& b) { return a.place < b.place; });
    return part;
  }

  // Local values of this shard begin where those of any other would.
  void move_locals(const Instruction& instruction, const Shard& shard, Call<float>& now) const {
    const auto moved = [&](std::size_t i) {
      return shard.place - shard.begin * instruction.local_row[i];
    };
    for (std::size_t i = 0; i < now.in.size(); ++i)
      if (instruction.local_row[i] > 0) now.in[i] += moved(i);
    if (instruction.local_row.back() > 0) now.out += moved(now.in.size());
  }

  void call(const Instruction& instruction, Size begin, Size end, Size unit,
            const Shard& shard = {}) const {
    Call<float> now = instruction.call;
    if (instruction.local) move_locals(instruction, shard, now);
    now.begin = begin;
    now.end = end;
    now.unit = unit;
    now.rows = rows;
    now.seed = seed;
    now.step = step;
    now.first_row = first_row;
    instruction.op->run(now);
    if (now.far) kernels::finish_far();
  }

  void take_shard(const InstructionChain& chain, const Shard& shard) const {
    for (Size from = shard.begin; from < shard.end; from += chain.rows)
      for (const Instruction& one : chain.ops) {
        const Size to = std::min(shard.end, from + chain.rows);
        if (from > shard.begin && one.op->slots_are_sums())
          add_to_slot(one, from, to, shard);
        else
          call(one, from, to, shard.number, shard);
      }
  }

  void add_to_slot(const Instruction& one, Size begin, Size end, const Shard& shard) const {
    const Size width = one.call.shape->row();
    float more[widest_slot];
    Instruction apart = one;
    apart.call.out = more;
    call(apart, begin, end, 0, shard);
    float* slot = one.call.out + shard.number * width;
    for (Size i = 0; i < width; ++i) slot[i] += more[i];
  }

  static void do_before(void* context, Size stage) {
    const Work& work = *static_cast<const Work*>(context);
    for (const Instruction& one : work.sections[std::size_t(stage)].before) work.call(one, 0, 1, 0);
  }

  static void do_unit(void* context, Size stage, Size unit, int thread) {
    const Work& work = *static_cast<const Work*>(context);
    const Section& part = work.sections[std::size_t(stage)];
    const Size shards = part.segment.empty() ? 0 : work.plan.graph().shards(work.rows);
    // Tiles lie between the shards, as threads take units from both ends: a shard stays with its
    // thread.
    const Size lower = (shards + 1) / 2, tiles = Size(part.tiles.size());
    if (unit < lower || unit >= lower + tiles) {
      const Graph& graph = work.plan.graph();
      const Size number = unit < lower ? unit : unit - tiles;
      const Size begin = number * graph.shard_rows();
      const Shard shard{number, begin, std::min(work.rows, begin + graph.shard_rows()),
                        Size(thread) * work.plan.stages[std::size_t(stage)].local_floats};
      for (const InstructionChain& chain : part.segment) work.take_shard(chain, shard);
      return;
    }
    const Tile& tile = part.tiles[std::size_t(unit - lower)];
    const Instruction& one = part.tiled[tile.op];
    const Size begin = tile.number * one.cut.grain;
    work.call(one, begin, std::min(one.cut.items, begin + one.cut.grain), tile.number);
  }

  const Finish& finish(Size stage) const { return finishes[std::size_t(stage) - sections.size()]; }
  static void do_before_finish(void* context, Size stage) {
    const Finish& part = static_cast<const Work*>(context)->finish(stage);
    part.before(part.context);
  }
  static void do_finish(void* context, Size stage, Size unit, int) {
    const Finish& part = static_cast<const Work*>(context)->finish(stage);
    part.work(part.context, unit);
  }

  void run_alone() {
    for (std::size_t s = 0; s < stages.size(); ++s) {
      if (stages[s].before) stages[s].before(this, Size(s));
      for (Size unit = 0; unit < stages[s].units; ++unit) stages[s].work(this, Size(s), unit, 0);
    }
  }
};

Executor::Executor(const Plan& plan, Store& store, Threads& threads, Store* own)
    : work_(std::make_unique<Work>(plan, store, threads, own)) {}
Executor::~Executor() = default;

Span Executor::input(std::string_view name) {
  const Graph& graph = work_->plan.graph();
  for (Id id = 0; id < Id(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    if ((node.source == Source::input || node.source == Source::target) && node.name == name)
      return {work_->memory(id), std::size_t(node.shape.count())};
  }
  must(false, "the plan has no input of this name");
  return {};
}

Span Executor::root(std::size_t index) {
  const Id id = work_->plan.draft.roots[index];
  return {work_->memory(id), std::size_t(work_->plan.graph().node(id).shape.count())};
}
ConstSpan Executor::root(std::size_t index) const {
  return const_cast<Executor*>(this)->root(index);
}

void Executor::run(Size rows, std::uint64_t seed, std::uint32_t step, const Finish& first,
                   const Finish& second, Size first_row) {
  Work& work = *work_;
  must(rows >= 1 && rows <= work.plan.graph().rows(), "a batch has between 1 and the planned rows");
  work.rows = rows;
  work.seed = seed;
  work.step = step;
  work.first_row = first_row;
  work.finishes = {first, second};
  const Size shards = work.plan.graph().shards(rows);
  for (std::size_t s = 0; s < work.sections.size(); ++s) {
    const Section& section = work.sections[s];
    Stage& stage = work.stages[s];
    const bool done = !work.first_run && Size(s) < work.plan.lasting_stages;
    stage.units = done ? 0 : (section.segment.empty() ? 0 : shards) + Size(section.tiles.size());
    stage.before = done || section.before.empty() ? nullptr : &Work::do_before;
  }
  for (std::size_t part = 0; part < work.finishes.size(); ++part) {
    Stage& stage = work.stages[work.sections.size() + part];
    stage.units = work.finishes[part].units;
    stage.before = work.finishes[part].before ? &Work::do_before_finish : nullptr;
  }
  const double flops = work.plan.flops * double(rows) / double(work.plan.graph().rows());
  const double worth = work.plan.flops_worth_threads;
  // A long step gains from threads anywhere, and costs too much to try without.
  const bool tried = work.threads.count() > 1 && flops >= worth && flops < 100 * worth;
  const double begin = tried ? seconds_now() : 0;
  if (flops < worth || (tried && work.pace.alone()))
    work.run_alone();
  else
    work.threads.run_staged(work.stages.data(), Size(work.stages.size()), &work);
  if (tried) work.pace.took(seconds_now() - begin);
  work.first_run = false;
}

}  // namespace goodfit
