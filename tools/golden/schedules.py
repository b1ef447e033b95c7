"""The lr (and momentum) of PyTorch's schedulers at 60 steps, for tests/golden/schedules.json.

Schedules that move per epoch are asked once per epoch, one step to an epoch.
"""
import math
import random
import warnings

import torch
from torch.optim import lr_scheduler

from write import write

STEPS = 60
warnings.filterwarnings("ignore", message=".*scheduler.step.*")


def optimizer(lr, momentum=0.9):
    return torch.optim.SGD([torch.zeros(1, dtype=torch.double, requires_grad=True)], lr=lr,
                           momentum=momentum)


def follow(key, settings, lr, make, history=None, steps=STEPS):
    rule = optimizer(lr)
    schedule = make(rule)
    lrs, momenta = [], []
    for t in range(steps):
        lrs.append(rule.param_groups[0]["lr"])
        momenta.append(rule.param_groups[0]["momentum"])
        rule.step()
        if t + 1 < steps:
            schedule.step(*([] if history is None else [history[t]]))
    case = {"type": key, "settings": settings, "steps": steps, "lr": lrs}
    if key == "one_cycle" and settings.get("cycle_momentum", True):
        case["momentum"] = momenta
    return case


def step(**settings):
    ours = dict(settings)
    return follow("step", ours, settings["base"], lambda rule: lr_scheduler.StepLR(
        rule, step_size=settings.get("every", 10), gamma=settings.get("gamma", 0.1)))


def cosine(**settings):
    warmup, top = settings.get("warmup", 0), settings["max"]

    def make(rule):
        down = lr_scheduler.CosineAnnealingLR(rule, T_max=STEPS - warmup,
                                              eta_min=settings.get("min", 0.0))
        if warmup == 0:
            return down
        for group in rule.param_groups:  # undo what the first scheduler did to the lr
            group["lr"] = group["initial_lr"] = top
        up = lr_scheduler.LinearLR(rule, start_factor=1 / warmup, end_factor=1.0,
                                   total_iters=warmup - 1)
        return lr_scheduler.SequentialLR(rule, [up, down], milestones=[warmup])

    return follow("cosine", settings, top, make)


def one_cycle(steps=STEPS, **settings):
    names = {"max": "max_lr", "pct": "pct_start", "div": "div_factor",
             "final_div": "final_div_factor", "anneal": "anneal_strategy"}
    theirs = {names.get(key, key): value for key, value in settings.items()}
    return follow("one_cycle", settings, 0.1, lambda rule: lr_scheduler.OneCycleLR(
        rule, total_steps=steps, **theirs), steps=steps)


def plateau(history, **settings):
    theirs = {"min_lr" if key == "min" else key: value for key, value in settings.items()
              if key != "base"}
    case = follow("reduce_on_plateau", settings, settings["base"],
                  lambda rule: lr_scheduler.ReduceLROnPlateau(rule, **theirs), history)
    return dict(case, history="noisy")


def main():
    draw = random.Random(3)
    noisy = [round(0.3 + math.exp(-t / 8) + 0.04 * draw.gauss(0, 1), 4) for t in range(STEPS)]
    cases = [
        step(base=0.1),
        step(base=0.5, gamma=0.7, every=7),
        cosine(max=0.1),
        cosine(max=0.1, min=0.01),
        cosine(max=0.1, min=0.001, warmup=12),
        one_cycle(max=0.1),
        one_cycle(max=0.1, cycle_momentum=False),
        one_cycle(max=0.3, pct=0.45, div=10, final_div=100, anneal="linear", base_momentum=0.8,
                  max_momentum=0.9),
        one_cycle(max=0.1, steps=7),
        plateau(noisy, base=0.1),
        plateau(noisy, base=0.1, patience=2, factor=0.5),
        plateau(noisy, base=0.1, patience=2, factor=0.5, threshold=0.1),
        plateau(noisy, base=0.1, patience=1, factor=0.5, cooldown=4, min=0.004),
        plateau(noisy, base=0.1, patience=0),
    ]
    write("schedules", {"torch": torch.__version__, "noisy": noisy, "cases": cases})


if __name__ == "__main__":
    main()
