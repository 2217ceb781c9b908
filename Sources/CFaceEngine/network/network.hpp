#pragma once

#include "CFaceEngine.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

namespace afe {

/// A neural network, ready to run. Not for two threads at once.
class network {
public:
    virtual ~network() = default;

    /// `input` is batch × row × column × channel of dense floats, as pictures lie in memory and kernels want them; so
    /// are outputs of four dimensions. They last until the next run. May throw anything.
    virtual std::vector<cv::Mat> run(const cv::Mat &input) = 0;
};

/// An ONNX file in memory, and what is expected of it.
struct network_file {
    const uint8_t *bytes;
    size_t count;
    /// For messages.
    const char *name;
    /// None: the network's only output.
    std::vector<std::string> outputs;
    /// Batch, channels, rows and columns of the first input that is to be expected.
    std::vector<int> typical_input;
};

/// A network and what runs it.
struct loaded_network {
    std::unique_ptr<network> runnable;
    afe_runtime runtime;
};

/// `wanted`: nothing else will do. None: oneDNN if it can, else OpenCV. Throws `failure`.
loaded_network load_network(const network_file &file, const afe_runtime *wanted);

/// The fast path, for graphs whose every operator it knows; throws at any other.
std::unique_ptr<network> read_onednn_network(const network_file &file);

/// For any graph that OpenCV knows; throws `failure` at any other.
std::unique_ptr<network> read_opencv_network(const network_file &file);

}  // namespace afe
