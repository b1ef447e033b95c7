#include "goodfit/cli/progress.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <thread>

namespace goodfit {
namespace {

// What a callback wrote until it was gone.
template <class Fn>
std::string written(Show show, const Terminal& terminal, Fn fn) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* file = open_memstream(&text, &size);
  fn(*progress(show, file, terminal));
  std::fclose(file);
  const std::string all(text, size);
  std::free(text);
  return all;
}

const EpochReport epoch{.epoch = 3,
                        .epochs = 20,
                        .train_loss = 0.25,
                        .train_loss_error = 0.01,
                        .validation = {{"loss", 0.5}, {"accuracy", 0.875}},
                        .lr = 1e-3,
                        .seconds = 12,
                        .samples_per_second = 12345,
                        .best = true};
const StepReport step{.epoch = 3,
                      .epochs = 20,
                      .step = 6,
                      .steps = 12,
                      .loss = 0.25,
                      .loss_error = 0.01,
                      .lr = 1e-3,
                      .samples_per_second = 12345,
                      .seconds_left = 70};

TEST(Progress, OutsideATerminalAnEpochIsOneLineAndAStepIsNothing) {
  EXPECT_EQ(written(Show::lines, {},
                    [](Callback& callback) {
                      callback.on_step(step);
                      callback.on_epoch(epoch);
                    }),
            "epoch  3/20  loss 0.25 ± 0.01  validation loss 0.5, accuracy 0.875 *  lr 0.001  "
            "12.3k/s  12.0 s\n");
}

TEST(Progress, OnATerminalTheLineOfAStepIsWrittenOver) {
  const std::string all = written(Show::lines, {.live = true}, [](Callback& callback) {
    callback.on_step(step);
    callback.on_epoch(epoch);
  });
  EXPECT_EQ(all.substr(0, all.find('\x1b')),
            "\repoch 3/20 ####----  50 %  loss 0.25 ± 0.01  lr 0.001  12.3k/s  1 min 10 s "
            "left");
  EXPECT_NE(all.find("\r\x1b[Kepoch  3/20  loss"), all.npos);
}

TEST(Progress, ALiveLineNeverReachesTheEdge) {
  for (const int width : {20, 40, 60, 79, 80, 100, 200}) {
    const std::string all = written(Show::lines, {.live = true, .unicode = true, .width = width},
                                    [](Callback& callback) { callback.on_step(step); });
    EXPECT_LT(shown_width(all.substr(1, all.find('\x1b') - 1)), std::size_t(width) + 1) << width;
    EXPECT_TRUE(all.ends_with("\r\x1b[K")) << "an open line is cleared";
  }
}

TEST(Progress, AThousandStepsAtOnceAreDrawnOnce) {
  const std::string all = written(Show::lines, {.live = true}, [](Callback& callback) {
    for (int i = 0; i < 1000; ++i) callback.on_step(step);
  });
  EXPECT_LE(std::count(all.begin(), all.end(), '%'), 3);
  EXPECT_GE(std::count(all.begin(), all.end(), '%'), 1);
}

TEST(Progress, ColoursAreOnlyThereWhenTheTerminalHasThem) {
  const auto drawn = [](bool colours) {
    return written(Show::lines, {.colours = colours},
                   [](Callback& callback) { callback.on_epoch(epoch); });
  };
  EXPECT_NE(drawn(true).find("\x1b[32mloss 0.5, accuracy 0.875\x1b[0m"), std::string::npos);
  EXPECT_EQ(drawn(false).find('\x1b'), std::string::npos);
}

TEST(Progress, JsonIsOneObjectPerLineAndHasNoNaN) {
  EpochReport broken = epoch;
  broken.validation[0].second = std::numeric_limits<double>::quiet_NaN();
  const std::string all =
      written(Show::json, {.live = true, .colours = true}, [&](Callback& callback) {
        callback.on_begin({.train = 100, .epochs = 20});
        callback.on_step(step);
        callback.on_epoch(broken);
      });
  const auto end = all.find('\n');
  const auto begin_event = nlohmann::json::parse(all.substr(0, end));
  EXPECT_EQ(begin_event["event"], "begin");
  EXPECT_EQ(begin_event["train"], 100);
  const auto epoch_event = nlohmann::json::parse(all.substr(end));
  EXPECT_EQ(epoch_event["event"], "epoch");
  EXPECT_EQ(epoch_event["validation"]["accuracy"], 0.875);
  EXPECT_TRUE(epoch_event["validation"]["loss"].is_null());
}

TEST(Progress, QuietIsQuiet) {
  EXPECT_EQ(written(Show::quiet, {.live = true},
                    [](Callback& callback) {
                      callback.on_begin({});
                      callback.on_step(step);
                      callback.on_epoch(epoch);
                    }),
            "");
}

TEST(Progress, CountsAreShort) {
  EXPECT_EQ(short_count(950.4), "950");
  EXPECT_EQ(short_count(12345), "12.3k");
  EXPECT_EQ(short_count(4.5e6), "4.5M");
}

TEST(Terminal, WidthsAreOfCharactersAndNotOfBytes) {
  EXPECT_EQ(shown_width("a ± b"), 5u);
  EXPECT_EQ(fitted("a ± b", 3), "a ±");
  EXPECT_EQ(fitted("abc", 9), "abc");
  EXPECT_EQ(fitted("abc", 0), "");
}

}  // namespace
}  // namespace goodfit
