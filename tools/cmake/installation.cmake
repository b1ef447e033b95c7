# cmake --install: the command, the library with its headers, and how CMake and pkg-config find it.
include(CMakePackageConfigHelpers)
set(config ${CMAKE_INSTALL_LIBDIR}/cmake/goodfit)

if(TARGET goodfit_command)
  install(TARGETS goodfit_command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  # Shells complete what the command says that it knows; so does the manual page.
  set(said ${CMAKE_BINARY_DIR}/completion)
  install(CODE "
    file(MAKE_DIRECTORY ${said})
    foreach(pair bash=goodfit zsh=_goodfit fish=goodfit.fish man=goodfit.1)
      string(REGEX MATCH \"^[a-z]+\" kind \${pair})
      string(REGEX REPLACE \"^[a-z]+=\" \"\" name \${pair})
      execute_process(COMMAND $<TARGET_FILE:goodfit_command> completion \${kind}
                      OUTPUT_FILE ${said}/\${name} COMMAND_ERROR_IS_FATAL ANY)
    endforeach()")
  install(FILES ${said}/goodfit DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${said}/_goodfit DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${said}/goodfit.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
  install(FILES ${said}/goodfit.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
install(TARGETS goodfit EXPORT goodfit ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT goodfit NAMESPACE goodfit:: FILE goodfitTargets.cmake DESTINATION ${config})

# What needs Highway's headers, and what only tests include, stays at home.
file(GLOB_RECURSE headers RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS goodfit/*.hpp)
list(FILTER headers EXCLUDE REGEX "^goodfit/cli/|[-_]inl\\.hpp$|testing\\.hpp$")
foreach(header ${headers})
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/${folder})
endforeach()

configure_package_config_file(tools/cmake/goodfitConfig.cmake.in goodfitConfig.cmake
                              INSTALL_DESTINATION ${config})
write_basic_package_version_file(goodfitConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/goodfitConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/goodfitConfigVersion.cmake DESTINATION ${config})

file(RELATIVE_PATH GOODFIT_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(tools/cmake/goodfit.pc.in goodfit.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/goodfit.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
