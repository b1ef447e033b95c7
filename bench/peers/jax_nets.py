"""W1 and W2 in JAX: a step is one compiled function, or many are one loop inside of it."""
import os

import worker

NETS = {
    "W1": ([32, 64, 64, 10], 32, 0.1),
    "W1.textbook": ([4, 8, 3], 32, 0.0),
    "W2": ([784, 512, 512, 10], 128, 0.5),
    "W2.32": ([784, 512, 512, 10], 32, 0.5),
}
LR, BETA1, BETA2, EPS = 1e-3, 0.9, 0.999, 1e-8  # of Adam
NORM_EPS, NORM_SHARE = 1e-5, 0.1


class Net:
    """Weights as a tree: for each layer its tensors by name; the running ones have no gradient."""

    def __init__(self, tensors, workload, variant):
        import jax

        self.jax, self.np = jax, jax.numpy
        _, self.batch, self.dropout = NETS[workload]
        given = dict(tensors)
        features, targets = given.pop("features"), given.pop("targets")
        rows = lambda x: self.np.asarray(x.reshape(-1, self.batch, *x.shape[1:]))
        self.features, self.targets = rows(features), rows(targets).astype("int32")
        running = lambda name: "running" in name
        array = self.np.asarray
        self.weights = {k: array(v) for k, v in given.items() if not running(k)}
        self.running = {k: array(v) for k, v in given.items() if running(k)}
        self.layers = list(dict.fromkeys(name.rpartition(".")[0] for name in given))
        if "rbg" in variant:  # random numbers that are made faster
            jax.config.update("jax_default_prng_impl", "unsafe_rbg")
        self.key = jax.random.key(1)
        self.loop = "loop" in variant
        loops = lambda state, count, p: jax.lax.fori_loop(
            0, count, lambda i, s: self.advance(s, p), state
        )
        self.many = jax.jit(loops, static_argnums=2, donate_argnums=0)
        self.one = jax.jit(self.advance, static_argnums=1, donate_argnums=0)
        self.reset()

    def reset(self):
        copy = lambda tree: self.jax.tree.map(self.np.copy, tree)
        zeros = self.jax.tree.map(self.np.zeros_like, self.weights)
        self.state = {
            "weights": copy(self.weights),
            "running": copy(self.running),
            "mean": zeros,
            "square": copy(zeros),
            "number": self.np.int32(0),
        }

    def loss(self, weights, running, x, targets, key, p):
        np, jax, fresh = self.np, self.jax, dict(running)
        last = len([name for name in self.layers if weights[name + ".weight"].ndim == 2])
        seen = 0
        for name in self.layers:
            w = weights[name + ".weight"]
            if w.ndim == 2:
                seen += 1
                x = x @ w.T
                if name + ".bias" in weights:
                    x = x + weights[name + ".bias"]
                normed = name + ".bias" not in weights
            else:
                mean, variance, n = x.mean(0), x.var(0), x.shape[0]
                x = (x - mean) * jax.lax.rsqrt(variance + NORM_EPS) * w + weights[name + ".bias"]
                for what, now in (("mean", mean), ("var", variance * n / (n - 1))):
                    key_of = f"{name}.running_{what}"
                    fresh[key_of] = (1 - NORM_SHARE) * running[key_of] + NORM_SHARE * now
                normed = False
            if seen < last and not normed:
                x = np.maximum(x, 0)
                if p > 0:
                    key, own = jax.random.split(key)
                    x = np.where(jax.random.bernoulli(own, 1 - p, x.shape), x / (1 - p), 0)
        chosen = np.take_along_axis(jax.nn.log_softmax(x), targets[:, None], 1)
        return -chosen.mean(), fresh

    def advance(self, state, p):
        jax, np = self.jax, self.np
        at = state["number"] % self.features.shape[0]
        x, targets = self.features[at], self.targets[at]
        key = jax.random.fold_in(self.key, state["number"])
        slopes, running = jax.grad(self.loss, has_aux=True)(
            state["weights"], state["running"], x, targets, key, p
        )
        number = state["number"] + 1
        t = number.astype("float32")
        mean = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, state["mean"], slopes)
        square = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, state["square"], slopes)
        step = LR / (1 - BETA1**t)
        root = np.sqrt(1 - BETA2**t)
        weights = jax.tree.map(
            lambda w, m, v: w - step * m / (np.sqrt(v) / root + EPS), state["weights"], mean, square
        )
        return dict(weights=weights, running=running, mean=mean, square=square, number=number)

    def steps(self, count):
        if self.loop:
            self.state = self.many(self.state, count, self.dropout)
        else:
            for _ in range(count):
                self.state = self.one(self.state, self.dropout)
        self.jax.block_until_ready(self.state)

    def check(self, steps):
        self.reset()
        state = self.many(self.state, steps, 0.0)
        at = steps % self.features.shape[0]
        x, targets = self.features[at], self.targets[at]
        loss = self.loss(state["weights"], state["running"], x, targets, self.key, 0.0)[0]
        self.reset()
        return float(loss)


def describe(workload):
    import jax

    names = ["jit", "jit loop"]
    if NETS[workload][2] > 0:
        names += ["jit rbg", "jit rbg loop"]
    return {"library": "jax", "version": jax.__version__, "variants": names}


def load(threads, path):
    if threads == 1:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    os.environ["JAX_PLATFORMS"] = "cpu"
    import numpy

    tensor = lambda raw, shape: numpy.frombuffer(raw, dtype="float32").reshape(shape)
    return worker.read_tensors(path, tensor)


worker.serve(describe, load, Net)
