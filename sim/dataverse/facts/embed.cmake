# cmake -DTABLES=dir -DOUTPUT=file -P embed.cmake: the *.table files as one C++ source, so that the
# binary needs no file beside it. One literal per table keeps each below 64 KB.
file(GLOB tables ${TABLES}/*.table)
list(SORT tables)
set(text "#include \"sim/dataverse/facts/embedded.hpp\"\n\nnamespace flit::sim::dataverse::facts {\nnamespace {\n\nusing namespace std::string_view_literals;\n\nconstexpr std::string_view tables[] = {\n")
foreach(table IN LISTS tables)
  file(READ ${table} content)
  string(APPEND text "R\"facts(${content})facts\"sv,\n")
endforeach()
string(APPEND text "};\n\n}  // namespace\n\nstd::span<const std::string_view> embedded_tables() { return tables; }\n\n}  // namespace flit::sim::dataverse::facts\n")
file(WRITE ${OUTPUT} "${text}")
