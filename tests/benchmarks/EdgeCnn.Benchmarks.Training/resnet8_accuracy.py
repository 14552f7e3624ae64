"""What PyTorch reaches with the recipe of models/resnet8: resnet8_accuracy.py cifar10-jpeg-30k.zip [THREADS [SEED]].

The same pictures, network, initializers (He normal, biases 0), augmentation (mirror half of them, shift by up to 4 pixels either way,
interpolated, the border's pixels going on), normalization, batch of 64, SGD with momentum 0.9 and weight decay 0.0005 on weights
alone, and half a cosine from 0.1 over all steps. Only the random numbers differ. Needs python3-torch, python3-pil and python3-numpy.
"""
import io
import math
import sys
import time
import zipfile

import numpy
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

from pytorch import Block, ResNet8

BATCH, EPOCHS, RATE, SHIFT = 64, 20, 0.1, 4
MEAN, DEVIATION = (torch.tensor(x).view(1, 3, 1, 1) for x in ([0.491, 0.482, 0.447], [0.247, 0.243, 0.262]))


def pictures(archive, part):
    """All pictures of a part as bytes, channels first, and their classes."""
    names = sorted(name for name in archive.namelist() if name.startswith(part) and name.endswith(".jpg"))
    classes = sorted({name.split("/")[1] for name in names})
    pixels = [numpy.asarray(Image.open(io.BytesIO(archive.read(name))).convert("RGB")) for name in names]
    labels = [classes.index(name.split("/")[1]) for name in names]
    return torch.from_numpy(numpy.stack(pixels)).permute(0, 3, 1, 2).contiguous(), torch.tensor(labels)


def normalized(pixels):
    return ((pixels.float() / 255 - MEAN) / DEVIATION).to(memory_format=torch.channels_last)


def augmented(pixels):
    count, size = len(pixels), pixels.shape[-1]
    maps = torch.zeros(count, 2, 3)
    maps[:, 0, 0] = (torch.rand(count) < 0.5).float() * -2 + 1
    maps[:, 1, 1] = 1
    maps[:, :, 2] = (torch.rand(count, 2) * 2 - 1) * SHIFT / ((size - 1) / 2)
    grid = F.affine_grid(maps, pixels.shape, align_corners=True)
    return F.grid_sample(pixels.float(), grid, padding_mode="border", align_corners=True).round()


def create():
    network = ResNet8()
    for module in network.modules():
        if isinstance(module, Block) and isinstance(module.shortcut, nn.Conv2d):
            module.shortcut.bias = nn.Parameter(torch.zeros(module.shortcut.out_channels))
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return network.to(memory_format=torch.channels_last)


def accuracy(network, pixels, labels):
    network.eval()
    with torch.no_grad():
        right = sum((network(normalized(x)).argmax(1) == y).sum().item() for x, y in zip(pixels.split(500), labels.split(500)))
    network.train()
    return right / len(labels)


def main():
    torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    torch.manual_seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    with zipfile.ZipFile(sys.argv[1]) as archive:
        (pixels, labels), test = pictures(archive, "train/"), pictures(archive, "test/")
    network = create()
    weights = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() == 1]
    optimizer = torch.optim.SGD([{"params": weights, "weight_decay": 0.0005}, {"params": others}], lr=RATE, momentum=0.9)
    steps, step, start = EPOCHS * math.ceil(len(labels) / BATCH), 0, time.perf_counter()
    for epoch in range(1, EPOCHS + 1):
        total = 0.0
        for chosen in torch.randperm(len(labels)).split(BATCH):
            for group in optimizer.param_groups:
                group["lr"] = RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(network(normalized(augmented(pixels[chosen]))), labels[chosen])
            loss.backward()
            optimizer.step()
            total, step = total + loss.item() * len(chosen), step + 1
        print(f"epoch {epoch}/{EPOCHS}  loss {total / len(labels):.4f}  {time.perf_counter() - start:.0f} s", flush=True)
    print(f"test accuracy {100 * accuracy(network, *test):.2f} %")


if __name__ == "__main__":
    main()
