#include "goodfit/study/lint/lint.hpp"

#include "goodfit/study/lint/rules/catalogue.hpp"

namespace goodfit {

Findings lint(const Recipe& recipe, const Portion* train) {
  return LintRules::findings(Subject(recipe, train));
}

}  // namespace goodfit
