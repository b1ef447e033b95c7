#include "goodfit/study/report/report.hpp"

#include <nlohmann/json.hpp>

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {
namespace {

nlohmann::json data_in(const std::string& page) {
  const std::string begin = "<script type=\"application/json\" id=\"data\">";
  const std::size_t from = page.find(begin) + begin.size();
  return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
}

}  // namespace

TEST(Report, IsOnePageThatAsksNobody) {
  const std::string page = report_page(three_clouds());
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_EQ(page.find("{{"), page.npos) << "every place is filled";
  for (const char* outside :
       {"src=\"http", "href=\"http", "@import", "url(http", "sourceMappingURL"})
    EXPECT_EQ(page.find(outside), page.npos) << outside;
  const auto data = data_in(page);
  EXPECT_EQ(data["panels"][0]["key"], "summary");
  EXPECT_GE(data["panels"].size(), 10u);
}

TEST(Report, NoTextEndsItsBlockOfData) {
  Recipe recipe = clouds_recipe();
  Data data;
  data.train = clouds(60);
  data.classes = {"</script><b>", "<!--<script>", "c"};
  recipe.data = in_memory(data);
  const auto found = data_in(report_page(of(recipe)));
  EXPECT_NE(found.dump().find("</script><b>"), std::string::npos);
}

TEST(Report, IsWrittenWithoutDataToo) {
  const TemporaryFolder folder;
  const std::string file = folder.path() + "/new/report.html";
  write_report(without_data()[0].run(), file);
  const auto data = data_in(read_file(file));
  EXPECT_NE(data.dump().find("nowhere.csv"), std::string::npos);
  expect_error([] { report_page({}); }, "at least one run");
}

}  // namespace goodfit
