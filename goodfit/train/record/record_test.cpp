#include "goodfit/train/record/record.hpp"

#include "goodfit/base/crc32c.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {
namespace {

EpochReport epoch_at(Size number) {
  EpochReport report{.epoch = number, .epochs = 3, .train_loss = 1 / double(number)};
  report.validation = {{"loss", 0.5}};
  report.seconds = double(number);
  return report;
}

ProbeReport probe_at(Size number) {
  LayerProbe layer{"layers.0", "dense"};
  layer.outputs = layer.gradients = summary_of(std::vector<float>{1, 2, 3});
  return {number, 3, {layer}};
}

void write_three_epochs(Record& record) {
  record.event(Setting::Table{{"event", "begin"}, {"time", "2025-03-01T12:00:00Z"}});
  for (Size number = 1; number <= 3; ++number) {
    record.epoch(epoch_at(number));
    record.event(to_event(probe_at(number)));
  }
}

// The lengths say where records begin; every checksum must hold.
int whole_records(const std::string& bytes) {
  const auto number = [&](std::size_t at, int count) {
    std::uint64_t value = 0;
    for (int i = count; i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(bytes.at(at + std::size_t(i)));
    return value;
  };
  const auto masked = [](std::string_view of) {
    const std::uint32_t sum = crc32c(of);
    return (sum >> 15 | sum << 17) + 0xA282EAD8u;
  };
  int records = 0;
  for (std::size_t at = 0; at < bytes.size(); ++records) {
    const std::size_t length = number(at, 8);
    EXPECT_EQ(number(at + 8, 4), masked(std::string_view(bytes).substr(at, 8)));
    EXPECT_EQ(number(at + 12 + length, 4), masked(std::string_view(bytes).substr(at + 12, length)));
    at += 16 + length;
  }
  return records;
}

}  // namespace

TEST(Record, TheFileForTensorBoardGrowsWithTheRun) {
  const TemporaryFolder folder;
  Record record(folder.path(), 0, Setting::Table{{"lr", 0.1}});
  const auto bytes = [&] { return read_file(folder.path() + "/" + TensorBoard::file_name); };
  EXPECT_EQ(whole_records(bytes()), 1);  // its version
  write_three_epochs(record);
  EXPECT_EQ(whole_records(bytes()), 8);
  record.picture("features", 3, {1, 2, 1, {0, 255}});
  EXPECT_EQ(whole_records(bytes()), 9);
}

TEST(Record, AResumeKeepsTheEpochsThatAreDoneInEveryFile) {
  const TemporaryFolder folder;
  const Setting recipe = Setting::Table{{"lr", 0.1}};
  { write_three_epochs(*std::make_unique<Record>(folder.path(), 0, recipe)); }
  const std::string file = folder.path() + "/" + TensorBoard::file_name, all = read_file(file);
  {
    Record again(folder.path(), 2, recipe);
    EXPECT_EQ(read_events(folder.path()).size(), 5u);  // begin, and two of each
    EXPECT_EQ(read_history(folder.path()).size(), 2u);
    EXPECT_EQ(whole_records(read_file(file)), 6);
    EXPECT_TRUE(all.starts_with(read_file(file))) << "the same bytes as before";
    again.epoch(epoch_at(3));
    again.event(to_event(probe_at(3)));
  }
  EXPECT_EQ(read_file(file), all);
}

}  // namespace goodfit
