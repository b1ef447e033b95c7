// Student: the distribution of t, for intervals of means and tests of differences.
//
//   P(|T| > t) = I_x(ν/2, ½),   x = ν / (ν + t²)        ν degrees of freedom, at least 1
//   I_x(a, b)  = x^a (1 − x)^b / (a B(a, b)) · 1/(1 + d1/(1 + d2/(1 + …)))
//   d_2m = m (b − m) x / ((a + 2m − 1)(a + 2m)),   d_2m+1 = −(a + m)(a + b + m) x / ((a + 2m)(a +
//   2m + 1))
//
// Source: Student 1908, "The probable error of a mean"; the fraction is DLMF 8.17.22, evaluated by
// the modified Lentz method.
#pragma once

namespace goodfit {

// I_x(a, b), the regularized incomplete beta function; 0 ≤ x ≤ 1, a and b above 0.
double incomplete_beta(double a, double b, double x);

// How likely |T| is above |t| by chance.
double student_p(double t, double freedom);

// The t that |T| stays below with this probability: 2.776 for 0.95 and 4.
double student_quantile(double within, double freedom);

}  // namespace goodfit
