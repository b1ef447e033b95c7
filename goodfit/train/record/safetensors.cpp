#include "goodfit/train/record/safetensors.hpp"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "goodfit/base/error.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/train/record/safetensors_types.hpp"

namespace goodfit {
namespace {

using Json = nlohmann::json;

constexpr std::string_view metadata_key = "__metadata__";
constexpr std::uint64_t prefix = 8;                 // bytes of the length of the header
constexpr std::uint64_t most_header = 100'000'000;  // as the format allows

struct Header {
  Json json;
  std::vector<std::string> names;  // in the order of the file, which JSON objects do not keep
};

Header parse_header(std::string_view text, const std::string& name) {
  Header header;
  std::vector<std::set<std::string>> keys;  // of each open object
  const auto follow = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > 3) fail("{}: the header is nested too deeply", name);
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!keys.back().insert(key).second)
        fail("{}: the header names {} twice", name, in_quotes(key));
      if (depth == 1 && key != metadata_key) header.names.push_back(key);
    }
    return true;
  };
  try {
    header.json = Json::parse(text.begin(), text.end(), follow);
  } catch (const Json::exception&) {
    fail("{}: the header is not valid JSON; the file is damaged or no safetensors file", name);
  }
  if (!header.json.is_object()) fail("{}: the header is not a JSON object", name);
  return header;
}

struct StoredTensor {
  const SafetensorsType* type = nullptr;
  Shape shape;
  std::uint64_t count = 1, begin = 0, end = 0;
};

Shape read_shape(const Json& json, std::uint64_t& count, const std::string& place) {
  if (!json.is_array() || json.size() > std::size_t(Shape::max_rank))
    fail("{}: the shape must be a list of at most {} whole numbers", place, Shape::max_rank);
  Shape shape;
  for (const Json& extent : json) {
    if (!extent.is_number_unsigned())
      fail("{}: the extent {} is not allowed: must be a whole number, at least 0", place,
           extent.type_name() == std::string("number") ? extent.dump() : extent.type_name());
    const auto value = extent.get<std::uint64_t>();
    if (value > std::uint64_t{1} << 48 || __builtin_mul_overflow(count, value, &count))
      fail("{}: the shape is larger than any file", place);
    shape.push(Size(value));
  }
  return shape;
}

StoredTensor read_place(const Json& json, std::uint64_t available, const std::string& place) {
  for (const char* key : {"dtype", "shape", "data_offsets"})
    if (!json.is_object() || !json.contains(key) || json.size() != 3)
      fail("{}: must have dtype, shape and data_offsets, and nothing else", place);
  const Json& type = json["dtype"];
  StoredTensor found;
  found.type = type.is_string() ? safetensors_type(type.get_ref<const std::string&>()) : nullptr;
  if (!found.type)
    fail("{}: the dtype {} is not known; F32, F64, F16, BF16, I64, … are", place,
         type.is_string() ? in_quotes(type.get_ref<const std::string&>())
                          : std::string("that is no text"));
  found.shape = read_shape(json["shape"], found.count, place);
  const Json& offsets = json["data_offsets"];
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
      !offsets[1].is_number_unsigned())
    fail("{}: data_offsets must be two whole numbers, at least 0", place);
  found.begin = offsets[0].get<std::uint64_t>();
  found.end = offsets[1].get<std::uint64_t>();
  if (found.begin > found.end || found.end > available)
    fail(
        "{}: data_offsets {} to {} lie outside the {} bytes of values; the file is cut off or "
        "damaged",
        place, found.begin, found.end, available);
  std::uint64_t bytes = 0;
  if (__builtin_mul_overflow(found.count, found.type->width, &bytes) ||
      bytes != found.end - found.begin)
    fail("{}: shape {} of {} does not fit data_offsets {} to {}", place, found.shape.text(),
         found.type->key, found.begin, found.end);
  return found;
}

// Values must lie end to end, so that nothing is read twice and nothing hides between.
void check_cover(std::vector<StoredTensor> places, std::uint64_t available,
                 const std::string& name) {
  std::sort(places.begin(), places.end(), [](const StoredTensor& a, const StoredTensor& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  std::uint64_t at = 0;
  for (const StoredTensor& place : places) {
    if (place.begin != at)
      fail("{}: the values of two tensors {} at byte {}", name,
           place.begin < at ? "overlap" : "leave a gap", std::min(at, place.begin));
    at = place.end;
  }
  if (at != available)
    fail("{}: {} bytes follow the values of the last tensor", name, available - at);
}

void read_metadata(const Json& json, TensorFile& file, const std::string& name) {
  if (!json.is_object()) fail("{}: __metadata__ must be a table of texts", name);
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) fail("{}: __metadata__ {} must be a text", name, in_quotes(key));
    file.metadata[key] = value.get_ref<const std::string&>();
  }
}

}  // namespace

const NamedTensor* TensorFile::find(std::string_view name) const {
  const auto found = std::find_if(tensors.begin(), tensors.end(),
                                  [&](const NamedTensor& tensor) { return tensor.name == name; });
  return found == tensors.end() ? nullptr : &*found;
}

void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
                       const TensorMetadata& metadata) {
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!metadata.empty()) header[std::string(metadata_key)] = metadata;
  std::uint64_t at = 0;
  std::set<std::string_view> names{metadata_key};
  std::vector<std::string_view> pieces(1);  // the first is made last
  for (const TensorView& tensor : tensors) {
    must(names.insert(tensor.name).second, "tensor names are unique and not reserved");
    must(Size(tensor.data.size()) == tensor.shape.count(), "a tensor holds what its shape says");
    const std::uint64_t end = at + tensor.data.size() * sizeof(float);
    nlohmann::ordered_json entry;
    entry["dtype"] = "F32";
    entry["shape"] = std::vector<Size>(tensor.shape.begin(), tensor.shape.end());
    entry["data_offsets"] = {at, end};
    header.emplace(tensor.name, std::move(entry));
    pieces.emplace_back(reinterpret_cast<const char*>(tensor.data.data()), end - at);
    at = end;
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::string head;
  for (std::uint64_t i = 0; i < prefix; ++i) head += char(text.size() >> 8 * i & 0xff);
  head += text;
  pieces.front() = head;
  write_atomic(file, pieces);
}

void write_safetensors(const std::filesystem::path& file, const TensorFile& tensors) {
  std::vector<TensorView> views;
  for (const NamedTensor& tensor : tensors.tensors)
    views.push_back({tensor.name, tensor.shape, tensor.data});
  write_safetensors(file, views, tensors.metadata);
}

TensorFile read_safetensors(std::string_view bytes, const std::string& name) {
  if (bytes.size() < prefix)
    fail("{}: is too short for a safetensors file: found {} bytes", name, bytes.size());
  std::uint64_t length = 0;
  for (std::uint64_t i = prefix; i-- > 0;)
    length = length << 8 | static_cast<unsigned char>(bytes[i]);
  if (length > most_header || length > bytes.size() - prefix)
    fail(
        "{}: the header of {} bytes goes beyond the file of {}; the file is cut off or no "
        "safetensors file",
        name, length, bytes.size());
  const Header header = parse_header(bytes.substr(prefix, length), name);
  const std::string_view values = bytes.substr(prefix + length);

  TensorFile file;
  if (const auto found = header.json.find(metadata_key); found != header.json.end())
    read_metadata(*found, file, name);
  std::vector<StoredTensor> places;
  for (const std::string& tensor : header.names)
    places.push_back(
        read_place(header.json[tensor], values.size(), name + ": tensor " + in_quotes(tensor)));
  check_cover(places, values.size(), name);
  for (std::size_t i = 0; i < places.size(); ++i) {
    NamedTensor& tensor = file.tensors.emplace_back();
    tensor.name = header.names[i];
    tensor.shape = places[i].shape;
    tensor.data.resize(std::size_t(places[i].count));
    places[i].type->convert(values.data() + places[i].begin, tensor.data);
  }
  return file;
}

}  // namespace goodfit
