// The report in a real browser: charts are drawn, the console is silent, nothing is asked for from
// elsewhere, and it fits a phone. Needs Chromium; GOODFIT_SCREENSHOTS=DIR keeps what was seen.
#include "tests/browser.hpp"

#include <fmt/core.h>

#include "tests/command.hpp"

namespace goodfit {
namespace {

std::string bytes_of_base64(const std::string& text) {
  static const std::string digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0, held = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | unsigned(digits.find(c));
    held += 6;
    if (held >= 8) bytes += char(bits >> (held -= 8) & 255);
  }
  return bytes;
}

const Viewed desk{}, desk_at_night{.dark = true},
    phone{.width = 375, .height = 812, .mobile = true},
    phone_at_night{.width = 375, .height = 812, .dark = true, .mobile = true};

struct ReportBrowser : CommandTest {
  void SetUp() override {
    if (Browser::program().empty()) GTEST_SKIP() << "needs Chromium: tools/install-deps --checks";
    browser = std::make_unique<Browser>();
  }

  void open(const std::string& name, const Viewed& how) {
    browser->open_page(path(name), how);
    EXPECT_EQ(browser->complaints, std::vector<std::string>{}) << name;
    for (const std::string& address : browser->requests)
      EXPECT_TRUE(address.starts_with("data:") || address == "file://" + path(name)) << address;
    if (const char* to = std::getenv("GOODFIT_SCREENSHOTS")) {
      const double height = browser->value("document.documentElement.scrollHeight");
      std::ofstream(fmt::format("{}/{}{}{}.png", to, name, how.mobile ? "-phone" : "",
                                how.dark ? "-dark" : ""))
          << bytes_of_base64(browser->screenshot(0, 0, how.width, height));
    }
  }

  // How many charts there are; each must have something on it.
  int charts() {
    const auto painted = browser->value(
        "[...document.querySelectorAll('canvas')].map(c => c.width > 0 && c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data.some(x => x > 0))");
    for (std::size_t i = 0; i < painted.size(); ++i) EXPECT_TRUE(painted[i]) << "chart " << i;
    EXPECT_EQ(browser->value("document.documentElement.dataset.drawn"),
              std::to_string(painted.size()));
    return int(painted.size());
  }

  std::unique_ptr<Browser> browser;
};

TEST_F(ReportBrowser, DrawsEveryChartAndAsksNobodyForAnything) {
  good({"train", "r.toml", "--out", "flowers", "--quiet"});
  good({"train", "numbers.toml", "--out", "numbers", "--quiet"});
  for (const std::string run : {"flowers", "numbers"}) {
    EXPECT_EQ(good({"report", run}), "report: " + run + "/report.html\n");
    for (const Viewed& how : {desk, desk_at_night, phone, phone_at_night}) {
      open(run + "/report.html", how);
      EXPECT_GE(charts(), 4) << run;
    }
  }
}

TEST_F(ReportBrowser, FitsAPhoneAndHasANight) {
  good({"train", "r.toml", "--out", "flowers", "--quiet"});
  good({"train", "r.toml", "lr=0.1", "--out", "faster", "--quiet"});
  good({"report", "flowers", "faster"});
  const std::string wide = "document.documentElement.scrollWidth",
                    paper = "getComputedStyle(document.body).backgroundColor";
  open("report.html", desk);
  const std::string by_day = browser->value(paper);
  open("report.html", phone);
  EXPECT_LE(int(browser->value(wide)), 375);
  EXPECT_GE(charts(), 4);
  open("report.html", phone_at_night);
  EXPECT_NE(std::string(browser->value(paper)), by_day);
}

TEST_F(ReportBrowser, NoNameIsTakenForHtml) {
  std::string rows = "a,b,kind\n";
  for (int i = 0; i < 60; ++i)
    rows += fmt::format("{},{},{}\n", i % 2, i, i % 2 ? "</script><b id=out>" : "<!--<script>");
  folder.write("odd.csv", rows);
  good({"train", "r.toml", "data.path=odd.csv", "model[4].out=2", "--out", "odd", "--quiet"});
  good({"report", "odd"});
  open("odd/report.html", desk);
  EXPECT_TRUE(browser->value("document.getElementById('out')").is_null());
  EXPECT_TRUE(browser->value("document.body.innerText.includes('</script><b id=out>')"));
  EXPECT_GE(charts(), 4);
}

}  // namespace
}  // namespace goodfit
