"""Keeps the residual network of `data/residual-network.ts` in PyTorch and answers each JSON line with one JSON line.

Questions: {"do": "open", "batch", "size", "threads"}, then {"do": "step"} (forward, backward, SGD) or {"do": "forward"}
(inference mode), both answered with their seconds. An error is answered as {"error": "..."}.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional


def conv_norm(inputs, outputs, kernel, stride):
    conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = conv_norm(inputs, outputs, 3, stride)
        self.second = conv_norm(outputs, outputs, 3, 1)
        same = stride == 1 and inputs == outputs
        self.skip = nn.Identity() if same else conv_norm(inputs, outputs, 1, stride)

    def forward(self, x):
        return torch.relu(self.second(torch.relu(self.first(x))) + self.skip(x))


state = {}


def open_network(batch, size, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    blocks = [Block(32, 32, 1), Block(32, 64, 2), Block(64, 128, 2), Block(128, 256, 2)]
    pool = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(256, 10)]
    network = nn.Sequential(conv_norm(3, 32, 3, 2), nn.ReLU(), *blocks, *pool)
    optimiser = torch.optim.SGD(network.parameters(), 0.05)
    state.update(network=network, optimiser=optimiser)
    state.update(x=torch.rand(batch, 3, size, size), labels=torch.arange(batch) % 10)
    return {}


def step():
    state["network"].train()
    started = time.perf_counter()
    loss = functional.cross_entropy(state["network"](state["x"]), state["labels"])
    state["optimiser"].zero_grad()
    loss.backward()
    state["optimiser"].step()
    return {"seconds": time.perf_counter() - started}


def forward():
    state["network"].eval()
    started = time.perf_counter()
    with torch.no_grad():
        state["network"](state["x"])
    return {"seconds": time.perf_counter() - started}


answers = {"open": open_network, "step": step, "forward": forward}
for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = answers[question.pop("do")](**question)
    except Exception as error:  # told to the asker, who knows what to do with it
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
