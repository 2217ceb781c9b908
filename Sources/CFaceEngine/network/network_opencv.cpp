#include "network.hpp"

#include "../internal.hpp"

#include <stdexcept>

#include <opencv2/dnn.hpp>

namespace afe {

namespace {

class opencv_network : public network {
public:
    opencv_network(cv::dnn::Net net, const std::vector<std::string> &names)
        : net(std::move(net)), names(names.begin(), names.end()) {}

    std::vector<cv::Mat> run(const cv::Mat &input) override {
        if (input.dims != 4 || input.type() != CV_32F || !input.isContinuous()) {
            throw std::invalid_argument("a network's input must be four-dimensional");
        }
        net.setInput(channels_first(input));
        std::vector<cv::Mat> outputs;
        if (names.empty()) outputs = {net.forward()};
        else net.forward(outputs, names);
        for (cv::Mat &output : outputs) {
            if (output.dims == 4 && output.type() == CV_32F && output.isContinuous()) output = channels_last(output);
        }
        return outputs;
    }

private:
    /// From batch × row × column × channel, as everyone else has it.
    static cv::Mat channels_first(const cv::Mat &given) {
        const int rows = given.size[1], columns = given.size[2], channels = given.size[3];
        cv::Mat result(std::vector<int>{given.size[0], channels, rows, columns}, CV_32F);
        transpose(given, rows * columns, channels, result);
        return result;
    }

    static cv::Mat channels_last(const cv::Mat &given) {
        const int channels = given.size[1], rows = given.size[2], columns = given.size[3];
        cv::Mat result(std::vector<int>{given.size[0], rows, columns, channels}, CV_32F);
        transpose(given, channels, rows * columns, result);
        return result;
    }

    /// Each of the batch as a matrix of its own.
    static void transpose(const cv::Mat &from, int rows, int columns, cv::Mat &to) {
        for (int index = 0; index < from.size[0]; index++) {
            const cv::Mat source(rows, columns, CV_32F, const_cast<float *>(from.ptr<float>(index)));
            cv::Mat target(columns, rows, CV_32F, to.ptr<float>(index));
            cv::transpose(source, target);
        }
    }

    cv::dnn::Net net;
    const std::vector<cv::String> names;
};

}  // namespace

std::unique_ptr<network> read_opencv_network(const network_file &file) {
    try {
        cv::dnn::Net net = cv::dnn::readNetFromONNX(reinterpret_cast<const char *>(file.bytes), file.count);
        if (net.empty()) throw failure(AFE_BAD_MODEL, std::string(file.name) + ": the network is empty");
        net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        return std::make_unique<opencv_network>(std::move(net), file.outputs);
    } catch (const cv::Exception &caught) {
        throw failure(AFE_BAD_MODEL, std::string(file.name) + ": " + caught.err);
    }
}

}  // namespace afe
