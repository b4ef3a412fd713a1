# One test binary per room and kind: flit_test(unit base SOURCES ... USES ... LIBS ...) builds
# test_unit_base and hands its cases to ctest, one by one, labelled with their kind.
find_package(GTest REQUIRED)
include(GoogleTest)

function(flit_test kind room)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;USES;LIBS" ${ARGN})
  set(name test_${kind}_${room})
  add_executable(${name} ${ARG_SOURCES})
  set(rooms ${ARG_USES})
  list(TRANSFORM rooms PREPEND flit_)
  target_link_libraries(${name} PRIVATE flit_options ${rooms} ${ARG_LIBS} GTest::gmock_main)
  target_compile_definitions(
    ${name} PRIVATE FLIT_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                    FLIT_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared"
                    FLIT_BIN_DIR="${PROJECT_BINARY_DIR}/bin")
  flit_reuse_pch(${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  gtest_discover_tests(
    ${name} TEST_PREFIX "${kind}/${room}/" DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS ${kind} TIMEOUT ${ARG_TIMEOUT})
endfunction()
