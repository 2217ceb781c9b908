// Fuzz target: a picture file all the way to a template, with the models that the manifest names.

#include "picture.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

namespace {

std::vector<char> contents(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "%s cannot be read: run Config/setup\n", path.c_str());
        std::exit(1);
    }
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

afe_engine *made_engine(int &dimensions) {
    const char *given = std::getenv("ATTESTD_MODELS");
    const std::string directory = given == nullptr ? "Models" : given;
    const std::vector<char> text = contents(directory + "/manifest.json");
    const cv::FileStorage manifest(
        std::string(text.begin(), text.end()),
        cv::FileStorage::READ | cv::FileStorage::MEMORY | cv::FileStorage::FORMAT_JSON);

    afe_detector_options detector = {};
    afe_embedder_options embedder = {};
    std::vector<char> detector_file, embedder_file;
    for (const cv::FileNode &model : manifest["models"]) {
        const cv::FileNode &input = model["input"];
        const std::string file = directory + "/" + std::string(manifest["directory"]) + "/" + std::string(model["file"]);
        if (std::string(model["role"]) == "detector") {
            detector_file = contents(file);
            detector.longer_side = static_cast<int>(input["longer_side"]);
            // Lower than in service, so that more of what follows runs on pictures that show no face.
            detector.score_threshold = 0.05f;
            detector.overlap_threshold = model["detection"]["non_maximum_suppression_overlap"];
        } else {
            embedder_file = contents(file);
            embedder.chip_side = static_cast<int>(input["width"]);
            for (int index = 0; index < 5; index++) {
                const cv::FileNode &point = input["alignment"][index];
                embedder.chip_points[index] = {point[0], point[1]};
            }
            embedder.scale = input["scale"];
            embedder.mirror = true;
            embedder.dimensions = static_cast<int>(model["output"]["length"]);
        }
    }
    dimensions = embedder.dimensions;
    afe_error error = {};
    afe_engine *engine = afe_engine_create(
        reinterpret_cast<const uint8_t *>(detector_file.data()), detector_file.size(), &detector,
        reinterpret_cast<const uint8_t *>(embedder_file.data()), embedder_file.size(), &embedder, &error);
    if (engine == nullptr) {
        std::fprintf(stderr, "no engine: %s\n", error.message);
        std::exit(1);
    }
    return engine;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    static int dimensions = 0;
    static afe_engine *const engine = made_engine(dimensions);

    const afe_limits limits = {1 << 20, 1 << 18, 4096, 256, true};
    afe_image *image = decode_checked(bytes, count, limits);
    if (image == nullptr) return 0;

    // Any picture that could be decoded has its faces counted and its chips cut; none is an internal error.
    afe_face faces[8];
    afe_timing timing = {};
    afe_error error = {};
    const int32_t found = afe_engine_detect(engine, image, faces, 8, &timing, &error);
    CHECK(found >= 0 && found <= 8);
    std::vector<float> values(static_cast<size_t>(dimensions));
    for (int32_t index = 0; index < found; index++) {
        const afe_face &face = faces[index];
        CHECK(face.left < face.right && face.top < face.bottom);
        CHECK(face.score >= 0 && face.score <= 1);
        CHECK(face.chip_outside >= 0 && face.chip_outside <= 1);

        afe_face_measures measures = {};
        CHECK(afe_engine_measure(engine, image, face.landmarks, &measures, &error));
        // What lies outside the picture as a whole is not a number, but never a wild one.
        for (const float share : {measures.dark_share, measures.bright_share, measures.light_overlap}) {
            CHECK(std::isnan(share) || (share >= 0 && share <= 1.001f));
        }
        CHECK(std::isnan(measures.brightness) || (measures.brightness >= 0 && measures.brightness <= 255.01f));
        CHECK(!std::isinf(measures.contrast) && !std::isinf(measures.sharpness));
        CHECK(afe_engine_embed(engine, image, face.landmarks, values.data(), &timing, &error));
        double squares = 0;
        for (const float value : values) squares += static_cast<double>(value) * value;
        CHECK(std::abs(squares - 1) < 1e-3);
    }
    afe_image_free(image);
    return 0;
}
