#!/usr/bin/env python3
"""Writes the numbers of this folder with PyTorch 1.13 (Debian: apt-get install python3-torch): batch_norm.json and losses.json.

usage: /usr/bin/python3 make_numbers.py
"""
import json
import math
import pathlib

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent
STEPS, BATCH = 100, 32


class Lcg:
    """The generator of Numerical Recipes; the tests have the same."""

    def __init__(self, seed):
        self.state = seed

    def bits(self, count):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return self.state >> (32 - count)


def images(seed):
    """Noisy copies of ten random pictures: (steps, batch, 1, 28, 28) and their labels."""
    random = Lcg(seed)
    pictures = [[random.bits(8) for _ in range(784)] for _ in range(10)]
    labels, pixels = [], []
    for _ in range(STEPS * BATCH):
        labels.append(random.bits(16) % 10)
        pixels += [(p + random.bits(8)) >> 1 for p in pictures[labels[-1]]]
    values = torch.tensor(pixels, dtype=torch.float32) / 255
    return values.view(STEPS, BATCH, 1, 28, 28), torch.tensor(labels).view(STEPS, BATCH)


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


class Flat(nn.Module):
    """Flattens in the order height, width, channels."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def lenet5():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        Flat(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def resnet8():
    def block(inputs, outputs, stride):
        body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1), nn.BatchNorm2d(outputs), nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1), nn.BatchNorm2d(outputs))
        return Residual(body, nn.Conv2d(inputs, outputs, 1, stride) if stride > 1 else nn.Identity())

    return nn.Sequential(
        nn.Conv2d(1, 16, 3, 1, 1), nn.BatchNorm2d(16), nn.ReLU(), block(16, 16, 1), block(16, 32, 2), block(32, 64, 2),
        nn.AvgPool2d(7), Flat(), nn.Linear(64, 10))


def initialize(network, seed):
    """Weights uniform in ± sqrt(3 / fan-in), drawn in the order outputs, height, width, inputs; biases 0."""
    random = Lcg(seed)
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            shape = layer.weight.shape
            bound = math.sqrt(3 / (layer.weight.numel() // shape[0]))
            values = [(2 * random.bits(24) / 2**24 - 1) * bound for _ in range(layer.weight.numel())]
            drawn = torch.tensor(values)
            if len(shape) == 4:
                drawn = drawn.view(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2)
            with torch.no_grad():
                layer.weight.copy_(drawn.reshape(shape))
                layer.bias.zero_()


def losses(network, rate):
    """
    ResNet8 learns slowly here: batch normalization of small batches is so sensitive that at a rate of 0.02 the curves of PyTorch's own
    single and double precision are 5 % apart after 100 steps; at 0.002 they are within 0.0004.
    """
    initialize(network, 1)
    weights = [layer.weight for layer in network.modules() if isinstance(layer, (nn.Conv2d, nn.Linear))]
    others = [p for p in network.parameters() if all(p is not weight for weight in weights)]
    optimizer = torch.optim.SGD(
        [{"params": weights, "weight_decay": 0.0005}, {"params": others, "weight_decay": 0}], lr=rate, momentum=0.9)
    result = []
    for x, labels in zip(*images(2)):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(x), labels)
        loss.backward()
        optimizer.step()
        result.append(round(loss.item(), 8))
    return result


def batch_norm():
    """One training step of 3 samples of 2 × 2 × 3, and inference after it; all tensors as (sample, height, width, channel)."""
    torch.set_default_dtype(torch.float64)
    layer = nn.BatchNorm2d(3, momentum=0.2)
    x = torch.tensor([[math.sin(7 * i + 3 * c) * (c + 1) + c for c in range(3)] for i in range(12)]).view(3, 2, 2, 3)
    delta = torch.tensor([[math.cos(5 * i + c) for c in range(3)] for i in range(12)]).view(3, 2, 2, 3)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([0.5, -1.5, 2]))
        layer.bias.copy_(torch.tensor([0.1, 0.2, -0.3]))
    first = x.permute(0, 3, 1, 2).requires_grad_()
    y = layer(first)
    y.backward(delta.permute(0, 3, 1, 2))
    flat = lambda t: t.detach().permute(0, 2, 3, 1).flatten().tolist()
    trained = flat(y)
    layer.eval()
    return {
        "input": x.flatten().tolist(), "delta": delta.flatten().tolist(), "output": trained, "inputGradient": flat(first.grad),
        "scaleGradient": layer.weight.grad.tolist(), "biasGradient": layer.bias.grad.tolist(),
        "mean": layer.running_mean.tolist(), "variance": layer.running_var.tolist(), "inferred": flat(layer(first)),
    }


def write(name, numbers):
    lines = [f'  "{key}": {json.dumps(values)}' for key, values in numbers.items()]
    (FOLDER / name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


torch.manual_seed(0)
write("losses.json", {"lenet5": losses(lenet5(), 0.02), "resnet8": losses(resnet8(), 0.002)})
write("batch_norm.json", batch_norm())
