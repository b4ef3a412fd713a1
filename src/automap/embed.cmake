# Writes a C++ file that holds text files as functions: cmake -DOUT=… -DFILES=name=path;… -P embed.cmake
set(code "// Generated from the data files of src/automap. Do not edit.\n#include <string_view>\nnamespace flit::automap {\n")
foreach(pair ${FILES})
  string(FIND "${pair}" "=" at)
  string(SUBSTRING "${pair}" 0 ${at} name)
  math(EXPR from "${at} + 1")
  string(SUBSTRING "${pair}" ${from} -1 path)
  file(READ "${path}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND code "std::string_view embedded_${name}();\nnamespace { constexpr unsigned char ${name}_bytes[] = {${bytes}0}; }\n"
                     "std::string_view embedded_${name}() { return {reinterpret_cast<const char*>(${name}_bytes), sizeof(${name}_bytes) - 1}; }\n")
endforeach()
string(APPEND code "}  // namespace flit::automap\n")
file(WRITE "${OUT}" "${code}")
