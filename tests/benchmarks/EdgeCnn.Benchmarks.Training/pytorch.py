"""Training throughput of PyTorch, for comparison: pytorch.py NETWORK BATCH THREADS SECONDS MOMENTUM prints samples per second.

Full steps (forward, loss, backward, SGD) on random data. PyTorch at its best: channels_last where that is faster,
memory kept by the allocator (the caller sets MALLOC_*), the OpenMP build of OpenBLAS.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class LeNet5(nn.Sequential):
    shape = (1, 28, 28)

    def __init__(self):
        super().__init__(
            nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(inplace=True), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(inplace=True), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.ReLU(inplace=True), nn.Linear(120, 84), nn.ReLU(inplace=True), nn.Linear(84, 10))


class Block(nn.Module):
    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.first = nn.Conv2d(inputs, filters, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(filters)
        self.second = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(filters)
        self.shortcut = nn.Conv2d(inputs, filters, 1, stride, bias=False) if stride > 1 else nn.Identity()

    def forward(self, x):
        y = F.relu(self.first_norm(self.first(x)), inplace=True)
        return F.relu(self.second_norm(self.second(y)) + self.shortcut(x), inplace=True)


class ResNet8(nn.Sequential):
    shape = (3, 32, 32)

    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(inplace=True),
            Block(16, 16, 1), Block(16, 32, 2), Block(32, 64, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class DsCnn(nn.Sequential):
    shape = (1, 49, 10)

    def __init__(self):
        layers = [nn.ZeroPad2d((1, 1, 4, 5)), nn.Conv2d(1, 64, (10, 4), 2, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True)]
        for _ in range(4):
            layers += [
                nn.Conv2d(64, 64, 3, 1, 1, groups=64, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True),
                nn.Conv2d(64, 64, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True)]
        super().__init__(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 12))


NETWORKS = {"lenet5": LeNet5, "resnet8": ResNet8, "dscnn": DsCnn}


def samples_per_second(name, batch, seconds, momentum, memory_format):
    torch.manual_seed(1)
    network = NETWORKS[name]().to(memory_format=memory_format)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=momentum)
    x = torch.randn(batch, *network.shape).to(memory_format=memory_format)
    y = torch.randint(0, 10, (batch,))

    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(x), y).backward()
        optimizer.step()

    for _ in range(5):
        step()
    best, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        step()
        best = min(best, time.perf_counter() - start)
    return batch / best


def main():
    name, batch, threads, seconds, momentum = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
    torch.set_num_threads(threads)
    formats = (torch.contiguous_format, torch.channels_last)
    print(max(samples_per_second(name, batch, seconds / len(formats), momentum, memory_format) for memory_format in formats))


if __name__ == "__main__":
    main()
