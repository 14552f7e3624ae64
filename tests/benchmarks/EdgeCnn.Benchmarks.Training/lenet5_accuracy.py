"""How long PyTorch takes to an accuracy on MNIST: lenet5_accuracy.py MNIST EPOCHS THREADS SEED AIM prints epochs, seconds and accuracy.

The recipe of models/lenet5 with so many epochs: Xavier uniform, batch 64, SGD with momentum 0.9 and weight decay 0.0005 on weights alone,
half a cosine from 0.05 over all steps. The clock runs while it trains, neither while it loads (all images wait in memory as float32) nor
while it evaluates. PyTorch at its best: the faster of two memory layouts, found beforehand, and the caller sets MALLOC_*.
"""
import gzip
import math
import pathlib
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F

from pytorch import LeNet5, samples_per_second

BATCH, RATE = 64, 0.05


def read(folder, name):
    """A file in the format of MNIST, plain or compressed."""
    plain = pathlib.Path(folder) / name
    content = plain.read_bytes() if plain.exists() else gzip.decompress(plain.with_name(f"{name}.gz").read_bytes())
    header = 4 + 4 * content[3]
    return torch.from_numpy(numpy.frombuffer(content, numpy.uint8, offset=header).copy())


def load(folder, part):
    images = read(folder, f"{part}-images-idx3-ubyte").view(-1, 1, 28, 28).float() / 255
    return images, read(folder, f"{part}-labels-idx1-ubyte").long()


def create():
    network = LeNet5()
    for layer in network:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    return network


def accuracy(network, images, labels):
    with torch.no_grad():
        return sum((network(x).argmax(1) == y).sum().item() for x, y in zip(images.split(500), labels.split(500))) / len(labels)


def main():
    folder, epochs, threads, seed, aim = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
    torch.set_num_threads(threads)
    layout = max((torch.contiguous_format, torch.channels_last), key=lambda x: samples_per_second("lenet5", BATCH, 1, 0.9, x))
    (images, labels), test = load(folder, "train"), load(folder, "t10k")
    torch.manual_seed(seed)
    network = create().to(memory_format=layout)
    images = images.to(memory_format=layout)
    optimizer = torch.optim.SGD(
        [{"params": [p for p in network.parameters() if p.dim() > 1], "weight_decay": 0.0005},
         {"params": [p for p in network.parameters() if p.dim() == 1]}], lr=RATE, momentum=0.9)
    steps, step, seconds, reached = epochs * math.ceil(len(labels) / BATCH), 0, 0.0, 0.0
    for epoch in range(1, epochs + 1):
        start = time.perf_counter()
        for chosen in torch.randperm(len(labels)).split(BATCH):
            for group in optimizer.param_groups:
                group["lr"] = RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(network(images[chosen]), labels[chosen]).backward()
            optimizer.step()
            step += 1
        seconds += time.perf_counter() - start
        reached = accuracy(network, *test)
        if reached >= aim:
            break
    print(epoch, seconds, reached)


if __name__ == "__main__":
    main()
