// Writes what the fuzzer starts from: small valid files of every kind, made here, and small copies of the photographs.
// Usage: seeds OUTPUT [PHOTOGRAPH...]

#include "seeds.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

bytes tiff(int orientation, bool big_endian) {
    bytes block;
    const auto put = [&](uint32_t number, int size) {
        for (int index = 0; index < size; index++) {
            block.push_back(static_cast<uint8_t>(number >> 8 * (big_endian ? size - 1 - index : index)));
        }
    };
    const auto entry = [&](uint32_t tag, uint32_t type, uint32_t count, uint32_t value) {
        put(tag, 2);
        put(type, 2);
        put(count, 4);
        put(value, type == 3 ? 2 : 4);
        if (type == 3) put(0, 2);
    };
    block = big_endian ? bytes{'M', 'M'} : bytes{'I', 'I'};
    put(42, 2);
    put(8, 4);
    put(3, 2);
    entry(0x010F, 2, 8, 50);    // maker, a text behind the directory
    entry(0x0112, 3, 1, static_cast<uint32_t>(orientation));
    entry(0x8769, 4, 1, 8);     // the EXIF directory: this one again, a loop
    put(8, 4);                  // and so is the next directory
    for (const char letter : {'c', 'a', 'm', 'e', 'r', 'a', '!', '\0'}) block.push_back(static_cast<uint8_t>(letter));
    return block;
}

seeds exif_seeds() {
    seeds result;
    for (int orientation = 0; orientation <= 9; orientation++) {
        result.emplace_back("intel" + std::to_string(orientation), tiff(orientation, false));
        result.emplace_back("motorola" + std::to_string(orientation), tiff(orientation, true));
    }
    return result;
}

seeds pgm_seeds() {
    seeds result;
    for (const std::string header : {"P5\n6 4\n255\n", "P5 # by hand\n6\t4 100 ", "P5\n4 4\n65535\n", "P2\n6 4\n255\n"}) {
        bytes file(header.begin(), header.end());
        for (int index = 0; index < 32; index++) file.push_back(static_cast<uint8_t>(index * 8));
        result.emplace_back("pgm" + std::to_string(result.size()), file);
    }
    return result;
}

static void write(const std::filesystem::path &directory, const seeds &files) {
    std::filesystem::create_directories(directory);
    for (const auto &[name, contents] : files) {
        std::ofstream file(directory / name, std::ios::binary);
        file.write(reinterpret_cast<const char *>(contents.data()), static_cast<std::streamsize>(contents.size()));
    }
    std::cout << directory.filename().string() << ": " << files.size() << " seeds\n";
}

int main(int count, char **arguments) {
    if (count < 2) {
        std::cerr << "usage: seeds OUTPUT [PHOTOGRAPH...]\n";
        return 2;
    }
    const std::filesystem::path output = arguments[1];
    seeds pictures = jpeg_seeds();
    for (const seeds &more : {png_seeds(), pgm_seeds()}) pictures.insert(pictures.end(), more.begin(), more.end());
    write(output / "decode", pictures);
    for (int index = 2; index < count; index++) {
        const bytes file = small_photograph(arguments[index]);
        if (!file.empty()) pictures.emplace_back("photograph" + std::to_string(index), file);
    }
    write(output / "engine", pictures);
    write(output / "exif", exif_seeds());
    write(output / "onnx", onnx_seeds());
}
