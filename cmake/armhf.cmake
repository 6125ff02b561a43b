# Raspberry Pi 2, and a 32-bit Debian on 3, 4 and Zero 2 W: ARMv7. Not Pi 1 and Zero, whose ARMv6 Debian's armhf does not run on.
set(CMAKE_SYSTEM_PROCESSOR armv7l)
set(triplet arm-linux-gnueabihf)
include(${CMAKE_CURRENT_LIST_DIR}/cross.cmake)
