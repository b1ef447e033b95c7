"""What fastai's lr_find suggests for some curves, for tests/golden/lr_range.json: its valley, minimum and steep, and
its smoothing, written out from fastai/callback/schedule.py and learner.py, as fastai need not be installed."""
import math
import random

from write import write


def valley(losses):
    n = len(losses)
    max_start, max_end = 0, 0
    lds = [1] * n
    for i in range(1, n):
        for j in range(0, i):
            if losses[i] < losses[j] and lds[i] < lds[j] + 1:
                lds[i] = lds[j] + 1
            if lds[max_end] < lds[i]:
                max_end = i
                max_start = max_end - lds[max_end]
    sections = (max_end - max_start) / 3
    return max_start + int(sections) + int(sections / 2)


def steep(lrs, losses):
    slopes = [(losses[i + 1] - losses[i]) / (math.log(lrs[i + 1]) - math.log(lrs[i])) for i in range(len(lrs) - 1)]
    return slopes.index(min(slopes))


def case(seed, noise, begin, end, rise):
    draw = random.Random(seed)
    lrs = [1e-7 * 1e8 ** (i / 99) for i in range(100)]
    kept, losses, smoothed, mean = [], [], [], 0.0
    for i, lr in enumerate(lrs):
        at = math.log10(lr)
        share = min(1.0, max(0.0, (at - begin) / (end - begin)))
        loss = 2.3 - 1.8 * share + max(0.0, at - end) * rise + noise * draw.gauss(0, 1)
        kept.append(lr)
        losses.append(loss)
        mean = 0.98 * mean + 0.02 * loss
        smoothed.append(mean / (1 - 0.98 ** (i + 1)))
        if smoothed[-1] > 4 * min(smoothed):
            break
    lrs, curve = kept[10:-5], smoothed[10:-5]
    low = curve.index(min(curve))
    return {"lr": kept, "loss": losses, "smoothed": smoothed, "valley": lrs[valley(curve)], "minimum": lrs[low] / 10,
            "steepest": lrs[steep(lrs, curve)]}


write("lr_range", {"cases": [case(1, 0.02, -4, -2, 0.0), case(2, 0.1, -4, -1, 2.0), case(3, 0.2, -3, -2, 20.0),
                             case(4, 0.05, -5, -3, 5.0), case(5, 0.3, -3, 0, 1.0)]})
