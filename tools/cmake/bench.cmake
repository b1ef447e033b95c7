# The benchmarks, built only when asked for: bench/run does.
file(GLOB bench_sources CONFIGURE_DEPENDS bench/workloads/*.cpp)
add_executable(goodfit_bench EXCLUDE_FROM_ALL bench/main.cpp bench/machine.cpp bench/training.cpp
                                              ${bench_sources})
target_link_libraries(goodfit_bench PRIVATE goodfit PNG::PNG PkgConfig::JPEG)
# The triad's loop must run as fast as memory lets it.
set_source_files_properties(bench/machine.cpp PROPERTIES COMPILE_OPTIONS -O3)

# Matrix products and convolutions beside oneDNN's and OpenBLAS', as far as they are installed: bench/sweep.
find_package(benchmark QUIET)
if(benchmark_FOUND)
  foreach(bench gemm_bench convolution_bench)
    add_executable(${bench} EXCLUDE_FROM_ALL bench/kernels/${bench}.cpp)
    target_link_libraries(${bench} PRIVATE goodfit benchmark::benchmark)
    foreach(referee dnnl openblas)
      find_library(GOODFIT_BENCH_${referee} ${referee})
      if(GOODFIT_BENCH_${referee})
        target_link_libraries(${bench} PRIVATE ${GOODFIT_BENCH_${referee}})
      endif()
    endforeach()
  endforeach()
endif()
