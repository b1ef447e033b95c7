# One test program per folder: every *_test.cpp beside what it tests. A new test needs no line here.
find_package(GTest REQUIRED)
include(GoogleTest)
file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS goodfit/*_test.cpp tests/*_test.cpp)
set(folders "")
foreach(source ${test_sources})
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${source})
  get_filename_component(folder ${path} DIRECTORY)
  string(REPLACE "/" "_" name ${folder})
  list(APPEND folders ${name})
  list(APPEND sources_of_${name} ${source})
endforeach()
list(REMOVE_DUPLICATES folders)

# Seconds that a test may take. The commands of the guides are one test, and many times slower when instrumented.
set(most_seconds 600)
if(CMAKE_CXX_FLAGS MATCHES -fsanitize)
  set(most_seconds 1800)
endif()
# Programs and the library that owns their precompiled header must be compiled alike.
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
# Half the time to build, for a third more to run. On the programs alone: a variable would reach the library too,
# which is -O2.
set(test_options $<$<CONFIG:Release>:-O0>)
set(test_libraries goodfit_cli GTest::gtest nlohmann_json::nlohmann_json PNG::PNG
                   PkgConfig::JPEG ZLIB::ZLIB)
# What all tests read, and what those of the upper floors read besides: two precompiled headers.
function(precompiled_header name)
  set(owner ${CMAKE_BINARY_DIR}/${name}.cpp)
  file(CONFIGURE OUTPUT ${owner} CONTENT "// owns a precompiled header that tests share\n")
  add_library(${name} STATIC ${owner})
  target_link_libraries(${name} PRIVATE ${test_libraries})
  target_compile_options(${name} PRIVATE ${test_options})
  target_precompile_headers(${name} PRIVATE <gtest/gtest.h> ${precompiled} ${ARGN})
endfunction()
precompiled_header(lower_tests)
precompiled_header(upper_tests goodfit/goodfit.hpp)

# Many short tests read the same headers: two dozen in one go build in a fraction of the time. Not those that read all
# parts of a sort, or a change of one part would build two dozen anew for each.
set(CMAKE_UNITY_BUILD ON)
set(CMAKE_UNITY_BUILD_BATCH_SIZE 24)
set(of_all_parts ${test_sources})
list(FILTER of_all_parts INCLUDE REGEX "parts/[a-z]+/([a-z_]*laws|golden)_test\\.cpp$")
set_source_files_properties(${of_all_parts} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
foreach(name ${folders})
  add_executable(${name}_tests ${sources_of_${name}})
  if(name MATCHES "^(goodfit_train|goodfit_study|goodfit_cli|tests)")
    target_precompile_headers(${name}_tests REUSE_FROM upper_tests)
  else()
    target_precompile_headers(${name}_tests REUSE_FROM lower_tests)
  endif()
  target_link_libraries(${name}_tests PRIVATE ${test_libraries} GTest::gtest_main)
  target_compile_options(${name}_tests PRIVATE ${test_options} ${untidy})
  set_target_properties(${name}_tests PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  set(common TEST_PREFIX ${name}. WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} DISCOVERY_TIMEOUT 60)
  gtest_discover_tests(${name}_tests ${common} TEST_FILTER -*Slow* PROPERTIES TIMEOUT ${most_seconds})
  gtest_discover_tests(${name}_tests ${common} TEST_FILTER *Slow* TEST_SUFFIX .slow
                       PROPERTIES TIMEOUT 7200 LABELS slow)
endforeach()

set(CMAKE_UNITY_BUILD OFF)

# Each example is run as it is, and must print what is named here. It is built like a test, with the header that these
# share; the test `installed` builds one as a user does.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/examples)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/data ${CMAKE_BINARY_DIR}/examples/data SYMBOLIC)
function(goodfit_example name prints)
  add_executable(example_${name} examples/${name}.cpp)
  target_link_libraries(example_${name} PRIVATE ${test_libraries})
  target_precompile_headers(example_${name} REUSE_FROM upper_tests)
  target_compile_options(example_${name} PRIVATE ${test_options})
  set_target_properties(example_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/examples)
  add_test(NAME example.${name} COMMAND example_${name} WORKING_DIRECTORY ${CMAKE_BINARY_DIR}/examples)
  set_tests_properties(example.${name} PROPERTIES PASS_REGULAR_EXPRESSION ${prints} TIMEOUT 600)
endfunction()
goodfit_example(digits "test accuracy 0\\.9[7-9]")
goodfit_example(custom_layer "test accuracy 0\\.9[5-9]")
goodfit_example(custom_optimizer "test accuracy 0\\.9[5-9]")
goodfit_example(custom_dataset_and_callback "99 % after all")

add_test(NAME installed COMMAND tests/installed/run.sh ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}
         ${CMAKE_CXX_COMPILER} "${CMAKE_CXX_FLAGS}" WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(installed PROPERTIES TIMEOUT 600)

add_test(NAME instructions COMMAND tests/instructions/run.sh ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}
         WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(instructions PROPERTIES LABELS slow TIMEOUT 3600 SKIP_RETURN_CODE 77)
