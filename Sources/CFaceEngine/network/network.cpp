#include "network.hpp"

#include "../internal.hpp"

namespace afe {

static loaded_network load_onednn(const network_file &file) {
    return {read_onednn_network(file), AFE_RUNTIME_ONEDNN};
}

static loaded_network load_opencv(const network_file &file) {
    return {read_opencv_network(file), AFE_RUNTIME_OPENCV};
}

loaded_network load_network(const network_file &file, const afe_runtime *wanted) {
    if (wanted != nullptr && *wanted == AFE_RUNTIME_OPENCV) return load_opencv(file);
    try {
        return load_onednn(file);
    } catch (const std::bad_alloc &) {
        throw;
    } catch (const std::exception &caught) {
        if (wanted != nullptr) throw failure(AFE_BAD_MODEL, std::string(file.name) + ": " + caught.what());
        // Not an error: any other model put in place by manifest may need what only OpenCV knows.
        return load_opencv(file);
    }
}

}  // namespace afe
