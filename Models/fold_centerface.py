#!/usr/bin/env python3
"""Fold CenterFace's batch normalisations into its transposed convolutions and declare height and width dynamic.

    fold_centerface.py centerface.onnx OUTPUT.onnx

Why: in OpenCV 4.6 a second input size on the same network silently corrupts the outputs of the original file, worse
each time. Without the three batch normalisations it does not happen. The mathematics is unchanged:

    scale = gamma / sqrt(variance + epsilon)
    batch_norm(deconvolve(x, W)) = deconvolve(x, W * scale) + (beta - mean * scale)

The output depends on nothing but the input, so that its SHA-256 can stand in the manifest.

Where the facts come from: the ONNX operator documentation of BatchNormalization-9 and ConvTranspose-1 (the weight of
a transposed convolution is input channels x output channels x rows x columns).
"""

import sys

import numpy as np
import onnx
from onnx import numpy_helper

# How many batch normalisations the file has; another number means another file.
BATCH_NORMS = 3
# The outputs are at a quarter of the input's size.
STRIDE = 4


class FormatError(Exception):
    """The file is not the network that this script knows."""


def fold(graph):
    """Fold each BatchNormalization into the ConvTranspose that feeds it and nothing else."""
    constants = {tensor.name: tensor for tensor in graph.initializer}
    producers = {output: node for node in graph.node for output in node.output}
    readers = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)

    batch_norms = [node for node in graph.node if node.op_type == "BatchNormalization"]
    if len(batch_norms) != BATCH_NORMS:
        raise FormatError(f"{len(batch_norms)} batch normalisations, not {BATCH_NORMS}")
    for batch_norm in batch_norms:
        deconvolution = producers.get(batch_norm.input[0])
        if deconvolution is None or deconvolution.op_type != "ConvTranspose" or len(deconvolution.input) != 2:
            raise FormatError("a batch normalisation does not follow a transposed convolution without a bias")
        if len(readers[batch_norm.input[0]]) != 1:
            raise FormatError("a transposed convolution feeds more than its batch normalisation")
        attributes = {item.name: onnx.helper.get_attribute_value(item) for item in deconvolution.attribute}
        if attributes.get("group", 1) != 1:
            raise FormatError("a transposed convolution is grouped")

        gamma, beta, mean, variance = (
            numpy_helper.to_array(constants[name]).astype(np.float64) for name in batch_norm.input[1:5])
        epsilon = next(item.f for item in batch_norm.attribute if item.name == "epsilon")
        scale = gamma / np.sqrt(variance + epsilon)
        weight_name = deconvolution.input[1]
        weight = numpy_helper.to_array(constants[weight_name]).astype(np.float64) * scale[None, :, None, None]
        bias_name = weight_name.replace("weight", "bias")
        constants[weight_name].CopyFrom(numpy_helper.from_array(weight.astype(np.float32), weight_name))
        graph.initializer.append(numpy_helper.from_array((beta - mean * scale).astype(np.float32), bias_name))

        deconvolution.input.append(bias_name)
        deconvolution.output[0] = batch_norm.output[0]
        graph.node.remove(batch_norm)


def drop_unused(graph):
    """Remove constants that nobody reads any more, and constants from the list of inputs, where IR 3 had them."""
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    names = {tensor.name for tensor in kept}
    inputs = [value for value in graph.input if value.name in used and value.name not in names]
    if len(inputs) != 1:
        raise FormatError(f"{len(inputs)} inputs, not one")
    del graph.input[:]
    graph.input.extend(inputs)


def declare_dynamic(graph):
    """One picture, any height and width (the caller keeps both multiples of 32)."""
    def declare(value, channels, rows, columns):
        dimensions = value.type.tensor_type.shape.dim
        if len(dimensions) != 4 or dimensions[1].dim_value != channels:
            raise FormatError(f"{value.name} has an unknown shape")
        dimensions[0].dim_value = 1
        dimensions[2].dim_param = rows
        dimensions[3].dim_param = columns

    declare(graph.input[0], 3, "height", "width")
    if [value.name for value in graph.output] != ["537", "538", "539", "540"]:
        raise FormatError("unknown outputs")
    for value, channels in zip(graph.output, (1, 2, 2, 10)):  # heat map, scale, offset, landmarks
        declare(value, channels, f"height/{STRIDE}", f"width/{STRIDE}")


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    model = onnx.load(arguments[0])
    try:
        fold(model.graph)
        drop_unused(model.graph)
        declare_dynamic(model.graph)
    except FormatError as error:
        print(f"fold_centerface: {arguments[0]}: {error}", file=sys.stderr)
        return 1
    onnx.checker.check_model(model)
    with open(arguments[1], "wb") as file:
        file.write(model.SerializeToString(deterministic=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
