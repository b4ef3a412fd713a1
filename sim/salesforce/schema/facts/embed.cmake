# cmake -DOBJECTS=dir -DOUTPUT=file -P embed.cmake: the *.object files as one C++ source, so that the
# binary needs no file beside it. One literal per object keeps each below 64 KB.
file(GLOB objects ${OBJECTS}/*.object)
list(SORT objects)
set(text "#include \"sim/salesforce/schema/facts/embedded.hpp\"\n\nnamespace flit::sim::salesforce::facts {\nnamespace {\n\nconstexpr std::string_view objects[] = {\n")
foreach(object IN LISTS objects)
  file(READ ${object} content)
  string(APPEND text "R\"facts(${content})facts\",\n")
endforeach()
string(APPEND text "};\n\n}  // namespace\n\nstd::span<const std::string_view> embedded_objects() { return objects; }\n\n}  // namespace flit::sim::salesforce::facts\n")
file(WRITE ${OUTPUT} "${text}")
