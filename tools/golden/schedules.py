"""The lr (and momentum) of PyTorch's schedulers at 60 steps, for tests/golden/schedules.json.

Schedules that move per epoch are asked once per epoch, one step to an epoch unless "epochs" says less.
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


def follow(key, settings, lr, make, history=None, steps=STEPS, epochs=None):
    rule = optimizer(lr)
    schedule = make(rule)
    lrs, momenta = [], []
    for t in range(steps):
        lrs.append(rule.param_groups[0]["lr"])
        momenta.append(rule.param_groups[0]["momentum"])
        rule.step()
        if t + 1 < steps:
            if epochs is not None:  # between whole epochs, as SGDR wants it
                schedule.step((t + 1) * epochs / steps)
            else:
                schedule.step(*([] if history is None else [history[t]]))
    case = {"type": key, "settings": settings, "steps": steps, "lr": lrs}
    if epochs is not None:
        case["epochs"] = epochs
    if key in ("one_cycle", "cyclic") and settings.get("cycle_momentum", True):
        case["momentum"] = momenta
    return case


def step(**settings):
    ours = dict(settings)
    return follow("step", ours, settings["base"], lambda rule: lr_scheduler.StepLR(
        rule, step_size=settings.get("every", 10), gamma=settings.get("gamma", 0.1)))


def multi_step(**settings):
    return follow("multi_step", settings, settings["base"], lambda rule: lr_scheduler.MultiStepLR(
        rule, milestones=settings["milestones"], gamma=settings.get("gamma", 0.1)))


def exponential(**settings):
    return follow("exponential", settings, settings["base"],
                  lambda rule: lr_scheduler.ExponentialLR(rule, gamma=settings["gamma"]))


def linear(start, end):
    top = max(start, end)
    return follow("linear", {"start": start, "end": end}, top, lambda rule: lr_scheduler.LinearLR(
        rule, start_factor=start / top, end_factor=end / top, total_iters=STEPS))


def polynomial(**settings):
    if "min" in settings:  # an end that PyTorch's has not
        height, power = settings["max"] - settings["min"], settings["power"]
        return follow("polynomial", settings, 1.0, lambda rule: lr_scheduler.LambdaLR(
            rule, lambda t: settings["min"] + height * (1 - t / STEPS) ** power))
    return follow("polynomial", settings, settings["max"], lambda rule: lr_scheduler.PolynomialLR(
        rule, total_iters=STEPS, power=settings.get("power", 1.0)))


def inverse_sqrt(width, warmup):
    """Equation 3 of the paper as it stands: d^-0.5 min(n^-0.5, n k^-1.5)."""
    top = (width * warmup) ** -0.5
    return follow("inverse_sqrt", {"max": top, "warmup": warmup}, 1.0,
                  lambda rule: lr_scheduler.LambdaLR(rule, lambda t: width**-0.5 * min(
                      (t + 1) ** -0.5, (t + 1) * warmup**-1.5)))


def trapezoid(rise, fall):
    """Straight pieces between the corners: up over rise · STEPS steps, down over fall · STEPS."""
    def share(t):
        return min(1.0, (t + 1) / (rise * STEPS + 1), (STEPS - t) / (fall * STEPS))

    return follow("trapezoid", {"max": 0.5, "rise": rise, "fall": fall}, 0.5,
                  lambda rule: lr_scheduler.LambdaLR(rule, share))


def by_expression(expression, function, scale):
    return follow("lambda", {"expression": expression, "scale": scale}, scale,
                  lambda rule: lr_scheduler.LambdaLR(rule, function))


def restarts(epochs=None, **settings):
    return follow("cosine_restarts", settings, settings["max"],
                  lambda rule: lr_scheduler.CosineAnnealingWarmRestarts(
                      rule, T_0=settings["period"], T_mult=settings.get("factor", 1),
                      eta_min=settings.get("min", 0.0)), epochs=epochs)


def cyclic(**settings):
    names = {"max": "max_lr", "base": "base_lr"}
    theirs = {names.get(key, key): value for key, value in settings.items()}
    return follow("cyclic", settings, 0.1, lambda rule: lr_scheduler.CyclicLR(rule, **theirs))


def sequential(key, settings, lr, milestones, *makers):
    return follow(key, settings, lr, lambda rule: lr_scheduler.SequentialLR(
        rule, [make(rule) for make in makers], milestones=milestones))


def warmup(steps, start, power, top):
    """LinearLR counts from 0 where ours counts from 1, so its first factor is one step further on."""
    return sequential(
        "warmup", {"schedule": {"type": "polynomial", "max": top, "power": power}, "steps": steps,
                   "start": start}, top, [steps],
        lambda rule: lr_scheduler.LinearLR(rule, start_factor=start + (1 - start) / steps,
                                           total_iters=steps - 1),
        lambda rule: lr_scheduler.PolynomialLR(rule, total_iters=STEPS - steps, power=power))


def sequence(unit):
    schedules = [{"type": "linear", "start": 0.02, "end": 0.2},
                 {"type": "cosine", "max": 0.2, "min": 0.01},
                 {"type": "exponential", "base": 0.2, "gamma": 0.9}]
    return sequential(
        "sequence", {"schedules": schedules, "milestones": [12, 40], "unit": unit}, 0.2, [12, 40],
        lambda rule: lr_scheduler.LinearLR(rule, start_factor=0.1, total_iters=12),
        lambda rule: lr_scheduler.CosineAnnealingLR(rule, T_max=28, eta_min=0.01),
        lambda rule: lr_scheduler.ExponentialLR(rule, gamma=0.9))


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
        multi_step(base=0.1, milestones=[30, 45]),
        multi_step(base=0.5, gamma=0.7, milestones=[3, 10, 10, 59]),
        exponential(base=0.1, gamma=0.95),
        exponential(base=0.5, gamma=0.7),
        linear(0.1, 0.0),
        linear(0.01, 0.5),
        polynomial(max=0.1),
        polynomial(max=0.5, power=0.9),
        polynomial(max=0.5, power=2.0),
        polynomial(max=0.5, min=0.01, power=2.0),
        inverse_sqrt(512, 12),
        by_expression("0.95^epoch", lambda t: 0.95**t, 0.1),
        by_expression("max(0.1, cos(pi * step / steps)) / sqrt(1 + epoch)",
                      lambda t: max(0.1, math.cos(math.pi * t / STEPS)) / math.sqrt(1 + t), 0.5),
        trapezoid(0.1, 0.25),
        restarts(max=0.1, period=7),
        restarts(max=0.1, min=0.01, period=5, factor=2),
        restarts(max=0.1, period=2, factor=3, epochs=20),
        cyclic(base=0.01, max=0.1, step_size_up=7),
        cyclic(base=0.01, max=0.1, step_size_up=3, step_size_down=8, base_momentum=0.6,
               max_momentum=0.95),
        cyclic(base=0.01, max=0.1, step_size_up=5, mode="triangular2"),
        cyclic(base=0.01, max=0.1, step_size_up=4, step_size_down=9, mode="triangular2",
               base_momentum=0.7, max_momentum=0.9),
        cyclic(base=0.01, max=0.1, step_size_up=4, step_size_down=2, mode="exp_range", gamma=0.97),
        cyclic(base=0.01, max=0.1, step_size_up=9, mode="exp_range", gamma=0.99, base_momentum=0.6,
               max_momentum=0.95),
        cyclic(base=0.01, max=0.1, step_size_up=7, cycle_momentum=False),
        warmup(steps=10, start=0.0, power=2.0, top=0.1),
        warmup(steps=7, start=0.25, power=0.9, top=0.5),
        sequence("step"),
        sequence("epoch"),
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
        plateau(noisy, base=0.2, patience=0, factor=0.8, threshold=0.02, cooldown=2, min=0.05),
    ]
    write("schedules", {"torch": torch.__version__, "noisy": noisy, "cases": cases})


if __name__ == "__main__":
    main()
