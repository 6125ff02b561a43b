# Cross build on a Debian with arm64 as a foreign architecture: the -dev packages are Multi-Arch: same and lie side by side.
# script/cross makes such a Debian, and builds in it.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(PKG_CONFIG_EXECUTABLE /usr/bin/aarch64-linux-gnu-pkg-config)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
# no CMAKE_CROSSCOMPILING_EMULATOR: the tests start programs from scripts too, so the kernel does it (binfmt_misc, qemu-user-static)
