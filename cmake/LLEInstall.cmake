# What `cmake --install` copies, and the package files behind find_package(LLE). Two export sets keep the runtime apart:
# whoever embeds only that needs no MLIR.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

# lle_export(SET TARGETS...): installs static libraries as LLE::<target>.
function(lle_export set)
  if(NOT ARGN)
    return()
  endif()
  foreach(target ${ARGN})
    target_include_directories(${target} INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/lle>)
    target_compile_features(${target} INTERFACE cxx_std_17)
  endforeach()
  install(TARGETS ${ARGN} EXPORT ${set} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT ${set} NAMESPACE LLE:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/LLE)
endfunction()

# Called last, when every library and tool is known.
function(lle_install)
  get_property(compiler GLOBAL PROPERTY LLE_LIBRARIES)
  get_property(runtime GLOBAL PROPERTY LLE_RUNTIME_LIBRARIES)
  get_property(tools GLOBAL PROPERTY LLE_TOOLS)
  lle_export(LLERuntimeTargets ${runtime})
  lle_export(LLECompilerTargets ${compiler})
  set_target_properties(${tools} PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
  install(TARGETS ${tools} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

  foreach(part dialects reference frontends passes runtime lowering targets)
    foreach(root ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
      install(DIRECTORY ${root}/${part} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/lle OPTIONAL
        FILES_MATCHING PATTERN "*.h" PATTERN "*.inc" PATTERN "*.td" PATTERN CMakeFiles EXCLUDE)
    endforeach()
  endforeach()
  install(DIRECTORY runtime/schema/ DESTINATION ${CMAKE_INSTALL_DATADIR}/lle/schema FILES_MATCHING PATTERN "*.fbs")
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

  list(TRANSFORM compiler PREPEND LLE:: OUTPUT_VARIABLE LLE_COMPILER_TARGETS)
  list(TRANSFORM runtime PREPEND LLE:: OUTPUT_VARIABLE LLE_RUNTIME_TARGETS)
  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/LLE)
  configure_package_config_file(cmake/LLEConfig.cmake.in ${CMAKE_BINARY_DIR}/cmake/LLEConfig.cmake
    INSTALL_DESTINATION ${package})
  write_basic_package_version_file(${CMAKE_BINARY_DIR}/cmake/LLEConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_BINARY_DIR}/cmake/LLEConfig.cmake ${CMAKE_BINARY_DIR}/cmake/LLEConfigVersion.cmake
    DESTINATION ${package})
endfunction()
