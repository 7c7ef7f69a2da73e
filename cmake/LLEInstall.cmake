# What `cmake --install` copies, and the package files behind find_package(LLE). The runtime installs itself
# (runtime/CMakeLists.txt) as the component `runtime`, in an export set of its own: who embeds only that needs no MLIR.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

# Called last, when every library and tool is known.
function(lle_install)
  get_property(libraries GLOBAL PROPERTY LLE_LIBRARIES)
  foreach(library ${libraries})
    target_include_directories(${library} INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/lle>)
    target_compile_features(${library} INTERFACE cxx_std_17)
  endforeach()
  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/LLE)
  install(TARGETS ${libraries} EXPORT LLECompilerTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT LLECompilerTargets NAMESPACE LLE:: DESTINATION ${package})

  get_property(tools GLOBAL PROPERTY LLE_TOOLS)
  get_property(developer_tools GLOBAL PROPERTY LLE_DEVELOPER_TOOLS)
  if(developer_tools)
    list(REMOVE_ITEM tools ${developer_tools})
  endif()
  set_target_properties(${tools} PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
  install(TARGETS ${tools} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

  foreach(part dialects reference frontends passes lowering targets)
    foreach(root ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
      install(DIRECTORY ${root}/${part} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/lle OPTIONAL
        FILES_MATCHING PATTERN "*.h" PATTERN "*.inc" PATTERN "*.td" PATTERN CMakeFiles EXCLUDE)
    endforeach()
  endforeach()
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)

  list(TRANSFORM libraries PREPEND LLE:: OUTPUT_VARIABLE LLE_COMPILER_TARGETS)
  configure_package_config_file(cmake/LLEConfig.cmake.in ${CMAKE_BINARY_DIR}/cmake/LLEConfig.cmake
    INSTALL_DESTINATION ${package})
  write_basic_package_version_file(${CMAKE_BINARY_DIR}/cmake/LLEConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_BINARY_DIR}/cmake/LLEConfig.cmake ${CMAKE_BINARY_DIR}/cmake/LLEConfigVersion.cmake
    DESTINATION ${package} COMPONENT runtime)
endfunction()
