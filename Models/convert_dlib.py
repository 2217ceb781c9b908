#!/usr/bin/env python3
"""Convert dlib's face descriptor network (.dat) into an ONNX file.

    convert_dlib.py dlib_face_recognition_resnet_model_v1.dat OUTPUT.onnx

The output depends on nothing but the input, so that its SHA-256 can stand in the manifest: every rounding is either
one IEEE operation for each element or an exactly rounded sum, and no time, host or version number is written.

Which sums belong to which block is not in the file but in dlib's examples/dnn_face_recognition_ex.cpp; that a sum pads
its smaller operand with zeros is in dlib/cuda/tensor_tools.h (add). The file format itself is in dlib_format.py.
"""

import math
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from dlib_format import FormatError, Reader, read_head, read_layers

# The input layer of dlib subtracts a mean for each colour and divides by this (dlib/dnn/input.h).
INPUT_SCALE = 256.0


def fold_input(weight, bias, means):
    """Fold (v - mean) / 256 into the first convolution, which is exact because that has no padding."""
    scaled = weight / INPUT_SCALE
    products = scaled * np.array(means)[None, :, None, None]
    shift = [math.fsum(one_filter.ravel()) for one_filter in products]  # exactly rounded on every processor
    return scaled, bias - np.array(shift)


def fold_affines(layers, means):
    """Fold the input's means and each affine layer into the convolution before it; the rest stays."""
    folded = []
    for layer in layers:
        if layer["kind"] == "con":
            weight, bias = layer["weight"].astype(np.float64), layer["bias"].astype(np.float64)
            if not folded:
                if any(layer["padding"]):
                    raise FormatError("the first convolution has padding: the means cannot be folded")
                weight, bias = fold_input(weight, bias, means)
            layer = dict(layer, weight=weight, bias=bias)
        if layer["kind"] == "affine":
            convolution = folded[-1]
            if convolution["kind"] != "con":
                raise FormatError("an affine layer does not follow a convolution")
            gamma, beta = layer["gamma"].astype(np.float64), layer["beta"].astype(np.float64)
            convolution["weight"] = convolution["weight"] * gamma[:, None, None, None]
            convolution["bias"] = convolution["bias"] * gamma + beta
        else:
            folded.append(layer)
    return folded


class Graph:
    """Collects ONNX nodes; a value is its name and its shape (channels, rows, columns)."""

    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def constant(self, name, array):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, operation, inputs, output=None, **attributes):
        self.count += 1
        output = output or f"{operation.lower()}_{self.count}"
        self.nodes.append(helper.make_node(operation, inputs, [output], name=f"{operation}_{self.count}", **attributes))
        return output

    def convolution(self, value, layer):
        name, shape = value
        key = f"convolution_{self.count + 1}"
        weight = self.constant(f"{key}.weight", layer["weight"].astype(np.float32))
        bias = self.constant(f"{key}.bias", layer["bias"].astype(np.float32))
        output = self.node("Conv", [name, weight, bias], kernel_shape=layer["kernel"], strides=layer["stride"],
                           pads=layer["padding"] * 2)
        return output, (layer["filters"], *self.window(shape, layer))

    def pool(self, value, layer, operation):
        name, shape = value
        if layer["kernel"] == [0, 0]:  # dlib's word for the whole picture
            return self.node("GlobalAveragePool", [name]), (shape[0], 1, 1)
        output = self.node(operation, [name], kernel_shape=layer["kernel"], strides=layer["stride"],
                           pads=layer["padding"] * 2)
        return output, (shape[0], *self.window(shape, layer))

    @staticmethod
    def window(shape, layer):
        """Rows and columns behind a sliding window; what does not fill a window is dropped."""
        return [(size + 2 * padding - kernel) // stride + 1 for size, padding, kernel, stride
                in zip(shape[1:], layer["padding"], layer["kernel"], layer["stride"])]

    def add(self, left, right):
        """dlib's sum of two differing shapes: both are padded with zeros at the end of each dimension."""
        shape = tuple(max(pair) for pair in zip(left[1], right[1]))
        return self.node("Add", [self.pad(left, shape), self.pad(right, shape)]), shape

    def pad(self, value, shape):
        name, old = value
        if tuple(old) == shape:
            return name
        ends = [new - size for new, size in zip(shape, old)]
        pads = self.constant(f"pads_{self.count + 1}", np.array([0, 0, 0, 0, 0, *ends], dtype=np.int64))
        return self.node("Pad", [name, pads], mode="constant")


def build(layers, side):
    """Build the ONNX model. A block begins behind the first pool and behind each ReLU that follows a sum."""
    graph = Graph()
    value = ("chip", (3, side, side))
    block_input, branch, after_sum = value, None, False
    for layer in layers:
        kind = layer["kind"]
        if kind == "con":
            value = graph.convolution(value, layer)
        elif kind == "relu":
            value = graph.node("Relu", [value[0]]), value[1]
            if after_sum:
                block_input, after_sum = value, False
        elif kind == "max_pool":
            value = block_input = graph.pool(value, layer, "MaxPool")
        elif kind == "avg_pool" and layer["kernel"] == [0, 0]:
            value = graph.pool(value, layer, "AveragePool")
        elif kind == "avg_pool":  # a block that halves the size: the pool works on the block's input
            branch, value = value, graph.pool(block_input, layer, "AveragePool")
        elif kind == "add_prev":
            value = graph.add(value, branch or block_input)
            branch, after_sum = None, True
        elif kind == "fc":
            flat = graph.node("Flatten", [value[0]], axis=1)
            # OpenCV 4.6 misreads a Gemm without transB, so the matrix is stored transposed.
            weight = graph.constant("descriptor.weight", layer["weight"].T)
            graph.node("Gemm", [flat, weight], output="descriptor", transB=1)
            value = ("descriptor", (layer["outputs"],))
    chip = helper.make_tensor_value_info("chip", TensorProto.FLOAT, [1, 3, side, side])
    descriptor = helper.make_tensor_value_info("descriptor", TensorProto.FLOAT, [1, *value[1]])
    body = helper.make_graph(graph.nodes, "dlib_face_recognition_resnet_model_v1", [chip], [descriptor],
                             graph.constants)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", 11)])
    model.ir_version = 6
    model.producer_name = "convert_dlib"
    onnx.checker.check_model(model)
    return model


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    with open(arguments[0], "rb") as file:
        reader = Reader(file.read())
    try:
        means, side = read_head(reader)
        layers = list(read_layers(reader))
        reader.expect(reader.at, len(reader.data), "length of the file")
        model = build(fold_affines(layers, means), side)
    except FormatError as error:
        print(f"convert_dlib: {arguments[0]}: {error}", file=sys.stderr)
        return 1
    with open(arguments[1], "wb") as file:
        file.write(model.SerializeToString(deterministic=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
