#include "align.hpp"

#include <opencv2/imgproc.hpp>

bool afe_engine_measure(
    afe_engine *engine, const afe_image *image, const afe_point *landmarks, afe_chip_measures *measures,
    afe_error *error) {
    return afe::guarded(*error, false, [&] {
        cv::Mat luminance;
        cv::cvtColor(afe::cut_chip(*image, landmarks, engine->embedder_options), luminance, cv::COLOR_RGB2GRAY);
        // The middle of the chip: skin, eyes and mouth, little of hair and background.
        const int side = luminance.cols;
        const cv::Mat middle = luminance(cv::Rect(side / 6, side / 6, side * 2 / 3, side * 2 / 3));
        cv::Scalar mean;
        cv::Scalar deviation;
        cv::meanStdDev(middle, mean, deviation);
        cv::Mat edges;
        cv::Laplacian(middle, edges, CV_32F);
        cv::Scalar edge_mean;
        cv::Scalar edge_deviation;
        cv::meanStdDev(edges, edge_mean, edge_deviation);

        const double variance = deviation[0] * deviation[0];
        measures->brightness = static_cast<float>(mean[0]);
        measures->contrast = static_cast<float>(deviation[0]);
        measures->sharpness = static_cast<float>(edge_deviation[0] * edge_deviation[0] / (variance + 1));
        return true;
    });
}
