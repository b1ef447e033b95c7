"""Student's t and the incomplete beta function as SciPy has them, for tests/golden/student.json."""
from scipy import special, stats

from write import write

FREEDOMS = [1, 2, 3, 4, 5, 9, 10, 30, 120, 1000]
cases = [{"freedom": v, "t": t, "p": float(2 * stats.t.sf(t, v))} for v in FREEDOMS
         for t in (0.0, 0.01, 0.5, 1.0, 2.0, 3.5, 10.0, 60.0)]
quantiles = [{"freedom": v, "within": p, "t": float(stats.t.ppf(0.5 + p / 2, v))} for v in FREEDOMS
             for p in (0.5, 0.9, 0.95, 0.99, 0.999)]
betas = [{"a": a, "b": b, "x": x, "value": float(special.betainc(a, b, x))} for a in (0.5, 1, 3, 40.5)
         for b in (0.5, 2, 17) for x in (0.0, 0.001, 0.1, 0.5, 0.9, 0.999, 1.0)]
differences = [0.031, 0.012, -0.004, 0.045, 0.027]
tested = stats.ttest_1samp(differences, 0)
write("student", {"quantiles": quantiles, "betas": betas, "differences": differences,
                  "paired": {"t": float(tested.statistic), "p": float(tested.pvalue)}, "cases": cases})
