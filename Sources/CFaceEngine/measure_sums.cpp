#include "measure_sums.hpp"

#include "processor.hpp"

#include <opencv2/imgproc.hpp>

namespace afe::measuring {

namespace {

/// What a pixel's detail differs from: the mean of a square that reaches so far from it.
constexpr int reach = 10;
constexpr int square = (2 * reach + 1) * (2 * reach + 1);
/// How many sets of zones there are.
constexpr int zone_sets = 64;

bool is_inside(double u, double v, double centre_u, double centre_v, double half_width, double half_height) {
    const double x = (u - centre_u) / half_width;
    const double y = (v - centre_v) / half_height;
    return x * x + y * y < 1;
}

/// How often each set of zones has each luminance: one number to raise for a pixel, whatever zones it is in.
struct histograms {
    uint16_t of[zone_sets][256] = {};

    tally within(zone wanted) const {
        tally result;
        for (int set = 0; set < zone_sets; set++) {
            if (!(set & wanted)) continue;
            for (int value = 0; value < 256; value++) result.histogram[value] += of[set][value];
        }
        for (int value = 0; value < 256; value++) {
            const int count = result.histogram[value];
            result.pixels += count;
            result.luminance += count * value;
            result.luminance_squared += count * value * value;
        }
        return result;
    }
};

/// One row of the face's box. All but the sums begin at the same column.
struct box_row {
    const uint8_t *zones;
    const uint8_t *above;
    const uint8_t *here;
    const uint8_t *below;
    /// Sums of all that is above and to the left: of the first row of the squares around, and behind their last.
    const int32_t *sums_above;
    const int32_t *sums_below;
    int count;
};

/// Sums over pixels of the face in one row: they fit, because no row is longer than the chip.
struct row_sums {
    uint32_t edges_squared = 0;
    uint32_t detail_squared = 0;
};

inline __attribute__((always_inline)) row_sums add_up_row(const box_row &row) {
    row_sums sums;
    for (int x = 0; x < row.count; x++) {
        const int is_face = row.zones[x] & face;
        const int value = row.here[x];
        const int edge = row.above[x] + row.below[x] + row.here[x - 1] + row.here[x + 1] - 4 * value;
        const int behind = x + 2 * reach + 1;
        const int around = row.sums_below[behind] - row.sums_below[x] - row.sums_above[behind] + row.sums_above[x];
        const int mean = static_cast<int>((static_cast<uint32_t>(around) + square / 2) / square);
        const int detail = value - mean;
        sums.edges_squared += static_cast<uint32_t>(is_face * edge * edge);
        sums.detail_squared += static_cast<uint32_t>(is_face * detail * detail);
    }
    return sums;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) row_sums add_up_row_avx2(const box_row &row) { return add_up_row(row); }
#else
row_sums add_up_row_avx2(const box_row &row) { return add_up_row(row); }
#endif

}  // namespace

zones::zones() {
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            const double u = (x - middle_x) / eye_span;
            const double v = (y - middle_y) / eye_span;
            // Brows to chin, without ears and hair.
            if (!is_inside(u, v, 0, 0.5, 0.88, 0.88)) continue;
            uint8_t here = face;
            // The cheeks, without the nose's own shadow.
            if (v > 0.15 && v < 1.1 && u < -0.08) here |= left_side;
            if (v > 0.15 && v < 1.1 && u > 0.08) here |= right_side;
            if (is_inside(u, v, -0.5, 0, 0.28, 0.2)) here |= left_eye;
            if (is_inside(u, v, 0.5, 0, 0.28, 0.2)) here |= right_eye;
            if (is_inside(u, v, 0, 1.05, 0.42, 0.2)) here |= mouth;
            of[y][x] = here;
            box |= cv::Rect(x, y, 1, 1);
        }
    }
    CV_Assert((box & cv::Rect(reach, reach, side - 2 * reach, side - 2 * reach)) == box);
}

const zones &all_zones() {
    static const zones made;
    return made;
}

sums add_up(const zones &zones, const cv::Mat &luminance) {
    const cv::Rect &box = zones.box;
    cv::Mat integral;
    cv::integral(
        luminance(cv::Rect(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach)), integral,
        CV_32S);
    const auto add_up_one = has_avx2() ? add_up_row_avx2 : add_up_row;
    histograms counts;
    sums all;
    for (int line = 0; line < box.height; line++) {
        const int y = box.y + line;
        const box_row row = {
            &zones.of[y][box.x],
            luminance.ptr<uint8_t>(y - 1) + box.x,
            luminance.ptr<uint8_t>(y) + box.x,
            luminance.ptr<uint8_t>(y + 1) + box.x,
            integral.ptr<int32_t>(line),
            integral.ptr<int32_t>(line + 2 * reach + 1),
            box.width,
        };
        for (int x = 0; x < row.count; x++) counts.of[row.zones[x]][row.here[x]]++;
        const row_sums added = add_up_one(row);
        all.edges_squared += added.edges_squared;
        all.detail_squared += added.detail_squared;
    }
    all.face = counts.within(face);
    all.left_side = counts.within(left_side);
    all.right_side = counts.within(right_side);
    all.left_eye = counts.within(left_eye);
    all.right_eye = counts.within(right_eye);
    all.mouth = counts.within(mouth);
    return all;
}

}  // namespace afe::measuring
