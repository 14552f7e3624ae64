# find_package(EdgeCnn) with EdgeCnn_DIR set to this folder gives the target EdgeCnn::edgecnn. The archive is the one for the compiler's
# processor, built before with 'dotnet build -p:Architecture=NAME' in this folder; EDGECNN_ARCHITECTURE names another one.

execute_process(COMMAND sh -c "${CMAKE_C_COMPILER} ${CMAKE_C_FLAGS} -E -dM -x c /dev/null" OUTPUT_VARIABLE _edgecnn_macros)

if(NOT DEFINED EDGECNN_ARCHITECTURE)
    if(_edgecnn_macros MATCHES "__ARM_ARCH_8M_MAIN__ 1|__ARM_ARCH_8_1M_MAIN__ 1")
        set(EDGECNN_ARCHITECTURE armv8-m.main)
    elseif(_edgecnn_macros MATCHES "__ARM_ARCH_7EM__ 1")
        set(EDGECNN_ARCHITECTURE armv7e-m)
    elseif(_edgecnn_macros MATCHES "__ARM_ARCH_7M__ 1")
        set(EDGECNN_ARCHITECTURE armv7-m)
    endif()
    if(DEFINED EDGECNN_ARCHITECTURE AND _edgecnn_macros MATCHES "__ARM_PCS_VFP 1")
        string(APPEND EDGECNN_ARCHITECTURE -hard)
    endif()
endif()

set(_edgecnn_archive ${CMAKE_CURRENT_LIST_DIR}/bin/${EDGECNN_ARCHITECTURE}/libedgecnn.a)
if(EXISTS ${_edgecnn_archive})
    set(EdgeCnn_FOUND TRUE)
    if(NOT TARGET EdgeCnn::edgecnn)
        add_library(EdgeCnn::edgecnn STATIC IMPORTED)
        set_target_properties(EdgeCnn::edgecnn PROPERTIES
            IMPORTED_LOCATION ${_edgecnn_archive}
            INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_CURRENT_LIST_DIR}/include)
    endif()
else()
    set(EdgeCnn_FOUND FALSE)
    set(EdgeCnn_NOT_FOUND_MESSAGE
        "${_edgecnn_archive} is missing: dotnet build ${CMAKE_CURRENT_LIST_DIR} -p:Architecture=${EDGECNN_ARCHITECTURE}")
endif()
