# What every LLE CMakeLists uses: package discovery, the precompiled header, and one function per kind of target.
# Upstream MLIR libraries go through mlir_target_link_libraries only (it maps them to libMLIR.so); our own ones go
# through target_link_libraries. Mixing static MLIR archives with the shared one gives two type-id sets.

macro(lle_find_packages)
  find_program(LLE_CCACHE ccache)
  if(LLE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # The sloppiness settings let ccache work with the precompiled header.
    set(launcher ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${LLE_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  endif()

  find_package(MLIR 22.1 CONFIG HINTS /usr/lib/llvm-22/lib/cmake/mlir)
  if(NOT MLIR_FOUND)
    message(FATAL_ERROR "MLIR 22.1 was not found. On Debian, scripts/setup.sh installs it; elsewhere pass "
                        "-DMLIR_DIR=<prefix>/lib/cmake/mlir -DLLVM_DIR=<prefix>/lib/cmake/llvm.")
  endif()
  # MLIRConfig.cmake does not export the first switch (llvm-project #197175); the second must stay ON.
  set(MLIR_LINK_MLIR_DYLIB ON)
  set(LLVM_LINK_LLVM_DYLIB ON)
  set(LLVM_RUNTIME_OUTPUT_INTDIR ${CMAKE_BINARY_DIR}/bin)
  set(LLVM_LIBRARY_OUTPUT_INTDIR ${CMAKE_BINARY_DIR}/lib)
  set(MLIR_BINARY_DIR ${CMAKE_BINARY_DIR})

  # The distribution's python3 first: another one on PATH may lack NumPy, which the tests use.
  if(NOT Python3_EXECUTABLE AND EXISTS /usr/bin/python3)
    set(Python3_EXECUTABLE /usr/bin/python3)
  endif()
  find_package(Python3 3.8 REQUIRED COMPONENTS Interpreter)
  set(LLVM_EXTERNAL_LIT ${LLVM_TOOLS_BINARY_DIR}/lit)
  set(LLVM_LIT_ARGS "-sv")

  list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
  include(TableGen)
  include(AddLLVM)
  include(AddMLIR)
  if(LLE_ASSERTS)
    set(LLVM_ENABLE_ASSERTIONS ON) # must precede HandleLLVMOptions
  endif()
  separate_arguments(definitions NATIVE_COMMAND ${LLVM_DEFINITIONS})
  add_definitions(${definitions})
  include(HandleLLVMOptions)
  include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
  if(LLE_WERROR)
    add_compile_options(-Werror)
  endif()

  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/lle_pch.cpp CONTENT "") # written once: a new time would rebuild it
  add_library(lle_pch STATIC ${CMAKE_BINARY_DIR}/lle_pch.cpp)
  llvm_update_compile_flags(lle_pch)
  target_precompile_headers(lle_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/lle_pch.h)
endmacro()

# Every target that includes MLIR shares the one precompiled header.
function(lle_use_pch)
  foreach(target ${ARGN})
    foreach(t ${target} obj.${target})
      if(TARGET ${t})
        target_precompile_headers(${t} REUSE_FROM lle_pch)
      endif()
    endforeach()
  endforeach()
endfunction()

# lle_add_library(NAME SOURCES... [DEPENDS tablegen...] [LLE our libraries...] [MLIR upstream libraries...])
# A static library of ours, installed and exported for find_package(LLE).
function(lle_add_library name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LLE;MLIR" ${ARGN})
  add_mlir_library(${name} ${arg_UNPARSED_ARGUMENTS} DEPENDS ${arg_DEPENDS} EXCLUDE_FROM_LIBMLIR DISABLE_INSTALL)
  # llvm_add_library takes LINK_LIBS for both; ours are added here so that the two kinds stay apart.
  target_link_libraries(${name} PUBLIC ${arg_LLE})
  mlir_target_link_libraries(${name} PUBLIC ${arg_MLIR})
  set_property(GLOBAL APPEND PROPERTY LLE_LIBRARIES ${name})
  lle_use_pch(${name})
endfunction()

# lle_add_dialect(FOLDER dialect-name SOURCES... [LLE ...] [MLIR ...]): FOLDER holds <FOLDER>Ops.td, which includes the
# dialect, its attributes and its ops. Makes the library LLE<FOLDER>Dialect.
function(lle_add_dialect folder dialect)
  cmake_parse_arguments(arg "" "" "DEPENDS;LLE;MLIR" ${ARGN})
  # Enums are generated for all that is included: only those of the dialect's own attributes are wanted.
  set(LLVM_TARGET_DEFINITIONS ${folder}Ops.td)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}Attrs.td)
    set(LLVM_TARGET_DEFINITIONS ${folder}Attrs.td)
  endif()
  mlir_tablegen(${folder}Enums.h.inc -gen-enum-decls)
  mlir_tablegen(${folder}Enums.cpp.inc -gen-enum-defs)
  set(LLVM_TARGET_DEFINITIONS ${folder}Ops.td)
  mlir_tablegen(${folder}Dialect.h.inc -gen-dialect-decls -dialect=${dialect})
  mlir_tablegen(${folder}Dialect.cpp.inc -gen-dialect-defs -dialect=${dialect})
  mlir_tablegen(${folder}Attrs.h.inc -gen-attrdef-decls -attrdefs-dialect=${dialect})
  mlir_tablegen(${folder}Attrs.cpp.inc -gen-attrdef-defs -attrdefs-dialect=${dialect})
  mlir_tablegen(${folder}Types.h.inc -gen-typedef-decls -typedefs-dialect=${dialect})
  mlir_tablegen(${folder}Types.cpp.inc -gen-typedef-defs -typedefs-dialect=${dialect})
  mlir_tablegen(${folder}Ops.h.inc -gen-op-decls -dialect=${dialect})
  mlir_tablegen(${folder}Ops.cpp.inc -gen-op-defs -dialect=${dialect})
  add_mlir_dialect_tablegen_target(LLE${folder}IncGen)
  add_mlir_doc(${folder}Ops ${folder}Dialect dialects/ -gen-dialect-doc -dialect=${dialect})
  lle_add_library(LLE${folder}Dialect ${arg_UNPARSED_ARGUMENTS}
    DEPENDS LLE${folder}IncGen ${arg_DEPENDS} LLE ${arg_LLE} MLIR MLIRIR MLIRInferTypeOpInterface MLIRSideEffectInterfaces ${arg_MLIR})
endfunction()

# lle_add_operations(PART dialect-name): operations of a dialect, and enums of their properties, that have a file and
# headers of their own: <PART>.td. The dialect depends on LLE<PART>IncGen.
function(lle_add_operations part dialect)
  set(LLVM_TARGET_DEFINITIONS ${part}.td)
  mlir_tablegen(${part}Enums.h.inc -gen-enum-decls)
  mlir_tablegen(${part}Enums.cpp.inc -gen-enum-defs)
  mlir_tablegen(${part}.h.inc -gen-op-decls -dialect=${dialect})
  mlir_tablegen(${part}.cpp.inc -gen-op-defs -dialect=${dialect})
  add_mlir_dialect_tablegen_target(LLE${part}IncGen)
  add_mlir_doc(${part} LLE${part} dialects/ -gen-op-doc -dialect=${dialect})
endfunction()

# lle_add_passes(NAME SOURCES... [LLE ...] [MLIR ...]): the folder holds Passes.td. NAME is the library, and the pass
# group: register<NAME>Passes().
function(lle_add_passes name)
  cmake_parse_arguments(arg "" "" "LLE;MLIR" ${ARGN})
  set(LLVM_TARGET_DEFINITIONS Passes.td)
  mlir_tablegen(Passes.h.inc -gen-pass-decls -name ${name})
  add_mlir_generic_tablegen_target(${name}IncGen)
  add_mlir_doc(Passes ${name} passes/ -gen-pass-doc)
  lle_add_library(${name} ${arg_UNPARSED_ARGUMENTS} DEPENDS ${name}IncGen LLE ${arg_LLE} MLIR MLIRPass ${arg_MLIR})
endfunction()

# lle_add_tool(NAME SOURCES... [DEVELOPER] [LLE ...] [MLIR ...]). A tool for LLE's developers is not installed.
function(lle_add_tool name)
  cmake_parse_arguments(arg "DEVELOPER" "" "LLE;MLIR" ${ARGN})
  add_llvm_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  llvm_update_compile_flags(${name})
  target_link_libraries(${name} PRIVATE ${arg_LLE})
  mlir_target_link_libraries(${name} PRIVATE ${arg_MLIR})
  mlir_check_all_link_libraries(${name})
  set_property(GLOBAL APPEND PROPERTY LLE_TOOLS ${name})
  if(arg_DEVELOPER)
    set_property(GLOBAL APPEND PROPERTY LLE_DEVELOPER_TOOLS ${name})
  endif()
  lle_use_pch(${name})
endfunction()
