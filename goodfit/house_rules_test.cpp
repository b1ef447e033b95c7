// The architecture, as tests: when this file and the tree disagree, the build is red.
//
// A rule takes files and returns complaints. It is tried on the real tree, which must give none,
// and on a file that breaks it, which must give one: a rule that cannot complain is worth nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace goodfit {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;
using House = std::map<std::string, std::string>;  // path → text

// Floors from the ground up. A file may include its own floor and those below.
const Texts floors{"base", "compute", "parts", "train", "study", "cli"};

// What a room may include below itself, beside itself and base. Rooms that are not here may include
// everything on the floors below. Tests obey the floors alone.
const std::map<std::string, Texts> rooms{
    {"compute/tensor", {}},
    {"compute/kernels", {}},
    {"compute/graph", {"compute/tensor", "compute/kernels"}},
    {"compute/ops", {"compute/tensor", "compute/kernels", "compute/graph"}},
    {"compute/engine", {"compute/tensor", "compute/kernels", "compute/graph", "compute/ops"}},
    {"parts/initializers", {"compute/tensor"}},
    {"parts/optimizers", {"compute/tensor", "compute/kernels"}},
    {"parts/schedules", {}},
    {"parts/datasets", {"compute/tensor"}},
    {"parts/transforms", {"compute/tensor"}},
    {"parts/metrics", {"compute/tensor"}},
    {"parts/regularizers", {"compute/tensor", "compute/graph", "compute/ops"}},
    {"parts/losses", {"compute/tensor", "compute/graph", "compute/ops"}},
    {"parts/gradients", {"compute/tensor", "compute/graph", "compute/ops"}},
    {"parts/net", {"compute/tensor", "compute/graph", "parts/initializers"}},
    {"parts/parametrizations",
     {"compute/tensor", "compute/graph", "compute/ops", "parts/initializers", "parts/net"}},
    {"parts/layers",
     {"compute/tensor", "compute/graph", "compute/ops", "parts/initializers", "parts/net",
      "parts/parametrizations"}},
};

// Headers of other people, and the only places that may know them.
const std::vector<std::pair<std::string, std::regex>> foreign{
    {"hwy/", std::regex("goodfit/compute/kernels/.*")},
    {"fmt/", std::regex(".*\\.cpp|goodfit/(study|cli)/.*")},  // not what all programs compile
    {"toml++/", std::regex("goodfit/base/toml\\.cpp")},
    {"nlohmann/", std::regex(".*\\.cpp")},
    {"CLI/", std::regex("goodfit/cli/.*\\.cpp")},
    {"png.h", std::regex("goodfit/parts/datasets/picture\\.cpp")},
    {"turbojpeg.h", std::regex("goodfit/parts/datasets/picture\\.cpp")},
    {"curl/", std::regex("goodfit/cli/.*\\.cpp")},
};

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

House read_house(const Texts& folders, const std::set<std::string>& endings) {
  House house;
  for (const std::string& folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && endings.count(entry.path().extension().string()))
        house[entry.path().generic_string()] = read(entry.path());
  return house;
}
const House& sources() {
  static const House house = read_house({"goodfit"}, {".hpp", ".cpp"});
  return house;
}

std::string folder_of(const std::string& path) {
  return fs::path(path).parent_path().generic_string();
}
std::string stem_of(const std::string& path) { return fs::path(path).stem().string(); }
bool is_test(const std::string& path) {
  return path.ends_with("_test.cpp") || path.find("testing.hpp") != path.npos;
}
bool is_generated(const std::string& path) { return path.starts_with("docs/reference/"); }
bool is_header(const std::string& path) { return path.ends_with(".hpp"); }
std::string lower(std::string text, bool without_breaks = false) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  if (without_breaks) std::erase(text, '_');
  return text;
}

// All first groups of a pattern, line by line or in the whole text.
Texts matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern, std::regex::ECMAScript | std::regex::multiline);
  Texts found;
  for (std::sregex_iterator i(text.begin(), text.end(), regex), end; i != end; ++i)
    found.push_back((*i)[1]);
  return found;
}
Texts includes(const std::string& text) { return matches(text, "^#include [<\"]([^>\"]+)[>\"]"); }

std::string room_of(const std::string& path) {  // "goodfit/parts/layers/x.hpp" → "parts/layers"
  std::string room;
  for (const auto& [name, _] : rooms)
    if (path.starts_with("goodfit/" + name + "/")) room = name;
  return room;
}
std::size_t floor_of(const std::string& path) {
  if (path == "goodfit/goodfit.hpp") return 3;  // the public face shows all up to train
  for (std::size_t i = 0; i < floors.size(); ++i)
    if (path.starts_with("goodfit/" + floors[i] + "/")) return i;
  return floors.size();
}

Texts climbing(const House& house) {
  Texts complaints;
  for (const auto& [path, text] : house)
    for (const std::string& included : includes(text))
      if (included.starts_with("goodfit/") && floor_of(included) > floor_of(path))
        complaints.push_back(path + " includes " + included);
  return complaints;
}

Texts looking_aside(const House& house) {
  Texts complaints;
  for (const auto& [path, text] : house) {
    const std::string room = room_of(path);
    if (room.empty() || is_test(path)) continue;
    Texts allowed = rooms.at(room);
    allowed.insert(allowed.end(), {room, "base"});
    for (const std::string& included : includes(text)) {
      const auto inside = [&](const std::string& other) {
        return included.starts_with("goodfit/" + other + "/");
      };
      if (included.starts_with("goodfit/") && std::none_of(allowed.begin(), allowed.end(), inside))
        complaints.push_back(path + " includes " + included);
    }
  }
  return complaints;
}

Texts strangers(const House& house) {
  Texts complaints;
  for (const auto& [path, text] : house)
    for (const std::string& included : includes(text))
      for (const auto& [prefix, home] : foreign)
        if (included.starts_with(prefix) && !is_test(path) && !std::regex_match(path, home))
          complaints.push_back(path + " includes " + included);
  return complaints;
}

Texts too_long(const House& house) {
  Texts complaints;
  for (const auto& [path, text] : house) {
    const auto lines = std::count(text.begin(), text.end(), '\n');
    if (lines > (path.find("/kernels/") != path.npos ? 600 : 400))
      complaints.push_back(path + " has " + std::to_string(lines) + " lines");
  }
  return complaints;
}

Texts without_purpose(const House& house) {
  Texts complaints;
  for (const auto& [path, text] : house)
    if (is_header(path) && !text.starts_with("// "))
      complaints.push_back(path + " does not begin with what it is");
  return complaints;
}

Texts unfinished(const House& house) {
  Texts complaints;
  for (const auto& [path, text] : house)
    if (std::regex_search(text, std::regex("\\b(TO"
                                           "DO|FIX"
                                           "ME|X"
                                           "XX)\\b")))
      complaints.push_back(path + " is not finished");
  return complaints;
}

Texts other_spelling(const House& house) {
  const std::string stems =
      "(initial|optim|regular|normal|standard|general|summar|serial|quant|visual|minim|maxim|"
      "random|"
      "parallel|token|vector|organ|recogn|synchron|util)";
  Texts complaints;
  for (const auto& [path, text] : house) {
    std::smatch word;
    if (std::regex_search(text, word, std::regex(stems + "is(e|ing|ation)", std::regex::icase)))
      complaints.push_back(path + " spells " + word.str());
  }
  return complaints;
}

Texts checking_nothing(const House& house) {
  Texts complaints;
  for (const auto& [path, text] : house)
    if (path.ends_with("_test.cpp") &&
        !std::regex_search(text, std::regex("\\b(EXPECT|ASSERT|expect|assert)_\\w+(<\\w+>)?\\(")))
      complaints.push_back(path + " checks nothing");
  return complaints;
}

struct PartName {
  std::string path, type, key;
};
// Every settings aggregate with a card, in a folder that has a catalogue.
std::vector<PartName> parts_of(const House& house) {
  std::vector<PartName> parts;
  for (const auto& [path, text] : house) {
    const std::string folder = folder_of(path);
    if (!is_header(path) || folder == "goodfit/base" || !house.count(folder + "/catalogue.hpp"))
      continue;
    // Piece by piece: one pattern over all of it would go down the stack letter by letter.
    const std::string lines = "\n" + text;
    for (std::size_t at = lines.find("\nstruct "), end; at != lines.npos; at = end) {
      end = lines.find("\nstruct ", at + 1);
      const std::string piece = lines.substr(at, end - at);
      const std::size_t card = piece.find("Card card{"), key = piece.find('"', card) + 1;
      if (const Texts types = matches(piece, "^struct (\\w+) (?:final )?\\{"); card != piece.npos)
        parts.push_back({path, types.at(0), piece.substr(key, piece.find('"', key) - key)});
    }
  }
  return parts;
}

Texts untested(const House& house) {
  Texts complaints;
  for (const PartName& part : parts_of(house))
    if (!house.count(folder_of(part.path) + "/" + stem_of(part.path) + "_test.cpp"))
      complaints.push_back(part.path + " has no test beside it");
  return complaints;
}

// A type may add its sort where two catalogues have the same word: ConstantSchedule.
Texts misnamed(const House& house) {
  Texts complaints;
  for (const PartName& part : parts_of(house)) {
    std::string sort = stem_of(folder_of(part.path));
    sort.pop_back();
    const std::string type = lower(part.type), key = lower(part.key, true);
    if (stem_of(part.path) != part.key || (type != key && type != key + sort))
      complaints.push_back(part.path + ": type " + part.type + " has the key " + part.key);
  }
  return complaints;
}

Texts unlisted(const House& house) {
  Texts complaints;
  const auto expect = [&](const std::string& path, const std::string& name) {
    const std::string& list = house.at(folder_of(path) + "/catalogue.hpp");
    if (list.find("#include \"" + path + "\"") == list.npos ||
        !std::regex_search(list, std::regex("[<{,\\s]" + name + "[,>]")))
      complaints.push_back(folder_of(path) + "/catalogue.hpp does not list " + name);
  };
  for (const PartName& part : parts_of(house)) expect(part.path, part.type);
  for (const auto& [path, text] : house)
    if (path.find("/passes/") != path.npos && is_header(path) && stem_of(path) != "catalogue" &&
        !is_test(path))
      expect(path, "\"" + stem_of(path) + "\"");
  return complaints;
}

std::string lines(const Texts& complaints) {
  std::string all;
  for (const std::string& complaint : complaints) all += "\n  " + complaint;
  return all;
}
const std::string tests_of_this = "goodfit/house_rules_test.cpp";

}  // namespace

TEST(HouseRules, TheWholeHouseIsRead) {
  EXPECT_GT(sources().size(), 100u);
  EXPECT_GT(parts_of(sources()).size(), 30u);
  EXPECT_TRUE(sources().count(tests_of_this));
}

struct Rule {
  const char* name;
  Texts (*complaints)(const House&);
  House broken;  // gives one complaint
};
void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }

class HouseRule : public testing::TestWithParam<Rule> {};

TEST_P(HouseRule, HoldsEverywhere) { EXPECT_EQ(lines(GetParam().complaints(sources())), ""); }
TEST_P(HouseRule, ComplainsWhenBroken) {
  const Texts complaints = GetParam().complaints(GetParam().broken);
  EXPECT_EQ(complaints.size(), 1u) << lines(complaints);
}

const std::string lion = "struct Lion {\n  static constexpr Card card{\"lion\", \"Signs.\"};\n};\n";
INSTANTIATE_TEST_SUITE_P(
    All, HouseRule,
    testing::Values(
        Rule{"IncludesGoDownOnly",
             climbing,
             {{"goodfit/base/a.hpp", "#include \"goodfit/parts/b.hpp\"\n"}}},
        Rule{"RoomsSeeOnlyWhatTheyMay",
             looking_aside,
             {{"goodfit/parts/schedules/a.hpp", "#include \"goodfit/compute/graph/graph.hpp\"\n"},
              {"goodfit/parts/layers/a.hpp",
               "#include \"goodfit/parts/initializers/zeros.hpp\"\n"}}},
        Rule{"ForeignHeadersStayWhereTheyBelong",
             strangers,
             {{"goodfit/base/a.cpp", "#include <hwy/highway.h>\n#include <nlohmann/json.hpp>\n"}}},
        Rule{"FilesAreShort",
             too_long,
             {{"goodfit/base/a.cpp", std::string(401, '\n')},
              {"goodfit/compute/kernels/a.cpp", std::string(600, '\n')}}},
        Rule{"HeadersBeginWithWhatTheyAre",
             without_purpose,
             {{"goodfit/base/a.hpp", "#pragma once\n"}}},
        Rule{"NothingIsLeftUndone",
             unfinished,
             {{"goodfit/base/a.cpp",
               "// TO"
               "DO: later\n"}}},
        Rule{"SpellingIsAmerican",
             other_spelling,
             {{"docs/a.md",
               "Initialis"
               "ation\n"}}},
        Rule{"EveryTestChecks", checking_nothing, {{"goodfit/base/a_test.cpp", "TEST(A, B) {}\n"}}},
        Rule{"EveryPartHasATest",
             untested,
             {{"goodfit/parts/optimizers/lion.hpp", lion},
              {"goodfit/parts/optimizers/catalogue.hpp", ""}}},
        Rule{"OneNameEverywhere",
             misnamed,
             {{"goodfit/parts/optimizers/tiger.hpp", lion},
              {"goodfit/parts/optimizers/catalogue.hpp", ""}}},
        Rule{"EveryPartIsInItsCatalogue",
             unlisted,
             {{"goodfit/parts/optimizers/lion.hpp", lion},
              {"goodfit/parts/optimizers/catalogue.hpp",
               "#include \"goodfit/parts/optimizers/lion.hpp\"\n"}}}),
    [](const auto& rule) { return rule.param.name; });

// The rules of text hold outside the library as well.
TEST(HouseRules, TheRestOfTheProjectIsFinishedAndSpeltAlike) {
  House rest = read_house({"tests", "examples", "recipes", "docs", "tools"},
                          {".cpp", ".hpp", ".md", ".toml", ".cmake", ".py", ".sh"});
  for (const char* page : {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"}) {
    rest[page] = read(page);
    EXPECT_NE(rest[page], "") << page;
  }
  EXPECT_EQ(lines(unfinished(rest)), "");
  EXPECT_EQ(lines(other_spelling(rest)), "");
  EXPECT_EQ(lines(checking_nothing(rest)), "");
  std::erase_if(rest, [](const auto& file) { return is_generated(file.first); });
  EXPECT_EQ(lines(too_long(rest)), "");
}

TEST(HouseRules, TheProgramOfTheReadmeIsTheExample) {
  const std::string readme = read("README.md");
  const std::size_t begin = readme.find("```cpp\n") + 7;
  ASSERT_NE(readme.find("```cpp\n"), readme.npos);
  EXPECT_EQ(readme.substr(begin, readme.find("```", begin) - begin), read("examples/digits.cpp"));
}

TEST(HouseRules, ExamplesFitOnAScreen) {
  const House examples = read_house({"examples"}, {".cpp"});
  EXPECT_GE(examples.size(), 4u);
  for (const auto& [path, text] : examples)
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 60) << path;
}

TEST(HouseRules, TheGuidesNameWhatThereIs) {
  for (const PartName& part : parts_of(sources())) {
    const std::string page = "docs/reference/" + stem_of(folder_of(part.path)) + ".md";
    EXPECT_NE(read(page).find("](../../" + part.path + ")"), std::string::npos)
        << page << " lacks " << part.key << "; run: build/goodfit show --reference docs/reference";
  }
  const std::string recipes = read("docs/recipes.md");
  for (const auto& [path, _] : read_house({"recipes"}, {".toml"}))
    EXPECT_NE(recipes.find(path), recipes.npos) << "docs/recipes.md lacks " << path;
  const std::string cpp = read("docs/cpp.md");
  for (const auto& [path, _] : read_house({"examples"}, {".cpp"}))
    EXPECT_NE(cpp.find(path), cpp.npos) << "docs/cpp.md lacks " << path;
  const std::string readme = read("README.md");
  for (const auto& [path, _] : read_house({"docs"}, {".md"})) {
    if (is_generated(path)) continue;
    EXPECT_NE(readme.find("(" + path + ")"), readme.npos) << "README.md does not link " << path;
  }
  EXPECT_NE(readme.find("(docs/reference/README.md)"), readme.npos);
}

}  // namespace goodfit
