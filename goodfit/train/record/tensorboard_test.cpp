#include "goodfit/train/record/tensorboard.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "goodfit/base/crc32c.hpp"
#include "goodfit/train/record/protobuf.hpp"
#include "goodfit/train/record/reports.hpp"

namespace goodfit {
namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

EpochReport epoch(Size number) {
  EpochReport report{.epoch = number, .epochs = 2};
  report.train_loss = 0.5;
  report.validation = {{"loss", 0.25}, {"accuracy", 0.75}};
  report.lr = 0.125;
  report.seconds = 2;
  return report;
}
const Setting begin_event = Setting::Table{{"event", "begin"}, {"time", "2025-03-01T12:00:00Z"}};

}  // namespace

// The examples of the encoding guide: 150 as a varint, and "testing".
TEST(Protobuf, IsAsTheGuideSays) {
  EXPECT_EQ(hex(Message().whole(1, 150).bytes()), "089601");
  EXPECT_EQ(hex(Message().text(2, "testing").bytes()), "120774657374696e67");
  EXPECT_EQ(hex(Message().message(3, Message().whole(1, 150)).bytes()), "1a03089601");
  EXPECT_EQ(hex(Message().real(1, 1).bytes()), "09000000000000f03f");
  EXPECT_EQ(hex(Message().real32(2, 1).bytes()), "150000803f");
  EXPECT_EQ(hex(Message().reals(6, {1}).bytes()), "3208000000000000f03f");
}

// As TensorFlow's EventFileWriter writes it for a time of 0.
TEST(TensorBoard, AFileBeginsWithItsVersion) {
  const std::string bytes = TensorBoard({}).begin();
  EXPECT_EQ(hex(bytes.substr(0, 8)), "1800000000000000");
  EXPECT_EQ(hex(bytes.substr(8, 4)), "a37f4b22") << "the usual beginning of such files";
  EXPECT_EQ(bytes.size(), 8u + 4 + 24 + 4);
  EXPECT_EQ(bytes.substr(23, 13), "brain.Event:2");
  const std::uint32_t sum = crc32c(bytes.substr(12, 24));
  const std::uint32_t mask = (sum >> 15 | sum << 17) + 0xA282EAD8u;
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(static_cast<unsigned char>(bytes[36 + i]), mask >> (8 * i) & 255);
}

TEST(TensorBoard, AnEpochIsScalarsAtItsTime) {
  TensorBoard board({});
  board.event(begin_event);
  const std::string bytes = board.event(to_event(epoch(3)));
  // wall_time = 1740830402, step = 3
  EXPECT_EQ(hex(bytes.substr(12, 11)), "09000080b0bdf0d9411003");
  const std::string tag = "loss/training", value(Message().text(1, tag).real32(2, 0.5f).bytes());
  EXPECT_NE(bytes.find(value), bytes.npos);
  for (const char* other : {"loss/validation", "accuracy/validation", "lr", "samples_per_second"})
    EXPECT_NE(bytes.find(other), bytes.npos) << other;
}

TEST(TensorBoard, AProbeIsHistogramsWhoseBucketsHoldAllNumbers) {
  ProbeReport report{.epoch = 1, .samples = 4};
  LayerProbe layer{"layers.0", "dense"};
  layer.outputs = layer.gradients = summary_of(std::vector<float>{-1, 0, 1, 4});
  layer.weights = summary_of(std::vector<float>{2, 2, 2});
  layer.update = 0.5;
  report.layers = {layer};
  TensorBoard board({});
  const std::string bytes = board.event(to_event(report));
  for (const char* tag : {"weights/layers.0_dense", "outputs/layers.0_dense",
                          "gradients/layers.0_dense", "update/layers.0_dense"})
    EXPECT_NE(bytes.find(tag), bytes.npos) << tag;
  // Equal numbers are one bucket: num 3, its limit just above them.
  EXPECT_NE(bytes.find(Message().reals(6, {2 + 1e-6}).reals(7, {3}).bytes()), bytes.npos);
}

TEST(TensorBoard, OtherEventsSayNothing) {
  TensorBoard board({});
  EXPECT_EQ(board.event(Setting::Table{{"event", "resume"}}), "");
}

TEST(TensorBoard, ARecipeIsFlattenedByItsPaths) {
  const auto all = flattened(Setting::Table{
      {"lr", 0.1}, {"model", Setting::List{Setting::Table{{"type", "dense"}, {"out", 8}}}}});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[2].first, "model[0].out");
  EXPECT_EQ(all[2].second, Setting(8));
}

}  // namespace goodfit
