#!/usr/bin/env python3
"""Writes reference.json beside itself: what PyTorch 1.13 computes, in double precision, for the tests to compare with.

usage: /usr/bin/python3 reference.py    (Debian: apt-get install python3-torch)
"""
import json
import pathlib
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(1)


def numbers(*shape, low=-1.0, high=1.0):
    """Random numbers of three decimals, so that the file is short and exact."""
    return torch.round((torch.rand(*shape, generator=generator) * (high - low) + low) * 1000) / 1000


def listed(tensor):
    return [float(f"{value:.15g}") for value in tensor.detach().flatten().tolist()]


def optimizers():
    start, gradients = numbers(11), numbers(8, 11)
    gradients[3, 4] = 0
    makers = {
        "sgd": (lambda w: torch.optim.SGD(w, 0.1, momentum=0.9, weight_decay=0.01), {"momentum": 0.9, "weightDecay": 0.01}),
        "nesterov": (lambda w: torch.optim.SGD(w, 0.1, momentum=0.9, nesterov=True), {"momentum": 0.9}),
        "adaGrad": (lambda w: torch.optim.Adagrad(w, 0.1), {}),
        "adaDelta": (lambda w: torch.optim.Adadelta(w, 0.1, rho=0.9, eps=1e-6), {}),
        "rmsProp": (lambda w: torch.optim.RMSprop(w, 0.1, alpha=0.95, momentum=0.5), {"decay": 0.95, "momentum": 0.5}),
        "rprop": (lambda w: torch.optim.Rprop(w, 0.1), {}),
        "adam": (lambda w: torch.optim.Adam(w, 0.1), {}),
        "adamW": (lambda w: torch.optim.AdamW(w, 0.1, weight_decay=0.05), {"weightDecay": 0.05}),
    }
    runs = {}
    for kind, (make, settings) in makers.items():
        w = start.clone().requires_grad_()
        optimizer = make([w])
        steps = []
        for gradient in gradients:
            w.grad = gradient.clone()
            optimizer.step()
            steps.append(listed(w))
        runs[kind] = {"settings": settings, "values": steps}
    return {"rate": 0.1, "start": listed(start), "gradients": [listed(g) for g in gradients], "runs": runs}


def losses():
    logits, target = numbers(2, 4, low=-3, high=3), numbers(2, 4, low=0, high=1)
    classes = torch.tensor([2, 0])
    one_hot = F.one_hot(classes, 4).double()
    cases = {
        "binaryCrossEntropy": (target, lambda y: F.binary_cross_entropy_with_logits(y, target, reduction="sum")),
        "softmaxCrossEntropy": (one_hot, lambda y: F.cross_entropy(y, classes, reduction="sum")),
        "softmaxCrossEntropy smoothed by 0.1": (
            one_hot, lambda y: F.cross_entropy(y, classes, reduction="sum", label_smoothing=0.1)),
        "halfSumOfSquares": (target, lambda y: 0.5 * F.mse_loss(y, target, reduction="sum")),
        "meanSquaredError": (target, lambda y: 2 * F.mse_loss(y, target)),
    }
    result = {}
    for name, (wanted, loss) in cases.items():
        y = logits.clone().requires_grad_()
        value = loss(y)
        value.backward()
        result[name] = {"target": listed(wanted), "loss": value.item(), "gradient": listed(y.grad)}
    return {"output": listed(logits), "cases": result}


def activations():
    x = torch.tensor([-7, -4, -3.1, -2.5, -1, -0.3, -0.001, 0.002, 0.5, 1, 2.9, 3.2, 6.5])
    # F.hardsigmoid itself multiplies gradients by 1/6 in single precision.
    functions = {
        "relu": F.relu, "relu6": F.relu6, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "leakyRelu": F.leaky_relu, "elu": F.elu,
        "hardSwish": F.hardswish, "hardSigmoid": lambda x: F.relu6(x + 3) / 6, "gelu": F.gelu,
        "softmax": lambda x: F.softmax(x, 0),
    }
    delta = numbers(len(x))
    result = {}
    for name, f in functions.items():
        x1 = x.clone().requires_grad_()
        y = f(x1)
        y.backward(delta)
        result[name] = {"values": listed(y), "gradient": listed(x1.grad)}
    return {"x": listed(x), "delta": listed(delta), "functions": result}


def layers():
    """Convolutions. Everything is written with channels innermost; weights as (outputs, kernel, inputs)."""
    cases = {}

    def case(name, shape, weight_shape, f, weights_of):
        """shape: (channels, places...); weight_shape: as in our files, the channels innermost."""
        x, w, b = numbers(1, *shape).requires_grad_(), numbers(*weight_shape).requires_grad_(), numbers(weight_shape[0]).requires_grad_()
        y = f(x, weights_of(w), b)
        delta = numbers(*y.shape)
        y.backward(delta)
        inner = lambda t: listed(t.movedim(1, -1))
        cases[name] = {
            "input": inner(x), "weights": listed(w), "bias": listed(b), "output": inner(y), "delta": inner(delta),
            "inputGradient": inner(x.grad), "weightGradient": listed(w.grad), "biasGradient": listed(b.grad),
        }

    last_to_second = lambda w: w.movedim(-1, 1)
    case("conv1d", (2, 7), (3, 3, 2), lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=2, dilation=2), last_to_second)
    case("conv2d dilated", (2, 6, 5), (3, 2, 3, 2), lambda x, w, b: F.conv2d(x, w, b, dilation=(2, 1)), last_to_second)
    case("conv2d grouped", (4, 4, 5), (6, 3, 3, 2), lambda x, w, b: F.conv2d(x, w, b, padding=1, stride=(1, 2), groups=2), last_to_second)
    case("conv3d", (2, 3, 4, 5), (3, 2, 3, 2, 2), lambda x, w, b: F.conv3d(x, w, b, stride=(1, 2, 1)), last_to_second)
    case("transposeConv2d", (2, 3, 4), (3, 3, 2, 2),
         lambda x, w, b: F.conv_transpose2d(x, w, b, stride=2, padding=1), lambda w: w.permute(3, 0, 1, 2))
    return cases


reference = {"optimizers": optimizers(), "losses": losses(), "activations": activations(), "layers": layers()}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference).replace('}, "', '},\n"') + "\n")
