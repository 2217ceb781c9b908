#include "network.hpp"

#include "../internal.hpp"

#include <opencv2/dnn.hpp>

namespace afe {

namespace {

class opencv_network : public network {
public:
    opencv_network(cv::dnn::Net net, const std::vector<std::string> &names)
        : net(std::move(net)), names(names.begin(), names.end()) {}

    std::vector<cv::Mat> run(const cv::Mat &input) override {
        net.setInput(input);
        if (names.empty()) return {net.forward()};
        std::vector<cv::Mat> outputs;
        net.forward(outputs, names);
        return outputs;
    }

private:
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
