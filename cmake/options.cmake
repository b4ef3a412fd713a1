# How every line of this project is compiled: the language, the warnings, the linker, the one
# precompiled header. Rooms get it by linking flit_options; see flit_room in rooms.cmake.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)

add_library(flit_options INTERFACE)
target_include_directories(flit_options INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
target_link_libraries(flit_options INTERFACE fmt::fmt Threads::Threads)
target_compile_options(
  flit_options
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
            -Werror -fno-omit-frame-pointer)

find_program(FLIT_CCACHE ccache)
if(FLIT_CCACHE)
  # pch_defines and time_macros let ccache hit although a precompiled header is in use.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${FLIT_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(flit_options INTERFACE -fpch-preprocess)
  endif()
endif()

find_program(FLIT_MOLD mold)
if(FLIT_MOLD)
  target_link_options(flit_options INTERFACE -fuse-ld=mold)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_FLAGS MATCHES "-O[123]")
  # With optimisation g++ 12 takes inlined copies of std::string for reads beyond an object
  # (GCC bugs 105329, 105562); clang and the sanitizers watch over what these warnings are for.
  target_compile_options(flit_options INTERFACE -Wno-array-bounds -Wno-stringop-overflow
                                                -Wno-stringop-overread -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_FLAGS MATCHES "-O1")
  # -O1 follows no ranges of values, so it takes every empty std::optional for one that may be read;
  # release (-O2) keeps the warning.
  target_compile_options(flit_options INTERFACE -Wno-maybe-uninitialized)
endif()

if(FLIT_SANITIZE)
  target_compile_options(flit_options INTERFACE -fsanitize=${FLIT_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(flit_options INTERFACE -fsanitize=${FLIT_SANITIZE})
endif()

option(FLIT_PCH "Use the shared precompiled header" ON)
if(FLIT_PCH)
  add_library(flit_pch STATIC ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
  target_link_libraries(flit_pch PUBLIC flit_options)
  target_precompile_headers(flit_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch.hpp)
endif()
