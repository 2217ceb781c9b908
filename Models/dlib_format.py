"""Read dlib's face descriptor network (.dat) without dlib.

Where dlib (Boost Software License) defines the format:
  dlib/serialize.h, dlib/float_details.h   integers, floats, booleans, strings
  dlib/cuda/tensor_tools.h, dlib/dnn/tensor.h   tensors
  dlib/dnn/layers.h, dlib/dnn/core.h, dlib/dnn/input.h, dlib/dnn/loss.h   the layers, and their order
"""

import math

import numpy as np


class FormatError(Exception):
    """The file is not the network that this script knows."""


class Reader:
    """Reads dlib's portable serialisation."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, count):
        if self.at + count > len(self.data):
            raise FormatError(f"the file ends inside a value at byte {self.at}")
        piece = self.data[self.at:self.at + count]
        self.at += count
        return piece

    def integer(self):
        """One control byte (bit 7: sign, low four bits: length), then the magnitude, little-endian."""
        control = self.take(1)[0]
        length = control & 0x0F
        if control & 0x70 or length > 8:
            raise FormatError(f"no integer at byte {self.at - 1}")
        value = int.from_bytes(self.take(length), "little")
        return -value if control & 0x80 else value

    def floating(self):
        """Mantissa and binary exponent, both integers."""
        mantissa, exponent = self.integer(), self.integer()
        if abs(exponent) > 2000:  # dlib marks infinities and NaN by exponents of 32000 and more
            raise FormatError(f"a float at byte {self.at} is not finite")
        return math.ldexp(mantissa, exponent)

    def boolean(self):
        """The digit 0 or 1 in ASCII."""
        digit = self.take(1)
        if digit not in (b"0", b"1"):
            raise FormatError(f"no boolean at byte {self.at - 1}")
        return digit == b"1"

    def string(self):
        return self.take(self.integer()).decode("ascii")

    def tensor(self):
        """Version 2, four sizes, then float32 little-endian."""
        self.expect(self.integer(), 2, "tensor version")
        shape = [self.integer() for _ in range(4)]
        values = np.frombuffer(self.take(4 * math.prod(shape)), dtype="<f4")
        return values.reshape(shape)

    def alias(self):
        """A view into another tensor: version 1 and four sizes; the data lies in the tensor."""
        self.expect(self.integer(), 1, "alias version")
        return [self.integer() for _ in range(4)]

    def expect(self, found, wanted, what):
        if found != wanted:
            raise FormatError(f"{what} is {found!r} at byte {self.at}, not {wanted!r}")

    def layer_end(self, first):
        """What add_layer writes behind each layer: three flags and three tensors that only training needs."""
        for _ in range(3):
            self.boolean()
        for _ in range(3):
            self.tensor()
        if first:
            self.integer()  # how many pictures the input layer makes of one


def read_head(reader):
    """Read up to the first layer; return the means of red, green, blue and the side of the chip."""
    reader.expect(reader.integer(), 1, "file version")
    reader.expect(reader.string(), "loss_metric_2", "loss layer")
    reader.floating()  # margin
    reader.floating()  # distance threshold of training
    # The net is nested from the output inwards; each add_layer (2), tag or skip (1) writes its version first, and
    # the innermost, the one that holds the input layer, writes 3.
    while (version := reader.integer()) != 3:
        if version not in (1, 2):
            raise FormatError(f"unknown nesting version {version} at byte {reader.at}")
    reader.expect(reader.string(), "input_rgb_image_sized", "input layer")
    means = [reader.floating() for _ in range(3)]
    rows, columns = reader.integer(), reader.integer()
    reader.expect(rows, columns, "height of the chip")
    return means, rows


def read_layers(reader):
    """Yield the layers in forward order as dictionaries; `kind` is the tag without its version."""
    first = True
    while True:
        tag = reader.string()
        layer = {"kind": tag.rstrip("_0123456789")}
        if tag == "con_4":
            params = reader.tensor().ravel()
            layer.update(filters=reader.integer(), kernel=[reader.integer(), reader.integer()],
                         stride=[reader.integer(), reader.integer()], padding=[reader.integer(), reader.integer()])
            weight_shape, bias_shape = reader.alias(), reader.alias()
            split = math.prod(weight_shape)
            reader.expect(len(params), split + math.prod(bias_shape), "length of a convolution's parameters")
            layer.update(weight=params[:split].reshape(weight_shape), bias=params[split:])
            for _ in range(4):
                reader.floating()  # learning rates and weight decays
        elif tag in ("affine_", "affine_2"):
            params = reader.tensor().ravel()
            gamma_shape = reader.alias()
            reader.alias()
            reader.integer()  # convolutional or fully connected
            if tag == "affine_2":
                reader.boolean()
            split = math.prod(gamma_shape)
            layer.update(gamma=params[:split], beta=params[split:])
        elif tag in ("relu_", "relu_2"):
            if tag == "relu_2":
                reader.boolean()
        elif tag in ("max_pool_2", "avg_pool_2"):
            layer.update(kernel=[reader.integer(), reader.integer()],
                         stride=[reader.integer(), reader.integer()], padding=[reader.integer(), reader.integer()])
        elif tag == "add_prev_":
            pass
        elif tag == "fc_2":
            outputs, inputs = reader.integer(), reader.integer()
            params = reader.tensor()
            reader.alias()
            reader.alias()
            layer.update(outputs=outputs, mode=reader.integer())
            reader.expect(params.size, outputs * inputs, "length of the last layer's parameters (no bias)")
            layer.update(weight=params.reshape(inputs, outputs))
            for _ in range(4):
                reader.floating()
        else:
            raise FormatError(f"unknown layer {tag!r} at byte {reader.at}")
        reader.layer_end(first)
        first = False
        yield layer
        if tag == "fc_2":
            return
