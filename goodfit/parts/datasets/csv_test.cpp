#include "goodfit/parts/datasets/csv.hpp"

#include <fmt/core.h>

#include <chrono>

#include "goodfit/parts/datasets/wanted_testing.hpp"

namespace goodfit {
namespace {

using Target = Wanted::Target;

Data load(std::string_view text, const Wanted& wanted = numbers, Csv settings = {}) {
  const TemporaryFolder folder;
  settings.path = folder.write("t.csv", text);
  return settings.load(wanted);
}

// The message without the folder.
std::string error(std::string_view text, const Wanted& wanted = numbers, const Csv& settings = {}) {
  const std::string message = error_of([&] { load(text, wanted, settings); });
  return message.substr(message.find("t.csv") == message.npos ? 0 : message.find("t.csv"));
}

}  // namespace

TEST(Csv, AHeaderIsRecognizedAndNamesTheFeatures) {
  const Data data = load("age,size,price\n1,2.5,10\n-3,4e1,20\n");
  EXPECT_EQ(data.features, (Names{"age", "size"}));
  EXPECT_EQ(data.train.shape, (Shape{2}));
  EXPECT_EQ(data.train.features, (Floats{1, 2.5, -3, 40}));
  EXPECT_EQ(data.train.targets, (Floats{10, 20}));
  EXPECT_EQ(data.train.count(), 2);
  EXPECT_TRUE(data.classes.empty());
}

TEST(Csv, WithoutAHeaderTheFirstLineIsData) {
  const Data data = load("1,2,cat\n3,4,dog", classes);
  EXPECT_EQ(data.train.features, (Floats{1, 2, 3, 4}));
  EXPECT_TRUE(data.features.empty());
}

TEST(Csv, AMissingNumberDoesNotMakeAHeader) {
  EXPECT_TRUE(
      says(error("1,,3\n4,5,6\n"), "t.csv:1: column 1 (the first is 0): the value is missing"));
}

TEST(Csv, HeaderYesAndNoAreObeyed) {
  EXPECT_EQ(load("1,2\n3,4\n", numbers, {.header = "yes"}).train.features, (Floats{3}));
  EXPECT_EQ(error("a,b\n3,4\n", numbers, {.header = "no"}),
            "t.csv:1: column 0 (the first is 0): \"a\" is not a number");
}

TEST(Csv, TheTargetMayBeNamedOrCounted) {
  const std::string text = "a,b,c\n1,2,3\n";
  EXPECT_EQ(load(text, numbers, {.target = "a"}).train.targets, (Floats{1}));
  EXPECT_EQ(load(text, numbers, {.target = "b"}).train.features, (Floats{1, 3}));
  EXPECT_EQ(load(text, numbers, {.target = "1"}).train.targets, (Floats{2}));
  EXPECT_EQ(load(text, numbers, {.target = "-3"}).train.targets, (Floats{1}));
  EXPECT_EQ(load("7,8\n1,2\n", numbers, {.target = "7", .header = "yes"}).train.targets,
            (Floats{1}));
  EXPECT_EQ(load("cat,1\ndog,2\n", classes, {.target = "0"}).train.features, (Floats{1, 2}));
}

TEST(Csv, AMissingTargetColumnIsNamedWithTheNearest) {
  EXPECT_EQ(error("age,price\n1,2\n", numbers, {.target = "prise"}),
            "t.csv:1: there is no target column \"prise\"; did you mean \"price\"?");
  EXPECT_TRUE(says(error("1,2\n", numbers, {.target = "price"}), "there is no header line"));
  EXPECT_TRUE(
      says(error("a,b\n1,2\n", numbers, {.target = "2"}), "no target column 2: the file has 2"));
  EXPECT_TRUE(says(error("a,b\n1,2\n", numbers, {.target = "-3"}), "no target column -3"));
  EXPECT_TRUE(
      says(error("a,b,a\n1,2,3\n", numbers, {.target = "a"}), "two columns are called \"a\""));
}

TEST(Csv, ClassesThatAreNumbersAreSortedByValue) {
  const Data data = load("1,10\n1,9\n1,-2\n1,9.0\n", classes);
  EXPECT_EQ(data.classes, (Names{"-2", "9", "10"}));
  EXPECT_EQ(data.train.targets, (Floats{2, 1, 0, 1}));
}

TEST(Csv, ClassesThatAreTextsAreSortedByLetters) {
  const Data data = load("1,b\n1,a\n1,10\n", classes);
  EXPECT_EQ(data.classes, (Names{"10", "a", "b"}));
  EXPECT_EQ(data.train.targets, (Floats{2, 1, 0}));
}

TEST(Csv, ClassesMustNotBeFractions) {
  EXPECT_TRUE(says(error("1,1\n1,2.5\n", classes),
                   "column 1 (the first is 0) holds numbers such as 2.5 (line 2)"));
}

TEST(Csv, ClassesKnownFromTrainingKeepTheirIndex) {
  const Wanted known{Target::classes, 0, {"b", "a"}};
  const Data data = load("1,a\n1,a\n", known);
  EXPECT_EQ(data.train.targets, (Floats{1, 1}));
  EXPECT_EQ(data.classes, (Names{"b", "a"}));
  EXPECT_EQ(error("1,a\n1,c\n", known),
            "t.csv:2: column 1 (the first is 0): \"c\" is not a class of the model; known: b, a");
  EXPECT_EQ(load("1,2.0\n", {Target::classes, 0, {"1", "2"}}).train.targets, (Floats{1}));
}

TEST(Csv, OneClassOnlyIsRefused) {
  EXPECT_TRUE(says(error("1,a\n2,a\n", classes), "all samples are of the one class \"a\""));
}

TEST(Csv, QuotedFieldsMayHoldDelimitersQuotesAndLineEnds) {
  const Data data = load("\"a,1\",\"b\"\"c\"\r\n\"1\",\"x\ny\"\r\n2,\"p\"\"q\"\r\n", classes);
  EXPECT_EQ(data.features, (Names{"a,1"}));
  EXPECT_EQ(data.classes, (Names{"p\"q", "x\ny"}));
  EXPECT_EQ(data.train.features, (Floats{1, 2}));
}

TEST(Csv, LinesAreCountedAcrossQuotedLineEnds) {
  EXPECT_TRUE(says(error("1,\"x\ny\"\n2,z\noops,z\n", classes), "t.csv:4: column 0"));
}

TEST(Csv, BrokenQuotesAreNamed) {
  EXPECT_EQ(error("1,2\n3,\"4\n5,6\n"), "t.csv:2: a quote is opened and never closed");
  EXPECT_TRUE(says(error("1,2\n3,\"4\"5\n"), "t.csv:2: field 2 goes on after its closing quote"));
}

TEST(Csv, ByteOrderMarkBlankLinesSpacesAndCrlfAreAccepted) {
  const Data data = load("\xef\xbb\xbfx,y\r\n 1 ,\t2\r\n\r\n+3,4\r\n\r\n");
  EXPECT_EQ(data.features, (Names{"x"}));
  EXPECT_EQ(data.train.features, (Floats{1, 3}));
  EXPECT_EQ(data.train.targets, (Floats{2, 4}));
  EXPECT_TRUE(says(error("\xff\xfex,y"), "is UTF-16"));
}

TEST(Csv, CompressedFilesAndOtherDelimitersAreRead) {
  EXPECT_EQ(load(gzipped("1;2\n"), numbers, {.delimiter = ";"}).train.targets, (Floats{2}));
  EXPECT_EQ(load("1\t2\n", numbers, {.delimiter = "tab"}).train.targets, (Floats{2}));
  EXPECT_EQ(error("1;2\n"),
            "t.csv:1: has one column only; is the delimiter \";\"? then set delimiter = \";\"");
  EXPECT_TRUE(
      says(error("1;2\n", numbers, {.delimiter = "::"}), "csv.delimiter = \"::\" is not allowed"));
}

TEST(Csv, EveryBadFieldHasItsOwnMessage) {
  const std::string top = "age,price\n1,2\n";
  EXPECT_EQ(error(top + "old,3\n"), "t.csv:3: column \"age\": \"old\" is not a number");
  EXPECT_EQ(error(top + "1x,3\n"), "t.csv:3: column \"age\": \"1x\" is not a number");
  EXPECT_EQ(error(top + "1,\n"),
            "t.csv:3: column \"price\": the value is missing; fill it in or leave the row out");
  EXPECT_TRUE(says(error(top + "NA,3\n"), "column \"age\": the value is missing (\"NA\")"));
  EXPECT_TRUE(says(error(top + "nan,3\n"), "column \"age\": \"nan\" is not a finite number"));
  EXPECT_TRUE(says(error(top + "1,-inf\n"), "column \"price\": \"-inf\" is not a finite number"));
  EXPECT_TRUE(says(error(top + "1e39,3\n"), "\"1e39\" is out of range"));
  EXPECT_TRUE(says(error(top + "1e999,3\n"), "\"1e999\" is out of range"));
  EXPECT_TRUE(says(error("1,a\n2,\n", classes),
                   "t.csv:2: column 1 (the first is 0): the value is missing"));
  EXPECT_EQ(load(top + "1e-999,3\n").train.features, (Floats{1, 0}));
}

TEST(Csv, RowsOfAnotherLengthAreRefused) {
  EXPECT_EQ(error("a,b\n1,2\n3\n"), "t.csv:3: has 1 fields, the first line has 2");
  EXPECT_EQ(error("a,b\n1,2,3\n"), "t.csv:2: has 3 fields, the first line has 2");
}

TEST(Csv, EmptyFilesAreRefused) {
  EXPECT_TRUE(says(error(""), "t.csv: is empty"));
  EXPECT_TRUE(says(error("\n\r\n"), "t.csv: is empty"));
  EXPECT_EQ(error("a,b\n"), "t.csv: has a header line and no data below it");
  EXPECT_TRUE(says(error_of([] { Csv{}.load({}); }), "csv.path is missing"));
}

TEST(Csv, AnotherNumberOfFeaturesThanTheModelTakesIsRefused) {
  EXPECT_TRUE(says(error("1,2,3\n", {Target::numbers, 5, {}}),
                   "t.csv:1: has 2 features, the model takes 5"));
}

TEST(Csv, ForPredictionTheTargetMayLack) {
  const Wanted two{Target::none, 2, {}};
  const Data without = load("1,2\n3,4\n", two);
  EXPECT_EQ(without.train.features, (Floats{1, 2, 3, 4}));
  EXPECT_TRUE(without.train.targets.empty());
  EXPECT_EQ(without.train.target_width, 0);
  EXPECT_EQ(load("1,2,9\n", two).train.targets, (Floats{9}));
  EXPECT_EQ(load("a,b,y\n1,2,9\n", two, {.target = "y"}).train.targets, (Floats{9}));
  EXPECT_EQ(load("a,b\n1,2\n", two, {.target = "y"}).train.features, (Floats{1, 2}));
  EXPECT_EQ(load("y,a,b\n9,1,2\n", two, {.target = "y"}).train.features, (Floats{1, 2}));
  EXPECT_TRUE(load("a,b,y\n1,2,\n", two, {.target = "y"}).train.targets.empty());
  EXPECT_TRUE(says(error("1,2,3,4\n", two), "has 3 features, the model takes 2"));
  EXPECT_TRUE(
      says(error("1,2,u\n", {Target::none, 2, {"s", "t"}}), "\"u\" is not a class of the model"));
}

TEST(Csv, AMillionCellsTakeWellBelowASecond) {
  std::string text;
  for (int row = 0; row < 50000; ++row) {
    for (int column = 0; column < 19; ++column) text += fmt::format("{},", 0.37 * row - column);
    text += "1\n";
  }
  const TemporaryFolder folder;
  const Csv csv{folder.write("big.csv", text)};
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(csv.load(numbers).train.features.size(), 950000u);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  EXPECT_LT(seconds.count(), 5) << "far above what even a sanitizer build needs";
  RecordProperty("milliseconds", int(1000 * seconds.count()));
}

TEST(Csv, DamagedBytesNeverCrash) {
  const std::string text = "\xef\xbb\xbf\"a,b\",c,\"y\"\r\n1,-2.5e3,\"x\"\"\ny\"\r\n3,4,z\r\n";
  for (const Wanted& wanted : {classes, Wanted{Target::none, 2, {}}})
    EXPECT_GT(mutate(text, 20000, [&](const std::string& b) { Csv{"t.csv"}.parse(b, wanted); }),
              6000);
}

}  // namespace goodfit
