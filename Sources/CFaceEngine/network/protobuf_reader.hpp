#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>

namespace afe {

/// Walks the fields of one protocol buffers message; never reads beyond its bytes.
/// Format: https://protobuf.dev/programming-guides/encoding/
class protobuf_reader {
public:
    enum class wire { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

    protobuf_reader(const uint8_t *bytes, size_t count) : position(bytes), end(bytes + count) {}

    /// Moves on to the next field; false at the end. The field must then be read or skipped.
    bool next() {
        if (position == end) return false;
        const uint64_t key = varint();
        field = static_cast<uint32_t>(key >> 3);
        type = static_cast<wire>(key & 7);
        return true;
    }

    bool at_end() const { return position == end; }

    uint64_t varint() {
        uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const uint8_t byte = *take(1);
            value |= static_cast<uint64_t>(byte & 0x7f) << shift;
            if ((byte & 0x80) == 0) return value;
        }
        throw std::runtime_error("a varint is too long");
    }

    float fixed32() {
        float value;
        std::memcpy(&value, take(sizeof value), sizeof value);
        return value;
    }

    protobuf_reader message() {
        expect(wire::bytes);
        const uint64_t count = varint();
        return {take(count), static_cast<size_t>(count)};
    }

    std::string text() {
        const protobuf_reader inner = message();
        return {reinterpret_cast<const char *>(inner.position), inner.count()};
    }

    void skip() {
        switch (type) {
        case wire::varint: varint(); return;
        case wire::fixed64: take(8); return;
        case wire::bytes: message(); return;
        case wire::fixed32: take(4); return;
        }
        throw std::runtime_error("unknown wire type");
    }

    void expect(wire expected) const {
        if (type != expected) throw std::runtime_error("a field has the wrong wire type");
    }

    const uint8_t *bytes() const { return position; }
    size_t count() const { return static_cast<size_t>(end - position); }

    uint32_t field = 0;
    wire type = wire::varint;

private:
    const uint8_t *take(uint64_t count) {
        if (count > static_cast<uint64_t>(end - position)) throw std::runtime_error("the message is cut short");
        const uint8_t *start = position;
        position += count;
        return start;
    }

    const uint8_t *position;
    const uint8_t *end;
};

}  // namespace afe
