"""W1.textbook in scikit-learn: MLPClassifier, one batch at a call."""
import warnings

import worker


class Textbook:
    def __init__(self, tensors, workload, variant):
        import numpy
        from sklearn.neural_network import MLPClassifier

        warnings.simplefilter("ignore")
        given = dict(tensors)
        features, targets = given.pop("features"), given.pop("targets").astype(int)
        self.batches = [(features[i : i + 32], targets[i : i + 32]) for i in range(0, 512, 32)]
        self.classes = numpy.unique(targets)
        values = list(given.values())
        self.weights = [w.T for w in values[0::2]]
        self.biases = values[1::2]
        self.fresh = lambda: MLPClassifier((8,), alpha=0, batch_size=32, shuffle=False)
        self.reset()

    def reset(self):
        self.model = self.fresh()
        self.model.partial_fit(*self.batches[0], classes=self.classes)  # makes the weights
        for own, first in zip(self.model.coefs_, self.weights):
            own[:] = first
        for own, first in zip(self.model.intercepts_, self.biases):
            own[:] = first
        optimizer = self.model._optimizer
        optimizer.t = 0
        for value in optimizer.ms + optimizer.vs:
            value[:] = 0
        self.at = 0

    def step(self):
        self.model.partial_fit(*self.batches[self.at])
        self.at = (self.at + 1) % len(self.batches)

    def check(self, steps):
        from sklearn.metrics import log_loss

        self.reset()
        for _ in range(steps):
            self.step()
        features, targets = self.batches[self.at]
        return log_loss(targets, self.model.predict_proba(features), labels=self.classes)


def describe(workload):
    import sklearn

    name = {"library": "sklearn", "version": sklearn.__version__, "variants": ["partial_fit"]}
    return {**name, "one_thread": True}


def load(threads, path):
    import numpy

    tensor = lambda raw, shape: numpy.frombuffer(raw, dtype="float32").reshape(shape)
    return worker.read_tensors(path, tensor)


worker.serve(describe, load, Textbook)
