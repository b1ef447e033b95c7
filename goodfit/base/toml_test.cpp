#include "goodfit/base/toml.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "goodfit/base/error.hpp"
#include "goodfit/base/random.hpp"

namespace goodfit {
namespace {

template <class Fn>
std::string error_of(Fn fn) {
  try {
    fn();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code, 2);
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    return error.what();
  }
  return "no error";
}
std::string read_error(const std::string& text) {
  return error_of([&] { read_toml(text, "r.toml"); });
}
std::string override_error(Setting root, const std::string& assignment) {
  const Setting before = root;
  const std::string said = error_of([&] { override(root, assignment); });
  EXPECT_EQ(root, before) << "an error must leave the root alone";
  return said;
}
Setting settings_of(const std::string& text) { return read_toml(text, "r.toml"); }

TEST(ReadToml, EveryNodeKnowsItsPathLineAndColumn) {
  const Setting root =
      settings_of("seed = 7\n[[model]]\ntype = \"dense\"\n[[model]]\n  p = 0.5\n  in = {a = [1]}");
  EXPECT_EQ(root.path, "");
  EXPECT_EQ(root.origin, "r.toml");
  EXPECT_EQ(root.find("seed")->place(), "r.toml:1:8: seed");
  const Setting& second = root.find("model")->list()->at(1);
  EXPECT_EQ(second.place(), "r.toml:4:1: model[1]");
  EXPECT_EQ(second.find("p")->place(), "r.toml:5:7: model[1].p");
  EXPECT_EQ(second.find("in")->find("a")->list()->at(0).place(), "r.toml:6:14: model[1].in.a[0]");
}

TEST(ReadToml, KeysKeepTheOrderOfTheFile) {
  const Setting root =
      settings_of("z = 1\nb.y = 1\nb.x = 2\na = {q = 1, p = 2}\n[d.e]\n[c]\n[d]\nf = 1");
  EXPECT_EQ(root.shown(),
            "{z = 1, b = {y = 1, x = 2}, a = {q = 1, p = 2}, d = {e = {}, f = 1}, c = {}}");
}

TEST(ReadToml, KindsAreKept) {
  const Setting root =
      settings_of("a = true\nb = 1\nc = 1.0\nd = 'x'\ne = -inf\nf = 0x10\ng = 1e-3");
  EXPECT_EQ(*root.find("a"), Setting(true));
  EXPECT_EQ(*root.find("b"), Setting(1));
  EXPECT_EQ(*root.find("c"), Setting(1.0));
  EXPECT_EQ(*root.find("d"), Setting("x"));
  EXPECT_EQ(*root.find("e"), Setting(-std::numeric_limits<double>::infinity()));
  EXPECT_EQ(*root.find("f"), Setting(16));
  EXPECT_EQ(*root.find("g"), Setting(1e-3));
}

TEST(ReadToml, ErrorsNameLineAndColumn) {
  EXPECT_EQ(read_error("a = 1\nb = \n").substr(0, 12), "r.toml:2:5: ");
  EXPECT_EQ(read_error("a = 1\na = 2").substr(0, 12), "r.toml:2:5: ");
  EXPECT_EQ(read_error("[x]\nday = 2020-01-01"),
            "r.toml:2:7: x.day is a date or a time: put it in quotes");
  EXPECT_EQ(read_error("a = 12:00:00"), "r.toml:1:5: a is a date or a time: put it in quotes");
}

TEST(ReadToml, WhatTheParserBelievesImpossibleIsAnErrorToo) {
  for (const char* text :
       {"[=", "[[=]]", "[.]", "ü = 1", "ключ = 1", "a = ü", "a = {=", "a = \"\"\"\\\nü"})
    EXPECT_EQ(read_error(text).substr(0, 7), "r.toml:") << text;
  EXPECT_EQ(*settings_of("\"ключ\" = 'ü'").find("ключ"), Setting("ü"));
}

TEST(ReadToml, DeepNestingIsAnErrorAndNotACrash) {
  const auto repeated = [](const std::string& part, int n) {
    std::string text;
    for (int i = 0; i < n; ++i) text += part;
    return text;
  };
  for (const int n : {100, 5000, 300000}) {
    EXPECT_NE(read_error("a" + repeated(".a", n) + " = 1"), "no error");
    EXPECT_NE(read_error("[a" + repeated(".a", n) + "]"), "no error");
    EXPECT_NE(read_error("a = " + repeated("[", n) + repeated("]", n)), "no error");
    EXPECT_NE(read_error("a = " + repeated("{a=", n) + "1" + repeated("}", n)), "no error");
  }
  EXPECT_EQ(read_error("a = [" + repeated("0.5, ", 20000) + "]"), "no error");
}

TEST(WriteToml, IsReadable) {
  Setting root;
  root["data"]["path"] = "a\\b \"c\"\n";
  root["seed"] = 7;
  root["none"] = Setting();
  Setting dense;
  dense["type"] = "dense";
  dense["init"]["gain"] = 1.0;
  root["model"] = Setting::List{dense, Setting(Setting::Table{{"type", "relu"}})};
  root["data"]["image"]["odd key"] = Setting::List{0.1, 1e-5, 1e300, true};
  root["empty"] = Setting::Table{};
  EXPECT_EQ(write_toml(root), R"(seed = 7

[data]
path = "a\\b \"c\"\n"

[data.image]
"odd key" = [0.1, 1e-05, 1e+300, true]

[[model]]
type = "dense"
init = {gain = 1.0}

[[model]]
type = "relu"

[empty]
)");
}

TEST(WriteToml, LongListsAreBrokenIntoLines) {
  Setting root;
  root["names"] = Setting::List{std::string(60, 'a'), std::string(60, 'b')};
  EXPECT_EQ(write_toml(root), "names = [\n  \"" + std::string(60, 'a') + "\",\n  \"" +
                                  std::string(60, 'b') + "\",\n]\n");
  EXPECT_EQ(settings_of(write_toml(root)), root);
}

TEST(WriteToml, NumbersStayTheSameNumbers) {
  Random random(1, stream_of("numbers"));
  Setting root;
  Setting::List list{0.0,
                     -0.0,
                     1.0,
                     -5e-324,
                     1.7976931348623157e308,
                     1e15,
                     1e16,
                     123456789012345680.0,
                     std::numeric_limits<double>::infinity(),
                     std::int64_t{1} << 62,
                     std::numeric_limits<std::int64_t>::min()};
  for (int i = 0; i < 2000; ++i)
    list.push_back(std::ldexp(random.uniform() - 0.5, int(random.below(2000)) - 1000));
  root["list"] = list;
  EXPECT_EQ(settings_of(write_toml(root)), root);
  root["list"] = Setting::List{std::numeric_limits<double>::quiet_NaN(), -std::nan("")};
  const Setting again = settings_of(write_toml(root));
  for (const Setting& item : *again.find("list")->list())
    EXPECT_TRUE(std::isnan(std::get<double>(item.data)));
}

std::string random_text(Random& random) {
  const std::vector<std::string> letters{"a", "b",  "Z",  "9",    "_",    "-", ".", " ", "\"", "\\",
                                         "'", "\n", "\t", "\x01", "\x7f", "ü", "≤", "=", "[",  "#"};
  std::string text;
  for (Size n = random.below(6); n > 0; --n)
    text += letters[std::size_t(random.below(Size(letters.size())))];
  return text;
}

Setting random_setting(Random& random, int level) {
  const Size kinds = level < 4 ? 7 : 4;
  switch (random.below(kinds)) {
    case 0:
      return random.below(2) == 0;
    case 1:
      return random.below(2000) - 1000;
    case 2:
      return random.normal();
    case 3:
      return random_text(random);
    case 4: {
      Setting::List list;
      for (Size n = random.below(4); n > 0; --n) list.push_back(random_setting(random, level + 1));
      return list;
    }
    default: {
      Setting table{Setting::Table{}};
      for (Size n = random.below(5); n > 0; --n)
        table[random_text(random)] = random_setting(random, level + 1);
      return table;
    }
  }
}

// The order that a file has: plain keys first, outside of list items.
bool with_header(const Entry& entry) {
  const Setting::List* list = entry.value.list();
  return entry.value.table() ||
         (list && !list->empty() &&
          std::all_of(list->begin(), list->end(), [](const Setting& s) { return s.table(); }));
}
void put_plain_first(Setting& table) {
  for (Entry& entry : *table.table())
    if (entry.value.table()) put_plain_first(entry.value);
  std::stable_partition(table.table()->begin(), table.table()->end(),
                        [](const Entry& entry) { return !with_header(entry); });
}

TEST(WriteToml, WhatIsWrittenIsReadBackLaw) {
  Random random(5, stream_of("trees"));
  int trees = 0;
  while (trees < 3000) {
    Setting root = random_setting(random, 0);
    if (!root.table()) continue;
    ++trees;
    put_plain_first(root);
    const std::string text = write_toml(root);
    ASSERT_EQ(read_toml(text, "law").shown(), root.shown()) << text;
    ASSERT_EQ(read_toml(text, "law"), root) << text;
    ASSERT_EQ(write_toml(read_toml(text, "law")), text);
  }
}

Setting recipe() {
  return settings_of(R"(lr = 0.1
loss = "mse"
model = ["standardize", {dense = 512}, {dense = {out = 10}}, {type = "dropout", p = 0.5}]
[optimizer]
type = "adamw"
weight_decay = 0.01)");
}
std::string overridden(const std::string& assignment, std::string_view key) {
  Setting root = recipe();
  override(root, assignment);
  return root.find(key)->shown();
}

TEST(Override, SetsAValueAtItsPath) {
  EXPECT_EQ(overridden("optimizer.weight_decay=0.05", "optimizer"),
            "{type = \"adamw\", weight_decay = 0.05}");
  EXPECT_EQ(overridden("lr=0.5", "lr"), "0.5");
  EXPECT_EQ(overridden("optimizer = {type = \"sgd\"}", "optimizer"), "{type = \"sgd\"}");
  EXPECT_EQ(overridden("optimizer=0.5", "optimizer"), "0.5");
  EXPECT_EQ(overridden("model[3].p=0.1", "model").substr(53), "{type = \"dropout\", p = 0.1}]");
  EXPECT_EQ(overridden("model.3.p=0.1", "model"), overridden("model[3].p=0.1", "model"));
  EXPECT_EQ(overridden("stop.patience=3", "stop"), "{patience = 3}");
}

TEST(Override, AValueIsTomlOrABareWord) {
  EXPECT_EQ(overridden("optimizer.type=adam", "optimizer"),
            "{type = \"adam\", weight_decay = 0.01}");
  EXPECT_EQ(overridden("x=\"adam\"", "x"), "\"adam\"");
  EXPECT_EQ(overridden("x=true", "x"), "true");
  EXPECT_EQ(overridden("x=[1, 2]", "x"), "[1, 2]");
  EXPECT_EQ(overridden("x=data/a=b.csv", "x"), "\"data/a=b.csv\"");
  EXPECT_EQ(overridden("x=2020-01-01", "x"), "\"2020-01-01\"");
  EXPECT_EQ(overridden("x=", "x"), "\"\"");
  EXPECT_EQ(overridden("x=1\ny=2", "x"), "\"1\\ny=2\"");
}

TEST(Override, AShortFormBecomesATableWithItsType) {
  EXPECT_EQ(overridden("loss.x=1", "loss"), "{type = \"mse\", x = 1}");
  EXPECT_EQ(overridden("lr.max=0.5", "lr"), "{max = 0.5}");
  EXPECT_EQ(overridden("model[0].eps=1", "model").substr(0, 34),
            "[{type = \"standardize\", eps = 1}, ");
  Setting root = recipe();
  override(root, "model[1].bias=false");
  override(root, "model[2].out=20");
  EXPECT_EQ(root.find("model")->list()->at(1).shown(), "{type = \"dense\",  = 512, bias = false}");
  EXPECT_EQ(root.find("model")->list()->at(2).shown(), "{type = \"dense\", out = 20}");
  root = recipe();
  override(root, "model[1].dense=5");
  override(root, "model[2].dense.out=6");
  EXPECT_EQ(root.find("model")->list()->at(1).shown(), "{dense = 5}");
  EXPECT_EQ(root.find("model")->list()->at(2).shown(), "{dense = {out = 6}}");
}

TEST(Override, TheValueKnowsThatItCameFromTheCommandLine) {
  Setting root = recipe();
  override(root, "model.3.p=0.1");
  override(root, "new.list=[1]");
  const Setting& part = root.find("model")->list()->at(3);
  EXPECT_EQ(part.find("p")->place(), "command line: model[3].p");
  EXPECT_EQ(part.place(), "r.toml:3:62: model[3]");
  EXPECT_EQ(root.find("new")->place(), "command line: new");
  EXPECT_EQ(root.find("new")->find("list")->list()->at(0).place(), "command line: new.list[0]");
}

TEST(Override, ErrorsSayWhatIsWrong) {
  EXPECT_EQ(override_error(recipe(), "lr"),
            "command line: \"lr\" sets nothing: write KEY=VALUE, like optimizer.weight_decay=0.05");
  EXPECT_EQ(override_error(recipe(), "model[7].p=1"),
            "command line: model[7] is not there: model has 4 items, counted from 0");
  EXPECT_EQ(override_error(recipe(), "model.p=1"),
            "command line: model is a list: write model[0].p");
  EXPECT_EQ(override_error(recipe(), "new.lr[0]=1"),
            "command line: new.lr is no list: it has no item [0]");
  for (const char* path : {"", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[1]b", "a[-1]",
                           "[0]", "a b", "a]", "a[99999999999999999999]"})
    EXPECT_NE(override_error(recipe(), std::string(path) + "=1").find("is no path of keys"),
              std::string::npos)
        << path;
  std::string deep = "a";
  for (int i = 0; i < 100000; ++i) deep += ".a";
  EXPECT_NE(override_error(recipe(), deep + "=1"), "no error");
}

TEST(ReadToml, RandomTextIsReadOrRefused) {
  Random random(1, stream_of("fuzz"));
  const std::vector<std::string> tokens{"a",      "b",          "=",
                                        "=",      "\n",         "\n",
                                        "[",      "]",          "[[",
                                        "]]",     "{",          "}",
                                        "\"",     "'",          ".",
                                        ",",      "1",          "0",
                                        "-",      "e",          "_",
                                        "true",   "inf",        "#",
                                        " ",      "\\",         "\\u",
                                        "\"\"\"", "2020-01-01", "\xff",
                                        "\xc3",   "ü",          std::string(1, '\0'),
                                        "\r",     "0x",         "a = 1\n",
                                        "[a]\n"};
  int refused = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string text;
    for (Size n = random.below(16); n > 0; --n)
      text += random.below(20) == 0 ? std::string(1, char(random.below(256)))
                                    : tokens[std::size_t(random.below(Size(tokens.size())))];
    Setting root = recipe();
    try {
      override(root, random.below(2) ? text : "model" + text + "=1");
    } catch (const Error&) {
    }
    try {
      root = read_toml(text, "fuzz");
      ASSERT_EQ(write_toml(read_toml(write_toml(root), "fuzz")), write_toml(root)) << text;
    } catch (const Error& error) {
      ++refused;
      ASSERT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
  }
  EXPECT_GT(refused, 10000);
  EXPECT_LT(refused, 30000);
}

}  // namespace
}  // namespace goodfit
