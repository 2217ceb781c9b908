#include "onnx.hpp"

#include "protobuf_reader.hpp"

#include <algorithm>
#include <stdexcept>

namespace afe::onnx {

namespace {

using wire = protobuf_reader::wire;

// Far above any picture model's; keeps a product of sizes from overflowing.
const uint64_t most_elements = uint64_t(1) << 28;

/// A repeated number: one alone, or many packed.
void read_integers(protobuf_reader &reader, std::vector<int64_t> &values) {
    if (reader.type == wire::varint) {
        values.push_back(static_cast<int64_t>(reader.varint()));
        return;
    }
    protobuf_reader packed = reader.message();
    while (!packed.at_end()) values.push_back(static_cast<int64_t>(packed.varint()));
}

void read_floats(protobuf_reader &reader, std::vector<float> &values) {
    if (reader.type == wire::fixed32) {
        values.push_back(reader.fixed32());
        return;
    }
    protobuf_reader packed = reader.message();
    while (!packed.at_end()) values.push_back(packed.fixed32());
}

template <typename Value>
std::vector<Value> from_raw(const protobuf_reader &raw) {
    if (raw.count() % sizeof(Value) != 0) throw std::runtime_error("a constant has half a value");
    std::vector<Value> values(raw.count() / sizeof(Value));
    std::memcpy(values.data(), raw.bytes(), raw.count());
    return values;
}

tensor read_tensor(protobuf_reader reader, std::string &name) {
    enum { float32 = 1, int64 = 7 };
    tensor result;
    uint64_t type = 0;
    protobuf_reader raw(nullptr, 0);
    while (reader.next()) {
        switch (reader.field) {
        case 1: read_integers(reader, result.dimensions); break;
        case 2: type = reader.varint(); break;
        case 4: read_floats(reader, result.floats); break;
        case 7: read_integers(reader, result.integers); break;
        case 8: name = reader.text(); break;
        case 9: raw = reader.message(); break;
        case 12: reader.skip(); break;
        default: throw std::runtime_error("a constant is stored in an unknown way");
        }
    }
    if (type != float32 && type != int64) throw std::runtime_error("a constant is of an unknown type");
    if (raw.count() > 0 && type == float32) result.floats = from_raw<float>(raw);
    if (raw.count() > 0 && type == int64) result.integers = from_raw<int64_t>(raw);

    uint64_t elements = 1;
    for (const int64_t size : result.dimensions) {
        if (size < 1 || static_cast<uint64_t>(size) > most_elements) throw std::runtime_error("a constant's size");
        elements *= static_cast<uint64_t>(size);
        if (elements > most_elements) throw std::runtime_error("a constant is too large");
    }
    const bool fits = type == float32 ? result.floats.size() == elements && result.integers.empty()
                                      : result.integers.size() == elements && result.floats.empty();
    if (!fits) throw std::runtime_error("a constant does not fit its size");
    return result;
}

attribute read_attribute(protobuf_reader reader, std::string &name) {
    attribute result;
    while (reader.next()) {
        switch (reader.field) {
        case 1: name = reader.text(); break;
        case 2: reader.expect(wire::fixed32); result.number = reader.fixed32(); break;
        case 3: reader.expect(wire::varint); result.integer = static_cast<int64_t>(reader.varint()); break;
        case 4: result.text = reader.text(); break;
        case 8: read_integers(reader, result.integers); break;
        case 13: case 20: reader.skip(); break;
        default: throw std::runtime_error("an attribute is of an unknown type");
        }
    }
    return result;
}

node read_node(protobuf_reader reader) {
    node result;
    while (reader.next()) {
        switch (reader.field) {
        case 1: result.inputs.push_back(reader.text()); break;
        case 2: result.outputs.push_back(reader.text()); break;
        case 4: result.operation = reader.text(); break;
        case 5: {
            std::string name;
            attribute value = read_attribute(reader.message(), name);
            result.attributes[name] = std::move(value);
            break;
        }
        case 7:
            // Operators outside ONNX's own domain may mean anything.
            if (!reader.text().empty()) throw std::runtime_error("a foreign operator");
            break;
        default: reader.skip();
        }
    }
    return result;
}

std::string read_value_name(protobuf_reader reader) {
    std::string name;
    while (reader.next()) {
        if (reader.field == 1) name = reader.text();
        else reader.skip();
    }
    return name;
}

void read_graph(protobuf_reader reader, graph &result) {
    while (reader.next()) {
        switch (reader.field) {
        case 1: result.nodes.push_back(read_node(reader.message())); break;
        case 5: {
            std::string name;
            tensor value = read_tensor(reader.message(), name);
            result.constants[name] = std::move(value);
            break;
        }
        case 11: result.inputs.push_back(read_value_name(reader.message())); break;
        case 12: result.outputs.push_back(read_value_name(reader.message())); break;
        case 2: case 10: case 13: reader.skip(); break;
        default: throw std::runtime_error("the graph has an unknown part");
        }
    }
    // Older files name their constants among the inputs, too.
    auto &inputs = result.inputs;
    inputs.erase(
        std::remove_if(
            inputs.begin(), inputs.end(), [&](const std::string &name) { return result.constants.count(name) > 0; }),
        inputs.end());
}

int64_t read_opset(protobuf_reader reader) {
    int64_t version = 0;
    while (reader.next()) {
        if (reader.field == 1 && !reader.text().empty()) throw std::runtime_error("foreign operators");
        else if (reader.field == 2) version = static_cast<int64_t>(reader.varint());
        else if (reader.field != 1) reader.skip();
    }
    return version;
}

}  // namespace

graph read(const uint8_t *bytes, size_t count) {
    graph result;
    protobuf_reader reader(bytes, count);
    while (reader.next()) {
        switch (reader.field) {
        case 7: read_graph(reader.message(), result); break;
        case 8: result.opset = read_opset(reader.message()); break;
        default: reader.skip();
        }
    }
    if (result.nodes.empty() || result.outputs.empty()) throw std::runtime_error("the file has no graph");
    return result;
}

}  // namespace afe::onnx
