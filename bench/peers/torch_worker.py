"""Torch worker: what all peers in PyTorch share."""
import os

import worker


def build_of(torch):
    """Which libraries do the arithmetic, in a few words."""
    lines = [line.strip(" -") for line in torch.__config__.show().splitlines()]
    wanted = ("oneAPI Math", "MKL-DNN", "OpenMP", "CPU capability", "BLAS_INFO")
    found = [line for line in lines if any(word in line for word in wanted) and len(line) < 120]
    settings = next((line for line in lines if line.startswith("Build settings")), "")
    found += [part.strip() for part in settings.split(",") if part.strip().startswith("BLAS_INFO")]
    return "; ".join(found)


def optimizer_variants(newer, workload):
    """How the optimizer runs, and whether the model is compiled."""
    names = ["eager", "eager foreach"]
    return names + ["eager fused", "compile fused", "compile all foreach"] if newer else names


def image_variants(newer, workload):
    """The same with the layout of images; of optimizers the best, as they matter little here."""
    names = ["eager fused", "compile fused"] if newer else ["eager foreach"]
    return [f"{name} {layout}" for name in names for layout in ("channels_last", "contiguous")]


def optimizer_settings(variant):
    if "fused" in variant:
        return {"fused": True}
    return {"foreach": "foreach" in variant}


def in_layout(images, variant):
    """Images with channels last, as we have them, in PyTorch's order of axes."""
    images = images.permute(0, 3, 1, 2)
    return images if "channels_last" in variant else images.contiguous()


def serve(make, variants=optimizer_variants):
    """`make(torch, tensors, workload, variant)` gives the work; `variants(newer, workload)`
    names settings, where `newer` tells 2 from 1."""

    def describe(workload):
        import torch

        newer = int(torch.__version__.split(".")[0]) >= 2
        return {
            "library": "torch",
            "version": torch.__version__,
            "build": build_of(torch),
            "variants": variants(newer, workload),
        }

    def load(threads, path):
        os.environ["OMP_NUM_THREADS"] = str(threads)
        import torch

        torch.set_num_threads(threads)
        torch.manual_seed(1)
        tensor = lambda raw, shape: torch.frombuffer(raw, dtype=torch.float32).reshape(shape)
        return worker.read_tensors(path, tensor)

    def begin(tensors, workload, variant):
        import torch

        return make(torch, tensors, workload, variant)

    worker.serve(describe, load, begin)
