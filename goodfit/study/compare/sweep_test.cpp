#include "goodfit/study/compare/sweep.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

std::vector<std::string> names_in(const std::vector<Variant>& variants) {
  std::vector<std::string> names;
  for (const Variant& variant : variants) names.push_back(variant.name);
  return names;
}
std::vector<double> drawn(const std::string& assignment, Size count) {
  std::vector<double> values;
  for (const Variant& variant : random_of({"r.toml"}, {read_varied(assignment)}, count, 1))
    values.push_back(std::stod(variant.overrides[0].substr(assignment.find('=') + 1)));
  return values;
}

}  // namespace

TEST(Sweep, CommasInsideOfBracketsAndQuotesAreNoBorders) {
  EXPECT_EQ(read_varied("lr=1,2").values, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(read_varied("model[2]={a = [1, 2]},\"x,y\",'p,q'").values,
            (std::vector<std::string>{"{a = [1, 2]}", "\"x,y\"", "'p,q'"}));
  EXPECT_EQ(read_varied("a=b=c").values, std::vector<std::string>{"b=c"});
  EXPECT_EQ(read_varied("data.path=../x").values, std::vector<std::string>{"../x"});
  const Varied range = read_varied("lr=1e-4..0.1");
  EXPECT_TRUE(range.range);
  EXPECT_EQ(range.values, (std::vector<std::string>{"1e-4", "0.1"}));
}

TEST(Sweep, AGridHasEveryCombination) {
  const auto variants =
      grid_of({"r.toml"}, {read_varied("a=1,2"), read_varied("b=x"), read_varied("c=u,v,w")});
  EXPECT_EQ(names_in(variants), (std::vector<std::string>{"a=1 c=u", "a=1 c=v", "a=1 c=w",
                                                          "a=2 c=u", "a=2 c=v", "a=2 c=w"}));
  EXPECT_EQ(variants[4].overrides, (std::vector<std::string>{"a=2", "b=x", "c=v"}));
  EXPECT_EQ(names_in(grid_of({"p/one.toml", "two.toml"}, {})),
            (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(names_in(grid_of({"p/r.toml", "q/r.toml"}, {read_varied("a=1,2")}))[3], "q/r.toml a=2");
}

TEST(Sweep, RandomValuesLieInTheirRangesOnTheirScales) {
  int small = 0;
  for (const double lr : drawn("lr=1e-4..1e-1", 300)) {
    EXPECT_TRUE(lr >= 1e-4 && lr <= 1e-1) << lr;
    small += lr < 1e-4 * std::sqrt(1000);
  }
  EXPECT_NEAR(small, 150, 40) << "half of the draws in the lower half of the log scale";
  int low = 0;
  for (const double p : drawn("p=0..0.5", 300)) {
    EXPECT_TRUE(p >= 0 && p <= 0.5) << p;
    low += p < 0.25;
  }
  EXPECT_NEAR(low, 150, 40);
  const auto layers = drawn("n=2..5", 100);
  EXPECT_EQ(std::set<double>(layers.begin(), layers.end()), (std::set<double>{2, 3, 4, 5}));
  EXPECT_EQ(layers.size(), 4u) << "each combination once";
  for (const double batch : drawn("batch=16..256", 50)) EXPECT_EQ(batch, std::round(batch));
}

TEST(Sweep, MoreDrawsOrMoreSettingsChangeNoDraw) {
  const Varied lr = read_varied("lr=1e-4..1e-1"), p = read_varied("p=0..0.5");
  const auto few = random_of({"r.toml"}, {lr}, 3, 1), many = random_of({"r.toml"}, {lr}, 5, 1),
             both = random_of({"r.toml"}, {p, lr}, 3, 1);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(few[i].overrides[0], many[i].overrides[0]);
    EXPECT_EQ(few[i].overrides[0], both[i].overrides[1]);
  }
  EXPECT_NE(random_of({"r.toml"}, {lr}, 3, 2)[0].overrides, few[0].overrides);
}

TEST(Sweep, SaysWhatItCannotRead) {
  expect_error([] { read_varied("lr"); }, "\"lr\" is neither a recipe file");
  expect_error([] { read_varied("lr=1,,2"); }, "has an empty value");
  expect_error([] { read_varied("lr=1..x"); }, "is no range");
  expect_error([] { read_varied("lr=2..1"); }, "a lower number first");
  expect_error([] { grid_of({"r.toml"}, {read_varied("lr=1..2")}); }, "--random N");
}

TEST(Sweep, FoldersAreNamedLikeTheirVariants) {
  EXPECT_EQ(folder_name("lr=0.001 optimizer.type=sgd"), "lr=0.001,optimizer.type=sgd");
  EXPECT_NE(folder_name("a={x}"), folder_name("a=[x]"));
  EXPECT_NE(folder_name("a=1 b"), folder_name("a=1,b"));
  EXPECT_EQ(folder_name("a/../b").find('/'), std::string::npos);
  EXPECT_LE(folder_name(std::string(500, 'x')).size(), 100u);
}

}  // namespace goodfit
