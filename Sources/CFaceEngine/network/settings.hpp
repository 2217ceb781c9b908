#pragma once

#include "onnx.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace afe::onednn {

/// One node's attributes; each must be asked for, so that none is silently ignored.
class settings {
public:
    explicit settings(const onnx::node &node) : operation(node.operation), left(node.attributes) {}

    std::vector<int64_t> list(const char *name, std::vector<int64_t> otherwise) {
        const auto found = left.find(name);
        if (found == left.end()) return otherwise;
        std::vector<int64_t> values = std::move(found->second.integers);
        left.erase(found);
        if (values.size() != otherwise.size()) refuse(name);
        // A bound that no picture model comes near, so that sums of them cannot overflow.
        for (const int64_t value : values) {
            if (value < 0 || value > 65536) refuse(name);
        }
        return values;
    }

    int64_t integer(const char *name, int64_t otherwise) {
        const auto found = left.find(name);
        if (found == left.end()) return otherwise;
        const int64_t value = found->second.integer;
        left.erase(found);
        return value;
    }

    /// The attribute may be there with the value that is also ONNX's default.
    void only(const char *name, const char *text) {
        const auto found = left.find(name);
        if (found == left.end()) return;
        if (found->second.text != text) refuse(name);
        left.erase(found);
    }
    void only(const char *name, float number) {
        const auto found = left.find(name);
        if (found == left.end()) return;
        if (found->second.number != number) refuse(name);
        left.erase(found);
    }
    void only(const char *name, int64_t value) {
        if (integer(name, value) != value) refuse(name);
    }

    void finish() const {
        if (!left.empty()) refuse(left.begin()->first);
    }

private:
    [[noreturn]] void refuse(const std::string &name) const {
        throw std::runtime_error(operation + ": unknown setting " + name);
    }

    const std::string operation;
    std::map<std::string, onnx::attribute> left;
};

}  // namespace afe::onednn
