"""goodfit train TABLE, without a recipe, beside scikit-learn's MLP with its defaults and the best of 20 of them.

  python3 bench/tables/compare.py [--goodfit build/goodfit] [--tables digits,houses] [--seeds 5] [--only ours] [KEY=VALUE …]

Each table is split five times, 75 % to train and 25 % to test. Ours is the command on the training file alone; it holds a
tenth of that out to choose the epoch. scikit-learn gets what our inputs are: numbers standardized with gaps at the mean and
an input that says so, categories one-hot, dates as day, year and week; and targets standardized, without which it fails.
The best of 20 is chosen on a fifth of the training rows, then trained on all. Errors: 1 - accuracy, 1 - auroc for visits,
where one class is rare, and rmse. Results are kept in bench/tables/sklearn.json, which --only ours reads.
"""
import argparse
import csv
import datetime
import gzip
import itertools
import json
import math
import os
import pathlib
import subprocess
import tempfile
import warnings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np  # noqa: E402

import make as tables  # noqa: E402

root = pathlib.Path(__file__).parent.parent.parent
targets = {"digits": "64", "friedman": "y", "houses": "price", "visits": "came", "claims": "amount"}
numbers = {"friedman", "houses", "claims"}


def rows_of(name, folder):
    path = root / "data" / f"{name}.csv.gz" if name in ("digits", "friedman") else folder / f"{name}.csv"
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt") as file:
        rows = list(csv.reader(file))
    head = rows.pop(0) if name != "digits" else [str(i) for i in range(65)]
    return head, rows


def split(count, seed):
    order = np.random.RandomState(seed).permutation(count)
    return order[count // 4:], order[:count // 4]


def is_number(text):
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def inputs_of(head, rows, train, target):
    """Standardized numbers, dates, one-hot categories; fitted on the training rows."""
    parts = []
    for i, name in enumerate(head):
        column = [row[i] for row in rows]
        if name in (target, "id"):
            continue
        given = [value for value in column if value not in ("", "?")]
        if all(value[:4].isdigit() and value[4:5] == "-" for value in given):
            days = np.array([(datetime.date.fromisoformat(v) - datetime.date(1970, 1, 1)).days for v in column], float)
            for period in (None, 365.2425, 7):
                parts += [days] if period is None else [np.sin(2 * np.pi * days / period), np.cos(2 * np.pi * days / period)]
        elif all(is_number(value) for value in given):
            parts.append(np.array([float(v) if is_number(v) else np.nan for v in column]))
            if len(given) < len(column):
                parts.append(np.isnan(parts[-1]).astype(float))
        else:
            parts += [np.array([v == value for v in column], float) for value in sorted(set(column))]
    x = np.stack(parts, 1)
    mean, std = np.nanmean(x[train], 0), np.nanstd(x[train], 0)
    x = (x - mean) / np.where(std > 0, std, 1)
    return np.where(np.isnan(x), 0, x)


def sklearn_errors(name, head, rows, seed):
    from sklearn.metrics import roc_auc_score
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    target = targets[name]
    train, test = split(len(rows), seed)
    x = inputs_of(head, rows, train, target)
    column = [row[head.index(target)] for row in rows]
    if name in numbers:
        y = np.array(column, float)
        mean, std = y[train].mean(), y[train].std()
        fitted = (y - mean) / std
    else:
        y = fitted = np.unique(column, return_inverse=True)[1]

    def error(settings, fit, check):
        model = (MLPRegressor if name in numbers else MLPClassifier)(random_state=seed, **settings)
        model.fit(x[fit], fitted[fit])
        if name in numbers:
            return float(np.sqrt(np.mean((model.predict(x[check]) * std + mean - y[check]) ** 2)))
        if name == "visits":
            return 1 - roc_auc_score(y[check], model.predict_proba(x[check])[:, 1])
        return 1 - model.score(x[check], y[check])

    grid = [dict(hidden_layer_sizes=hidden, alpha=alpha, learning_rate_init=lr) for hidden, alpha, lr in itertools.product(
        [(100,), (300,), (64, 64), (200, 100), (100, 100, 100)], [1e-4, 1e-1], [1e-3, 1e-2])]
    cut = len(train) // 5
    best = min(grid, key=lambda settings: error(settings, train[cut:], train[:cut]))
    return error({}, train, test), error(best, train, test), best


def our_error(name, head, rows, seed, goodfit, folder, overrides):
    train, test = split(len(rows), seed)
    for part, chosen in (("train", train), ("test", test)):
        with open(folder / f"{part}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows(([] if name == "digits" else [head]) + [rows[i] for i in chosen])
    run = folder / f"{name}-{seed}"
    subprocess.run([goodfit, "train", folder / "train.csv", "--target", targets[name], "--quiet", "--out", run,
                    "split.test=0", f"seed={seed + 1}", *overrides], check=True)
    said = subprocess.run([goodfit, "evaluate", run, folder / "test.csv", "--json"], check=True, capture_output=True)
    scores = json.loads(said.stdout)
    return scores["rmse"] if name in numbers else 1 - scores["auroc" if name == "visits" else "accuracy"]


def main():
    warnings.filterwarnings("ignore")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--goodfit", default=root / "build" / "goodfit", type=pathlib.Path)
    parser.add_argument("--tables", default=",".join(targets))
    parser.add_argument("--seeds", default=5, type=int)
    parser.add_argument("--only", choices=["ours", "sklearn"])
    parser.add_argument("overrides", nargs="*", metavar="KEY=VALUE", help="settings over those that ours finds")
    given = parser.parse_args()
    kept_in = pathlib.Path(__file__).parent / "sklearn.json"
    kept = json.loads(kept_in.read_text()) if kept_in.exists() else {}
    print("| table | ours | sklearn's MLP, defaults | best of 20 | ours / defaults | ours / best |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        tables.make(folder)
        for name in given.tables.split(","):
            head, rows = rows_of(name, folder)
            means = []
            if given.only != "sklearn":
                ours = [our_error(name, head, rows, seed, given.goodfit.resolve(), folder, given.overrides)
                        for seed in range(given.seeds)]
                means.append(ours)
            for seed in range(given.seeds):
                if f"{name} {seed}" not in kept:
                    if given.only == "ours":
                        continue
                    kept[f"{name} {seed}"] = sklearn_errors(name, head, rows, seed)
                    kept_in.write_text(json.dumps(kept, indent=1) + "\n")
            theirs = [kept[f"{name} {seed}"][:2] for seed in range(given.seeds) if f"{name} {seed}" in kept]
            means += list(zip(*theirs)) if theirs else [[math.nan], [math.nan]]
            shown = [f"{np.mean(m):.4g} ± {np.std(m):.2g}" for m in means]
            ratios = [f"{np.mean(means[0]) / np.mean(m):.3f}" for m in means[1:]] if given.only != "sklearn" else []
            print(f"| {name} | {' | '.join(shown + ratios)} |", flush=True)


if __name__ == "__main__":
    main()
