# A cross build on a Debian with the other architecture as a foreign one: the -dev packages are Multi-Arch: same and lie side by side.
# script/cross makes such a Debian, and builds in it. Included with `triplet`, which Debian calls compiler and libraries by.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_C_COMPILER ${triplet}-gcc)
set(CMAKE_LIBRARY_ARCHITECTURE ${triplet})
set(PKG_CONFIG_EXECUTABLE /usr/bin/${triplet}-pkg-config)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
# no CMAKE_CROSSCOMPILING_EMULATOR: the tests start programs from scripts too, so the kernel does it (binfmt_misc, qemu-user-static)
