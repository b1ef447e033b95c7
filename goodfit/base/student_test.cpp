#include "goodfit/base/student.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "tests/golden.hpp"

namespace goodfit {

TEST(Student, TellsWhatScipyTells) {
  for (const auto& one : golden("student")["cases"]) {
    const double t = one["t"], freedom = one["freedom"], p = one["p"];
    EXPECT_NEAR(student_p(t, freedom), p, 1e-11 * p) << t << ", " << freedom;
    EXPECT_EQ(student_p(-t, freedom), student_p(t, freedom));
  }
  for (const auto& one : golden("student")["quantiles"]) {
    const double t = one["t"];
    EXPECT_NEAR(student_quantile(one["within"], one["freedom"]), t, 1e-8 * t) << one.dump();
  }
  for (const auto& one : golden("student")["betas"]) {
    const double wanted = one["value"];
    EXPECT_NEAR(incomplete_beta(one["a"], one["b"], one["x"]), wanted, 1e-12 * wanted + 1e-300)
        << one.dump();
  }
}

TEST(Student, HasClosedFormsForOneAndTwoDegreesOfFreedom) {
  for (const double t : {0.1, 1.0, 4.0, 12.706}) {
    EXPECT_NEAR(student_p(t, 1), 1 - 2 / std::numbers::pi * std::atan(t), 1e-13);
    EXPECT_NEAR(student_p(t, 2), 1 - t / std::sqrt(2 + t * t), 1e-13);
  }
  EXPECT_NEAR(student_quantile(0.95, 1), 12.706, 5e-4);  // as in Student's table
  EXPECT_NEAR(student_quantile(0.95, 4), 2.776, 5e-4);
  EXPECT_EQ(student_p(INFINITY, 4), 0);
  EXPECT_EQ(student_p(0, 4), 1);
}

}  // namespace goodfit
