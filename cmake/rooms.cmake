# One room = one static library = one folder. USES is the whole list of rooms it may include; the
# architecture test compares every #include with the table in docs/architecture.md, and that table
# with what is declared here.

define_property(GLOBAL PROPERTY FLIT_ROOMS BRIEF_DOCS "room:used,used for every room")

# flit_room(NAME SOURCES a.cpp ... USES room ... LIBS third-party ...)
# LIBS are private: third-party headers live in .cpp files behind our own.
function(flit_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBS" ${ARGN})
  add_library(flit_${name} STATIC ${ARG_SOURCES})
  set(rooms ${ARG_USES})
  list(TRANSFORM rooms PREPEND flit_)
  target_link_libraries(flit_${name} PUBLIC flit_options ${rooms} PRIVATE ${ARG_LIBS})
  flit_reuse_pch(flit_${name})
  list(JOIN ARG_USES "," uses)
  set_property(GLOBAL APPEND PROPERTY FLIT_ROOMS "${name}:${uses}")
endfunction()

# flit_app(NAME SOURCES ... USES ... LIBS ...): an executable that ends up in <build>/bin.
function(flit_app name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set(rooms ${ARG_USES})
  list(TRANSFORM rooms PREPEND flit_)
  target_link_libraries(${name} PRIVATE flit_options ${rooms} ${ARG_LIBS})
  target_compile_definitions(${name} PRIVATE FLIT_VERSION="${PROJECT_VERSION}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  flit_reuse_pch(${name})
endfunction()

function(flit_reuse_pch target)
  if(FLIT_PCH)
    target_precompile_headers(${target} REUSE_FROM flit_pch)
  endif()
endfunction()
