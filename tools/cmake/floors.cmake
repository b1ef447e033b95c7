# The house is built floor by floor: each is one object library that links the floors below it.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PNG REQUIRED)
find_package(CURL REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(JPEG REQUIRED IMPORTED_TARGET libturbojpeg)
# Header only: its CMake target would make every program link the shared library.
find_path(TOMLPLUSPLUS toml++/toml.h REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)

# To tidy its memory takes g++ a tenth of its time; so it waits until it holds 1 GB. Not when it writes a precompiled
# header, which would be larger and slower to read.
set(untidy $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=1048576>)
# Read once for each floor, they save the fifth of the build that reading them again would take.
set(precompiled <algorithm> <array> <cmath> <filesystem> <functional> <map> <memory> <optional> <span> <string>
                <vector> <fmt/format.h>)

# Short files read the same headers: eight in one go build in a third of the time. Not kernels, which are compiled once
# per target.
set(together UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
set(GOODFIT_FLOORS base compute parts train study)
set(objects "")
foreach(floor ${GOODFIT_FLOORS})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS goodfit/${floor}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    continue()
  endif()
  add_library(goodfit_${floor} OBJECT ${sources})
  target_include_directories(goodfit_${floor} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(goodfit_${floor} PUBLIC fmt::fmt Threads::Threads PRIVATE PkgConfig::HWY)
  target_precompile_headers(goodfit_${floor} PRIVATE ${precompiled})
  set_target_properties(goodfit_${floor} PROPERTIES ${together})
  list(APPEND objects $<TARGET_OBJECTS:goodfit_${floor}>)
endforeach()
target_include_directories(goodfit_base SYSTEM PRIVATE ${TOMLPLUSPLUS})
# These make networks of parts: not together with files that a changed part does not concern.
foreach(file shift/joint start/network start/pictures)
  set_source_files_properties(goodfit/study/${file}.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endforeach()
# The page of a report, with the charting library inside, is part of the library as gzip.
find_file(CHART_JS chart.min.js PATHS /usr/share/javascript/chart.js REQUIRED)
find_program(GZIP gzip REQUIRED)
set(page ${CMAKE_BINARY_DIR}/page.html.gz)
set(page_parts goodfit/study/report/page.html goodfit/study/report/page.css goodfit/study/report/page.js)
add_custom_command(OUTPUT ${page} VERBATIM
                   COMMAND ${CMAKE_COMMAND} -DFOLDER=${CMAKE_SOURCE_DIR}/goodfit/study/report -DCHARTS=${CHART_JS}
                           -DGZIP=${GZIP} -DOUT=${page} -P ${CMAKE_SOURCE_DIR}/tools/cmake/page.cmake
                   DEPENDS ${page_parts} tools/cmake/page.cmake ${CHART_JS})
add_custom_target(goodfit_page DEPENDS ${page})
add_dependencies(goodfit_study goodfit_page)
set_source_files_properties(goodfit/study/report/embedded_page.cpp PROPERTIES
                            COMPILE_DEFINITIONS GOODFIT_PAGE="${page}" OBJECT_DEPENDS ${page})
set_target_properties(goodfit_compute PROPERTIES UNITY_BUILD OFF)
# Fused here and not there, the same loop would give other bits in another place.
target_compile_options(goodfit_compute PRIVATE -ffp-contract=off)
# Optimizers are plain loops; with these options g++ makes vectors of them, three times as fast and with the same bits.
set_source_files_properties(goodfit/parts/optimizers/catalogue.cpp PROPERTIES COMPILE_OPTIONS
                            "-O3;-ffp-contract=off;-fno-math-errno;-fno-trapping-math" SKIP_PRECOMPILE_HEADERS ON)
# They look at every number of a set or of a layer.
foreach(file parts/datasets/check_data parts/datasets/idx_file train/record/summary)
  set_source_files_properties(goodfit/${file}.cpp PROPERTIES COMPILE_OPTIONS -O3 SKIP_PRECOMPILE_HEADERS ON)
endforeach()
# What reads, writes and studies settings or lays out a graph runs once: there small is better than fast. It takes 1 MB
# off the command.
set(small $<$<CONFIG:Release>:-Os>)
foreach(floor train study)
  target_compile_options(goodfit_${floor} PRIVATE ${small})
endforeach()
set(cold goodfit/base/toml.cpp)
foreach(sort datasets gradients initializers layers losses parametrizations regularizers schedules transforms)
  list(APPEND cold goodfit/parts/${sort}/catalogue.cpp)
endforeach()
foreach(file images npy npy_file zip_file json_rows)
  list(APPEND cold goodfit/parts/datasets/${file}.cpp)
endforeach()
# Other options than those of their floor, so without its precompiled header.
set_source_files_properties(${cold} PROPERTIES COMPILE_OPTIONS "${small};${untidy}" SKIP_PRECOMPILE_HEADERS ON)
target_link_libraries(goodfit_base PRIVATE nlohmann_json::nlohmann_json)
target_compile_definitions(goodfit_base PRIVATE GOODFIT_VERSION="${PROJECT_VERSION}")
target_link_libraries(goodfit_parts PRIVATE ZLIB::ZLIB PNG::PNG PkgConfig::JPEG)

add_library(goodfit STATIC ${objects})
add_library(goodfit::goodfit ALIAS goodfit)
target_include_directories(goodfit PUBLIC $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}>
                                          $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(goodfit PUBLIC cxx_std_20)
target_link_libraries(goodfit PUBLIC fmt::fmt Threads::Threads
                      PRIVATE PkgConfig::HWY PkgConfig::JPEG PNG::PNG ZLIB::ZLIB)

file(GLOB_RECURSE cli_sources CONFIGURE_DEPENDS goodfit/cli/*.cpp)
list(FILTER cli_sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
# What stands on top of the headers is part of what the command can show.
file(GLOB_RECURSE commented CONFIGURE_DEPENDS goodfit/parts/*.hpp goodfit/study/*.hpp)
set(comments ${CMAKE_BINARY_DIR}/comments.cpp)
add_custom_command(OUTPUT ${comments} VERBATIM
                   COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DOUT=${comments}
                           -P ${CMAKE_SOURCE_DIR}/tools/cmake/comments.cmake
                   DEPENDS ${commented} tools/cmake/comments.cmake)
add_library(goodfit_cli STATIC ${cli_sources} ${comments})
target_link_libraries(goodfit_cli PUBLIC goodfit CLI11::CLI11 CURL::libcurl nlohmann_json::nlohmann_json
                                         ZLIB::ZLIB)
target_compile_options(goodfit_cli PRIVATE ${small})
target_precompile_headers(goodfit_cli PRIVATE ${precompiled})
set_target_properties(goodfit_cli PROPERTIES ${together})
add_executable(goodfit_command goodfit/cli/main.cpp)
set_target_properties(goodfit_command PROPERTIES OUTPUT_NAME goodfit)
target_link_libraries(goodfit_command PRIVATE goodfit_cli)
# Relocations in a tenth of their space, 0.25 MB less; not by mold, as glibc refuses what its version 1.10 makes.
include(CheckLinkerFlag)
set(packed -fuse-ld=bfd -Wl,-z,pack-relative-relocs -Wl,--gc-sections)
check_linker_flag(CXX "${packed}" GOODFIT_PACKS_RELOCATIONS)
if(GOODFIT_PACKS_RELOCATIONS)
  target_link_options(goodfit_command PRIVATE ${packed})
endif()
