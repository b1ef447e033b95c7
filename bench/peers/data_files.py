"""W12: from a file to numbers in memory, in numpy, pandas, Pillow or torchvision.

All end as we do: with floats, as a net takes them.
"""
import pathlib
import sys
import tempfile

import worker


def read_idx(folder):
    import numpy

    read = lambda name, head: numpy.fromfile(folder / name, "uint8")[head:].astype("float32")
    for prefix in ("t10k", "train"):
        images = read(f"{prefix}-images-idx3-ubyte", 16).reshape(-1, 28, 28, 1)
        read(f"{prefix}-labels-idx1-ubyte", 8)
    return images


def read_pandas(engine):
    def read(folder):
        import pandas

        table = pandas.read_csv(folder / "table.csv", header=None, engine=engine, dtype="float32")
        return table.to_numpy()[:, :-1]

    return read


def read_numpy(folder):
    import numpy

    return numpy.loadtxt(folder / "table.csv", delimiter=",", dtype="float32")[:, :-1]


def pictures(decode):
    def read(folder):
        import numpy

        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return numpy.stack([decode(path) for path in files]).astype("float32")

    return read


def pillow(path):
    import numpy
    import PIL.Image

    return numpy.asarray(PIL.Image.open(path))


def torchvision(path):
    import torchvision.io

    return torchvision.io.read_image(str(path)).permute(1, 2, 0).numpy()


READERS = {
    "idx": {"numpy": read_idx},
    "csv": {"pandas": read_pandas("c"), "numpy": read_numpy},
    "png": {"PIL": pictures(pillow), "torchvision": pictures(torchvision)},
    "jpeg": {"PIL": pictures(pillow), "torchvision": pictures(torchvision)},
}


class Reading:
    def __init__(self, tensors, workload, variant):
        self.read = READERS[workload.partition(".")[2]][variant.split()[0]]
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.scratch.name)
        for name, values in tensors.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(values.astype("uint8").tobytes())

    def step(self):
        return self.read(self.folder)

    def check(self, steps):
        return float(self.read(self.folder).mean(dtype="float64") / 255)


def describe(workload):
    import numpy  # noqa: F401, which all of them need

    names, without = [], []
    for library in READERS[workload.partition(".")[2]]:
        try:
            names.append(f"{library} {__import__(library).__version__}")
        except ImportError as error:
            without.append(f"skipped, {error}")
    version = ".".join(map(str, sys.version_info[:2]))
    about = {"library": "python", "version": version, "variants": names, "without": without}
    return {**about, "one_thread": True}


def load(threads, path):
    import numpy

    tensor = lambda raw, shape: numpy.frombuffer(raw, dtype="float32").reshape(shape)
    return worker.read_tensors(path, tensor)


worker.serve(describe, load, Reading)
