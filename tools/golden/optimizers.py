"""Weights after steps of PyTorch's optimizers, in double, for tests/golden/optimizers.json.

Rules that PyTorch 1.13 lacks come from rules.py. "rows" says that the eight weights are a matrix.

All cases share one start and one table of gradients. Their numbers are multiples of powers of two, so
that float and double begin with the same values. The gradients of the eight weights differ in kind:
steady, noisy, alternating, rare, zero, tiny, large, fading. A rule that takes the curvature from them
needs those of a function; it walks down a logistic regression instead.
"""
import random

import torch

import rules
from write import write

STEPS, EPOCH, CHECKED = 24, 4, [1, 2, 3, 12, 24]


def exact(x, unit):
    return round(x / unit) * unit


def table():
    draw = random.Random(7)
    rows = []
    for t in range(STEPS):
        noise = draw.gauss(0, 1)
        rows.append([
            0.5,
            exact(noise, 2**-6),
            1.25 if t % 2 else -1.0,
            exact(noise, 2**-4) if t % 7 == 3 else 0.0,
            0.0,
            exact(draw.gauss(0, 2**-10), 2**-16),
            exact(draw.gauss(0, 16), 2**-2),
            exact(0.8**t, 2**-10),
        ])
    return rows


def samples():
    draw = random.Random(11)
    return [[exact(draw.gauss(0.5, 1), 2**-6) for _ in range(8)] for _ in range(40)]


START = [1.0, -0.5, 0.25, 2.0, -1.5, 0.125, -3.0, 0.75]
GRADIENTS = table()
SAMPLES, PULL = samples(), 0.0625


def logistic(w):
    x = torch.tensor(SAMPLES, dtype=torch.double)
    return torch.nn.functional.softplus(-x @ w.flatten()).mean() + PULL / 2 * (w * w).sum()


# key in goodfit, PyTorch's class, our settings, PyTorch's settings
def cases():
    sgd, nag, adagrad = torch.optim.SGD, torch.optim.SGD, torch.optim.Adagrad
    rmsprop, adam, adamw = torch.optim.RMSprop, torch.optim.Adam, torch.optim.AdamW

    def same(key, rule, **settings):
        return key, rule, settings, settings

    def adams(key, rule, betas=None, **settings):
        named = {name: value for name, value in settings.items() if name != "foreach"}
        ours = dict(named, **({} if betas is None else {"beta1": betas[0], "beta2": betas[1]}))
        theirs = dict(settings, **({} if betas is None else {"betas": betas}))
        return key, rule, ours, theirs

    def amsgrad(rule, decoupled=False, **settings):
        _, _, ours, theirs = adams("amsgrad", rule, **settings)
        return "amsgrad", rule, dict(ours, decoupled=decoupled), dict(theirs, amsgrad=True)

    def lookahead(inner, rule, every=5, alpha=0.5, **settings):
        ours = {"optimizer": dict(settings, type=inner), "every": every, "alpha": alpha}
        return "lookahead", rules.Lookahead, ours, dict(settings, inner=rule, every=every, alpha=alpha)

    def ema(inner, rule, decay, warmup=False, **settings):
        ours = {"optimizer": dict(settings, type=inner), "decay": decay, "warmup": warmup}

        def average(a, w, n):
            t = n.item() + 1
            d = min(decay, (1 + t) / (10 + t)) if warmup else decay
            return d * a + (1 - d) * w
        return "ema", rules.Averaged, ours, dict(settings, inner=rule, counts=lambda t: True,
                                                 average=average)

    def swa(inner, rule, start, every, **settings):
        ours = {"optimizer": dict(settings, type=inner), "start": start, "every": every}

        def counts(t):
            return t > int(start * STEPS) and t % (every * EPOCH) == 0
        return "swa", rules.Averaged, ours, dict(settings, inner=rule, counts=counts)

    def sam(inner, rule, **settings):  # whose second gradient is here the first
        return "sam", rule, {"optimizer": dict(settings, type=inner)}, settings

    def nesterov(momentum, **settings):
        return ("nag", nag, dict(settings, momentum=momentum),
                dict(settings, momentum=momentum, nesterov=True))

    def lbfgs(**settings):
        named = {"history": "history_size"}
        theirs = {named.get(key, key): value for key, value in settings.items()}
        return "lbfgs", torch.optim.LBFGS, settings, {"history_size": 10, **theirs, "max_iter": 1}

    def accumulated(initial, **settings):
        return ("adagrad", adagrad, dict(settings, initial=initial),
                dict(settings, initial_accumulator_value=initial))

    return [
        same("sgd", sgd),
        same("sgd", sgd, weight_decay=0.1),
        same("sgd", sgd, momentum=0.9),
        same("sgd", sgd, momentum=0.9, dampening=0.5),
        same("sgd", sgd, momentum=0.8, dampening=0.25, weight_decay=0.1),
        nesterov(0.9),
        nesterov(0.5, weight_decay=0.1),
        same("adagrad", adagrad),
        same("adagrad", adagrad, lr_decay=0.1),
        same("adagrad", adagrad, weight_decay=0.1, eps=1e-3),
        accumulated(0.5, lr_decay=0.02, weight_decay=0.1),
        same("rmsprop", rmsprop),
        same("rmsprop", rmsprop, alpha=0.9, eps=1e-3),
        same("rmsprop", rmsprop, weight_decay=0.1),
        same("rmsprop", rmsprop, momentum=0.9),
        same("rmsprop", rmsprop, centered=True, eps=1e-3),
        same("rmsprop", rmsprop, alpha=0.9, momentum=0.5, centered=True, eps=1e-2,
             weight_decay=0.1),
        adams("adam", adam),
        adams("adam", adam, betas=(0.8, 0.95), eps=1e-3),
        adams("adam", adam, weight_decay=0.1),
        adams("adamw", adamw),
        adams("adamw", adamw, weight_decay=0.0),
        adams("adamw", adamw, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.3),
        same("adadelta", torch.optim.Adadelta),
        same("adadelta", torch.optim.Adadelta, rho=0.7, eps=1e-2, weight_decay=0.1),
        amsgrad(adam),
        amsgrad(adam, betas=(0.8, 0.7), eps=1e-3, weight_decay=0.1),
        amsgrad(adamw, decoupled=True, weight_decay=0.3),
        adams("adamax", torch.optim.Adamax),
        adams("adamax", torch.optim.Adamax, betas=(0.8, 0.7), eps=1e-2, weight_decay=0.1),
        # foreach: without it PyTorch 1.13 counts the last momentum twice, which later versions do not
        adams("nadam", torch.optim.NAdam, foreach=True),
        adams("nadam", torch.optim.NAdam, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1,
              momentum_decay=0.1, foreach=True),
        adams("radam", torch.optim.RAdam),
        adams("radam", torch.optim.RAdam, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1),
        adams("radam", torch.optim.RAdam, betas=(0.5, 0.6)),  # never knows the root well enough
        same("lion", rules.Lion),
        same("lion", rules.Lion, beta1=0.8, beta2=0.9, weight_decay=0.3),
        same("adabelief", rules.AdaBelief),
        same("adabelief", rules.AdaBelief, beta1=0.8, beta2=0.95, eps=1e-3, weight_decay=0.1),
        same("lars", rules.Lars),
        same("lars", rules.Lars, momentum=0.5, weight_decay=0.1, trust=0.5),
        same("lamb", rules.Lamb),
        same("lamb", rules.Lamb, beta1=0.8, beta2=0.95, eps=1e-3, weight_decay=0.1),
        same("adafactor", rules.Adafactor),
        same("adafactor", rules.Adafactor, beta2_decay=-0.5, eps1=1e-2, eps2=2.0, clip=0.5,
             weight_decay=0.1),
        same("muon", rules.Muon),
        same("muon", rules.Muon, momentum=0.8, nesterov=False, steps=3, adjust="original",
             weight_decay=0.3, beta1=0.8, beta2=0.95, eps=1e-3),
        lookahead("sgd", sgd, momentum=0.9),
        lookahead("adam", adam, every=3, alpha=0.75, weight_decay=0.1),
        same("schedule_free_sgd", rules.ScheduleFreeSgd),
        same("schedule_free_sgd", rules.ScheduleFreeSgd, momentum=0.5, weight_decay=0.1, warmup_steps=5,
             r=0.5, weight_lr_power=1.0),
        same("schedule_free_adamw", rules.ScheduleFreeAdamW),
        same("schedule_free_adamw", rules.ScheduleFreeAdamW, beta1=0.8, beta2=0.95, eps=1e-3,
             weight_decay=0.1, warmup_steps=5, r=1.0, weight_lr_power=1.5),
        same("prodigy", rules.Prodigy),
        same("prodigy", rules.Prodigy, d0=1e-3, beta1=0.8, beta2=0.9, beta3=0.7, eps=1e-3, weight_decay=0.1,
             d_coef=2.0, growth_rate=1.5, bias_correction=True),
        same("prodigy", rules.Prodigy, d0=1e-3, safeguard_warmup=True),
        lbfgs(),
        lbfgs(history=3),
        lbfgs(history=1, tolerance_grad=1e-2),  # which it comes below
        lbfgs(tolerance_change=1e-3),
        ema("sgd", sgd, 0.9, momentum=0.9),
        ema("adam", adam, 0.9, warmup=True),
        swa("sgd", sgd, 0.4, 1, momentum=0.9),
        swa("adam", adam, 0.25, 2),
        sam("sgd", sgd, momentum=0.9),
        sam("adamw", adamw),
    ]


def follow(rule, settings, lrs, momenta=None, rows=1, loss=None):
    shape = [-1] if rows == 1 else [rows, -1]
    w = torch.tensor(START, dtype=torch.double).reshape(shape).requires_grad_()
    optimizer = rule([w], lr=lrs[0], **settings)
    seen, shown = {}, {}
    for t in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = lrs[t]
            if momenta and "betas" in group:
                group["betas"] = (momenta[t], group["betas"][1])
            elif momenta:
                group.update({name: momenta[t] for name in ("momentum", "beta1") if name in group})
        if loss is None:
            w.grad = torch.tensor(GRADIENTS[t], dtype=torch.double).reshape(shape)
        else:
            w.grad, = torch.autograd.grad(loss(w), [w])
        optimizer.step(*([lambda: 0.0] if rule is torch.optim.LBFGS else []))  # w.grad is what counts
        if t + 1 in CHECKED:
            seen[str(t + 1)] = w.detach().flatten().tolist()
            if hasattr(optimizer, "shown"):
                shown[str(t + 1)] = optimizer.shown().detach().flatten().tolist()
    return {"weights": seen, **({"evaluated": shown} if shown else {})}


def main():
    one, steady = [1.0] * STEPS, [0.0625] * STEPS
    falling = [exact(0.125 * 0.9**t, 2**-12) for t in range(STEPS)]
    moving = [exact(0.95 - 0.01 * t, 2**-10) for t in range(STEPS)]
    lines = []
    moved = set()
    for key, rule, ours, theirs in cases():
        if key == "lbfgs":
            for lr in ("one", "falling"):
                lines.append({"type": key, "settings": ours, "lr": lr, "gradients": "logistic",
                              **follow(rule, theirs, {"one": one, "falling": falling}[lr], loss=logistic)})
            continue
        lines.append({"type": key, "settings": ours, "lr": "steady",
                      **follow(rule, theirs, steady)})
        if key in ("adafactor", "muon"):  # which see matrices in another way
            for rows in (2, 4):
                lines.append({"type": key, "settings": ours, "lr": "falling", "rows": rows,
                              **follow(rule, theirs, falling, rows=rows)})
        if key not in moved:  # the trainer's side: an lr and a momentum that change at every step
            moved.add(key)
            lines.append({"type": key, "settings": ours, "lr": "falling",
                          **follow(rule, theirs, falling)})
            # nadam counts momentum its own way; y of another momentum is another y
            if key not in ("adagrad", "adadelta", "adafactor", "nadam", "schedule_free_sgd",
                           "schedule_free_adamw"):
                lines.append({"type": key, "settings": ours, "lr": "falling", "momentum": "moving",
                              **follow(rule, theirs, falling, moving)})
    write("optimizers", {"torch": torch.__version__, "start": START, "gradients": GRADIENTS,
                         "samples": SAMPLES, "pull": PULL, "epoch": EPOCH, "one": one, "steady": steady, "falling": falling, "moving": moving, "cases": lines})


if __name__ == "__main__":
    main()
