// Testing: recipes that break a rule and recipes that do not, for the tests beside the rules.
#pragma once
#include <gtest/gtest.h>

#include "goodfit/goodfit.hpp"
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

inline Recipe with_model(std::vector<Layer> model) { return {.model = std::move(model)}; }

// One finding at this place, which says so.
template <class Rule>
void expect_finding(const Recipe& recipe, const std::string& place, const std::string& says,
                    const Portion* train = nullptr) {
  const Findings found = Rule::look(Subject(recipe, train));
  ASSERT_EQ(found.size(), 1u) << recipe_toml(recipe, Which::changed);
  EXPECT_EQ(found[0].place, place);
  EXPECT_NE(found[0].what.find(says), std::string::npos) << found[0].what;
  EXPECT_NE(found[0].advice, "");
}

template <class Rule>
void expect_silence(const Recipe& recipe, const Portion* train = nullptr) {
  for (const Finding& finding : Rule::look(Subject(recipe, train)))
    ADD_FAILURE() << finding.text() << "\n" << recipe_toml(recipe, Which::changed);
}

}  // namespace goodfit
