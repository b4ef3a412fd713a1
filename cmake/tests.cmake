# One test binary per room and kind: flit_test(unit base SOURCES ... USES ... LIBS ...) builds
# test_unit_base and hands its cases to ctest, one by one, labelled with their kind.
find_package(GTest REQUIRED)
include(GoogleTest)

# What test sources need beyond flit_options. g++ takes twice as long over a test with -O1, under
# sanitizers up to four times, and nothing is gained by it: the code that tests call is optimised.
add_library(flit_test_options INTERFACE)
target_link_libraries(flit_test_options INTERFACE flit_options GTest::gmock)
target_compile_options(flit_test_options INTERFACE -O0)

# Their own precompiled header, the shared one with googletest: half of what a test costs.
if(FLIT_PCH)
  add_library(flit_test_pch STATIC EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
  target_link_libraries(flit_test_pch PUBLIC flit_test_options)
  target_precompile_headers(flit_test_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/test_pch.hpp)
endif()

function(flit_reuse_test_pch target)
  if(FLIT_PCH)
    target_precompile_headers(${target} REUSE_FROM flit_test_pch)
  endif()
endfunction()

# Where the sources, the shared data and the binaries are, for the files that say FLIT_SOURCE_DIR,
# FLIT_SHARED_DIR or FLIT_BIN_DIR, and for no others: a path on the command line is one that ccache
# cannot share between checkouts.
function(flit_name_places)
  foreach(source ${ARGN})
    file(STRINGS ${source} uses REGEX "FLIT_(SOURCE|SHARED|BIN)_DIR" LIMIT_COUNT 1)
    if(uses)
      set_property(
        SOURCE ${source} APPEND
        PROPERTY COMPILE_DEFINITIONS FLIT_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                 FLIT_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared"
                 FLIT_BIN_DIR="${PROJECT_BINARY_DIR}/bin")
    endif()
  endforeach()
endfunction()

function(flit_test kind room)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;USES;LIBS" ${ARGN})
  set(name test_${kind}_${room})
  add_executable(${name} ${ARG_SOURCES})
  set(rooms ${ARG_USES})
  list(TRANSFORM rooms PREPEND flit_)
  target_link_libraries(${name} PRIVATE flit_test_options ${rooms} ${ARG_LIBS} GTest::gmock_main)
  flit_name_places(${ARG_SOURCES})
  flit_reuse_test_pch(${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)  # a hang; on a busy machine the longest take half of it
  endif()
  if(FLIT_SANITIZE)
    math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 5")
  endif()
  gtest_discover_tests(
    ${name} TEST_PREFIX "${kind}/${room}/" DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS ${kind} TIMEOUT ${ARG_TIMEOUT} COST ${ARG_TIMEOUT})  # the longest first
endfunction()
