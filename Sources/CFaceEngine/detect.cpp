#include "detect.hpp"

#include "align.hpp"
#include "shrink.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include <opencv2/imgproc.hpp>

// CenterFace (Xu et al., 2019): a heat map of face centres at a quarter of the input's size, and per cell the box's
// size (as logarithm), the centre's offset within the cell and five landmarks relative to the box.

namespace {

const int cell = 4;
// Bounds the quadratic suppression below; a picture of a crowd gives a few hundred.
const size_t most_candidates = 512;

struct network_input {
    /// With the padding, in pixels.
    cv::Size size;
    /// Pixels of the whole picture per pixel of the input.
    float scale_x;
    float scale_y;
};

/// Fills `target`, one picture of floats, channel next to channel; zeros at the right and at the bottom.
network_input scale_and_pad(const afe_image &image, int longer_side, cv::Mat &target) {
    const cv::Mat &pixels = image.pixels;
    const double factor = static_cast<double>(longer_side) / std::max(pixels.cols, pixels.rows);
    const int width = std::max(1, static_cast<int>(std::lround(pixels.cols * factor)));
    const int height = std::max(1, static_cast<int>(std::lround(pixels.rows * factor)));

    network_input input;
    input.size = cv::Size(afe::up_to_32(width), afe::up_to_32(height));
    target.create(std::vector<int>{1, input.size.height, input.size.width, 3}, CV_32F);
    cv::Mat padded(input.size, CV_32FC3, target.ptr<float>());
    cv::Mat inside = padded(cv::Rect(0, 0, width, height));
    padded(cv::Rect(width, 0, padded.cols - width, height)).setTo(0);
    padded(cv::Rect(0, height, padded.cols, padded.rows - height)).setTo(0);
    if (factor < 1) {
        afe::shrink_by_area(pixels, inside);
    } else {
        cv::Mat enlarged;
        cv::resize(pixels, enlarged, inside.size(), 0, 0, cv::INTER_LINEAR);
        enlarged.convertTo(inside, CV_32F);
    }
    input.scale_x = static_cast<float>(image.info.width) / static_cast<float>(width);
    input.scale_y = static_cast<float>(image.info.height) / static_cast<float>(height);
    return input;
}

/// The network's outputs by meaning; throws unless they have the shapes that go with the input.
struct heat_maps {
    cv::Mat score;
    cv::Mat size;
    cv::Mat offset;
    cv::Mat landmarks;
    int rows;
    int columns;

    heat_maps(const std::vector<cv::Mat> &outputs, const cv::Size &input)
        : rows(input.height / cell), columns(input.width / cell) {
        if (outputs.size() != 4) throw afe::failure(AFE_BAD_MODEL, "the detector has not four outputs");
        score = checked(outputs[0], 1);
        size = checked(outputs[1], 2);
        offset = checked(outputs[2], 2);
        landmarks = checked(outputs[3], 10);
    }

    float at(const cv::Mat &map, int channel, int row, int column) const {
        return map.ptr<float>(0, row, column)[channel];
    }

private:
    cv::Mat checked(const cv::Mat &map, int channels) const {
        const bool fits = map.dims == 4 && map.type() == CV_32F && map.isContinuous() && map.size[0] == 1
            && map.size[1] == rows && map.size[2] == columns && map.size[3] == channels;
        if (!fits) throw afe::failure(AFE_BAD_MODEL, "an output of the detector has the wrong shape");
        return map;
    }
};

bool is_finite(const afe_face &face) {
    bool finite = std::isfinite(face.left) && std::isfinite(face.top) && std::isfinite(face.right)
        && std::isfinite(face.bottom) && std::isfinite(face.score);
    for (const afe_point &point : face.landmarks) finite = finite && std::isfinite(point.x) && std::isfinite(point.y);
    return finite;
}

afe_face face_at(const heat_maps &maps, const network_input &input, int row, int column) {
    const float height = std::exp(maps.at(maps.size, 0, row, column)) * cell;
    const float width = std::exp(maps.at(maps.size, 1, row, column)) * cell;
    const float centre_y = (static_cast<float>(row) + maps.at(maps.offset, 0, row, column) + 0.5f) * cell;
    const float centre_x = (static_cast<float>(column) + maps.at(maps.offset, 1, row, column) + 0.5f) * cell;
    // Not clamped to the picture: how far a face reaches outside is what a portrait is judged by.
    const float left = centre_x - width / 2;
    const float top = centre_y - height / 2;

    afe_face face = {};
    face.left = left * input.scale_x;
    face.top = top * input.scale_y;
    face.right = (left + width) * input.scale_x;
    face.bottom = (top + height) * input.scale_y;
    face.score = maps.at(maps.score, 0, row, column);
    for (int index = 0; index < 5; index++) {
        const float y = maps.at(maps.landmarks, 2 * index, row, column) * height + top;
        const float x = maps.at(maps.landmarks, 2 * index + 1, row, column) * width + left;
        face.landmarks[index] = {x * input.scale_x, y * input.scale_y};
    }
    return face;
}

float overlap(const afe_face &one, const afe_face &other) {
    const float width = std::min(one.right, other.right) - std::max(one.left, other.left);
    const float height = std::min(one.bottom, other.bottom) - std::max(one.top, other.top);
    if (width <= 0 || height <= 0) return 0;
    const float common = width * height;
    const float areas = (one.right - one.left) * (one.bottom - one.top)
        + (other.right - other.left) * (other.bottom - other.top);
    return common / (areas - common);
}

std::vector<afe_face> decode(const heat_maps &maps, const network_input &input, const afe_detector_options &options) {
    std::vector<afe_face> candidates;
    for (int row = 0; row < maps.rows; row++) {
        const float *scores = maps.score.ptr<float>(0, row);
        for (int column = 0; column < maps.columns; column++) {
            if (!(scores[column] > options.score_threshold)) continue;
            const afe_face face = face_at(maps, input, row, column);
            if (is_finite(face)) candidates.push_back(face);
        }
    }
    // Ties are broken by place, so that the same picture always gives the same faces.
    std::sort(candidates.begin(), candidates.end(), [](const afe_face &one, const afe_face &other) {
        return std::tie(other.score, one.top, one.left) < std::tie(one.score, other.top, other.left);
    });
    if (candidates.size() > most_candidates) candidates.resize(most_candidates);

    std::vector<afe_face> faces;
    for (const afe_face &candidate : candidates) {
        const bool is_new = std::all_of(faces.begin(), faces.end(), [&](const afe_face &face) {
            return overlap(face, candidate) < options.overlap_threshold;
        });
        if (is_new) faces.push_back(candidate);
    }
    return faces;
}

}  // namespace

std::vector<std::string> afe::detector_outputs() { return {"537", "538", "539", "540"}; }

int32_t afe_engine_detect(
    afe_engine *engine, const afe_image *image, afe_face *faces, int32_t capacity, afe_timing *timing,
    afe_error *error) {
    return afe::guarded(*error, static_cast<int32_t>(-1), [&] {
        const afe::stopwatch whole;
        const network_input input =
            scale_and_pad(*image, engine->detector_options.longer_side, engine->detector_input);

        const afe::stopwatch forward;
        const std::vector<cv::Mat> outputs = engine->detector.runnable->run(engine->detector_input);
        timing->forward_nanoseconds = forward.nanoseconds();

        const heat_maps maps(outputs, input.size);
        const std::vector<afe_face> found = decode(maps, input, engine->detector_options);
        const int32_t count = std::min(capacity, static_cast<int32_t>(found.size()));
        for (int32_t index = 0; index < count; index++) {
            faces[index] = found[static_cast<size_t>(index)];
            faces[index].chip_outside = afe::share_outside(
                faces[index].landmarks, engine->embedder_options, image->info.width, image->info.height);
        }
        timing->rest_nanoseconds = whole.nanoseconds() - timing->forward_nanoseconds;
        return count;
    });
}
