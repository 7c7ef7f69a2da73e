# cmake -DOUTPUT=... -DFOLDER=... -P EmbedFiles.cmake: all text files of a folder as a table of names and raw strings, to
# be included in C++.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
set(table "")
foreach(name IN LISTS files)
  file(READ "${FOLDER}/${name}" text)
  string(APPEND table "{\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${table}")
