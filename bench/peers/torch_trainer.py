"""Trains an ONNX graph of a loss in PyTorch: the same architecture, the same batches, PyTorch's own kernels and autograd.

Each JSON line is answered with one JSON line. Tensors lie in a file, one after the other, as `{"name", "type", "shape"}` lists.
{"do": "open", "tensors", "file", "nodes", "parameters", "parts", "stops", "decayed", "weight_decay", "max_norm", "threads"},
{"do": "step", "tensors", "file", "learning_rate", "average_decay"}, {"do": "weights", "average", "file"}.
"""

import json
import sys
import time

import numpy as np
import torch
from torch.nn import functional

TYPES = {"float32": np.float32, "uint8": np.uint8, "int64": np.int64, "int32": np.int32, "bool": np.bool_}
TORCH_TYPES = {1: torch.float32, 2: torch.uint8, 6: torch.int32, 7: torch.int64, 9: torch.bool}
state = {}


def read_tensors(file, tensors):
    data = np.fromfile(file, np.uint8)
    at, found = 0, {}
    for tensor in tensors:
        kind = np.dtype(TYPES[tensor["type"]])
        size = int(np.prod(tensor["shape"])) * kind.itemsize
        array = data[at : at + size].view(kind).reshape(tensor["shape"])
        found[tensor["name"]] = torch.from_numpy(array.copy())
        at += size
    return found


def conv(a, x, weight, bias=None):
    top, left, bottom, right = a.get("pads", [0, 0, 0, 0])
    if (top, left) != (bottom, right):
        x, top, left = functional.pad(x, (left, right, top, bottom)), 0, 0
    strides, dilations = a.get("strides", [1, 1]), a.get("dilations", [1, 1])
    return functional.conv2d(x, weight, bias, strides, (top, left), dilations, a.get("group", 1))


def gemm(a, x, y, bias=None):
    x, y = x.T if a.get("transA") else x, y.T if a.get("transB") else y
    product = a.get("alpha", 1.0) * (x @ y)
    return product if bias is None else product + a.get("beta", 1.0) * bias


def space_to_depth(a, x):
    n, c, h, w = x.shape
    b = a["blocksize"]
    parts = x.reshape(n, c, h // b, b, w // b, b).permute(0, 3, 5, 1, 2, 4)
    return parts.reshape(n, c * b * b, h // b, w // b)


def batch_norm(a, x, scale, shift, mean, variance):
    y = functional.batch_norm(
        x, mean, variance, scale, shift, True, 1 - a.get("momentum", 0.9), a.get("epsilon", 1e-5)
    )
    return y, mean, variance


def resize(a, x, roi=None, scales=None, sizes=None):
    size = [int(v) for v in sizes[2:]] if sizes is not None else None
    factors = None if size else [float(v) for v in scales[2:]]
    if a.get("mode", "nearest") == "nearest":
        return functional.interpolate(x, size, factors, "nearest")
    return functional.interpolate(x, size, factors, "bilinear", align_corners=False)


def axes_of(a, axes, x):
    given = a.get("axes") if axes is None else [int(v) for v in axes]
    return list(range(x.dim())) if given is None else list(given)


def reduce(how):
    def run(a, x, axes=None):
        return how(x, axes_of(a, axes, x), bool(a.get("keepdims", 1)))

    return run


def slice_of(a, x, starts, ends, axes=None, steps=None):
    count = len(starts)
    axes = range(count) if axes is None else [int(v) for v in axes]
    steps = [1] * count if steps is None else [int(v) for v in steps]
    index = [slice(None)] * x.dim()
    for start, end, axis, step in zip(starts.tolist(), ends.tolist(), axes, steps):
        index[axis] = slice(start, end, step)
    return x[tuple(index)]


def split(a, x, sizes=None):
    axis = a.get("axis", 0)
    if sizes is None:
        return torch.split(x, -(-x.shape[axis] // a["num_outputs"]), axis)
    return torch.split(x, [int(v) for v in sizes], axis)


def gather_nd(a, x, index):
    """One index for all, since picking rows has a quick gradient where picking by several indices has not."""
    batch = a.get("batch_dims", 0)
    depth = index.shape[-1]
    places = [
        torch.arange(x.shape[d]).reshape([-1 if e == d else 1 for e in range(index.dim() - 1)])
        for d in range(batch)
    ] + [at.long() for at in index.unbind(-1)]
    row = torch.zeros(index.shape[:-1], dtype=torch.long)
    for size, at in zip(x.shape, places):
        row = row * size + torch.where(at < 0, at + size, at)
    rest = x.shape[batch + depth :]
    picked = torch.index_select(x.reshape((-1,) + tuple(rest)), 0, row.reshape(-1))
    return picked.reshape(tuple(index.shape[:-1]) + tuple(rest))


def gather(a, x, index):
    axis = a.get("axis", 0) % x.dim()
    picked = torch.index_select(x, axis, index.reshape(-1).long())
    return picked.reshape(x.shape[:axis] + index.shape + x.shape[axis + 1 :])


def topk(a, x, k):
    return torch.topk(x, int(k.reshape(-1)[0]), a.get("axis", -1), bool(a.get("largest", 1)))


def reshape(a, x, shape):
    return x.reshape([x.shape[i] if v == 0 else v for i, v in enumerate(shape.tolist())])


def unsqueeze(a, x, axes):
    for axis in sorted(int(v) % (x.dim() + len(axes)) for v in axes):
        x = x.unsqueeze(axis)
    return x


def dequantize(a, x, scale, zero=None):
    return (x.float() - (0 if zero is None else zero.float())) * scale


def clip(a, x, least=None, most=None):
    return torch.clamp(x, least, most)


def folded(pair):
    def run(a, *values):
        result = values[0]
        for value in values[1:]:
            result = pair(result, value)
        return result

    return run


def plain(function):
    return lambda a, *values: function(*values)


OPERATORS = {
    "Abs": plain(torch.abs),
    "Add": plain(torch.add),
    "And": plain(torch.logical_and),
    "BatchNormalization": batch_norm,
    "Cast": lambda a, x: x.to(TORCH_TYPES[a["to"]]),
    "Clip": clip,
    "Concat": lambda a, *values: torch.cat(values, a["axis"]),
    "Conv": conv,
    "DequantizeLinear": dequantize,
    "Div": plain(torch.div),
    "Exp": plain(torch.exp),
    "Flatten": lambda a, x: x.flatten(a.get("axis", 1)),
    "Gather": gather,
    "GatherND": gather_nd,
    "Gemm": gemm,
    "GlobalAveragePool": lambda a, x: x.mean((2, 3), keepdim=True),
    "Greater": plain(torch.gt),
    "GreaterOrEqual": plain(torch.ge),
    "Identity": lambda a, x: x,
    "Less": plain(torch.lt),
    "LessOrEqual": plain(torch.le),
    "Log": plain(torch.log),
    "LogSoftmax": lambda a, x: torch.log_softmax(x, a.get("axis", -1)),
    "MatMul": plain(torch.matmul),
    "Max": folded(torch.maximum),
    "Min": folded(torch.minimum),
    "Mul": plain(torch.mul),
    "Neg": plain(torch.neg),
    "Or": plain(torch.logical_or),
    "Pow": plain(torch.pow),
    "ReduceMax": reduce(lambda x, axes, keep: torch.amax(x, axes, keep)),
    "ReduceMean": reduce(lambda x, axes, keep: torch.mean(x, axes, keep)),
    "ReduceSum": reduce(lambda x, axes, keep: torch.sum(x, axes, keep)),
    "ReduceSumSquare": reduce(lambda x, axes, keep: torch.sum(x * x, axes, keep)),
    "Relu": plain(torch.relu),
    "Reshape": reshape,
    "Resize": resize,
    "Sigmoid": plain(torch.sigmoid),
    "Slice": slice_of,
    "Softplus": plain(functional.softplus),
    "SpaceToDepth": space_to_depth,
    "Split": split,
    "Sqrt": plain(torch.sqrt),
    "Sub": plain(torch.sub),
    "TopK": topk,
    "Transpose": lambda a, x: x.permute(a["perm"]),
    "Unsqueeze": unsqueeze,
    "Where": plain(torch.where),
}


def open_graph(file, tensors, nodes, parameters, parts, stops, decayed, weight_decay, max_norm, threads):
    torch.set_num_threads(threads)
    values = read_tensors(file, tensors)
    for name in parameters:
        values[name].requires_grad_(True)
    groups = [
        {"params": [values[n] for n in parameters if n in decayed], "weight_decay": weight_decay},
        {"params": [values[n] for n in parameters if n not in decayed], "weight_decay": 0.0},
    ]
    norms = [node for node in nodes if node["operator"] == "BatchNormalization"]
    statistics = [name for node in norms for name in node["inputs"][3:5]]
    state.update(values=values, nodes=nodes, parameters=parameters, parts=parts, stops=set(stops))
    state.update(optimiser=torch.optim.AdamW(groups), max_norm=max_norm, statistics=statistics)
    state["average"] = {n: values[n].detach().clone() for n in parameters}
    return {}


def loss_of(feeds):
    values = {**state["values"], **feeds}
    for node in state["nodes"]:
        inputs = [values[name] if name else None for name in node["inputs"]]
        result = OPERATORS[node["operator"]](node["attributes"], *inputs)
        results = result if isinstance(result, (tuple, list)) else (result,)
        for name, value in zip(node["outputs"], results):
            if name:
                values[name] = value.detach() if name in state["stops"] else value
    return values


def step(file, tensors, learning_rate, average_decay):
    started = time.perf_counter()
    values = loss_of(read_tensors(file, tensors))
    optimiser, parameters = state["optimiser"], [state["values"][n] for n in state["parameters"]]
    optimiser.zero_grad(set_to_none=True)
    values["loss"].backward()
    norm = torch.nn.utils.clip_grad_norm_(parameters, state["max_norm"])
    for group in optimiser.param_groups:
        group["lr"] = learning_rate
    optimiser.step()
    with torch.no_grad():
        average = [state["average"][n] for n in state["parameters"]]
        torch._foreach_lerp_(average, parameters, 1 - average_decay)
    parts = {name: float(values[name].detach()) for name in state["parts"]}
    seconds = time.perf_counter() - started
    return {"loss": float(values["loss"].detach()), "norm": float(norm.detach()), "parts": parts, "seconds": seconds}


def weights(file, average):
    parameters = state["average"] if average else state["values"]
    found = {name: parameters[name] for name in state["parameters"]}
    found.update({name: state["values"][name] for name in state["statistics"]})
    with open(file, "wb") as out:
        for value in found.values():
            out.write(value.detach().contiguous().numpy().tobytes())
    return {"tensors": [{"name": n, "shape": list(v.shape)} for n, v in found.items()]}


answers = {"open": open_graph, "step": step, "weights": weights}
for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = answers[question.pop("do")](**question)
    except Exception as error:  # told to the asker, who knows what to do with it
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
